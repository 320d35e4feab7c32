"""The engines of the window: a QThread each, driving one worker of `pipeline`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QThread, Signal, Slot

from paddlescan.errors import PaddleScanError
from paddlescan.gui.running.waiting_crew import WaitingCrew
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.errands import Errand, Errands
from paddlescan.pipeline.events import EngineReady, EngineTrouble, Event

log = logging.getLogger(__name__)


class Worker(Protocol):
    """What a pool drives: `pipeline.worker.PageWorker`, or a test's faulty twin."""

    def run(self, emit: Callable[[Event], None], should_stop: Callable[[], bool]) -> None:
        """Read pages until none waits or `should_stop`; the result is in the store before it is emitted."""

    def kill(self) -> None:
        """From another thread: end the engine process now; the page in hand waits again."""


class ScanWorker(QThread):
    """One worker in one thread. The object lives in the window's thread; only run() is elsewhere."""

    news = Signal(int, object)  # batch, pipeline.events.Event

    def __init__(self, batch: int, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._batch, self._worker = batch, worker

    def run(self) -> None:
        """Read pages until there are none or the pool stops."""
        try:
            self._worker.run(self._tell, self.isInterruptionRequested)
        except PaddleScanError as error:  # a full disk, a busy store
            log.warning("batch %s: a worker ended: %s", self._batch, error.code)
            self._tell(EngineTrouble(error.failure))

    def stop(self) -> None:
        """End the engine; returns at once, `finished` follows within a second."""
        self.requestInterruption()
        self._worker.kill()

    def _tell(self, event: Event) -> None:
        self.news.emit(self._batch, event)


MakeWorker = Callable[[int, int, Crew], Worker]
"""A worker for a batch; which of the pool's workers it is, from 1; the crew it belongs to."""


class ScanPool(QObject):
    """Workers on one batch at a time. They stay a while when all is read, so that the next page need not wait."""

    news = Signal(int, object)  # batch, Event; of a batch that may no longer be in front
    idle = Signal()  # the last worker ended

    def __init__(self, make_worker: MakeWorker, count: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make, self.count = make_worker, count
        self._workers: dict[int, ScanWorker] = {}
        self._errands = Errands()
        self._crew = WaitingCrew(errands=self._errands)
        self._loaded = False
        self._after_the_end: int | None = None
        self.news.connect(self._hear)

    @property
    def busy(self) -> bool:
        """Whether any worker is there, be it that it waits for pages or is about to end."""
        return bool(self._workers)

    @property
    def stopping(self) -> bool:
        """Whether the workers that are there were told to end."""
        return any(worker.isInterruptionRequested() for worker in self._workers.values())

    def workers(self) -> tuple[ScanWorker, ...]:
        """Those that are there."""
        return tuple(self._workers.values())

    @property
    def loaded(self) -> bool:
        """Whether an engine is ready, so that an errand is done at once."""
        return self._loaded and self.busy and not self.stopping

    def start(self, batch: int, waiting: int) -> None:
        """Bring as many workers to work as the waiting pages can use, `count` at most."""
        self._bring(batch, waiting, errands_only=False)

    def put_ahead(self, page_id: int) -> None:
        """This page of the batch is read before the others that wait."""
        self._crew.put_ahead(page_id)

    def run(self, batch: int, errand: Errand) -> None:
        """Do an errand with whichever engine is next free; where there is none, one is loaded, and reads no page.

        batch: the one in front.
        """
        self._errands.put(errand)
        if self.stopping:
            self._after_the_end = batch
        elif self._workers:
            self._crew.more()
        else:
            self._bring(batch, 1, errands_only=True)

    def _bring(self, batch: int, waiting: int, errands_only: bool) -> None:
        if not self._workers:
            old, self._crew = self._crew, WaitingCrew(errands=self._errands)
            while (ahead := old.take_ahead()) is not None:
                self._crew.put_ahead(ahead)
            while (kept := old.take_kept()) is not None:  # pages that a full disk would not let go
                self._crew.keep(*kept)
        self._crew.errands_only = errands_only
        for number in range(1, min(self.count, max(1, waiting)) + 1):
            if number not in self._workers:
                worker = ScanWorker(batch, self._make(batch, number, self._crew), self)
                worker.news.connect(self.news)
                worker.finished.connect(self._worker_ended)
                self._workers[number] = worker
                worker.start()
        self._crew.more()

    def stop(self) -> None:
        """End all engines; returns at once, `idle` follows. Errands are lost."""
        self._errands.drop()
        self._after_the_end = None
        for worker in self._workers.values():
            worker.stop()
        self._crew.go()

    def wait(self, timeout_ms: int) -> bool:
        """Wait for all workers to end, as closing the window does. Says whether they did."""
        ended = [worker.wait(timeout_ms) for worker in self._workers.values()]
        return all(ended)

    @Slot()
    def _worker_ended(self) -> None:
        ended = {number: worker for number, worker in self._workers.items() if worker.isFinished()}
        for number, worker in ended.items():
            del self._workers[number]
            worker.deleteLater()
        if ended and not self._workers:
            self._loaded = False
            self.idle.emit()
            self._go_on_with_errands()

    def _go_on_with_errands(self) -> None:
        """Those that came while the workers were ending; none waits for workers that gave up."""
        batch, self._after_the_end = self._after_the_end, None
        if self._workers or not self._errands:
            return
        if batch is None:
            self._errands.drop()
        else:
            self._bring(batch, 1, errands_only=True)

    @Slot(int, object)
    def _hear(self, _batch: int, event: object) -> None:
        self._loaded = self._loaded or isinstance(event, EngineReady)
