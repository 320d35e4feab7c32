"""Amounts as people type them: 3.5, 1,234.5, ￥12, 12元5角, 十二元五角, (12.00), 12.00-, 3+4.5."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from paddlescan.extraction.capitals import everyday_amount
from paddlescan.extraction.rules import amount_of

_LONGEST = 60
"""Characters; a longer text is no amount."""
_CODE = re.compile(r"^([A-Z]{3}|R?MB|HK\$|NT\$|US\$)\s*(?=[-+(\d.])|(?<=[\d)])\s*[A-Z]{3}$", re.IGNORECASE)
_BRACKETS = re.compile(r"\((?P<inner>[^()]+)\)")
_BEHIND = re.compile(r"(?P<number>.*\d)\s*-")
_JIAO = re.compile(
    r"(?P<sign>[-负]?)[¥]?(?:(?P<yuan>[\d,]+)[元块圆])?(?:(?P<jiao>\d)[角毛])?(?:(?P<fen>\d)分?)?[整正]?"
)
_LIKE = str.maketrans("OoQlI|SB", "00011158")
"""What fingers and eyes take for a figure."""
_COMMA = re.compile(r"-?(\d{1,3}(?:\.\d{3})+|\d+),(\d{1,2})")
_GROUPS = re.compile(r"-?\d{1,3}(?:\.\d{3})+")


def amount_meant(typed: str) -> Decimal | None:
    """The one number that a text means, or None. Never rounded."""
    text = unicodedata.normalize("NFKC", typed).strip().replace("−", "-")
    if not text or len(text) > _LONGEST:
        return None
    terms = text.removeprefix("=").split("+")
    if len(terms) > 1 and not terms[0].strip():  # +12
        terms = terms[1:]
    numbers = [_one(term.strip()) for term in terms]
    return None if any(number is None for number in numbers) else sum((n for n in numbers if n is not None), Decimal())


def amounts_like(typed: str) -> tuple[Decimal, ...]:
    """What a text that is no amount with two digits may be meant to be, the likeliest first."""
    number = amount_meant(typed)
    if number is not None:
        near = (number.quantize(Decimal("0.01"), ROUND_HALF_UP), number.quantize(Decimal("0.01"), ROUND_DOWN))
        text = unicodedata.normalize("NFKC", typed).strip()
        grouped = (Decimal(text.replace(".", "")),) if _GROUPS.fullmatch(text) else ()
        return tuple(dict.fromkeys((*grouped, *near)))
    text = _CODE.sub("", unicodedata.normalize("NFKC", typed).strip()).lstrip("¥$€£ ")
    if found := _COMMA.fullmatch(text):
        sign = "-" if text.startswith("-") else ""
        return (Decimal(f"{sign}{found[1].replace('.', '')}.{found[2]}"),)
    mended = amount_meant(text.translate(_LIKE)) if any(char.isdecimal() for char in text) else None
    return () if mended is None else (mended.quantize(Decimal("0.01"), ROUND_HALF_UP),)


def _one(text: str) -> Decimal | None:
    """One amount with its sign, wherever that stands."""
    if found := _BRACKETS.fullmatch(text):
        inner = _unsigned(found["inner"].strip())
        return None if inner is None or inner < 0 else -inner
    if found := _BEHIND.fullmatch(text):
        number = _unsigned(found["number"])
        return None if number is None or number < 0 else -number
    return _unsigned(text)


def _unsigned(text: str) -> Decimal | None:
    bare = _CODE.sub("", text).strip()
    number = amount_of(bare)
    if number is not None:
        return number
    if (found := _JIAO.fullmatch(bare.replace(" ", ""))) and (found["yuan"] or found["jiao"]):
        whole = amount_of(found["yuan"]) if found["yuan"] else Decimal()
        if whole is None:
            return None
        jiao, fen = found["jiao"], found["fen"]
        if jiao is None and fen and not bare.rstrip("整正").endswith("分"):  # 12块5
            jiao, fen = fen, None
        value = whole + Decimal(int(jiao or 0) * 10 + int(fen or 0)).scaleb(-2)
        return -value if found["sign"] else value
    return everyday_amount(bare)
