"""What goes on with a scanner: it is asked one thing at a time, and only what was asked last is answered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from paddlescan.desktop.scanner.acquiring import Order
from paddlescan.desktop.scanner.listing import Scanner, list_scanners
from paddlescan.desktop.scanner.options import ask_abilities
from paddlescan.desktop.scanner.program import Stop, find_program
from paddlescan.gui.scanner.jobs import AcquireJob, ScannerJob


class ScannerTalk(QObject):
    """Holds the job that is under way. One that was told to stop answers nothing: its end is all that is heard."""

    found = Signal(object)
    """(Path, tuple[Scanner, ...]): the program by which scanners are spoken to, and those it knows."""
    known = Signal(object)
    """Abilities: what the scanner can do."""
    scanned = Signal(object)
    """int: all pages are there, so many."""
    failed = Signal(object)
    """Failure: in place of an answer."""
    ended = Signal()
    """The job is at its end."""
    progressed = Signal(int, int)
    page_kept = Signal(object)
    stopping = Signal()
    """These three while pages are scanned, as of an AcquireJob."""

    def __init__(self, owner: QObject, parent: QObject) -> None:
        """owner: of the jobs, which may take longer than the parent is there."""
        super().__init__(parent)
        self._owner = owner
        self._job: ScannerJob | None = None
        self._answer = self.found
        self._number = 0

    @property
    def goes_on(self) -> bool:
        """Whether a job is under way."""
        return self._job is not None

    def look(self) -> None:
        """Ask which scanners there are."""
        self._begin(ScannerJob(self._next(), _look, self._owner), self.found)

    def ask_abilities(self, program: Path, scanner: Scanner) -> None:
        """Ask a scanner what it can do."""
        job = ScannerJob(self._next(), lambda stop: ask_abilities(program, scanner, stop), self._owner)
        self._begin(job, self.known)

    def scan(self, order: Order, begun: datetime) -> None:
        """Scan a page, or all that lie in the feeder. begun: for their names."""
        job = AcquireJob(self._next(), order, begun, self._owner)
        job.progressed.connect(self.progressed)
        job.page_kept.connect(self.page_kept)
        job.stopping.connect(self.stopping)
        self._begin(job, self.scanned)

    def stop(self) -> None:
        """Tell the job to stop; `ended` follows."""
        if self._job is not None:
            self._job.stop()

    def forget(self) -> None:
        """Nobody waits any more: the job stops, and nothing is heard of it."""
        self.stop()
        self._job = None
        self._next()

    def _begin(self, job: ScannerJob, answer: SignalInstance) -> None:
        self.stop()  # the one before ends for nobody
        job.answered.connect(self._answered)
        job.failed.connect(self._failed)
        job.ended.connect(self._ended)
        self._job, self._answer = job, answer
        job.start()

    def _next(self) -> int:
        self._number += 1
        return self._number

    @Slot(int, object)
    def _answered(self, number: int, what: object) -> None:
        if number == self._number:
            self._answer.emit(what)

    @Slot(int, object)
    def _failed(self, number: int, failure: object) -> None:
        if number == self._number:
            self.failed.emit(failure)

    @Slot(int)
    def _ended(self, number: int) -> None:
        if number == self._number:
            self._job = None
            self.ended.emit()


def _look(stop: Stop) -> tuple[Path, tuple[Scanner, ...]]:
    program = find_program()
    return program, list_scanners(program, stop)
