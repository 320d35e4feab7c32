"""Broken stores, each broken for real: the program starts, and what could be saved is there."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from paddlescan.errors import StoreDamaged, StoreUnwritable
from paddlescan.pipeline.keeping import open_store
from paddlescan.store import Store, presence
from paddlescan.store.care import Held, begin, copies, keep_copy
from paddlescan.store.care.page_file import PageFile
from tests.conftest import ROOT
from tests.unit.store.care.making import (
    EDITED,
    RECEIPTS,
    TABLES,
    add_receipts,
    edit,
    everything,
    filled,
    leaves_of,
    overwrite,
    pages_of,
    plain,
    rows,
    unsaid,
    whole,
    zero,
)

pytestmark = pytest.mark.logs


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "data" / "receipts.sqlite")


def opened(path: Path) -> Held:
    """Open it as a program does; whatever came before, it is whole then, and its rules apply."""
    held = begin(path)
    held.end()
    assert whole(path)
    with open_store(path) as store:
        for summary in store.batches():
            assert len(store.receipt_rows(summary.id)) == summary.receipts
            list(store.export_rows(summary.id))
    return held


def aside(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}.broken-*"))


def garbage(path: Path) -> None:
    overwrite(path, 1, random.Random(1).randbytes(100))


def letter(path: Path) -> None:
    path.write_bytes(b"this is a letter and no database, " * 3000)


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def gone(path: Path) -> None:
    path.unlink()


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "kept.txt").write_text("somebody's")


def begun_anew(path: Path) -> None:
    """What happens where a file vanishes while a program runs on."""
    path.unlink()
    Store(path).close()


def ids(path: Path) -> tuple[str, ...]:
    with Store(path):
        return presence.known_ids(path)


def test_edits_kept_for_a_broken_store_are_for_the_one_that_was_saved_of_it(path: Path) -> None:
    """The numbers of receipts are the same in both, and none is given twice."""
    (before,) = ids(path)
    zero(path, leaves_of(path, "receipt")[0])
    saved = opened(unsaid(path)).found.saved
    assert saved is not None
    own, *goes_on_with = ids(path)
    assert (own != before, goes_on_with) == (True, [before])
    keep_copy(path)
    copy_ids = ids(next(iter(copies(path))).file)
    assert before not in copy_ids, "receipts that came after a copy have numbers that it will give to others"


@pytest.mark.parametrize("how", [garbage, begun_anew])
def test_edits_kept_for_a_store_that_is_lost_are_for_no_other(how: Callable[[Path], None], path: Path) -> None:
    keep_copy(path)
    (before,) = ids(path)
    how(path)
    opened(path)
    assert before not in ids(path)


def test_a_link_to_a_store_on_a_disk_that_is_not_there_is_no_broken_store(path: Path, tmp_path: Path) -> None:
    """The link stays, nothing is made in its place, and with the disk the store is back."""
    keep_copy(path)
    disk, pulled = tmp_path / "disk", tmp_path / "pulled"
    disk.mkdir()
    path.rename(disk / "mine.sqlite")
    path.symlink_to(disk / "mine.sqlite")
    before = everything(path)
    disk.rename(pulled)
    with pytest.raises(StoreUnwritable, match="it is no longer there") as told:
        begin(path)
    assert dict(told.value.failure.parameters)["file"] == str(disk)
    assert path.is_symlink()
    assert not aside(path)
    pulled.rename(disk)
    opened(path)
    assert everything(path) == before


@pytest.mark.parametrize("how", [garbage, letter, half, empty, gone, folder, begun_anew])
def test_with_a_copy_nothing_is_lost_however_it_broke(how: Callable[[Path], None], path: Path) -> None:
    keep_copy(path)
    before = everything(path)
    how(path)
    held = opened(path)
    assert held.found.saved is not None
    assert held.found.saved.receipts == RECEIPTS
    assert held.found.news is not None
    assert everything(path) == before
    if how is not gone:
        assert held.found.saved.aside in aside(path)
        assert held.found.news.code == "store_set_aside"
    else:
        assert held.found.news.code == "store_restored"
    assert (path.stat().st_mode & 0o777) == 0o600
    assert opened(path).found.news is None, "the next start has nothing to tell"


def test_a_store_that_is_still_empty_and_its_empty_copy_are_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "data" / "receipts.sqlite"
    with begin(path):
        assert keep_copy(path) is not None
    for _ in range(2):
        with begin(path) as held:
            assert held.found.news is None
    path.unlink()
    with begin(path) as held:
        assert held.found.news is None
    assert aside(path) == []


def test_a_header_of_garbage_alone_loses_nothing_even_without_a_copy(path: Path) -> None:
    before, events = everything(path), rows(path, "event")
    garbage(path)
    held = opened(path)
    assert held.found.saved is not None
    assert {name: everything(path)[name] for name in TABLES} == before
    assert len(events) > RECEIPTS
    assert set(events) < set(rows(path, "event")), "and that it was restored"
    with Store(path) as store:
        assert [(e.what, e.detail) for e in store.journal(1, most=10_000)][-1] == ("restored", "salvaged")
    (kept,) = aside(path)
    assert kept.stat().st_size >= 4096 * 50


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 8))])
def test_no_receipt_is_lost_whose_pages_are_whole(seed: int, path: Path) -> None:
    """Pages zeroed, torn, filled with noise or swapped, in tables and indexes: the rows on all others are there."""
    before = everything(path)
    chance = random.Random(seed)
    bad = set(chance.sample(range(2, path.stat().st_size // 4096 + 1), 12))
    untouched = intact_rows(path, bad)
    for number in bad:
        match chance.randrange(3):
            case 0:
                zero(path, number)
            case 1:
                overwrite(path, number, chance.randbytes(4096))
            case 2:
                overwrite(path, number, b"\xff" * 512 * chance.randrange(1, 8))
    held = opened(unsaid(path))
    assert held.found.saved is not None
    after = everything(path)
    for name in ("receipt", "history", "receipt_reading", "learned"):
        for row in before[name]:
            if row[0] in untouched[name]:
                assert row[0] in {kept[0] for kept in after[name]}, name
    assert len(untouched["receipt"]) > RECEIPTS // 2
    edits = {row[0]: row for row in after["history"]}
    assert all(edits[row[0]] == row for row in before["history"] if row[0] in untouched["history"])


def intact_rows(path: Path, bad: set[int]) -> dict[str, set[object]]:
    """Keys of the rows that touch none of these pages, by SQLite's own account of the file."""
    found: dict[str, set[object]] = {}
    file = PageFile(path)
    for name in ("receipt", "history", "receipt_reading"):
        found[name] = set()
        for number in leaves_of(path, name):
            if number in bad:
                continue
            for bad_page in bad:  # as if it held nothing: rows that go on there are not counted
                file._frames[bad_page] = len(file._log)
            found[name] |= {cell.rowid for cell in file.cells(number)[0] if not touches(file, number, cell.rowid, bad)}
    found["learned"] = set() if bad & set(pages_of(path, "learned")) else {row[0] for row in rows(path, "learned")}
    return found


def touches(file: PageFile, page: int, rowid: int, bad: set[int]) -> bool:
    """Whether the row goes on in one of the bad pages: those are empty for `file`, so its cell could not be read."""
    return all(cell.rowid != rowid for cell in file.cells(page)[0])


def test_two_pages_that_changed_places_lose_no_row(path: Path) -> None:
    before = everything(path)
    one, two = leaves_of(path, "receipt")[1], leaves_of(path, "history")[0]
    data = path.read_bytes()
    parts = [data[(n - 1) * 4096 : n * 4096] for n in (one, two)]
    overwrite(path, one, parts[1])
    overwrite(path, two, parts[0])
    assert opened(unsaid(path)).found.saved is not None
    assert everything(path) == before


def test_damage_of_an_index_alone_is_mended_in_place(path: Path) -> None:
    before = everything(path)
    with closing(plain(path)) as db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("CREATE TABLE other (value)")
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'other'").fetchone()
        db.execute("DROP TABLE other")
    assert root
    (page,) = pages_of(path, "history_of_receipt")
    data = bytearray(path.read_bytes()[(page - 1) * 4096 : page * 4096])
    data[3:5] = (int.from_bytes(data[3:5], "big") - 1).to_bytes(2, "big")  # one entry fewer
    overwrite(path, page, bytes(data))
    held = opened(unsaid(path))
    assert held.found.mended or held.found.saved is not None
    assert everything(path) == before


def test_rows_missing_from_an_index_are_mended_without_setting_anything_aside(path: Path) -> None:
    before = everything(path)
    with closing(plain(path)) as db:
        (sql,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'source_content'").fetchone()
        db.execute("PRAGMA writable_schema = ON")
        db.execute("DELETE FROM sqlite_master WHERE name = 'source_content'")
        (version,) = db.execute("PRAGMA schema_version").fetchone()
        db.execute(f"PRAGMA schema_version = {version + 1}")
    with closing(plain(path)) as db:  # who does not know the index writes past it
        db.execute("UPDATE source SET sha256 = 'ff' WHERE id = 3")
        db.execute("PRAGMA writable_schema = ON")
    assert "source_content" in sql
    with closing(plain(path)) as db:
        db.execute("PRAGMA writable_schema = ON")
        (root,) = [n for n in unowned(path) if PageFile(path).kind(n) in (0x0A, 0x02)][:1]
        db.execute("INSERT INTO sqlite_master VALUES ('index', 'source_content', 'source', ?, ?)", (root, sql))
        (version,) = db.execute("PRAGMA schema_version").fetchone()
        db.execute(f"PRAGMA schema_version = {version + 1}")
    assert not whole(path)
    held = opened(unsaid(path))
    assert held.found.mended
    assert held.found.news is not None
    assert held.found.news.code == "store_mended"
    assert aside(path) == []
    before["source"] = [(*row[:7], "ff", *row[8:]) if row[0] == 3 else row for row in before["source"]]
    assert everything(path) == before


def unowned(path: Path) -> list[int]:
    with closing(plain(path)) as db:
        owned = {n for (n,) in db.execute("SELECT pageno FROM dbstat")}
    file = PageFile(path)
    return [n for n in range(2, file.count + 1) if n not in owned and n not in file.free()]


def test_what_was_typed_since_the_copy_is_saved_with_what_only_the_copy_has(path: Path) -> None:
    keep_copy(path)
    with open_store(path) as store:
        (batch,) = [summary.id for summary in store.batches()]
        for row in store.receipt_rows(batch)[40:80]:
            edit(store, row.receipt_id, "typed since")
        add_receipts(store, batch, 1001, 20)
    before = everything(path)
    for number in leaves_of(path, "receipt")[:8]:
        zero(path, number)
    held = opened(unsaid(path))
    assert held.found.saved is not None
    assert held.found.saved.copy_of
    assert held.found.saved.receipts == RECEIPTS + 20
    assert everything(path)["history"] == before["history"]
    with Store(path) as store:
        notes = {row.receipt_id: row.values["note"].value for row in store.receipt_rows(batch) if "note" in row.values}
    assert [note for note in notes.values() if note == "typed since"] == ["typed since"] * 40
    assert len(notes) == EDITED + 40


def test_a_batch_that_was_deleted_does_not_come_back_from_the_copy(path: Path) -> None:
    with open_store(path) as store:
        other = store.create_batch("April")
        add_receipts(store, other, 500, 10)
    keep_copy(path)
    with open_store(path) as store:
        store.delete_batch(other)
    for number in leaves_of(path, "receipt_reading")[:3]:
        zero(path, number)
    held = opened(unsaid(path))
    assert held.found.saved is not None
    with Store(path) as store:
        assert [summary.name for summary in store.batches()] == ["March"]
        assert store.create_batch("May") > other, "a number that was given is not given again"


def test_edits_whose_receipts_are_gone_are_kept_as_rows_by_hand(path: Path) -> None:
    for number in leaves_of(path, "receipt"):
        zero(path, number)
    held = opened(unsaid(path))
    assert held.found.saved is not None
    with Store(path) as store:
        notes = [
            row.values["note"].value
            for summary in store.batches()
            for row in store.receipt_rows(summary.id)
            if "note" in row.values
        ]
    assert sorted(notes) == sorted(f"note {n}" for n in range(1, EDITED + 1))


def test_edits_whose_receipts_are_gone_stay_in_their_batch_where_that_is_known(path: Path) -> None:
    for number in leaves_of(path, "receipt")[1:3]:
        zero(path, number)
    held = opened(unsaid(path))
    assert held.found.saved is not None
    with Store(path) as store:
        assert [summary.name for summary in store.batches()] == ["March"]
        noted = sum("note" in row.values for row in store.receipt_rows(1))
    assert noted == EDITED


def test_the_log_of_another_store_spoils_nothing(path: Path, tmp_path: Path) -> None:
    before = everything(path)
    other = filled(tmp_path / "other" / "receipts.sqlite")
    with closing(plain(other)) as db:
        db.execute("PRAGMA wal_autocheckpoint = 0")
        db.execute("VACUUM")
        db.execute("DELETE FROM receipt WHERE id % 2")
        db.execute("UPDATE batch SET name = 'theirs'")
        wal = other.with_name(other.name + "-wal").read_bytes()
    with closing(plain(path)) as db:  # another layout of pages than theirs
        db.execute("DELETE FROM same_key")
        db.execute("VACUUM")
    path.with_name(path.name + "-wal").write_bytes(wal[: 32 + 40 * 4120])
    opened(unsaid(path))
    assert everything(path) == before


def test_a_log_that_is_torn_gives_what_was_committed_before_the_tear(path: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    with closing(plain(path)) as db:
        db.execute("PRAGMA wal_autocheckpoint = 0")
        db.execute("UPDATE batch SET name = 'April'")
        size = path.with_name(path.name + "-wal").stat().st_size
        db.execute("UPDATE batch SET name = 'May'")
        (taken / path.name).write_bytes(path.read_bytes())
        torn = path.with_name(path.name + "-wal").read_bytes()[: size + 2000]
        (taken / f"{path.name}-wal").write_bytes(torn)
    held = opened(unsaid(taken / path.name))
    assert held.found.saved is None
    assert [row[1] for row in rows(taken / path.name, "batch")] == ["April"]


def test_a_broken_store_that_another_program_has_open_is_left_alone(path: Path) -> None:
    other = begin(path)
    data = path.read_bytes()
    overwrite(path, 1, b"x" * 100)
    with pytest.raises(StoreDamaged) as told:
        begin(path)
    assert "Close every PaddleScan" in told.value.remedy
    assert aside(path) == []
    other.end()
    overwrite(path, 1, data)
    assert opened(path).found.news is None


def test_a_start_that_was_cut_off_while_it_set_the_store_aside_goes_on(path: Path) -> None:
    before = everything(path)
    saved = path.with_name(f"{path.name}.saved")
    saved.write_bytes(path.read_bytes())
    path.rename(path.with_name(f"{path.name}.broken-2026-01-01-000000"))  # there the power went
    held = opened(path)
    assert held.found.saved is not None
    assert everything(path) == before
    assert not saved.exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        pytest.param("en", "120 receipts were saved into a new list", marks=pytest.mark.long),
        ("zh", "已将其中 120 张票据保存到新库"),
    ],
)
def test_the_command_line_says_what_happened_and_goes_on(language: str, words: str, path: Path) -> None:
    for number in leaves_of(path, "receipt")[:5]:
        zero(path, number)
    unsaid(path)
    home = path.parent.parent
    command = [sys.executable, "-m", "paddlescan", "--lang", language, "import", str(home / "none.csv"), "--quiet"]
    (home / "none.csv").write_text("source,page,receipt,total\na.png,1,1,9.00\n")
    environment = os.environ | {"PADDLESCAN_HOME": str(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)
    assert words in done.stderr
    assert str(aside(path)[0]) in done.stderr.replace("\n", "")
    assert "Traceback" not in done.stderr
    again = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)
    assert words not in again.stderr


def test_damage_that_a_running_program_meets_is_mended_at_the_next_start(path: Path) -> None:
    held = begin(path)
    for number in leaves_of(path, "receipt")[3:6]:
        zero(path, number)
    with pytest.raises(StoreDamaged), Store(path) as store:
        store.receipt_rows(1)
    held.end()
    found = opened(path).found
    assert found.checked
    assert found.saved is not None
