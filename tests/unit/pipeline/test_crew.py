from __future__ import annotations

import threading

import pytest

from paddlescan.pipeline.crew import Crew


def test_nobody_busy_means_nothing_more_comes() -> None:
    crew = Crew()
    crew.begin()
    crew.end()
    assert crew.wait_for_more(60) is False


def test_an_idle_worker_waits_until_a_busy_one_is_done() -> None:
    crew = Crew()
    crew.begin()
    waiting = threading.Event()
    answers: list[bool] = []

    def idle() -> None:
        waiting.set()
        answers.extend([crew.wait_for_more(60), crew.wait_for_more(60)])

    thread = threading.Thread(target=idle)
    thread.start()
    waiting.wait(10)
    crew.end()
    thread.join(10)
    assert not thread.is_alive()
    assert answers[-1] is False


def test_who_is_left_is_known() -> None:
    crew = Crew()
    one, other = object(), object()
    crew.came(one)
    crew.came(other)
    assert crew.gone(one)
    assert not crew.gone(other)
    assert not crew.gone(other)


def test_what_opens_the_work_happens_once_and_again_only_if_it_failed() -> None:
    crew = Crew()
    done: list[str] = []

    def fail() -> None:
        done.append("failed")
        raise OSError

    with pytest.raises(OSError):
        crew.open(fail)
    crew.open(lambda: done.append("opened"))
    crew.open(lambda: done.append("twice"))
    assert done == ["failed", "opened"]


def test_pages_that_nobody_could_give_back_are_kept_until_somebody_tries() -> None:
    crew = Crew()
    crew.keep(7, 2)
    assert crew.wait_for_more(60) is True, "a page waits as soon as somebody gives it back"
    assert crew.take_kept() == (7, 2)
    assert crew.take_kept() is None
    assert crew.wait_for_more(60) is False
