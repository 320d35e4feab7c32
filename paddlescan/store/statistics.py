"""How a store is, in figures: for who is to say what is wrong with it. Opens the file for reading only."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

_MOST_COMPLAINTS = 10


def statistics(path: Path) -> dict[str, Any]:
    """Sizes in bytes, rows by table, version and integrity; what could not be found out is an `error` by its name.

    Holds names of tables and figures, nothing of a receipt.
    """
    told: dict[str, Any] = {"bytes": _sizes(path)}
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5.0)
    except sqlite3.Error as error:
        return told | {"error": _name(error)}
    try:
        for pragma in ("user_version", "journal_mode", "page_size", "page_count", "freelist_count"):
            told[pragma] = db.execute(f"PRAGMA {pragma}").fetchone()[0]
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        told["rows"] = {name: db.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in tables}
        told["sqlite"] = sqlite3.sqlite_version
        told["integrity"] = [line for (line,) in db.execute(f"PRAGMA quick_check({_MOST_COMPLAINTS})")]
    except sqlite3.Error as error:
        told["error"] = _name(error)
    finally:
        db.close()
    return told


def _sizes(path: Path) -> dict[str, int]:
    """Of the file and of what SQLite keeps beside it."""
    files = {"store": path, "wal": path.with_name(f"{path.name}-wal"), "shm": path.with_name(f"{path.name}-shm")}
    return {name: file.stat().st_size for name, file in files.items() if file.is_file()}


def _name(error: sqlite3.Error) -> str:
    return str(getattr(error, "sqlite_errorname", type(error).__name__))
