"""Files dragged over the window, and what the bars show."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from paddlescan.document import EngineInfo
from paddlescan.gui.actions import SHORTCUTS, Actions
from paddlescan.gui.drop_target import DropTarget, DropVeil
from paddlescan.gui.status_bar import StatusBar
from paddlescan.gui.toolbar import Toolbar
from paddlescan.pipeline.progress import ProgressNow

BUTTONS, KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
MOVE = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction


def window(qtbot: QtBot) -> tuple[QMainWindow, DropTarget, DropVeil]:
    made = QMainWindow()
    qtbot.addWidget(made)
    target = DropTarget(made)
    made.resize(400, 300)
    made.show()
    return made, target, made.findChildren(DropVeil)[0]


def files(*paths: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return mime


def enter(over: QMainWindow, mime: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(QPointF(50, 50).toPoint(), MOVE, mime, BUTTONS, KEYS)
    QApplication.sendEvent(over, event)
    return event


def test_files_are_taken_as_copies(qtbot: QtBot, tmp_path: Path) -> None:
    over, target, veil = window(qtbot)
    mime = files(str(tmp_path / "a 1.png"), str(tmp_path))
    assert enter(over, mime).isAccepted()
    assert veil.isVisible()
    assert veil.geometry() == over.rect()
    drop = QDropEvent(QPointF(50, 50), MOVE, mime, BUTTONS, KEYS)
    with qtbot.waitSignal(target.dropped) as dropped:
        QApplication.sendEvent(over, drop)
    assert dropped.args == [[str(tmp_path / "a 1.png"), str(tmp_path)]]
    assert drop.dropAction() == Qt.DropAction.CopyAction
    assert not veil.isVisible()


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text_is_dropped_as_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    over, target, _veil = window(qtbot)
    file = tmp_path / os.fsdecode(b"caf\xe9.png")
    mime = QMimeData()
    mime.setUrls([QUrl.fromEncoded(file.as_uri().encode())])
    enter(over, mime)
    with qtbot.waitSignal(target.dropped) as dropped:
        QApplication.sendEvent(over, QDropEvent(QPointF(50, 50), MOVE, mime, BUTTONS, KEYS))
    assert dropped.args == [[str(file)]]


def test_leaving_takes_the_veil_away(qtbot: QtBot) -> None:
    over, _target, veil = window(qtbot)
    mime = files("/x.png")
    enter(over, mime)
    QApplication.sendEvent(over, QDragLeaveEvent())
    assert not veil.isVisible()


def test_text_links_and_a_closing_window_are_refused(qtbot: QtBot) -> None:
    over, target, veil = window(qtbot)
    text, link = QMimeData(), QMimeData()
    text.setText("hello")
    link.setUrls([QUrl("https://example.org/a.png")])
    assert not enter(over, text).isAccepted()
    assert not enter(over, link).isAccepted()
    target.open = False
    assert not enter(over, files("/x.png")).isAccepted()
    assert not veil.isVisible()


def test_chips_show_counts_and_choose(qtbot: QtBot) -> None:
    over = QMainWindow()
    qtbot.addWidget(over)
    bar = Toolbar(Actions(over))
    over.setCentralWidget(bar)
    over.show()
    bar.set_counts({"all": 120, "needs_review": 7, "failed": 2, "done": 111})
    chip = next(c for c in bar.findChildren(type(bar._chips["failed"])) if c.accessibleName() == "Failed 2")
    with qtbot.waitSignal(bar.filter_changed) as chosen:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chosen.args == ["failed"]
    with qtbot.waitSignal(bar.search_changed) as searched:
        qtbot.keyClicks(bar.search, " grab ")
    assert searched.args == ["grab"]


def test_the_status_bar_speaks(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()

    def texts() -> list[str]:
        return [label.text() for label in bar.findChildren(QLabel) if label.text()]

    bar.show_progress(ProgressNow(86, 120, 40.8, 50.2), running=True)
    bar.show_engine(EngineInfo("onnxruntime", "cpu", "m", "no CUDA GPU found"), 2)
    bar.show_sums("1 selected · 108.00 CNY")
    pace, sums, engine = texts()
    assert pace.startswith("86 of 120 page")
    assert pace.endswith(" · 41 a minute · 50 s left")
    assert sums == "1 selected · 108.00 CNY"
    assert engine.startswith("CPU · ONNX Runtime · 2 worker")
    assert engine.endswith(" — no CUDA GPU found")
    bar.show_progress(ProgressNow(86, 120, 40.8, 50.2), running=False)
    assert texts()[0].endswith(" · stopped · 34 pages wait")
    bar.show_progress(ProgressNow(120, 120, 40.8, 0.0), running=False)
    assert texts()[0].startswith("120 of 120 page")
    assert "·" not in texts()[0]


def test_every_action_has_words_and_keys_of_its_own(qtbot: QtBot) -> None:
    over = QMainWindow()
    qtbot.addWidget(over)
    actions = Actions(over)
    actions.fill(over.menuBar())
    keys = [action.shortcut().toString() for action in over.actions()]
    assert all(keys)
    assert len(set(keys)) == len(keys) == len(SHORTCUTS)
    listed: set[QAction] = set()
    for entry in over.menuBar().actions():
        menu = entry.menu()
        assert menu is not None
        assert entry.text()
        listed |= {action for action in menu.actions() if not action.isSeparator()}
    assert listed == set(over.actions())
    assert all(action.text() for action in listed)
