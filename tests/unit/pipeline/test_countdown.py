from __future__ import annotations

from paddlescan.pipeline.countdown import Countdown


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_seconds_run_down_look_by_look() -> None:
    clock = Clock()
    left = Countdown(1.0, clock=clock)
    looks = 0
    while not left.over():
        clock.now += 0.1
        looks += 1
    assert looks in (10, 11)  # tenths are no binary fractions


def test_what_the_machine_slept_does_not_count() -> None:
    clock = Clock()
    left = Countdown(10.0, longest_look_s=1.0, clock=clock)
    clock.now += 0.1
    assert not left.over()
    clock.now += 8 * 3600
    assert not left.over()
    assert 8.8 < left.left < 9.0


def test_it_ends_even_if_every_look_is_late() -> None:
    clock = Clock()
    left = Countdown(3.0, longest_look_s=1.0, clock=clock)
    for _ in range(4):
        clock.now += 100.0
        over = left.over()
    assert over


def test_a_clock_that_goes_back_changes_nothing() -> None:
    clock = Clock()
    left = Countdown(3.0, clock=clock)
    clock.now -= 50
    assert not left.over()
    assert left.left == 3.0
