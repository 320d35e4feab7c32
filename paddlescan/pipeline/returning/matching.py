"""Which receipt a row of a file is: by its place, else by what stands in it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from paddlescan.export.cells import plain_text, text_cell
from paddlescan.export.read_back import ReadRow
from paddlescan.pipeline.returning.changes import Why
from paddlescan.pipeline.returning.meaning import is_same, sense
from paddlescan.store import ReceiptRow

Found = ReceiptRow | Why

_ALIKE = 0.5
"""So much of a row must be the same where only its content tells which receipt it is."""
_TELLING = ("invoice_number", "total", "date", "merchant", "buyer", "note")
"""Fields by which receipts that may be alike are looked up."""
_FEW = 200
"""Receipts that are compared one by one with a row; a value that more of them share tells nothing."""


def match(rows: Sequence[ReadRow], receipts: Iterable[ReceiptRow]) -> list[tuple[ReadRow, Found]]:
    """The receipt that each row is, or why it is none, in the order of the rows. No receipt is found twice.

    Rows that say where their receipt stands come first, then those whose content is a receipt's to the letter, then
    those that are most like one.
    """
    matcher = _Matcher(receipts)
    found: dict[int, Found] = {}
    for step in (matcher.placed, matcher.equal, matcher.alike):
        for index, row in enumerate(rows):
            if index not in found and (result := step(row)) is not None:
                found[index] = result
    return [(row, found[index]) for index, row in enumerate(rows)]


def source_key(source: str) -> str:
    """A source's name as a cell holds it."""
    return unicodedata.normalize("NFC", plain_text(text_cell(source)).strip())


class _Matcher:
    def __init__(self, receipts: Iterable[ReceiptRow]) -> None:
        self._by_id = {row.receipt_id: row for row in receipts}
        self._by_source: dict[str, list[ReceiptRow]] = defaultdict(list)
        self._by_name: dict[str, list[ReceiptRow]] = defaultdict(list)
        self._by_value: dict[tuple[str, str], list[ReceiptRow]] = defaultdict(list)
        for row in self._by_id.values():
            source = source_key(row.source)
            self._by_source[source].append(row)
            self._by_name[_own_name(source)].append(row)
            for name in _TELLING:
                if value := _known(row, name):
                    self._by_value[name, sense(name, value)].append(row)
        self._taken: set[int] = set()

    def placed(self, read: ReadRow) -> Found | None:
        """The receipt at the place that a row names; None where it names none, or one that several share."""
        known = self._by_id.get(read.receipt_id)
        if known is not None and _may_be(known, read):
            return self._take(known)
        if not read.source:
            return None
        fitting = self._at(read)
        if not fitting:
            return "elsewhere"
        return self._take(fitting[0]) if len(fitting) == 1 else None

    def equal(self, read: ReadRow) -> Found | None:
        """The first receipt that says the same as a row in everything."""
        found = next((row for row in self._free(read) if _likeness(read, row) == 1.0), None)
        return None if found is None else self._take(found)

    def alike(self, read: ReadRow) -> Found:
        """The receipt that is most like a row."""
        scores = sorted(((_likeness(read, row), row.receipt_id) for row in self._free(read)), reverse=True)
        if not scores or scores[0][0] < _ALIKE:
            others = (row for row in self._candidates(read) if row.receipt_id in self._taken)
            return "twice" if any(_likeness(read, row) == 1.0 for row in others) else "elsewhere"
        if len(scores) > 1 and scores[1][0] == scores[0][0]:
            return "unclear"
        return self._take(self._by_id[scores[0][1]])

    def _take(self, row: ReceiptRow) -> Found:
        if row.removed:
            return "removed"
        if row.receipt_id in self._taken:
            return "twice"
        self._taken.add(row.receipt_id)
        return row

    def _at(self, read: ReadRow) -> list[ReceiptRow]:
        """The receipts at a place; a form may name a file without its folder."""
        source = source_key(read.source or "")
        candidates = self._by_source.get(source) or self._by_name.get(_own_name(source), [])
        return [row for row in candidates if _may_be(row, read)]

    def _free(self, read: ReadRow) -> list[ReceiptRow]:
        return [row for row in self._candidates(read) if row.receipt_id not in self._taken and not row.removed]

    def _candidates(self, read: ReadRow) -> list[ReceiptRow]:
        """The receipts that a row might be, as far as its content is to tell."""
        if read.source:
            return self._at(read)
        shared: dict[int, ReceiptRow] = {}
        for name in _TELLING:
            cell = read.cells.get(name)
            if cell is None or not cell.text.strip():
                continue
            rows = self._by_value.get((name, sense(name, plain_text(cell.text))), ())
            if len(rows) <= _FEW:
                shared |= {row.receipt_id: row for row in rows if _may_be(row, read)}
        return [shared[receipt_id] for receipt_id in sorted(shared)]


def _may_be(row: ReceiptRow, read: ReadRow) -> bool:
    """Whether nothing that a row of a file says of its place is otherwise."""
    if read.source is None:
        return True
    if not read.source:
        return row.page_id is None
    if _own_name(source_key(row.source)) != _own_name(source_key(read.source)):
        return False
    return read.page in (None, row.page_number) and read.number in (None, row.number)


def _likeness(read: ReadRow, row: ReceiptRow) -> float:
    """How much of a row stands in a receipt: of the columns in which either says something, the share that agrees."""
    same = said = 0
    for name, cell in read.cells.items():
        known = _known(row, name)
        if cell.text.strip() or known:
            said += 1
            same += is_same(name, cell, known)
    return same / said if said else 0.0


def _own_name(source: str) -> str:
    return source.rsplit("/", 1)[-1]


def _known(row: ReceiptRow, name: str) -> str:
    values: Mapping[str, object] = row.values
    return row.values[name].value if name in values else ""
