"""Which table the rows of a page belong to, told by their shape: in a broken file nothing else can be trusted.

Where the tree of a table can still be walked from its root, that decides between tables of the same shape.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from paddlescan.document import Receipt
from paddlescan.document.codec import BadData, decode
from paddlescan.store.care.health import READABLE
from paddlescan.store.care.page_file import (
    INNER_INDEX,
    INNER_TABLE,
    LEAF_INDEX,
    LEAF_TABLE,
    Cell,
    PageFile,
    Row,
    Unreadable,
    Value,
)
from paddlescan.store.rows import PageHead

NOT_SAVED = ("same_key", "identity")
"""Tables that are made anew."""
_BYTES: dict[str, dict[str, Any]] = {
    **READABLE,
    "page_reading": {"head": PageHead},
    "receipt_reading": {"receipt": Receipt},
    "joined_reading": {"receipt": Receipt},
}
_TYPES: dict[str, tuple[type, ...]] = {"INTEGER": (int,), "TEXT": (str,), "BLOB": (bytes,), "REAL": (int, float)}


@dataclass(frozen=True, slots=True)
class Column:
    """A column as a record has it."""

    name: str
    types: tuple[type, ...]
    """Of its values; empty: any."""
    may_be_null: bool
    default: Value
    """Where a record was written before there was this column."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of ours."""

    name: str
    columns: tuple[Column, ...]
    rowid_column: int | None
    """Which column is the row's number (it is empty in a record)."""
    in_index: bool
    """Whether its rows lie in pages of an index (WITHOUT ROWID)."""
    least: int
    """So many columns a record has at least: later ones may have been added since."""

    def row(self, cell: Cell) -> Row | None:
        """The row of an entry, with all its columns; None if it does not have this table's shape."""
        values = cell.row
        if not self.least <= len(values) <= len(self.columns):
            return None
        for place, (value, column) in enumerate(zip(values, self.columns, strict=False)):
            if value is None:
                if not column.may_be_null and place != self.rowid_column:
                    return None
            elif column.types and not isinstance(value, column.types):
                return None
        whole = [*values, *(column.default for column in self.columns[len(values) :])]
        if self.rowid_column is not None:
            if whole[self.rowid_column] is not None or cell.rowid <= 0:
                return None
            whole[self.rowid_column] = cell.rowid
        return tuple(whole) if self._readable(whole) else None

    def _readable(self, values: list[Value]) -> bool:
        kinds = _BYTES.get(self.name, {})
        for value, column in zip(values, self.columns, strict=True):
            if column.name in kinds and isinstance(value, bytes):
                try:
                    decode(value, kinds[column.name])
                except BadData:
                    return False
        return True


def tables_of(db: sqlite3.Connection) -> tuple[Table, ...]:
    """The tables of a new, empty store, the most particular shapes first."""
    found = []
    for name, sql in db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall():
        if name in NOT_SAVED:
            continue
        info = db.execute(f'PRAGMA table_info("{name}")').fetchall()
        in_index = "WITHOUT ROWID" in (sql or "").upper()
        if in_index:  # the primary key stands first in a record
            info.sort(key=lambda row: (row[5] == 0, row[5], row[0]))
        keys = [n for n, row in enumerate(info) if row[5] and row[2].upper() == "INTEGER"]
        alone = len([row for row in info if row[5]]) == 1
        columns = tuple(
            Column(row[1], _TYPES.get(row[2].upper(), ()), not row[3], _constant(db, row[4])) for row in info
        )
        if name == "sqlite_sequence":
            columns = (Column("name", (str,), False, None), Column("seq", (int,), False, None))
        needed = [n for n, row in enumerate(info) if row[3] and row[4] is None]
        least = len(columns) if in_index or not needed else max(needed) + 1
        found.append(Table(name, columns, keys[0] if keys and alone and not in_index else None, in_index, least))
    order = ("page_reading", "receipt_reading", "joined_reading")  # the head of a page reads as a receipt, too
    return tuple(sorted(found, key=lambda table: order.index(table.name) if table.name in order else -1))


@dataclass
class LooseRows:
    """The rows of all tables in a file, page after page."""

    file: PageFile
    tables: tuple[Table, ...]
    whole: set[str] = field(default_factory=set)
    """Tables that could be walked from root to last leaf: what they do not have, was deleted."""

    def __post_init__(self) -> None:
        self._owner: dict[int, Table] = {}
        for table, root in self._roots():
            self._walk(table, root)

    def each(self) -> Iterator[tuple[Table, Row]]:
        """Every row that can be read. A row may come twice, of two versions of a page."""
        free = self.file.free()
        for number in range(1, self.file.count + 1):
            if number in free or self.file.kind(number) not in (LEAF_TABLE, LEAF_INDEX, INNER_INDEX):
                continue
            cells, _ = self.file.cells(number)
            in_index = self.file.kind(number) != LEAF_TABLE
            order = [table for table in self.tables if table.in_index == in_index]
            owner = self._owner.get(number)
            if owner in order:
                order.remove(owner)
                order.insert(0, owner)
            for cell in cells:
                found = ((table, table.row(cell)) for table in order)
                yield from [(table, row) for table, row in found if row is not None][:1]

    def _roots(self) -> Iterator[tuple[Table, int]]:
        """Tables and where their trees begin, as far as the file says so."""
        by_name = {table.name: table for table in self.tables}
        try:
            pages = self._leaves(1, LEAF_TABLE)
        except Unreadable:
            return
        for number in pages:
            for cell in self.file.cells(number)[0]:
                match cell.row:
                    case ("table", str(name), str(), int(root), *_) if name in by_name and 1 < root <= self.file.count:
                        yield by_name[name], root

    def _walk(self, table: Table, root: int) -> None:
        try:
            pages = self._leaves(root, LEAF_INDEX if table.in_index else LEAF_TABLE)
        except Unreadable:
            return
        last = 0
        well = True
        for number in pages:
            cells, all_of_them = self.file.cells(number)
            rows = [table.row(cell) for cell in cells]
            well = well and all_of_them and None not in rows
            if rows and None not in rows:
                self._owner[number] = table
            if not table.in_index:
                ids = [last, *(cell.rowid for cell in cells)]
                well = well and all(one < two for one, two in pairwise(ids))
                last = ids[-1]
        if well:
            self.whole.add(table.name)

    def _leaves(self, root: int, leaf: int) -> list[int]:
        """The pages of a tree that hold rows. What cannot be reached is left out only with Unreadable at the end."""
        found: list[int] = []
        seen: set[int] = set()
        left = deque([root])
        inner = INNER_TABLE if leaf == LEAF_TABLE else INNER_INDEX
        while left:
            number = left.popleft()
            if number in seen:
                raise Unreadable
            seen.add(number)
            kind = self.file.kind(number)
            if kind == leaf:
                found.append(number)
            elif kind == inner:
                if leaf == LEAF_INDEX:
                    found.append(number)
                left.extendleft(reversed(self.file.children(number)))
            else:
                raise Unreadable
        return found


def _constant(db: sqlite3.Connection, words: str | None) -> Value:
    if words is None:
        return None
    value: Value = db.execute(f"SELECT {words}").fetchone()[0]
    return value
