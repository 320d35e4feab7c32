"""Numbers that say themselves whether they were read right: check digits, and the structure of Chinese numbers.

Structure after the tax administration's announcements: an invoice code of 12 digits holds who printed it (0, 1 or 2),
the region (4 digits), the year (2); one of 10 digits the region and the year; the number of a fully digital invoice
(20 digits) the year (2), the province (2), how it was issued (1), and a serial number.
"""

from __future__ import annotations

import importlib
import re
from functools import lru_cache
from types import ModuleType

from paddlescan.extraction.rules import uscc
from paddlescan.extraction.rules.rule import Facts, Rule, Values, Verdict
from paddlescan.extraction.rules.values import compact, date_of

COUNTRY = "country"
"""Fact: the country that the page comes from, ISO 3166."""
KIND = "kind"
"""Fact: the kind of the receipt."""
READ_ON = "read_on"
"""Fact: the day on which the page was read; no receipt is younger."""

_AREAS = (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66))
PROVINCES = frozenset(map(str, _AREAS))
"""The first two digits of a Chinese region (GB/T 2260), without Hong Kong, Macao and Taiwan."""
_DIGITAL_SINCE = 21
_EUROPE = re.compile("AT|BE|BG|CY|CZ|D[EK]|E[ELS]|F[IR]|GR|H[RU]|I[ET]|L[TUV]|MT|NL|P[LT]|RO|S[EIK]|XI")
_MODULES = {"CN": "cn.uscc", "IN": "in_.gstin", "GB": "gb.vat", "AU": "au.abn", "TW": "tw.ubn"}
_LENGTHS = {"CN": (18,), "IN": (15,), "GB": (9, 12), "AU": (11,), "TW": (8,)}


@lru_cache(maxsize=64)
def _module(name: str) -> ModuleType:
    """A module of python-stdnum; loaded when the first such number is judged."""
    return importlib.import_module(f"stdnum.{name}")


def _of_europe(number: str) -> tuple[ModuleType, str] | None:
    if len(number) < 8 or not _EUROPE.match(number):
        return None
    return _module("eu.vat"), number


def _rules_of(number: str, country: str) -> tuple[ModuleType, str] | None:
    """Who says whether a tax number is right; by its own prefix, else by the page's country and its length."""
    if number.startswith("GB") and len(number) in (11, 14):
        return _module("gb.vat"), number
    if country not in ("CN", "IN") and (found := _of_europe(number)):
        return found
    if country in _MODULES and len(number) in _LENGTHS[country]:
        return _module(_MODULES[country]), number
    return None


@lru_cache(maxsize=4096)
def tax_id_is_right(value: str, country: str) -> bool | None:
    """What the check digits of a tax number say; None where it has none, or none that are known here.

    country: ISO 3166, or empty. The numbers of 15 and 20 digits that China used before 2015 have no check digit;
    a trader may go by the 18 characters of an identity card. A number that is not built like its country's is
    none of these (a trade register's, a tax office's) and is not judged, except where its length leaves no doubt.
    """
    number = compact(value)
    found = _rules_of(number, country or ("CN" if len(number) == 18 else ""))
    if found is None or "*" in number:  # masked
        return None
    module, number = found
    from stdnum.exceptions import InvalidChecksum, ValidationError

    try:
        module.validate(number)
    except InvalidChecksum:
        return _is_identity_card(number)
    except ValidationError:
        if country == "IN":
            return False
        return _uscc_is_right(number) if len(number) == 18 and country in ("CN", "") else None
    return True


def _uscc_is_right(number: str) -> bool:
    """For codes that begin with a letter (N: village cooperatives), which are younger than the library's rule."""
    return number[0] in "ANY" and set(uscc.LETTERS).issuperset(number) and uscc.check_character(number) == number[-1]


def _is_identity_card(number: str) -> bool:
    """Whether it is the number of a person's card (GB 11643): region, birthday and check character come out."""
    if not re.fullmatch(r"\d{17}[\dX]", number) or not uscc.region_is_known(number[:6]):
        return False
    if date_of(f"{number[6:10]}-{number[10:12]}-{number[12:14]}") is None:
        return False
    return bool(_module("cn.ric").calc_check_digit(number) == number[-1])


def _tax_id(name: str) -> Rule:
    def judge(values: Values, facts: Facts) -> Verdict | None:
        value = values.get(name, "")
        right = tax_id_is_right(value, facts.get(COUNTRY, ""))
        return None if right is None else Verdict(right, "right" if right else "wrong", (("number", value),))

    return Rule(f"{name}_check_digit", (name,), judge, proves=True)


def _year(two_digits: str) -> int:
    """Codes have had a year in them since the nineties."""
    year = int(two_digits)
    return year + (1900 if year >= 90 else 2000)


def year_of_number(value: str) -> int | None:
    """The year in the number of a fully digital invoice, or None for other numbers."""
    number = compact(value)
    return _year(number[:2]) if len(number) == 20 and number.isdigit() else None


def year_of_code(value: str) -> int | None:
    """The year in a Chinese invoice code of 10 or 12 digits: the one in which it was printed. None for others."""
    code = compact(value)
    if not code.isdigit() or len(code) not in (10, 12):
        return None
    return _year(code[5:7] if len(code) == 12 else code[4:6])


def _latest(facts: Facts) -> int:
    day = date_of(facts.get(READ_ON, ""))
    return day.year if day else 2099


def _number(values: Values, facts: Facts) -> Verdict | None:
    number = compact(values.get("invoice_number", ""))
    if not number.isdigit():
        return None
    year = year_of_number(number)
    if year is None:
        if facts.get(KIND) != "vat_invoice":
            return None
        long = len(number) == 8
        return Verdict(long, "eight" if long else "length", (("digits", str(len(number))),))
    if not 2000 + _DIGITAL_SINCE <= year <= _latest(facts):
        return Verdict(False, "year", (("year", str(year)),))
    known = number[2:4] in PROVINCES
    return Verdict(known, "digital" if known else "region", (("year", str(year)), ("region", number[2:4])))


def _code(values: Values, facts: Facts) -> Verdict | None:
    code = compact(values.get("invoice_code", ""))
    year = year_of_code(code)
    if year is None:
        wrong = code.isdigit() and facts.get(KIND) == "vat_invoice"
        return Verdict(False, "length", (("digits", str(len(code))),)) if wrong else None
    region = code[1:3] if len(code) == 12 else code[:2]
    figures = (("year", str(year)), ("region", region))
    if year > _latest(facts):
        return Verdict(False, "year", figures)
    known = (region in PROVINCES or region == "00") and (len(code) == 10 or code[0] in "012")
    return Verdict(known, "right" if known else "region", figures)


def _number_and_date(values: Values, facts: Facts) -> Verdict | None:
    year, day = year_of_number(values.get("invoice_number", "")), date_of(values.get("date", ""))
    if year is None or day is None:
        return None
    same = day.year == year
    return Verdict(same, "same" if same else "differs", (("year", str(year)), ("date", day.isoformat())))


def _code_and_date(values: Values, facts: Facts) -> Verdict | None:
    year, day = year_of_code(values.get("invoice_code", "")), date_of(values.get("date", ""))
    if year is None or day is None:
        return None
    later = day.year >= year
    return Verdict(later, "later" if later else "earlier", (("year", str(year)), ("date", day.isoformat())))


SELLER_TAX_ID = _tax_id("seller_tax_id")
BUYER_TAX_ID = _tax_id("buyer_tax_id")
NUMBER = Rule("invoice_number_is_well_formed", ("invoice_number",), _number, proves=False)
CODE = Rule("invoice_code_is_well_formed", ("invoice_code",), _code, proves=False)
NUMBER_AND_DATE = Rule("invoice_number_fits_date", ("invoice_number", "date"), _number_and_date, proves=False)
CODE_AND_DATE = Rule("invoice_code_fits_date", ("invoice_code", "date"), _code_and_date, proves=False)
