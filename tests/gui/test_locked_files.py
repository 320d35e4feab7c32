"""Locked files: a person is asked once for a file, and one password opens all of its pages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from paddlescan.document import PageRef, PrepareOptions, SourceFile
from paddlescan.errors import Failure
from paddlescan.gui.page_list_model import PageListModel
from paddlescan.gui.running.locked import LockedFiles
from paddlescan.pipeline.passwords import Passwords
from paddlescan.store import PageRow

THREE = 3
"""Pages of each file; file 0 has the pages 1, 2, 3 and file 1 has 4, 5, 6."""


def row(page_id: int) -> PageRow:
    file, number = divmod(page_id - 1, THREE)
    ref = PageRef(SourceFile(f"/in/{file}.pdf".encode(), f"{file}.pdf"), number + 1, page_id)
    return PageRow(page_id, 1, ref, file, "reading", 1, PrepareOptions(), THREE, None, None)


class Desk:
    """Two locked files, and what was asked."""

    def __init__(self) -> None:
        self.parent = QObject()
        self.pages = PageListModel(self.parent)
        self.pages.load([row(page) for page in range(1, 2 * THREE + 1)])
        self.passwords = Passwords()
        self.locked = LockedFiles(self.passwords, self.pages, self.parent)
        self.asked: list[tuple[int, bool]] = []
        self.locked.ask.connect(lambda page, wrong: self.asked.append((page, wrong)))

    def fail(self, *pages: int, wrong: bool = False) -> None:
        for page in pages:
            self.pages.set_state(page, "failed", Failure("wrong_password" if wrong else "password_needed"))
            self.locked.add(page, wrong)

    def password_of(self, page: int) -> str | None:
        return self.passwords.get(row(page).ref.source)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk()


def test_a_file_is_asked_about_once_and_all_its_pages_open(desk: Desk) -> None:
    desk.fail(2, 1, 4, 3)
    assert desk.asked == [(2, False)]
    assert desk.locked.answer(2, "secret") == [1, 2, 3]
    assert desk.asked == [(2, False), (4, False)]
    assert (desk.password_of(1), desk.password_of(4)) == ("secret", None)


def test_one_password_for_all(desk: Desk) -> None:
    desk.fail(1, 2, 4, 5)
    assert desk.locked.answer(1, "secret", for_all=True) == [1, 2, 4, 5]
    assert desk.asked == [(1, False)]
    assert desk.password_of(6) == "secret"


def test_a_file_left_locked_stays_so_until_somebody_asks_for_it(desk: Desk) -> None:
    desk.fail(1, 2)
    assert desk.locked.answer(1, None) == []
    desk.fail(3)
    assert desk.asked == [(1, False)]
    desk.locked.ask_again(3)
    assert desk.asked == [(1, False), (3, False)]
    assert desk.locked.answer(3, "secret") == [1, 2, 3]


def test_a_wrong_password_is_said_and_forgotten(desk: Desk) -> None:
    desk.fail(1, 2)
    desk.locked.answer(1, "wrong")
    desk.fail(1, 2, wrong=True)
    assert desk.asked == [(1, False), (1, True)]
    assert desk.password_of(1) is None
    assert desk.locked.answer(1, "right") == [1, 2]


def test_a_page_that_failed_before_the_password_came_is_read_again_unasked(desk: Desk, qtbot: QtBot) -> None:
    desk.fail(1)
    desk.locked.answer(1, "secret")
    with qtbot.waitSignal(desk.locked.read_again) as again:
        desk.fail(2)
    assert again.args == [2]
    assert desk.asked == [(1, False)]


def test_a_page_that_failed_with_an_older_password_does_not_take_the_right_one_away(desk: Desk, qtbot: QtBot) -> None:
    desk.fail(1)
    desk.locked.answer(1, "wrong")
    desk.fail(1, wrong=True)
    desk.locked.answer(1, "right")  # while page 2 is still being read with the wrong one
    with qtbot.waitSignal(desk.locked.read_again) as again:
        desk.fail(2, wrong=True)
    assert again.args == [2]
    assert desk.password_of(2) == "right"
    assert desk.asked == [(1, False), (1, True)]
    desk.fail(2, wrong=True)
    assert desk.asked[-1] == (2, True)
