"""What stands still is said until it is over: a later notice hides an earlier one, and never ends it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.errors import (
    DiskFull,
    EngineStops,
    EngineStorms,
    Failure,
    RowGone,
    StoreBusy,
    StoreDamaged,
    StoreMended,
    StoreRestored,
    StoreSetAside,
    StoreTooNew,
)
from paddlescan.gui.dialogs.batches import BatchesDialog
from paddlescan.gui.dialogs.notice import Notice
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.shared import speak
from paddlescan.gui.status_bar import StatusBar
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.pipeline.progress import ProgressNow
from paddlescan.pipeline.room import Room
from paddlescan.settings import Settings

ASIDE = StoreSetAside(detail="12", file="/home/of/the/damaged").failure
STORM = EngineStorms(detail="it crashes").failure
BUSY = StoreBusy().failure


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(Workplace(paths, Settings()))
    qtbot.addWidget(window)
    window.show()
    yield window
    assert window.workplace.end()


def told(window: MainWindow) -> str:
    return window.notice.code if window.notice.isVisible() else ""


def test_a_save_that_waited_and_went_well_leaves_what_was_told_before(window: MainWindow) -> None:
    work = window.workplace
    work.controller.trouble.emit(ASIDE)
    work.review.save_trouble.emit(BUSY)
    assert told(window) == BUSY.code
    work.review.save_trouble.emit(None)
    assert told(window) == ASIDE.code
    assert "/home/of/the/damaged" in window.notice.accessibleName()


def test_a_storm_and_a_save_end_each_by_itself(window: MainWindow) -> None:
    work = window.workplace
    work.controller.storm.emit(STORM)
    work.review.save_trouble.emit(BUSY)
    work.review.save_trouble.emit(None)
    assert told(window) == STORM.code
    work.review.save_trouble.emit(BUSY)
    work.controller.storm.emit(STORM)
    assert told(window) == STORM.code
    work.controller.storm.emit(None)
    assert told(window) == BUSY.code
    work.review.save_trouble.emit(None)
    assert told(window) == ""


def test_room_that_is_short_is_no_matter_once_nothing_waits(window: MainWindow) -> None:
    window.workplace.room.needed.emit(Room(10, 300_000_000, 20_000_000))
    assert told(window) == "disk_short"
    window.workplace.controller.progress_changed.emit(ProgressNow(10, 10, None, 0), False)
    assert told(window) == ""


def test_room_that_is_short_is_not_said_over_a_disk_that_is_full(window: MainWindow) -> None:
    window.workplace.controller.trouble.emit(DiskFull(detail="x").failure)
    window.workplace.room.needed.emit(Room(10, 300_000_000, 20_000_000))
    assert told(window) == "disk_full"


def test_saving_fails_for_one_reason_at_a_time(window: MainWindow) -> None:
    review = window.workplace.review
    review.save_trouble.emit(BUSY)
    review.save_trouble.emit(DiskFull(detail="x").failure)
    review.save_trouble.emit(None)
    assert told(window) == ""


def test_what_a_row_that_is_gone_lost_is_not_over_with_the_next_save(window: MainWindow) -> None:
    review = window.workplace.review
    review.save_trouble.emit(RowGone().failure)
    assert not window.notice._retry.isVisible()
    review.save_trouble.emit(None)
    assert told(window) == RowGone.code


def test_a_full_disk_that_stops_reading_is_not_over_when_an_edit_is_saved(window: MainWindow) -> None:
    work, full = window.workplace, DiskFull(detail="x").failure
    work.controller.trouble.emit(full)
    work.review.save_trouble.emit(full)
    work.review.save_trouble.emit(None)
    assert told(window) == full.code
    work.room.again.emit()
    assert told(window) == ""


@pytest.mark.parametrize("kind", [StoreDamaged, StoreTooNew, StoreSetAside, StoreMended])
def test_what_no_click_can_mend_has_no_button(window: MainWindow, kind: type[StoreDamaged]) -> None:
    window.workplace.controller.trouble.emit(kind(detail="x").failure)
    assert told(window) == kind.code
    assert not window.notice._retry.isVisible()


def test_a_list_that_was_restored_is_shown_by_a_click(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    restored = StoreRestored(detail="6", extra="2026-11-25 16:40").failure
    for language, where, button in (
        ("zh", "这些票据在“历史批次”里", "历史批次…"),
        ("en", "among the earlier", "Earlier batches…"),
    ):
        speak(qapp, language)  # type: ignore[arg-type]
        window.workplace.controller.trouble.emit(restored)
        assert where in window.notice.accessibleName()
        assert window.notice._retry.text() == button
    window.workplace.controller.trouble.emit(BUSY)
    assert window.notice._retry.text() == "Try again"
    window.workplace.review.save_trouble.emit(None)
    window.notice._close.click()
    qtbot.mouseClick(window.notice._retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.findChild(BatchesDialog) is not None)
    dialog = window.findChild(BatchesDialog)
    assert dialog is not None
    dialog.reject()
    assert told(window) == ""


def test_a_click_tries_all_that_the_same_act_tries(window: MainWindow, qtbot: QtBot) -> None:
    work = window.workplace
    work.controller.trouble.emit(ASIDE)
    work.controller.trouble.emit(DiskFull(detail="x").failure)
    work.controller.trouble.emit(BUSY)
    qtbot.mouseClick(window.notice._retry, Qt.MouseButton.LeftButton)
    assert told(window) == ASIDE.code


def test_reading_that_stands_still_is_gone_on_with_by_a_click(window: MainWindow) -> None:
    window.workplace.controller.trouble.emit(EngineStops().failure)
    assert window.notice._retry.isVisible()


def test_a_click_tries_what_failed_and_nothing_else(qtbot: QtBot) -> None:
    notice, tried = Notice(), list[str]()
    qtbot.addWidget(notice)
    notice.show_failure(DiskFull(detail="a").failure, lambda: tried.append("reading"))
    notice.show_failure(BUSY, lambda: tried.append("saving"))
    qtbot.mouseClick(notice._retry, Qt.MouseButton.LeftButton)
    assert tried == ["saving"]
    assert (notice.isVisible(), notice.code) == (True, "disk_full")
    notice.show_failure(Failure("internal"))
    assert notice._retry.isHidden()
    notice._close.click()
    assert (notice.code, notice._retry.isHidden()) == ("disk_full", False)
    qtbot.mouseClick(notice._retry, Qt.MouseButton.LeftButton)
    assert tried == ["saving", "reading"]
    assert (notice.isHidden(), notice.code) == (True, "")


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        (StoreMended().failure, "done"),
        (StoreRestored(detail="1", extra="x").failure, "needs_review"),
        (ASIDE, "needs_review"),
        (BUSY, "failed"),
    ],
)
def test_good_news_bear_no_red_square(qtbot: QtBot, failure: Failure, state: str) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    notice.show_failure(failure)
    assert notice._shape.state == state


def test_remarks_follow_each_other_and_each_can_be_read(qtbot: QtBot) -> None:
    status = StatusBar(shortest_s=0.3)
    qtbot.addWidget(status)
    seen: list[str] = []
    status.said.connect(seen.append)
    for words in ("2 edits", "Going on", "Going on", "Room"):
        status.say(words, 30)
    assert status._news.text() == "2 edits", "the first is not swept away"
    qtbot.waitUntil(lambda: status._news.text() == "Room", timeout=5000)
    assert seen == ["2 edits", "Going on", "Room"]
    qtbot.waitUntil(lambda: not status._turn.isActive())
    status.say("Saved")
    assert status._news.text() == "Saved", "what was seen long enough gives way at once"


def test_an_answer_comes_at_once_and_costs_no_news(qtbot: QtBot) -> None:
    status = StatusBar(shortest_s=0.2)
    qtbot.addWidget(status)
    seen: list[str] = []
    status.said.connect(seen.append)
    status.say("2 edits", 30)
    status.say("Going on", 30)
    status.answer("Saved")
    status.answer("Saved again")
    assert status._news.text() == "Saved again"
    qtbot.waitUntil(lambda: status._news.text() == "Going on", timeout=5000)
    assert seen == ["2 edits", "Saved", "Saved again", "2 edits", "Going on"]


def test_what_waits_to_be_said_is_short(qtbot: QtBot) -> None:
    status = StatusBar(shortest_s=0.05)
    qtbot.addWidget(status)
    seen: list[str] = []
    status.said.connect(seen.append)
    for number in range(40):
        status.say(str(number))
    qtbot.waitUntil(lambda: status._news.text() == "39", timeout=5000)
    assert len(seen) <= 6
