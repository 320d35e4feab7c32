"""Values that fields had on receipts of all batches, for a person who types one of them again."""

from __future__ import annotations

import sqlite3
from collections import Counter

from paddlescan.store.scanning import scan

_MOST = 2_000
"""Values of one field, the most used."""


def values(db: sqlite3.Connection, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The values of these fields that stand on receipts without a doubt, the most used first, then the newest."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    rows = db.execute("SELECT fields FROM receipt WHERE NOT removed AND joined_to IS NULL ORDER BY id DESC")
    for (fields,) in rows:
        for found in scan(fields, names):
            if found.value and not found.doubtful:
                counts[found.name][found.value] += 1
    return {name: tuple(value for value, _ in counted.most_common(_MOST)) for name, counted in counts.items()}
