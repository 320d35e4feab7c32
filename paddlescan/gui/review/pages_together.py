"""Which pages make one receipt, as a person wants it: what is to be said of which page. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from paddlescan.gui.review.rows import pages_of, place_of
from paddlescan.store import Joining, ReceiptLine

Joinings = dict[int, Joining | None]
"""Page ids, and whether each goes on with the page before."""


def taken_apart(rows: Sequence[ReceiptLine]) -> Joinings:
    """What makes a receipt of each page of these rows; empty where none has several."""
    return {page: "apart" for row in rows for page in row.later_pages}


def put_together(rows: Sequence[ReceiptLine]) -> Joinings:
    """What makes one receipt of these rows of a batch.

    Empty unless they are consecutive pages of one file, one receipt each.
    """
    ordered = sorted(rows, key=place_of)
    if len(ordered) < 2 or any(row.count != 1 or row.page_id is None or row.removed for row in ordered):
        return {}
    for before, row in pairwise(ordered):
        follows = row.page_number == before.page_number + len(pages_of(before))
        if row.position != before.position or not follows or "failed" in (row.state, before.state):
            return {}
    return {row.page_id: "joined" for row in ordered[1:] if row.page_id is not None}
