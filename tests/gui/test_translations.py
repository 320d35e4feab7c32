"""The window's languages: catalogues as the code wants them, no English in the Chinese window, names, keys."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QCoreApplication, QObject, Qt
from PySide6.QtGui import QAccessible, QAction, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from paddlescan.document import Check, EngineInfo, Language, SourceFile
from paddlescan.errors import PasswordNeeded, UnreadableFile
from paddlescan.extraction.rules import NET_PLUS_TAX
from paddlescan.gui.dialogs.about import AboutDialog
from paddlescan.gui.dialogs.batches import BatchesDialog, NameDialog
from paddlescan.gui.dialogs.duplicates import DuplicatesDialog
from paddlescan.gui.dialogs.password import PasswordDialog
from paddlescan.gui.dialogs.unsaved import UnsavedDialog
from paddlescan.gui.export.dialog import ExportDialog
from paddlescan.gui.export.orders import Batch
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.read_back.dialog import ReadBackDialog
from paddlescan.gui.read_back.job import Asked
from paddlescan.gui.recent_batches import RecentBatches
from paddlescan.gui.review.columns import COLUMNS
from paddlescan.gui.review.table_menus import column_menu, row_menu
from paddlescan.gui.running.intake_thread import Twice
from paddlescan.gui.shared import speak
from paddlescan.gui.status_bar import StatusBar
from paddlescan.paths import Paths
from paddlescan.pipeline.progress import ProgressNow
from paddlescan.resources_dir import resource
from paddlescan.store import Store
from tests.gui.gather_translations import CATALOGUES, FOLDER, build, gather
from tests.gui.window_rooms import Rooms
from tests.unit.gui.receipts import Filled, read_receipt

Message = tuple[str, ElementTree.Element]
FAILED_SUM = Check(NET_PLUS_TAX, False, "net 90.00 + tax 10.80 is 100.80, but the total reads 108.00")

NAMES = """PaddleScan PaddleOCR CPU ONNX Runtime CUDA CSV JSON PDF Excel WPS Apache License English CNY MYR Ctrl Shift
Alt Del Esc Insert PageDown OFD XML"""
"""What is written in Latin letters in a Chinese window, too."""
SAMPLES = ("cafe.jpg", "hardware.jpg", "stationer.jpg", "hotel.jpg")


# the catalogues


def messages(file: Path) -> list[Message]:
    return [
        (context.findtext("name") or "", message)
        for context in ElementTree.parse(file).getroot().iter("context")
        for message in context.iter("message")
    ]


def translations(message: ElementTree.Element) -> list[str]:
    target = message.find("translation")
    assert target is not None
    return [form.text or "" for form in target.iter("numerusform")] or [target.text or ""]


def test_the_catalogues_are_in_line_with_the_code(tmp_path: Path) -> None:
    for name in CATALOGUES:
        shutil.copy(FOLDER / f"{name}.ts", tmp_path)
    gather(tmp_path)
    for name in CATALOGUES:
        assert (tmp_path / f"{name}.ts").read_text() == (FOLDER / f"{name}.ts").read_text(), "make translations"


def test_what_the_window_loads_is_built_from_the_catalogues(tmp_path: Path) -> None:
    for name in CATALOGUES:
        shutil.copy(FOLDER / f"{name}.ts", tmp_path)
    build(tmp_path)
    for name in CATALOGUES:
        assert (tmp_path / f"{name}.qm").read_bytes() == (FOLDER / f"{name}.qm").read_bytes(), "make translations"


@pytest.mark.parametrize("name", CATALOGUES)
def test_nothing_is_unfinished(name: str) -> None:
    for context, message in messages(FOLDER / f"{name}.ts"):
        source = message.findtext("source") or ""
        target = message.find("translation")
        assert target is not None
        assert target.get("type") is None, source
        for text in translations(message):
            assert text, source
            assert set(re.findall(r"\{\w+\}|%n", text)) == set(re.findall(r"\{\w+\}|%n", source)), source
        # how lupdate shows that it did not understand a call
        assert re.fullmatch(r"[A-Z]\w+", context), source
        assert context != "QCoreApplication", source
        assert ("%n" in source) == (message.get("numerus") == "yes"), source


def test_english_has_a_singular_for_every_count() -> None:
    counted = {
        c + (m.findtext("source") or "") for c, m in messages(FOLDER / "paddlescan_zh_CN.ts") if m.get("numerus")
    }
    told = {c + (m.findtext("source") or "") for c, m in messages(FOLDER / "paddlescan_en.ts")}
    assert told == counted
    for _, message in messages(FOLDER / "paddlescan_en.ts"):
        one, many = translations(message)
        assert one != many
        assert "(s)" not in one + many


def test_chinese_is_punctuated_as_chinese() -> None:
    for _, message in messages(FOLDER / "paddlescan_zh_CN.ts"):
        for text in translations(message):
            assert not re.search(r"[一-鿿][,;:?!]|[,;:?!][一-鿿]|\.\.\.", text), text


def test_counts_are_said_rightly(qtbot: QtBot, qapp: QApplication) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)

    def said(total: int, workers: int) -> list[str]:
        bar.show_progress(ProgressNow(total, total, None, None), running=False)
        bar.show_engine(EngineInfo("onnxruntime", "cpu", "m", "no CUDA GPU found"), workers)
        return [label.text() for label in bar.findChildren(QLabel) if label.text()]

    assert said(1, 1) == ["1 of 1 page", "CPU · ONNX Runtime · 1 worker — no CUDA GPU found"]
    assert UnsavedDialog(None, 1, None).sentence.text() == "1 edit could not be saved."
    assert UnsavedDialog(None, 3, None).sentence.text() == "3 edits could not be saved."
    assert said(2, 2) == ["2 of 2 pages", "CPU · ONNX Runtime · 2 workers — no CUDA GPU found"]
    bar.show_progress(ProgressNow(2, 16, None, None), running=True, failed=1)
    assert bar._pace.text() == "2 of 16 pages · 1 failed"
    speak(qapp, "zh")
    bar.show_progress(ProgressNow(2, 16, None, None), running=True, failed=1)
    assert bar._pace.text() == "已完成 2 / 16 页 · 其中 1 页失败"
    assert said(1, 2) == ["已完成 1 / 1 页", "CPU · ONNX Runtime · 2 个进程 — 未找到 CUDA 显卡"]


def test_qts_own_words_are_chinese_too(qtbot: QtBot, qapp: QApplication) -> None:
    speak(qapp, "zh")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "取消"
    speak(qapp, "en")
    again = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(again)
    assert again.button(QDialogButtonBox.StandardButton.Cancel).text() == "Cancel"


# the window


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window over a batch with rows of every state, the doubtful total in front."""
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("三月"))
        files = [SourceFile.at(str(resource("samples", name)), name) for name in SAMPLES]
        store.add_sources(filled.batch, files)
        values = {"merchant": "清风餐饮", "date": "2026-03-05", "currency": "CNY", "subtotal": "90.00", "tax": "10.80"}
        filled.read("cafe.jpg", read_receipt(1, 1, (FAILED_SUM,), total="108.00?|100.80", **values))
        filled.read("hardware.jpg", read_receipt(merchant="五金店", total="30.90", currency="MYR", date="99"))
        filled.fail("stationer.jpg", UnreadableFile(file="stationer.jpg"))
        filled.fail("hotel.jpg", PasswordNeeded(file="hotel.jpg"))
    rooms = Rooms(paths, qtbot)
    window = rooms.open()
    window.workplace.controller.stop()
    qtbot.waitUntil(lambda: window.table.review_model.rowCount() == len(SAMPLES))
    desk = window.workplace.review
    desk.bring_to_front(desk.sheet.ids()[0], "total")
    qtbot.waitUntil(lambda: not window.workplace.controller.running)
    window.fields.form.evidence.cutout.show_image(QImage(80, 20, QImage.Format.Format_RGB32))
    yield window
    assert rooms.close()


def switch(qtbot: QtBot, window: MainWindow, language: Language) -> None:
    """Change the language while the window runs."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    speak(app, language)
    QCoreApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: not window.table.sums.due)


def words_of(thing: QObject) -> Iterator[str]:
    """Everything a widget or an action says."""
    if isinstance(thing, QAction):
        yield from (thing.text(), thing.toolTip(), thing.statusTip())
    if not isinstance(thing, QWidget):
        return
    yield from (thing.toolTip(), thing.statusTip(), thing.whatsThis(), thing.accessibleName())
    yield from (thing.accessibleDescription(), thing.windowTitle() if thing.isWindow() else "")
    if isinstance(thing, QLabel | QAbstractButton | QLineEdit | QAbstractSpinBox):
        yield thing.text()
    if isinstance(thing, QLineEdit):
        yield thing.placeholderText()
    if isinstance(thing, QAbstractItemView):
        yield from _words_of_model(thing.model())
    spoken = QAccessible.queryAccessibleInterface(thing)
    if spoken is not None:
        yield from (spoken.text(QAccessible.Text.Name), spoken.text(QAccessible.Text.Description))


def _words_of_model(model: QAbstractItemModel) -> Iterator[str]:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(model.rowCount()):
            yield from (str(model.index(row, column).data(role) or "") for role in roles)


def english_left(*roots: QObject) -> set[str]:
    """Latin words in what widgets say, besides names that are the same in both languages, names of files, and names in
    the braces of a pattern."""
    found = set()
    for root in roots:
        for thing in (root, *root.findChildren(QWidget), *root.findChildren(QAction)):
            for said in words_of(thing):
                bare = re.sub(r"\S+\.(jpg|png|pdf|csv|json|xlsx|sqlite)|\*\.\w+|\(&\w\)|\{\w+\}|/\S+", " ", said)
                latin = {word for word in re.findall(r"[A-Za-z]{2,}", bare) if word not in NAMES.split()}
                found |= {f"{type(thing).__name__}: {said} {sorted(latin)}"} if latin else set()
    return found


def test_the_walk_sees_english_where_it_is(window: MainWindow) -> None:
    left = " ".join(english_left(window))
    for word in ("Add files", "To check", "Deskew", "Checks", "receipts", "Merchant", "Fields of", "Fit the page"):
        assert word in left, word


def test_a_change_of_language_leaves_no_english_behind(window: MainWindow, qtbot: QtBot) -> None:
    switch(qtbot, window, "zh")
    assert english_left(window) == set()
    menus = [row_menu(window.table), column_menu(window.table), window.fields.form.add_menu()]
    assert english_left(*menus) == set()
    for menu in menus:
        menu.close()
    for receipt_id in window.workplace.review.sheet.ids():  # the failure cards, the notes under the fields
        window.workplace.review.bring_to_front(receipt_id, "merchant")
        assert english_left(window.fields, window.viewer) == set()
    switch(qtbot, window, "en")
    named = window.findChildren(RecentBatches)[0].actions()  # by the person
    things = [action for action in window.findChildren(QAction) if action not in named]
    chinese = [said for thing in things for said in words_of(thing) if re.search("[一-鿿]", said)]
    assert chinese == []
    assert window.table.review_model.headerData(COLUMNS.index("total"), Qt.Orientation.Horizontal) == "Total"


def test_the_floating_bar_stays_in_the_middle(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    viewer = window.viewer
    qtbot.waitUntil(lambda: viewer.canvas.scene is not None, timeout=20_000)
    widths = set()
    for language in ("zh", "en"):
        speak(qapp, language)
        QCoreApplication.sendPostedEvents()  # and no more: a change of size would put it right
        assert abs(2 * viewer.bar.x() + viewer.bar.width() - viewer.width()) <= 1
        widths.add(viewer.bar.width())
    assert len(widths) == 2


Opener = Callable[[MainWindow], QWidget]
FILE = SourceFile.at("/nowhere/a.png", "a.png")


def read_back(window: MainWindow) -> QWidget:
    """With a change, a damaged cell and a row that fits nothing."""
    work = window.workplace
    batch = work.store.batches()[0].id
    first = next(row for row in work.store.receipt_rows(batch) if row.source)
    file = work.paths.data / "表.csv"
    file.write_text(f"商户,税额,文件名,经办人\n另一家,########,{first.source},\n无人,,别处,\n", "utf-8")
    return ReadBackDialog(Asked(work.paths.store, work.paths.templates, batch, file), None, window)


def export_dialog(window: MainWindow) -> QWidget:
    work = window.workplace
    summary = work.store.batches()[0]
    return ExportDialog(Batch.of(summary.id, work.paths), summary, None, None, None, window)


DIALOGS: dict[str, Opener] = {
    "read back": read_back,
    "about": lambda w: AboutDialog(w, w.workplace.paths.store),
    "batches": lambda w: BatchesDialog(w, w.workplace.store.batches(), None),
    "name": lambda w: NameDialog(w, ""),
    "password": lambda w: PasswordDialog(w, 1, "a.pdf", wrong=True),
    "one duplicate": lambda w: DuplicatesDialog(w, (Twice(FILE, ()),)),
    "duplicates": lambda w: DuplicatesDialog(w, (Twice(FILE, ()),) * 6),
    "unsaved": lambda w: UnsavedDialog(w, 2, UnreadableFile(file="a.pdf").failure),
    "export": export_dialog,
}


@pytest.mark.parametrize("name", DIALOGS)
def test_dialogs_speak_chinese_and_have_names(name: str, window: MainWindow, qtbot: QtBot) -> None:
    for language in ("en", "zh"):
        switch(qtbot, window, language)
        dialog = DIALOGS[name](window)
        qtbot.addWidget(dialog)
        dialog.show()
        if isinstance(dialog, ReadBackDialog):
            qtbot.waitUntil(dialog.changes.isVisible)
        assert nameless(dialog) == []
        if language == "zh":
            assert english_left(dialog) == set()
        dialog.close()


# names and keys


def nameless(window: QWidget) -> list[str]:
    """Widgets that Tab can reach but a screen reader cannot name."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface is None or not interface.text(QAccessible.Text.Name).strip():
                found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whatever_tab_reaches_has_a_name(language: Language, window: MainWindow, qtbot: QtBot) -> None:
    switch(qtbot, window, language)
    assert nameless(window) == []


def test_every_command_has_keys_of_its_own(window: MainWindow) -> None:
    commands = [
        action
        for menu in window.menuBar().actions()
        for action in menu.menu().actions()  # type: ignore[attr-defined]
        if not action.isSeparator() and action.menu() is None
    ]
    assert len(commands) > 20
    assert [action.text() for action in commands if action.shortcut().isEmpty()] == []
    keys = [action.shortcut().toString() for action in commands]
    assert len(set(keys)) == len(keys)
    assert [a.text() for a in window.viewer.findChildren(QAction) if a.text() and a.shortcut().isEmpty()] == []
