"""Which kind of receipt a page is, and in which language, by the words on it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from paddlescan.document import Check, Language
from paddlescan.extraction.layouts import OTHER, Layout, layouts
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Sheet
from paddlescan.extraction.text import cjk_count, fold, letter_count
from paddlescan.words.checks import SAID, check_detail

KIND_IS_KNOWN = "kind_is_known"
_ENOUGH = 2
_TOLD = 4
"""Words that are told as evidence, the weightiest first."""


@dataclass(frozen=True, slots=True)
class KindFound:
    """A layout with the words that speak for it."""

    layout: Layout
    score: int
    evidence: tuple[str, ...]
    """The folded words found, the weightiest first."""

    @property
    def told(self) -> tuple[str, ...]:
        """The weightiest of them as the layout's file has them."""
        weighty = [self.layout.as_written.get(word, word) for word in self.evidence]
        return tuple(weighty[:_TOLD])


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


def kind_check(page: Page) -> tuple[Check, ...]:
    """The check that says which kind of receipt this is, and by which words; none where no words tell."""
    if not page.kind_words:
        return ()
    said = ((SAID, "words"), ("kind", page.kind), ("words", ", ".join(page.kind_words)))
    check = Check(KIND_IS_KNOWN, True, facts=said)
    return (replace(check, detail=check_detail(check)),)


def find_language(sheet: Sheet, kind: KindFound) -> Language:
    """Chinese where ideographs make up enough of the text; one stands for about two and a half letters."""
    ideographs = sum(cjk_count(line.text) for line in sheet.lines)
    letters = sum(letter_count(line.text) for line in sheet.lines)
    chinese_words = any(not word.isascii() for word in kind.evidence)
    return "zh" if 2.5 * ideographs > letters or (chinese_words and 5 * ideographs > letters) else "en"
