"""Poison pages among good ones, storms of crashes, devices that fail: the batch goes on, or says why it cannot."""

from __future__ import annotations

import itertools
import threading
import time
from pathlib import Path

import pytest

from paddlescan.document import EngineOptions, ScanOptions
from paddlescan.document.options import Device
from paddlescan.errors import Failure
from paddlescan.ocr.reasons import Reason
from paddlescan.pipeline import storm
from paddlescan.pipeline.batch import run_batch
from paddlescan.pipeline.events import (
    BatchFinished,
    EngineCalm,
    EngineReady,
    EngineStorm,
    EngineTrouble,
    Event,
    PageFinished,
    PageStarted,
    PageWaits,
)
from paddlescan.pipeline.supervisor import ChildLimits
from paddlescan.store import Store
from tests.fakes.commands import faulty
from tests.faults.bench import HONEST, Bench

REASONS = {
    "crash": "page_stops_engine",
    "hang": "page_timed_out",
    "garbage": "page_stops_engine",
    "balloon": "out_of_memory",
    "memory_error": "out_of_memory",
    "dies_in_an_answer": "page_stops_engine",
    "oversized": "page_stops_engine",
    "device_failed": "page_stops_engine",
}


def mixed(good: int, poison: int) -> list[str]:
    """Names of files; every so many of them names a fault."""
    faults, every = list(REASONS), max(1, good // poison)
    names: list[str] = []
    for n in range(good):
        names.append(f"good {n}.png")
        if n % every == 0 and n // every < poison:
            names.append(f"{faults[n // every % len(faults)]} {n}.png")
    return names


def wanted(names: list[str]) -> dict[str, str]:
    return {name: REASONS.get(name.split()[0], HONEST) for name in names}


def poisoned(folder: Path, good: int, poison: int) -> None:
    bench = Bench(folder, mixed(good, poison))
    bench.limits = ChildLimits(request_s=2.0, memory_bytes=250 << 20)
    bench.run(faulty("by_name"), workers=3)
    assert bench.codes() == wanted(bench.names)
    assert list(bench.codes()) == bench.names  # in the order of dropping
    finished = [event.page_id for event in bench.events if isinstance(event, PageFinished)]
    assert sorted(finished) == sorted(bench.pages)  # each once
    with Store(bench.path) as store:
        summary = store.summary(bench.batch)
    assert (summary.failed, summary.unfinished) == (len(bench.names), 0)
    begun = [event.page_id for event in bench.events if isinstance(event, PageStarted)]
    bad = [page for page, name in zip(bench.pages, bench.names, strict=True) if name.split()[0] in REASONS]
    assert {begun.count(page) for page in bad} == {2}  # two engines each, and no third
    assert isinstance(bench.events[-1], BatchFinished)


@pytest.mark.logs
def test_poison_pages_among_good_ones(tmp_path: Path) -> None:
    poisoned(tmp_path, good=40, poison=8)


@pytest.mark.logs
@pytest.mark.long
def test_poison_pages_by_the_dozen_among_many(tmp_path: Path) -> None:
    poisoned(tmp_path, good=120, poison=24)


def test_engines_that_a_page_took_down_are_counted_across_programs(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["crash 1.png", "good.png"])
    stop = threading.Event()

    def hear(event: Event) -> None:
        if isinstance(event, PageWaits):
            stop.set()

    bench.run(faulty("by_name"), hear=hear, stop=stop)  # it is stopped after the first engine
    assert bench.codes()["crash 1.png"] == "waiting"
    bench.run(faulty("by_name"))  # another program, as far as the store knows
    assert bench.codes() == {"crash 1.png": "page_stops_engine", "good.png": HONEST}
    with Store(bench.path) as store:
        told = [(event.what, event.detail) for event in store.journal(bench.batch, page=bench.pages[0])]
        store.read_again(bench.pages[0])
    waited = [detail for what, detail in told if what == "waits"]
    assert waited.count("crashed") == 1
    assert told[-1] == ("failed", "page_stops_engine")
    bench.run(faulty("well"))  # asked for again, it starts with a clean sheet
    assert bench.codes()["crash 1.png"] == HONEST


@pytest.mark.logs
def test_a_file_of_poison_does_not_keep_the_others_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a storm the last page is tried, which is most likely of another file; it ends the storm."""
    monkeypatch.setattr(storm, "FIRST_PAUSE_S", 0.1)
    bench = Bench(tmp_path, [*(f"crash {n}.png" for n in range(4)), *(f"good {n}.png" for n in range(4))])
    bench.run(faulty("by_name"))
    assert bench.codes() == wanted(bench.names)
    ends = [event.page_id for event in bench.events if isinstance(event, PageFinished)]
    assert ends.index(bench.pages[-1]) < ends.index(bench.pages[2])
    assert bench.of(EngineCalm)


@pytest.mark.logs
def test_in_a_storm_several_workers_start_engines_no_faster_than_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storm, "FIRST_PAUSE_S", 0.4)
    monkeypatch.setattr(storm, "LONGEST_PAUSE_S", 0.4)
    bench = Bench(tmp_path, [f"{n}.png" for n in range(6)])
    starts: list[float] = []

    def hear(event: Event) -> None:
        if isinstance(event, PageStarted):
            starts.append(time.monotonic())

    bench.run(faulty("crash"), workers=3, hear=hear)
    assert set(bench.codes().values()) == {"page_stops_engine"}
    first = next(n for n, event in enumerate(bench.events) if isinstance(event, EngineStorm))
    before = sum(isinstance(event, PageStarted) for event in bench.events[:first])
    # Those that were at work when it began may still begin; then there is a pause between any two.
    later = starts[before + 2 :]
    assert later
    assert all(b - a >= 0.4 for a, b in itertools.pairwise(later))


@pytest.mark.logs
def test_stop_ends_a_pause_at_once(tmp_path: Path) -> None:
    bench = Bench(tmp_path, [f"{n}.png" for n in range(8)])
    stop, stopped_at = threading.Event(), list[float]()

    def hear(event: Event) -> None:
        if isinstance(event, EngineStorm) and event.pause_s >= 2.0:
            stopped_at.append(time.monotonic())
            stop.set()

    bench.run(faulty("crash"), workers=2, hear=hear, stop=stop)
    assert time.monotonic() - stopped_at[0] < 1.0  # the "Stop within a second"
    with Store(bench.path) as store:
        assert store.summary(bench.batch).unfinished


@pytest.mark.logs
def test_a_worker_that_cannot_start_leaves_the_batch_to_those_that_can(tmp_path: Path) -> None:
    """Memory for one engine, and two are wanted: the first reads on, and nobody is told to do anything."""
    bench = Bench(tmp_path, ["slow 1.png", "slow 2.png", "good.png"])
    once = tmp_path / "once.sh"
    # The first child to come is well; any further one dies before its hello, like one that finds no memory.
    once.write_text(f'mkdir "{tmp_path}/taken" 2>/dev/null || kill -9 $$\nexec "$@"\n')
    bench.run(("sh", str(once), *faulty("by_name")), workers=2)
    assert set(bench.codes().values()) == {HONEST}
    assert bench.of(EngineTrouble) == []
    assert isinstance(bench.events[-1], BatchFinished)


def test_engines_that_start_slowly_are_waited_for(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.png", "b.png"])
    bench.run(faulty("start_slow"), workers=2)
    assert set(bench.codes().values()) == {HONEST}
    assert bench.of(EngineTrouble) == []


def on_a_gpu(bench: Bench, device: Device) -> None:
    run_batch(
        bench.path,
        bench.batch,
        EngineOptions(device=device),
        ScanOptions(),
        1,
        bench.events.append,
        threading.Event(),
        scratch_root=bench.scratch,
        limits=bench.limits,
        command=faulty("gpu_fails"),
    )


@pytest.mark.logs
def test_a_gpu_that_fails_fails_no_page_and_the_cpu_reads_on(tmp_path: Path) -> None:
    """The one thing a mock stands in for: a GPU, by a child that says it has one and ends as a real one would."""
    bench = Bench(tmp_path, ["a.png", "b.png", "c.png"])
    on_a_gpu(bench, "auto")
    assert set(bench.codes().values()) == {HONEST}
    assert bench.attempts() == [1, 1, 1]
    devices = [(e.engine.device, e.engine.reason) for e in bench.events if isinstance(e, EngineReady)]
    assert [device for device, _ in devices] == ["gpu", "gpu", "gpu", "cpu"]
    assert devices[-1][1] == Reason.GPU_LOST
    assert bench.of(EngineStorm) == []


@pytest.mark.logs
def test_where_the_gpu_was_demanded_its_failing_is_told_and_the_pages_wait(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.png", "b.png"])
    on_a_gpu(bench, "gpu")
    told = [event.failure for event in bench.events if isinstance(event, EngineTrouble)]
    assert told == [Failure("gpu_unavailable", (("detail", Reason.GPU_LOST),))]
    assert bench.codes() == {"a.png": "waiting", "b.png": "waiting"}
    assert bench.attempts() == [0, 0]
