"""Lays an edited export beside a batch and says what it would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from paddlescan.document.export import HistoryEntry
from paddlescan.export.cells import plain_text
from paddlescan.export.read_back import ReadCell, ReadRow, ReadTable
from paddlescan.export.read_back.limits import Look, no_look
from paddlescan.extraction.typed import problem_with, tidy
from paddlescan.pipeline.returning.changes import Change, Comparison, Stranger
from paddlescan.pipeline.returning.matching import match, source_key
from paddlescan.pipeline.returning.meaning import Habits, damage, habits_of, is_same, meant
from paddlescan.store import ReceiptRow, Store

Pair = tuple[ReadRow, ReceiptRow]
_TRIED = 20
"""Batches that a table is laid beside, the newest first, where the places of its receipts do not tell."""
_SHOWN = ("merchant", "date", "total", "invoice_number")


def compare(store: Store, batch: int, table: ReadTable, look: Look = no_look) -> Comparison:
    """What a table would change in a batch. Nothing is written. look: called often; what it raises passes. Raises what
    the store raises."""
    return _compare(store, batch, table, store.receipt_rows(batch, include_removed=True), look)


def best_batch(store: Store, table: ReadTable, look: Look = no_look) -> int | None:
    """The batch that has most of the table's receipts; of several the one that it differs least from, then the newest.

    None where no batch has any.
    """
    wanted = {(source_key(row.source), row.page or 1) for row in table.rows if row.source}
    found: list[tuple[int, int]] = []
    for summary in store.batches():
        pages = {(source_key(page.ref.source.name), page.ref.number) for page in store.page_rows(summary.id)}
        found.append((len(wanted & pages), summary.id))
    most = max((count for count, _ in found), default=0)
    best = [batch for count, batch in found if count == most][:_TRIED]
    if most and len(best) == 1:
        return best[0]
    compared = [compare(store, batch, table, look) for batch in best]
    fitting = [one for one in compared if len(one.strangers) < one.rows]
    return min(fitting, key=lambda one: (len(one.strangers), len(one.changes), -one.batch)).batch if fitting else None


def _compare(store: Store, batch: int, table: ReadTable, rows: Iterable[ReceiptRow], look: Look) -> Comparison:
    asked = [read for read in table.rows if read.source or read.receipt_id or _words(read)]
    matched = match(asked, rows)
    pairs = [(read, found) for read, found in matched if not isinstance(found, str)]
    strangers = [
        Stranger(read.line, read.source, read.page, read.number, _words(read), found)
        for read, found in matched
        if isinstance(found, str)
    ]
    cells = ((name, cell, _known(row, name)) for read, row in pairs for name, cell in read.cells.items())
    habits = habits_of(cells, table.unicode)
    age = _Age(store, pairs)
    changes: list[Change] = []
    for read, row in pairs:
        look()
        changes += _changes(store, read, row, habits, age)
    return Comparison(batch, tuple(changes), tuple(strangers), len(asked), table.ignored)


class _Age:
    """How old a file is that does not say so: no older than the newest edit whose value stands in it."""

    def __init__(self, store: Store, pairs: Sequence[Pair]) -> None:
        self._store, self._pairs = store, pairs
        self._newest: datetime | None = None

    def is_older(self, edit: HistoryEntry) -> bool:
        """Whether the file may have been exported before an edit."""
        if self._newest is None:
            seen = (
                datetime.fromisoformat(entry.at)
                for read, row in self._pairs
                for entry in self._store.history(row.receipt_id)
                if (cell := read.cells.get(entry.field)) is not None
                and entry.before != entry.after
                and is_same(entry.field, cell, entry.after or "")
            )
            self._newest = max(seen, default=datetime.min.replace(tzinfo=UTC))
        return datetime.fromisoformat(edit.at) >= self._newest  # to the second: who knows


def _changes(store: Store, read: ReadRow, row: ReceiptRow, habits: Habits, age: _Age) -> list[Change]:
    differing = [
        (name, cell)
        for name, cell in read.cells.items()
        if cell.trouble == "formula" or not is_same(name, cell, _known(row, name))
    ]
    if not differing:
        return []
    exported = _exported(read, store.history(row.receipt_id), [name for name, _ in differing], age)
    made = (_change(read, row, name, cell, exported.get(name), habits) for name, cell in differing)
    return [change for change in made if change is not None]


def _change(
    read: ReadRow, row: ReceiptRow, name: str, cell: ReadCell, exported: str | None, habits: Habits
) -> Change | None:
    """The change that a cell makes; None where it means what was exported: then only the list was edited."""
    known = _known(row, name)
    if exported is not None:
        is_told = read.exported is not None or read.edits is not None
        if is_told and cell.trouble is None and is_same(name, cell, exported):
            return None
        if is_same(name, ReadCell(exported), known):
            exported = None
    trouble = damage(name, cell, known, habits)
    if trouble is None and exported is not None:
        trouble = damage(name, cell, exported, habits)
    after = tidy(name, meant(name, cell, habits)) if trouble is None else plain_text(cell.text)
    if trouble is None and after == known:
        return None
    return Change(
        receipt_id=row.receipt_id,
        line=read.line,
        source=row.source,
        page=row.page_number,
        number=row.number,
        name=name,
        before=known,
        after=after,
        trouble=trouble,
        exported=exported if trouble is None else None,
        problem=problem_with(name, after) if trouble is None else None,
    )


def _exported(read: ReadRow, history: tuple[HistoryEntry, ...], names: list[str], age: _Age) -> Mapping[str, str]:
    """What was exported of these fields, as far as that can be told.

    A file that does not say may hold a value that a person has edited since: where a cell says what the list said
    before an edit that nothing in the file knows of, that is what was exported, most likely.
    """
    if read.exported is not None:
        return {name: read.exported[name] for name in names if name in read.exported}
    said: dict[str, str] = {}
    for name in names:
        edits = [edit for edit in history if edit.field == name]
        if read.edits is not None:
            later = edits[read.edits.get(name, 0) :]
            if later:
                said[name] = later[0].before or ""
        else:
            cell = read.cells[name]
            older = (edit for edit in edits if is_same(name, cell, edit.before or "") and age.is_older(edit))
            if (edit := next(older, None)) is not None:
                said[name] = edit.before or ""
    return said


def _known(row: ReceiptRow, name: str) -> str:
    found = row.values.get(name)
    return found.value if found is not None else ""


def _words(read: ReadRow) -> str:
    """What stands in a row, as far as it tells which one it is."""
    names = [*_SHOWN, *(name for name in read.cells if name not in _SHOWN)]
    said = (" ".join(plain_text(read.cells[name].text).split()) for name in names if name in read.cells)
    return " · ".join([text for text in said if text][:4])
