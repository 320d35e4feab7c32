"""The whole window with the real engine: what a clerk does, done with mouse and keys."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from paddlescan.gui.app import Alarm
from paddlescan.gui.dialogs.password import PasswordDialog
from paddlescan.gui.review.columns import COLUMNS
from paddlescan.paths import Paths
from paddlescan.resources_dir import resource
from paddlescan.settings import Settings
from tests.gui.window_rooms import Rooms, all_read, column, sample
from tests.unit.imaging.drawing import make_pdf

READ_MS = 120_000


@pytest.fixture
def rooms(paths: Paths, qtbot: QtBot) -> Iterator[Rooms]:
    made = Rooms(paths, qtbot)
    yield made
    assert made.close()


def drop(window: QWidget, *files: str) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(file) for file in files])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(60, 60), copy, mime, buttons, keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(60, 60), copy, mime, buttons, keys))


@pytest.mark.slow
def test_from_a_drop_to_a_corrected_row_and_back_the_next_day(rooms: Rooms, qtbot: QtBot) -> None:
    items = json.loads(resource("samples", "truth.json").read_text("utf-8"))["items"]
    totals = {item["path"]: item["gt"]["fields"]["total"] for item in items}
    window = rooms.open()
    assert window.empty.isVisible()
    drop(window, sample("cafe.jpg"), sample("hardware.jpg"))
    qtbot.waitUntil(lambda: all_read(window), timeout=READ_MS)
    assert window.table.isVisible()
    assert column(window, "total") == [totals["cafe.jpg"], totals["hardware.jpg"]]
    qtbot.waitUntil(lambda: window.viewer.canvas.scene is not None, timeout=READ_MS)

    table = window.table
    table.setFocus()
    table.setCurrentIndex(table.review_model.index(0, COLUMNS.index("merchant")))
    before = column(window, "merchant")[0]
    qtbot.keyClicks(table, "C")  # typing begins to edit
    editor = table.viewport().findChildren(QLineEdit)[0]
    qtbot.keyClicks(editor, "orner Cafe")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: column(window, "merchant")[0] == "Corner Cafe")
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert column(window, "merchant")[0] == before
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: column(window, "merchant")[0] == "Corner Cafe")

    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.toolbar.search, "corner")
    qtbot.waitUntil(lambda: column(window, "merchant") == ["Corner Cafe"])
    assert rooms.close()

    again = rooms.open()
    assert column(again, "merchant")[0] == "Corner Cafe"
    assert all_read(again)
    assert not again.workplace.controller.pool.busy  # nothing is read twice


@pytest.mark.slow
def test_closing_in_the_middle_goes_on_the_next_time(rooms: Rooms, qtbot: QtBot) -> None:
    window = rooms.open()
    names = ["cafe.jpg", "hardware.jpg", "stationer.jpg"]
    drop(window, *(sample(name) for name in names))
    controller = window.workplace.controller
    qtbot.waitUntil(lambda: controller.pages.rowCount() == 3 and controller.waiting == 2, timeout=READ_MS)
    assert rooms.close()
    again = rooms.open()
    assert again.workplace.controller.waiting == 2
    qtbot.waitUntil(lambda: all_read(again), timeout=READ_MS)
    assert again.workplace.controller.pages.counts["failed"] == 0
    assert len(column(again, "total")) == 3


def test_a_pasted_picture_is_kept_and_added(rooms: Rooms, paths: Paths, qtbot: QtBot) -> None:
    window = rooms.open()
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    QGuiApplication.clipboard().setImage(image)
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    pages = window.workplace.controller.pages
    qtbot.waitUntil(lambda: pages.rowCount() == 1)
    file = Path(pages.pages()[0].ref.source.path)
    assert file.parent == paths.pasted
    assert QImage(str(file)).size() == image.size()


def test_panes_fold_and_are_remembered(rooms: Rooms, qtbot: QtBot, tmp_path: Path) -> None:
    window = rooms.open()
    damaged = tmp_path / "empty.png"
    damaged.write_bytes(b"")
    drop(window, str(damaged))
    qtbot.waitUntil(window.pages.isVisible)
    qtbot.keyClick(window, Qt.Key.Key_F6)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert not window.pages.isVisible()
    assert not window.table.isVisible()
    assert window.fields.isVisible()
    kept = window.remembered()
    assert rooms.close()
    again = rooms.open(replace(kept, workers=1))
    qtbot.waitUntil(again.fields.isVisible)
    assert not again.pages.isVisible()
    assert not again.table.isVisible()
    assert not again.actions_.show_pages.isChecked()


def test_a_damaged_remembrance_is_left_alone(rooms: Rooms) -> None:
    nonsense = Settings(workers=1, window_geometry=b"x", window_state=b"{", table_state=b"x")
    assert rooms.open(nonsense).isVisible()


def nameless(window: QWidget) -> list[str]:
    """Widgets that Tab can reach but a screen reader cannot name."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(window):
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface is None or not interface.text(QAccessible.Text.Name):
                found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def test_everything_that_tab_reaches_has_a_name(rooms: Rooms, qtbot: QtBot, tmp_path: Path) -> None:
    window = rooms.open()
    assert nameless(window) == []
    (tmp_path / "empty.png").write_bytes(b"")
    drop(window, str(tmp_path / "empty.png"))
    qtbot.waitUntil(window.table.isVisible)
    assert nameless(window) == []


def test_a_change_of_language_reaches_every_pane(rooms: Rooms) -> None:
    window = rooms.open()
    window.toolbar.search.setPlaceholderText("")
    window.empty._title.setText("")
    window.actions_.export.setText("")
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    for child in window.findChildren(QWidget):
        QApplication.sendEvent(child, QEvent(QEvent.Type.LanguageChange))
    assert window.toolbar.search.placeholderText()
    assert window.empty._title.text()
    assert window.actions_.export.text()


@pytest.mark.logs
def test_an_unforeseen_error_is_told_calmly_and_quotes_nothing(rooms: Rooms, caplog: pytest.LogCaptureFixture) -> None:
    window = rooms.open()
    alarm = Alarm()
    alarm.rang.connect(window.notice.show_failure)
    try:
        raise ValueError("".join(("can", "ary")))  # the frames quote this line
    except ValueError as error:
        alarm.hook(ValueError, error, error.__traceback__)
    assert window.notice.isVisible()
    assert "test_main_window" in caplog.text
    assert "canary" not in caplog.text + window.notice.accessibleName()


def test_the_window_imports_nothing_heavy() -> None:
    heavy = ("cv2", "numpy", "paddleocr", "onnxruntime", "PIL")
    code = f"import sys, paddlescan.gui.app; print([name for name in {heavy} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.slow
def test_a_locked_file_is_opened_with_its_password(rooms: Rooms, qtbot: QtBot, tmp_path: Path) -> None:
    locked = tmp_path / "locked.pdf"
    locked.write_bytes(make_pdf(["", ""], password="secret", owner="boss").read())
    window = rooms.open()
    drop(window, str(locked))
    for attempt, password in enumerate(("guess", "secret")):
        qtbot.waitUntil(lambda: bool(window.findChildren(PasswordDialog)), timeout=READ_MS)
        dialog = window.findChildren(PasswordDialog)[0]
        wrong = [label for label in dialog.findChildren(QLabel) if label.property("rank") == "bad"]
        assert bool(wrong) == (attempt == 1)
        with qtbot.waitSignal(dialog.destroyed):
            qtbot.keyClicks(dialog.field, password)
            qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    pages = window.workplace.controller.pages
    qtbot.waitUntil(lambda: all_read(window) and pages.rowCount() == 2, timeout=READ_MS)
    assert pages.counts["failed"] == 0


@pytest.mark.slow
def test_a_page_is_read_again_with_other_switches_and_what_was_typed_stays(rooms: Rooms, qtbot: QtBot) -> None:
    window = rooms.open()
    drop(window, sample("cafe.jpg"))
    qtbot.waitUntil(lambda: all_read(window), timeout=READ_MS)
    review = window.workplace.review
    (receipt_id,) = review.sheet.ids()
    read = review.sheet.text(receipt_id, "merchant")
    assert review.type_into(receipt_id, "merchant", "Corner Cafe")
    qtbot.waitUntil(lambda: not window.workplace.writer.unsaved())
    qtbot.waitUntil(lambda: window.viewer.canvas.scene is not None, timeout=READ_MS)
    window.viewer.verbs.deskew.trigger()
    controller = window.workplace.controller
    qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: controller.waiting == 1)
    qtbot.waitUntil(lambda: all_read(window), timeout=READ_MS)
    row = controller.pages.pages()[0]
    assert not row.prepare.deskew
    merchant = review.sheet.field(receipt_id, "merchant")
    assert merchant is not None
    assert (merchant.value, merchant.origin) == ("Corner Cafe", "user")
    assert read in merchant.candidates


@pytest.mark.slow
def test_a_file_that_was_replaced_is_shown_as_it_is_after_reading_again(
    rooms: Rooms, qtbot: QtBot, tmp_path: Path
) -> None:
    def drawn() -> tuple[tuple[int, int] | None, bool | None]:
        """The size of the page in the viewer, and whether the small picture in the list is a wide one."""
        scene = window.viewer.canvas.scene
        picture = window.pages.thumbnails.picture(controller.pages.pages()[0])
        size = None if scene is None else (scene.preview.width, scene.preview.height)
        return size, None if picture is None else picture.width() > picture.height()

    def write(width: int, height: int) -> None:
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        assert image.save(str(tmp_path / "page.png"))

    write(300, 500)
    window = rooms.open()
    controller = window.workplace.controller
    drop(window, str(tmp_path / "page.png"))
    qtbot.waitUntil(lambda: all_read(window) and drawn() == ((300, 500), False), timeout=READ_MS)
    write(600, 400)
    window.actions_.read_again.trigger()
    qtbot.waitUntil(lambda: drawn() == ((600, 400), True), timeout=READ_MS)
