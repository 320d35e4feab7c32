"""A store of a version that knew no duplicates, or with rows written without rules, gets the keys that it lacks."""

from __future__ import annotations

import sqlite3
import time

from paddlescan.errors import StoreBusy
from paddlescan.store import same
from paddlescan.store.connection import Database
from paddlescan.store.rules import Rules

_MOST, _SECONDS = 500, 0.1
"""Receipts of one transaction, and how long it may last: others wait for it."""
_LET_OTHERS_IN = 0.02
"""Seconds between two transactions: who waits for a lock asks only now and then."""


def catch_up(database: Database, rules: Rules) -> None:
    """Make the keys of all receipts that never had any; nobody asks again about what was seen in those days.

    Several that open a store at once share the work. Raises StoreBusy only where nobody gets on with it.
    """
    left = _left(database)
    while left:
        before, busy = left, None
        try:
            with database.writing() as db:
                _some(db, rules)
        except StoreBusy as error:
            busy = error
        left = _left(database)
        if busy is not None and left == before:
            raise busy
        time.sleep(_LET_OTHERS_IN)


def _left(database: Database) -> int:
    with database.reading() as db:
        (count,) = db.execute("SELECT COUNT(*) FROM receipt WHERE NOT keyed").fetchone()
    return int(count)


def _some(db: sqlite3.Connection, rules: Rules) -> None:
    until = time.monotonic() + _SECONDS
    for (receipt_id,) in db.execute("SELECT id FROM receipt WHERE NOT keyed LIMIT ?", (_MOST,)).fetchall():
        same.write_keys(db, receipt_id, rules)
        if time.monotonic() > until:
            return
