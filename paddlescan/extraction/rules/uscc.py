"""The parts of a 统一社会信用代码 (GB 32100-2015), and which one a misread code was.

Two characters say who registered what, six the region (GB/T 2260), nine are the organisation number, whose last
character checks the eight before it (GB 11714), and the last checks all of it. So a misread character can be told by
where it stands: if the organisation number comes out, it lies in the region or is the check character itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""What it is written with: no I, O, S, V, Z."""
_REGISTRAR = re.compile("1[1239]|2[19]|3[1-59]|4[19]|5[1-59]|6[129]|7[129]|8[19]|9[1-3]|A[19]|N[1-39]|Y1")
"""Who registers, and what."""
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_AS_DIGIT = {"I": "1", "O": "0", "S": "5", "Z": "2", "D": "0", "Q": "0", "L": "1", "B": "8", "G": "6", "T": "7"}
"""Where only digits may stand, the digit that a letter was. The first four are letters that no code has anywhere."""
_NEVER = "IOSZ"
_LIKE = {
    "0": "8DQ69",
    "1": "7LT4",
    "2": "7",
    "3": "85",
    "4": "9A1",
    "5": "638",
    "6": "8G5",
    "7": "1T2",
    "8": "0B369",
    "9": "48",
    "A": "4",
    "B": "8",
    "C": "G",
    "D": "0",
    "G": "6C",
    "L": "1",
    "Q": "0",
    "T": "71",
}
"""Characters that recognisers take for each other; slashed zeros are read as 8."""
_MOST = 3
"""Letters that cannot stand where they do; a text with more of them is no such code."""


def check_character(code: str) -> str:
    """The last character that 17 others ask for. Raises ValueError for letters that no code has."""
    total = sum(LETTERS.index(c) * w for c, w in zip(code, _WEIGHTS, strict=False))
    return LETTERS[(31 - total) % 31]


def organisation_is_right(number: str) -> bool:
    """Whether the check character of an organisation number (组织机构代码, 9 characters, GB 11714) comes out."""
    if len(number) != 9 or not (number.isascii() and number.isalnum()):
        return False
    total = sum(int(c, 36) * w for c, w in zip(number, _ORGANISATION_WEIGHTS, strict=False))
    return number[8] == "0123456789X0"[11 - total % 11]


@lru_cache(maxsize=4096)
def region_is_known(region: str) -> bool:
    """Whether six digits are a region of China, today or once."""
    from stdnum import numdb

    if region == "100000":  # registered with the state itself
        return True
    return any("county" in said for _, said in numdb.get("cn/loc").info(region))


def _whole(code: str) -> bool:
    """Whether everything about a code is right."""
    if not _REGISTRAR.match(code) or not set(LETTERS).issuperset(code):
        return False
    return organisation_is_right(code[8:17]) and check_character(code[:17]) == code[17]


def meant_by(code: str) -> str | None:
    """The one code that a misread one can have been; None where there is none, or more than one.

    code: 18 letters and digits that do not come out. Letters that cannot stand where they do are what they look like;
    where all could stand, one character is taken for its look-alikes, in the part that does not come out.
    """
    forced = "".join(_forced(code))
    wrong = sum(a != b for a, b in zip(code, forced, strict=True))
    if wrong:
        return forced if wrong <= _MOST and _whole(forced) else None
    right = {candidate for candidate in _variants(code, _suspects(code)) if _whole(candidate)}
    if not organisation_is_right(code[8:17]):
        return right.pop() if len(right) == 1 else None
    right = {candidate for candidate in right if region_is_known(candidate[2:8])}
    return right.pop() if len(right) == 1 else None


def _forced(code: str) -> Iterator[str]:
    for place, char in enumerate(code):
        digits_only = 0 < place < 8 or (place == 0 and char not in "ANY")
        yield _AS_DIGIT.get(char, char) if digits_only or char in _NEVER else char


def _suspects(code: str) -> Iterable[int]:
    """Where one misread character must stand."""
    if not organisation_is_right(code[8:17]):
        return range(8, 17)
    if _REGISTRAR.match(code) and region_is_known(code[2:8]):
        return (17,)
    return range(8)


def _variants(code: str, places: Iterable[int]) -> Iterator[str]:
    for place in places:
        for other in _LIKE.get(code[place], ""):
            yield code[:place] + other + code[place + 1 :]
