"""A database read page by page gives what SQLite gives."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from paddlescan.store.care.loose_rows import LooseRows, tables_of
from paddlescan.store.care.page_file import LEAF_TABLE, PageFile
from paddlescan.store.connection import migrate
from paddlescan.store.schema import MIGRATIONS

from .making import TABLES, add_receipts, filled, pages_of, plain, rows, zero


def read(path: Path, with_log: bool = True) -> tuple[dict[str, list[tuple[object, ...]]], set[str]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate(db, MIGRATIONS)
        loose = LooseRows(PageFile(path, with_log), tables_of(db))
    found: dict[str, list[tuple[object, ...]]] = {name: [] for name in TABLES}
    for table, row in loose.each():
        if table.name in found:
            kept = [v for v, c in zip(row, table.columns, strict=True) if c.name not in ("keyed", "touched")]
            found[table.name].append(tuple(kept))
    return {name: sorted(values, key=lambda row: row[:2]) for name, values in found.items()}, loose.whole


def test_every_row_of_every_table_is_found(tmp_path: Path) -> None:
    path = filled(tmp_path / "receipts.sqlite")
    found, complete = read(path)
    assert len(found["receipt"]) == 120
    for name in TABLES:
        assert found[name] == rows(path, name), name
    assert complete >= set(TABLES)


def test_what_was_committed_to_the_log_counts_and_what_was_not_does_not(tmp_path: Path) -> None:
    path = filled(tmp_path / "receipts.sqlite")
    with closing(plain(path)) as db:
        db.execute("PRAGMA wal_autocheckpoint = 0")
        db.execute("UPDATE batch SET name = 'April'")
        wal = path.with_name(path.name + "-wal")
        done = wal.read_bytes()
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN")
        db.execute("UPDATE receipt SET kind = 'other'")  # spills into the log before it is committed
        db.execute("UPDATE source SET name = 'x'")
        assert len(wal.read_bytes()) > len(done)
        found, _ = read(path)
        assert [row[1] for row in found["batch"]] == ["April"]
        assert len({row[5] for row in found["receipt"]}) >= 1
        assert "other" not in {row[5] for row in found["receipt"]}
        assert [row[1] for row in read(path, with_log=False)[0]["batch"]] == ["March"]
        db.execute("ROLLBACK")


def test_a_log_with_a_broken_frame_counts_up_to_it(tmp_path: Path) -> None:
    path = filled(tmp_path / "receipts.sqlite")
    with closing(plain(path)) as db:
        db.execute("PRAGMA wal_autocheckpoint = 0")
        db.execute("UPDATE batch SET name = 'April'")
        first = path.with_name(path.name + "-wal").stat().st_size
        db.execute("UPDATE batch SET name = 'May'")
        data = path.with_name(path.name + "-wal").read_bytes()
        spoiled = tmp_path / "spoiled.sqlite"
        spoiled.write_bytes(path.read_bytes())
        broken = bytearray(data)
        broken[first + 24 + 200] ^= 1
        spoiled.with_name("spoiled.sqlite-wal").write_bytes(broken)
    assert [row[1] for row in read(spoiled)[0]["batch"]] == ["April"]


def test_a_table_with_a_broken_page_is_not_called_whole(tmp_path: Path) -> None:
    path = filled(tmp_path / "receipts.sqlite")
    leaves = [n for n in pages_of(path, "receipt") if PageFile(path).kind(n) == LEAF_TABLE]
    zero(path, random.Random(2).choice(leaves))
    found, complete = read(path)
    assert "receipt" not in complete
    assert "source" in complete
    assert 0 < len(found["receipt"]) < 120


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(-(2**63), 2**63 - 1) | st.none(),
            st.floats(allow_nan=False),
            st.text(max_size=5000),
            st.binary(max_size=9000),
        ),
        max_size=6,
    )
)
def test_any_record_is_read_as_it_was_written(tmp_path_factory, values) -> None:
    path = tmp_path_factory.mktemp("any") / "any.sqlite"
    values = [(a, b + 0.0, c.encode("utf-8", "ignore").decode().replace("\0", ""), d) for a, b, c, d in values]
    with closing(plain(path)) as db:
        db.execute("CREATE TABLE any (a, b REAL, c, d)")
        db.executemany("INSERT INTO any VALUES (?, ?, ?, ?)", values)
    file = PageFile(path)
    found = [
        cell.row
        for n in range(2, file.count + 1)
        if n not in file.free() and file.kind(n) == LEAF_TABLE
        for cell in file.cells(n)[0]
    ]
    assert [(a, float(b), c, d) for a, b, c, d in found] == values  # a whole number may be kept as an integer


def test_garbage_breaks_nothing(tmp_path: Path) -> None:
    path = filled(tmp_path / "receipts.sqlite")
    whole = path.read_bytes()
    chance = random.Random(7)
    for _ in range(12):
        data = bytearray(whole[: chance.randrange(len(whole))])
        for _ in range(chance.randrange(1, 200)):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data)
        read(path)


def test_rows_of_an_older_version_get_the_columns_they_lack(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    with closing(plain(path)) as db:
        migrate(db, MIGRATIONS[:1])
        db.execute("INSERT INTO batch (name, owner, created_at, options, roots) VALUES ('a', 'cli', 'x', '{}', '[]')")
        db.execute("UPDATE batch SET options = CAST('{}' AS BLOB), roots = CAST('[]' AS BLOB)")
        migrate(db, MIGRATIONS)
    with closing(plain(path)) as db:
        db.execute("PRAGMA user_version")
    found, _ = read(path)
    assert [row[1:] for row in found["batch"]] == [("a", "cli", "x", b"{}", b"[]", 0, 0, 0)]


def test_add_receipts_is_what_other_tests_rest_on(tmp_path: Path) -> None:
    from paddlescan.pipeline.keeping import open_store

    with open_store(tmp_path / "a.sqlite") as store:
        batch = store.create_batch()
        add_receipts(store, batch, 1, 3)
        assert [row.state for row in store.page_rows(batch)].count("waiting") == 0
