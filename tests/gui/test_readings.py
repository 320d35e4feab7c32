"""The fields panel keeps to its pane, however narrow it is and whatever was read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from paddlescan.document import Check, Language
from paddlescan.errors import UnreadableFile
from paddlescan.extraction.rules import NET_PLUS_TAX
from paddlescan.gui.review.fields_panel import FieldsPanel
from paddlescan.gui.review.table import ReviewTable
from paddlescan.gui.shared import speak
from tests.unit.gui.desks import Desk, make_desk
from tests.unit.gui.receipts import read_receipt

MARKUP = "<b>Fish & Chips</b>"
LONG = "杭州云栖餐饮管理有限公司西湖区望湖路第三分公司"
ALSO = "HARBOUR LANE COFFEE AND PASTRY SDN BHD"
FAILED_SUM = Check(NET_PLUS_TAX, False, "net 90.00 + tax 10.80 is 100.80, but the total reads 108.00")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with make_desk(qtbot, tmp_path) as made:
        filled = made.filled
        filled.drop("a.png", "b.png", "broken.png")
        filled.read("a.png", read_receipt(merchant=f"{LONG}?|{ALSO}|{LONG}|x", date="2026-03-02", total="7.00"))
        values = {"subtotal": "90.00", "tax": "10.80?"}
        filled.read("b.png", read_receipt(1, 1, (FAILED_SUM,), total="108.00?|100.80|10.80|90.00", **values))
        filled.fail("broken.png", UnreadableFile(file="WeChat_Image-20260305123456789012345678_copy(2).jpeg"))
        made.open()
        yield made


def beyond(panel: FieldsPanel) -> list[str]:
    """What sticks out of the pane on its right."""
    area = panel.findChildren(QScrollArea)[0]
    edge = area.viewport().width()
    inner = area.widget()
    assert inner is not None
    found = [inner] if inner.width() > edge else []
    for widget in inner.findChildren(QWidget):
        if widget.isVisible() and widget.mapTo(inner, widget.rect().topRight()).x() > edge:
            found.append(widget)
    for label in inner.findChildren(QLabel):
        if label.isVisible() and label.minimumSizeHint().width() > label.width():  # a word is cut off
            found.append(label)
    return [f"{type(widget).__name__} {widget.accessibleName()}" for widget in found]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [260, 300, 352, 600])
def test_nothing_sticks_out(width: int, language: Language, qtbot: QtBot, qapp: QApplication, desk: Desk) -> None:
    speak(qapp, language)
    panel = FieldsPanel(desk.desk)
    qtbot.addWidget(panel)
    panel.resize(width, 480)
    panel.show()
    for receipt_id, name in zip(desk.ids(), ("merchant", "total", "merchant"), strict=True):
        desk.desk.bring_to_front(receipt_id, name)
        panel.form.evidence.cutout.show_image(QImage(900, 60, QImage.Format.Format_RGB32))
        qtbot.waitUntil(lambda: not beyond(panel))


def test_readings_take_more_rows_where_the_panel_is_narrow(qtbot: QtBot, desk: Desk) -> None:
    panel = FieldsPanel(desk.desk)
    qtbot.addWidget(panel)
    panel.resize(600, 480)
    panel.show()
    desk.desk.bring_to_front(desk.ids()[1], "total")
    readings = panel.form.evidence.readings
    buttons = [b for b in readings.findChildren(QPushButton) if b.isVisible()]
    assert [b.text() for b in buttons] == ["100.80", "10.80", "90.00"]
    assert len({b.y() for b in buttons}) == 1
    panel.resize(260, 480)
    qtbot.waitUntil(lambda: len({b.y() for b in buttons}) > 1)
    qtbot.waitUntil(lambda: readings.height() >= max(b.geometry().bottom() for b in buttons))


def test_what_looks_like_markup_is_shown_as_it_was_read(qtbot: QtBot, desk: Desk) -> None:
    desk.filled.drop("d.png", f"{MARKUP}.png")
    desk.filled.read("d.png", read_receipt(merchant=f"Fish?|{MARKUP}|{MARKUP * 9}"))
    desk.filled.fail(f"{MARKUP}.png", UnreadableFile(file=f"{MARKUP}.png"))
    desk.open()
    panel = FieldsPanel(desk.desk)
    qtbot.addWidget(panel)
    panel.resize(352, 700)
    panel.show()
    *_, read, failed = desk.ids()
    desk.desk.bring_to_front(read, "merchant")
    short, long = [b for b in panel.form.evidence.readings.findChildren(QPushButton) if b.isVisible()]
    assert short.text() == "<b>Fish && Chips</b>", "a single & would not be painted"
    assert short.shortcut().isEmpty()
    assert long.text().startswith("<b>Fish && Chips</b>")
    assert long.text().endswith("…"), "cut by what is seen"
    assert "&lt;b&gt;Fish &amp; Chips" in short.toolTip()
    with qtbot.waitSignal(panel.form.evidence.readings.chosen) as chosen:
        short.click()
    assert chosen.args == [MARKUP]
    desk.desk.bring_to_front(failed, "merchant")
    (said,) = [label for label in panel.failure.findChildren(QLabel) if "Fish" in label.text()]
    assert said.textFormat() == Qt.TextFormat.PlainText
    table = ReviewTable(desk.desk)
    qtbot.addWidget(table)
    tip = table.review_model.index_of(failed, "file").data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;Fish &amp; Chips&lt;/b&gt;.png could not be read" in tip


def test_the_field_in_front_stays_in_sight_when_the_window_shrinks(qtbot: QtBot, desk: Desk) -> None:
    panel = FieldsPanel(desk.desk)
    qtbot.addWidget(panel)
    panel.resize(352, 700)
    panel.show()
    desk.desk.bring_to_front(desk.ids()[1], "tax")
    panel.resize(352, 240)
    editor = panel.editors["tax"]
    qtbot.waitUntil(lambda: editor.visibleRegion().boundingRect().height() == editor.height())


def test_a_long_line_is_cut_into_rows_that_can_be_read(qtbot: QtBot, desk: Desk) -> None:
    panel = FieldsPanel(desk.desk)
    qtbot.addWidget(panel)
    panel.resize(340, 700)
    panel.show()
    desk.desk.bring_to_front(desk.ids()[0], "merchant")
    cutout = panel.form.evidence.cutout
    long = QImage(1300, 60, QImage.Format.Format_RGB32)
    long.fill(0xFFFFFF)
    for row in range(60):
        for column in range(1240, 1300):
            long.setPixel(column, row, 0x000000)
    cutout.show_image(long)
    qtbot.waitUntil(lambda: cutout.height() == cutout.sizeHint().height() and cutout.width() > 280)
    assert cutout.height() >= 48, "two rows of readable letters, in place of one of 14 pixels"
    seen = cutout.grab().toImage()
    lower = seen.pixelColor(seen.width() - 15, seen.height() * 3 // 4)
    upper = seen.pixelColor(seen.width() - 15, seen.height() // 4)
    assert lower.lightness() < 60, "the end of the line stands in the lower row"
    assert upper.lightness() > 200


def test_a_short_one_stays_in_one_row(qtbot: QtBot, desk: Desk) -> None:
    panel = FieldsPanel(desk.desk)
    qtbot.addWidget(panel)
    panel.resize(340, 700)
    panel.show()
    desk.desk.bring_to_front(desk.ids()[0], "merchant")
    cutout = panel.form.evidence.cutout
    cutout.show_image(QImage(400, 60, QImage.Format.Format_RGB32))
    qtbot.waitUntil(lambda: cutout.height() == cutout.sizeHint().height())
    assert 36 <= cutout.height() <= 60
