"""Joins the action that scans with the dialog, and the pages that come with the batch in front."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from paddlescan.gui.left_behind import end_or_leave

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow
    from paddlescan.gui.scanner.choices import Chosen
    from paddlescan.gui.scanner.dialog import ScannerDialog
    from paddlescan.gui.scanner.jobs import ScannerJob


class ScannerWires(QObject):
    """Between a scanner and the batch in front."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._dialog: ScannerDialog | None = None
        self._taken: set[Path] = set()
        window.actions_.scan_pages.triggered.connect(self.open)
        window.closing.connect(self._stop)
        window.workplace.ending.connect(self._take_last)

    @Slot()
    def open(self) -> None:
        """Show the dialog, which looks for scanners."""
        from paddlescan.desktop.scanner.wish import Wish
        from paddlescan.gui.scanner.choices import Chosen
        from paddlescan.gui.scanner.dialog import ScannerDialog

        if self._dialog is not None:
            return
        now, window = self._window.preferences.now, self._window
        wish = Wish(now.scanner_resolution, now.scanner_colour, now.scanner_source, now.scanner_kind, now.scanner_paper)
        dialog = ScannerDialog(window.workplace.paths.scanned, Chosen(now.scanner_name, wish), window)
        dialog.page_kept.connect(self._take)
        dialog.chosen.connect(self._remember)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        window.asking.show(dialog)
        dialog.look()

    @Slot(object)
    def _take(self, file: Path) -> None:
        """A page is a file like one that was dropped."""
        if file not in self._taken:
            self._taken.add(file)
            self._window.workplace.controller.add_paths([str(file)])

    @Slot(object)
    def _remember(self, chosen: Chosen) -> None:
        wish = chosen.wish
        self._window.preferences.change(
            scanner_name=chosen.scanner,
            scanner_resolution=wish.resolution,
            scanner_colour=wish.colour,
            scanner_source=wish.source,
            scanner_kind=wish.kind,
            scanner_paper=wish.paper,
        )

    @Slot()
    def _closed(self) -> None:
        self._dialog = None

    @Slot()
    def _stop(self) -> None:
        """The window closes, and waits for no scanner (see `desktop.scanner.ending`)."""
        for job in self._jobs():
            job.stop(hurry=True)

    @Slot()
    def _take_last(self) -> None:
        """The window is gone; no page is lost that is whole."""
        from paddlescan.gui.scanner.jobs import AcquireJob

        for job in self._jobs():
            end_or_leave(job)  # it may be keeping a page, on a disk that does not answer
            for file in tuple(job.pages) if isinstance(job, AcquireJob) else ():
                self._take(file)

    def _jobs(self) -> list[ScannerJob]:
        from paddlescan.gui.scanner.jobs import ScannerJob

        return self._window.findChildren(ScannerJob)
