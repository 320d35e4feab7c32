"""Finding the label words of a line, however glued or misread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from paddlescan.extraction import patterns
from paddlescan.extraction.text import fold, is_cjk


@dataclass(frozen=True, slots=True)
class Label:
    """A label word found in a line, from `start` up to `end` of its plain text."""

    tokens: frozenset[str]
    start: int
    end: int


def _edge(text: str, place: int) -> bool:
    """Whether no Latin letter stands at a place (outside counts as none)."""
    return not (0 <= place < len(text) and text[place].isalpha() and not is_cjk(text[place]))


def _steals(text: str, start: int, end: int) -> bool:
    """Whether a word takes but the first letter of the next: "totale" in "Total excluding"."""
    return end - start > 2 and not text[end - 2].isalnum() and text[end - 1].isalpha() and not _edge(text, end)


def find(text: str, words: patterns.Vocabulary) -> tuple[Label, ...]:
    """The words of a vocabulary in a line, from left to right, longest first, never overlapping."""
    folded = fold(text)
    found: list[Label] = []
    behind = 0
    for place in [n for n, pair in enumerate(folded.pairs) if pair in words.by_start]:
        for word in words.by_start[folded.pairs[place]] if place >= behind else ():
            if not folded.text.startswith(word.folded, place):
                continue
            start, end = folded.places[place], folded.places[place + len(word.folded) - 1] + 1
            if word.wants_edges and not (_edge(text, start - 1) and _edge(text, end)):
                continue
            if _steals(text, start, end):
                continue
            if 2 * sum(c.isdigit() for c in text[start:end]) > end - start:
                continue  # "1055" is no "loss"
            found.append(Label(word.tokens, start, end))
            behind = place + len(word.folded)
            break
    return tuple(found)


@lru_cache(maxsize=2048)
def find_labels(text: str) -> tuple[Label, ...]:
    """The labels of labels.yaml in a line of plain text."""
    return find(text, patterns.labels())


@lru_cache(maxsize=2048)
def tokens_of(text: str) -> frozenset[str]:
    """All tokens of a line's labels."""
    return frozenset().union(*(label.tokens for label in find_labels(text)))


@lru_cache(maxsize=2048)
def _name_words(text: str) -> tuple[Label, ...]:
    return find(text, patterns.names())


@lru_cache(maxsize=2048)
def name_tokens(text: str) -> frozenset[str]:
    """Which of company, trade and address a line's words speak for."""
    return frozenset().union(*(label.tokens for label in _name_words(text)))


@lru_cache(maxsize=2048)
def is_generic_name(text: str) -> bool:
    """Whether a line holds a trade or company form and nothing to tell one from another: RESTAURANT SDN BHD."""
    found = [m for m in _name_words(text) if m.tokens & {"company", "trade"}]
    rest = "".join(c for i, c in enumerate(text) if not any(m.start <= i < m.end for m in found))
    return bool(found) and not any(c.isalpha() for c in rest)


def role_of(tokens: Iterable[str]) -> str | None:
    """What an amount beside these label tokens is: `total`, `cash`, ... or None."""
    have = frozenset(tokens)
    return next((role for role, wanted in patterns.roles() if wanted <= have), None)
