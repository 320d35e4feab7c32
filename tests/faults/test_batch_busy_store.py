"""Batches over a store that another program holds: every page is read in the end, or waits."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from paddlescan.document import EngineOptions, ScanOptions
from paddlescan.errors import StoreBusy
from paddlescan.pipeline import patience
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.events import EngineTrouble, Event, PageStarted, PageWaits
from paddlescan.pipeline.worker import PageWorker
from paddlescan.store import Store
from tests.fakes.commands import faulty
from tests.faults.bench import HONEST, Bench, when_it_hangs
from tests.faults.disks import backup_program


class Backup:
    """A real program that holds the store from an event on; whoever hears events tells it when to let go."""

    def __init__(self, store: Path, stack: ExitStack) -> None:
        self._store, self._stack = store, stack
        self._program: subprocess.Popen[bytes] | None = None

    def hold(self) -> None:
        """From now on; without effect the second time."""
        if self._program is None:
            self._program = self._stack.enter_context(backup_program(self._store))

    def let_go(self) -> None:
        """Its lock goes with it."""
        assert self._program is not None
        self._program.kill()
        self._program.wait()


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as ends:
        yield ends


@pytest.fixture
def quickly_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that is held is waited for 0.2 s in each try."""
    monkeypatch.setattr(Store.__init__, "__defaults__", (0.2, *(Store.__init__.__defaults__ or ())[1:]))


@pytest.fixture
def short_waits(quickly_refused: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """And it is given up after one try."""
    monkeypatch.setattr(patience, "STORE_PATIENCE_S", 0.0)


@pytest.mark.usefixtures("quickly_refused")
def test_a_store_that_a_backup_holds_is_waited_for(tmp_path: Path, stack: ExitStack) -> None:
    bench = Bench(tmp_path, ["a.png"])
    backup = Backup(bench.path, stack)
    refused = RefusedWrites(bench.path)

    def hear(event: Event) -> None:
        if isinstance(event, PageStarted):
            backup.hold()
            threading.Thread(target=lambda: (refused.wait(), backup.let_go()), daemon=True).start()

    bench.run(faulty("well"), hear=hear)
    assert refused.seen
    assert bench.codes() == {"a.png": HONEST}


class RefusedWrites:
    """Tries to write as the worker does, so that it knows when such a one was refused twice."""

    def __init__(self, path: Path) -> None:
        self._path, self.seen = path, 0

    def wait(self) -> None:
        """Until two tries, each as long as the worker's, were refused."""
        while self.seen < 2:
            with Store(self._path) as store:
                try:
                    store.note(1, None, "trouble", "store_busy")
                except StoreBusy:
                    self.seen += 1


@pytest.mark.logs
@pytest.mark.usefixtures("short_waits")
def test_a_page_that_cannot_be_let_go_waits_again_when_the_batch_ends(tmp_path: Path, stack: ExitStack) -> None:
    """The store is busy for longer than a result waits; then nobody else may take the page for being read."""
    bench = Bench(tmp_path, ["a.png", "b.png"])
    backup = Backup(bench.path, stack)

    def hear(event: Event) -> None:
        if isinstance(event, PageStarted):
            backup.hold()
        elif isinstance(event, EngineTrouble):
            backup.let_go()

    bench.run(faulty("well"), hear=hear)
    assert [e.failure.code for e in bench.events if isinstance(e, EngineTrouble)] == ["store_busy"]
    assert bench.codes() == {"a.png": "waiting", "b.png": "waiting"}


@pytest.mark.logs
@pytest.mark.usefixtures("short_waits")
def test_a_page_that_one_worker_cannot_let_go_is_read_by_the_others(tmp_path: Path, stack: ExitStack) -> None:
    bench = Bench(tmp_path, [f"{n}.png" for n in range(6)])
    backup = Backup(bench.path, stack)
    crew = Crew()

    def hear(event: Event) -> None:
        bench.events.append(event)
        if isinstance(event, PageStarted):
            backup.hold()
        elif isinstance(event, EngineTrouble):
            backup.let_go()

    for _ in range(2):  # one after the other, as in a window whose first worker gave up
        engine = EngineProcess(command=faulty("well"), scratch_root=bench.scratch)
        one = PageWorker(bench.path, bench.batch, EngineOptions(), ScanOptions(), engine=engine, crew=crew)
        one.run(hear, lambda: False)
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


def test_stop_while_the_store_is_busy_loses_no_page(
    tmp_path: Path, stack: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first try to let the page go, at the stop, is refused; the store is free in the midst of the second."""
    each_s = 2.0
    monkeypatch.setattr(Store.__init__, "__defaults__", (each_s, *(Store.__init__.__defaults__ or ())[1:]))
    bench = Bench(tmp_path, ["a.png", "b.png"])
    backup = Backup(bench.path, stack)
    stop = threading.Event()

    def held_and_stopped() -> None:
        backup.hold()
        stop.set()
        threading.Event().wait(1.5 * each_s)
        backup.let_go()

    thread = when_it_hangs(bench, held_and_stopped)
    bench.run(faulty("hang", "a.png"), stop=stop)
    thread.join()
    assert bench.of(EngineTrouble) == []
    assert bench.codes() == {"a.png": "waiting", "b.png": "waiting"}
    assert bench.attempts() == [0, 0]
