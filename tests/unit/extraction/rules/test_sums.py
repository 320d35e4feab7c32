"""Sums, days and currencies as plain arithmetic."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.extraction.rules import RULES, amounts_agree, is_usual_rate, judge
from paddlescan.extraction.rules.sums import fare_range, items_make

D = Decimal
amounts = st.decimals(min_value=0, max_value=10**7, places=2)


@given(amounts, amounts)
def test_net_and_tax_make_their_sum_and_nothing_else(net: Decimal, tax: Decimal) -> None:
    assert amounts_agree(net, tax, net + tax)
    assert not amounts_agree(net, tax, net + tax + D("0.01"))
    assert amounts_agree(net, tax, net + tax + D("0.05"), rounds=True)
    assert not amounts_agree(net, tax, net + tax + D("0.06"), rounds=True)


@pytest.mark.parametrize(
    ("net", "tax", "usual"),
    [("200.00", "12.00", True), ("510.68", "15.32", True), ("5999.00", "1019.83", True), ("200.00", "22.50", False)],
)
def test_a_usual_rate(net: str, tax: str, usual: bool) -> None:
    assert is_usual_rate(D(net), D(tax)) is usual


def test_items_add_up() -> None:
    assert items_make([D("40.00"), D("50.00"), D("8.00"), D("5.00")], D("103.00"))
    assert not items_make([D("40.00")], D("103.00"))
    assert items_make([], D(0))


@pytest.mark.parametrize(
    ("kilometres", "unit", "waiting", "fare"),
    [
        # rides of several cities, with flag fall, waiting and the night's price a kilometre
        ("16.85", "2.70", "9.6", "58.00"),
        ("7.32", "2.70", "8.4", "31.50"),
        ("2.81", "2.70", "5", "16.50"),
        ("19.25", "2.70", "3.4", "59.50"),
        ("6.79", "3.51", "6.8", "35.50"),
        ("21.58", "4.32", "17", "94.50"),
        ("3.0", "2.30", "0", "13.00"),
        ("12.4", "2.00", "4", "29.00"),
        ("38.0", "2.30", "10", "134.00"),
        ("1.2", "1.80", "0", "6.00"),
    ],
)
def test_a_real_fare_lies_in_the_range_of_its_ride(kilometres: str, unit: str, waiting: str, fare: str) -> None:
    low, high = fare_range(D(kilometres), D(unit), D(waiting))
    assert low <= D(fare) <= high


def said(name: str, facts: dict[str, str], **values: str) -> tuple[bool, str] | None:
    made = judge(RULES[name], values, facts)
    return (made.passed, made.detail) if made else None


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2026-11-23", (True, "the date 2026-11-23 is possible")),
        ("2026-11-24", (True, "the date 2026-11-24 is possible")),
        ("2026-11-25", (False, "the date 2026-11-25 lies in the future")),
        ("1989-12-31", (False, "the date 1989-12-31 is too long ago")),
        ("0204-02-03T10:00", (False, "the date 0204-02-03 is too long ago")),
        ("2026-02-30", None),
        ("02/03/2026", None),
    ],
)
def test_dates(day: str, wanted: tuple[bool, str] | None) -> None:
    assert said("date_is_possible", {"read_on": "2026-11-23"}, date=day) == wanted


def test_a_currency_is_the_countrys_or_one_that_is_printed() -> None:
    facts = {"country": "MY", "currencies": "MYR USD"}
    assert said("currency_fits_country", facts, currency="usd") == (
        True,
        "the currency USD is usual in the country of this receipt (MY)",
    )
    assert said("currency_fits_country", facts, currency="CNY") == (
        False,
        "the currency reads CNY; in the country of this receipt (MY) it is MYR",
    )


def test_what_a_code_says_is_compared_field_by_field() -> None:
    facts = {"invoice_number": "55443322", "date": "2021-06-18", "total": "212.00"}
    agrees = said("qr_agrees", facts, invoice_number="55443322", date="2021-06-18", total="212.00")
    assert agrees == (True, "the QR code says the same: Invoice number, Date, Total")
    differs = said("qr_agrees", facts, invoice_number="55443322", total="212.80")
    assert differs == (False, "the QR code says otherwise: Date, Total 2021-06-18, 212.00, and not -, 212.80")
    assert said("qr_agrees", {}, total="1.00") is None
