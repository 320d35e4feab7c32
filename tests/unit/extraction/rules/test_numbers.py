"""Check digits and the structure of Chinese numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from paddlescan.extraction.rules import RULES, judge
from paddlescan.extraction.rules.numbers import tax_id_is_right, year_of_code, year_of_number

READ_ON = {"read_on": "2026-11-23"}


@pytest.mark.parametrize(
    ("value", "country", "right"),
    [
        ("91320100MA1ABCDE85", "CN", True),
        ("91320100ma1abcde85", "CN", True),
        ("9132 0100 MA1A BCDE 85", "", True),
        ("91320100MA1ABCDE86", "CN", False),
        ("91320100MA1ABCOE85", "CN", False),  # the letter O is in no such code
        ("N2330109MA1ABCDE8" + uscc.calc_check_digit("N2330109MA1ABCDE8"), "CN", True),
        ("11010519491231002X", "CN", True),  # a trader's identity card, by GB 11643
        ("410305012345678", "CN", None),
        ("41030501234567890123", "CN", None),
        ("110***********1234", "CN", None),
        ("27AAPFU0939F1ZV", "IN", True),
        ("27AAPFU0939F1ZW", "IN", False),
        ("29670869006", "IN", None),
        ("GB980780684", "", True),
        ("980 7806 84", "GB", True),
        ("GB802311781", "GB", False),
        ("DE136695976", "DE", True),
        ("DE136695978", "DE", False),
        ("FR40303265045", "", True),
        ("123/456/78901", "DE", None),
        ("000519537X", "MY", None),
        ("51824753556", "AU", True),
        ("51824753557", "AU", False),
        ("00501503", "TW", True),
        ("00501502", "TW", False),
        ("", "CN", None),
    ],
)
def test_tax_numbers_are_judged_by_their_country(value: str, country: str, right: bool | None) -> None:
    assert tax_id_is_right(value, country) is right


numbers = st.text("0123456789ABNOXYZ", min_size=7, max_size=20)


@given(
    st.one_of(st.text(max_size=24), numbers, numbers.map("GB".__add__), numbers.map("FR".__add__)),
    st.sampled_from(["", "CN", "IN", "GB", "DE", "AU", "TW", "XX"]),
)
def test_any_text_may_be_asked_about(text: str, country: str) -> None:
    assert tax_id_is_right(text, country) in (True, False, None)


def said(name: str, facts: dict[str, str], **values: str) -> tuple[bool, str] | None:
    made = judge(RULES[name], values, facts)
    return (made.passed, made.fact("said") or "") if made else None


@pytest.mark.parametrize(
    ("number", "kind", "wanted"),
    [
        ("24322000000012345678", "vat_invoice", (True, "digital")),
        ("24322000000012345678", "train_ticket", (True, "digital")),
        ("27322000000012345678", "vat_invoice", (False, "year")),
        ("20322000000012345678", "vat_invoice", (False, "year")),
        ("24392000000012345678", "vat_invoice", (False, "region")),
        ("55443322", "vat_invoice", (True, "eight")),
        ("5544332", "vat_invoice", (False, "length")),
        ("5544332", "taxi_receipt", None),
        ("AB12345678", "vat_invoice", None),
    ],
)
def test_the_number_of_an_invoice(number: str, kind: str, wanted: tuple[bool, str] | None) -> None:
    assert said("invoice_number_is_well_formed", {"kind": kind} | READ_ON, invoice_number=number) == wanted


@pytest.mark.parametrize(
    ("code", "kind", "wanted"),
    [
        ("032001900111", "vat_invoice", (True, "right")),
        ("144032370219", "taxi_receipt", (True, "right")),
        ("211001170031", "taxi_receipt", (True, "right")),
        ("1100094140", "vat_invoice", (True, "right")),
        ("1100984140", "vat_invoice", (True, "right")),
        ("000001900111", "vat_invoice", (True, "right")),  # the administration itself
        ("032003900111", "vat_invoice", (False, "year")),
        ("038001900111", "vat_invoice", (False, "region")),
        ("732001900111", "vat_invoice", (False, "region")),
        ("03200190011", "vat_invoice", (False, "length")),
        ("03200190011", "quota_invoice", None),
    ],
)
def test_the_code_of_an_invoice(code: str, kind: str, wanted: tuple[bool, str] | None) -> None:
    assert said("invoice_code_is_well_formed", {"kind": kind} | READ_ON, invoice_code=code) == wanted


def test_the_years_in_numbers_fit_the_date() -> None:
    assert (year_of_code("032001900111"), year_of_code("1100094140"), year_of_code("12345678")) == (2019, 2009, None)
    assert (year_of_number("24322000000012345678"), year_of_number("55443322")) == (2024, None)
    number, code = "24322000000012345678", "032001900111"
    fits = "invoice_number_fits_date"
    assert said(fits, {}, invoice_number=number, date="2024-05-06") == (True, "same")
    assert said(fits, {}, invoice_number=number, date="2021-05-06") == (False, "differs")
    assert said(fits, {}, invoice_number="55443322", date="2021-05-06") is None
    fits = "invoice_code_fits_date"
    assert said(fits, {}, invoice_code=code, date="2019-01-01") == (True, "later")
    assert said(fits, {}, invoice_code=code, date="2018-12-31") == (False, "earlier")
    assert said(fits, {}, invoice_code=code, date="yesterday") is None
