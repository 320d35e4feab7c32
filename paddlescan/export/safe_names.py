"""File names made of what stands on receipts: whatever that is, a name that every system takes, in one folder."""

from __future__ import annotations

import re
import unicodedata

MOST_BYTES = 180
"""Of a name without its ending, as UTF-8. Systems take 255 for all of it; room is left for ` (1234)` and an ending."""
MOST_OF_A_VALUE = 90
"""Bytes of one value within a name, so that a long merchant does not push the total out of it."""
_MOST_OF_AN_ENDING = 20

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\u2044\u2215\u29f8\uff0f\uff3c]')
"""What Windows forbids, and what looks like a slash."""
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
"""Control characters, marks of direction and of no width, halves of surrogate pairs, and what is no character."""

_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|CLOCK\$|(COM|LPT)[0-9¹²³])\s*(\..*)?", re.IGNORECASE)
"""Devices of Windows, whatever the ending (learn.microsoft.com, "Naming Files, Paths, and Namespaces")."""


def safe_part(text: str, most_bytes: int = MOST_OF_A_VALUE) -> str:
    """A value as a part of a name: in one line, without what no name may hold. May be empty."""
    seen = "".join(" " if c.isspace() else c for c in unicodedata.normalize("NFC", text))
    seen = "".join(c for c in seen if unicodedata.category(c) not in _UNSEEN)
    return _cut(" ".join(_FORBIDDEN.sub("-", seen).split()), most_bytes)


def safe_stem(text: str, otherwise: str) -> str:
    """A name without its ending. otherwise: for a text of which nothing is left; a word of our own."""
    stem = safe_part(text, MOST_BYTES).strip(" .")
    if not stem:
        stem = otherwise
    return f"_{stem}" if stem[0] in "-~" or _RESERVED.fullmatch(stem) else stem


def safe_ending(ending: str) -> str:
    """The ending of a name with its point, such as `.pdf`; empty for one that is none."""
    clean = "".join(c for c in safe_part(ending, _MOST_OF_AN_ENDING) if c.isalnum())
    return f".{clean}" if clean else ""


def same_name(name: str) -> str:
    """What names have in common that are the same file where capitals do not count, as on Windows and macOS."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _cut(text: str, most_bytes: int) -> str:
    """The text's start that fits, never ending within a character."""
    data = text.encode("utf-8")
    return text if len(data) <= most_bytes else data[:most_bytes].decode("utf-8", "ignore").rstrip()
