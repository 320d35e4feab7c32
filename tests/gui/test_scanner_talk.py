"""Of what a scanner is asked, only the newest is answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from paddlescan.desktop.scanner.listing import Scanner
from paddlescan.desktop.scanner.options import Abilities
from paddlescan.gui.scanner.jobs import ScannerJob
from paddlescan.gui.scanner.talk import ScannerTalk
from tests.scanners import only_test_scanners


class Heard:
    """A talk, and what was heard of it in its order."""

    def __init__(self, program: Path, qtbot: QtBot) -> None:
        self.program, self.owner, self.qtbot = program, QObject(), qtbot
        self.talk = ScannerTalk(self.owner, self.owner)
        self.said: list[object] = []
        for signal in (self.talk.found, self.talk.known, self.talk.failed):
            signal.connect(self.said.append)
        self.talk.ended.connect(lambda: self.said.append("ended"))

    def ask_the_first(self) -> None:
        self.talk.ask_abilities(self.program, Scanner("test:0", "frontend-tester"))

    def jobs(self) -> list[ScannerJob]:
        return self.owner.findChildren(ScannerJob)

    def all_gone(self) -> None:
        self.qtbot.waitUntil(lambda: not self.jobs(), timeout=30_000)


@pytest.fixture
def heard(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    made = Heard(only_test_scanners(tmp_path / "sane", monkeypatch), qtbot)
    yield made
    made.talk.forget()
    made.all_gone()


def test_who_asks_anew_hears_nothing_of_what_was_asked_before(heard: Heard) -> None:
    heard.talk.look()
    heard.ask_the_first()
    assert len(heard.jobs()) == 2
    heard.all_gone()
    answer, end = heard.said
    assert isinstance(answer, Abilities)
    assert end == "ended"
    assert not heard.talk.goes_on


def test_an_answer_that_is_under_way_already_is_dropped_too(heard: Heard, qapp: QApplication) -> None:
    heard.talk.look()
    (job,) = heard.jobs()
    assert job.wait(30_000)  # its answer lies in the queue of this thread
    heard.talk.forget()
    assert not heard.talk.goes_on
    qapp.processEvents()
    heard.all_gone()
    assert heard.said == []


def test_what_is_told_to_stop_is_heard_of_once_at_its_end(heard: Heard) -> None:
    heard.talk.look()
    heard.talk.stop()
    assert heard.talk.goes_on
    heard.all_gone()
    assert heard.said == ["ended"]


def test_the_end_is_heard_of_a_job_that_is_gone_by_then(heard: Heard, qapp: QApplication) -> None:
    """A job deletes itself when it is finished, and may do so before the news of its end is here."""
    heard.talk.look()
    heard.talk.stop()
    (job,) = heard.jobs()
    assert job.wait(30_000)
    delete(job)
    qapp.processEvents()
    assert heard.said == ["ended"]
    assert not heard.talk.goes_on
