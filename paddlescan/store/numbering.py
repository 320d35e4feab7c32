"""Which row of a page each receipt of a new reading goes into, when its regions may have changed.

A row keeps to the receipt that lies where its own did, and a typed value to the receipt that holds the place it was
read from. So a row gets the number of that receipt before the reading is saved, and the saving goes by numbers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from paddlescan.document import Field, PageResult, Quad, Receipt, bounds
from paddlescan.document.codec import decode
from paddlescan.document.geometry import centre, contains

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Known:
    """A row as the reading before left it."""

    id: int
    number: int
    box: Box
    typed: tuple[Quad, ...] = ()
    """Where the values were read that a person typed over."""


def renumber(db: sqlite3.Connection, page_id: int, result: PageResult) -> None:
    """Give the rows of a page the numbers of the receipts that they belong to in a new reading of it.

    A row that no receipt takes gets a number behind them all; whether it stays is for others to say.
    """
    page: Box = (0.0, 0.0, float(result.width or 1), float(result.height or 1))
    query = (
        "SELECT r.id, r.number, r.fields, g.receipt FROM receipt r"
        " LEFT JOIN receipt_reading g ON g.receipt_id = r.id WHERE r.page_id = ? ORDER BY r.number"
    )
    rows = [_known(page, *row) for row in db.execute(query, (page_id,)).fetchall()]
    boxes = [(receipt.number, receipt.region, _box(receipt.region, page)) for receipt in result.receipts]
    numbers = matched(rows, boxes)
    free = max((number for number, _, _ in boxes), default=0)
    for row in rows:
        if row.id not in numbers:
            free += 1
            numbers[row.id] = free
    if all(numbers[row.id] == row.number for row in rows):
        return
    for sign in (-1, 1):  # no two rows may have one number, not even for a moment
        db.executemany("UPDATE receipt SET number = ? WHERE id = ?", [(sign * n, i) for i, n in numbers.items()])


def matched(rows: Sequence[Known], receipts: Sequence[tuple[int, Quad | None, Box]]) -> dict[int, int]:
    """The number of a new receipt for each row that gets one, by the row's id: no number twice.

    receipts: number, region and what encloses that. Pairs are taken by how many places of typed values the region
    holds, then by how much of both they share, then those whose number stays.
    """
    pairs = []
    for row in rows:
        for number, region, box in receipts:
            shared = _shared(row.box, box)
            if shared > 0.0:
                held = sum(region is None or contains(region, centre(quad)) for quad in row.typed)
                pairs.append((-held, -round(shared, 6), row.number != number, number, row.number, row.id))
    numbers: dict[int, int] = {}
    for _, _, _, number, _, row_id in sorted(pairs):
        if row_id not in numbers and number not in numbers.values():
            numbers[row_id] = number
    return numbers


def _known(page: Box, row_id: int, number: int, fields: bytes, reading: bytes | None) -> Known:
    region = None if reading is None else decode(reading, Receipt).region
    mine = [f for f in decode(fields, tuple[Field, ...]) if f.origin == "user"]
    return Known(row_id, number, _box(region, page), tuple(f.quad for f in mine if f.quad is not None))


def _box(region: Quad | None, page: Box) -> Box:
    return page if region is None else bounds(region)


def _shared(one: Box, other: Box) -> float:
    """Area in both for area in either: 0 to 1."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    if wide <= 0.0 or high <= 0.0:
        return 0.0
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return wide * high / (areas - wide * high)
