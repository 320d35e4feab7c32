from __future__ import annotations

import os
import sqlite3
import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from paddlescan.document import Finding
from paddlescan.errors import StoreDamaged, StoreTooNew
from paddlescan.store import Store, presence
from paddlescan.store.care import begin
from paddlescan.store.connection import Database, migrate, transaction
from paddlescan.store.schema import MIGRATIONS

from .making import claimed, files, result

STEPS = (("CREATE TABLE one (a)",), ("CREATE TABLE two (b)", "INSERT INTO two VALUES (2)"))


def plain(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def tables(db: sqlite3.Connection) -> set[str]:
    return {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_only_the_owner_may_read_the_store(path: Path) -> None:
    with Store(path) as store:
        store.create_batch()
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}
    path.chmod(0o644)
    Store(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_connection_syncs_and_keeps_its_references(path: Path) -> None:
    for _ in range(2):  # the second one opens a store that is there: pragmas last one connection
        database = Database(path, MIGRATIONS)
        with database.reading() as db:
            assert db.execute("PRAGMA synchronous").fetchone() == (3,), "EXTRA"
            assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert database.journal_mode == "wal"
        database.close()


@pytest.mark.skipif(os.name != "posix", reason="the file layer without shared memory is POSIX")
def test_where_wal_cannot_be_had_the_journal_is_deleted(path: Path) -> None:
    database = Database(path, MIGRATIONS, vfs="unix-dotfile")
    with database.writing() as db:
        db.execute("INSERT INTO batch VALUES (1, '', 'cli', '', x'', x'', 0, 0, 0)")
    assert database.journal_mode == "delete"
    assert not path.with_name(path.name + "-wal").exists()
    database.close()


def test_a_store_whose_name_for_itself_cannot_be_read_is_told_as_damaged(path: Path) -> None:
    Store(path).close()
    (root,) = plain(path).execute("SELECT rootpage FROM sqlite_master WHERE name = 'identity'").fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(bytes(4096))
    with pytest.raises(StoreDamaged):
        Store(path)
    assert presence.known(path) is None


def test_steps_are_taken_once_and_together(tmp_path: Path) -> None:
    db = plain(tmp_path / "a.db")
    migrate(db, STEPS[:1])
    broken = (*STEPS, ("CREATE TABLE three (c)", "no such statement"))
    with pytest.raises(sqlite3.OperationalError):
        migrate(db, broken)
    assert tables(db) == {"one"}
    assert db.execute("PRAGMA user_version").fetchone() == (1,)
    migrate(db, STEPS)
    migrate(db, STEPS)
    assert db.execute("SELECT b FROM two").fetchall() == [(2,)]
    assert db.execute("PRAGMA user_version").fetchone() == (2,)
    db.close()


def take_back_the_later_steps(db: sqlite3.Connection) -> None:
    """All but the first two."""
    db.execute("DROP TABLE identity")
    db.execute("DROP TABLE event")
    db.execute("DROP TABLE learned")
    db.execute("ALTER TABLE history DROP COLUMN by")
    for table in ("same_key", "joined_reading", "merchant_category", "hot_file", "hot_round"):
        db.execute(f"DROP TABLE {table}")
    for index in ("same_as", "joined_to", "touched", "not_keyed"):
        db.execute(f"DROP INDEX receipt_{index}")
    for column in ("keyed", "same_as", "joined_to", "follows", "joining", "touched"):
        db.execute(f"ALTER TABLE receipt DROP COLUMN {column}")
    for column in ("stamp", "fronted", "stopped"):
        db.execute(f"ALTER TABLE batch DROP COLUMN {column}")


def test_pages_that_were_blank_before_findings_had_a_column_say_so(path: Path) -> None:
    with Store(path) as store:
        batch = store.create_batch()
        store.add_sources(batch, files(2))
        for quality in ((Finding("blank"),), ()):
            claim = claimed(store, batch)
            store.save_result(claim.page_id, replace(result(claim.ref), quality=quality), claim.token)
    db = plain(path)
    take_back_the_later_steps(db)
    db.execute("ALTER TABLE page DROP COLUMN quality")
    db.execute("PRAGMA user_version = 1")
    db.close()
    begin(path).end()
    with Store(path) as store:
        assert [row.quality for row in store.page_rows(batch)] == [("blank",), ()]


def test_a_newer_store_is_refused_and_not_touched(path: Path) -> None:
    Store(path).close()
    db = plain(path)
    db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    db.execute("PRAGMA journal_mode = DELETE")
    db.close()
    before = path.read_bytes()
    with pytest.raises(StoreTooNew):
        Store(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_store_is_called_damaged(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is a letter and no database, " * 100)
    with pytest.raises(StoreDamaged):
        Store(path)


def test_a_store_with_a_torn_page_is_called_damaged(path: Path) -> None:
    with Store(path) as store:
        batch = store.create_batch()
    with path.open("r+b") as file:
        file.seek(4096)  # everything behind the first page
        file.write(b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises(StoreDamaged), Store(path) as store:
        store.receipt_rows(batch)


def test_an_entry_that_does_not_fit_is_called_damaged(store: Store, path: Path) -> None:
    batch = store.create_batch()
    db = plain(path)
    db.execute("UPDATE batch SET options = '{\"prepare\": 1}'")
    db.close()
    with pytest.raises(StoreDamaged):
        store.summary(batch)


def test_an_interrupted_transaction_leaves_nothing(tmp_path: Path) -> None:
    db = plain(tmp_path / "a.db")
    migrate(db, STEPS)
    with pytest.raises(KeyboardInterrupt), transaction(db):
        db.execute("DELETE FROM two")
        raise KeyboardInterrupt
    assert not db.in_transaction
    assert db.execute("SELECT b FROM two").fetchall() == [(2,)]
    db.close()


def test_many_may_open_a_new_store_at_once(path: Path) -> None:
    gate = threading.Barrier(8)
    opened: list[str] = []
    troubles: list[BaseException] = []

    def begin() -> None:
        gate.wait()
        try:
            with Store(path) as store:
                store.create_batch()
                opened.append(store.journal_mode)
        except BaseException as error:  # noqa: BLE001 - judged in the main thread
            troubles.append(error)

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert opened == ["wal"] * 8
    with Store(path) as store:
        assert len(store.batches()) == 8
