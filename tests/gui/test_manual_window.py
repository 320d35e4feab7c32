"""The manual is opened from the Help menu, in the window's language, with its pictures, and without any network."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from paddlescan.document import Language
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.manual.text import WIDEST
from paddlescan.gui.manual.window import ManualWindow
from paddlescan.gui.shared import speak
from paddlescan.paths import Paths
from paddlescan.resources_dir import manual_folder
from tests.conftest import ROOT
from tests.gui.window_rooms import Rooms

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
HEADS: dict[Language, str] = {"en": "PaddleScan: the manual", "zh": "PaddleScan 使用手册"}


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    rooms = Rooms(paths, qtbot)
    made = rooms.open()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    assert rooms.close()
    assert shown() == []


@pytest.fixture
def manual(qtbot: QtBot) -> ManualWindow:
    made = ManualWindow()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def shown() -> list[ManualWindow]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, ManualWindow) and one.isVisible()]


def head(manual: ManualWindow) -> str:
    return manual.text.document().begin().text()


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_the_help_menu_opens_it_in_the_windows_language(
    window: MainWindow, qtbot: QtBot, qapp: QApplication, spoken: Language
) -> None:
    speak(qapp, spoken)
    entry = next(one for one in window.menuBar().actions() if one.menu().objectName() == "help")
    menu = entry.menu()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    (manual,) = shown()
    assert head(manual) == HEADS[spoken]
    other: Language = "en" if spoken == "zh" else "zh"
    speak(qapp, other)
    qtbot.waitUntil(lambda: head(manual) == HEADS[other])
    assert manual.windowTitle() == {"en": "User manual", "zh": "使用手册"}[other]


def test_its_key_brings_the_one_that_is_open_to_the_front_and_esc_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Key.Key_F1, CONTROL | SHIFT)
    (manual,) = shown()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Key.Key_F1, CONTROL | SHIFT)
    assert shown() == [manual]
    qtbot.waitUntil(manual.isActiveWindow)
    QTest.keyClick(manual, Key.Key_Escape)
    assert shown() == []
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Key.Key_F1, CONTROL | SHIFT)
    assert shown() == [manual], "it stands where it was left"


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_its_pictures_are_there_and_fit(manual: ManualWindow, spoken: Language) -> None:
    manual.text.show_manual(spoken)
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", (manual_folder() / f"manual_{spoken}.md").read_text("utf-8"))
    assert len(pictures) > 4
    for name in pictures:
        image = manual.text.document().resource(QTextDocument.ResourceType.ImageResource.value, QUrl(name))
        assert isinstance(image, QImage)
        assert not image.isNull(), name
        assert image.deviceIndependentSize().width() <= WIDEST + 1


def test_the_contents_lead_to_every_section(manual: ManualWindow) -> None:
    names = [manual.contents.item(row).text() for row in range(manual.contents.count())]
    wanted = re.findall("^## (.+)$", (manual_folder() / "manual_en.md").read_text("utf-8"), re.MULTILINE)
    assert names == wanted
    manual.contents.setCurrentRow(names.index("Hand in"))
    top = manual.text.cursorForPosition(manual.text.viewport().rect().topLeft())
    assert manual.text.textCursor().block().text() == "Hand in"
    assert abs(top.blockNumber() - manual.text.textCursor().blockNumber()) <= 2


def test_a_word_is_found_and_the_next_one_round_to_the_first(manual: ManualWindow, qtbot: QtBot) -> None:
    QTest.keyClick(manual, Key.Key_F, CONTROL)
    qtbot.waitUntil(manual.search.hasFocus)
    QTest.keyClicks(manual.search, "flatbed")
    first = manual.text.textCursor()
    assert first.selectedText().lower() == "flatbed"
    QTest.keyClick(manual.search, Key.Key_Return)
    assert manual.text.textCursor().selectionStart() == first.selectionStart(), "it stands there once"
    assert not manual.none.isVisible()
    QTest.keyClicks(manual.search, "zzz")
    assert manual.none.isVisible()


def test_links_lead_to_the_other_language_and_never_outside(manual: ManualWindow) -> None:
    manual.text.anchorClicked.emit(QUrl("manual_zh.md"))
    assert head(manual) == HEADS["zh"]
    for outside in ("https://example.org/manual_en.md", "file:///etc/passwd", "../README.md", "nothing.md"):
        here = head(manual)
        manual.text.anchorClicked.emit(QUrl(outside))
        assert head(manual) == here, outside


def test_all_of_it_is_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "installers" / "pyinstaller"))
    from contents import data_files
    from inputs import inputs_hash
    from manual import manual_files

    files = [file.relative_to(ROOT / "docs").as_posix() for file in manual_files(ROOT)]
    assert {"manual_en.md", "manual_zh.md", "screenshots/review_zh_light.png", "cluster.md"} <= set(files)
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    packed = {one: to for one, to in wheel["force-include"].items() if one.startswith("docs/")}
    assert packed == {f"docs/{file}": f"paddlescan/_resources/manual/{file}" for file in files}
    frozen = {(file, place) for file, place in data_files(ROOT) if place.startswith("resources/manual")}
    places = {(str(ROOT / "docs" / file), Path("resources/manual", file).parent.as_posix()) for file in files}
    assert frozen == places
    assert inputs_hash(ROOT)
