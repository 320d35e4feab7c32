"""An edited export is read back into the window, by keys and mouse as a clerk does it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from paddlescan.document import Language
from paddlescan.export.csv_export import write_csv
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.read_back.dialog import ReadBackDialog
from paddlescan.gui.read_back.job import ReadBackJob
from paddlescan.gui.read_back.model import FIELD, REMARK, TAKE, TO, ChangesModel
from paddlescan.gui.read_back.step import SLICE
from paddlescan.gui.shared import speak
from paddlescan.gui.wires.read_back import ReadBackWires
from paddlescan.paths import Paths
from paddlescan.pipeline.keeping import open_store
from tests.gui.test_shell_drop import enter
from tests.gui.window_rooms import Rooms, column
from tests.unit.gui.receipts import Filled

Rows = list[dict[str, str]]
Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def filled(paths: Paths) -> Iterator[Filled]:
    store = open_store(paths.store)
    made = Filled(paths.store, store, store.create_batch("March"))
    made.put("a.png", merchant="YONG SOON", date="2026-03-02", total="758.70", invoice_number="01100210031112345678")
    made.put("b.png", merchant="北京清风餐饮", date="2026-03-05", total="-12.00", category="meals")
    made.put("c.png", merchant="Kedai Kopi", date="2026-03-06", total="9.00")
    yield made
    store.close()


@pytest.fixture
def window(filled: Filled, paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    rooms = Rooms(paths, qtbot)
    made = rooms.open()
    made.activateWindow()
    yield made
    assert rooms.close()


@pytest.fixture
def edited(filled: Filled, tmp_path: Path) -> Callable[..., Path]:
    def edit(change: Callable[[Rows], None], language: Language = "en") -> Path:
        file = tmp_path / "报销 March.csv"
        write_csv(filled.store.export_rows(filled.batch), file, True, language)
        rows = list(csv.DictReader(file.open(encoding="utf-8-sig", newline="")))
        change(rows)
        with file.open("w", encoding="utf-8", newline="") as out:
            sheet = csv.DictWriter(out, list(rows[0]))
            sheet.writeheader()
            sheet.writerows(rows)
        return file

    return edit


def press_keys(window: MainWindow, qtbot: QtBot, file: Path) -> ReadBackDialog:
    """Ctrl+Shift+E, the file's name (from an input method: it is Chinese), and a click."""
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, True)
    try:
        QTest.keyClick(window, Key.Key_E, Ctrl | Shift)
    finally:
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)
    (chooser,) = (dialog for dialog in window.findChildren(QFileDialog) if dialog.isVisible())
    name = chooser.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(name, QLineEdit)
    name.setText(str(file))
    buttons = chooser.findChild(QDialogButtonBox)
    assert isinstance(buttons, QDialogButtonBox)
    qtbot.mouseClick(buttons.button(QDialogButtonBox.StandardButton.Open), Qt.MouseButton.LeftButton)
    return compared(window, qtbot)


def compared(window: MainWindow, qtbot: QtBot) -> ReadBackDialog:
    """The dialog, once it has compared."""
    found: list[ReadBackDialog] = []

    def there() -> bool:
        found[:] = [d for d in window.findChildren(ReadBackDialog) if d.isVisible() and "compar" not in said(d)]
        return bool(found) and "对照" not in said(found[0])

    qtbot.waitUntil(there)
    return found[0]


def said(dialog: ReadBackDialog) -> str:
    return dialog.sentence.text()


def cells(dialog: ReadBackDialog, column: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> list[object]:
    model = dialog.changes.model()
    return [model.index(row, column).data(role) for row in range(model.rowCount())]


def ticks(dialog: ReadBackDialog) -> list[bool | None]:
    states = cells(dialog, TAKE, Qt.ItemDataRole.CheckStateRole)
    return [None if state is None else state == Qt.CheckState.Checked for state in states]


def gone(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not any(d.isVisible() for d in window.findChildren(ReadBackDialog)))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def some(rows: Rows) -> None:
    rows[0]["Total"] = "759"
    rows[0]["Invoice number"] = "1.10021E+18"
    rows[1]["Category"] = "Lodging"
    rows[1]["Merchant"] = ""
    rows[2]["Date"] = "2026-02-31"
    rows.append(rows[2] | {"File": "elsewhere.png"})


def test_a_table_is_looked_through_taken_and_taken_back(
    window: MainWindow, qtbot: QtBot, edited: Callable[..., Path], filled: Filled
) -> None:
    dialog = press_keys(window, qtbot, edited(some))
    assert said(dialog) == "报销 March.csv: 5 changes in 3 rows; 1 row fits nothing."
    assert cells(dialog, FIELD) == ["Total", "Invoice number", "Merchant", "Category", "Date"]
    assert cells(dialog, TO) == ["759.00", "1.10021E+18", "(nothing)", "Lodging", "2026-02-31"]
    assert ticks(dialog) == [True, None, True, True, True]
    assert cells(dialog, REMARK)[1] == "Excel has cut this number"
    assert dialog.go.text() == "Take 4 changes"
    assert [dialog.strangers.model().index(0, n).data() for n in (0, 3)] == ["5", "No such receipt in this batch"]
    assert dialog.changes.hasFocus()
    for _ in range(3):
        QTest.keyClick(dialog.changes, Key.Key_Down)
    QTest.keyClick(dialog.changes, Key.Key_Space)
    assert ticks(dialog) == [True, None, True, False, True]
    QTest.keyClick(dialog.changes, Key.Key_Return)
    gone(window, qtbot)
    assert column(window, "total") == ["759.00", "-12.00", "9.00"]
    assert column(window, "merchant") == ["YONG SOON", "", "Kedai Kopi"]
    assert column(window, "category") == ["", "meals", ""]
    assert column(window, "date") == ["2026-03-02", "2026-03-05", "2026-02-31"]
    last = window.workplace.review.sheet.field(window.workplace.review.sheet.ids()[2], "date")
    assert last is not None and last.doubtful
    assert window.status._news.text() == "3 changes taken from the table; Ctrl+Z takes all of them back"
    assert window.workplace.writer.drain()
    assert [len(filled.store.history(row.receipt_id)) for row in filled.store.receipt_rows(filled.batch)] == [1, 1, 1]
    QTest.keyClick(window, Key.Key_Z, Ctrl)
    assert column(window, "merchant") == ["YONG SOON", "北京清风餐饮", "Kedai Kopi"]
    assert column(window, "total") == ["758.70", "-12.00", "9.00"]
    assert not window.workplace.undo_stack.canUndo()


def test_a_chinese_clerk_reads_chinese(
    window: MainWindow, qtbot: QtBot, qapp: QApplication, edited: Callable[..., Path]
) -> None:
    speak(qapp, "zh")

    def change(rows: Rows) -> None:
        rows[1]["类别"] = "住宿"
        rows[0]["发票号码"] = "1.10021E+18"

    dialog = press_keys(window, qtbot, edited(change, "zh"))
    assert said(dialog) == "报销 March.csv：2 行中有 2 处改动。"
    assert (cells(dialog, FIELD), cells(dialog, TO)) == (["发票号码", "类别"], ["1.10021E+18", "住宿"])
    assert cells(dialog, REMARK) == ["这个数字被 Excel 截断", ""]
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    gone(window, qtbot)
    assert column(window, "category") == ["", "lodging", ""]
    assert window.status._news.text() == "已从表格采用 1 处改动；按 Ctrl+Z 可全部撤销"


def test_the_columns_have_room_for_the_words_of_another_language(
    window: MainWindow, qtbot: QtBot, qapp: QApplication, edited: Callable[..., Path]
) -> None:
    speak(qapp, "zh")
    dialog = press_keys(window, qtbot, edited(lambda rows: rows[0].update({"发票号码": "1"}), "zh"))
    speak(qapp, "en")
    assert cells(dialog, FIELD) == ["Invoice number"]
    qtbot.waitUntil(lambda: dialog.changes.columnWidth(FIELD) >= dialog.changes.sizeHintForColumn(FIELD))


def test_what_was_edited_since_is_left_unless_it_is_ticked(
    window: MainWindow, qtbot: QtBot, edited: Callable[..., Path], filled: Filled
) -> None:
    file = edited(lambda rows: rows[1].update(Note="both"))
    desk = window.workplace.review
    desk.type_into(desk.sheet.ids()[0], "total", "760.00")
    dialog = press_keys(window, qtbot, file)
    assert ticks(dialog) == [False, True]
    assert cells(dialog, REMARK)[0] == "Edited here since; exported as 758.70"
    assert "edited here since the export" in dialog.remark.text()
    QTest.keyClick(dialog.every, Key.Key_Space)
    assert (ticks(dialog), dialog.go.text()) == ([True, True], "Take 2 changes")
    QTest.keyClick(dialog.every, Key.Key_Space)
    assert (ticks(dialog), dialog.go.isEnabled()) == ([False, False], False)
    QTest.keyClick(dialog.changes, Key.Key_A, Ctrl)
    QTest.keyClick(dialog.changes, Key.Key_Space)
    assert ticks(dialog) == [True, True]
    QTest.keyClick(dialog, Key.Key_Escape)
    gone(window, qtbot)
    assert column(window, "total")[0] == "760.00"


def test_a_click_ticks_one_change(window: MainWindow, qtbot: QtBot, edited: Callable[..., Path]) -> None:
    dialog = press_keys(window, qtbot, edited(some))
    box = dialog.changes.visualRect(dialog.changes.model().index(0, TAKE))
    middle = QPoint(box.left() + 8 + 8, box.center().y())
    qtbot.mouseClick(dialog.changes.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert ticks(dialog)[0] is False
    dialog.reject()


@pytest.mark.logs
def test_a_file_that_is_no_table_is_told_in_the_dialog(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    letter = tmp_path / "letter.csv"
    letter.write_text("Dear all,\n")
    dialog = press_keys(window, qtbot, letter)
    assert said(dialog) == "letter.csv has no columns of an export."
    assert not dialog.go.isVisible()
    assert dialog.close_button.hasFocus()
    QTest.keyClick(dialog.close_button, Key.Key_Space)
    gone(window, qtbot)


def test_a_table_of_another_batch_leads_there(
    window: MainWindow, qtbot: QtBot, edited: Callable[..., Path], filled: Filled
) -> None:
    file = edited(some)
    window.workplace.controller.new_batch()
    qtbot.waitUntil(lambda: window.workplace.review.sheet.batch not in (None, filled.batch))
    window.workplace.review.add_row()
    qtbot.waitUntil(lambda: len(window.workplace.review.sheet) == 1)
    window.show_place()
    dialog = press_keys(window, qtbot, file)
    assert said(dialog) == "报销 March.csv belongs to another batch: “March”."
    qtbot.mouseClick(dialog.open_batch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.workplace.review.sheet.batch == filled.batch)


def test_another_batch_in_front_ends_the_looking_through(
    window: MainWindow, qtbot: QtBot, edited: Callable[..., Path], filled: Filled
) -> None:
    press_keys(window, qtbot, edited(some))
    window.workplace.controller.new_batch()  # as a hand-over from the file manager may
    qtbot.waitUntil(lambda: window.workplace.review.sheet.batch not in (None, filled.batch))
    gone(window, qtbot)
    assert [entry for row in filled.store.export_rows(filled.batch) for entry in row.history] == []


def test_closing_ends_a_comparison_in_the_midst_of_it(
    window: MainWindow, qtbot: QtBot, edited: Callable[..., Path], filled: Filled
) -> None:
    window.activateWindow()
    (wires,) = window.findChildren(ReadBackWires)
    told: list[object] = []
    wires.read(str(edited(some)))
    (job,) = window.findChildren(ReadBackJob)
    job.failed.connect(told.append)
    window.close()
    assert job.isFinished()
    qtbot.waitUntil(lambda: not window.findChildren(ReadBackJob))
    assert told == []


def test_a_comparison_that_is_over_leaves_nothing_behind(
    window: MainWindow, qtbot: QtBot, edited: Callable[..., Path]
) -> None:
    press_keys(window, qtbot, edited(some)).reject()
    gone(window, qtbot)
    qtbot.waitUntil(lambda: not window.findChildren(ReadBackJob))


def test_a_table_that_is_dropped_is_no_picture(
    window: MainWindow, qtbot: QtBot, edited: Callable[..., Path], filled: Filled
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(edited(some)))])
    copy, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(window.rect().center().toPointF(), copy, mime, button, keys)
    enter(window, mime)
    QApplication.sendEvent(window, drop)
    assert drop.isAccepted()
    dialog = compared(window, qtbot)
    assert dialog.go.text() == "Take 4 changes"
    dialog.reject()
    assert len(filled.store.page_rows(filled.batch)) == 3


def test_more_changes_than_one_slice_are_one_step(
    qtbot: QtBot, filled: Filled, edited: Callable[..., Path], request: pytest.FixtureRequest
) -> None:
    for number in range(SLICE + 20):
        filled.put(f"{number:03}.png", merchant="Many", total=f"{number}.00")
    window: MainWindow = request.getfixturevalue("window")
    rows = SLICE + 23
    file = edited(lambda rows: [row.update(Project="P1") for row in rows] and None)
    dialog = press_keys(window, qtbot, file)
    assert isinstance(dialog.changes.model(), ChangesModel)
    QTest.keyClick(dialog.go, Key.Key_Return)
    gone(window, qtbot)
    assert column(window, "project") == ["P1"] * rows
    QTest.keyClick(window, Key.Key_Z, Ctrl)
    qtbot.waitUntil(lambda: column(window, "project") == [""] * rows)
    QTest.keyClick(window, Key.Key_Z, Ctrl | Shift)
    window.close()  # in the midst of it: what waits is saved all the same
    assert window.workplace.end()
    assert [row.values["project"].value for row in filled.store.receipt_rows(filled.batch)] == ["P1"] * rows


def test_what_is_typed_while_slices_wait_is_not_written_over(
    qtbot: QtBot, filled: Filled, edited: Callable[..., Path], request: pytest.FixtureRequest
) -> None:
    for number in range(2 * SLICE):
        filled.put(f"{number:03}.png", merchant="Many", total=f"{number}.00")
    window: MainWindow = request.getfixturevalue("window")
    file = edited(lambda rows: [row.update(Project="P1") for row in rows] and None)
    dialog = press_keys(window, qtbot, file)
    QTest.keyClick(dialog.go, Key.Key_Return)
    gone(window, qtbot)
    sheet, rows = window.workplace.review.sheet, 2 * SLICE + 3
    ids = [window.table.review_model.receipt_at(row) for row in range(rows)]
    first, last = ids[0], ids[-1]
    QTest.keyClick(window, Key.Key_Z, Ctrl)  # the last rows first: those at the top still wait
    assert sheet.text(first, "project") == "P1"
    window.workplace.review.type_into(first, "project", "typed meanwhile")
    qtbot.waitUntil(lambda: sheet.text(last, "project") == "" and sheet.text(ids[1], "project") == "")
    qtbot.wait(50)
    assert sheet.text(first, "project") == "typed meanwhile"
    qtbot.waitUntil(lambda: not window.workplace.writer.unsaved())
    assert filled.store.receipt(first).receipt.value("project") == "typed meanwhile"
