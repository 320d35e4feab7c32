"""Names of shops as printed, without what stands around them and without the commonest misreadings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from paddlescan.extraction import patterns, shapes
from paddlescan.extraction.spelling import known_merchant, mend_address_words, mend_name_words
from paddlescan.extraction.text import cjk_count, digit_count, letter_count, squeeze

_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]{0,30})[)\]}]")
_IN_WORD = re.compile(r"(?<!\d)[01]{1,3}(?=[^\W\d_])|(?<![^\W_])[01](?![^\W_])")
_BEFORE = re.compile(r"^\W{0,3}(?:dimiliki(?:\s?oleh)?|owned by|operated by|managed by)\s?[:.]\s?", re.IGNORECASE)
_BEHIND_BHD = re.compile(r"(?<=\bbhd)[.,]?\s(?=\S{0,12}\d)[\w().,-]{4,14}$", re.IGNORECASE)
"""A registration number that was misread: SDN BHD 8OZTZ5-U."""
_SENDIRIAN = re.compile(r"(?<=\s)([A-Z0-9]{3})(\W{0,3})([A-Z0-9]{3})\W{0,2}$")
"""Where SDN BHD may stand."""
_IN_NUMBER = re.compile(r"(?<![^\W_])\d[\dOo]*[Oo](?![^\W_])|(?<=\d)[Oo](?=\d)|(?<=NO)\d{1,3}O(?!\w)|\b\d{4}D\b")
"""A number with the letter O in it: 29O, 4330O, 2O1; or a postcode that ends in D."""
_ZEROS = str.maketrans("OoD", "000")
_SHORT_FORMS = (
    (re.compile(r"\b[J][1I|l][nN]\b"), "Jln"),
    (re.compile(r"\bB[1I|][kK]\b"), "Blk"),
)
"""Short words of addresses whose l was read as a capital I or as 1."""
_POINTED = re.compile(r"\b(?:bhd|ltd|inc|co|corp)\.$", re.IGNORECASE)


def clean_name(text: str) -> str:
    """A name without the registration number behind it, empty brackets, or marks around it."""
    text = _BEFORE.sub("", text[:200])
    number = shapes.REGISTRATION.search(text)
    if number and letter_count(text[: number.start()]) + 2 * cjk_count(text[: number.start()]) >= 4:
        text = shapes.BEFORE_REGISTRATION.sub("", text[: number.start()])
    text = _BEHIND_BHD.sub("", text)
    text = _BRACKETS.sub(lambda m: " " if digit_count(m[1]) >= 4 or not m[1].strip() else m[0], text)
    text = squeeze(text)
    bare = text.strip(" :;*-_=~.,'\"|<>·•")
    return bare + "." if _POINTED.search(text.rstrip(" ,;:")) else bare


def mend_name(name: str, accents: bool) -> str:
    """A name as it must have been printed: 0 and 1 inside a word are O and I, and company forms are what they are.

    accents: whether the page's language has them; where not, a lone one is a misreading. The printed text of the
    field keeps what was read.
    """
    if not accents:
        name = _without_accents(name)
    name = " ".join(map(_mend_word, name.split(" ")))
    if name.count("[") + name.count("]") == 1:  # a bracket without its twin is a letter
        name = name.replace("[", "I").replace("]", "I")
    name = _mend_company(mend_name_words(name))
    return known_merchant(name) or name


def _mend_company(name: str) -> str:
    """The company form at the end as it must have been: SBN 3HD, SON BHD, 5/B."""
    folded = name.upper()
    for wrong, right in patterns.company_misreads():
        place = folded.rfind(wrong)
        if place > 0 and len(name) - place - len(wrong) <= 2:
            return name[:place] + right + name[place + len(wrong) :]
    if folded.endswith((" SDN", " SDN.")):  # never without what follows it
        return f"{name} BHD"
    match = _SENDIRIAN.search(folded)
    if match and sum(a != b for a, b in zip(match[1] + match[3], "SDNBHD", strict=True)) in (1, 2):
        wrong_each = [sum(a != b for a, b in zip(match[n], want, strict=True)) for n, want in ((1, "SDN"), (3, "BHD"))]
        if max(wrong_each) == 1:
            return f"{name[: match.start(1)]}SDN{match[2]}BHD{name[match.end(3) :]}"
    return name


@lru_cache(maxsize=1024)
def mend_address(text: str, accents: bool) -> str:
    """An address as it must have been printed: no stray accents, digits in numbers, usual words as they are spelt."""
    if not accents:
        text = _without_accents(text)
    text = _IN_NUMBER.sub(lambda m: m[0].translate(_ZEROS), text)
    for pattern, right in _SHORT_FORMS:
        text = pattern.sub(right, text)
    return mend_address_words(text)


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _mend_word(word: str) -> str:
    """B00KS, 1DEA, D.1.Y., HAI-0 are words; SS1, A10 and 3F are not."""
    if not ("0" in word or "1" in word) or letter_count(word) < digit_count(word):
        return word
    o, i = ("O", "I") if word.upper() == word else ("o", "l")
    return _IN_WORD.sub(lambda m: m[0].replace("0", o).replace("1", i), word)


def has_accents(texts: list[str]) -> bool:
    """Whether accented Latin letters are usual on a page: more than one in a hundred."""
    letters = accented = 0
    for text in texts:
        letters += letter_count(text)
        accented += 0 if text.isascii() else sum("\u00c0" <= c <= "\u024f" for c in text)
    return accented * 100 > letters and accented > 2
