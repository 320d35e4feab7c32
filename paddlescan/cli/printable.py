"""Texts of strangers in a terminal: names of files, words on receipts, what was typed."""

from __future__ import annotations

import unicodedata

from paddlescan.steering import spelled, steering

_UNSEEN = frozenset({"Cf", "Co", "Cn"})
"""Marks that cannot be seen, and what has no meaning, or one that only some program knows."""
_JOINERS = frozenset("\u200c\u200d") | {chr(code) for code in range(0xE0020, 0xE0080)}
"""What holds words and emoji together."""


def printable(text: str) -> str:
    """Text in one line in which nothing steers the terminal, and nothing but joiners is unseen."""
    if text.isprintable():
        return text
    return "".join(spelled(c) if steering(c) or _is_unseen(c) else c for c in text)


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in _UNSEEN and letter not in _JOINERS
