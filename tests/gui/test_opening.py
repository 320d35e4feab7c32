"""The window's start over a store that is broken, busy, too new, or slow to check."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from paddlescan.document import Language
from paddlescan.gui import app, kept_copies
from paddlescan.gui.dialogs.start_trouble import StartTrouble
from paddlescan.gui.kept_copies import KeptCopies
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.opening import OpeningWindow, open_calmly
from paddlescan.gui.shared import speak
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.pipeline.keeping import open_store
from paddlescan.settings import Settings
from paddlescan.store.care import Copy, begin, copies, keep_copy, marks, tidy
from paddlescan.store.schema import MIGRATIONS
from tests.gui.walk_finds import cut_off
from tests.unit.store.care.making import RECEIPTS, filled, leaves_of, plain, unsaid, zero

pytestmark = pytest.mark.logs


def left_open(path: Path) -> list[Path]:
    return list(path.parent.glob(f"{path.name}.open-*"))


def test_a_broken_store_is_told_in_the_window_in_both_languages(paths: Paths, qtbot: QtBot, qapp: QApplication) -> None:
    filled(paths.store)
    keep_copy(paths.store)
    for number in leaves_of(paths.store, "receipt")[:5]:
        zero(paths.store, number)
    window = MainWindow(Workplace(paths, Settings(workers=1), held=open_calmly(unsaid(paths.store))))
    qtbot.addWidget(window)
    window.show()
    window.workplace.start()
    try:
        assert window.notice.isVisible()
        words = window.notice.accessibleName()
        assert f"{RECEIPTS} receipts were saved into a new list" in words
        (aside,) = [file for file in paths.data.glob("*.broken-*") if file.name[-4:] not in ("-wal", "-shm")]
        assert str(aside) in words
        assert not window.notice._retry.isVisible()
        speak(qapp, "zh")
        qtbot.waitUntil(lambda: f"已将其中 {RECEIPTS} 张票据保存到新库" in window.notice.accessibleName())
        speak(qapp, "en")
        qtbot.waitUntil(lambda: len(window.workplace.review.sheet.ids()) == RECEIPTS, timeout=30_000)
    finally:
        window.close()
        ended = window.workplace.end()
    assert ended
    assert left_open(paths.store) == []


def test_a_store_that_takes_long_to_open_is_told_and_freezes_nothing(paths: Paths, qtbot: QtBot) -> None:
    filled(paths.store)
    unsaid(paths.store)
    taken, let_go, shown = threading.Event(), threading.Event(), list[str]()

    def another_program() -> None:
        with marks.one_at_a_time(paths.store, 1.0):
            taken.set()
            let_go.wait(60)

    def look() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, OpeningWindow) and window.isVisible():
                shown.append(window.words.text())
                window.close()  # it stays: what has begun goes to its end
                let_go.set()

    thread = threading.Thread(target=another_program)
    thread.start()
    taken.wait()
    beat = QTimer()
    beat.timeout.connect(look)
    beat.start(20)
    held = open_calmly(paths.store)
    beat.stop()
    thread.join()
    assert shown, "the window's thread went on meanwhile"
    assert held.found.checked
    held.end()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_checked_is_said_whole(qtbot: QtBot, qapp: QApplication, language: Language) -> None:
    speak(qapp, language)
    window = OpeningWindow()
    qtbot.addWidget(window)
    window.show()
    window.say_checking()
    qtbot.wait(50)
    assert cut_off(window) == []
    window.end()


def test_a_newer_store_is_refused_with_a_sentence(paths: Paths, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(paths.store)
    with closing(plain(paths.store)) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = paths.store.read_bytes()
    said: list[str] = []

    def answered(dialog: StartTrouble) -> int:
        said.extend(label.text() for label in dialog.findChildren(QLabel) if label.text())
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(StartTrouble, "exec", answered)
    monkeypatch.setattr(app, "user_paths", lambda: paths)
    for language in ("en", "zh"):
        assert app.run_window([], language=language) == app.COULD_NOT_START
    words = " ".join(said)
    for sentence in (
        "The list of receipts was written by a newer PaddleScan.",
        "Install the newer version.",
        "票据库是由较新版本的 PaddleScan 写入的。",
        "请安装较新的版本。",
    ):
        assert sentence in words
    assert paths.store.read_bytes() == before


def test_a_window_that_ends_leaves_no_mark_and_one_that_is_killed_does(paths: Paths, qtbot: QtBot) -> None:
    work = Workplace(paths, Settings(workers=1), held=open_calmly(paths.store))
    work.start()
    assert len(left_open(paths.store)) == 1
    assert work.end()
    assert left_open(paths.store) == []


def test_a_copy_is_made_after_a_batch_and_room_is_given_back(paths: Paths, qtbot: QtBot) -> None:
    filled(paths.store)
    with open_store(paths.store) as store:
        keeper = KeptCopies(paths.store)
        keeper._calm.setInterval(0)
        keeper.running(False)
        assert not keeper._calm.isActive(), "the window is not shown yet"
        keeper.begin()
        qtbot.waitUntil(lambda: len(copies(paths.store)) == 1, timeout=30_000)
        qtbot.waitUntil(keeper.isFinished)
        store.create_batch()
        with qtbot.waitSignal(keeper.finished):
            keeper.running(False)
        assert len(copies(paths.store)) == 1, "the one there is is younger than an hour"
        assert keeper.close()


def test_a_copy_after_a_batch_is_made_though_it_ended_during_an_earlier_look(
    paths: Paths, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(paths.store)
    keep_copy(paths.store)
    (old,) = copies(paths.store)
    two_hours_ago = datetime.now() - timedelta(hours=2)
    old.file.rename(old.file.with_name(f"receipts-{two_hours_ago:%Y-%m-%d-%H%M%S}.sqlite"))
    looking, go_on = threading.Event(), threading.Event()

    def tidied(store: Path) -> None:
        looking.set()
        go_on.wait(30)
        tidy(store)

    monkeypatch.setattr(kept_copies, "tidy", tidied)
    keeper = KeptCopies(paths.store)
    keeper._calm.setInterval(20)
    keeper.begin()
    qtbot.waitUntil(looking.is_set)
    keeper.running(True)
    with open_store(paths.store) as store:
        store.create_batch()
    keeper.running(False)
    with qtbot.waitSignal(keeper._calm.timeout):
        pass
    assert len(copies(paths.store)) == 1, "it still looks"
    go_on.set()
    qtbot.waitUntil(lambda: len(copies(paths.store)) == 2, timeout=30_000)
    assert keeper.close()


def test_a_window_that_is_closed_leaves_a_copy_of_what_was_done_in_it(paths: Paths, qtbot: QtBot) -> None:
    work = Workplace(paths, Settings(workers=1), held=open_calmly(filled(paths.store)))
    work.start()
    with open_store(paths.store) as store:
        store.create_batch("this afternoon")
    assert work.end()
    (made,) = copies(paths.store)
    with closing(sqlite3.connect(made.file)) as db:
        assert db.execute("SELECT COUNT(*) FROM batch WHERE name = 'this afternoon'").fetchone() == (1,)
    again = Workplace(paths, Settings(workers=1), held=open_calmly(paths.store))
    again.start()
    assert again.end()
    assert copies(paths.store) == (made,), "it is of a moment ago"


def test_closing_does_not_wait_for_the_copy_of_a_large_store_nor_for_another_program(
    paths: Paths, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(paths.store)
    keeper = KeptCopies(paths.store)
    with monkeypatch.context() as large:
        large.setattr("paddlescan.store.care.copying.QUICK_BYTES", 1000)
        keeper.keep_last()
    with marks.one_at_a_time(paths.store, 1.0, "copying"):
        keeper.keep_last()
    assert copies(paths.store) == ()
    keeper.keep_last()
    assert len(copies(paths.store)) == 1


def test_closing_lets_go_of_a_copy_that_is_being_made(
    paths: Paths, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(paths.store)
    monkeypatch.setattr("paddlescan.store.care.copying.PAGES_A_STEP", 1)
    begun, closes = threading.Event(), threading.Event()

    def held(store: Path, stop: Callable[[], bool]) -> Copy | None:
        def at_a_step() -> bool:
            begun.set()
            closes.wait(30)
            return stop()

        return keep_copy(store, at_a_step)

    monkeypatch.setattr(kept_copies, "keep_copy", held)
    keeper = KeptCopies(paths.store)
    keeper._calm.setInterval(0)
    keeper.begin()
    qtbot.waitUntil(begun.is_set)
    threading.Timer(0.1, closes.set).start()  # while `close` waits
    assert keeper.close()
    assert list(paths.backups.iterdir()) == []


def test_a_copy_that_finds_the_store_damaged_says_so(paths: Paths, qtbot: QtBot) -> None:
    filled(paths.store)
    keep_copy(paths.store)
    (older,) = copies(paths.store)
    older.file.rename(older.file.with_name("receipts-2020-01-01-000000.sqlite"))
    with open_store(paths.store) as store:
        store.create_batch()
    for number in leaves_of(paths.store, "receipt")[:2]:
        zero(paths.store, number)
    keeper = KeptCopies(paths.store)
    keeper._calm.setInterval(0)
    with qtbot.waitSignal(keeper.trouble, timeout=30_000) as told:
        keeper.begin()
    assert told.args[0].code == "store_damaged"
    assert keeper.close()
    held = begin(paths.store)
    held.end()
    assert held.found.saved is not None
    assert held.found.saved.receipts == RECEIPTS
