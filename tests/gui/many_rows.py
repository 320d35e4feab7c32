"""A window with a batch of some receipts, for what a clerk does with many at once."""

from __future__ import annotations

from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.review.columns import COLUMNS
from paddlescan.paths import Paths
from paddlescan.store import Store
from tests.gui.window_rooms import Rooms, column
from tests.unit.gui.receipts import Filled

ROWS: dict[str, dict[str, str]] = {
    "a.png": {"merchant": "Corner Cafe", "date": "2026-03-02", "total": "9.00", "currency": "CNY", "category": "meals"},
    "b.png": {"merchant": "北京清风餐饮", "date": "2026-03-05", "total": "108.00?|100.80", "currency": "CNY"},
    "c.png": {"merchant": "MR D.I.Y.", "date": "2026-04-25", "total": "30.90", "currency": "MYR", "category": "office"},
    "d.png": {"merchant": "Corner Hotel", "date": "2026-04-01", "total": "400.00", "currency": "CNY"},
    "e.png": {"merchant": "Taxi", "total": "12.00"},
}


def fill_store(paths: Paths) -> None:
    """A store with these receipts in one batch."""
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("March"))
        for name, values in ROWS.items():
            filled.put(name, **values)


def open_filled(paths: Paths, rooms: Rooms) -> MainWindow:
    """The window over them, in front, with the first row current."""
    fill_store(paths)
    window = rooms.open()
    window.activateWindow()
    window.table.setFocus()
    go_to(window, 0, "merchant")
    return window


def go_to(window: MainWindow, row: int, name: str) -> None:
    """The cell of a row becomes the current one, and its row the selection."""
    index = window.table.review_model.index(row, COLUMNS.index(name))
    flags = window.table.selectionModel().SelectionFlag
    window.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)


def files(window: MainWindow) -> str:
    """The rows that are shown, a letter each."""
    return "".join(name[0] for name in column(window, "file"))
