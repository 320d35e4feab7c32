"""Money as the world prints it: 1,234.50 and 1.234,50, RM 9.00, ¥58元, $4.11-, .50."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache

from paddlescan.extraction import patterns

MAX_AMOUNT = Decimal(10) ** 12
"""Nothing on a receipt costs more."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in a line of plain text, from `start` up to `end` (sign and currency included)."""

    value: Decimal = field(repr=False)
    start: int
    end: int
    decimals: int
    """Digits after the decimal sign, 0 for a whole number."""
    currency: str | None = None
    """ISO 4217, or "$" or "¥" where the sign alone does not say."""
    negative: bool = False
    mended: bool = False
    """Letters were read as digits, or a space was taken out: a guess."""

    @property
    def printed(self) -> str:
        """As a decimal string with two digits."""
        return f"{self.value:.2f}"


# Every repeat is bounded and no two neighbours match the same characters, so time stays linear.
_NUMBER = (
    r"(?P<grouped>\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,2})?(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){1,4},\d{1,2}(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){2,4}(?![\d,])"
    r"|\d{1,3}(?: \d{3}){1,3}[.,]\d{2}(?!\d)"
    r"|\d{1,3}(?:'\d{3}){1,3}(?:\.\d{2})?(?!\d))"
    r"|(?P<simple>\d{1,9}[.,]\d{1,3}(?![\dOo]))"
    r"|(?P<spaced>\d{1,7}(?: [.,] ?|[.,] )\d{2}(?![\d.,]))"
    r"|(?P<mended>(?-i:[\dOoIlSBD]{1,6}[.,][\dOoDSIl]{2})(?![\w.,]))"
    r"|(?P<dashed>(?<![^\s])\d{1,5}-\d\d(?!\S))"
    r"|(?P<gap>(?<![\s\S])\d{1,4} \d\d(?!\s?\S))"
    r"|(?P<bare>[.,]\d{2}(?!\d))"
    r"|(?P<whole>\d{1,9}(?![\d.,]))"
)
_FIGURE = re.compile(r"[0-9]")
_UNIT = re.compile(r"\s?(?:km(?![a-z])|公里|千米)", re.IGNORECASE)
"""Behind a number: a distance, and no amount."""
_KINDS = ("grouped", "simple", "spaced", "mended", "dashed", "gap", "bare", "whole")
_GUESSES = ("spaced", "mended", "dashed", "gap")
_MEND = str.maketrans("OoDIlSB", "0001158")


def _guarded(sign: str) -> str:
    """A sign of letters must not end a word; RM alone is often glued to one (CHANGERM 35.10)."""
    return re.escape(sign) if sign == "RM" or not sign[0].isalpha() else rf"(?<![a-z]){re.escape(sign)}"


@cache
def _pattern() -> re.Pattern[str]:
    signs = "|".join(_guarded(sign) for sign, _ in patterns.money().signs)
    before = rf"(?P<before>{signs}|R[HN](?=\s?\d)|\$)?(?:[:.]\s|\s?:?\s?)"
    after = rf"\s?(?P<after>{signs}|\$)?(?P<tail>-(?![\d\w]))?"
    return re.compile(
        rf"(?<![\d.,])(?:{before})(?P<sign>[-−(]\s?)?(?:\$\s?)?(?:{_NUMBER}){after}", re.IGNORECASE | re.ASCII
    )


@cache
def _codes() -> dict[str, str]:
    return {sign.casefold(): code for sign, code in patterns.money().signs} | {
        "$": "$",
        "¥": "¥",
        "rh": "MYR",
        "rn": "MYR",
    }


def _grouped(text: str) -> tuple[Decimal, int]:
    last = max(text.rfind("."), text.rfind(","))
    tail = len(text) - last - 1 if last >= 0 else 0
    digits = Decimal(re.sub(r"\D", "", text))
    return (digits.scaleb(-tail), tail) if 0 < tail <= 2 else (digits, 0)


def _simple(text: str) -> tuple[Decimal, int]:
    """12.50, 12,5, 1,250 and 0.125: three digits after the sign are thousands, unless the first is a zero."""
    head, tail = re.split(r"[.,]", text)
    if len(tail) == 3 and not head.startswith("0"):
        return Decimal(head + tail), 0
    return Decimal(f"{head}.{tail}"), len(tail)


def _number(kind: str, text: str) -> tuple[Decimal, int] | None:
    """What a matched number says: its value and how many decimals were printed."""
    match kind:
        case "grouped":
            return _grouped(text)
        case "whole":
            return Decimal(text), 0
        case "spaced":
            return _simple(text.replace(" ", ""))
        case "dashed":
            return _simple(text.replace("-", "."))
        case "gap":
            return _simple(text.replace(" ", "."))
        case "mended":  # a dollar sign is often read as S
            return _simple(text.removeprefix("S").translate(_MEND)) if sum(c.isdigit() for c in text) > 1 else None
        case _:
            return _simple(text)


@lru_cache(maxsize=2048)
def find_amounts(text: str) -> tuple[Amount, ...]:
    """All amounts of a line of plain text, left to right; percentages, times and numbers glued into words left out."""
    if _FIGURE.search(text) is None:
        return ()
    found = (_amount(match, text) for match in _pattern().finditer(text))
    return tuple(amount for amount in found if amount is not None)


def _amount(match: re.Match[str], text: str) -> Amount | None:
    kind = next(k for k in _KINDS if match[k] is not None)
    start, end = match.span(kind)
    said = _number(kind, match[kind])
    before, follows = text[start - 1 : start], text[end : end + 1]
    if (
        said is None
        or _UNIT.match(text, end)
        or follows in ("%", ":", "/")
        or text[end : end + 2] == " %"
        or said[0] >= MAX_AMOUNT
    ):
        return None
    value, decimals = said
    sign = match["before"] or match["after"]
    clock = before == ":" and text[start - 2 : start - 1].isdigit()
    in_word = before.isalpha() or before in ("-", "/", "#", "@") or clock or (follows.isascii() and follows.isalpha())
    if decimals == 0 and not sign and in_word:
        return None
    negative = bool(match["sign"] and match["sign"].strip() == "-") or bool(match["tail"])
    code = _codes().get(sign.casefold()) if sign else None
    return Amount(value, match.start(), match.end(), decimals, code, negative, kind in _GUESSES)
