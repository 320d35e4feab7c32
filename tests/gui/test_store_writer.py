"""The writer's thread: order, a disk that fills up and is freed, a row that is gone, the end."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from paddlescan.document import Field
from paddlescan.errors import Failure
from paddlescan.gui.kept_edits import KeptEdits
from paddlescan.gui.review.cells import cell_notes
from paddlescan.gui.review.table import ReviewTable
from paddlescan.gui.save_commands import AddReceipt, SaveEdit, SetRemoved
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.store import FieldEdit, Judge, Store
from tests.unit.gui.desks import Desk, make_desk
from tests.unit.gui.receipts import Filled, fill


class LittleDisk(Store):
    """A store on a disk that is full, until `room` says otherwise: SQLite itself refuses to grow the file."""

    room = False

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._limit()

    def _limit(self) -> None:
        with self._db.reading() as db:
            pages = db.execute("PRAGMA page_count").fetchone()[0]
        limit = 1 << 30 if self.room else pages
        self._db._connection.execute(f"PRAGMA max_page_count = {limit}")

    def apply_edit(self, edit: FieldEdit, judge: Judge | None = None) -> None:
        self._limit()
        super().apply_edit(edit, judge)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    made = fill(tmp_path)
    made.put("a.png", merchant="A", total="1.00")
    yield made
    made.store.close()


@pytest.fixture
def little_disk(monkeypatch: pytest.MonkeyPatch) -> type[LittleDisk]:
    monkeypatch.setattr(LittleDisk, "room", False)
    return LittleDisk


def first(filled: Filled) -> int:
    return filled.store.receipt_rows(filled.batch)[0].receipt_id


def note(receipt_id: int, text: str) -> SaveEdit:
    return SaveEdit(FieldEdit(receipt_id, "note", None, Field("note", text, origin="user")))


def long_note(receipt_id: int) -> SaveEdit:
    """An edit that does not fit into the pages the file has."""
    return note(receipt_id, "many words " * 20_000)


def test_commands_are_saved_in_order_and_told(qtbot: QtBot, filled: Filled) -> None:
    writer = StoreWriter(filled.path)
    told: list[object] = []
    writer.saved.connect(lambda command, answer: told.append((command, answer)))
    receipt_id = first(filled)
    commands = [note(receipt_id, str(n)) for n in range(20)]
    for command in commands:
        writer.submit(command)
    writer.submit(AddReceipt(filled.batch))
    writer.submit(SetRemoved((receipt_id,), True))
    assert writer.drain()
    (left,) = filled.store.receipt_rows(filled.batch)
    qtbot.waitUntil(lambda: len(told) == 22)
    assert told[:20] == [(command, None) for command in commands]
    assert told[20] == (AddReceipt(filled.batch), left.receipt_id)
    assert [h.after for h in filled.store.history(receipt_id)] == [str(n) for n in range(20)]
    assert writer.stop()
    assert writer.isFinished()


@pytest.mark.logs
def test_a_full_disk_keeps_the_edit_and_what_is_behind_it(
    qtbot: QtBot, filled: Filled, little_disk: type[LittleDisk]
) -> None:
    writer = StoreWriter(filled.path, open_store=little_disk)
    receipt_id = first(filled)
    commands = (long_note(receipt_id), note(receipt_id, "short"))
    with qtbot.waitSignal(writer.save_failed, timeout=10_000) as failed:
        for command in commands:
            writer.submit(command)
    assert failed.args is not None
    assert failed.args[0] == commands[0]
    assert failed.args[1].code == "disk_full"
    assert not writer.drain(10.0)
    assert writer.unsaved() == commands
    assert filled.store.history(receipt_id) == ()
    little_disk.room = True
    with qtbot.waitSignals([writer.saved, writer.saved], timeout=10_000):
        writer.retry()
    assert writer.unsaved() == ()
    assert writer.failure() is None
    assert filled.store.receipt_rows(filled.batch)[0].values["note"].value == "short"
    assert writer.stop()


@pytest.mark.logs
def test_ending_with_a_full_disk_says_so_and_loses_nothing_silently(
    filled: Filled, little_disk: type[LittleDisk]
) -> None:
    writer = StoreWriter(filled.path, open_store=little_disk)
    command = long_note(first(filled))
    writer.submit(command)
    assert not writer.stop(10.0)
    assert writer.isFinished()
    assert writer.unsaved() == (command,)


@pytest.mark.logs
def test_what_is_typed_while_an_earlier_edit_is_tried_again_is_kept_for_the_next_window(
    filled: Filled, little_disk: type[LittleDisk]
) -> None:
    tried, go_on = threading.Event(), threading.Event()

    class SlowDisk(little_disk):  # type: ignore[misc, valid-type]
        def apply_edit(self, edit: FieldEdit, judge: Judge | None = None) -> None:
            if self.room:
                tried.set()
                go_on.wait(30)
            super().apply_edit(edit, judge)
            type(self).room = False

    writer = StoreWriter(filled.path, open_store=SlowDisk)
    receipt_id = first(filled)
    later = SaveEdit(FieldEdit(receipt_id, "merchant", None, Field("merchant", "B" * 200_000, origin="user")))
    writer.submit(long_note(receipt_id))
    assert not writer.drain()
    SlowDisk.room = True
    writer.retry()
    assert tried.wait(30)
    writer.submit(later)
    go_on.set()
    assert not writer.stop()
    assert writer.unsaved() == (later,)
    (kept,) = KeptEdits(filled.path).take()
    assert [edit.name for edit in kept.edits] == ["merchant"]


@pytest.mark.logs
def test_what_was_kept_of_another_store_is_not_saved_into_one_that_was_begun_anew(
    tmp_path: Path, little_disk: type[LittleDisk]
) -> None:
    """The numbers of its receipts mean others there."""
    earlier = fill(tmp_path)
    earlier.put("a.png", merchant="A")
    writer = StoreWriter(earlier.path, open_store=little_disk)
    number = first(earlier)
    writer.submit(long_note(number))
    assert not writer.stop()
    earlier.store.close()
    for file in tmp_path.glob(f"{earlier.path.name}*"):
        if file.is_file():
            file.unlink()
    anew = fill(tmp_path)
    anew.put("b.png", merchant="B")
    assert first(anew) == number
    later = StoreWriter(anew.path)
    assert later.take_over() == 0
    assert later.of_other_stores == 1
    assert later.stop()
    assert anew.store.history(first(anew)) == ()
    (kept,) = (tmp_path / f"{anew.path.name}.edits").iterdir()
    assert (kept.suffix, b"many words" in kept.read_bytes()) == (".other", True)
    assert StoreWriter(anew.path).take_over() == 0, "it stays set aside"
    anew.store.close()


def test_a_row_that_is_gone_is_refused_and_the_rest_goes_on(qtbot: QtBot, filled: Filled) -> None:
    writer = StoreWriter(filled.path)
    receipt_id = first(filled)
    lost = note(receipt_id + 1000, "lost")
    refused: list[object] = []
    writer.rejected.connect(lambda command, failure: refused.append((command, failure)))
    with qtbot.waitSignals([writer.rejected, writer.saved], timeout=10_000):
        writer.submit(lost)
        writer.submit(note(receipt_id, "kept"))
    assert refused == [(lost, Failure("row_gone"))]
    assert filled.store.receipt_rows(filled.batch)[0].values["note"].value == "kept"
    assert writer.stop()


@pytest.mark.logs
def test_a_busy_store_is_tried_again(qtbot: QtBot, filled: Filled) -> None:
    writer = StoreWriter(filled.path, open_store=lambda path: Store(path, busy_s=0.05))
    receipt_id = first(filled)
    writer.submit(note(receipt_id, "before"))
    assert writer.drain()
    other = sqlite3.connect(filled.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with qtbot.waitSignal(writer.save_failed, timeout=10_000) as failed:
        writer.submit(note(receipt_id, "after"))
    assert failed.args is not None
    assert failed.args[1].code == "store_busy"
    other.execute("ROLLBACK")
    other.close()
    with qtbot.waitSignal(writer.saved, timeout=10_000):
        writer.retry()
    assert writer.stop()


@pytest.mark.logs
def test_the_cell_says_that_it_is_not_saved_until_it_is(
    qtbot: QtBot, tmp_path: Path, little_disk: type[LittleDisk]
) -> None:
    with make_desk(qtbot, tmp_path, open_store=little_disk) as made:
        _clerk_meets_a_full_disk(qtbot, made, little_disk)


def _clerk_meets_a_full_disk(qtbot: QtBot, made: Desk, little_disk: type[LittleDisk]) -> None:
    made.filled.put("a.png", merchant="A", total="1.00")
    made.open()
    table = ReviewTable(made.desk)
    qtbot.addWidget(table)
    (receipt_id,) = made.ids()
    typed = "many words " * 20_000
    with qtbot.waitSignal(made.desk.save_trouble, timeout=10_000) as trouble:
        made.desk.type_into(receipt_id, "note", typed)
    assert trouble.args is not None
    assert trouble.args[0].code == "disk_full"
    assert cell_notes(made.desk.sheet, receipt_id, "note") == ["Not saved yet"]
    made.desk.page_changed(made.filled.page_of("a.png"))
    index = table.review_model.index_of(receipt_id, "note")
    assert index.data(Qt.ItemDataRole.EditRole) == typed.strip()
    little_disk.room = True
    with qtbot.waitSignal(made.desk.save_trouble, timeout=10_000) as well:
        made.desk.retry_saving()
    assert well.args == [None]
    assert made.stored(receipt_id, "note") == typed.strip()
    assert cell_notes(made.desk.sheet, receipt_id, "note") == []
