"""Checks judged again after an edit: facts stay, figures change, and what lost its fields says so."""

from __future__ import annotations

import pytest

from paddlescan.document import Check, Field
from paddlescan.extraction.rules import RULES, contradicted, judge, judge_again, proved, recheck

FACTS = {
    "net_plus_tax_is_total": {},
    "items_add_up_to_total": {"items": "212.00", "count": "2"},
    "items_add_up_to_subtotal": {"items": "200.00", "count": "2"},
    "amount_in_capitals_is_total": {"spelt": "212.00"},
    "fare_fits_distance": {"low": "100.00", "high": "300.00", "distance": "40"},
    "seller_tax_id_check_digit": {"country": "CN"},
    "buyer_tax_id_check_digit": {"country": "CN"},
    "invoice_number_is_well_formed": {"kind": "vat_invoice", "read_on": "2026-11-23"},
    "invoice_code_is_well_formed": {"kind": "vat_invoice", "read_on": "2026-11-23"},
    "invoice_number_fits_date": {},
    "invoice_code_fits_date": {},
    "date_is_possible": {"read_on": "2026-11-23"},
    "currency_fits_country": {"country": "CN", "currencies": "CNY"},
    "qr_agrees": {"total": "212.00"},
}
RIGHT = {
    "subtotal": "200.00",
    "tax": "12.00",
    "total": "212.00",
    "seller_tax_id": "91320500MA9HGFED2U",
    "buyer_tax_id": "91320100MA1ABCDE85",
    "invoice_number": "24322000000012345678",
    "invoice_code": "032001900111",
    "date": "2024-06-18",
    "currency": "CNY",
}
WRONG = {
    "subtotal": "201.00",
    "total": "218.00",
    "seller_tax_id": "91320500MA9HGFED2W",
    "buyer_tax_id": "91320100MA1ABCDE88",
    "invoice_number": "29322000000012345678",
    "invoice_code": "082001900111",
    "date": "2029-06-18",
    "currency": "MYR",
}
NEVER_FAILS = {"fare_fits_distance"}


def made(name: str) -> Check:
    check = judge(RULES[name], RIGHT, FACTS[name])
    assert check is not None
    assert check.passed, check.detail
    return check


def test_every_rule_is_tried_here() -> None:
    assert set(FACTS) == set(RULES)


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_check_fails_over_a_wrong_value_and_comes_back_with_the_right_one(name: str) -> None:
    check = made(name)
    assert judge_again(check, RIGHT) == check
    binds = RULES[name].binds or ("total",)
    spoilt = judge_again(check, RIGHT | {field: WRONG[field] for field in binds if field in WRONG and field != "date"})
    if set(binds) == {"date"} or name == "invoice_code_fits_date":
        spoilt = judge_again(check, RIGHT | {"date": WRONG["date"] if name == "date_is_possible" else "2011-01-01"})
    assert spoilt.passed is (name in NEVER_FAILS)
    assert spoilt.detail != check.detail
    assert judge_again(spoilt, RIGHT) == check


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_check_without_its_fields_says_so(name: str) -> None:
    gone = judge_again(made(name), {})
    assert gone.detail.startswith("cannot be checked: ") or name == "qr_agrees"
    assert gone.passed is not (RULES[name].must or name == "qr_agrees"), "a sum that must come out does not pass"
    assert judge_again(gone, RIGHT) == made(name)


def test_a_check_of_a_newer_paddlescan_stays_as_it_is() -> None:
    check = Check("stars_agree", False, "they do not", (("said", "badly"),))
    assert judge_again(check, RIGHT) == check


def test_a_repair_is_told_as_long_as_its_value_stands() -> None:
    facts = FACTS["amount_in_capitals_is_total"] | {"repaired": "total", "was_read": "218.00", "proved": "212.00"}
    check = judge(RULES["amount_in_capitals_is_total"], RIGHT, facts)
    assert check is not None
    assert (
        check.detail == "the amount in capitals is the total 212.00; Total was read as 218.00 and set right to 212.00"
    )
    assert judge_again(check, RIGHT) == check
    edited = judge_again(check, RIGHT | {"total": "218.00"})
    assert edited.detail == "the amount in capitals is 212.00, but the total reads 218.00"


def test_which_fields_are_proved_and_which_contradicted() -> None:
    checks = [made("net_plus_tax_is_total"), made("date_is_possible"), made("invoice_number_is_well_formed")]
    assert proved(checks) == {"subtotal", "tax", "total"}, "that a date is possible proves nothing"
    assert contradicted(checks) == frozenset()
    failed = judge_again(made("seller_tax_id_check_digit"), WRONG)
    assert contradicted([failed, *checks]) == {"seller_tax_id"}


def test_facts_are_not_heaped_up_by_judging_again_and_again() -> None:
    check = made("net_plus_tax_is_total")
    fields = [Field(name, value) for name, value in RIGHT.items()]
    now: tuple[Check, ...] = (check,)
    for _ in range(3):
        now = recheck(fields, now, now)
    assert now == (check,)
