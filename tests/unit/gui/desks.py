"""A review desk over a real store, with the writer running: what the window builds, without the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.gui.review.desk import ReviewDesk
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.gui.tokens import LIGHT, palette
from paddlescan.pipeline.keeping import open_store
from paddlescan.store import Store
from tests.unit.gui.receipts import Filled, fill


@dataclass
class Desk:
    """The desk and what is under it."""

    filled: Filled
    writer: StoreWriter
    undo_stack: QUndoStack
    desk: ReviewDesk
    qtbot: QtBot

    def open(self) -> None:
        self.desk.open_batch(self.filled.batch)

    def ids(self) -> tuple[int, ...]:
        return self.desk.sheet.ids()

    def saved(self) -> None:
        """Wait until all is on the disk and the window has heard of it."""
        self.qtbot.waitUntil(lambda: not self.writer.unsaved() and not self.desk.sheet.unsaved(), timeout=10_000)

    def stored(self, receipt_id: int, name: str) -> str:
        """What the disk says."""
        self.saved()
        row = self.filled.store.receipt_row(receipt_id)
        assert row is not None
        return row.values[name].value if name in row.values else ""


@contextmanager
def make_desk(
    qtbot: QtBot,
    folder: Path,
    open_store: Callable[[Path], Store] = open_store,
    fill_with: Callable[[Path], Store] = Store,
) -> Iterator[Desk]:
    """fill_with: what reads pages; by default without the rules across receipts, so that those may be alike."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setPalette(palette(LIGHT))
    filled = fill(folder, fill_with)
    writer, undo_stack = StoreWriter(filled.path, open_store=open_store), QUndoStack()
    desk = ReviewDesk(filled.store, writer, undo_stack)
    try:
        yield Desk(filled, writer, undo_stack, desk, qtbot)
    finally:
        writer.stop(5.0)
        filled.store.close()
