"""A store with real rows for tests of care: one is made, the others are copies of its file."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from paddlescan.document import SourceFile
from paddlescan.pipeline.keeping import open_store
from paddlescan.store import FieldEdit, Store, intake, pages, results, typed_field
from paddlescan.store.care.page_file import LEAF_TABLE, PageFile
from tests.benchmarks.big_store import receipt
from tests.unit.store.making import result

RECEIPTS = 120
EDITED = 30
"""The first so many receipts have an edit of a person."""
TABLES = (
    "batch",
    "source",
    "page",
    "page_reading",
    "receipt",
    "receipt_reading",
    "joined_reading",
    "history",
    "merchant_category",
    "learned",
)


@cache
def _made() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "receipts.sqlite")
        with open_store(path) as store:
            batch = store.create_batch("March")
            add_receipts(store, batch, 1, RECEIPTS)
            for row in store.receipt_rows(batch)[:EDITED]:
                edit(store, row.receipt_id, f"note {row.receipt_id}")
            row = store.receipt_rows(batch)[0]
            made = typed_field("merchant", "A SHOP OF OURS", row.values["merchant"])
            store.apply_edit(FieldEdit(row.receipt_id, "merchant", row.values["merchant"], made))
        return path.read_bytes()


def filled(path: Path) -> Path:
    """A store of RECEIPTS receipts of one batch, cleanly closed."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_bytes(_made())
    path.chmod(0o600)
    return path


def add_receipts(store: Store, batch: int, first: int, count: int) -> None:
    """Files of a page each, read, in one transaction."""
    with store._db.writing() as db:
        numbers = range(first, first + count)
        intake.add(db, batch, [SourceFile.at(f"/scans/receipt {n}.png") for n in numbers])
        for number in numbers:
            claim = pages.claim(db, batch, None)
            assert claim is not None
            told = result(claim.ref, receipt(number))
            object.__setattr__(told, "sha256", hashlib.sha256(b"%d" % number).hexdigest())
            results.save(db, claim.page_id, told, claim.token)


def edit(store: Store, receipt_id: int, text: str) -> None:
    store.apply_edit(FieldEdit(receipt_id, "note", None, typed_field("note", text)))


def plain(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def rows(path: Path, table: str) -> list[tuple[Any, ...]]:
    """What a table holds."""
    with closing(plain(path)) as db:
        names = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] not in ("keyed", "touched")]
        return db.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY 1, 2").fetchall()


def everything(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    return {table: rows(path, table) for table in TABLES}


def whole(path: Path) -> bool:
    with closing(plain(path)) as db:
        checks = db.execute("PRAGMA integrity_check").fetchall(), db.execute("PRAGMA foreign_key_check").fetchall()
    return checks == ([("ok",)], [])


def pages_of(path: Path, *names: str) -> list[int]:
    """The numbers of the pages that tables or indexes take, roots and overflow pages too."""
    with closing(plain(path)) as db:
        marks = ",".join("?" * len(names))
        return [n for (n,) in db.execute(f"SELECT pageno FROM dbstat WHERE name IN ({marks}) ORDER BY 1", names)]


def overwrite(path: Path, number: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek((number - 1) * 4096)
        file.write(data[:4096])


def zero(path: Path, number: int) -> None:
    overwrite(path, number, b"\0" * 4096)


def unsaid(path: Path) -> Path:
    """As after a death: a mark that nobody holds."""
    path.with_name(f"{path.name}.open-1-00000000").touch()
    return path


def copy_file(path: Path, to: Path) -> None:
    shutil.copy(path, to)


def leaves_of(path: Path, *tables: str) -> list[int]:
    """The pages of tables that hold their rows."""
    file = PageFile(path)
    return [n for n in pages_of(path, *tables) if file.kind(n) == LEAF_TABLE]
