"""The whole window turns dark and light with the system while it runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from paddlescan.gui import tokens
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.settings.dialog import SettingsDialog
from paddlescan.paths import Paths
from tests.gui import walks
from tests.gui.window_rooms import Rooms

MOSTLY = 0.6
"""Share of a pane that is its ground."""


@pytest.fixture
def window(paths: Paths, qtbot: QtBot, theme: tokens.Theme) -> Iterator[MainWindow]:
    assert theme.tokens is tokens.LIGHT
    walks.fill(paths)
    rooms = Rooms(paths, qtbot)
    made = rooms.open()
    made.resize(1280, 720)
    yield made
    assert rooms.close()


def share_of(widget: QWidget, light: bool) -> float:
    """How much of what is seen of a widget is lighter than the middle, or darker."""
    image = widget.grab().toImage()
    grey = [image.pixelColor(x, y).lightness() for x in range(2, image.width(), 7) for y in range(2, image.height(), 7)]
    return sum((value > 127) is light for value in grey) / len(grey)


def test_every_pane_and_an_open_dialog_follow_the_system(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    dialog = SettingsDialog(window, window.preferences, window.workplace)
    qtbot.addWidget(dialog)
    dialog.show()
    panes: tuple[QWidget, ...] = (
        *(window.menuBar(), window.toolbar, window.pages, window.fields, window.table, window.status),
        *(window.viewer.bar, dialog, dialog.places, dialog.general.device),
    )
    for scheme, light in (
        *((Qt.ColorScheme.Light, True), (Qt.ColorScheme.Dark, False)),
        *((Qt.ColorScheme.Light, True), (Qt.ColorScheme.Dark, False), (Qt.ColorScheme.Unknown, True)),
    ):
        qapp.styleHints().colorSchemeChanged.emit(scheme)  # as the platform says it; offscreen has no switch for it
        QTest.qWait(50)
        for pane in panes:
            assert share_of(pane, light) > MOSTLY, (type(pane).__name__, scheme)


def test_icons_take_the_new_ink(window: MainWindow, qapp: QApplication) -> None:
    light = []
    for scheme in (Qt.ColorScheme.Light, Qt.ColorScheme.Dark):
        qapp.styleHints().colorSchemeChanged.emit(scheme)
        picture = window.actions_.add_files.icon().pixmap(16, 16).toImage()
        pixels = [picture.pixelColor(x, y) for x in range(16) for y in range(16)]
        light.append(max(pixels, key=QColor.alpha).lightness())
    assert abs(light[0] - QColor(tokens.LIGHT.ink).lightness()) < 4
    assert abs(light[1] - QColor(tokens.DARK.ink).lightness()) < 4
