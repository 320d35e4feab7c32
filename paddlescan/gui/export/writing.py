"""Runs an export and tells of it in its line: progress, what is asked, what came of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from paddlescan.errors import ExportExists, Failure
from paddlescan.gui.export.job import ExportJob, Outcome
from paddlescan.gui.export.orders import Batch, Order
from paddlescan.gui.export.outcome_line import OutcomeLine
from paddlescan.gui.export.words import ExportWords
from paddlescan.gui.left_behind import end_or_leave
from paddlescan.gui.shared import failure_words
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.words import together


class Writing(QObject):
    """One export at a time."""

    busy = Signal(bool)
    written = Signal(object)
    """The Order that was carried out."""
    copies_failed = Signal(object)
    """dict[str, Failure]: copies that could not be made, by the original's own name."""

    def __init__(self, batch: Batch, writer: StoreWriter | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._batch, self._writer = batch, writer
        self._job: ExportJob | None = None
        self._order: Order | None = None
        self._told = False
        self._words = ExportWords(self)
        self.line = OutcomeLine()

    @property
    def is_busy(self) -> bool:
        """Whether something is being written."""
        return self._job is not None

    def start(self, order: Order) -> None:
        """Write it; a file that is there is asked about first. The job looks: this thread does not wait for a disk."""
        self._order, self._told = order, False
        self.line.say(self.tr("Writing…"), "soft")
        self._job = ExportJob(self._batch, order, self._writer, self)
        self._job.advanced.connect(self._advanced)
        self._job.done.connect(self._done)
        self._job.failed.connect(self._failed)
        self._job.finished.connect(self._finished)
        self.destroyed.connect(self._job.call_off)
        self._job.start()
        self.busy.emit(True)

    def call_off(self) -> None:
        """Stop soon."""
        if self._job is not None:
            self._job.call_off()

    def end(self) -> None:
        """Stop now; what a disk that does not answer holds back is left behind."""
        if self._job is not None:
            self._job.call_off()
            end_or_leave(self._job)

    @Slot(int, int)
    def _advanced(self, done: int, total: int) -> None:
        if self._order is not None and not self._told:
            self.line.say(self._words.about_progress(self._order.format, done, total), "soft")
            self.line.show_progress(done, total)

    @Slot(object)
    def _done(self, outcome: Outcome) -> None:
        self._rest()
        order = self._order
        if order is not None:
            self._told = True
            text, rank = self._words.about_outcome(order.format, outcome, order.place.name)
            self.line.say_written(text, order.place, rank)
            if outcome.failed:
                self.copies_failed.emit(dict(outcome.failed))
            self.written.emit(order)

    @Slot(object)
    def _failed(self, failure: Failure) -> None:
        self._rest()
        self._told = True
        if failure.code == ExportExists.code and self._order is not None and self._order.format != "rename":
            self._ask_to_replace(self._order)
        else:
            self.line.say(together(*failure_words(failure)), "bad")

    @Slot()
    def _finished(self) -> None:
        """After the others; alone where it was called off."""
        self._rest()
        if not self._told and self._order is not None:
            copies = self._order.format == "rename"
            self.line.say(
                self.tr("Stopped. The copies that were made are there.")
                if copies
                else self.tr("Stopped. Nothing was written."),
                "soft",
            )
            self._told = True

    def _rest(self) -> None:
        if self._job is not None:
            self._job.wait()
            self._job.deleteLater()
            self._job = None
            self.busy.emit(False)

    def _ask_to_replace(self, order: Order) -> None:
        self.line.ask_to_replace(self.tr("{file} exists already.").format(file=order.place.name))
