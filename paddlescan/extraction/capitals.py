"""Chinese amounts in words: 壹佰贰拾叁元肆角伍分, 柒仟零壹拾捌圆捌角叁分, 玖拾元整, also split and misread a little."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from paddlescan.extraction.text import is_cjk

_DIGITS = {
    c: n
    for n, chars in enumerate(
        ("零〇Ｏ", "壹一弌", "贰二貳两", "叁三參叄", "肆四", "伍五", "陆六陸", "柒七", "捌八", "玖九")
    )
    for c in chars
}
_UNITS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_FORMAL = frozenset("壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟")
_MISREAD = {
    "壶": "壹",
    "壸": "壹",
    "臺": "壹",
    "贡": "贰",
    "贷": "贰",
    "贲": "贰",
    "参": "叁",
    "肄": "肆",
    "律": "肆",
    "吾": "伍",
    "任": "仟",
    "陡": "陆",
    "染": "柒",
    "漆": "柒",
    "别": "捌",
    "拐": "捌",
    "致": "玖",
    "玫": "玖",
    "捨": "拾",
    "恰": "拾",
    "抬": "拾",
    "伯": "佰",
    "陌": "佰",
    "件": "仟",
    "纤": "仟",
    "霎": "零",
    "雾": "零",
}
"""What recognisers make of these characters now and then: believed only among others that were read well."""
_YUAN = "元圆圓园圜"
_MEND = str.maketrans(_MISREAD)
_CHARS = "".join(_DIGITS) + "".join(_UNITS) + "".join(_MYRIADS)
_DIGIT = "".join(_DIGITS) + "".join(wrong for wrong, right in _MISREAD.items() if right in _DIGITS)
_ALL = _CHARS + "".join(_MISREAD)
# Bounded repeats, and nothing that matches the same characters follows another: time stays linear.
_PATTERN = re.compile(
    rf"(?P<whole>[{_ALL}]{{1,24}})[{_YUAN}](?:零(?=[{_DIGIT}]))?(?:(?P<jiao>[{_DIGIT}])角)?"
    rf"(?:零(?=[{_DIGIT}]))?(?:(?P<fen>[{_DIGIT}])分)?(?P<end>[整正])?"
)
_EVERYDAY = re.compile(
    rf"(?P<sign>[-负])?(?:(?P<whole>[{_CHARS}两]{{1,24}})[{_YUAN}块])?零?(?:(?P<jiao>[{_DIGIT}两])[角毛]?)?"
    rf"零?(?:(?P<fen>[{_DIGIT}两])分)?[整正]?"
)
"""An amount that a person writes out: everyday numerals count, and nothing else stands there."""
_SPACES = re.compile(r"\s+")
_NEGATIVE = re.compile(r"(?:负数?|-)[)）:：]?$")
_BEFORE = "写大币负数计额价款为共付收费"
"""Last characters of what may stand before an amount; any other may be a numeral that was misread."""
_GOES_ON = ("", *_ALL, "角", "分")
"""What follows an amount in yuan that may not be all of it; an empty rest may go on in another line."""
_STRAY = re.compile(rf"[{_ALL}]{{2,24}}$")
"""The beginning of an amount at the end of a line."""
_OPEN = re.compile(rf"[{_ALL}{_YUAN}角]$")


@dataclass(frozen=True, slots=True)
class Spelt:
    """An amount written out in capitals."""

    value: Decimal = field(repr=False)
    whole: bool = True
    """Nothing speaks for it having been cut off or misread: no character was mended, it begins where a value may, and
    it ends as amounts do."""
    lines: tuple[int, ...] = ()
    """The lines on which it stands, by their place in the reading order."""


def _whole_yuan(text: str) -> int | None:
    """What numerals say, or None where they are in no order that says a number (贰叁, 佰伍拾)."""
    total = section = 0
    digit: int | None = None
    least = 10**4  # of the units seen in this section
    highest = 10**12
    for char in text:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _UNITS:
            unit = _UNITS[char]
            if unit >= least or (digit is None and (unit > 10 or section or total)):
                return None
            section += (1 if digit is None else digit) * unit
            digit, least = None, unit
        else:
            size = _MYRIADS[char]
            amount = section + (digit or 0)
            if size >= highest or (digit is None and not section):
                return None
            total, highest = total + amount * size, size
            section, digit, least = 0, None, 10**4
    return total + section + (digit or 0)


def find_capitals(text: str) -> Spelt | None:
    """The first amount that a text spells out in formal Chinese numerals, or None.

    Everyday numerals alone (三元) do not count: they stand in names and descriptions. A few characters that are often
    misread are mended where most were read well; an amount in a red invoice (负数) is negative.
    """
    text = _SPACES.sub("", text)
    for match in _PATTERN.finditer(text):
        printed = match["whole"] + (match["jiao"] or "") + (match["fen"] or "")
        formal = sum(c in _FORMAL for c in printed)
        wrong = sum(c in _MISREAD for c in printed)
        if not formal or (wrong and formal < 2 * wrong):
            continue
        yuan = _whole_yuan(match["whole"].translate(_MEND))
        if yuan is None:
            continue
        jiao, fen = (_DIGITS[match[name].translate(_MEND)] if match[name] else 0 for name in ("jiao", "fen"))
        value = Decimal(yuan) + Decimal(jiao * 10 + fen).scaleb(-2)
        before = text[: match.start()]
        begins = not before or not is_cjk(before[-1]) or before[-1] in _BEFORE
        ends = bool(match["jiao"] or match["fen"] or match["end"]) or text[match.end() :][:1] not in _GOES_ON
        return Spelt(-value if _NEGATIVE.search(before) else value, begins and ends and not wrong)
    return None


def everyday_amount(text: str) -> Decimal | None:
    """The number that a person wrote out, or None: 十二元五角, 十二块五, 壹拾贰元整. Everyday numerals count, too."""
    match = _EVERYDAY.fullmatch(_SPACES.sub("", text).replace("两", "二"))
    if match is None or not (match["whole"] or (match["jiao"] and text.rstrip("整正")[-1:] in "角毛分")):
        return None
    yuan = _whole_yuan(match["whole"]) if match["whole"] else 0
    figures = [match[name] for name in ("jiao", "fen") if match[name]]
    if yuan is None or any(figure not in _DIGITS for figure in figures):
        return None
    jiao, fen = (_DIGITS[match[name]] if match[name] else 0 for name in ("jiao", "fen"))
    value = Decimal(yuan) + Decimal(jiao * 10 + fen).scaleb(-2)
    return -value if match["sign"] else value


def spelt_amounts(texts: Sequence[str]) -> tuple[Spelt, ...]:
    """The amounts in capitals of a receipt's lines, in reading order; one may go on in the next line.

    Where an amount may have lost its beginning to the line before, or its end to the next, and both together say no
    amount, it is not whole; nor is any, where the beginning of one stands somewhere else.
    """
    found: list[Spelt] = []
    strays = [n for n, text in enumerate(texts) if (end := _STRAY.search(text.strip())) and _FORMAL & set(end[0])]
    for n, text in enumerate(texts):
        upper = texts[n - 1].strip() if n else ""
        lower = texts[n + 1].strip() if n + 1 < len(texts) else ""
        goes_on = bool(_OPEN.search(text.strip()) and _begins(lower))
        continues = bool(_begins(text.strip()) and _OPEN.search(upper))
        one = find_capitals(text)
        joined = find_capitals(text + lower) if goes_on else None
        if joined is not None and (one is None or joined.value != one.value):
            found.append(Spelt(joined.value, joined.whole and not continues, (n, n + 1)))
        elif one is not None and not (continues and found and found[-1].lines == (n - 1, n)):
            found.append(Spelt(one.value, one.whole and not continues, (n,)))
    used = {n for one in found for n in one.lines}
    if all(n in used for n in strays):
        return tuple(found)
    return tuple(replace(one, whole=False) for one in found)


def _begins(text: str) -> bool:
    """Whether a line begins like the rest of an amount."""
    return text[:1] != "" and text[0] in _ALL + _YUAN
