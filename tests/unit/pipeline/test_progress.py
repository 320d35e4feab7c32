from __future__ import annotations

import pytest

from paddlescan.pipeline.progress import WINDOW_S, Progress


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_known_before_the_first_page() -> None:
    now = Progress(total=10, clock=Clock()).now()
    assert (now.done, now.total, now.pages_a_minute, now.seconds_left) == (0, 10, None, None)


def test_an_even_pace() -> None:
    clock = Clock()
    progress = Progress(total=10, clock=clock)
    for _ in range(4):
        clock.now += 3.0
        progress.page_finished()
    now = progress.now()
    assert now.pages_a_minute == pytest.approx(20.0)
    assert now.seconds_left == pytest.approx(18.0)


def test_the_pace_is_that_of_the_last_minutes() -> None:
    clock = Clock()
    progress = Progress(total=1000, clock=clock)
    for _ in range(10):
        clock.now += 60.0
        progress.page_finished()
    for _ in range(200):
        clock.now += 1.0
        progress.page_finished()
    assert progress.now().pages_a_minute == pytest.approx(60.0, rel=0.02)
    assert len(progress._ends) <= WINDOW_S + 3  # and what is remembered is bounded


def test_a_page_that_hangs_slows_the_pace() -> None:
    clock = Clock()
    progress = Progress(total=10, clock=clock)
    for _ in range(3):
        clock.now += 2.0
        progress.page_finished()
    before = progress.now().pages_a_minute
    clock.now += 60.0
    after = progress.now().pages_a_minute
    assert before and after and after < before / 5


def test_a_pause_does_not_count() -> None:
    clock = Clock()
    progress = Progress(total=4, clock=clock)
    clock.now += 2.0
    progress.page_finished()
    progress.pause()
    clock.now += 3600.0
    assert progress.now().pages_a_minute == pytest.approx(30.0)
    progress.resume()
    clock.now += 2.0
    progress.page_finished()
    assert progress.now().pages_a_minute == pytest.approx(30.0)
    assert progress.now().seconds_left == pytest.approx(4.0)


def test_pages_that_are_found_read_again_and_done() -> None:
    clock = Clock()
    progress = Progress(total=1, clock=clock)
    clock.now += 1.0
    progress.page_finished()
    assert progress.now().seconds_left == 0.0
    progress.add(2)
    progress.page_again()
    assert (progress.now().done, progress.now().total) == (0, 3)
    for _ in range(4):  # one more than was known
        clock.now += 1.0
        progress.page_finished()
    assert (progress.now().done, progress.now().total) == (4, 4)


def test_a_machine_that_slept_is_not_slow() -> None:
    clock = Clock()
    progress = Progress(total=100, clock=clock)
    for _ in range(10):
        clock.now += 3.0
        progress.page_finished()
    clock.now += 8 * 3600.0
    progress.page_finished()
    clock.now += 3.0
    progress.page_finished()
    now = progress.now()
    assert now.pages_a_minute == pytest.approx(12 / 33 * 60, rel=0.01)


def test_a_page_that_takes_long_makes_the_pace_fall() -> None:
    clock = Clock()
    progress = Progress(total=100, clock=clock)
    for _ in range(10):
        clock.now += 3.0
        progress.page_finished()
    for _ in range(120):  # the window looks every second
        clock.now += 1.0
        now = progress.now()
    assert now.pages_a_minute is not None
    assert now.pages_a_minute < 5
