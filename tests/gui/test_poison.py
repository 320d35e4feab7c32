"""Names and texts of strangers in the real window: nothing of them becomes markup, a key, a mark or a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QGuiApplication, QTextDocument
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QMenu,
    QMessageBox,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from paddlescan.document import Check, Item, SourceFile
from paddlescan.errors import Failure, UnreadableFile
from paddlescan.export.cells import plain_text
from paddlescan.export.template_files import Templates
from paddlescan.export.templates import Column, Template
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.manual.text import ManualText
from paddlescan.gui.review.items_view import ItemsTable
from paddlescan.gui.review.table_menus import row_menu
from paddlescan.gui.shared import batch_name, breakable, tooltip
from paddlescan.paths import Paths
from paddlescan.store import Store
from tests.faults.poison import IMAGE
from tests.gui import walk_finds, walks
from tests.gui.window_rooms import Rooms
from tests.unit.gui.receipts import Filled, read_receipt

POISON = f"=1+cmd {IMAGE}&amp;A&B %n {{0}} %1 [*] \u202etxt"
NAME = f"{IMAGE}&amp;A&B %n {{0}} [*] =cmd|' C calc'!A0.jpg"
VALUES = dict.fromkeys(
    ("merchant", "buyer", "address", "category", "project", "note", "invoice_number", "check_code"), POISON
)


def fill(paths: Paths) -> None:
    """A batch of which every word is poison: files, folders, fields, choices, items, checks, errors, its own name."""
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch(POISON))
        names = [f"{IMAGE}/{n} {NAME}" for n in range(4)]
        for name in names:
            store.add_sources(filled.batch, [SourceFile.at(f"/receipts/{name}", name)])
        doubted = VALUES | {"total": f"{POISON}?|{IMAGE}&B 9.00|8.00", "date": f"{POISON}?|{IMAGE}", "currency": "CNY"}
        checks = tuple(
            Check(name, False, POISON) for name in ("net_plus_tax_is_total", "date_is_possible", "qr_agrees")
        )
        read = read_receipt(checks=checks, **doubted)
        items = (Item(POISON, POISON, POISON, POISON),)
        filled.read(names[0], type(read)(1, 1, fields=read.fields, checks=checks, lines=read.lines, items=items))
        filled.read(names[1], read_receipt(**(VALUES | {"total": "9.00", "date": "2026-03-05"})), quality=("blurred",))
        filled.read(names[2], read_receipt(**(VALUES | {"total": "9.00", "date": "2026-03-05"})))
        filled.fail(names[3], UnreadableFile(file=names[3]))
        source = SourceFile.at(f"/receipts/{NAME}", NAME)
        store.add_failed_source(filled.batch, source, Failure("export_failed", (("file", NAME), ("detail", POISON))))
    Templates(paths.templates).save(Template(f"{IMAGE}A&B", (Column("merchant", f"{IMAGE}A&B"), Column("total"))))


@pytest.fixture
def window(paths: Paths, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr(walks, "LONG", POISON)
    fill(paths)
    rooms = Rooms(paths, qtbot)
    made = rooms.open()
    made.resize(1280, 720)
    qtbot.waitUntil(lambda: len(made.workplace.review.sheet.ids()) == 5)
    yield made
    assert rooms.close()


def harmful(root: QWidget) -> list[str]:
    """Where poison is taken for markup or for a key, by the place."""
    told = []
    for widget in (root, *root.findChildren(QWidget)):
        told += [f"{walk_finds.path_of(widget)} {what}" for what in _of_widget(widget)]
    for action in root.findChildren(QAction):
        told += [f"action {what}" for what in _of_action(action)]
    return told


def _of_widget(widget: QWidget) -> Iterator[str]:
    for what, words in (("hint", widget.toolTip()), ("what is this", widget.whatsThis())):
        if _is_markup(words):
            yield f"{what}: {words!r}"
    if isinstance(widget, QLabel):
        rich = widget.textFormat() == Qt.TextFormat.RichText or (
            widget.textFormat() == Qt.TextFormat.AutoText and GuiQt.mightBeRichText(widget.text())
        )
        plain = widget.textFormat() == Qt.TextFormat.PlainText or not _is_poison(widget.text())
        if (rich and IMAGE in widget.text()) or not plain:
            yield f"label: {widget.text()!r}"
    if isinstance(widget, QAbstractButton) and "A&B" in widget.text().replace("&&", ""):
        yield f"key: {widget.text()!r}"
    if isinstance(widget, QMessageBox) and widget.textFormat() != Qt.TextFormat.PlainText:
        yield f"box: {widget.text()!r}"
    own = isinstance(widget, ManualText)  # whose pictures are ours, and in whose text nothing of a file ever stands
    if isinstance(widget, QTextEdit) and not own and IMAGE not in widget.toPlainText() and "￼" in widget.toPlainText():
        yield "text with a picture in it"
    if isinstance(widget, QAbstractItemView | QComboBox):
        model = widget.model()
        yield from (f"hint of a cell: {hint!r}" for hint in _hints(model) if _is_markup(hint))


def _of_action(action: QAction) -> Iterator[str]:
    if _is_markup(action.toolTip()):
        yield f"hint: {action.toolTip()!r}"
    if "A&B" in action.text().replace("&&", ""):
        yield f"key: {action.text()!r}"


def _is_poison(words: str) -> bool:
    return IMAGE in words.replace("\u200b", "")


def _is_markup(words: str) -> bool:
    """Whether Qt would show this as markup with poison in it."""
    return GuiQt.mightBeRichText(words) and IMAGE in words


def _hints(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is None:
        return
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for row in range(min(model.rowCount(QModelIndex()), 50)):
        for column in range(columns):
            yield str(model.data(model.index(row, column, QModelIndex()), Qt.ItemDataRole.ToolTipRole) or "")
    for section in range(columns):
        yield str(model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) or "")


def test_nothing_in_the_window_or_its_dialogs_takes_a_text_for_markup_or_a_key(window: MainWindow) -> None:
    found, seen = [], 0
    for name, place in walks.places(window):
        found += [f"{name}: {told}" for told in harmful(place)]
        seen += sum(_is_poison(label.text()) for label in place.findChildren(QLabel))
    assert found == [], "\n".join(found)
    assert seen > 10, "the walk met no poison"


def test_menus_show_a_category_as_it_was_typed(window: MainWindow) -> None:
    window.table.selectAll()
    menus = [row_menu(window.table)]
    menus += [inner for menu in menus for inner in menu.findChildren(QMenu)]
    words = [action.text() for menu in menus for action in menu.actions()]
    assert any(IMAGE in word for word in words)
    assert [told for menu in menus for told in harmful(menu)] == []


def test_the_title_of_the_window_is_the_name_of_the_batch(window: MainWindow) -> None:
    summary = window.workplace.controller.summary
    assert summary is not None
    assert window.windowTitle().replace("[*][*]", "[*]") == f"{batch_name(summary)} — PaddleScan"
    assert "[*][*]" in window.windowTitle(), "[*] alone stands for: there is something to save"


def test_what_is_copied_pastes_as_text(window: MainWindow) -> None:
    window.table.selectAll()
    window.table.copy_selection()
    lines = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text()), dialect="excel-tab"))
    cells = [cell for line in lines for cell in line if "1+cmd" in cell]
    assert cells
    assert not any(cell[0] in "=+-@\t" for cell in cells)
    assert any(POISON in plain_text(cell) for cell in cells)


def test_line_items_that_are_copied_paste_as_text(qapp: QApplication) -> None:
    table = ItemsTable()
    table.show_items([Item("=1+1", "+1+1", "-2.00", "1,234.50"), Item("two\nlines\tand", amount="@x"), Item("Tea")])
    table.selectAll()
    lines = list(csv.reader(io.StringIO(table.selected_text()), dialect="excel-tab"))
    assert lines == [["'=1+1", "'+1+1", "-2.00", "1,234.50"], ["two lines and", "", "", "'@x"], ["Tea", "", "", ""]]


@pytest.mark.parametrize("text", [IMAGE, "<b>x</b>", "a & b", "plain", "<", "&amp;", "<?xml?>", "a\n<i>b"])
def test_a_hint_shows_its_text(text: str, qapp: QApplication) -> None:
    hint = tooltip(text)
    shown = hint
    if GuiQt.mightBeRichText(hint):
        document = QTextDocument()
        document.setHtml(hint)
        shown = document.toPlainText()
    assert shown.replace("\u2028", "\n") == text
    assert breakable(text).replace("\u200b", "") == text
