"""Joins the actions that tell what happened, and that save a support file, with their dialogs and the store's desk."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from paddlescan.gui.export.destination import documents
from paddlescan.gui.shared import batch_name, language
from paddlescan.store import Event, Store

if TYPE_CHECKING:
    from paddlescan.desktop.bundle import Wanted
    from paddlescan.gui.dialogs.details import Asked, DetailsDialog
    from paddlescan.gui.dialogs.support import SupportDialog
    from paddlescan.gui.main_window import MainWindow


class DetailsWires(QObject):
    """Between the page in front, the journal and who wants to know."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._dialog: DetailsDialog | None = None
        self._support: SupportDialog | None = None
        self._wanted: Wanted | None = None
        actions, controller = window.actions_, window.workplace.controller
        actions.details.triggered.connect(self.show_details)
        actions.support.triggered.connect(self.ask_support)
        window.pages.addAction(actions.details)  # the menus of pages and rows offer it, too
        window.table.addAction(actions.details)
        controller.page_changed.connect(self._page_changed)
        controller.batch_changed.connect(self._batch_changed)
        controller.running_changed.connect(self._running_changed)
        controller.resumed.connect(self._resumed)
        controller.stands_stopped.connect(self._stands_stopped)
        self._stopped = False

    # Details --------------------------------------------------------------------------------------

    @Slot()
    def show_details(self) -> None:
        """Show what happened to the page in front, or to the batch where there is none."""
        from paddlescan.gui.dialogs.details import DetailsDialog

        summary, page = self._window.workplace.controller.summary, self._window.front.page_id
        if summary is None or self._dialog is not None:
            return
        row = None if page is None else self._window.workplace.controller.pages.page(page)
        name = "" if row is None else row.ref.source.name.rsplit("/", 1)[-1]
        if row is not None and (row.page_count or 1) > 1:
            name = self.tr("{file}, page {page}").format(file=name, page=row.ref.number)
        dialog = DetailsDialog(self._window, summary.id, batch_name(summary), None if row is None else row.id, name)
        dialog.wanted.connect(self._look_up)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        dialog.refresh()
        self._window.asking.show(dialog)

    @Slot(object)
    def _look_up(self, asked: Asked) -> None:
        from paddlescan.gui.dialogs.details import look_up

        self._window.workplace.controller.desk.ask(look_up(asked), self._found)

    def _found(self, answer: tuple[Asked, tuple[Event, ...]]) -> None:
        if self._dialog is not None:
            self._dialog.show_events(*answer)

    @Slot(int, str)
    def _page_changed(self, page_id: int, _state: str) -> None:
        if self._dialog is not None:
            self._dialog.page_changed(page_id)

    @Slot(object)
    def _batch_changed(self, _summary: object) -> None:
        """Another batch is in front: what the dialog told of is not what the clerk looks at."""
        self._stopped = False
        if self._dialog is not None:
            self._dialog.reject()

    @Slot(bool)
    def _running_changed(self, running: bool) -> None:
        """Reading goes on, or ended before its time: the journal of the batch says so."""
        controller = self._window.workplace.controller
        batch, waiting = controller.batch, controller.waiting
        if batch is None or not waiting or (running and not self._stopped):
            return
        self._stopped = not running
        if running:
            controller.desk.ask(lambda store: store.note(batch, None, "resumed", str(waiting)))
        else:
            controller.desk.ask(lambda store: store.note(batch, None, "stopped", str(waiting)))

    @Slot(int)
    def _resumed(self, waiting: int) -> None:
        """A batch was opened of which pages wait: it goes on where it stood."""
        batch, desk = self._window.workplace.controller.batch, self._window.workplace.controller.desk
        if batch is not None:
            desk.ask(lambda store: store.note(batch, None, "resumed", str(waiting)))

    @Slot()
    def _stands_stopped(self) -> None:
        """A batch was opened that a person stopped: going on with it is worth a line."""
        self._stopped = True

    @Slot()
    def _closed(self) -> None:
        self._dialog = None

    # The support file -----------------------------------------------------------------------------

    @Slot()
    def ask_support(self) -> None:
        """Say what a support file holds, and ask what else shall be in it."""
        from paddlescan.gui.dialogs.support import SupportDialog

        if self._support is not None:
            return
        self._support = SupportDialog(self._window)
        self._support.chosen.connect(self._ask_where)
        self._support.finished.connect(self._support_closed)
        self._window.asking.show(self._support)

    @Slot()
    def _support_closed(self) -> None:
        self._support = None

    @Slot(object)
    def _ask_where(self, wanted: Wanted) -> None:
        self._wanted = wanted
        dialog = QFileDialog(self._window, self.tr("Save a support file"), documents())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Support files ({kinds})").format(kinds="*.zip"))
        dialog.setDefaultSuffix("zip")
        dialog.selectFile(f"paddlescan-support-{date.today():%Y%m%d}.zip")
        dialog.fileSelected.connect(self._save)
        self._window.asking.show(dialog)

    @Slot(str)
    def _save(self, file: str) -> None:
        if self._wanted is not None:
            self.save_support(Path(file), self._wanted)

    def save_support(self, file: Path, wanted: Wanted) -> None:
        """Write it in the desk's thread; a file that is there was agreed to be replaced."""
        work = self._window.workplace
        paths = work.paths
        engine = work.settings.engine_options(paths.patterns, paths.gpu_package, paths.runtimes)
        first = language()

        def write(_store: Store) -> Path:
            from paddlescan.desktop.bundle import write_bundle
            from paddlescan.desktop.doctor import examine

            write_bundle(file, paths, examine(paths, engine, "en", reading=False), wanted, overwrite=True, first=first)
            return file

        self._window.status.answer(self.tr("Writing the support file…"))
        again = partial(self.save_support, file, wanted)
        work.controller.desk.ask(write, self._saved, lambda failure: self._window.notice.show_failure(failure, again))

    def _saved(self, file: Path) -> None:
        self._window.status.answer(self.tr("Saved {file}").format(file=file.name))
