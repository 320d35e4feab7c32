"""The tables of watched folders: which files were taken from them, and the batches that they went into.

A file and its pages come in with one transaction, so that neither a kill nor a power cut reads one twice or not at all.
A copy of the store that is put back knows what its receipts are of: what came later is read again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from paddlescan.document import ScanOptions, SourceFile
from paddlescan.store import batches, intake, pages, same
from paddlescan.store.rows import BatchOwner, PageRow
from paddlescan.store.rules import Rules

HotState = Literal["taken", "read", "failed"]
_COLUMNS = "SELECT id, path, mark, sha256, state, source_id, target FROM hot_file"


@dataclass(frozen=True, slots=True)
class NewFile:
    """A whole file that is to be read."""

    source: SourceFile
    mark: str = field(repr=False)
    """Size, time of the last change and inode, as one text."""
    sha256: str


@dataclass(frozen=True, slots=True)
class HotFile:
    """A file of a watched folder that was taken; also a copy of one, which is not read."""

    id: int
    path: bytes = field(repr=False)
    """Where it was last seen."""
    mark: str = field(repr=False)
    """As it was last seen; see `NewFile`."""
    sha256: str
    state: HotState
    """taken: it waits or is being read."""
    source: int | None
    """In the store; None: its batch was deleted."""
    target: bytes | None = field(repr=False)
    """Where it is being moved to; None: nowhere."""


@dataclass(frozen=True, slots=True)
class HotRound:
    """A batch that files of a watched folder go into."""

    batch: int
    owner: BatchOwner
    day: str
    """When it was begun, as ISO 8601."""
    number: int
    """Of its exports; 0: none was begun."""
    closed: bool
    """Whether nothing is added any more and nothing is left to be done."""


def every(db: sqlite3.Connection, folder: bytes) -> tuple[HotFile, ...]:
    """All that was ever taken from a folder, in the order of coming."""
    return tuple(HotFile(*row) for row in db.execute(f"{_COLUMNS} WHERE folder = ? ORDER BY id", (folder,)))


def take(db: sqlite3.Connection, folder: bytes, batch: int, files: Sequence[NewFile]) -> tuple[PageRow, ...]:
    """Add files to a batch, waiting, and note that they are taken."""
    rows = intake.add(db, batch, [each.source for each in files])
    for row, each in zip(rows, files, strict=True):
        (source,) = db.execute("SELECT source_id FROM page WHERE id = ?", (row.id,)).fetchone()
        _insert(db, folder, each.source.raw_path, each.mark, each.sha256, "taken", source)
    return rows


def add_copy(db: sqlite3.Connection, folder: bytes, path: bytes, mark: str, of: HotFile) -> None:
    """Note that a file is the same as one that was taken; it fares as that does."""
    _insert(db, folder, path, mark, of.sha256, of.state, of.source)


def _insert(
    db: sqlite3.Connection, folder: bytes, path: bytes, mark: str, sha256: str, state: HotState, source: int | None
) -> None:
    db.execute(
        "INSERT INTO hot_file (folder, path, mark, sha256, state, source_id) VALUES (?, ?, ?, ?, ?, ?)",
        (folder, path, mark, sha256, state, source),
    )


def see(db: sqlite3.Connection, file: HotFile, path: bytes, mark: str, name: str | None = None) -> tuple[PageRow, ...]:
    """It lies elsewhere now, or only its mark is another. name: what its source is called from now on.

    Returns the pages that lie elsewhere with it; none for a copy.
    """
    db.execute("UPDATE hot_file SET path = ?, mark = ?, target = NULL WHERE id = ?", (path, mark, file.id))
    if file.source is None or path == file.path:
        return ()
    moved = db.execute(
        "UPDATE source SET raw_path = ?, name = COALESCE(?, name) WHERE id = ? AND raw_path = ?",
        (path, name, file.source, file.path),
    )
    return pages.of_source(db, file.source) if moved.rowcount else ()


def set_target(db: sqlite3.Connection, file: HotFile, target: bytes | None) -> None:
    """It is about to be moved there; or not any more."""
    db.execute("UPDATE hot_file SET target = ? WHERE id = ?", (target, file.id))


def set_state(db: sqlite3.Connection, files: Iterable[HotFile], state: HotState) -> None:
    """They have been read, or could not be; so have their copies."""
    for file in files:
        db.execute(
            "UPDATE hot_file SET state = ? WHERE id = ? OR (source_id IS NOT NULL AND source_id = ?)",
            (state, file.id, file.source),
        )


def forget(db: sqlite3.Connection, files: Iterable[HotFile]) -> None:
    """They may come anew; what was read of them stays."""
    db.executemany("DELETE FROM hot_file WHERE id = ?", ((file.id,) for file in files))


def drop(db: sqlite3.Connection, file: HotFile, rules: Rules | None) -> tuple[int, ...]:
    """It is gone, or is another by now: neither it nor its copies were ever taken. Returns the pages that go with it.

    What a person edited of it stays, and so does it.
    """
    if file.source is None:
        forget(db, (file,))
        return ()
    of_source = "SELECT r.id FROM receipt r JOIN page p ON p.id = r.page_id WHERE p.source_id = ?"
    if db.execute(f"SELECT 1 FROM history WHERE receipt_id IN ({of_source})", (file.source,)).fetchone():
        set_state(db, (file,), "read")
        return ()
    gone = tuple(row.id for row in pages.of_source(db, file.source))
    same.without(db, [i for (i,) in db.execute(of_source, (file.source,))], rules)
    db.execute("DELETE FROM hot_file WHERE source_id = ?", (file.source,))
    db.execute("DELETE FROM source WHERE id = ?", (file.source,))
    return gone


def under_way(db: sqlite3.Connection, folder: bytes) -> Iterator[tuple[HotFile, tuple[PageRow, ...]]]:
    """The files that are taken, each with its pages; without any where its batch was deleted. Copies are left out."""
    seen: set[int] = set()
    for file in every(db, folder):
        if file.state == "taken" and file.source not in seen:
            if file.source is not None:
                seen.add(file.source)
            yield file, (pages.of_source(db, file.source) if file.source is not None else ())


def begin_round(
    db: sqlite3.Connection, folder: bytes, day: str, name: str, owner: BatchOwner, options: ScanOptions
) -> int:
    """A new batch for files of a folder."""
    roots = (folder.decode("utf-8", "surrogateescape"), day) if owner == "cli" else ()
    batch = batches.create(db, name, owner, options, roots)
    db.execute("INSERT INTO hot_round (batch_id, folder, day) VALUES (?, ?, ?)", (batch, folder, day))
    return batch


def rounds(db: sqlite3.Connection, folder: bytes) -> tuple[HotRound, ...]:
    """Those of a folder that are not closed, the oldest first."""
    query = (
        "SELECT h.batch_id, b.owner, h.day, h.number, h.closed FROM hot_round h JOIN batch b ON b.id = h.batch_id"
        " WHERE h.folder = ? AND NOT h.closed ORDER BY h.batch_id"
    )
    return tuple(_round(row) for row in db.execute(query, (folder,)))


def set_number(db: sqlite3.Connection, batch: int, number: int) -> None:
    """Its exports have this number from now on."""
    db.execute("UPDATE hot_round SET number = ? WHERE batch_id = ?", (number, batch))


def close_round(db: sqlite3.Connection, batch: int) -> None:
    """Nothing is added to this batch any more."""
    db.execute("UPDATE hot_round SET closed = 1 WHERE batch_id = ?", (batch,))


def _round(row: tuple[Any, ...]) -> HotRound:
    batch, owner, day, number, closed = row
    return HotRound(batch, owner, day, number, bool(closed))
