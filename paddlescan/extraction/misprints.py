"""Whether a text is spelt as print is: the marks that recognisers leave in names and addresses they misread."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from paddlescan.extraction import patterns
from paddlescan.extraction.text import MAX_CHARS, cjk_count

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4
"""Letters of a word that is looked up; shorter ones are often abbreviations."""
_MIXED = re.compile(
    r"\d[OoIl|](?![A-HJ-NP-Za-km-np-z])|(?<![A-Za-z])[OoIl|]\d|[A-Za-z]{2}[01][a-z]"
    r"|(?<!\w)(?:[A-Z][01]|\d\.)[a-z]|(?<![Nn])(?<=[A-Za-z])[a-z][01]{1,2}(?!\d)"
)
"""29O, G3O, l2, Ma11, J1n, 1.ot: a letter among digits or the other way round."""
_ODD_CASE = re.compile(
    r"(?<![A-Za-z])[A-Z]{2,}[a-z]{1,2}(?![A-Za-z])|[a-z]I(?![a-z]{3})|[A-Z]{2}l|(?<![A-Za-z])[a-z][A-Z]{2}"
)
"""JIn, BIk, SALl, wHOLE: capitals where nobody prints any."""
_ODD_MARK = re.compile(
    r"[^\W\d_][:;_=~*|\\\"?!<>{}\[\]][^\W\d_]|[A-Za-z]{2} [a-z] |(?<=[.,] )[A-Z](?![\w.&'-])\W{0,3}$|[\"_~\\^{}<>]"
)
"""JA:AN, SE_ANGOR, Hardwa e Centre: marks and holes where letters were."""


@dataclass(frozen=True)
class Wordlist:
    """Words in capitals, and what tells quickly that a word is a letter away from one of them."""

    words: frozenset[str]
    shortened: frozenset[str]
    """Each word that is looked up, and each of these with one letter left out."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Counts of what looks misread in a text."""

    words: int
    """Words of four letters and more, ideographs apart."""
    unknown: int
    """Of these, the ones that are not in the list."""
    near: int
    """Of the unknown, the ones of five letters and more that are a letter away from a known word: BALAKUNG."""
    near_short: int
    """The same of four letters."""
    mixed: int
    """Letters among digits and digits among letters."""
    odd: int
    """Odd capitals and marks inside of words."""
    accents: int
    """Accented Latin letters."""


def wordlist(words: Iterable[str]) -> Wordlist:
    """A list from words in capitals."""
    every = frozenset(words)
    long = [word for word in every if len(word) >= _SHORTEST and word.isalpha()]
    return Wordlist(every, frozenset(short for word in long for short in (word, *_shortened(word))))


@cache
def common_words() -> Wordlist:
    """The words of words.txt."""
    return wordlist(patterns.words())


def look_at_spelling(text: str, known: Wordlist) -> Spelling:
    """Count what looks misread in a name or an address."""
    text = text[:MAX_CHARS]
    long = [word.upper() for word in _WORD.findall(text) if len(word) >= _SHORTEST and not cjk_count(word)]
    unknown = [word for word in long if not _is_known(word, known)]
    near = [word for word in unknown if _is_near(word, known)]
    return Spelling(
        words=len(long),
        unknown=len(unknown),
        near=sum(len(word) > _SHORTEST for word in near),
        near_short=sum(len(word) == _SHORTEST for word in near),
        mixed=len(_MIXED.findall(text)),
        odd=len(_ODD_CASE.findall(text)) + len(_ODD_MARK.findall(text)),
        accents=sum("\u00c0" <= c <= "\u024f" for c in text),
    )


def _is_known(word: str, known: Wordlist) -> bool:
    """A word of the list, or two of them without the space between: PETALINGJAYA."""
    if word in known.words:
        return True
    return any(word[:i] in known.words and word[i:] in known.words for i in range(2, min(len(word) - 1, 20)))


def _is_near(word: str, known: Wordlist) -> bool:
    """Whether two words become the same when each loses a letter at most, as in SymSpell (W. Garbe, 2012)."""
    return len(word) <= 30 and any(one in known.shortened for one in (word, *_shortened(word)))


def _shortened(word: str) -> tuple[str, ...]:
    return tuple(word[:i] + word[i + 1 :] for i in range(len(word)))
