"""Handing in, as a clerk does it, into real files."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from paddlescan.document import Item, PageResult, SourceFile
from paddlescan.errors import UnreadableFile
from paddlescan.export.template_files import Templates
from paddlescan.gui import left_behind
from paddlescan.gui.export import job
from paddlescan.gui.export.columns_view import COLUMN, HEADER
from paddlescan.gui.export.destination import suggested_name
from paddlescan.gui.export.dialog import ExportDialog
from paddlescan.gui.export.draft import Draft
from paddlescan.gui.export.job import ExportJob
from paddlescan.gui.export.options import Shown
from paddlescan.gui.export.orders import ENDINGS, Batch, Format, Order
from paddlescan.gui.export.panes import Remembered
from paddlescan.gui.export.writing import Writing
from paddlescan.gui.shared import speak
from paddlescan.gui.tokens import LIGHT, style_sheet
from paddlescan.resources_dir import resource
from tests.fakes.dead_disk import NO_DEAD_DISK, dead_disk
from tests.unit.gui.desks import Desk, make_desk
from tests.unit.gui.receipts import read_receipt

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with make_desk(qtbot, tmp_path) as made:
        made.filled.put("a.png", merchant="YONG SOON", date="2026-03-02", total="758.70", currency="MYR")
        made.filled.put("b.png", merchant="北京清风餐饮", date="2026-03-05?", total="108.00", currency="CNY")
        made.filled.drop("late.png")
        made.open()
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "out"
    place.mkdir()
    return place


@pytest.fixture
def batch(desk: Desk, tmp_path: Path) -> Batch:
    place = {name: tmp_path / name for name in ("templates", "logs", "scratch")}
    for name in ("logs", "scratch"):
        place[name].mkdir()
    return Batch(desk.filled.batch, desk.filled.path, **place)


Opened = Callable[..., ExportDialog]


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk, folder: Path, batch: Batch) -> Opened:
    """Opens the dialog, waits until it shows a preview."""

    def made(shown: Shown | None = None, **last: str) -> ExportDialog:
        summary = desk.filled.store.summary(desk.filled.batch)
        dialog = ExportDialog(batch, summary, desk.writer, Remembered(**{"folder": str(folder)} | last), shown)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        settle(qtbot, dialog)
        return dialog

    return made


@pytest.fixture
def dialog(opened: Opened) -> ExportDialog:
    return opened()


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    speak(qapp, "zh")
    yield
    speak(qapp, "en")


def settle(qtbot: QtBot, dialog: ExportDialog) -> None:
    """Wait for the preview of what is chosen now."""
    told: list[object] = []
    dialog.previewer.shown.connect(lambda order, _found: told.append(order))
    dialog._ask()
    qtbot.waitUntil(lambda: bool(told) and told[-1] == dialog._asked, timeout=20_000)


def choose(qtbot: QtBot, dialog: ExportDialog, wanted: Format) -> None:
    """Go to a format by the keys."""
    dialog.formats.setFocus()
    qtbot.keyClick(dialog.formats, Qt.Key.Key_Home)
    for _ in range(list(ENDINGS).index(wanted)):
        qtbot.keyClick(dialog.formats, Qt.Key.Key_Down)
    assert dialog.format == wanted


def cells(dialog: ExportDialog) -> list[list[str]]:
    """Header and rows of the preview."""
    model = dialog.preview.table.model()
    columns = range(model.columnCount())
    head = [model.headerData(column, Qt.Orientation.Horizontal) or "" for column in columns]
    return [head, *([str(model.index(row, c).data()) for c in columns] for row in range(model.rowCount()))]


def press_and_wait(qtbot: QtBot, dialog: ExportDialog, button: QWidget) -> str:
    with qtbot.waitSignal(dialog.exported, timeout=60_000) as written:
        qtbot.mouseClick(button, Left)
    assert written.args is not None
    return str(written.args[0])


def table_of(file: str) -> list[list[object]]:
    sheet = openpyxl.load_workbook(file).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


# what each format writes, and shows before


def test_a_workbook_comes_first_and_holds_what_was_just_typed(
    qtbot: QtBot, dialog: ExportDialog, desk: Desk, folder: Path
) -> None:
    assert dialog.format == "xlsx"
    desk.desk.type_into(desk.ids()[0], "merchant", "Yong Soon Fatt")
    dialog.options.pictures.click()  # there are no such files
    file = Path(press_and_wait(qtbot, dialog, dialog.go))
    assert file.parent == folder
    assert file.name == f"{suggested_name(desk.filled.store.summary(desk.filled.batch))}.xlsx"
    head, *rows = table_of(str(file))
    assert [row[head.index("Merchant")] for row in rows] == ["Yong Soon Fatt", "北京清风餐饮"]
    assert [row[head.index("Total")] for row in rows] == [758.7, 108]
    line = dialog.writing.line
    assert line.told.text() == f"{file.name} is written: 2 rows."
    assert line.show_file.isVisible()
    assert line.open_file.isVisible()


def test_the_preview_is_the_table_of_the_file(qtbot: QtBot, opened: Opened) -> None:
    dialog = opened(template="reimbursement")
    shown = cells(dialog)
    head, *rows = table_of(press_and_wait(qtbot, dialog, dialog.go))
    hidden = head.index("_paddlescan")
    assert shown[0] == head[:hidden]
    written = [["" if value is None else str(value) for value in row[:hidden]] for row in rows]
    merchant, total = head.index("销售方"), head.index("价税合计")
    assert [row[merchant] for row in shown[1:]] == [row[merchant] for row in written]
    assert [row[0] for row in shown[1:]] == [row[0] for row in written]
    assert [row[total] for row in shown[1:3]] == ["MYR 758.70", "108.00"]
    assert [row[total] for row in shown[3:]] == ["758.70", "108.00"]  # a sum a currency
    model = dialog.preview.table.model()
    assert model.index(0, total).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    doubtful = model.index(1, head.index("日期"))
    assert doubtful.data(Qt.ItemDataRole.BackgroundRole) is not None
    assert model.index(0, head.index("日期")).data(Qt.ItemDataRole.BackgroundRole) is None


def test_a_csv_of_all_columns_is_as_ever(qtbot: QtBot, dialog: ExportDialog) -> None:
    choose(qtbot, dialog, "csv")
    settle(qtbot, dialog)
    shown = cells(dialog)
    file = Path(press_and_wait(qtbot, dialog, dialog.go))
    rows = list(csv.reader(file.open(encoding="utf-8-sig")))
    assert [row[:3] for row in rows] == [row[:3] for row in shown]
    assert [row[1] for row in rows] == ["Merchant", "YONG SOON", "北京清风餐饮"]
    assert dialog.writing.line.told.text() == f"{file.name} is written: 2 rows."


def test_the_header_speaks_the_chosen_language(qtbot: QtBot, dialog: ExportDialog) -> None:
    choose(qtbot, dialog, "csv")
    english = dialog.options.languages["en"]
    english.setFocus()
    qtbot.keyClick(english, Qt.Key.Key_Right)
    settle(qtbot, dialog)
    assert cells(dialog)[0][1] == "商户"
    file = Path(press_and_wait(qtbot, dialog, dialog.go))
    assert next(csv.reader(file.open(encoding="utf-8-sig")))[1] == "商户"


def test_a_template_with_a_language_of_its_own_leaves_none_to_choose(qtbot: QtBot, dialog: ExportDialog) -> None:
    assert dialog.options.languages["en"].isVisible()
    dialog.options.template.setFocus()
    qtbot.keyClick(dialog.options.template, Qt.Key.Key_Down)
    settle(qtbot, dialog)
    assert dialog.options.template.currentText() == "Chinese reimbursement summary"
    assert not dialog.options.languages["en"].isVisible()
    assert cells(dialog)[0][:2] == ["序号", "发票号码"]


def test_json_takes_its_own_ending_and_needs_no_language(qtbot: QtBot, dialog: ExportDialog) -> None:
    choose(qtbot, dialog, "json")
    settle(qtbot, dialog)
    assert not dialog.options.languages["en"].isVisible()
    assert '"source": "a.png"' in dialog.preview.text.toPlainText()
    file = Path(press_and_wait(qtbot, dialog, dialog.go))
    assert file.suffix == ".json"
    pages = json.loads(file.read_text("utf-8"))["pages"]
    assert [page["fields"]["total"]["value"] for page in pages] == ["758.70", "108.00"]


def test_line_items_are_a_second_table_beside_the_first(qtbot: QtBot, dialog: ExportDialog, desk: Desk) -> None:
    choose(qtbot, dialog, "items")
    name = suggested_name(desk.filled.store.summary(desk.filled.batch))
    assert Path(dialog.destination.line.text()).name == f"{name}-items.csv"
    settle(qtbot, dialog)
    assert "Unit price" in cells(dialog)[0]
    file = Path(press_and_wait(qtbot, dialog, dialog.go))
    assert "Unit price" in next(csv.reader(file.open(encoding="utf-8-sig")))
    choose(qtbot, dialog, "csv")
    assert Path(dialog.destination.line.text()).name == f"{name}.csv"


def test_a_report_says_its_counts_before(qtbot: QtBot, dialog: ExportDialog) -> None:
    choose(qtbot, dialog, "report")
    settle(qtbot, dialog)
    said = {row[0]: row[1] for row in cells(dialog)[1:]}
    assert (said["Receipts and other rows"], said["To check"], said["Total MYR"]) == ("2", "1", "758.70")
    book = openpyxl.load_workbook(press_and_wait(qtbot, dialog, dialog.go))
    assert book.sheetnames[:3] == ["Summary", "Pages", "Doubtful"]


def test_a_pdf_says_its_pages_and_about_its_size(qtbot: QtBot, opened: Opened, desk: Desk, folder: Path) -> None:
    names = put_samples(desk)
    rows = desk.filled.store.receipt_rows(desk.filled.batch)
    dialog = opened(format="pdf", shown=Shown(frozenset(row.receipt_id for row in rows[2:]), 0))
    qtbot.mouseClick(dialog.options.only_shown, Left, pos=QPoint(10, 10))
    qtbot.waitUntil(lambda: dialog.heading.text().startswith("2 pages, about "), timeout=30_000)
    file = press_and_wait(qtbot, dialog, dialog.go)
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) == len(names)
    assert dialog.writing.line.told.text() == f"{Path(file).name} is written: 2 pages."


def put_samples(desk: Desk) -> list[str]:
    """Two receipts that stand on real pictures."""
    filled, names = desk.filled, ["cafe.jpg", "hotel.jpg"]
    for name in names:
        filled.store.add_sources(filled.batch, [SourceFile.at(str(resource("samples", name)), name)])
        page_id = filled.page_of(name)
        claim = filled.store.claim_page(filled.batch, page_id)
        assert claim is not None
        receipt = read_receipt(merchant="Corner Cafe", date="2026-03-02", total="9.00")
        sha256 = hashlib.sha256(resource("samples", name).read_bytes()).hexdigest()
        result = PageResult(claim.ref, sha256=sha256, width=600, height=800, receipts=(receipt,))
        assert filled.store.save_result(page_id, result, claim.token)
    return names


def test_copies_are_planned_before_and_made_as_planned(qtbot: QtBot, opened: Opened, desk: Desk, folder: Path) -> None:
    put_samples(desk)
    rows = desk.filled.store.receipt_rows(desk.filled.batch)
    dialog = opened(format="rename", shown=Shown(frozenset(row.receipt_id for row in rows[2:]), 0))
    qtbot.mouseClick(dialog.options.only_shown, Left, pos=QPoint(10, 10))
    pattern = dialog.options.pattern
    pattern.setFocus()
    pattern.selectAll()
    qtbot.keyClicks(pattern, "{date} {project}{totl}")
    assert "{totl}" in dialog.options.wrong.text()
    assert dialog.options.wrong.isVisible()
    assert not dialog.go.isEnabled()
    for _ in range(6):
        qtbot.keyClick(pattern, Qt.Key.Key_Backspace)
    settle(qtbot, dialog)
    assert not dialog.options.wrong.isVisible()
    name = "2026-03-02 no-project.jpg"
    assert cells(dialog) == [
        ["Original", "Copy", "Remark"],
        ["cafe.jpg", name, "not read: Project"],
        ["hotel.jpg", "2026-03-02 no-project (2).jpg", "not read: Project; the name is taken, so it gets a number"],
    ]
    assert dialog.heading.text() == "Dry run: 2 copies · 2 names to look at"
    made = Path(press_and_wait(qtbot, dialog, dialog.go))
    assert made == folder / "renamed"
    assert (made / name).read_bytes() == resource("samples", "cafe.jpg").read_bytes()
    assert len(list(made.iterdir())) == 2
    assert dialog.writing.line.told.text() == "2 copies made in renamed."


def test_a_field_is_put_where_the_cursor_stands(qtbot: QtBot, opened: Opened) -> None:
    dialog = opened(format="rename")
    pattern, field = dialog.options.pattern, dialog.options.field
    pattern.setFocus()
    qtbot.keyClick(pattern, Qt.Key.Key_Home)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)  # the first that is offered
    assert pattern.text() == "{merchant}{date}_{merchant}_{total}"
    assert pattern.hasFocus()


@pytest.mark.logs
def test_copies_that_cannot_be_made_say_why_in_their_rows(qtbot: QtBot, opened: Opened) -> None:
    dialog = opened(format="rename")
    press_and_wait(qtbot, dialog, dialog.go)
    assert dialog.writing.line.told.text() == "0 copies made in renamed. 2 copies could not be made."
    assert [row[2] for row in cells(dialog)[1:]] == ["a.png is no longer there.", "b.png is no longer there."]


# rows


def test_only_the_rows_that_are_shown_are_written_where_the_clerk_says_so(
    qtbot: QtBot, opened: Opened, desk: Desk
) -> None:
    dialog = opened(shown=Shown(frozenset(desk.ids()[1:]), 1), format="csv")
    assert dialog.options.every.text() == "&All rows of the table (2)"
    assert dialog.options.only_shown.text() == "Only those &shown (1)"
    qtbot.mouseClick(dialog.options.only_shown, Left, pos=QPoint(10, 10))
    settle(qtbot, dialog)
    assert [row[1] for row in cells(dialog)] == ["Merchant", "北京清风餐饮"]
    assert dialog._contents.text() == "1 row · 1 to check · 1 page not read yet"
    file = Path(press_and_wait(qtbot, dialog, dialog.go))
    assert [row[1] for row in csv.reader(file.open(encoding="utf-8-sig"))] == ["Merchant", "北京清风餐饮"]


def test_without_a_filter_there_is_nothing_to_choose(dialog: ExportDialog) -> None:
    assert not dialog.options.every.isVisible()


# templates


def line(dialog: ExportDialog, at: int) -> tuple[str, str, bool]:
    columns = dialog.editor.view.columns
    on = columns.index(at, COLUMN).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    return str(columns.index(at, COLUMN).data()), str(columns.index(at, HEADER).data()), on


def test_a_template_is_made_by_the_keys_and_saved_by_a_name(qtbot: QtBot, opened: Opened, batch: Batch) -> None:
    dialog = opened(template="expenses", format="csv")
    editor = dialog.editor
    qtbot.mouseClick(dialog.options.edit, Left)
    view = editor.view
    assert view.hasFocus()
    first, second = line(dialog, 0), line(dialog, 1)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert (line(dialog, 0), line(dialog, 1)) == (second, first)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert line(dialog, 1) == (first[0], first[1], False)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    box = QApplication.focusWidget()
    assert box is not None
    qtbot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(box, "Wann")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: line(dialog, 0) == (second[0], "Wann", True))
    settle(qtbot, dialog)
    assert cells(dialog)[0][0] == "Wann"
    assert first[1] not in cells(dialog)[0]
    editor.name.setFocus()
    qtbot.keyClicks(editor.name, "All")
    qtbot.keyClick(editor.name, Qt.Key.Key_Return)
    assert editor.told.text() == "“All” comes with PaddleScan: please take another name."
    editor.name.selectAll()
    qtbot.keyClicks(editor.name, "Ours")
    with qtbot.waitSignal(dialog.previewer.listed, timeout=10_000):
        qtbot.keyClick(editor.name, Qt.Key.Key_Return)
    assert dialog.options.template.currentText() == "Ours"
    saved = Templates(batch.templates).find("Ours")
    assert saved.headers("en")[0] == "Wann"
    assert dialog.isVisible()
    file = Path(press_and_wait(qtbot, dialog, dialog.go))
    assert next(csv.reader(file.open(encoding="utf-8-sig"))) == list(saved.headers("en"))


def test_what_comes_with_the_program_stays_and_ones_own_goes_and_comes_back(
    qtbot: QtBot, opened: Opened, batch: Batch
) -> None:
    templates = Templates(batch.templates)
    own = Draft(templates.find("expenses")).template("Ours")
    templates.save(own)
    dialog = opened(template="expenses")
    qtbot.mouseClick(dialog.options.edit, Left)
    assert not dialog.editor.delete.isEnabled()
    dialog.options.template.setFocus()
    qtbot.keyClick(dialog.options.template, Qt.Key.Key_End)
    assert dialog.editor.name.text() == "Ours"
    with qtbot.waitSignal(dialog.previewer.listed, timeout=10_000):
        qtbot.mouseClick(dialog.editor.delete, Left)
    assert not list(batch.templates.iterdir())
    assert dialog.options.template.currentText() == "All columns"
    with qtbot.waitSignal(dialog.previewer.listed, timeout=10_000):
        qtbot.mouseClick(dialog.editor.put_back, Left)
    assert templates.find("Ours") == own
    assert dialog.options.template.currentText() == "Ours"


def test_a_damaged_template_is_told_in_its_place_and_the_others_work(
    qtbot: QtBot, opened: Opened, batch: Batch
) -> None:
    batch.templates.mkdir()
    (batch.templates / "broken.yaml").write_text("name: x\ncolumns: [nonsense]\n", "utf-8")
    dialog = opened(template="reimbursement")
    assert "broken.yaml" in dialog.damaged.text()
    assert dialog.damaged.isVisible()
    assert cells(dialog)[0][0] == "序号"
    choose(qtbot, dialog, "json")
    assert not dialog.damaged.isVisible()


def test_a_template_of_no_columns_is_not_exported(qtbot: QtBot, opened: Opened) -> None:
    dialog = opened(template="expenses")
    qtbot.mouseClick(dialog.options.edit, Left)
    view = dialog.editor.view
    for at in range(view.columns.rowCount()):
        if line(dialog, at)[2]:
            view.setCurrentIndex(view.columns.index(at, COLUMN))
            qtbot.keyClick(view, Qt.Key.Key_Space)
    assert not dialog.go.isEnabled()
    assert dialog.editor.told.text() == "Please tick a column."
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert dialog.go.isEnabled()


# files


def test_an_existing_file_is_asked_about_and_kept_until_the_answer(qtbot: QtBot, opened: Opened, folder: Path) -> None:
    dialog = opened(format="csv")
    file = Path(dialog.destination.line.text())
    file.write_text("mine")
    qtbot.mouseClick(dialog.go, Left)
    qtbot.waitUntil(lambda: dialog.writing.line.told.text() == f"{file.name} exists already.")
    assert not dialog.writing.line.replace.isHidden()
    assert file.read_text() == "mine"
    press_and_wait(qtbot, dialog, dialog.writing.line.replace)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [p.name for p in folder.iterdir()] == [file.name]


def test_an_enter_too_many_replaces_nothing(qtbot: QtBot, opened: Opened) -> None:
    dialog = opened(format="csv")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    path, line = dialog.destination.line, dialog.writing.line
    file = Path(path.text())
    file.write_text("mine")
    path.setFocus()
    told: list[bool] = []
    dialog.writing.busy.connect(told.append)
    for times in (1, 2, 3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda asked=2 * times: len(told) == asked)
        assert line.told.text() == f"{file.name} exists already."
        assert path.hasFocus()
    assert file.read_text() == "mine"
    for _ in range(2):  # past the button that looks for a place
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert line.replace.hasFocus()
    with qtbot.waitSignal(dialog.exported, timeout=60_000):
        qtbot.keyClick(line.replace, Qt.Key.Key_Return)
    assert file.read_text() != "mine"
    assert line.show_file.hasFocus()


@pytest.mark.logs
def test_the_focus_stays_on_the_name_that_could_not_be_written(qtbot: QtBot, opened: Opened, folder: Path) -> None:
    """On Close, which said Stop till then, the next press would close the dialog with what was chosen in it."""
    dialog = opened(format="csv")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    path = dialog.destination.line
    path.setFocus()
    path.selectAll()
    qtbot.keyClicks(path, str(folder / "missing" / "x.csv"))
    qtbot.keyClick(path, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "could not be written" in dialog.writing.line.told.text(), timeout=10_000)
    assert path.hasFocus()
    assert dialog.isVisible()


@pytest.mark.logs
@pytest.mark.skipif(bool(NO_DEAD_DISK), reason=NO_DEAD_DISK)
def test_the_window_does_not_wait_for_a_disk_that_does_not_answer(
    qtbot: QtBot, desk: Desk, batch: Batch, folder: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    writing = Writing(batch, desk.writer, window)
    with dead_disk(folder):
        writing.start(Order("csv", "en", place=folder / "a.csv"))
        assert writing.is_busy
    qtbot.waitUntil(lambda: not writing.is_busy)
    assert "a.csv" in writing.line.told.text()


@pytest.mark.logs
def test_an_original_is_never_replaced_whatever_the_answer(
    qtbot: QtBot, desk: Desk, opened: Opened, folder: Path
) -> None:
    """An export that is to be called as a file it was made from, also through a link to that."""
    original, link = folder / "invoice.pdf", folder / "link.pdf"
    original.write_bytes(b"%PDF-1.7 as it came")
    link.symlink_to(original)
    desk.filled.store.add_sources(desk.filled.batch, [SourceFile.at(original)])
    dialog = opened(format="csv")
    path, told = dialog.destination.line, dialog.writing.line.told
    for file in (original, link):
        path.selectAll()
        qtbot.keyClicks(path, str(file))
        qtbot.mouseClick(dialog.go, Left)
        qtbot.waitUntil(lambda name=file.name: told.text() == f"{name} exists already.")
        qtbot.mouseClick(dialog.writing.line.replace, Left)
        qtbot.waitUntil(lambda: "it is one of the originals, which are never changed" in told.text(), timeout=10_000)
        assert told.property("rank") == "bad"
    assert original.read_bytes() == b"%PDF-1.7 as it came"
    assert link.is_symlink()


@pytest.mark.logs
def test_a_folder_that_is_not_there_is_a_clear_error_and_can_be_mended(
    qtbot: QtBot, opened: Opened, folder: Path
) -> None:
    dialog = opened(format="csv")
    path, told = dialog.destination.line, dialog.writing.line.told
    path.selectAll()
    qtbot.keyClicks(path, str(folder / "missing" / "x.csv"))
    qtbot.mouseClick(dialog.go, Left)
    qtbot.waitUntil(lambda: "could not be written" in told.text(), timeout=10_000)
    assert told.property("rank") == "bad"
    path.selectAll()
    qtbot.keyClicks(path, str(folder / "x"))
    assert told.text() == ""
    assert Path(press_and_wait(qtbot, dialog, dialog.go)) == folder / "x.csv"


@pytest.mark.logs
def test_closing_does_not_wait_for_ever_for_a_disk_that_does_not_answer(
    qtbot: QtBot, dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes, answers = threading.Event(), threading.Event()

    def slow(*_: object) -> None:
        writes.set()
        answers.wait(60)

    monkeypatch.setattr(left_behind, "END_MS", 100)
    monkeypatch.setattr(job, "write_json", slow)
    choose(qtbot, dialog, "json")
    settle(qtbot, dialog)
    qtbot.mouseClick(dialog.go, Left)
    qtbot.waitUntil(writes.is_set)
    try:
        dialog.done(0)
        assert not dialog.isVisible()
        assert left_behind.any_left()
        dialog.close()
    finally:
        answers.set()
    qtbot.waitUntil(lambda: not left_behind.any_left())


def test_what_was_chosen_is_told_so_that_it_can_be_remembered(qtbot: QtBot, opened: Opened, folder: Path) -> None:
    dialog = opened(template="reimbursement")
    with qtbot.waitSignal(dialog.remember, timeout=10_000) as told:
        qtbot.mouseClick(dialog.go, Left)
    assert told.args == [Remembered("xlsx", "reimbursement", str(folder))]


def test_a_name_that_looks_like_markup_is_told_as_it_is(qtbot: QtBot, opened: Opened, folder: Path) -> None:
    dialog = opened(format="csv")
    dialog.destination.line.setText(str(folder / "<i>Fish & Chips.csv"))
    press_and_wait(qtbot, dialog, dialog.go)
    told = dialog.writing.line.told
    assert told.text().startswith("<i>Fish & Chips.csv is written")
    assert told.textFormat() == Qt.TextFormat.PlainText


def test_what_will_be_missing_is_said_before(dialog: ExportDialog) -> None:
    assert dialog._contents.text() == "2 rows · 1 to check · 1 page not read yet"


def test_names_are_fit_for_every_system(desk: Desk) -> None:
    desk.filled.store.rename_batch(desk.filled.batch, ' trip: A/B "x" ')
    summary = desk.filled.store.summary(desk.filled.batch)
    assert suggested_name(summary) == f"trip- A-B -x {summary.created_at[:10]}"
    for given in (
        "../../x",
        "餐" * 300,
        "a\x1b\u202eb\n",
        "...",
        "=cmd|' /C calc'!A0",
        "\U0001f600" * 100,
        "CON",
        "-rf",
    ):
        name = suggested_name(replace(summary, name=given))
        assert name.isprintable()
        assert not set(name) & set('<>:"/\\|?*')
        assert name[0] not in " .-~"
        assert len(f"{name} (2).xlsx".encode()) <= 255


@pytest.mark.parametrize("wanted", ["csv", "xlsx", "pdf", "rename"])
def test_an_export_that_is_called_off_leaves_nothing_behind(
    qtbot: QtBot, batch: Batch, folder: Path, wanted: Format
) -> None:
    job = ExportJob(batch, Order(wanted, "en", place=folder / "x"), None)
    told: list[object] = []
    job.done.connect(told.append)
    job.failed.connect(told.append)
    with qtbot.waitSignal(job.finished, timeout=10_000):
        job.started.connect(job.call_off, Qt.ConnectionType.DirectConnection)
        job.start()
    assert told == []
    assert [file for file in folder.rglob("*") if file.is_file()] == []


def test_stop_calls_the_export_off_and_the_dialog_stays(qtbot: QtBot, opened: Opened, desk: Desk, folder: Path) -> None:
    put_samples(desk)
    dialog = opened(format="pdf")
    qtbot.mouseClick(dialog.go, Left)
    assert dialog.close_button.text() == "Stop"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog.writing.line.told.text() == "Stopped. Nothing was written.", timeout=10_000)
    assert dialog.isVisible()
    assert dialog.go.isEnabled()
    assert list(folder.iterdir()) == []
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("wanted", ["xlsx", "csv", "items", "report"])
def test_a_chinese_window_makes_chinese_files(qtbot: QtBot, opened: Opened, wanted: Format) -> None:
    dialog = opened(format=wanted)
    dialog.options.pictures.setChecked(False)
    settle(qtbot, dialog)
    file = press_and_wait(qtbot, dialog, dialog.go)
    text = Path(file).read_text("utf-8-sig") if wanted in ("csv", "items") else str(table_of(file))
    assert ("批次报告" if wanted == "report" else "商户") in text
    assert dialog.writing.line.told.text() == f"{Path(file).name} 已写入：{0 if wanted == 'items' else 2} 行。"


def test_the_preview_follows_a_change_of_language(qtbot: QtBot, dialog: ExportDialog, qapp: QApplication) -> None:
    assert dialog.heading.text().startswith("Preview")
    try:
        speak(qapp, "zh")
        qtbot.waitUntil(lambda: dialog.heading.text().startswith("预览"))
    finally:
        speak(qapp, "en")


@pytest.mark.usefixtures("chinese")
def test_a_chinese_clerk_makes_a_template(qtbot: QtBot, opened: Opened, batch: Batch) -> None:
    dialog = opened(template="reimbursement")
    qtbot.mouseClick(dialog.options.edit, Left)
    qtbot.keyClick(dialog.editor.view, Qt.Key.Key_Space)
    dialog.editor.name.setFocus()
    typed = QInputMethodEvent()  # as Chinese is typed
    typed.setCommitString("市场部报销")
    QApplication.sendEvent(dialog.editor.name, typed)
    with qtbot.waitSignal(dialog.previewer.listed, timeout=10_000):
        qtbot.mouseClick(dialog.editor.save, Left)
    assert dialog.editor.told.text() == "“市场部报销”已保存。"
    head = table_of(press_and_wait(qtbot, dialog, dialog.go))[0]
    assert head[:2] == ["发票号码", "日期"]
    assert Templates(batch.templates).find("市场部报销").totals


@pytest.mark.parametrize("wanted", ENDINGS)
def test_everything_that_tab_reaches_has_a_name(opened: Opened, qtbot: QtBot, wanted: Format) -> None:
    dialog = opened(format=wanted)
    if dialog.options.edit.isVisible():
        qtbot.mouseClick(dialog.options.edit, Left)
    reachable = [w for w in dialog.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
    nameless = [w for w in reachable if not QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name)]
    assert nameless == []


def test_show_in_folder_opens_the_folder_where_no_file_manager_answers(
    qtbot: QtBot, opened: Opened, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(format="csv")
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    file = press_and_wait(qtbot, dialog, dialog.go)
    qtbot.mouseClick(dialog.writing.line.show_file, Left)
    qtbot.waitUntil(lambda: shown == [QUrl.fromLocalFile(str(folder))], timeout=10_000)
    qtbot.mouseClick(dialog.writing.line.open_file, Left)
    assert shown[1:] == [QUrl.fromLocalFile(file)]


_FILE_MANAGER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QObject, ClassInfo, QTimer, Slot
from PySide6.QtDBus import QDBusConnection
app = QCoreApplication([])
@ClassInfo({"D-Bus Interface": "org.freedesktop.FileManager1"})
class Manager(QObject):
    @Slot("QStringList", str)
    def ShowItems(self, uris, startup):
        print("shown", *uris, flush=True)
        QTimer.singleShot(200, app.quit)
manager = Manager()
bus = QDBusConnection.sessionBus()
assert bus.registerService("org.freedesktop.FileManager1")
bus.registerObject("/org/freedesktop/FileManager1", manager, QDBusConnection.RegisterOption.ExportAllSlots)
from paddlescan.gui.review.show_in_folder import FolderShower
shower = FolderShower()
QTimer.singleShot(0, lambda: shower.show(Path(sys.argv[1])))
QTimer.singleShot(8000, app.quit)
app.exec()
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="wants dbus-run-session")
def test_a_file_manager_is_asked_to_mark_the_file(qtbot: QtBot, folder: Path) -> None:
    file = folder / "März 1.csv"
    command = ["dbus-run-session", "--", sys.executable, "-c", _FILE_MANAGER, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["shown", bytes(QUrl.fromLocalFile(str(file)).toEncoded().data()).decode()]


def test_receipts_to_check_are_counted_and_not_their_pages(qtbot: QtBot, desk: Desk, batch: Batch) -> None:
    desk.filled.drop("sheet.png")
    desk.filled.read("sheet.png", *(read_receipt(n, 3, total=f"{n}.00?") for n in range(1, 4)))
    summary = desk.filled.store.summary(desk.filled.batch)
    dialog = ExportDialog(batch, summary, desk.writer)
    qtbot.addWidget(dialog)
    assert dialog._contents.text() == "5 rows · 4 to check · 1 page not read yet"


def test_rows_of_pages_that_failed_are_counted_among_the_rows(qtbot: QtBot, desk: Desk, batch: Batch) -> None:
    desk.filled.drop("broken.png", "gone.png")
    desk.filled.fail("broken.png", UnreadableFile(file="broken.png"))
    gone = desk.filled.fail("gone.png", UnreadableFile(file="gone.png"))
    store = desk.filled.store
    store.set_removed([row.receipt_id for row in store.receipt_rows_of_page(gone)], True)
    dialog = ExportDialog(batch, store.summary(desk.filled.batch), desk.writer, None, Shown(frozenset(), 0, 1))
    qtbot.addWidget(dialog)
    assert dialog._contents.text() == "3 rows · 1 to check · 1 failed · 1 page not read yet"
    dialog.options.only_shown.setChecked(True)
    assert dialog._contents.text() == "0 rows · 1 failed · 1 page not read yet"


def add_pages_without_receipts(desk: Desk) -> None:
    desk.filled.drop("blank.png", "broken.png")
    desk.filled.read("blank.png", read_receipt(), quality=("blank",))
    desk.filled.fail("broken.png", UnreadableFile(file="broken.png"))


@pytest.mark.parametrize("wanted", ["xlsx", "csv"])
def test_a_template_of_receipts_alone_has_one_number_before_and_after(
    qtbot: QtBot, desk: Desk, opened: Opened, wanted: Format
) -> None:
    add_pages_without_receipts(desk)
    dialog = opened(format=wanted, template="reimbursement")
    qtbot.waitUntil(lambda: dialog.heading.text() == "Preview: 2 rows", timeout=20_000)
    left_out = "2 rows of blank or failed pages left out"
    assert dialog._contents.text() == f"2 rows · 1 to check · {left_out} · 1 page not read yet"
    press_and_wait(qtbot, dialog, dialog.go)
    assert dialog.writing.line.told.text().endswith("is written: 2 rows.")
    assert dialog.writing.line.bar.maximum() == 2
    choose(qtbot, dialog, "json")
    settle(qtbot, dialog)
    assert dialog._contents.text() == "4 rows · 1 to check · 1 failed · 1 page not read yet"


def test_a_number_that_is_not_known_yet_is_not_guessed(qtbot: QtBot, desk: Desk, opened: Opened) -> None:
    add_pages_without_receipts(desk)
    dialog = opened(format="csv", template="reimbursement")
    dialog.previewer.end()
    dialog._choice_changed()
    assert dialog._contents.text() == "1 page not read yet"


def test_line_items_have_one_number_before_and_after(qtbot: QtBot, desk: Desk, opened: Opened) -> None:
    items = tuple(Item(name, amount="3.00") for name in ("tea", "rice", "soup"))
    desk.filled.drop("long.png")
    desk.filled.read("long.png", replace(read_receipt(1, 1, total="9.00?"), items=items))
    dialog = opened(format="items")
    assert dialog.heading.text() == "Preview: 3 rows"
    assert dialog._contents.text() == "3 rows · 3 to check · 1 page not read yet"
    press_and_wait(qtbot, dialog, dialog.go)
    assert dialog.writing.line.told.text().endswith("is written: 3 rows.")


def test_what_cannot_be_chosen_while_a_file_is_written_looks_so(dialog: ExportDialog) -> None:
    def colours(widget: QWidget) -> set[str]:
        image = widget.grab().toImage()
        return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}

    dialog.setStyleSheet(style_sheet(LIGHT))
    ink, accent = LIGHT.ink, LIGHT.accent
    assert {ink, accent} <= colours(dialog.formats)
    assert accent in colours(dialog.go)
    dialog._show_busy(True)
    assert not {ink, accent} & colours(dialog.formats)
    assert accent not in colours(dialog.go)
