"""Joins the action that opens the manual with its window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow
    from paddlescan.gui.manual.window import ManualWindow


class ManualWires(QObject):
    """Between the window and its manual, which is made when it is first asked for, and closes with the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.shown: ManualWindow | None = None
        window.actions_.manual.triggered.connect(self._show)
        window.closing.connect(self._close)

    @Slot()
    def _show(self) -> None:
        if self.shown is None:
            from paddlescan.gui.manual.window import ManualWindow  # the window is there sooner

            self.shown = ManualWindow()
        self.shown.showNormal() if self.shown.isMinimized() else self.shown.show()
        self.shown.raise_()
        self.shown.activateWindow()

    @Slot()
    def _close(self) -> None:
        if self.shown is not None:
            self.shown.close()
            self.shown.deleteLater()
            self.shown = None
