"""Batches over a store that another program holds: every page is read in the end, or waits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from paddlescan.document import EngineOptions, ScanOptions
from paddlescan.errors import StoreBusy
from paddlescan.pipeline import patience
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.events import EngineTrouble, PageWaits
from paddlescan.pipeline.worker import PageWorker
from paddlescan.store import Store
from tests.fakes.commands import faulty
from tests.faults.bench import HONEST, Bench, when_it_hangs


def test_a_store_that_a_backup_holds_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(tmp_path, ["a.png"])
    real = Store.save_result
    refusals = iter([True, True])

    def busy(store: Store, *args: object, **kwargs: object) -> bool:
        if next(refusals, False):
            raise StoreBusy
        return real(store, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "save_result", busy)
    bench.run(faulty("well"))
    assert bench.codes() == {"a.png": HONEST}


def hold_the_store(patch: pytest.MonkeyPatch, writes: int) -> threading.Event:
    """From the next result on, so many writes find the store busy. The event: the last of them was refused."""
    over = threading.Event()
    left = iter(range(writes))

    def busy(name: str) -> Callable[..., bool]:
        real: Callable[..., bool] = getattr(Store, name)

        def act(store: Store, *args: object, **kwargs: object) -> bool:
            number = next(left, None) if not over.is_set() else None
            if number is None:
                return real(store, *args, **kwargs)
            if number == writes - 1:
                over.set()
            raise StoreBusy

        return act

    for name in ("save_result", "release_page"):
        patch.setattr(Store, name, busy(name))
    return over


@pytest.mark.logs
def test_a_page_that_cannot_be_let_go_waits_again_when_the_batch_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store is busy for longer than a result waits; then nobody else may take the page for being read."""
    monkeypatch.setattr(patience, "STORE_PATIENCE_S", 0.0)
    bench = Bench(tmp_path, ["a.png", "b.png"])
    hold_the_store(monkeypatch, writes=2)
    bench.run(faulty("well"))
    assert [e.failure.code for e in bench.events if isinstance(e, EngineTrouble)] == ["store_busy"]
    assert bench.codes() == {"a.png": "waiting", "b.png": "waiting"}


@pytest.mark.logs
def test_a_page_that_one_worker_cannot_let_go_is_read_by_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "STORE_PATIENCE_S", 0.0)
    bench = Bench(tmp_path, [f"{n}.png" for n in range(6)])
    hold_the_store(monkeypatch, writes=2)
    crew = Crew()
    for _ in range(2):  # one after the other, as in a window whose first worker gave up
        engine = EngineProcess(command=faulty("well"), scratch_root=bench.scratch)
        one = PageWorker(bench.path, bench.batch, EngineOptions(), ScanOptions(), engine=engine, crew=crew)
        one.run(bench.events.append, lambda: False)
    assert set(bench.codes().values()) == {HONEST}
    assert PageWaits(bench.pages[0]) in bench.events


def test_pages_that_nobody_reads_wait_again_when_work_begins_anew(tmp_path: Path) -> None:
    """Those of a crew that is gone: in a window all workers may have ended over a busy store."""
    bench = Bench(tmp_path, ["a.png", "b.png"])
    with Store(bench.path) as store:
        assert store.claim_page(bench.batch)
    engine = EngineProcess(command=faulty("well"), scratch_root=bench.scratch)
    PageWorker(bench.path, bench.batch, EngineOptions(), ScanOptions(), engine=engine).run(
        bench.events.append, lambda: False
    )
    assert bench.codes() == {"a.png": HONEST, "b.png": HONEST}
    assert bench.events[0] == PageWaits(bench.pages[0])


def test_stop_while_the_store_is_busy_loses_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(tmp_path, ["a.png", "b.png"])
    stop = threading.Event()
    when_it_hangs(bench, stop.set)
    hold_the_store(monkeypatch, writes=1)
    bench.run(faulty("hang", "a.png"), stop=stop)
    assert bench.of(EngineTrouble) == []
    assert bench.codes() == {"a.png": "waiting", "b.png": "waiting"}
    assert bench.attempts() == [0, 0]
