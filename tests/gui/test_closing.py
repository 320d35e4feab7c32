"""Closing over an edit that cannot be saved: the clerk is asked, and nothing typed is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from paddlescan.gui.dialogs.unsaved import UnsavedDialog
from paddlescan.gui.leaving import Leaving
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.review.columns import COLUMNS
from paddlescan.paths import Paths
from paddlescan.pipeline.keeping import RULES
from paddlescan.store import Store
from tests.gui.window_rooms import Rooms

BUSY_MS = 30_000


@pytest.fixture
def rooms(paths: Paths, qtbot: QtBot) -> Iterator[Rooms]:
    made = Rooms(paths, qtbot)
    yield made
    made.close()


@pytest.fixture
def impatient(paths: Paths, qtbot: QtBot) -> Iterator[Rooms]:
    """Windows that do not wait long for a store that another program holds."""
    made = Rooms(paths, qtbot, lambda path: Store(path, busy_s=0.2, rules=RULES))
    yield made
    made.close()


@pytest.fixture
def receipt(paths: Paths) -> int:
    """A row by hand in the window's batch."""
    with Store(paths.store) as store:
        return store.add_receipt(store.create_batch("", "window"))


def type_merchant(window: MainWindow, qtbot: QtBot, text: str) -> None:
    table = window.table
    qtbot.waitUntil(lambda: table.review_model.rowCount() == 1)
    table.setFocus()
    table.setCurrentIndex(table.review_model.index(0, COLUMNS.index("merchant")))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def _merchant(paths: Paths, receipt: int) -> str | None:
    with Store(paths.store) as store:
        return store.receipt(receipt).receipt.value("merchant")


@pytest.mark.slow
@pytest.mark.logs
def test_an_edit_behind_a_locked_store_keeps_the_window_open_and_is_saved_later(
    impatient: Rooms, receipt: int, paths: Paths, qtbot: QtBot
) -> None:
    window = impatient.open()
    backup = sqlite3.connect(paths.store, isolation_level=None)
    backup.execute("BEGIN EXCLUSIVE")
    type_merchant(window, qtbot, "Typed behind a lock")
    qtbot.waitUntil(lambda: window.workplace.writer.failure() is not None, timeout=BUSY_MS)

    window.close()
    assert window.isVisible()
    dialog = window.findChild(UnsavedDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.stay, Qt.MouseButton.LeftButton)
    assert window.isVisible()

    backup.execute("ROLLBACK")
    backup.close()
    window.close()
    assert not window.isVisible()
    impatient.close()
    with Store(paths.store) as store:
        assert store.receipt(receipt).receipt.value("merchant") == "Typed behind a lock"


@pytest.mark.slow
@pytest.mark.logs
def test_an_edit_that_waits_beside_the_store_is_saved_by_the_next_window(
    impatient: Rooms, receipt: int, paths: Paths, qtbot: QtBot
) -> None:
    window = impatient.open()
    backup = sqlite3.connect(paths.store, isolation_level=None)
    backup.execute("BEGIN EXCLUSIVE")
    type_merchant(window, qtbot, "Kept meanwhile")
    qtbot.waitUntil(lambda: window.workplace.writer.failure() is not None, timeout=BUSY_MS)
    window.close()
    dialog = window.findChild(UnsavedDialog)
    assert dialog is not None
    assert "What you typed is kept on the disk" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert dialog.close_anyway.text() == "Close"
    qtbot.mouseClick(dialog.close_anyway, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.isVisible())
    impatient.close()
    backup.execute("ROLLBACK")
    backup.close()
    impatient.open()
    qtbot.waitUntil(lambda: _merchant(paths, receipt) == "Kept meanwhile", timeout=BUSY_MS)


@pytest.mark.slow
@pytest.mark.logs
def test_the_clerk_may_let_go_of_an_edit_that_nothing_takes(
    impatient: Rooms, receipt: int, paths: Paths, qtbot: QtBot
) -> None:
    window = impatient.open()
    paths.store.with_name(f"{paths.store.name}.edits").write_bytes(b"")  # a file where that folder should be
    backup = sqlite3.connect(paths.store, isolation_level=None)
    backup.execute("BEGIN EXCLUSIVE")
    type_merchant(window, qtbot, "Never saved")
    qtbot.waitUntil(lambda: window.workplace.writer.failure() is not None, timeout=BUSY_MS)
    window.close()
    dialog = window.findChild(UnsavedDialog)
    assert dialog is not None
    assert "what is not saved is lost" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    qtbot.mouseClick(dialog.close_anyway, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.isVisible())
    backup.execute("ROLLBACK")
    backup.close()


@pytest.mark.logs
def test_a_pasted_picture_that_the_disk_would_not_take_is_asked_about(rooms: Rooms, paths: Paths, qtbot: QtBot) -> None:
    paths.data.mkdir(parents=True, exist_ok=True)
    paths.pasted.write_bytes(b"")  # a file where the folder should be
    window = rooms.open()
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    window.workplace.keep_picture(picture)
    qtbot.waitUntil(lambda: window.workplace.pictures.waiting == 1)
    window.close()
    assert window.isVisible()
    dialog = window.findChild(UnsavedDialog)
    assert dialog is not None
    assert dialog.sentence.text() == "1 pasted picture could not be saved."
    qtbot.mouseClick(dialog.stay, Qt.MouseButton.LeftButton)

    paths.pasted.unlink()
    window.workplace.pictures.retry()
    qtbot.waitUntil(lambda: any(paths.pasted.glob("pasted-*.png")) if paths.pasted.is_dir() else False)
    window.close()
    assert not window.isVisible()


@pytest.fixture
def leaving(qapp: QApplication) -> Iterator[Leaving]:
    made = Leaving(qapp)
    yield made
    made.let_go()
    qapp.commitDataRequest.disconnect()
    made.deleteLater()


def open_cell(window: MainWindow, qtbot: QtBot, text: str) -> None:
    """Type into a cell, and leave the caret there."""
    table = window.table
    qtbot.waitUntil(lambda: table.review_model.rowCount() == 1)
    table.setFocus()
    table.setCurrentIndex(table.review_model.index(0, COLUMNS.index("merchant")))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, text)


@pytest.mark.parametrize("how", ["closed", "told to go", "the session ends"])
def test_what_is_being_typed_in_the_last_moment_is_kept(
    rooms: Rooms, receipt: int, paths: Paths, qtbot: QtBot, leaving: Leaving, how: str
) -> None:
    window = rooms.open()
    leaving.watch(window)
    open_cell(window, qtbot, "Half a wor")
    if how == "closed":
        window.close()
    elif how == "told to go":
        leaving.leave()
        assert not window.isVisible()
    else:
        leaving._session_ends(None)  # type: ignore[arg-type]
        assert window.isVisible(), "whether the session really ends nobody knows yet"
    rooms.close()
    with Store(paths.store) as store:
        assert store.receipt(receipt).receipt.value("merchant") == "Half a wor"


def test_a_field_of_the_panel_too(rooms: Rooms, receipt: int, paths: Paths, qtbot: QtBot, leaving: Leaving) -> None:
    window = rooms.open()
    leaving.watch(window)
    qtbot.waitUntil(lambda: window.table.review_model.rowCount() == 1)
    window.workplace.review.bring_to_front(receipt, "merchant")
    editor = window.fields.editors["merchant"]
    qtbot.waitUntil(editor.isVisible)
    editor.setFocus()
    qtbot.keyClicks(editor, "Half a na")
    leaving.leave()
    rooms.close()
    with Store(paths.store) as store:
        assert store.receipt(receipt).receipt.value("merchant") == "Half a na"


@pytest.mark.slow
@pytest.mark.logs
def test_told_to_go_over_an_edit_that_cannot_be_saved_nobody_is_asked(
    impatient: Rooms, receipt: int, paths: Paths, qtbot: QtBot, leaving: Leaving
) -> None:
    window = impatient.open()
    leaving.watch(window)
    backup = sqlite3.connect(paths.store, isolation_level=None)
    backup.execute("BEGIN EXCLUSIVE")
    type_merchant(window, qtbot, "Typed before the session ended")
    qtbot.waitUntil(lambda: window.workplace.writer.failure() is not None, timeout=BUSY_MS)
    leaving.leave()
    assert not window.isVisible()
    impatient.close()
    backup.execute("ROLLBACK")
    backup.close()

    again = impatient.open()
    qtbot.waitUntil(lambda: not again.workplace.writer.unsaved())
    with Store(paths.store) as store:
        assert store.receipt(receipt).receipt.value("merchant") == "Typed before the session ended"
        assert [entry.after for entry in store.history(receipt)] == ["Typed before the session ended"]


@pytest.mark.logs
@pytest.mark.parametrize("how", ["told to go", "the session ends"])
def test_an_edit_that_the_store_has_not_refused_yet_is_written_down_before_anybody_waits(
    rooms: Rooms,
    receipt: int,
    paths: Paths,
    qtbot: QtBot,
    leaving: Leaving,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    """A desktop may kill what has not ended by then."""
    window = rooms.open()
    leaving.watch(window)
    monkeypatch.setattr("paddlescan.gui.leaving.SAVE_S", 0.1)
    backup = sqlite3.connect(paths.store, isolation_level=None)
    backup.execute("BEGIN EXCLUSIVE")
    try:
        open_cell(window, qtbot, "Half a wor")
        leaving.leave() if how == "told to go" else leaving._session_ends(None)  # type: ignore[arg-type]
        assert window.workplace.writer.failure() is None, "the store is still being waited for"
        (file,) = paths.data.glob("*.edits/*.json")
        assert b"Half a wor" in file.read_bytes()
    finally:
        backup.execute("ROLLBACK")
        backup.close()
    rooms.close()
    with Store(paths.store) as store:
        assert store.receipt(receipt).receipt.value("merchant") == "Half a wor"
    assert list(paths.data.glob("*.edits/*.json")) == []
