"""Of what a scanner is asked, only the newest is answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.gui.scanner.jobs import ScannerJob
from paddlescan.gui.scanner.talk import ScannerTalk
from tests.scanners import only_test_scanners


class Heard:
    """A talk, and what was heard of it in its order."""

    def __init__(self, qtbot: QtBot) -> None:
        self.owner, self.qtbot = QObject(), qtbot
        self.talk = ScannerTalk(self.owner, self.owner)
        self.said: list[object] = []
        for signal in (self.talk.found, self.talk.known, self.talk.failed):
            signal.connect(self.said.append)
        self.talk.ended.connect(lambda: self.said.append("ended"))

    def jobs(self) -> list[ScannerJob]:
        return self.owner.findChildren(ScannerJob)

    def all_gone(self) -> None:
        self.qtbot.waitUntil(lambda: not self.jobs(), timeout=30_000)


@pytest.fixture
def heard(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    only_test_scanners(tmp_path / "sane", monkeypatch)
    made = Heard(qtbot)
    yield made
    made.talk.forget()
    made.all_gone()


def test_an_answer_that_is_under_way_already_is_dropped_too(heard: Heard, qapp: QApplication) -> None:
    heard.talk.look()
    (job,) = heard.jobs()
    assert job.wait(30_000)  # its answer lies in the queue of this thread
    heard.talk.forget()
    assert not heard.talk.goes_on
    qapp.processEvents()
    heard.all_gone()
    assert heard.said == []
