"""Values that fields had on receipts of all batches, for a person who types one of them again."""

from __future__ import annotations

import sqlite3

_MOST = 2_000
"""Values of one field, the most used."""


def values(db: sqlite3.Connection, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The values of these fields that stand on receipts without a doubt, the most used first, then the newest."""
    found: dict[str, list[str]] = {name: [] for name in names}
    marks = ", ".join("?" * len(names))
    rows = db.execute(
        "SELECT json_extract(f.value, '$.name'), json_extract(f.value, '$.value'), COUNT(*), MAX(r.id)"
        " FROM receipt r, json_each(CAST(r.fields AS TEXT)) f"
        f" WHERE NOT r.removed AND r.joined_to IS NULL AND json_extract(f.value, '$.name') IN ({marks})"
        " AND NOT json_extract(f.value, '$.doubtful') AND json_extract(f.value, '$.value') <> ''"
        " GROUP BY 1, 2 ORDER BY 3 DESC, 4 DESC",
        names,
    )
    for name, value, _, _ in rows:
        if len(found[name]) < _MOST:
            found[name].append(value)
    return {name: tuple(texts) for name, texts in found.items()}
