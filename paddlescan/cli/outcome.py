"""What a scan comes to, for who tells it in another way than on the terminal."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scan came to that ran to its end."""

    receipts: int
    """Without blank pages and without what failed."""
    to_check: int
    """Of the receipts."""
    blank: int
    """Pages with nothing on them."""
    failed: int
    """Pages, or files that could not be opened."""
    written: bool
    """Whether all that was asked for was written."""
    table: str = field(default="", repr=False)
    """Name of the CSV that was written; empty where none was asked for."""
    packed: int = 0
    """Packed files that lay in the folders and were left out."""
    seen: str = field(default="", repr=False)
    """Where most of the receipts that were seen before stand, in words; empty where there are none."""
