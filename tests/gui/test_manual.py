"""The manual says what the window says: its keys are keys, and its words stand on buttons and menus."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from paddlescan.desktop.menus.entries import ENTRIES
from paddlescan.document import Language
from paddlescan.export.template_files import built_in
from paddlescan.gui.actions import Actions, bare
from paddlescan.gui.dialogs.shortcuts import ShortcutSheet
from paddlescan.gui.shared import speak
from paddlescan.gui.viewer.actions import ViewerActions
from paddlescan.resources_dir import resource

DOCS = Path(__file__).parents[2] / "docs"
KEY = re.compile(r"(?:(?:Ctrl|Shift|Alt)\+)*(?:F\d+|Enter|Esc|Del|Ins|Space|(?<=\+)\S)")
QUOTED = {"en": re.compile(r"(?<!\*)\*(?=\S)([^*|]+)\*(?!\*)"), "zh": re.compile("“([^”]+)”")}
"""How the manual marks the window's words."""


OF_THE_SYSTEM: dict[Language, set[str]] = {
    "en": {"Open With", "Send to", "Scripts", "Quick Actions", "Show more options", "Installed apps"},
    "zh": {"打开方式", "发送到", "脚本", "快速操作", "显示更多选项", "已安装的应用", "应用程序"},
}
"""Words of file managers and of the systems around them."""


def manual(language: Language) -> str:
    return (DOCS / f"manual_{language}.md").read_text("utf-8")


@pytest.fixture
def keys(qtbot: QtBot) -> set[str]:
    """Every key that the sheet of keys knows; of a row of figures each."""
    window, bar = QWidget(), QMenuBar()
    for made in (window, bar):
        qtbot.addWidget(made)
    actions = Actions(window)
    actions.fill(bar)
    sheet = ShortcutSheet(window, actions, ViewerActions(window).all)
    told = {key for card in sheet.cards for row, _, _ in card.rows for key in row.keys}
    return {*told, *(f"Ctrl+{figure}" for figure in range(1, 10) if "Ctrl+1 … 9" in told)}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_key_in_the_manual_does_something(keys: set[str], language: Language) -> None:
    named = {span for span in re.findall(r"`([^`\n]+)`", manual(language)) if KEY.fullmatch(span)}
    assert {"F8", "Ctrl+Z", "Ctrl+T", "Ctrl+,"} <= named
    assert named <= keys, named - keys


def words_of_the_window(language: Language) -> set[str]:
    """Sources or translations of the catalogue, and what the tables of words add."""
    root = ElementTree.parse(resource("translations", "paddlescan_zh_CN.ts")).getroot()
    said = "source" if language == "en" else "translation"
    words = {message.findtext(said) or "" for message in root.iter("message")}
    for table in ("columns", "quality", "sheets"):
        for entry in json.loads(resource("messages", f"{table}.json").read_text("utf-8")).values():
            words.add(entry.get(language, ""))
    words |= {template.title(language) for template in built_in()}
    words |= {entry.label(language) for entry in ENTRIES} | OF_THE_SYSTEM[language]
    return {bare(word) for word in words}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_its_words_are_the_windows_words(language: Language) -> None:
    prose = re.sub(r"^(!\[.*|\* )", "", manual(language), flags=re.MULTILINE)
    named = {" ".join(found.split()) for found in QUOTED[language].findall(prose)}
    assert len(named) > 20
    assert not {word for word in named if bare(word) not in words_of_the_window(language)}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_entry_of_the_file_menu_is_in_the_manual(qtbot: QtBot, qapp: QApplication, language: Language) -> None:
    window, bar = QWidget(), QMenuBar()
    for made in (window, bar):
        qtbot.addWidget(made)
    actions = Actions(window)
    actions.fill(bar)
    speak(qapp, language)
    QApplication.sendPostedEvents()
    actions.retranslate()
    needless = (actions.samples, actions.quit)
    file = bar.actions()[0].menu()
    assert isinstance(file, QMenu)
    entries = {bare(one.text()) for one in file.actions() if one.text() and one not in needless}
    named = {bare(" ".join(found.split())) for found in QUOTED[language].findall(manual(language))}
    assert len(entries) > 8
    assert entries - named == set()
