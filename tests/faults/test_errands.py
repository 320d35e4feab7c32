"""Engines that are lost over a place that a person pointed at: that is said, and the batch goes on unharmed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from paddlescan.document import EngineOptions, PageRef, Quad, ScanOptions
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.errands import Errand
from paddlescan.pipeline.events import Event, PageStarted
from paddlescan.pipeline.messages import AreaRead, ReadArea
from paddlescan.pipeline.worker import PageWorker
from tests.fakes.commands import faulty, there
from tests.faults.bench import Bench
from tests.faults.test_batch import HONEST

PLACE: Quad = ((0.0, 0.0), (50.0, 0.0), (50.0, 20.0), (0.0, 20.0))
Answers = list[AreaRead | None]


def errand(answers: Answers, heard: Callable[[], None] = lambda: None) -> Errand:
    def done(answer: AreaRead | None) -> None:
        answers.append(answer)
        heard()

    page = PageRef(there("errand.png"))
    return Errand(ReadArea(page, PLACE, ScanOptions()), done)


def worker(bench: Bench, crew: Crew, *command: str) -> PageWorker:
    engine = EngineProcess(command=command, scratch_root=bench.scratch)
    return PageWorker(bench.path, bench.batch, EngineOptions(), ScanOptions(), engine=engine, crew=crew)


def test_a_place_that_takes_an_engine_down_is_said_to_be_lost_and_the_batch_goes_on(tmp_path: Path) -> None:
    bench, crew, answers = Bench(tmp_path, ["a.png", "b.png"]), Crew(), Answers()
    crew.errands.put(errand(answers))
    worker(bench, crew, *faulty("crash", "errand")).run(bench.events.append, lambda: False)
    assert answers == [None]
    assert bench.codes() == {"a.png": HONEST, "b.png": HONEST}
    assert bench.attempts() == [1, 1]


def test_a_place_comes_before_the_pages_that_wait_and_the_next_one_is_read(tmp_path: Path) -> None:
    bench, crew, answers = Bench(tmp_path, ["a.png", "b.png"]), Crew(), Answers()
    begun: list[int] = []
    crew.errands.put(errand(answers, lambda: begun.append(len(bench.of(PageStarted)))))
    crew.errands.put(errand(answers, lambda: begun.append(len(bench.of(PageStarted)))))
    worker(bench, crew, *faulty("well")).run(bench.events.append, lambda: False)
    assert begun == [0, 0]
    assert [answer and answer.failure and answer.failure.code for answer in answers] == ["unreadable_file"] * 2


def test_no_page_is_blamed_for_an_engine_that_was_lost_over_a_place(tmp_path: Path) -> None:
    bench, crew, answers = Bench(tmp_path, ["a.png", "b.png"]), Crew(), Answers()
    asked = threading.Event()

    def ask_in_the_midst(event: Event) -> None:
        bench.events.append(event)
        if isinstance(event, PageStarted) and not asked.is_set():
            asked.set()
            threading.Timer(0.5, lambda: crew.errands.put(errand(answers))).start()

    worker(bench, crew, *faulty("crash_on_errand", "a.png")).run(ask_in_the_midst, lambda: False)
    assert answers == [None]
    assert bench.codes() == {"a.png": HONEST, "b.png": HONEST}
    assert bench.attempts() == [1, 1]  # the one that was interrupted is not counted


def test_workers_that_leave_the_pages_alone_do_errands(tmp_path: Path) -> None:
    bench, crew, answers = Bench(tmp_path, ["a.png"]), Crew(), Answers()
    crew.errands_only = True
    crew.errands.put(errand(answers))
    worker(bench, crew, *faulty("well")).run(bench.events.append, lambda: False)
    assert len(answers) == 1 and answers[0] is not None
    assert bench.codes() == {"a.png": "waiting"}


def test_a_page_that_goes_ahead_is_read_first(tmp_path: Path) -> None:
    bench, crew = Bench(tmp_path, ["a.png", "b.png", "c.png"]), Crew()
    crew.put_ahead(bench.pages[2])
    worker(bench, crew, *faulty("well")).run(bench.events.append, lambda: False)
    assert [event.page_id for event in bench.of(PageStarted)] == [bench.pages[n] for n in (2, 0, 1)]
