"""Pages that an engine on a card reads together, and one of them takes it down. The child that stands in for the engine
reads nothing; the workers, their supervisor and the store are the real ones."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import psutil
import pytest

from paddlescan.document import EngineOptions, PageRef, ScanOptions, SourceFile
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.ends import ChildLimits, EngineLost
from paddlescan.pipeline.events import EngineStorm, Event, PageFinished, PageStarted
from paddlescan.pipeline.lost_engines import MOST_LOSSES_TOGETHER
from paddlescan.pipeline.messages import Begun
from paddlescan.pipeline.worker import PageWorker
from paddlescan.store import Store
from tests.fakes.commands import faulty
from tests.faults.bench import HONEST, Bench

pytestmark = pytest.mark.logs
TOGETHER = faulty("gpu_together")


def journal(bench: Bench) -> list[str]:
    with Store(bench.path) as store:
        return [event.what for event in store.whole_journal(bench.batch)]


def stories(bench: Bench) -> dict[int, list[str]]:
    """What the journal tells of each page."""
    told: dict[int, list[str]] = {page: [] for page in bench.pages}
    with Store(bench.path) as store:
        for page in bench.pages:
            told[page] = [f"{event.what} {event.detail}" for event in store.whole_journal(bench.batch, page)]
    return told


@pytest.mark.parametrize("workers", [1, 3])
def test_all_pages_get_their_results(tmp_path: Path, workers: int) -> None:
    bench = Bench(tmp_path, [f"{n}.png" for n in range(23)])
    bench.run(TOGETHER, workers)
    assert set(bench.codes().values()) == {HONEST}
    assert set(bench.attempts()) == {1}
    assert sorted(event.page_id for event in bench.of(PageFinished)) == bench.pages  # type: ignore[attr-defined]


def test_several_are_begun_before_any_is_finished_but_the_first_is_read_at_once(tmp_path: Path) -> None:
    bench = Bench(tmp_path, [f"{n}.png" for n in range(10)])
    bench.run(TOGETHER)
    told = "".join("b" if isinstance(e, PageStarted) else "f" for e in bench.events if hasattr(e, "page_id"))
    assert told == "bf" + "bbbbffff" * 2 + "bf"


@pytest.mark.parametrize("workers", [1, 2])
def test_of_several_the_guilty_one_alone_is_set_aside(tmp_path: Path, workers: int) -> None:
    names = ["a.png", "b.png", "c.png", "crash 1.png", "d.png", "e.png", "f.png"]
    bench = Bench(tmp_path, names)
    bench.run(TOGETHER, workers)
    codes = bench.codes()
    assert codes.pop("crash 1.png") == "page_stops_engine"
    assert set(codes.values()) == {HONEST}
    assert max(bench.attempts()) <= 3


def test_pages_that_stop_an_engine_only_together_are_all_read(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.png", "b.png", "once_crash.png", "c.png", "d.png"])
    bench.run(TOGETHER)
    assert set(bench.codes().values()) == {HONEST}
    assert bench.attempts() == [1, 2, 2, 2, 2]


def test_a_card_that_always_fails_with_several_pages_reads_one_by_one_in_the_end(tmp_path: Path) -> None:
    bench = Bench(tmp_path, [f"device {n}.png" for n in range(20)])
    bench.run(TOGETHER)
    assert set(bench.codes().values()) == {HONEST}
    assert bench.attempts() == [1, *[2] * 8, *[1] * 11]
    assert journal(bench).count("engine_lost") == MOST_LOSSES_TOGETHER


def test_an_engine_that_ends_while_it_keeps_pages_is_not_the_next_ones_fault(tmp_path: Path) -> None:
    bench = Bench(tmp_path, [f"{n}.png" for n in range(6)])
    process = EngineProcess(limits=bench.limits, scratch_root=bench.scratch, command=TOGETHER)
    worker = PageWorker(bench.path, bench.batch, EngineOptions(), ScanOptions(), engine=process)
    ended: list[int] = []

    def emit(event: Event) -> None:
        if isinstance(event, PageStarted) and event.page_id == bench.pages[3] and not ended:
            victim = psutil.Process(process.pid)
            ended.append(victim.pid)
            victim.kill()
            psutil.wait_procs([victim], timeout=10)

    worker.run(emit, lambda: False)
    assert len(ended) == 1
    assert set(bench.codes().values()) == {HONEST}
    assert bench.attempts() == [1, 2, 2, 1, 1, 1]
    assert [line for line in stories(bench)[bench.pages[3]] if "out_of_memory" in line or "crashed" in line] == []


class SlowToEnd(Crew):
    """Behind the `end` of one worker the others get time to draw wrong conclusions, as on a full machine."""

    def __init__(self) -> None:
        super().__init__()
        self.found_none = threading.Event()
        self.slow: PageWorker | None = None
        self.others: threading.Thread | None = None

    def end(self, worker: object = None, *, found: bool) -> None:
        super().end(worker, found=found)
        if not found:
            self.found_none.set()
        if worker is self.slow and self.others is not None:
            self.others.join(1.0)


def test_what_a_worker_had_begun_when_it_was_stopped_is_read_by_the_others(tmp_path: Path) -> None:
    bench = Bench(tmp_path, [f"{n}.png" for n in range(4)])
    crew = SlowToEnd()

    def worker() -> PageWorker:
        engine = EngineProcess(limits=bench.limits, scratch_root=bench.scratch, command=TOGETHER)
        return PageWorker(bench.path, bench.batch, EngineOptions(), ScanOptions(), engine=engine, crew=crew)

    stopped, other = worker(), worker()
    others = threading.Thread(target=other.run, args=(lambda _event: None, lambda: False))

    def emit(event: Event) -> None:
        if isinstance(event, PageStarted) and event.page_id == bench.pages[3]:
            others.start()
            assert crew.found_none.wait(30)
            crew.slow, crew.others = stopped, others
            stopped.kill()

    stopped.run(emit, lambda: False)
    others.join(60)
    assert not others.is_alive()
    assert set(bench.codes().values()) == {HONEST}


def test_a_page_that_stops_the_engine_while_it_is_begun_takes_no_other_with_it(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.png", "b.png", "begin_crash 1.png", "c.png", "d.png"])
    bench.run(TOGETHER)
    assert set(bench.codes().values()) == {HONEST}  # by itself it does not
    assert bench.attempts() == [1, 1, 2, 1, 1]


def test_page_after_page_is_a_storm_and_the_rest_is_read(tmp_path: Path) -> None:
    bench = Bench(tmp_path, [*(f"crash {n}.png" for n in range(4)), *(f"{n}.png" for n in range(4))])
    bench.run(TOGETHER)
    codes = bench.codes()
    assert {codes.pop(f"crash {n}.png") for n in range(4)} == {"page_stops_engine"}
    assert set(codes.values()) == {HONEST}
    assert bench.of(EngineStorm)


def test_stopped_in_the_midst_what_is_begun_waits_as_if_it_had_not_been(tmp_path: Path) -> None:
    bench, stop = Bench(tmp_path, [f"{n}.png" for n in range(12)]), threading.Event()

    def hear(event: Event) -> None:
        if isinstance(event, PageStarted) and event.page_id == bench.pages[3]:
            stop.set()

    bench.run(TOGETHER, hear=hear, stop=stop)
    states = list(bench.codes().values())
    assert states[0] == HONEST
    assert set(states[1:]) <= {HONEST, "waiting"}
    assert "waiting" in states
    assert bench.attempts() == [int(state == HONEST) for state in states]
    bench.run(TOGETHER)
    assert set(bench.codes().values()) == {HONEST}
    assert set(bench.attempts()) == {1}


def test_a_worker_that_is_to_end_reads_what_it_has_begun(tmp_path: Path) -> None:
    bench, stop = Bench(tmp_path, [f"{n}.png" for n in range(12)]), threading.Event()
    process = EngineProcess(limits=bench.limits, scratch_root=bench.scratch, command=TOGETHER)
    worker = PageWorker(bench.path, bench.batch, EngineOptions(), ScanOptions(), engine=process)

    def emit(event: Event) -> None:
        if isinstance(event, PageStarted) and event.page_id == bench.pages[3]:
            stop.set()

    worker.run(emit, stop.is_set)
    assert list(bench.codes().values()) == [HONEST] * 4 + ["waiting"] * 8


def test_a_child_with_pages_begun_is_not_replaced_and_its_end_is_noticed(tmp_path: Path) -> None:
    pages = [PageRef(SourceFile.at(tmp_path / f"{n}.png"), 1, n) for n in range(1, 6)]
    for page in pages:
        Path(page.source.path).write_bytes(b"x")
    process = EngineProcess(limits=ChildLimits(recycle_requests=2), scratch_root=tmp_path, command=TOGETHER)
    try:
        assert not isinstance(process.begin(pages[0], ScanOptions()), Begun)
        assert [isinstance(process.begin(page, ScanOptions()), Begun) for page in pages[1:3]] == [True, True]
        assert process.starts == 1
        assert [result.page for result in process.read_begun()] == pages[1:3]
        process.ensure_started()
        assert process.starts == 2  # now it is
        process.scan(pages[0], ScanOptions())
        assert isinstance(process.begin(pages[3], ScanOptions()), Begun)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        with pytest.raises(EngineLost):
            process.read_begun()
        assert process.scan(pages[3], ScanOptions()).page == pages[3]
    finally:
        process.stop()
