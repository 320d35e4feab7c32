from __future__ import annotations

import os
import random
import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from paddlescan.errors import DiskFull, StoreDamaged
from paddlescan.pipeline.keeping import after_work, open_store
from paddlescan.store.care import Copy, begin, copies, copy_due, copy_of, keep_copy, keep_only_copy, tidy
from paddlescan.store.care.copying import folder_of, wanted
from paddlescan.store.care.marks import one_at_a_time

from .making import add_receipts, everything, filled, leaves_of, plain, unsaid, whole, zero

pytestmark = pytest.mark.logs


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "data" / "receipts.sqlite")


def test_a_copy_is_whole_complete_in_itself_and_the_owners_own(path: Path) -> None:
    made = keep_copy(path)
    assert made is not None
    assert copies(path) == (made,)
    assert everything(made.file) == everything(path)
    assert whole(made.file)
    assert made.file.stat().st_mode & 0o777 == 0o600
    assert made.file.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in made.file.parent.iterdir()] == [made.file.name]


def test_a_copy_holds_what_is_still_in_the_log_and_nothing_uncommitted(path: Path) -> None:
    with closing(plain(path)) as db:
        db.execute("PRAGMA wal_autocheckpoint = 0")
        db.execute("UPDATE batch SET name = 'April'")
        db.execute("BEGIN IMMEDIATE")  # a writer that holds the lock for long
        db.execute("UPDATE batch SET name = 'May'")
        made = keep_copy(path)
        db.execute("ROLLBACK")
    assert made is not None
    assert [row[1] for row in everything(made.file)["batch"]] == ["April"]


def test_others_write_on_while_a_copy_is_made(path: Path) -> None:
    stop, written = threading.Event(), []

    def write() -> None:
        with open_store(path) as store:
            while not stop.is_set():
                written.append(store.create_batch(f"number {len(written)}"))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for _ in range(3):
            made = keep_copy(path)
            assert made is not None
            assert whole(made.file)
    finally:
        stop.set()
        thread.join()
    with open_store(path) as store:
        assert len(store.batches()) == len(written) + 1


def test_a_copy_that_is_stopped_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paddlescan.store.care.copying.PAGES_A_STEP", 5)
    asked = iter([False, True])
    assert keep_copy(path, stop=lambda: next(asked)) is None
    assert list(folder_of(path).iterdir()) == []


def test_without_room_there_is_no_copy_and_no_trouble(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paddlescan.store.care.copying.SPARE_BYTES", 1 << 62)
    assert keep_copy(path) is None
    assert copies(path) == ()


def test_a_broken_store_makes_no_copy_and_costs_no_older_one(path: Path) -> None:
    before = keep_copy(path)
    for number in leaves_of(path, "receipt")[2:5]:
        zero(path, number)
    with pytest.raises(StoreDamaged):
        keep_copy(path)
    assert copies(path) == (before,)
    held = begin(path)
    held.end()
    assert held.found.saved is not None, "the next start knows"


def test_a_copy_is_due_an_hour_after_the_newest_and_only_after_changes(path: Path) -> None:
    assert copy_due(path)
    made = keep_copy(path)
    assert made is not None
    assert not copy_due(path)
    older = made.made - timedelta(minutes=61)
    made.file.rename(made.file.with_name(f"receipts-{older:%Y-%m-%d-%H%M%S}.sqlite"))
    assert not copy_due(path), "nothing has changed since"
    with open_store(path) as store:
        store.create_batch()
    assert copy_due(path)
    assert not copy_due(path, timedelta(hours=2))


def test_what_was_done_since_the_mornings_copy_is_saved_when_the_file_is_gone(path: Path) -> None:
    """The end of a window or of a command asks for a younger copy, where that takes no longer than a moment."""
    made = keep_copy(path)
    assert made is not None
    with open_store(path) as store:
        store.create_batch("since")
    after_work(path)
    assert copies(path) == (made,), "a copy of a minute ago is young enough"
    older = made.made - timedelta(minutes=11)
    made.file.rename(made.file.with_name(f"receipts-{older:%Y-%m-%d-%H%M%S}.sqlite"))
    after_work(path)
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    with begin(path) as held, open_store(path) as store:
        assert held.found.saved is not None
        assert "since" in [batch.name for batch in store.batches()]


def test_the_end_of_work_copies_a_large_store_once_an_hour(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paddlescan.store.care.copying.QUICK_BYTES", 1)
    made = keep_copy(path)
    assert made is not None
    for minutes, there in ((11, 1), (61, 2)):
        older = made.made - timedelta(minutes=minutes)
        copies(path)[0].file.rename(made.file.with_name(f"receipts-{older:%Y-%m-%d-%H%M%S}.sqlite"))
        with open_store(path) as store:
            store.create_batch()
        after_work(path)
        assert len(copies(path)) == there


def test_a_copy_from_the_future_keeps_nobody_from_copying(path: Path) -> None:
    """The clock was wrong while it was made, and was set back; its file is dated in the future, too."""
    early = keep_copy(path)
    assert early is not None
    ahead = datetime.now() + timedelta(days=300)
    future = early.file.with_name(f"receipts-{ahead:%Y-%m-%d-%H%M%S}.sqlite")
    early.file.rename(future)
    os.utime(future, (ahead.timestamp(), ahead.timestamp()))
    older = datetime.now() - timedelta(days=3)
    shutil.copy(future, future.with_name(f"receipts-{older:%Y-%m-%d-%H%M%S}.sqlite"))
    with open_store(path) as store:
        store.create_batch()
    assert copy_due(path)
    made = keep_copy(path)
    assert made is not None
    there = copies(path)
    assert there[0] == made, "what a broken store is saved with"
    assert there[-1].file == future
    assert len(there) == 3
    assert not copy_due(path)


def test_a_copy_is_due_where_all_are_from_the_future(path: Path) -> None:
    made = keep_copy(path)
    assert made is not None
    ahead = datetime.now() + timedelta(days=300)
    made.file.rename(made.file.with_name(f"receipts-{ahead:%Y-%m-%d-%H%M%S}.sqlite"))
    assert copy_due(path)
    assert keep_copy(path) is not None
    assert not copy_due(path)


def test_of_copies_from_the_future_one_is_kept_where_there_is_room() -> None:
    now = datetime(2026, 11, 26, 18, 0)
    past = [Copy(Path(f"{days}"), now - timedelta(days=days), False) for days in (0, 1, 3, 9)]
    future = [Copy(Path(f"+{days}"), now + timedelta(days=days), False) for days in (9, 2)]
    assert wanted([*past, *future], now) == set(past)
    assert wanted([*past[:2], *future], now) == {*past[:2], future[0]}
    assert wanted(future, now) == {future[0]}


def test_few_copies_are_kept_and_some_of_them_are_old() -> None:
    now = datetime(2026, 11, 26, 18, 0)
    there: list[Copy] = []
    for hours in range(0, 24 * 40, 5):  # a copy every five hours for forty days
        moment = now + timedelta(hours=hours)
        there.insert(0, Copy(Path(f"{hours}"), moment, False))
        keep = wanted(there, moment)
        there = [copy for copy in there if copy in keep]
        assert len(there) <= 4
        assert there[0].made == moment
        if hours > 48:
            assert any(moment.date() > copy.made.date() >= moment.date() - timedelta(days=1) for copy in there)
        if hours > 24 * 16:
            ages = [moment - copy.made for copy in there]
            assert any(timedelta(days=7) <= age <= timedelta(days=15) for age in ages), ages


def test_many_copies_a_day_cost_none_of_the_day_before_and_none_of_the_week_before() -> None:
    """Office hours: a copy every half hour or so from nine to five, nothing at the weekend, three months long."""
    first, there = datetime(2026, 9, 1, 9, 0), list[Copy]()
    chance = random.Random(1)
    days = [day for day in (first + timedelta(days=n) for n in range(92)) if day.weekday() < 5]
    for number, day in enumerate(days):
        moment = day
        while moment < day + timedelta(hours=8):
            moment += timedelta(minutes=chance.randint(10, 60))
            there.insert(0, Copy(Path(f"{moment}"), moment, False))
            keep = wanted(there, moment)
            there = [copy for copy in there if copy in keep]
            assert there[0].made == moment
            if number:
                before = next(copy for copy in there if copy.made.date() < day.date())
                assert before.made.date() == days[number - 1].date()
                assert before.made >= days[number - 1] + timedelta(hours=7), "the last of that day"
            if number > 12:
                assert any(timedelta(days=6) <= moment - copy.made <= timedelta(days=18) for copy in there)


def test_of_copies_before_new_versions_two_are_kept() -> None:
    there = [Copy(Path(f"{day}"), datetime(2026, 11, day), True) for day in (9, 7, 5, 3)]
    assert wanted(there, datetime(2026, 11, 26)) == set(there[:2])


def test_deleting_much_gives_the_room_back_and_deleting_little_does_not(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paddlescan.store.care.tidying.WORTH_BYTES", 1 << 20)
    with open_store(path) as store:
        large = store.create_batch("large")
        add_receipts(store, large, 1000, 200)
        small = store.create_batch("small")
        add_receipts(store, small, 5000, 20)
    before = path.stat().st_size
    assert not tidy(path)
    with open_store(path) as store:
        store.delete_batch(small)
        assert not tidy(path)
        store.delete_batch(large)
        assert tidy(path)
    assert path.stat().st_size < before / 2
    assert whole(path)


def test_who_else_has_a_large_store_open_is_not_asked_while_another_program_opens_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That one would take the mark that is being looked at for a living program's."""
    for name, value in (("WORTH_BYTES", 0), ("WORTH_SHARE", 0.0), ("LONGEST_BYTES", 0), ("LOOKING_S", 0.1)):
        monkeypatch.setattr(f"paddlescan.store.care.tidying.{name}", value)
    unsaid(path)
    with one_at_a_time(path, 1.0):
        assert not tidy(path)
    assert tidy(path)
    with begin(path) as held:
        assert held.found.checked, "the death is noticed"


def test_only_the_newest_copy_is_kept_and_none_goes_for_one_that_failed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = keep_copy(path)
    only = keep_only_copy(path)
    assert first != only
    assert copies(path) == (only,)
    with monkeypatch.context() as full, pytest.raises(DiskFull):
        full.setattr("paddlescan.store.care.copying.SPARE_BYTES", 1 << 62)
        keep_only_copy(path)
    assert copies(path) == (only,)
    for number in leaves_of(path, "receipt")[2:5]:
        zero(path, number)
    with pytest.raises(StoreDamaged):
        keep_only_copy(path)
    assert copies(path) == (only,)


def test_a_copy_that_waits_for_another_program_is_let_go_when_the_program_ends(path: Path) -> None:
    with one_at_a_time(path, 1.0, "copying"):
        assert keep_copy(path, stop=lambda: True) is None
    assert keep_copy(path, stop=lambda: False) is not None


def test_the_log_stays_small_however_much_is_written(path: Path) -> None:
    log = path.with_name(path.name + "-wal")
    largest = 0
    with open_store(path) as store, closing(sqlite3.connect(path)) as reader:
        for round_ in range(8):
            batch = store.create_batch(f"{round_}")
            add_receipts(store, batch, 10_000 + 80 * round_, 80)
            reader.execute("SELECT COUNT(*) FROM receipt").fetchone()
            largest = max(largest, log.stat().st_size)
        tidy(path)
        assert log.stat().st_size == 0
    assert largest < 8 << 20
    assert copy_of(path).file.exists()


def test_the_next_start_clears_up_what_a_killed_program_left_of_a_copy_but_not_what_is_being_made(path: Path) -> None:
    made = keep_copy(path)
    assert made is not None
    left = [folder_of(path) / name for name in (".receipts.part", ".receipts.part-wal")]
    for file in left:
        file.write_bytes(made.file.read_bytes())
    with one_at_a_time(path, 1.0, "copying"), begin(path):
        assert all(file.exists() for file in left)
    with begin(path):
        assert list(folder_of(path).iterdir()) == [made.file]
