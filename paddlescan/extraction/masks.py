"""Shapes of numbers as anybody can write them: `9{8}` is eight digits, `A9{6}` a capital and six digits.

Masks stand in `resources/patterns/` and in the files of an office. A mask has no nested repeats, so that whatever
somebody writes costs little time on whatever stands on a page.
"""

from __future__ import annotations

import re
from functools import cache

_CLASSES = {"9": "[0-9]", "A": "[A-Z]", "X": "[0-9A-Z]", "文": "[\u3400-\u9fff]"}
_PART = re.compile(r"(\\.|[^{}\\])(?:\{(\d{1,2})(?:,(\d{1,2}))?\})?")
_MOST = 40
"""Characters that one part may repeat."""
_PARTS = 12
"""Parts of a mask."""


class BadMask(ValueError):
    """A mask that cannot be understood."""


@cache
def compiled(mask: str) -> re.Pattern[str]:
    """A pattern for a mask: 9 a digit, A a capital, X either, 文 an ideograph, a backslash before a character that
    is meant itself, {n} or {n,m} behind any of them for a repeat; spaces inside are not counted. Raises BadMask.
    """
    parts, place = [], 0
    while place < len(mask):
        part = _PART.match(mask, place)
        if part is None or part[1] == "\\":
            raise BadMask(f"cannot read the shape {mask!r} from {mask[place:]!r} on")
        least, most = int(part[2] or 1), int(part[3] or part[2] or 1)
        if not least <= most <= _MOST:
            raise BadMask(f"the shape {mask!r} repeats more than {_MOST} times, or backwards")
        one = _CLASSES.get(part[1]) or re.escape(part[1].removeprefix("\\"))
        parts.append(one if (least, most) == (1, 1) else f"{one}{{{least},{most}}}")
        place = part.end()
    if not 0 < len(parts) <= _PARTS:
        raise BadMask(f"the shape {mask!r} is empty or has more than {_PARTS} parts")
    return re.compile(rf"(?<![0-9A-Z])(?:{''.join(parts)})(?![0-9A-Z])")
