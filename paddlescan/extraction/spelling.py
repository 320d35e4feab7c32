"""Words and names with a misread letter, put right by lists of what is usual. Never used on figures.

A list can only say what is likely, so a word is changed only if it is long and all but one or two of its letters
agree; the printed text of a field keeps what was read.
"""

from __future__ import annotations

import re
from functools import lru_cache

from paddlescan.extraction import patterns
from paddlescan.extraction.text import fold, letters_and_digits

_WORD = re.compile(r"[A-Za-z0-9|!$]+")
_BRACKET = re.compile(r"\(([^()]{0,20})\)")
_LONG = 10
"""From this length on two letters of a word may be wrong."""
_IN_NAMES = ("company", "trade", "address", "city", "spelling")
_IN_ADDRESSES = ("address", "city", "spelling")
_SHORTEST_OF_PLACE = 7
"""Shorter names of places are left alone: Jalan Pinang is not in Penang."""
_SHORTEST_OF_NAME = 8
"""Shorter words of a name are left alone: WHITE HORSE is no WHITE HOUSE."""
_LONG_NAME = 15
"""From this length on two letters of a name may be wrong."""
_SHORTEST_NAME = 8


def mend_name_words(text: str) -> str:
    """A name whose long words are spelt as the lists have them: HARDWAKE, CONFECTlUNERY."""
    return _WORD.sub(lambda m: _mend(m[0], _IN_NAMES, _SHORTEST_OF_NAME), text)


def mend_address_words(text: str) -> str:
    """An address whose usual words are spelt as the lists have them: Jslan, PERINDUSTRlAN, Malaysla."""
    return _WORD.sub(lambda m: _mend(m[0], _IN_ADDRESSES, 5), text)


@lru_cache(maxsize=4096)
def _mend(word: str, groups: tuple[str, ...], shortest: int) -> str:
    """The listed word of the same length that a word must have been, in its own case; itself where none is."""
    upper = word.upper()
    listed = patterns.spelling(*(groups if len(word) >= _SHORTEST_OF_PLACE else ("spelling",))).get(len(word), ())
    if len(word) < shortest or word.isdigit() or upper in listed:
        return word
    allowed = 2 if len(word) >= _LONG else 1
    best = min(((_differ(upper, other, allowed), other) for other in listed), default=(allowed + 1, ""))
    if best[0] > allowed:
        return word
    letters = [c for c in word if c.isalpha()]
    if sum(c.isupper() for c in letters) * 2 > len(letters):
        return best[1]
    return best[1].capitalize() if word[0].isupper() or not word[0].isalpha() else best[1].lower()


def _differ(one: str, other: str, most: int) -> int:
    """In how many places two words of one length differ; more than `most` is as good as all."""
    count = 0
    for a, b in zip(one, other, strict=True):
        count += a != b
        if count > most:
            break
    return count


@lru_cache(maxsize=1024)
def known_merchant(name: str) -> str | None:
    """The chain whose name this is but for a misread letter or two; None where it is another name.

    What stands in brackets tells branches apart, so there only look-alikes (1 and l, 0 and o) may be mistaken.
    """
    key = letters_and_digits(name)
    if len(key) < _SHORTEST_NAME:
        return None
    most = 2 if len(key) >= _LONG_NAME else 1
    for size in range(len(key) - most, len(key) + most + 1):
        for wanted, known in patterns.known_merchants().get(size, ()):
            if key == wanted:
                return None  # as printed
            if _alike(key, wanted) and _within(key, wanted, most) and _branch(name) == _branch(known):
                return known
    return None


def _alike(one: str, other: str) -> bool:
    """Whether the beginning, the middle or the end agree, one of which two misread letters must leave whole."""
    return one[:3] == other[:3] or one[-3:] == other[-3:] or one[3:6] in other


def _branch(name: str) -> str:
    match = _BRACKET.search(name)
    return fold(match[1]).text if match else ""


def _within(one: str, other: str, most: int) -> bool:
    """Whether at most so many letters must be changed, added or left out to make one text of the other."""
    if abs(len(one) - len(other)) > most:
        return False
    size = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[size:], other[size:]
    if not one or not other or most == 0:
        return len(one) + len(other) <= most
    return any(_within(a, b, most - 1) for a, b in ((one[1:], other[1:]), (one, other[1:]), (one[1:], other)))
