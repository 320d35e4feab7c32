"""In which ways a receipt may be the same as another. Made by `extraction`, kept by the store: they never meet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

NOT_SEEN_BEFORE = "not_seen_before"
"""The check that fails where the same receipt was seen before."""

SameBy = Literal["picture", "invoice", "number", "sum"]
"""By the very file and place in it, by code and number, by a merchant's number, by merchant, date and total."""


@dataclass(frozen=True, slots=True)
class SameKey:
    """Receipts that share name and value are the same, unless their marks set them apart."""

    name: SameBy
    value: str = field(repr=False)
    marks: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """What else is known of this receipt, by name."""

    def mark(self, name: str) -> str:
        """One of the marks, empty where it is not known."""
        return dict(self.marks).get(name, "")
