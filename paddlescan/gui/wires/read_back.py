"""Joins the action that reads an edited export back with the dialog that shows it and the desk that takes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog

from paddlescan.gui.read_back.step import ReadBackStep, Slices

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow
    from paddlescan.gui.read_back.dialog import ReadBackDialog
    from paddlescan.pipeline.returning import Change

KINDS = (".csv", ".xlsx", ".json")
"""How the names of tables end that can be read back."""


class ReadBackWires(QObject):
    """Between the file that a clerk brings back and the batch in front."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        work = window.workplace
        self.slices = Slices(work.review, work.writer, self)
        self._dialog: ReadBackDialog | None = None
        self._batch: int | None = None
        self._count = 0
        window.actions_.read_back.triggered.connect(self.choose)
        window.actions_.export.enabledChanged.connect(window.actions_.read_back.setEnabled)
        window.actions_.read_back.setEnabled(window.actions_.export.isEnabled())
        window.closing.connect(self._end)
        window.drops.dropped.connect(self.take_drop)
        self.slices.done.connect(self._taken)
        work.review.opened.connect(self._batch_opened)

    @Slot()
    def choose(self) -> None:
        """Ask for the file."""
        window = self._window
        dialog = QFileDialog(window, self.tr("Read an edited table back"), window.workplace.settings.export_folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        kinds = " ".join(f"*{kind}" for kind in KINDS)
        dialog.setNameFilters([self.tr("Exported tables ({kinds})").format(kinds=kinds), self.tr("All files (*)")])
        dialog.fileSelected.connect(self.read)
        dialog.open()

    @Slot(object)
    def take_drop(self, paths: list[str]) -> None:
        """A table that is dropped on a batch is no picture of a receipt: it is read back. All else is taken in."""
        work = self._window.workplace
        table = len(paths) == 1 and paths[0].lower().endswith(KINDS)
        if table and self._window.actions_.read_back.isEnabled():
            self.read(paths[0])
        else:
            work.controller.add_paths(paths)

    @Slot(str)
    def read(self, file: str) -> None:
        """Compare a file with the batch in front and show what came of it."""
        from paddlescan.gui.read_back.dialog import ReadBackDialog
        from paddlescan.gui.read_back.job import Asked

        window, work = self._window, self._window.workplace
        batch = work.review.sheet.batch
        if batch is None or self._dialog is not None:
            return
        window.asking.about_to_export.emit()  # what is being typed belongs to what is compared
        asked = Asked(work.paths.store, work.paths.templates, batch, Path(file))
        dialog = ReadBackDialog(asked, work.writer, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.taken.connect(self._take)
        dialog.batch_wanted.connect(work.controller.open_batch)
        dialog.finished.connect(self._closed)
        self._dialog, self._batch = dialog, batch
        dialog.open()

    @Slot(object)
    def _take(self, changes: tuple[Change, ...]) -> None:
        work = self._window.workplace
        sheet = work.review.sheet
        known = (change for change in changes if change.receipt_id in sheet)
        edits = [sheet.edit_of(change.receipt_id, change.name, change.after) for change in known]
        edits = [edit for edit in edits if edit.before != edit.after]
        self._count = len(edits)
        if edits:
            work.undo_stack.push(ReadBackStep(self.slices, edits, self.tr("reading of a table")))
        else:
            self._taken()

    @Slot()
    def _taken(self) -> None:
        """All that was taken is in the list: the dialog may go."""
        if self._dialog is not None:
            self._dialog.finish()
            words = self.tr("%n change(s) taken from the table; Ctrl+Z takes all of them back", None, self._count)
            self._window.status.answer(words)

    @Slot()
    def _batch_opened(self) -> None:
        """Another batch is in front, as after a hand-over: nothing of the one looked through can be taken there."""
        if self._dialog is not None and self._window.workplace.review.sheet.batch != self._batch:
            self._dialog.reject()

    @Slot()
    def _closed(self) -> None:
        self._dialog = None

    @Slot()
    def _end(self) -> None:
        """The window closes: what waits is saved, and no thread is left behind."""
        from paddlescan.gui.read_back.job import ReadBackJob

        self.slices.save_rest()
        for job in self._window.findChildren(ReadBackJob):
            job.requestInterruption()
            job.wait()
