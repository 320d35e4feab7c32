"""Pointing at text in the window with a real mouse; the real engine reads it, also while a batch waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.document import PageRef, PageResult, Quad, ScanOptions, SourceFile, TextLine
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.shared import speak
from paddlescan.paths import Paths
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.store import Store
from tests.gui.viewer.hands import LEFT, NONE
from tests.gui.window_rooms import Rooms, all_read, sample

LONG = 120_000
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> PageResult:
    """What the real engine reads on the receipt."""
    engine = EngineProcess(scratch_root=tmp_path_factory.mktemp("scratch"))
    try:
        return engine.scan(PageRef(SourceFile.at(sample("cafe.jpg"))), ScanOptions())
    finally:
        engine.stop()


@pytest.fixture
def window(paths: Paths, qtbot: QtBot, reading: PageResult) -> Iterator[MainWindow]:
    """A window over one receipt that was read, and no engine yet; its total is in front with the caret in it."""
    with Store(paths.store) as store:
        batch = store.create_batch("take", "window", ScanOptions())
        store.add_sources(batch, [SourceFile.at(sample("cafe.jpg"), "cafe.jpg")])
        claim = store.claim_page(batch)
        assert claim is not None and store.save_result(claim.page_id, replace(reading, page=claim.ref), claim.token)
    rooms = Rooms(paths, qtbot)
    window = rooms.open()
    qtbot.waitUntil(lambda: bool(lines(window)) and value(window, "total") == "42.40", timeout=LONG)
    to_field(window, "total")
    yield window
    assert rooms.close()


def lines(window: MainWindow) -> tuple[TextLine, ...]:
    scene = window.viewer.canvas.scene
    return scene.lines if scene is not None else ()


def line_with(window: MainWindow, text: str) -> TextLine:
    return next(line for line in lines(window) if text in line.text)


def value(window: MainWindow, name: str) -> str:
    sheet = window.workplace.review.sheet
    return sheet.text(sheet.ids()[0], name) if sheet.ids() else ""


def to_field(window: MainWindow, name: str) -> None:
    """As a click into the field does."""
    QTest.mouseClick(window.fields.editors[name], LEFT)
    assert window.workplace.review.front == (window.workplace.review.sheet.ids()[0], name)


def seen(window: MainWindow, quad: Quad) -> tuple[QPoint, QPoint]:
    """The corners of a place on the prepared page, in canvas pixels, a little outside."""
    canvas = window.viewer.canvas
    canvas.bring_into_sight(quad)
    (a, b), _, (c, d), _ = canvas.quad_in_widget(quad, after=True)
    return QPoint(round(a) - 2, round(b) - 2), QPoint(round(c) + 2, round(d) + 2)


def drag_over(window: MainWindow, quad: Quad, keys: Qt.KeyboardModifier = CONTROL) -> None:
    canvas = window.viewer.canvas
    canvas.set_divider(0.0)
    start, end = seen(window, quad)
    QTest.mousePress(canvas, LEFT, keys, start)
    for step in range(1, 6):
        QTest.mouseMove(canvas, start + (end - start) * step / 5)
    assert canvas.band is not None
    QTest.mouseRelease(canvas, LEFT, keys, end)


def test_a_place_is_read_into_the_field_in_front_and_the_caret_goes_back_there(
    window: MainWindow, qtbot: QtBot
) -> None:
    place = line_with(window, "40.00").quad
    drag_over(window, place)
    view = window.viewer.canvas.view
    qtbot.waitUntil(lambda: value(window, "total") == "40.00", timeout=LONG)
    desk = window.workplace.review
    field = desk.sheet.field(desk.sheet.ids()[0], "total")
    assert field is not None and field.quad is not None
    assert (field.origin, field.text, field.pointed, field.candidates) == ("user", "40.00", True, ("42.40",))
    assert _near(field.quad, place)
    assert window.fields.editors["total"].hasFocus()
    assert window.viewer.canvas.view == view  # nothing flew
    assert window.viewer.canvas.band is None
    qtbot.waitUntil(lambda: not window.workplace.writer.unsaved(), timeout=LONG)
    history = desk.sheet.receipt(desk.sheet.ids()[0]).history
    assert (history[-1].field, history[-1].after) == ("total", "40.00")
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert value(window, "total") == "42.40"


def _near(one: Quad, other: Quad) -> bool:
    return all(abs(a - b) <= 10 for p, q in zip(one, other, strict=True) for a, b in zip(p, q, strict=True))


def test_only_the_part_that_was_dragged_over_is_read(window: MainWindow, qtbot: QtBot) -> None:
    whole = line_with(window, "HL-20417").quad
    to_field(window, "note") if window.fields.editors["note"].isVisible() else to_field(window, "merchant")
    (left, top), (right, _), (_, bottom), _ = whole
    middle = left + (right - left) * 0.58
    drag_over(window, ((middle, top), (right, top), (right, bottom), (middle, bottom)))
    qtbot.waitUntil(lambda: value(window, "merchant").endswith("20417"), timeout=LONG)
    assert "Receipt" not in value(window, "merchant")


def test_what_does_not_fit_or_is_not_there_changes_nothing_and_is_said_at_the_place(
    window: MainWindow, qtbot: QtBot
) -> None:
    canvas, before = window.viewer.canvas, value(window, "total")
    drag_over(window, line_with(window, "HARBOUR LANE").quad)
    qtbot.waitUntil(lambda: "does not fit into Total" in canvas.place_label.text(), timeout=LONG)
    width, height = 692.0, 859.0
    drag_over(window, ((4.0, height - 14), (width - 8, height - 14), (width - 8, height - 4), (4.0, height - 4)))
    qtbot.waitUntil(lambda: canvas.place_label.text() == "No text was found here", timeout=LONG)
    assert value(window, "total") == before
    assert not window.workplace.undo_stack.canUndo()


def test_a_key_begins_taking_and_one_drag_ends_it(window: MainWindow, qtbot: QtBot) -> None:
    canvas = window.viewer.canvas
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_T)
    assert canvas.taking and window.viewer.verbs.take.isChecked()
    assert canvas.cursor().shape() == Qt.CursorShape.CrossCursor
    drag_over(window, line_with(window, "40.00").quad, NONE)
    qtbot.waitUntil(lambda: value(window, "total") == "40.00", timeout=LONG)
    assert not canvas.taking
    view = canvas.view
    start = QPoint(canvas.width() // 2, 200)
    QTest.mousePress(canvas, LEFT, NONE, start)
    QTest.mouseMove(canvas, start + QPoint(30, 30))
    QTest.mouseMove(canvas, start + QPoint(60, 40))
    QTest.mouseRelease(canvas, LEFT, NONE, start + QPoint(60, 40))
    assert canvas.view != view  # plain drags move the page again


def test_a_line_is_taken_by_keys_alone(window: MainWindow) -> None:
    canvas, desk = window.viewer.canvas, window.workplace.review
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_T)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.chosen is not None and "42.40" in canvas.chosen.text  # where the field in front was read
    while "40.00" not in canvas.chosen.text:
        QTest.keyClick(canvas, Qt.Key.Key_Up)
    assert "use for Total" in canvas.label.text()
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert value(window, "total") == "40.00"
    assert window.fields.editors["total"].hasFocus()
    assert desk.sheet.field(desk.sheet.ids()[0], "total").quad == line_with(window, "40.00").quad  # type: ignore[union-attr]


def test_a_click_goes_to_the_field_and_only_a_wanted_click_takes(window: MainWindow) -> None:
    canvas, desk = window.viewer.canvas, window.workplace.review
    receipt = desk.sheet.ids()[0]
    canvas.set_divider(0.0)
    start, end = seen(window, line_with(window, "2.40").quad)
    at = (start + end) / 2
    QTest.mouseClick(canvas, LEFT, NONE, at)
    assert desk.front == (receipt, "tax")
    assert value(window, "total") == "42.40"
    to_field(window, "total")
    start, end = seen(window, line_with(window, "2.40").quad)
    QTest.mouseClick(canvas, LEFT, CONTROL, (start + end) / 2)
    assert (desk.front, value(window, "total")) == ((receipt, "total"), "2.40")
    free = next(line for line in lines(window) if window.viewer.taking.owner(line) == "" and "RM" not in line.text)
    to_field(window, "merchant")
    start, end = seen(window, free.quad)
    QTest.mouseClick(canvas, LEFT, NONE, (start + end) / 2)
    assert value(window, "merchant") == "HARBOUR LANE COFFEE SDN BHD"
    assert "use for Merchant" in canvas.label.text()
    QTest.mouseDClick(canvas, LEFT, NONE, (start + end) / 2)
    assert value(window, "merchant") == free.text


def test_esc_gives_up_while_a_place_is_read(window: MainWindow, qtbot: QtBot) -> None:
    drag_over(window, line_with(window, "40.00").quad)
    QTest.keyClick(window.viewer.canvas, Qt.Key.Key_Escape)
    assert window.viewer.canvas.band is None
    with qtbot.waitSignal(window.workplace.controller.places.answered, timeout=LONG):
        pass
    assert value(window, "total") == "42.40"


def test_another_batch_comes_to_the_front_while_a_place_is_read(window: MainWindow, qtbot: QtBot, paths: Paths) -> None:
    work = window.workplace
    old = work.review.sheet.batch
    drag_over(window, line_with(window, "40.00").quad)
    with qtbot.waitSignal(work.controller.places.answered, timeout=LONG):
        work.controller.new_batch()
    qtbot.waitUntil(lambda: work.review.sheet.batch not in (None, old), timeout=LONG)
    assert not work.undo_stack.canUndo()
    with Store(paths.store) as store:
        assert old is not None
        (row,) = store.receipt_rows(old)
        assert row.values["total"].value == "42.40"


def test_a_row_that_is_taken_out_while_a_place_is_read_stays_as_it_is(window: MainWindow, qtbot: QtBot) -> None:
    desk = window.workplace.review
    (receipt,) = desk.sheet.ids()
    drag_over(window, line_with(window, "40.00").quad)
    with qtbot.waitSignal(window.workplace.controller.places.answered, timeout=LONG):
        desk.remove([receipt])
    assert desk.sheet.row(receipt).removed
    assert desk.sheet.row(receipt).values["total"].value == "42.40"
    assert window.viewer.canvas.band is None


def test_the_window_closes_while_a_place_is_read(window: MainWindow) -> None:
    drag_over(window, line_with(window, "40.00").quad)
    window.close()
    assert window.workplace.end(), "a thread did not end"


def test_text_is_copied_from_the_page(window: MainWindow) -> None:
    canvas = window.viewer.canvas
    line = line_with(window, "40.00")
    menu = window.viewer.menu.menu(line)
    texts = [action.text() for action in menu.actions()]
    assert texts[:3] == ["Copy text", "Copy all text of the page", "Use for Total"]
    menu.actions()[0].trigger()
    assert QApplication.clipboard().text() == line.text
    menu.actions()[1].trigger()
    assert len(QApplication.clipboard().text().split("\n")) == len(lines(window))
    canvas.setFocus()
    canvas.choose(line_with(window, "2.40"))
    QTest.keyClick(canvas, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == line_with(window, "2.40").text


def test_the_engine_is_loaded_anew_after_a_stop_and_reads_no_page(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    controller = window.workplace.controller
    controller.stop()
    assert not controller.pool.busy
    speak(qapp, "zh")
    drag_over(window, line_with(window, "40.00").quad)
    assert "引擎" in window.viewer.canvas.place_label.text()
    qtbot.waitUntil(lambda: value(window, "total") == "40.00", timeout=LONG)
    assert not controller.running


@pytest.mark.long
@pytest.mark.slow
def test_a_place_is_read_before_the_pages_that_wait(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    controller = window.workplace.controller
    files = []
    for number in range(6):
        copy = tmp_path / f"more {number}.jpg"
        copy.write_bytes(Path(sample("hotel.jpg")).read_bytes() + bytes(number + 1))
        files.append(str(copy))
    controller.add_paths(files)
    qtbot.waitUntil(lambda: controller.waiting >= 5, timeout=LONG)
    to_field(window, "total")
    drag_over(window, line_with(window, "40.00").quad)
    qtbot.waitUntil(lambda: value(window, "total") == "40.00", timeout=LONG)
    assert controller.waiting >= 3
    qtbot.waitUntil(lambda: all_read(window), timeout=LONG)
    assert all(row.state in ("done", "needs_review") for row in controller.pages.pages())


def test_whoever_typed_in_the_table_goes_on_there(window: MainWindow) -> None:
    canvas, table = window.viewer.canvas, window.table
    index = next(
        table.model().index(0, n)
        for n in range(table.model().columnCount())
        if table.model().index(0, n).data() == "42.40"
    )
    table.setFocus()
    table.setCurrentIndex(index)
    table.edit(index)  # a cell's editor is gone once it is left
    assert window.workplace.review.front == (window.workplace.review.sheet.ids()[0], "total")
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_T)
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    assert canvas.chosen is not None
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not canvas.taking
    assert table.hasFocus()
