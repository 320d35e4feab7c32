"""Windows over a home of their own, as `app` makes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.pipeline.keeping import open_store
from paddlescan.resources_dir import resource
from paddlescan.settings import Settings
from paddlescan.store import Store


class Rooms:
    """Opens windows one after another over the same folders."""

    def __init__(self, paths: Paths, qtbot: QtBot, open_store: Callable[[Path], Store] = open_store) -> None:
        """open_store: how what is typed is saved."""
        self._paths, self._qtbot, self._open_store = paths, qtbot, open_store
        self.window: MainWindow | None = None

    def open(self, settings: Settings | None = None) -> MainWindow:
        """A window that is shown, with its batch in front and that batch's rows in the table."""
        made = MainWindow(
            Workplace(self._paths, settings or replace(Settings(), workers=1), open_store=self._open_store)
        )
        self._qtbot.addWidget(made)
        self.window = made
        made.show()
        with self._qtbot.waitSignal(made.workplace.controller.batch_changed) as changed:
            made.workplace.start()
        summary = changed.args[0] if changed.args else None
        if summary is not None:
            sheet = made.workplace.review.sheet
            self._qtbot.waitUntil(lambda: sum(not sheet.row(i).removed for i in sheet.ids()) >= summary.receipts)
        return made

    def close(self) -> bool:
        """Close it as a person does. Says whether all threads ended and all was saved."""
        if self.window is None:
            return True
        window, self.window = self.window, None
        window.close()
        return window.workplace.end()


def sample(name: str) -> str:
    """One of the sample receipts."""
    return str(resource("samples", name))


def all_read(window: MainWindow) -> bool:
    """Whether nothing waits and nothing is being read."""
    controller = window.workplace.controller
    return controller.pages.rowCount() > 0 and not controller.waiting and not controller.running


def column(window: MainWindow, name: str) -> list[str]:
    """What a column of the table says, from the top."""
    model = window.table.review_model
    sheet = window.workplace.review.sheet
    return [sheet.text(model.receipt_at(row), name) for row in range(model.rowCount())]


def press(button: QWidget | None) -> QWidget:
    """The widget, which must be there."""
    assert button is not None
    return button
