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
        self.tickets: list[int] = []
        self.wanted: list[set[int]] = []
        self.thumbnails = Thumbnails(lambda: self.seen)
        self.thumbnails.wanted.connect(self._note)
        self.thumbnails.only_wanted.connect(self.wanted.append)

    def _note(self, page: int, _ref: object, _side: int, ticket: int) -> None:
        self.asked.append(page)
        self.tickets.append(ticket)

    def paint(self, qtbot: QtBot, *pages: int) -> None:
        """Paint these pages, and wait for what is asked."""
        with qtbot.waitSignal(self.thumbnails.only_wanted):
            for page in pages:
                assert self.thumbnails.picture(row(page, page)) is None


def picture(width: int = 20) -> QImage:
    return QImage(width, 30, QImage.Format.Format_RGB32)


def width_shown(bench: Bench, page: int) -> int | None:
    shown = bench.thumbnails.picture(row(page, page))
    return None if shown is None else shown.width()


def test_pictures_in_memory_are_bounded(qtbot: QtBot) -> None:
    bench = Bench()
    bench.paint(qtbot, *range(1, KEPT + 2))
    for page, ticket in zip(bench.asked, bench.tickets, strict=True):
        bench.thumbnails.take(page, picture(), ticket)
    bench.asked.clear()
    assert bench.thumbnails.picture(row(KEPT + 1, 0)) is not None
    bench.paint(qtbot, 1)  # the oldest went
    assert bench.asked == [1]


def test_a_page_without_a_picture_is_not_asked_for_again(qtbot: QtBot) -> None:
    bench = Bench()
    bench.paint(qtbot, 1)
    bench.thumbnails.give_up(1, None, bench.tickets[-1])
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
    bench.thumbnails.give_up(1, None, bench.tickets[-1])
    bench.thumbnails.page_changed(1, "reading")
    assert bench.thumbnails.picture(row(1, 1)) is None
    with qtbot.waitSignal(bench.thumbnails.arrived) as told:  # so that it is painted, and asked for
        bench.thumbnails.page_changed(1, "done")
    assert told.args == [1]
    bench.paint(qtbot, 1)
    assert bench.asked == [1, 1]


def test_a_page_to_be_read_again_gets_a_new_picture_and_a_page_just_read_keeps_its_own(qtbot: QtBot) -> None:
    bench = Bench()
    bench.paint(qtbot, 1)
    bench.thumbnails.take(1, picture(), bench.tickets[-1])
    bench.thumbnails.page_changed(1, "reading")
    bench.thumbnails.page_changed(1, "done")
    assert bench.thumbnails.picture(row(1, 1)) is not None
    bench.thumbnails.page_changed(1, "waiting")
    bench.paint(qtbot, 1)
    assert bench.asked == [1, 1]


def test_a_picture_of_the_file_as_it_was_comes_too_late(qtbot: QtBot) -> None:
    bench = Bench()
    bench.paint(qtbot, 1)
    old = bench.tickets[-1]
    bench.thumbnails.page_changed(1, "waiting")  # its file was replaced while the picture was under way
    bench.thumbnails.take(1, picture(11), old)
    bench.paint(qtbot, 1)
    assert bench.asked == [1, 1]
    bench.thumbnails.take(1, picture(11), old)  # drawn after it was asked for anew, yet of the old request
    bench.thumbnails.give_up(1, None, old)
    assert width_shown(bench, 1) is None
    bench.thumbnails.take(1, picture(22), bench.tickets[-1])
    bench.thumbnails.take(1, picture(11), old)
    assert width_shown(bench, 1) == 22


def test_a_picture_of_another_batch_comes_too_late(qtbot: QtBot) -> None:
    bench = Bench()
    bench.paint(qtbot, 1)
    bench.thumbnails.clear()
    bench.thumbnails.take(1, picture(), bench.tickets[-1])
    bench.paint(qtbot, 1)
    assert bench.asked == [1, 1]


def test_what_was_scrolled_away_and_is_drawn_all_the_same_is_kept(qtbot: QtBot) -> None:
    bench = Bench()
    bench.paint(qtbot, 1)
    bench.seen = {9}
    bench.paint(qtbot, 9)
    bench.thumbnails.take(1, picture(), bench.tickets[0])
    assert width_shown(bench, 1) == 20


def test_a_page_painted_again_and_again_is_asked_for_all_the_same(qtbot: QtBot) -> None:
    bench = Bench()
    qtbot.waitUntil(lambda: bench.thumbnails.picture(row(1, 0)) is None and bench.asked == [1])  # each 10 ms


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
