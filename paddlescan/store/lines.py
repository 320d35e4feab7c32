"""A batch at a glance: of each receipt what a table shows, sorts, searches and sums, and nothing else.

A whole row (places on the page, candidates, confidences) takes some twelve kilobytes in memory, a line less than one;
ten thousand lines are held, whole rows are fetched where they are wanted.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from paddlescan.document import BLANK, FIELD_NAMES, Check, PageState
from paddlescan.document.codec import decode
from paddlescan.errors import RowGone
from paddlescan.store.receipts import BY_HAND, LATER_PAGES, ORDER, later_pages
from paddlescan.store.rows import Basis, Reading, ReceiptRow

_BETWEEN = "\x1f"
"""Stands between the values of a line. No value holds it: for tidying it is a space like others."""
_PLACE = {name: place for place, name in enumerate(FIELD_NAMES)}

_COLUMNS = f"""
SELECT r.id, r.page_id, COALESCE(p.position, ?), COALESCE(p.number, 1), COALESCE(s.page_count, 1), r.number, r.count,
       COALESCE(s.name, ''), COALESCE(p.state, 'done'), r.needs_review, r.removed, COALESCE(p.quality, ''),
       r.same_as IS NOT NULL, {LATER_PAGES}, r.fields
FROM receipt r LEFT JOIN page p ON p.id = r.page_id LEFT JOIN source s ON s.id = p.source_id
WHERE r.joined_to IS NULL AND
"""
_PERHAPS_NONE = f"(p.state = 'failed' OR p.quality LIKE '%{BLANK}%')"
"""Rows that may be no receipts: the others need not be looked at one by one."""


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """What of a row is held for all rows of a batch. See ReceiptRow for what is called the same there."""

    receipt_id: int
    page_id: int | None
    position: int
    page_number: int
    page_count: int
    number: int
    count: int
    source: str = field(repr=False)
    state: PageState
    removed: bool
    quality: tuple[str, ...]
    copied: bool
    """Whether it was seen before."""
    later_pages: tuple[int, ...]
    doubtful: tuple[str, ...]
    """Names of the doubtful fields, in the order of FIELD_NAMES."""
    texts: str = field(repr=False)
    """The values of all fields as one text, for searching; two values are never side by side in it."""

    @property
    def is_receipt(self) -> bool:
        """As of a ReceiptRow."""
        return (self.state != "failed" and BLANK not in self.quality) or bool(self.values())

    def value(self, name: str) -> str:
        """The value of a field; empty where there is none. KeyError for a name that is no field's."""
        return self.texts.split(_BETWEEN)[_PLACE[name]]

    def some(self, first: str, second: str) -> tuple[str, str]:
        """The values of two fields, for who asks that of ten thousand lines."""
        values = self.texts.split(_BETWEEN)
        return values[_PLACE[first]], values[_PLACE[second]]

    def values(self) -> dict[str, str]:
        """The values that are not empty, by field."""
        return {name: value for name, value in zip(FIELD_NAMES, self.texts.split(_BETWEEN), strict=True) if value}


@dataclass(frozen=True, slots=True)
class _Light:
    """A field with nothing but what a line keeps of it; the rest is passed over in reading."""

    name: str
    value: str = field(repr=False)
    doubtful: bool = False


def of_batch(db: sqlite3.Connection, batch: int) -> tuple[ReceiptLine, ...]:
    """The lines of a batch in dropping order, those by hand last, removed ones too."""
    return tuple(_line(row) for row in db.execute(f"{_COLUMNS} r.batch_id = ? {ORDER}", (BY_HAND, batch)))


def count_receipts(db: sqlite3.Connection) -> int:
    """How many rows of all batches are receipts, without the removed ones."""
    (rows,) = db.execute("SELECT COUNT(*) FROM receipt r WHERE r.joined_to IS NULL AND NOT r.removed").fetchone()
    perhaps = db.execute(f"{_COLUMNS} NOT r.removed AND {_PERHAPS_NONE}", (BY_HAND,))
    return int(rows) - sum(not _line(row).is_receipt for row in perhaps)


def basis(db: sqlite3.Connection, receipt_id: int) -> Basis:
    """What the checks of a receipt rest on. Raises RowGone."""
    found = db.execute(
        "SELECT r.checks, COALESCE(j.receipt, g.receipt) FROM receipt r LEFT JOIN receipt_reading g"
        " ON g.receipt_id = r.id LEFT JOIN joined_reading j ON j.receipt_id = r.id WHERE r.id = ?",
        (receipt_id,),
    ).fetchone()
    if found is None:
        raise RowGone
    return Basis(decode(found[0], tuple[Check, ...]), None if found[1] is None else decode(found[1], Reading))


def line_of(row: ReceiptRow) -> ReceiptLine:
    """The line of a whole row."""
    return ReceiptLine(
        receipt_id=row.receipt_id,
        page_id=row.page_id,
        position=row.position,
        page_number=row.page_number,
        page_count=row.page_count,
        number=row.number,
        count=row.count,
        source=row.source,
        state=row.state,
        removed=row.removed,
        quality=row.quality,
        copied=row.same_as is not None,
        later_pages=row.later_pages,
        doubtful=_shared(_doubtful(row.values.values())),
        texts=_texts((f.name, f.value) for f in row.values.values()),
    )


def _line(row: tuple[Any, ...]) -> ReceiptLine:
    receipt, page, position, page_number, page_count, number, count, source, state, needs_review = row[:10]
    removed, quality, copied, later, blob = row[10:]
    fields = decode(blob, tuple[_Light, ...])
    if state in ("done", "needs_review"):
        state = "needs_review" if needs_review else "done"
    return ReceiptLine(
        receipt,
        page,
        position,
        page_number,
        page_count,
        number,
        count,
        source,
        cast(PageState, sys.intern(state)),
        bool(removed),
        _words(quality),
        bool(copied),
        later_pages(later),
        _shared(_doubtful(fields)),
        _texts((f.name, f.value) for f in fields),
    )


def _doubtful(fields: Iterable[Any]) -> tuple[str, ...]:
    names = [f.name for f in fields if f.doubtful]
    return tuple(sorted(names, key=_PLACE.__getitem__)) if len(names) > 1 else tuple(names)


def _texts(values: Iterable[tuple[str, str]]) -> str:
    found = dict(values)
    parts = [found.get(name, "") for name in FIELD_NAMES]
    texts = _BETWEEN.join(parts)
    if texts.count(_BETWEEN) < len(parts):
        return texts
    return _BETWEEN.join(part.replace(_BETWEEN, " ") for part in parts)


@lru_cache(maxsize=1024)
def _shared(names: tuple[str, ...]) -> tuple[str, ...]:
    """The same tuple for the same names: most lines have one of a few."""
    return names


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())
