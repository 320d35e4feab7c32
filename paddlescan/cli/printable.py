"""Texts of strangers in a terminal: names of files, words on receipts, what was typed."""

from __future__ import annotations

import unicodedata

_SHOWN_AS_CODES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Control characters, marks that cannot be seen, half characters, and separators of lines."""


def printable(text: str) -> str:
    """Text in one line, without control characters, so that a file name cannot steer the terminal."""
    if text.isprintable():
        return text
    return "".join(
        c.encode("unicode_escape").decode() if unicodedata.category(c) in _SHOWN_AS_CODES else c for c in text
    )
