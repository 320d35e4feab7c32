"""The foot of a narrow window: the sums before what they were read with, and never half an amount."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.document import EngineInfo
from paddlescan.gui.status_bar import ENGINE_AT_LEAST, StatusBar
from paddlescan.pipeline.progress import ProgressNow

SUMS = "118 receipts · 2 blank pages · 31,234.50 CNY · 1,099.00 MYR · 12 seen before"


@pytest.fixture
def status(qtbot: QtBot) -> StatusBar:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show_progress(ProgressNow(120, 120, None, None), running=False)
    bar.show_engine(EngineInfo("onnxruntime", "cpu", "PP-OCRv6_small", "no NVIDIA graphics card was found"), 2)
    bar.show_sums(SUMS)
    bar.show()
    return bar


def test_what_it_was_read_with_gives_way_to_the_sums(status: StatusBar, qapp: QApplication) -> None:
    taken = status._pace.sizeHint().width() + status._bar.width() + status._sums.sizeHint().width()
    status.resize(taken + 4 * status._row.spacing() + 28 + ENGINE_AT_LEAST + 20, 30)
    qapp.processEvents()
    assert status._sums.shown() == SUMS
    assert status._sums.toolTip() == ""
    assert status._engine.shown() != status._engine.text()
    assert status._engine.toolTip().startswith(status._engine.text())


@pytest.mark.parametrize("width", range(560, 1100, 20))
def test_only_whole_parts_are_shown_and_all_of_them_in_the_hint(
    status: StatusBar, qapp: QApplication, width: int
) -> None:
    status.resize(width, 30)
    qapp.processEvents()
    shown = status._sums.shown()
    if shown == SUMS:
        assert status._sums.toolTip() == ""
        return
    *parts, last = shown.split(" · ")
    assert last == "…"
    assert parts == SUMS.split(" · ")[: len(parts)]
    assert parts, "300 pixels hold the first"
    assert status._sums.toolTip() == SUMS


def test_a_wide_window_shows_all_of_both(status: StatusBar, qapp: QApplication) -> None:
    status.resize(2400, 30)
    qapp.processEvents()
    assert status._sums.shown() == SUMS
    assert status._engine.shown() == status._engine.text()
