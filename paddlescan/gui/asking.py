"""The questions of the window: which files, which password, which batch. Dialogs open; nothing waits for them.

A dialog's module is imported when it is first asked for: the window is there sooner.
"""

from __future__ import annotations

from collections import Counter, deque
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog

from paddlescan.gui.clipboard import NoUse, local_paths, on_clipboard, picture_of, urls_of
from paddlescan.gui.patience import Patience
from paddlescan.gui.review.show_in_folder import FolderShower
from paddlescan.gui.running.intake_thread import Twice
from paddlescan.gui.settings.preferences import Preferences
from paddlescan.gui.shared import SAMPLES, batch_name
from paddlescan.gui.workplace import Workplace
from paddlescan.pipeline.intake import EXTENSIONS
from paddlescan.store import BatchSummary

if TYPE_CHECKING:
    from paddlescan.gui.export.options import Shown
    from paddlescan.gui.export.panes import Remembered
    from paddlescan.gui.main_window import MainWindow

CLOSING_WAIT_S = 5.0
"""How long closing waits for edits to reach the disk before it asks."""


class Asking(QObject):
    """Opens dialogs over the window and passes on what the clerk answers."""

    about_to_export = Signal()
    remark = Signal(str)  # worth a passing word
    erase_wanted = Signal()  # all that is kept shall go, and the window begin anew
    close_wanted = Signal()  # the clerk let go of edits that the disk would not take

    def __init__(self, window: MainWindow, work: Workplace, preferences: Preferences) -> None:
        super().__init__(window)
        self._window, self._work, self._preferences = window, work, preferences
        self._let_go = False
        self._front: QDialog | None = None
        self._behind: deque[QDialog] = deque()
        self._shower = FolderShower(self)
        self.patience = Patience(window, self)
        self.patience.ready.connect(self.show)
        work.controller.ask_password.connect(self.ask_password)
        work.controller.ask_duplicates.connect(self.ask_duplicates)

    # What to read ---------------------------------------------------------------------------------

    @Slot()
    def choose_files(self) -> None:
        """Ask for files."""
        kinds = " ".join(f"*.{kind}" for kind in sorted(EXTENSIONS))
        dialog = QFileDialog(self._window, self.tr("Add files"), self._add_folder())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._chosen)
        dialog.setNameFilters([self.tr("Receipts ({kinds})").format(kinds=kinds), self.tr("All files (*)")])
        self.show(dialog)

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder."""
        dialog = QFileDialog(self._window, self.tr("Add a folder"), self._add_folder())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(self._chosen)
        self.show(dialog)

    def _add_folder(self) -> str:
        """Where receipts were last added from, else where pictures or documents usually lie."""
        usual = (QStandardPaths.StandardLocation.PicturesLocation, QStandardPaths.StandardLocation.DocumentsLocation)
        places = (self._preferences.now.add_folder, *map(QStandardPaths.writableLocation, usual))
        return next((place for place in places if place and Path(place).is_dir()), str(Path.home()))

    @Slot()
    def add_samples(self) -> None:
        """Read the sample receipts in a batch of their own."""
        self._work.controller.begin_batch(SAMPLES, self._work.samples())

    @Slot()
    def paste(self) -> None:
        """Add the files on the clipboard, or the picture; or say why there is nothing to add."""
        mime = on_clipboard()
        if paths := local_paths(mime):
            self._work.controller.add_paths(paths)
            return
        try:
            image = picture_of(mime, self._work.settings.scan_options().limits)
        except NoUse:
            self.remark.emit(self.tr("The picture on the clipboard is damaged or too large"))
            return
        if image is not None:
            self._work.keep_picture(image)
        elif urls_of(mime):
            self.remark.emit(self.tr("What was copied is not on this computer: save it in a folder, then add it"))
        else:
            self.remark.emit(self.tr("There is no file or picture on the clipboard"))

    # Questions of the batch -----------------------------------------------------------------------

    @Slot(int, bool)
    def ask_password(self, page_id: int, wrong: bool) -> None:
        """Ask for the password of a page's file, when nobody types; until then its row has a link."""
        from paddlescan.gui.dialogs.password import PasswordDialog

        row = self._work.controller.pages.page(page_id)
        name = row.ref.source.name.rsplit("/", 1)[-1] if row else ""
        dialog = PasswordDialog(self._window, page_id, name, wrong)
        dialog.answered.connect(self._work.controller.answer_password)
        self.patience.hold(dialog)

    @Slot(int)
    def ask_password_again(self, page_id: int) -> None:
        """The clerk wants to give the password of a file that was left locked."""
        self._work.controller.locked.ask_again(page_id)
        self.patience.let_go()

    @Slot(object)
    def ask_duplicates(self, twice: tuple[Twice, ...]) -> None:
        """Ask what becomes of files that were added twice."""
        from paddlescan.gui.dialogs.duplicates import DuplicatesDialog

        dialog = DuplicatesDialog(self._window, twice)
        dialog.answered.connect(self._work.controller.answer_duplicates)
        self.patience.hold(dialog)

    # Batches --------------------------------------------------------------------------------------

    @Slot()
    def choose_batch(self) -> None:
        """Show the earlier batches."""
        self._work.controller.desk.ask(lambda store: store.batches(), self._show_batches)

    def _show_batches(self, batches: tuple[BatchSummary, ...]) -> None:
        from paddlescan.gui.dialogs.batches import BatchesDialog

        dialog = BatchesDialog(self._window, batches, self._work.controller.batch)
        dialog.chosen.connect(self._work.controller.open_batch)
        self.show(dialog)

    @Slot()
    def name_batch(self) -> None:
        """Ask for the name of the batch in front."""
        from paddlescan.gui.dialogs.batches import NameDialog

        summary = self._work.controller.summary
        if summary is not None:
            dialog = NameDialog(self._window, batch_name(summary) if summary.name else "")
            dialog.named.connect(self._work.controller.rename)
            self.show(dialog)

    @Slot()
    def export(self) -> None:
        """Hand in the batch in front."""
        batch = self._work.controller.batch
        if batch is not None:
            self.about_to_export.emit()
            self._work.controller.desk.ask(lambda store: store.summary(batch), self._show_export)

    def _show_export(self, summary: BatchSummary) -> None:
        from paddlescan.gui.export.dialog import ExportDialog
        from paddlescan.gui.export.orders import Batch
        from paddlescan.gui.export.panes import Remembered

        work, now = self._work, self._work.settings
        last = Remembered(now.export_format, now.export_template, now.export_folder, now.rename_pattern)
        batch = Batch.of(summary.id, work.paths, work.passwords)
        dialog = ExportDialog(batch, summary, work.writer, last, self._shown_rows(), self._window)
        dialog.remember.connect(self._exported)
        self.show(dialog)

    def _shown_rows(self) -> Shown | None:
        """The rows that a filter lets through, where it leaves some out."""
        from paddlescan.gui.export.options import Shown

        sheet = self._work.review.sheet
        there = frozenset(i for i in sheet.ids() if not sheet.line(i).removed)
        shown = there.intersection(self._window.table.review_model.shown())
        if not shown or shown == there:
            return None
        states = Counter(sheet.state(i) for i in shown)
        return Shown(shown, states["needs_review"], states["failed"])

    @Slot(object)
    def _exported(self, last: Remembered) -> None:
        self._preferences.change(
            export_format=last.format,
            export_template=last.template,
            export_folder=last.folder,
            rename_pattern=last.pattern,
        )

    @Slot(int)
    def show_file(self, page_id: int) -> None:
        """Open the folder of a page's file."""
        row = self._work.controller.pages.page(page_id)
        if row is not None:
            self._shower.show(Path(row.ref.source.path))

    # The end --------------------------------------------------------------------------------------

    def may_close(self) -> bool:
        """Whether all that was typed or pasted is on the disk. If not, ask; `close_wanted` follows if the clerk lets
        it go."""
        writer, pictures = self._work.writer, self._work.pictures
        if self._let_go or writer.ended or (writer.drain(CLOSING_WAIT_S) and not pictures.waiting):
            return True
        from paddlescan.gui.dialogs.unsaved import UnsavedDialog

        kept = writer.write_down()
        dialog = UnsavedDialog(
            self._window, len(writer.unsaved()), writer.failure() or pictures.failure, pictures.waiting, kept
        )
        dialog.let_go.connect(self._close_as_it_is if kept else self._close_without)
        self.show(dialog)
        return False

    @Slot()
    def _close_as_it_is(self) -> None:
        """What was typed is kept beside the store; the next start saves it."""
        self._let_go = True
        self.close_wanted.emit()

    @Slot()
    def _close_without(self) -> None:
        self._work.writer.give_up()
        self._close_as_it_is()

    def leave(self) -> None:
        """Close without a question: nobody is there to answer. What is not on the disk is kept for the next start."""
        self._let_go = True
        self._behind.clear()
        self.patience.clear()
        self._window.close()

    @Slot()
    def erase(self) -> None:
        """Close without a question, and let what is kept be erased."""
        self._let_go = self._work.to_be_erased = True
        self.erase_wanted.emit()

    @Slot()
    def settings(self) -> None:
        """Show the settings."""
        from paddlescan.gui.settings.dialog import SettingsDialog

        dialog = SettingsDialog(self._window, self._preferences, self._work)
        dialog.erase_wanted.connect(self.erase)
        self.show(dialog)

    @Slot()
    def shortcuts(self) -> None:
        """Show every key."""
        from paddlescan.gui.dialogs.shortcuts import ShortcutSheet

        self.show(ShortcutSheet(self._window, self._window.actions_, self._window.viewer.verbs.all))

    @Slot()
    def about(self) -> None:
        """Say what this program is."""
        from paddlescan.gui.dialogs.about import AboutDialog

        self.show(AboutDialog(self._window, self._work.paths.store))

    @Slot(object)
    def show(self, dialog: QDialog) -> None:
        """Open a dialog over the window; where one is open, when that is answered. It is deleted at its end."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._answered)
        self._behind.append(dialog)
        if self._front is None:
            self._open_next()

    @Slot()
    def _answered(self) -> None:
        """One question at a time: the next comes when the one in front is answered."""
        dialog = self.sender()
        if dialog is self._front:
            self._open_next()
        elif isinstance(dialog, QDialog) and dialog in self._behind:  # its matter was over before its turn
            self._behind.remove(dialog)
            dialog.deleteLater()

    def _open_next(self) -> None:
        self._front = self._behind.popleft() if self._behind else None
        if self._front is not None:
            self._front.open()

    @Slot(list)
    def _chosen(self, paths: list[str]) -> None:
        if paths:
            self._preferences.change(add_folder=str(Path(paths[0]).parent))
            self._work.controller.add_paths(paths)
