"""Which kind of receipt a page is, and in which language, by the words on it."""

from __future__ import annotations

from dataclasses import dataclass

from paddlescan.document import Language
from paddlescan.extraction.layouts import OTHER, Layout, layouts
from paddlescan.extraction.rows import Sheet
from paddlescan.extraction.text import cjk_count, fold, letter_count

_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class KindFound:
    """A layout with the words that speak for it."""

    layout: Layout
    score: int
    evidence: tuple[str, ...]
    """The folded words found, the weightiest first."""


def find_kind(sheet: Sheet) -> KindFound:
    """The layout whose words weigh most; `other` where too little speaks for any."""
    text = "\n".join(fold(line.text).text for line in sheet.lines)
    best = KindFound(OTHER, 0, ())
    for layout in layouts():
        there = sorted(((n, w) for w, n in layout.words if w in text), reverse=True)
        total = sum(n for n, _ in there)
        if total >= _ENOUGH and total > best.score:
            best = KindFound(layout, total, tuple(w for _, w in there))
    return best


def find_language(sheet: Sheet, kind: KindFound) -> Language:
    """Chinese where ideographs make up enough of the text; one stands for about two and a half letters."""
    ideographs = sum(cjk_count(line.text) for line in sheet.lines)
    letters = sum(letter_count(line.text) for line in sheet.lines)
    chinese_words = any(not word.isascii() for word in kind.evidence)
    return "zh" if 2.5 * ideographs > letters or (chinese_words and 5 * ideographs > letters) else "en"
