"""Which characters steer what shows or reads a text, for names of strangers, terminals, logs and exports alike.

What each of them does with such a character differs (spell it, leave it out, make it a line break); which they are does
not. What is only not seen steers nothing: joiners hold together the letters of Indic scripts, Persian words and emoji,
variation selectors and tags choose how an emoji looks. Only the standard library is imported here.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Literal

Steering = Literal["", "control", "break", "direction", "half", "no character"]
_CATEGORIES: dict[str, Steering] = {"Cc": "control", "Zl": "break", "Zp": "break", "Cs": "half"}
_TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Embeddings, overrides and isolates (UAX 9)."""
_MARKS = frozenset("\u061c\u200e\u200f\u206a\u206b\u206c\u206d\u206e\u206f\ufff9\ufffa\ufffb")
"""Marks of direction; deprecated marks that swap and shape (Unicode 23.3); anchors that take text out of its line."""


@lru_cache(maxsize=4096)
def steering(letter: str) -> Steering:
    """How a character steers; empty for one that does not."""
    kind = _CATEGORIES.get(unicodedata.category(letter))
    if kind:
        return kind
    if unicodedata.bidirectional(letter) in _TURNS or letter in _MARKS:
        return "direction"
    number = ord(letter)
    return "no character" if number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF else ""


def spelled(letter: str) -> str:
    """A character as an escape: `\\x1b`, `\\u202e`."""
    return letter.encode("unicode_escape").decode() if letter >= " " else f"\\x{ord(letter):02x}"
