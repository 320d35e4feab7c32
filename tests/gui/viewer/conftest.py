"""A viewer on the screen, a lane with a real light process behind it, a page to look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.gui import tokens
from paddlescan.gui.lane import PreviewLane
from paddlescan.gui.viewer import PageViewer
from tests.gui.viewer.pages import draw_page


@pytest.fixture(scope="module")
def lane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PreviewLane]:
    lane = PreviewLane()
    lane.start()
    yield lane
    assert lane.stop()


@pytest.fixture
def viewer(qtbot: QtBot, lane: PreviewLane) -> Iterator[PageViewer]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setPalette(tokens.palette(tokens.LIGHT))
    app.setStyleSheet(tokens.style_sheet(tokens.LIGHT))
    viewer = PageViewer(lane)
    qtbot.addWidget(viewer)
    viewer.resize(900, 600)
    viewer.show()
    qtbot.waitExposed(viewer)
    yield viewer
    app.setStyleSheet("")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "page.png"
    draw_page(path, seal=True)
    return path
