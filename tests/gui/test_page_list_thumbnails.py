"""Pictures of the pages in sight: asked for where the list rests, let go when scrolled away, made anew when due."""

from __future__ import annotations

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from paddlescan.gui.page_list import PageList
from paddlescan.gui.page_list_model import PageListModel
from paddlescan.gui.page_list_thumbnails import KEPT, Thumbnails
from tests.gui.test_shell_page_list import row


class Bench:
    """Thumbnails of pages 1 to 1000, with what they asked for."""

    def __init__(self) -> None:
        self.seen = set(range(1, 1001))
        self.asked: list[int] = []
        self.wanted: list[set[int]] = []
        self.thumbnails = Thumbnails(lambda: self.seen)
        self.thumbnails.wanted.connect(lambda page, _ref, _side: self.asked.append(page))
        self.thumbnails.only_wanted.connect(self.wanted.append)

    def paint(self, qtbot: QtBot, *pages: int) -> None:
        """Paint these pages, and wait for what is asked."""
        with qtbot.waitSignal(self.thumbnails.only_wanted):
            for page in pages:
                assert self.thumbnails.picture(row(page, page)) is None


def picture() -> QImage:
    return QImage(20, 30, QImage.Format.Format_RGB32)


def test_pictures_in_memory_are_bounded(qtbot: QtBot) -> None:
    bench = Bench()
    for page in range(1, KEPT + 2):
        bench.thumbnails.take(page, picture())
    assert bench.thumbnails.picture(row(KEPT + 1, 0)) is not None
    bench.paint(qtbot, 1)  # the oldest went
    assert bench.asked == [1]


def test_a_page_without_a_picture_is_not_asked_for_again(qtbot: QtBot) -> None:
    bench = Bench()
    bench.paint(qtbot, 1)
    bench.thumbnails.give_up(1)
    with qtbot.assertNotEmitted(bench.thumbnails.only_wanted, wait=100):
        assert bench.thumbnails.picture(row(1, 0)) is None
    assert bench.asked == [1]


def test_what_was_scrolled_away_is_let_go_and_asked_for_when_it_is_back(qtbot: QtBot) -> None:
    bench = Bench()
    bench.seen = {1, 2}
    bench.paint(qtbot, 1, 2, 3)  # 3 was painted and is out of sight by now
    assert bench.asked == [1, 2]
    bench.seen = {2, 9}
    bench.paint(qtbot, 9)
    assert bench.wanted[-1] == {2, 9}
    bench.seen = {1, 2, 3}
    bench.paint(qtbot, 1, 2, 3)
    assert bench.asked == [1, 2, 9, 1, 3]


def test_a_locked_page_gets_its_picture_once_it_is_open(qtbot: QtBot) -> None:
    bench = Bench()
    bench.paint(qtbot, 1)
    bench.thumbnails.give_up(1)
    bench.thumbnails.page_changed(1, "reading")
    assert bench.thumbnails.picture(row(1, 1)) is None
    with qtbot.waitSignal(bench.thumbnails.arrived) as told:  # so that it is painted, and asked for
        bench.thumbnails.page_changed(1, "done")
    assert told.args == [1]
    bench.paint(qtbot, 1)
    assert bench.asked == [1, 1]


def test_a_page_to_be_read_again_gets_a_new_picture_and_a_page_just_read_keeps_its_own(qtbot: QtBot) -> None:
    bench = Bench()
    bench.thumbnails.take(1, picture())
    bench.thumbnails.page_changed(1, "reading")
    bench.thumbnails.page_changed(1, "done")
    assert bench.thumbnails.picture(row(1, 1)) is not None
    bench.thumbnails.page_changed(1, "waiting")
    bench.paint(qtbot, 1)
    assert bench.asked == [1]


def test_the_list_knows_what_is_in_sight(qtbot: QtBot) -> None:
    model = PageListModel()
    view = PageList(model)
    qtbot.addWidget(view)
    view.resize(180, 600)
    assert view.pages_in_sight() == []
    view.show()
    assert view.pages_in_sight() == []
    model.load([row(1, 0), row(2, 1)])
    qtbot.waitUntil(lambda: view.pages_in_sight() == [1, 2])
    model.load([row(number, number) for number in range(1, 10_001)])
    view.scrollToBottom()
    qtbot.waitUntil(lambda: view.pages_in_sight()[-1:] == [10_000])
    assert 9 <= len(view.pages_in_sight()) <= 11
