"""What a receipt is for, by its kind and by words on the page: a guess that spares typing.

It is proposed only where it is clear, so it asks for no look; the word is English whatever the page speaks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from paddlescan.extraction import labels, patterns
from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.page import Page
from paddlescan.extraction.rows import Line
from paddlescan.extraction.text import fold

_KIND = 6.0
"""What the kind of the document weighs."""
_STRONG = 3.0
"""What a word weighs that is enough alone; the others weigh 1, and each twice in the head of the page."""
_ENOUGH = 2.0
_CLEAR = 1.5
"""So many times what speaks for the next category must speak for the first."""
_HEAD = 0.2
_OFFERED = 2
"""Further categories that are offered."""


def propose(page: Page) -> Iterator[Candidate]:
    """The category that most speaks for, with the line that says it loudest, and the next ones as other readings.

    A page of no known kind is no receipt as far as we know: its words say nothing of what was bought.
    """
    if page.kind == "other":
        return
    scores, where = _scores(page)
    ranked = sorted(scores, key=lambda name: -scores[name])
    if not ranked or scores[ranked[0]] < _ENOUGH:
        return
    if len(ranked) > 1 and scores[ranked[0]] < _CLEAR * scores[ranked[1]]:
        return
    for rank, name in enumerate(ranked[: 1 + _OFFERED]):
        if name in where:
            line = where[name][1]
            yield Candidate("category", name, line.source.text, (line,), {"clear" if rank == 0 else "also": 1.0})


def _scores(page: Page) -> tuple[dict[str, float], dict[str, tuple[float, Line]]]:
    """What speaks for each category, and the line with its weightiest word."""
    known = patterns.categories()
    scores: dict[str, float] = defaultdict(float)
    where: dict[str, tuple[float, Line]] = {}
    if page.kind in known.kinds:
        scores[known.kinds[page.kind]] += _KIND
        told_by = [w for w, _ in page.layout.words]
        line = next((m for m in page.sheet.lines if any(w in fold(m.text).text for w in told_by)), None)
        if line is not None:  # else the word was split among lines
            where[known.kinds[page.kind]] = 0.0, line
    words: dict[tuple[str, str], float] = {}
    for line in page.sheet.lines:
        times = 2.0 if page.sheet.down(line) < _HEAD else 1.0
        for found in labels.find(line.text, known.words):
            word = line.text[found.start : found.end].casefold()
            for token in found.tokens:
                name, _, weight = token.partition(" ")
                if weight == "some" and word.isascii() and _in_a_word(line.text, found.start, found.end):
                    continue
                worth = times * (_STRONG if weight == "strong" else 1.0)
                words[name, word] = max(words.get((name, word), 0.0), worth)
                if worth > where.get(name, (0.0, line))[0]:
                    where[name] = worth, line
    for (name, _), worth in words.items():
        scores[name] += worth
    return scores, where


def _in_a_word(text: str, start: int, end: int) -> bool:
    return text[max(start - 1, 0) : start].isalpha() or text[end : end + 1].isalpha()
