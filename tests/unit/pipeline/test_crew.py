from __future__ import annotations

import threading

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


def test_losses_are_counted_by_page_until_it_ends() -> None:
    crew = Crew()
    assert [crew.engine_lost(1), crew.engine_lost(2), crew.engine_lost(1)] == [1, 1, 2]
    crew.page_ended(1)
    assert crew.engine_lost(1) == 1
