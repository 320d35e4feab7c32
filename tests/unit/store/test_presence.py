"""A store that is moved away, or replaced, while it is open."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from paddlescan.errors import StoreUnwritable
from paddlescan.pipeline.keeping import open_store
from paddlescan.store import FieldEdit, Store, connection, presence, typed_field
from paddlescan.store.care import copies, keep_copy, tidy
from paddlescan.store.connection import ANOTHER, GONE, migrate
from paddlescan.store.schema import MIGRATIONS
from paddlescan.words import reason


def test_what_is_open_is_known_until_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "receipts.sqlite"
    assert presence.identity(path) is None
    with Store(path) as store, Store(path):
        assert presence.known(path) == presence.own_id(store._db._connection)
    assert presence.known(path) is None
    assert presence.identity(path)


def test_a_store_is_opened_while_the_last_other_one_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers: one ends while the other begins. It is the store that was open, and none else."""
    path = tmp_path / "receipts.sqlite"
    last = Store(path)
    batch = last.create_batch("before")
    opens = connection.open_there

    def meanwhile(*words: Any, **more: Any) -> sqlite3.Connection:
        last.close()
        return opens(*words, **more)

    monkeypatch.setattr(connection, "open_there", meanwhile)
    with Store(path) as store:
        assert presence.known(path) == presence.own_id(store._db._connection)
        store.rename_batch(batch, "after")
        assert [summary.name for summary in store.batches()] == ["after"]
    assert presence.known(path) is None


@pytest.mark.skipif("sys.platform == 'win32'", reason="there an open file cannot be replaced")
def test_another_store_is_refused_also_where_the_last_one_is_just_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "receipts.sqlite"
    last = Store(path)
    opens = connection.open_there

    def meanwhile(*words: Any, **more: Any) -> sqlite3.Connection:
        last.close()
        monkeypatch.undo()
        made_anew(path)
        return opens(*words, **more)

    monkeypatch.setattr(connection, "open_there", meanwhile)
    with pytest.raises(StoreUnwritable) as told:
        Store(path)
    assert told.value.parameters["detail"] == ANOTHER
    Store(path).close()


@pytest.mark.skipif("sys.platform == 'win32'", reason="there an open file cannot be moved")
def test_nothing_is_written_into_a_file_that_lost_its_place_and_no_empty_one_is_made(tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    with Store(data / "receipts.sqlite") as store:
        batch = store.create_batch("before")
        data.rename(elsewhere)
        for _ in range(2):
            with pytest.raises(StoreUnwritable) as told:
                store.rename_batch(batch, "into nothing")
            assert told.value.parameters == {"detail": "it is no longer there", "file": str(data)}
        with pytest.raises(StoreUnwritable):
            Store(data / "receipts.sqlite")
        assert not data.exists()
        elsewhere.rename(data)
        store.rename_batch(batch, "after")
        assert store.summary(batch).name == "after"
    with Store(data / "receipts.sqlite") as store:
        assert store.summary(batch).name == "after"


@pytest.mark.skipif("sys.platform == 'win32'", reason="there an open file cannot be replaced")
def test_a_store_that_was_replaced_is_the_one_that_is_written_to(tmp_path: Path) -> None:
    path, other = tmp_path / "receipts.sqlite", tmp_path / "other.sqlite"
    with Store(path) as store:
        batch = store.create_batch("one")
    shutil.copy(path, other)
    with Store(path) as store:
        other.replace(path)
        store.rename_batch(batch, "written")
    with Store(path) as store:
        assert store.summary(batch).name == "written"


@pytest.mark.skipif("sys.platform == 'win32'", reason="there an open file cannot be moved")
def test_a_calm_moment_makes_no_store_where_one_vanished(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "data" / "receipts.sqlite", tmp_path / "elsewhere.sqlite"
    with open_store(path) as store:
        batch = store.create_batch("before")
        row = store.add_receipt(batch)
        tidy(path)  # all is in the one file that is moved
        path.rename(elsewhere)
        for look in (tidy, keep_copy):
            with pytest.raises(StoreUnwritable):
                look(path)
        assert not path.exists()
        with pytest.raises(StoreUnwritable):
            store.create_batch("into nothing")
        with pytest.raises(StoreUnwritable):
            store.apply_edit(FieldEdit(row, "note", None, typed_field("note", "held")))
        elsewhere.rename(path)
        store.apply_edit(FieldEdit(row, "note", None, typed_field("note", "held")))
        assert store.receipt(row).receipt.value("note") == "held"


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def made_anew(path: Path) -> None:
    with Store(path.with_name("new.sqlite")) as store:
        store.add_receipt(store.create_batch("another"))
    path.with_name("new.sqlite").replace(path)


def of_an_earlier_version(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrate(db, MIGRATIONS[:3])


def a_copy(path: Path) -> None:
    shutil.copy(copies(path)[0].file, path)


@pytest.mark.skipif("sys.platform == 'win32'", reason="there an open file cannot be moved")
@pytest.mark.parametrize("other", [emptied, made_anew, of_an_earlier_version, a_copy])
def test_another_store_in_its_place_is_not_written_to(other: Callable[[Path], None], tmp_path: Path) -> None:
    """Its receipts have the same numbers and are others: what was typed waits for the right one, or the next start."""
    path, elsewhere = tmp_path / "data" / "receipts.sqlite", tmp_path / "elsewhere.sqlite"
    with open_store(path) as store:
        batch = store.create_batch("before")
        assert keep_copy(path) is not None
        row = store.add_receipt(batch)  # the copy does not know it
        edit = FieldEdit(row, "note", None, typed_field("note", "held"))
        tidy(path)
        path.rename(elsewhere)
        other(path)
        before = path.read_bytes()
        for _ in range(2):
            with pytest.raises(StoreUnwritable) as told:
                store.apply_edit(edit)
            assert told.value.parameters["detail"] in (GONE, ANOTHER)
            assert reason(str(told.value.parameters["detail"]), "zh") != told.value.parameters["detail"]
        with pytest.raises(StoreUnwritable):
            Store(path)
        assert path.read_bytes() == before
        elsewhere.replace(path)
        store.apply_edit(edit)
        assert store.receipt(row).receipt.value("note") == "held"
    if other is a_copy:
        a_copy(path)
        with open_store(path) as store:
            assert [summary.name for summary in store.batches()] == ["before"], "the next start takes what is there"
