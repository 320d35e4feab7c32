"""Batches over children that really fail: the batch goes on, and each page says what happened to it."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from paddlescan.document import EngineOptions, ScanOptions
from paddlescan.errors import Failure
from paddlescan.pipeline import storm, worker
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.events import (
    BatchFinished,
    EngineStorm,
    EngineTrouble,
    Event,
    PageFinished,
    PageStarted,
    PageWaits,
)
from paddlescan.pipeline.lost_engines import MOST_STARTS
from paddlescan.pipeline.supervisor import ChildLimits
from paddlescan.pipeline.worker import PageWorker
from paddlescan.store import Store
from tests.fakes.commands import faulty
from tests.faults.bench import HONEST, Bench, when_it_hangs
from tests.faults.disks import SmallDisk


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("crash", "page_stops_engine"),
        ("oom_killed", "out_of_memory"),
        ("memory_error", "out_of_memory"),
        ("garbage", "page_stops_engine"),
        ("half_an_answer", "page_timed_out"),
        ("hang", "page_timed_out"),
        ("balloon", "out_of_memory"),
        ("oversized", "page_stops_engine"),
        ("another_page", "page_stops_engine"),
    ],
)
def test_a_page_that_takes_two_engines_down_is_set_aside_and_the_rest_goes_on(
    tmp_path: Path, mode: str, code: str
) -> None:
    slow = ("hang", "half_an_answer")
    bench = Bench(tmp_path, ["a.png", "b.png", "c.png"])
    bench.limits = ChildLimits(request_s=0.4 if mode in slow else 30.0, memory_bytes=300 << 20)
    bench.run(faulty(mode, "b.png"))
    assert bench.codes() == {"a.png": HONEST, "b.png": code, "c.png": HONEST}
    assert bench.attempts()[1] == 2
    assert bench.of(PageStarted).count(PageStarted(bench.pages[1])) == 2
    assert isinstance(bench.events[-1], BatchFinished)


def test_two_workers_share_the_pages(tmp_path: Path) -> None:
    names = [f"{n}.png" for n in range(12)]
    bench = Bench(tmp_path, names)
    bench.run(faulty("crash", "3.png"), workers=2)
    codes = bench.codes()
    assert codes.pop("3.png") == "page_stops_engine"
    assert set(codes.values()) == {HONEST}
    finished = [e.page_id for e in bench.events if isinstance(e, PageFinished)]
    assert sorted(finished) == bench.pages  # each once


def test_news_come_after_the_store_has_them(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.png", "b.png"])
    states: list[str | None] = []

    def look(event: Event) -> None:
        if isinstance(event, PageFinished):
            with Store(bench.path) as store:
                row = store.page_row(event.page_id)
                states.append(row.state if row else None)

    bench.run(faulty("well"), hear=look)
    assert states == ["failed", "failed"]


def test_stop_within_a_second_and_the_page_waits_uncounted(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.png", "b.png", "c.png"])
    stop = threading.Event()
    stopped_at: list[float] = []

    def press_stop() -> None:
        stopped_at.append(time.monotonic())
        stop.set()

    when_it_hangs(bench, press_stop)
    bench.run(faulty("hang", "b.png"), stop=stop)
    assert time.monotonic() - stopped_at[0] < 1.0  # the "Stop within a second"
    assert bench.codes() == {"a.png": HONEST, "b.png": "waiting", "c.png": "waiting"}
    assert bench.attempts() == [1, 0, 0]
    assert bench.of(PageWaits) == [PageWaits(bench.pages[1])]
    assert bench.of(BatchFinished) == []


def test_kill_from_another_thread(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.png"])
    engine = EngineProcess(command=faulty("hang"), scratch_root=bench.scratch)
    one = PageWorker(bench.path, bench.batch, EngineOptions(), ScanOptions(), engine=engine)
    hanging = threading.Event()
    when_it_hangs(bench, hanging.set)
    thread = threading.Thread(target=one.run, args=(bench.events.append, lambda: False))
    thread.start()
    assert hanging.wait(30)
    before = time.monotonic()
    one.kill()
    thread.join(30)
    assert time.monotonic() - before < 1.0
    assert bench.codes() == {"a.png": "waiting"}
    assert bench.attempts() == [0]


@pytest.mark.logs
@pytest.mark.parametrize("mode", ["start_hang", "start_crash", "start_garbage"])
def test_engines_that_never_start_are_told_and_no_page_is_blamed(tmp_path: Path, mode: str) -> None:
    bench = Bench(tmp_path, ["a.png", "b.png"])
    bench.limits = ChildLimits(start_s=1.0 if mode == "start_hang" else 30.0)
    bench.run(faulty(mode), workers=2)
    assert bench.of(EngineTrouble) == [EngineTrouble(Failure("engine_stops"))]
    assert bench.codes() == {"a.png": "waiting", "b.png": "waiting"}
    assert bench.attempts() == [0, 0]


@pytest.mark.logs
def test_a_missing_model_is_told_at_once(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.png", "b.png"])
    bench.run(faulty("start_refused"))
    assert [e.failure.code for e in bench.events if isinstance(e, EngineTrouble)] == ["model_missing"]
    assert len(bench.of(PageStarted)) == 1
    assert bench.codes() == {"a.png": "waiting", "b.png": "waiting"}


@pytest.mark.logs
def test_a_storm_of_crashes_slows_down_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storm, "LONGEST_PAUSE_S", 0.2)
    bench = Bench(tmp_path, ["a.png", "b.png", "c.png"])
    bench.run(faulty("crash"))
    assert set(bench.codes().values()) == {"page_stops_engine"}
    told = [e for e in bench.events if isinstance(e, EngineStorm)]
    assert [round(e.pause_s, 1) for e in told] == [0.2] * 4  # from the third loss in a row on
    assert {e.failure.code for e in told} == {"engine_storms"}


def test_a_page_that_takes_the_whole_program_down_is_not_tried_for_ever(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.png", "b.png"])
    die_with(bench, 0, worker.LAST_START)
    bench.run(faulty("well"))
    assert bench.codes() == {"a.png": "page_stops_engine", "b.png": HONEST}


def test_a_page_in_hand_whenever_the_program_was_killed_is_read_after_all_others(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.png", "b.png", "c.png", "d.png"])
    for page in (0, 1):
        die_with(bench, page, MOST_STARTS + 3)
    bench.run(faulty("well"), workers=3)
    assert set(bench.codes().values()) == {HONEST}
    told = [(type(e).__name__, e.page_id) for e in bench.events if isinstance(e, PageStarted | PageFinished)]
    last = [(name, page) for name, page in told if page in bench.pages[:2]]
    assert [name for name, _ in last] == ["PageStarted", "PageFinished"] * 2  # one at a time
    assert told.index(last[0]) >= 2


@pytest.mark.logs
def test_of_such_a_page_one_engine_lost_is_enough(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.png", "b.png"])
    die_with(bench, 0, MOST_STARTS)
    bench.run(faulty("crash", "a.png"))
    assert bench.codes() == {"a.png": "page_stops_engine", "b.png": HONEST}
    assert [e.page_id for e in bench.events if isinstance(e, PageStarted)] == [bench.pages[1], bench.pages[0]]


def die_with(bench: Bench, page: int, times: int) -> None:
    """So many programs die with this page in hand."""
    for _ in range(times):
        with Store(bench.path) as store:
            assert store.claim_page(bench.batch, bench.pages[page])
            store.recover(bench.batch)


def test_a_program_killed_twice_does_not_set_a_page_aside(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.png"])
    for _ in range(2):
        with Store(bench.path) as store:
            assert store.claim_page(bench.batch)
            store.recover(bench.batch)
    bench.run(faulty("well"))
    assert bench.codes() == {"a.png": HONEST}
    assert bench.attempts() == [3]


def test_a_page_read_again_in_the_middle_keeps_waiting_for_its_new_reading(tmp_path: Path) -> None:
    """Somebody turns the page while it is being read: the old reading is not kept, the new one is."""
    bench = Bench(tmp_path, ["a.png"])
    started = 0

    def hear(event: Event) -> None:
        nonlocal started
        if isinstance(event, PageStarted):
            started += 1
            if started == 1:
                with Store(bench.path) as store:
                    store.read_again(event.page_id)

    bench.run(faulty("well"), hear=hear)
    assert started == 2
    assert len(bench.of(PageFinished)) == 1
    assert bench.codes() == {"a.png": HONEST}


@pytest.mark.logs
def test_a_full_disk_ends_the_worker_and_the_page_waits(disk: SmallDisk) -> None:
    bench = Bench(disk.path, ["a.png", "b.png"])

    def hear(event: Event) -> None:
        """Full while the page is being read, and somebody makes room when they are told."""
        if isinstance(event, PageStarted):
            disk.fill()
        elif isinstance(event, EngineTrouble):
            disk.make_room()

    bench.run(faulty("well"), hear=hear)
    assert [e.failure.code for e in bench.events if isinstance(e, EngineTrouble)] == ["disk_full"]
    assert bench.of(PageFinished) == []
    assert bench.codes() == {"a.png": "waiting", "b.png": "waiting"}
    assert bench.attempts() == [0, 0]
    bench.run(faulty("well"))
    assert set(bench.codes().values()) == {HONEST}


@pytest.mark.logs
def test_a_disk_that_stays_full_is_told_and_the_page_waits_when_work_begins_anew(disk: SmallDisk) -> None:
    bench = Bench(disk.path, ["a.png", "b.png"])
    bench.run(faulty("well"), hear=lambda event: disk.fill() if isinstance(event, PageStarted) else None)
    assert [e.failure.code for e in bench.events if isinstance(e, EngineTrouble)] == ["disk_full"]
    assert bench.of(PageFinished) == []
    disk.make_room()
    bench.run(faulty("well"))
    assert set(bench.codes().values()) == {HONEST}


@pytest.mark.logs
def test_a_disk_that_fills_up_before_a_fresh_engine_starts_fails_no_page(tmp_path: Path, disk: SmallDisk) -> None:
    """The engine is replaced between looking at a file and reading it: there, no room is left for its folder."""
    bench = Bench(tmp_path, ["a.png", "b.png"])
    limits = ChildLimits(request_s=30.0, recycle_requests=1)
    engine = EngineProcess(limits=limits, command=faulty("well"), scratch_root=disk.path / "scratch")
    engine.ensure_started()
    disk.fill()
    options = EngineOptions(), ScanOptions()
    PageWorker(bench.path, bench.batch, *options, engine=engine).run(bench.events.append, lambda: False)
    assert [e.failure.code for e in bench.events if isinstance(e, EngineTrouble)] == ["disk_full"]
    assert engine.starts == 1
    assert bench.of(PageStarted) and bench.of(PageFinished) == []
    assert bench.codes() == {"a.png": "waiting", "b.png": "waiting"}
    assert bench.attempts() == [0, 0]


@pytest.mark.parametrize("requests", [1, 2])
def test_the_journal_says_of_each_engine_that_was_replaced_why(tmp_path: Path, requests: int) -> None:
    """Also of one that was replaced between looking at the last file and reading it."""
    bench = Bench(tmp_path, ["a.png", "b.png"])
    bench.limits = ChildLimits(request_s=30.0, recycle_requests=requests)
    bench.run(faulty("well"))
    assert set(bench.codes().values()) == {HONEST}
    replaced = 4 // requests - 1  # a file is looked at, then read
    with Store(bench.path) as store:
        told = [event for event in store.journal(bench.batch) if event.what == "recycled"]
    assert [event.detail for event in told] == ["served"] * replaced


def test_a_bug_of_ours_ends_the_batch_and_is_not_swallowed(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.png", "b.png"])

    def broken(event: Event) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        bench.run(faulty("well"), workers=2, hear=broken)
    assert HONEST not in bench.codes().values()
