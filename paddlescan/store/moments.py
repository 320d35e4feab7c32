"""When things happen."""

from __future__ import annotations

from datetime import datetime


def now() -> str:
    """This moment as ISO 8601 with the local offset from UTC, to the second."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
