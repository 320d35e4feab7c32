"""What leaves the window by hand: files that can only be copied, text, and cells that do nothing in a spreadsheet."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paddlescan.document import Preparation, SourceFile
from paddlescan.gui.drag_out.goods import MOST_TEXTS, copied_files, names, page_texts, source_urls
from paddlescan.gui.main_window import MainWindow
from paddlescan.paths import Paths
from paddlescan.resources_dir import resource
from paddlescan.store import Store
from tests.gui.window_rooms import Rooms
from tests.unit.gui.receipts import Filled, read_receipt

CONTROL = Qt.KeyboardModifier.ControlModifier
SAMPLES = ("cafe.jpg", "hotel.jpg")

pytestmark = pytest.mark.usefixtures("emptied_clipboard")


def filled(paths: Paths) -> Filled:
    """Two pages of one file each, that were read."""
    with Store(paths.store) as store:
        made = Filled(paths.store, store, store.create_batch("out"))
        for name in SAMPLES:
            store.add_sources(made.batch, [SourceFile.at(str(resource("samples", name)), name)])
            made.read(name, replace(read_receipt(merchant=f"={name}", total="9.00"), preparation=Preparation()))
    return made


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    filled(paths)
    rooms = Rooms(paths, qtbot)
    yield rooms.open()
    assert rooms.close()


def clipboard() -> QMimeData:
    return QGuiApplication.clipboard().mimeData()


def test_copied_pages_are_files_to_copy_and_text(window: MainWindow, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("before")
    window.pages.setFocus()
    window.pages.selectAll()
    QTest.keyClick(window.pages, Qt.Key.Key_C, CONTROL)
    qtbot.waitUntil(lambda: clipboard().hasUrls())
    files = [QUrl.fromLocalFile(str(resource("samples", name))) for name in SAMPLES]
    assert clipboard().urls() == files
    spelt = "\n".join(["copy", *(file.toString() for file in files)])
    assert bytes(clipboard().data("x-special/gnome-copied-files").data()).decode() == spelt
    assert bytes(clipboard().data("application/x-kde-cutselection").data()) == b"0"
    texts = clipboard().text().split("\n\n")
    assert len(texts) == 2
    assert all("9.00" in text for text in texts)


def test_rows_are_copied_where_the_table_has_the_keys(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("before")
    window.table.setFocus()
    window.table.selectAll()
    QTest.keyClick(window.table, Qt.Key.Key_C, CONTROL)
    assert not clipboard().hasUrls()
    rows = clipboard().text().split("\n")
    assert len(rows) == 2
    assert all("'=" in row for row in rows), "a merchant is no formula"


@pytest.mark.parametrize(("rows", "dragged"), [((0, 1), True), ((0,), False), ((1,), False)])
def test_the_mouse_selects_rows_unless_it_is_put_on_several_that_are(
    window: MainWindow, rows: tuple[int, ...], dragged: bool
) -> None:
    table = window.table
    flags = QItemSelectionModel.SelectionFlag
    table.clearSelection()
    for row in rows:
        table.selectionModel().select(table.review_model.index(row, 0), flags.Select | flags.Rows)
    place = table.visualRect(table.review_model.index(0, table.columnAt(40))).center()
    QTest.mousePress(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.dragEnabled() is dragged
    QTest.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(table.selected_ids()) == 1, "a click alone is a click"


@pytest.mark.skipif(os.name != "posix", reason="names of files are text elsewhere")
def test_a_file_goes_out_once_whatever_its_name_is_made_of(paths: Paths) -> None:
    with Store(paths.store) as store:
        batch = store.create_batch("odd names")
        odd = os.fsdecode(b"/tmp/caf\xe9 100% #1.png")
        store.add_sources(batch, [SourceFile.at(odd), SourceFile.at("/tmp/two.pdf")])
        rows = store.page_rows(batch)
    urls = source_urls([*rows, *rows])
    assert [bytes(url.toEncoded().data()) for url in urls] == [
        b"file:///tmp/caf%E9%20100%25%20%231.png",
        b"file:///tmp/two.pdf",
    ]
    spelt = bytes(copied_files(urls, "").data("text/uri-list").data())
    assert spelt.split() == [bytes(url.toEncoded().data()) for url in urls]
    assert names(rows) == "caf\\xe9 100% #1.png\ntwo.pdf"


def test_the_text_of_many_pages_has_an_end(paths: Paths, tmp_path: Path) -> None:
    made = filled(paths)
    with Store(paths.store) as store:
        (first, second) = (row.id for row in store.page_rows(made.batch))
        assert page_texts(store, [first] * (MOST_TEXTS + 10)).count("9.00") == MOST_TEXTS
        assert page_texts(store, [second, first]).split("\n\n") == [
            page_texts(store, [second]),
            page_texts(store, [first]),
        ]
        assert page_texts(store, [10**6]) == ""
