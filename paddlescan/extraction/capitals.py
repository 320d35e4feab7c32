"""Chinese amounts in words: 壹佰贰拾叁元肆角伍分, 柒仟零壹拾捌圆捌角叁分, 玖拾元整."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {
    c: n
    for n, chars in enumerate(
        ("零〇Ｏ", "壹一弌", "贰二貳两", "叁三參", "肆四", "伍五", "陆六陸", "柒七", "捌八", "玖九")
    )
    for c in chars
}
_UNITS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_CHARS = "".join(_DIGITS) + "".join(_UNITS) + "万萬亿億"
_PATTERN = re.compile(rf"([{_CHARS}]{{1,24}})[元圆圓](?:([{''.join(_DIGITS)}])角)?(?:零?([{''.join(_DIGITS)}])分)?")
_FORMAL = set("壹贰貳叁肆伍陆陸柒捌玖拾佰仟")


def _whole(text: str) -> int | None:
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            section += (digit or (1 if not section else 0)) * _UNITS[char]
            digit = 0
        elif char in "万萬":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        else:
            total, section, digit = (total + section + digit) * 10**8, 0, 0
    value = total + section + digit
    return value if value < 10**12 else None


def parse_capitals(text: str) -> Decimal | None:
    """The amount that a text spells out in formal Chinese numerals, or None.

    Everyday numerals alone (三元) do not count: they stand in names and descriptions.
    """
    for match in _PATTERN.finditer(text):
        if not _FORMAL & set(match[1]):
            continue
        whole = _whole(match[1])
        if whole is not None:
            jiao, fen = (_DIGITS[match[k]] if match[k] else 0 for k in (2, 3))
            return Decimal(whole) + Decimal(jiao * 10 + fen).scaleb(-2)
    return None
