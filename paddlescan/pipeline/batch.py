"""A whole batch without a window: several workers in plain threads."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from paddlescan.document import EngineOptions, ScanOptions
from paddlescan.errors import Failure, StoreBusy
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.early import EarlyEngine
from paddlescan.pipeline.events import BatchFinished, EngineTrouble, Event, PageWaits
from paddlescan.pipeline.passwords import Passwords
from paddlescan.pipeline.patience import patiently
from paddlescan.pipeline.supervisor import ChildLimits
from paddlescan.pipeline.worker import Emit, PageWorker
from paddlescan.store import Store

log = logging.getLogger(__name__)
LOOK_EVERY_S = 0.1


def run_batch(
    store_path: Path,
    batch: int,
    engine_options: EngineOptions,
    scan_options: ScanOptions,
    workers: int,
    emit: Emit,
    stop: threading.Event,
    *,
    passwords: Passwords | None = None,
    log_folder: Path | None = None,
    scratch_root: Path | None = None,
    limits: ChildLimits | None = None,
    command: Sequence[str] | None = None,
    early: EarlyEngine | None = None,
) -> None:
    """Read all pages of a batch that wait; returns when none does, or within a second after `stop` is set.

    The caller holds the batch's lease, and should run in the main thread, where Ctrl-C arrives. emit is called
    from the workers' threads, never by two at once; the last event is BatchFinished unless pages still wait.
    scan_options: its limits; switches are each page's own in the store. command: a child in place of the real engine.
    early: an engine that is loading already, for the first worker.
    Raises what the store raises at the start, and any bug of a worker once all have ended.
    """
    teller = Teller(emit)
    crew, shared = Crew(), passwords or Passwords()
    with Store(store_path) as store:
        crew.open(lambda: store.recover(batch))
    crew_of = []
    for number in range(1, max(1, workers) + 1):
        own = replace(engine_options, worker=number - 1, workers=max(1, workers))
        log_file = log_folder / f"engine-{number}.log" if log_folder else None
        engine = early.take(own) if early is not None and number == 1 else None
        engine = engine or EngineProcess(own, limits, log_file, scratch_root, command)
        crew_of.append(PageWorker(store_path, batch, own, scan_options, shared, engine=engine, crew=crew))
    threads = [_WorkerThread(worker, teller.tell, stop) for worker in crew_of]
    for thread in threads:
        thread.start()
    try:
        while any(thread.is_alive() for thread in threads):
            if stop.wait(LOOK_EVERY_S) or any(thread.bug for thread in threads):
                break
    finally:
        for thread in threads:
            if thread.is_alive():
                thread.end()
        for thread in threads:
            thread.join()
    for thread in threads:
        if thread.bug is not None:
            raise thread.bug
    with Store(store_path) as store:
        if not given_back(store, crew, teller.tell, stop):
            teller.tell(EngineTrouble(StoreBusy().failure))
        elif not store.summary(batch).unfinished:
            teller.tell(BatchFinished())


def given_back(store: Store, crew: Crew, emit: Emit, stop: threading.Event) -> bool:
    """Let the pages wait again that no worker could let go; False if the store is still busy after a while."""
    while (kept := crew.take_kept()) is not None:
        page_id, token = kept
        try:
            released = patiently(lambda: store.release_page(page_id, False, token), stop.wait)  # noqa: B023 at once
        except StoreBusy:
            return False
        if released:
            emit(PageWaits(page_id))
    return True


class Teller:
    """Serialises the events of several threads; the same trouble of several workers is told once."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._lock = threading.Lock()
        self._troubles: set[Failure] = set()

    def tell(self, event: Event) -> None:
        """From any thread."""
        with self._lock:
            if isinstance(event, EngineTrouble):
                if event.failure in self._troubles:
                    return
                self._troubles.add(event.failure)
            self._emit(event)


class _WorkerThread(threading.Thread):
    """Runs one worker, and keeps what it raised for the thread that asked."""

    def __init__(self, worker: PageWorker, emit: Emit, stop: threading.Event) -> None:
        super().__init__(name="page worker")
        self._worker, self._tell, self._halt = worker, emit, stop
        self.bug: Exception | None = None

    def run(self) -> None:
        """In the new thread."""
        try:
            self._worker.run(self._tell, self._halt.is_set)
        except Exception as error:  # noqa: BLE001 raised again by run_batch
            self.bug = error

    def end(self) -> None:
        """Kill its engine; the thread ends soon after."""
        self._worker.kill()
