"""Names, roles, the way of Tab, rings of focus, room for words: over the whole window and every dialog."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from paddlescan.document import Language
from paddlescan.gui import tokens
from paddlescan.gui.buttons import Chip
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.shared import speak
from paddlescan.gui.viewer.toggle import StrengthSlider, Toggle
from paddlescan.paths import Paths
from tests.gui import walk_finds, walks
from tests.gui.window_rooms import Rooms

LANGUAGES: tuple[Language, ...] = ("en", "zh")
SOFTEST_RING = 40
"""Pixels that a ring of focus changes at the least."""


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    walks.fill(paths)
    rooms = Rooms(paths, qtbot)
    made = rooms.open()
    made.resize(1280, 720)
    qtbot.waitUntil(lambda: len(made.workplace.review.sheet.ids()) == 4)
    yield made
    assert rooms.close()


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_whatever_tab_reaches_has_a_name_and_a_role(window: MainWindow, qapp: QApplication, spoken: Language) -> None:
    speak(qapp, spoken)
    found = {told for _, place in walks.places(window) for told in walk_finds.nameless(place)}
    assert found == set()


def test_roles_are_what_things_are(window: MainWindow) -> None:
    def role(widget: QWidget) -> QAccessible.Role:
        return QAccessible.queryAccessibleInterface(widget).role()

    assert role(window.toolbar.search) == QAccessible.Role.EditableText
    assert role(window.table) == QAccessible.Role.Table
    assert role(window.fields.editors["merchant"]) == QAccessible.Role.EditableText
    assert role(window.viewer.bar.seals) == QAccessible.Role.CheckBox
    assert role(window.toolbar.findChildren(Chip)[0]) in (QAccessible.Role.CheckBox, QAccessible.Role.RadioButton)


def test_every_caption_of_a_form_belongs_to_what_stands_beside_it(window: MainWindow) -> None:
    for name, place in walks.places(window):
        for label in (each for each in place.findChildren(QLabel) if each.isVisible() and "&" in each.text()):
            assert label.buddy() is not None or label.textFormat() == Qt.TextFormat.PlainText, (name, label.text())


def test_tab_goes_from_the_toolbar_over_pages_page_and_fields_to_the_table(window: MainWindow) -> None:
    rooms = [window.toolbar, window.pages, window.viewer, window.fields, window.table]
    order: list[QWidget] = []
    for widget in walk_finds.reached(window):
        room = next((room for room in rooms if room is widget or room.isAncestorOf(widget)), None)
        if room is not None and (not order or order[-1] is not room):
            order.append(room)
    start = order.index(window.toolbar)
    assert order[start:] + order[:start] == rooms


KINDS: dict[str, Callable[[], QWidget]] = {
    "button": lambda: QPushButton("Words"),
    "primary button": lambda: _primary(QPushButton("Words")),
    "tool button": QToolButton,
    "line": lambda: QLineEdit("Words"),
    "text": lambda: QPlainTextEdit("Words"),
    "combo box": lambda: _filled(QComboBox()),
    "check box": lambda: QCheckBox("Words"),
    "checked box": lambda: _checked(QCheckBox("Words")),
    "radio button": lambda: QRadioButton("Words"),
    "chosen radio button": lambda: _checked(QRadioButton("Words")),
    "list of sections": lambda: _places(),  # noqa: PLW0108 - defined below
    "chip": lambda: _chip(False),
    "chosen chip": lambda: _chip(True),
    "toggle": lambda: Toggle("Words"),
    "slider": StrengthSlider,
}


def _primary(button: QPushButton) -> QPushButton:
    button.setProperty("primary", True)
    return button


def _filled(box: QComboBox) -> QComboBox:
    box.addItem("Words")
    return box


def _checked(box: QCheckBox | QRadioButton) -> QWidget:
    box.setChecked(True)
    return box


def _chip(checked: bool) -> Chip:
    chip = Chip()
    chip.show_count("Words", 3)
    chip.setChecked(checked)
    return chip


def _places() -> QListWidget:
    made = QListWidget()
    made.setProperty("places", True)
    made.addItems(["One", "Two"])
    made.setCurrentRow(0)
    return made


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_focus_is_seen(kind: str, dark: bool, qtbot: QtBot, theme: tokens.Theme) -> None:
    theme.show_scheme(dark)
    host, other, widget = QWidget(), QPushButton("Other"), KINDS[kind]()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    column.addWidget(other)
    column.addWidget(widget)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    pictures = []
    for focused in (other, widget):
        focused.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.qWait(20)
        pictures.append(widget.grab().toImage())
    assert _differing(*pictures) >= SOFTEST_RING


def _differing(one: QImage, other: QImage) -> int:
    assert one.size() == other.size()
    return sum(one.pixel(x, y) != other.pixel(x, y) for x in range(one.width()) for y in range(one.height()))


@pytest.mark.parametrize(
    "factor", ["1", pytest.param("1.5", marks=pytest.mark.long), pytest.param("2", marks=pytest.mark.long)]
)
def test_nothing_is_cut_off_in_either_language(factor: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.walks"],
        env={**os.environ, "QT_SCALE_FACTOR": factor, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == []


def test_a_window_that_changes_its_language_leaves_nothing_in_the_old_one(
    window: MainWindow, qapp: QApplication
) -> None:
    speak(qapp, "zh")
    left = []
    for name, place in walks.places(window):
        for widget in (w for w in place.findChildren(QWidget) if w.isVisible()):
            said = [widget.accessibleName(), widget.toolTip()]
            said += [widget.text()] if isinstance(widget, QLabel | QPushButton | QCheckBox | QRadioButton) else []
            left += [f"{name}: {walk_finds.path_of(widget)}: {text!r}" for text in said if _is_english(text)]
    for action in window.actions():
        left += [action.text()] if _is_english(action.text()) else []
    assert left == []


NAMES = (
    "English",
    "PaddleScan",
    "ONNX",
    "CPU",
    "Ctrl",
    "Shift",
    "Alt",
    "EUR",
    "cafe",
    "hotel",
    "Corner",
    "Hotel",
    "receipts",
    "scanner",
)
COMMAND = re.compile(r"sudo [ -~]+")
"""What is typed into a terminal is the same in every language."""


def _is_english(text: str) -> bool:
    """Whether a sentence has English words besides names, keys and commands."""
    words = [
        word
        for word in COMMAND.sub("", text).replace("+", " ").split()
        if len(word) > 3 and word.isascii() and word.isalpha()
    ]
    return any(word.lower() == word and not word.startswith(NAMES) for word in words)
