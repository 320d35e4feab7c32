"""What a start says of pages that wait, and for how long: it never says that reading goes on while it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.document import Language
from paddlescan.errors import DiskFull
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.running import jobs
from paddlescan.gui.running.kept_drops import KeptDrops
from paddlescan.gui.shared import speak
from paddlescan.gui.status_bar import StatusBar
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.settings import Settings
from paddlescan.store import Store
from tests.gui.running_workers import BlankWorker, StuckWorker
from tests.unit.store.making import files

GOING_ON = {
    "en": "Going on where it stopped: 21 pages wait",
    "zh": "从上次停下的地方继续：还有 21 页等待识别",
}
Open = Callable[..., MainWindow]


def waiting_batch(paths: Paths, count: int, name: str = "") -> int:
    """A batch of the window with so many pages that wait."""
    with Store(paths.store) as store:
        batch = store.create_batch(name)
        store.add_sources(batch, files(count, f"/scans/{batch}"))
        return batch


@pytest.fixture
def open_window(paths: Paths, qtbot: QtBot) -> Iterator[Open]:
    """Opens windows one after another; their workers hold the page in hand, or take it for a blank one."""
    opened: list[MainWindow] = []

    def make(kind: type[BlankWorker | StuckWorker] = StuckWorker) -> MainWindow:
        close(opened)
        work = Workplace(paths, Settings(workers=1))
        work.controller.pool._make = lambda batch, _n, crew: kind(paths.store, batch, crew)
        window = MainWindow(work)
        qtbot.addWidget(window)
        opened.append(window)
        window.show()
        with qtbot.waitSignal(work.controller.batch_changed):
            work.start()
        return window

    yield make
    close(opened)


def close(opened: list[MainWindow]) -> None:
    while opened:
        window = opened.pop()
        window.close()
        assert window.workplace.end()


def news(window: MainWindow) -> str:
    return window.status._news.text()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_not_said_any_more_once_a_person_stopped_it(
    open_window: Open, paths: Paths, qtbot: QtBot, qapp: QApplication, language: Language
) -> None:
    speak(qapp, language)
    waiting_batch(paths, 21)
    window = open_window()
    qtbot.waitUntil(lambda: window.workplace.controller.running)
    assert news(window) == GOING_ON[language]
    window.actions_.stop.trigger()
    assert news(window) == ""


def test_it_is_not_said_any_more_once_all_is_read(open_window: Open, paths: Paths, qtbot: QtBot) -> None:
    waiting_batch(paths, 3)
    window = open_window(BlankWorker)
    said: list[str] = []
    window.status.said.connect(said.append)
    controller = window.workplace.controller
    qtbot.waitUntil(lambda: controller.pages.rowCount() == 3 and not controller.waiting and not controller.running)
    assert not any("Going on" in words for words in (news(window), *said))


def test_it_is_not_said_any_more_once_another_batch_is_in_front(open_window: Open, paths: Paths, qtbot: QtBot) -> None:
    waiting_batch(paths, 21)
    window = open_window()
    qtbot.waitUntil(lambda: news(window) == GOING_ON["en"])
    with qtbot.waitSignal(window.workplace.controller.batch_changed):
        window.actions_.new_batch.trigger()
    assert news(window) == ""


def test_news_that_are_over_before_their_turn_are_never_said(qtbot: QtBot) -> None:
    status = StatusBar(shortest_s=0.05)
    qtbot.addWidget(status)
    seen: list[str] = []
    status.said.connect(seen.append)
    for words in ("2 edits", "Going on", "Room"):
        status.say(words)
    status.take_back("Going on")
    qtbot.waitUntil(lambda: status._news.text() == "Room")
    assert seen == ["2 edits", "Room"]
    status.take_back("2 edits")
    assert status._news.text() == "Room", "only what it names"
    status.take_back("Room")
    assert status._news.text() == ""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_news_that_have_too_little_room_end_in_an_ellipsis_and_are_whole_in_their_hint(
    qtbot: QtBot, language: Language
) -> None:
    status = StatusBar()
    qtbot.addWidget(status)
    status.resize(160, 30)
    status.show()
    status.say(GOING_ON[language])
    shown = status._news.shown()
    assert shown.endswith("…") and len(shown) < len(GOING_ON[language])
    assert status._news.toolTip() == GOING_ON[language]
    status.resize(1200, 30)
    qtbot.waitUntil(lambda: status._news.shown() == GOING_ON[language])
    assert status._news.toolTip() == ""


# which batch a start opens ------------------------------------------------------------------------


def asked(window: MainWindow, qtbot: QtBot) -> None:
    """Until the store's desk has done what it was asked."""
    with qtbot.waitCallback() as done:
        window.workplace.controller.desk.ask(lambda _store: True, done)


def bring(window: MainWindow, batch: int, qtbot: QtBot) -> None:
    """Open it from the history."""
    window.workplace.controller.open_batch(batch)
    qtbot.waitUntil(lambda: window.workplace.controller.batch == batch)


def test_a_start_opens_the_batch_that_was_in_front_and_goes_on_with_it(
    open_window: Open, paths: Paths, qtbot: QtBot
) -> None:
    older, _newer = (waiting_batch(paths, count) for count in (21, 3))
    first = open_window()
    bring(first, older, qtbot)
    second = open_window()
    assert second.workplace.controller.batch == older
    qtbot.waitUntil(lambda: second.workplace.controller.running)
    assert news(second) == GOING_ON["en"]


def test_an_empty_new_batch_is_not_opened_before_one_with_pages(open_window: Open, paths: Paths, qtbot: QtBot) -> None:
    older, _newer = (waiting_batch(paths, count) for count in (21, 3))
    first = open_window()
    bring(first, older, qtbot)
    first.actions_.new_batch.trigger()
    qtbot.waitUntil(lambda: first.workplace.controller.batch != older)
    assert open_window().workplace.controller.batch == older


def test_a_new_batch_with_a_row_by_hand_a_name_or_files_to_come_is_used(
    open_window: Open, paths: Paths, qtbot: QtBot
) -> None:
    waiting_batch(paths, 3)
    with Store(paths.store) as store:
        by_hand, named, dropped = (store.create_batch(name) for name in ("", "April", ""))
        store.add_receipt(by_hand)
        for batch in (by_hand, named, dropped):
            store.note_front(batch)
    kept = KeptDrops(paths.store)
    drop = kept.new(dropped, ["/scans/to come"])
    kept.keep(drop)
    kept.let_go()
    with Store(paths.store) as store:
        for expected in (dropped, named, by_hand):
            opened = jobs.open_last(store, kept.batches())
            assert opened is not None and opened.summary.id == expected
            jobs.release(opened)
            kept.forget(drop)
            if expected != dropped:
                store.delete_batch(expected)


def test_a_batch_in_front_that_is_gone_or_held_by_another_window_is_passed_over(paths: Paths) -> None:
    older, newer = (waiting_batch(paths, count) for count in (21, 3))
    with Store(paths.store) as store:
        store.note_front(newer)
        store.note_front(older)
        with store.lease(older):
            opened = jobs.open_last(store)
            assert opened is not None and opened.summary.id == newer
            jobs.release(opened)
        store.delete_batch(older)
        opened = jobs.open_last(store)
        assert opened is not None and opened.summary.id == newer
        jobs.release(opened)


# a batch that a person stopped ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "0 of 21 pages · stopped · 21 pages wait"), ("zh", "已完成 0 / 21 页 · 已停止 · 还有 21 页等待识别")],
)
def test_what_a_person_stopped_stays_so_at_the_next_start_and_says_so(
    open_window: Open, paths: Paths, qtbot: QtBot, qapp: QApplication, language: Language, words: str
) -> None:
    speak(qapp, language)
    waiting_batch(paths, 21)
    first = open_window()
    qtbot.waitUntil(lambda: first.workplace.controller.running)
    first.actions_.stop.trigger()
    for _start in range(2):
        window = open_window()
        controller = window.workplace.controller
        qtbot.waitUntil(lambda window=window: window.actions_.stop.isVisible())  # type: ignore[misc]
        asked(window, qtbot)
        assert not controller.running
        assert not controller.pool.busy
        assert window.status._pace.text() == words
        assert window.actions_.stop.text() == {"en": "Continue", "zh": "继续"}[language]
        assert news(window) == ""
    window.actions_.stop.trigger()
    assert controller.running
    third = open_window()
    qtbot.waitUntil(lambda: third.workplace.controller.running)
    assert news(third) == GOING_ON[language]


def test_new_files_go_on_with_a_batch_that_was_stopped_at_an_earlier_start(
    open_window: Open, paths: Paths, folder: Callable[..., Path], qtbot: QtBot
) -> None:
    waiting_batch(paths, 3)
    first = open_window()
    qtbot.waitUntil(lambda: first.workplace.controller.running)
    first.actions_.stop.trigger()
    second = open_window()
    controller = second.workplace.controller
    asked(second, qtbot)
    assert not controller.running
    controller.add_paths([str(folder(2))])
    qtbot.waitUntil(lambda: controller.pages.counts["reading"] == 1 and controller.pages.rowCount() == 5)
    third = open_window()
    qtbot.waitUntil(lambda: third.workplace.controller.running)


def test_files_that_were_dropped_before_the_stop_do_not_end_it(
    open_window: Open, paths: Paths, folder: Callable[..., Path], qtbot: QtBot
) -> None:
    batch = waiting_batch(paths, 3)
    with Store(paths.store) as store:
        store.note_stopped(batch, True)
    kept = KeptDrops(paths.store)
    kept.keep(kept.new(batch, [str(folder(2))]))
    kept.let_go()
    controller = open_window().workplace.controller
    qtbot.waitUntil(lambda: controller.pages.rowCount() == 5 and not controller.drops.busy)
    assert not controller.running
    assert controller.pages.counts["waiting"] == 5


def test_closing_is_no_stop(open_window: Open, paths: Paths, qtbot: QtBot) -> None:
    batch = waiting_batch(paths, 3)
    first = open_window()
    qtbot.waitUntil(lambda: first.workplace.controller.running)
    open_window()
    with Store(paths.store) as store:
        assert not store.summary(batch).stopped


def test_the_journal_says_that_a_person_went_on_after_another_start(
    open_window: Open, paths: Paths, qtbot: QtBot
) -> None:
    batch = waiting_batch(paths, 3)
    with Store(paths.store) as store:
        store.note_stopped(batch, True)
    window = open_window()
    qtbot.waitUntil(window.actions_.stop.isVisible)
    window.actions_.stop.trigger()
    asked(window, qtbot)
    with Store(paths.store) as store:
        assert [event.what for event in store.journal(batch) if event.page_id is None][-1] == "resumed"


# pages that wait in other batches ---------------------------------------------------------------------


def told(window: MainWindow) -> str:
    return window.notice._text.text() if window.notice.isVisible() else ""


@pytest.mark.parametrize(
    ("language", "words", "button"),
    [
        ("en", "21 pages of “March” wait. Pages of 2 other batches wait, too.", "Open it"),
        ("zh", "“March”还有 21 页等待识别。另有 2 个批次也有页面等待识别。", "打开"),
    ],
)
def test_a_start_tells_once_of_other_batches_that_wait_and_opens_the_one_with_the_most(
    open_window: Open, paths: Paths, qtbot: QtBot, qapp: QApplication, language: Language, words: str, button: str
) -> None:
    waiting_batch(paths, 2)
    march = waiting_batch(paths, 21, "March")
    waiting_batch(paths, 1)
    front = waiting_batch(paths, 3)
    window = open_window()
    controller = window.workplace.controller
    qtbot.waitUntil(lambda: told(window) != "")
    speak(qapp, language)
    QApplication.sendPostedEvents()
    assert told(window) == words
    assert window.notice._retry.text() == button
    assert controller.batch == front
    window.notice._retry.click()
    qtbot.waitUntil(lambda: controller.batch == march and controller.running)
    qtbot.waitUntil(lambda: "3" in told(window))
    assert told(window).startswith({"en": "3 pages of “Batch 4” wait.", "zh": "“批次 4”还有 3 页"}[language])


def test_what_was_told_and_closed_is_not_told_again_when_nothing_more_waits(
    open_window: Open, paths: Paths, qtbot: QtBot
) -> None:
    with Store(paths.store) as store:
        read = [store.create_batch(name) for name in ("one", "two")]
    waiting_batch(paths, 21, "March")
    with Store(paths.store) as store:
        store.note_front(read[0])
        store.add_receipt(read[0])
    window = open_window()
    qtbot.waitUntil(lambda: told(window) == "21 pages of “March” wait.")
    window.notice._close.click()
    bring(window, read[1], qtbot)
    asked(window, qtbot)
    asked(window, qtbot)
    assert told(window) == ""


@pytest.mark.parametrize("how", ["new", "history"])
def test_leaving_a_batch_whose_pages_wait_says_where_they_wait(
    open_window: Open, paths: Paths, qtbot: QtBot, how: str
) -> None:
    with Store(paths.store) as store:
        other = store.create_batch("other")
    march = waiting_batch(paths, 21, "March")
    window = open_window()
    qtbot.waitUntil(lambda: window.workplace.controller.running)
    asked(window, qtbot)
    assert told(window) == ""
    if how == "new":
        window.actions_.new_batch.trigger()
    else:
        bring(window, other, qtbot)
    qtbot.waitUntil(lambda: told(window) == "21 pages of “March” wait.")
    bring(window, march, qtbot)
    qtbot.waitUntil(lambda: told(window) == "")


def test_the_batch_that_is_left_is_named_before_one_with_more_pages(
    open_window: Open, paths: Paths, qtbot: QtBot
) -> None:
    waiting_batch(paths, 40, "April")
    waiting_batch(paths, 21, "March")
    window = open_window()
    qtbot.waitUntil(lambda: told(window) == "40 pages of “April” wait.")
    window.actions_.new_batch.trigger()
    qtbot.waitUntil(lambda: told(window) == "21 pages of “March” wait. Pages of 1 other batch wait, too.")


def test_a_batch_that_a_living_program_reads_or_that_is_not_the_windows_is_not_spoken_of(paths: Paths) -> None:
    free, held = (waiting_batch(paths, count) for count in (1, 21))
    with Store(paths.store) as store:
        store.add_sources(store.create_batch("", "cli"), files(2, "/cli"))
        with store.lease(held):
            assert [each.id for each in jobs.waiting_elsewhere(store, None, None)] == [free]
        assert [each.id for each in jobs.waiting_elsewhere(store, None, None)] == [held, free]
        assert [each.id for each in jobs.waiting_elsewhere(store, held, None)] == [free]


def test_what_stands_still_is_told_before_it(open_window: Open, paths: Paths, qtbot: QtBot) -> None:
    waiting_batch(paths, 21, "March")
    waiting_batch(paths, 3)
    window = open_window()
    full = DiskFull(detail="no space").failure
    window.workplace.controller.trouble.emit(full)
    qtbot.waitUntil(lambda: window.notice.has("pages_wait_elsewhere"))
    assert window.notice.code == full.code
    window.notice.take_back(full.code)
    assert told(window) == "21 pages of “March” wait."
    assert window.notice._shape.state == "waiting"


def test_files_that_are_taken_in_for_another_batch_are_spoken_of_too(
    open_window: Open, paths: Paths, folder: Callable[..., Path], qtbot: QtBot
) -> None:
    with Store(paths.store) as store:
        march, front = (store.create_batch(name) for name in ("March", "front"))
    kept = KeptDrops(paths.store)
    kept.keep(kept.new(march, [str(folder(2))]))
    kept.let_go()
    window = open_window()
    assert window.workplace.controller.batch == front
    qtbot.waitUntil(lambda: told(window) == "2 pages of “March” wait.")


@pytest.mark.parametrize(
    ("language", "reading", "stopped"),
    [("en", "3 pages still being read", "3 pages not read yet"), ("zh", "还有 3 页正在识别", "3 页尚未识别")],
)
def test_nothing_is_said_to_be_checked_while_pages_are_not_read(
    open_window: Open, paths: Paths, qtbot: QtBot, qapp: QApplication, language: Language, reading: str, stopped: str
) -> None:
    speak(qapp, language)
    waiting_batch(paths, 3)
    window = open_window()
    strip = window.fields.strip
    qtbot.waitUntil(lambda: strip.text() == reading)
    window.workplace.controller.stop()
    qtbot.waitUntil(lambda: strip.text() == stopped)
    window = open_window(BlankWorker)
    window.workplace.controller.resume()
    strip = window.fields.strip
    done = {"en": "Nothing left to check", "zh": "已全部核对"}[language]
    qtbot.waitUntil(lambda: strip.text() == done)
