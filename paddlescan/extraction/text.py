"""Text in the forms in which it is compared: same-length plain text, and folded text with a way back."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from operator import add

MAX_CHARS = 400
"""Characters of a line that are looked at: no printed line is longer, and hostile ones cost time."""

_PLAIN = {
    0x3000: " ",
    0x00A0: " ",
    0xFFE5: "¥",
    0x2010: "-",
    0x2011: "-",
    0x2012: "-",
    0x2013: "-",
    0x2014: "-",
    0x2212: "-",
}
_PLAIN |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PLAIN |= {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x3001: ",", 0x3002: ".", 0x2236: ":", 0xFE55: ":"}
_PLAIN |= dict.fromkeys((9, 10, 11, 12, 13), " ")

LOOK_ALIKES = str.maketrans("01l|!5689", "oiiiisgbg")
"""Characters that recognisers confuse, folded onto one of them. Used for labels only, never for values."""

TRADITIONAL = str.maketrans(
    "發號碼統編單總額稅據賣買營業聯機電證價數帳賬實應現計時間開點謝臨顧優餘檯臺幣類項"
    "銷貨萬圓戶門長東報達續贖銀紙寶儲訂購結員備執責務產資區車運輸費華國灣龍廳飲館樓",
    "发号码统编单总额税据卖买营业联机电证价数帐账实应现计时间开点谢临顾优余台台币类项"
    "销货万圆户门长东报达续赎银纸宝储订购结员备执责务产资区车运输费华国湾龙厅饮馆楼",
)
"""Traditional characters of label words as simplified: recognisers mix the two within a word."""


def plain(text: str) -> str:
    """The first MAX_CHARS characters with full-width forms, dashes and quotes as ASCII; places stay the same."""
    return text[:MAX_CHARS].translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class Folded:
    """Letters and digits only, lower case, look-alikes folded; `places[i]` is where character i stood."""

    text: str = field(repr=False)
    places: tuple[int, ...]
    pairs: tuple[str, ...]
    """Each two characters that follow each other, by the place of the first."""


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char.isascii():
        folded = char.lower() if char.isalnum() else char if char in "|!#%@&" else ""
    else:
        decomposed = unicodedata.normalize("NFKD", "º" if char == "°" else char).casefold()  # n° is meant for nº
        folded = "".join(c for c in decomposed if c.isalnum())
    return folded.translate(LOOK_ALIKES).translate(TRADITIONAL)


@lru_cache(maxsize=1024)
def fold(text: str) -> Folded:
    """Fold text for comparing it with labels."""
    out: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text[:MAX_CHARS]):
        folded = _fold_char(char)
        out.append(folded)
        places.extend([place] * len(folded))
    whole = "".join(out)
    return Folded(whole, tuple(places), tuple(map(add, whole, whole[1:])))


def is_cjk(char: str) -> bool:
    """Whether a character is a Chinese ideograph (the common blocks)."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


@lru_cache(maxsize=4096)
def cjk_count(text: str) -> int:
    """How many Chinese ideographs a text has."""
    return 0 if text.isascii() else sum(map(is_cjk, text))


@lru_cache(maxsize=4096)
def letter_count(text: str) -> int:
    """How many letters a text has, ideographs not counted."""
    if text.isascii():
        return sum(map(str.isalpha, text))
    return sum(c.isalpha() and not is_cjk(c) for c in text)


@lru_cache(maxsize=4096)
def digit_count(text: str) -> int:
    """How many ASCII digits a text has."""
    return sum("0" <= c <= "9" for c in text)


def letters_and_digits(text: str) -> str:
    """The letters and digits of a name or number, in capitals, without what stands between them."""
    return "".join(filter(str.isalnum, text.upper()))


_SPACES = re.compile(r"\s+")


def squeeze(text: str) -> str:
    """Runs of white space as one space, none at the ends."""
    return _SPACES.sub(" ", text).strip()
