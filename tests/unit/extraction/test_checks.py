"""Which checks a page allows, and what they do to the fields."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.document import Check, Field, Item, TextLine
from paddlescan.extraction.checks import check
from paddlescan.extraction.extract import look_at
from tests.unit.extraction.drawing import TODAY, column, line, read
from tests.unit.extraction.test_documents import NONTAX, TAXI, TRAIN, VAT

SHOP = column(
    "HARBOUR STATIONERS SDN BHD",
    "12 JALAN DAMAI, 50450 KUALA LUMPUR",
    ("Date:", "14/02/2019"),
    ("A4 PAPER", "RM 26.00"),
    ("STAPLER", "RM 14.00"),
    ("TOTAL", "RM 40.00"),
)
ITEMS = (Item("A4 PAPER", "2", "13.00", "26.00"), Item("STAPLER", "1", "14.00", "14.00"))


def fields(**values: str) -> tuple[Field, ...]:
    return tuple(Field(name, value, value, 0.8) for name, value in values.items())


def judged(
    lines: list[TextLine], items: tuple[Item, ...] = (), **values: str
) -> tuple[dict[str, Field], dict[str, Check]]:
    found, checks = check(look_at(lines, TODAY), fields(**values), items)
    return {f.name: f for f in found}, {c.name: c for c in checks}


@pytest.mark.parametrize("lines", [VAT, TAXI, TRAIN, NONTAX, SHOP])
def test_no_check_fails_on_a_page_that_was_read_right(lines: list[TextLine]) -> None:
    receipt = read(lines)
    assert [c.detail for c in receipt.checks if not c.passed] == []
    assert len(receipt.checks) >= 2


def test_a_page_without_fields_has_no_checks() -> None:
    assert judged([]) == ({}, {})
    assert judged(VAT) == ({}, {})


def test_items_that_add_up_prove_the_total() -> None:
    found, checks = judged(SHOP, ITEMS, total="40.00")
    assert checks["items_add_up_to_total"].detail == "the items (2) add up to the total 40.00"
    assert found["total"].confidence >= 0.97


def test_items_that_add_up_to_the_net_prove_the_net() -> None:
    found, checks = judged(SHOP, ITEMS, total="42.40", subtotal="40.00")
    assert "items_add_up_to_total" not in checks
    assert checks["items_add_up_to_subtotal"].passed
    assert (found["subtotal"].confidence, found["total"].confidence) == (0.97, 0.8)


@pytest.mark.parametrize(
    "items",
    [
        ITEMS[:1],
        (*ITEMS, Item("TAPE", "1", "5.00", "5.00")),  # one too many: the table was misread
        (ITEMS[0], Item("STAPLER")),
        (ITEMS[0], Item("STAPLER", amount="n/a")),
        (),
    ],
)
def test_a_table_that_is_not_whole_is_not_judged(items: tuple[Item, ...]) -> None:
    found, checks = judged(SHOP, items, total="40.00")
    assert not {name for name in checks if name.startswith("items")}
    assert not found["total"].doubtful


def test_a_total_that_looks_like_the_sum_of_proved_items_is_doubtful() -> None:
    found, checks = judged(SHOP, ITEMS, total="48.00")
    assert checks["items_add_up_to_total"].detail == "the items (2) add up to 40.00, but the total reads 48.00"
    assert found["total"].doubtful
    unproved = tuple(replace(item, unit_price=None) for item in ITEMS)
    assert "items_add_up_to_total" not in judged(SHOP, unproved, total="48.00")[1]


cents = st.integers(1, 10**6).map(lambda n: Decimal(n) / 100)


@given(st.lists(cents, min_size=2, max_size=12))
def test_any_items_add_up_to_their_sum(amounts: list[Decimal]) -> None:
    items = tuple(Item("thing", amount=f"{amount:.2f}") for amount in amounts)
    assert judged(SHOP, items, total=f"{sum(amounts):.2f}")[1]["items_add_up_to_total"].passed


def vat_with(text: str, confidence: float = 0.98) -> list[TextLine]:
    return [replace(m, text=text, confidence=confidence) if "圆整" in m.text else m for m in VAT]


def test_capitals_that_differ_make_just_the_total_doubtful() -> None:
    found, checks = judged(vat_with("叁佰零玖圆整"), total="212.00", date="2021-06-18")
    assert not checks["amount_in_capitals_is_total"].passed
    assert (found["total"].doubtful, found["date"].doubtful) == (True, False)


@pytest.mark.parametrize(
    ("spelt", "confidence"),
    [
        ("叁佰零玖圆整", 0.7),  # read without certainty
        ("叁佰零玖圆", 0.98),  # its end may stand elsewhere
        ("叁佰零攻圆整", 0.98),  # a character that is none of them
        ("叁佰零致圆整", 0.98),  # a mended one
        ("叁佰玖圆拾整", 0.98),
        ("柒叁佰零玖圆整", 0.98),
    ],
)
def test_capitals_that_may_be_misread_speak_against_nothing(spelt: str, confidence: float) -> None:
    found, checks = judged(vat_with(spelt, confidence), total="212.00")
    assert "amount_in_capitals_is_total" not in checks
    assert not found["total"].doubtful


def test_a_sum_that_comes_out_outweighs_capitals_that_were_read_less_surely() -> None:
    values = {"subtotal": "200.00", "tax": "12.00", "total": "212.00"}
    assert not judged(vat_with("叁佰零玖圆整", 0.98), **values)[1]["amount_in_capitals_is_total"].passed
    found, checks = judged(vat_with("叁佰零玖圆整", 0.93), **values)
    assert "amount_in_capitals_is_total" not in checks
    assert not found["total"].doubtful


@pytest.mark.parametrize("spelt", ["贰佰壹拾贰园整", "贰 佰 壹 拾 贰 圆 正", "贡佰壹拾贰圆整"])
def test_capitals_prove_the_total_however_they_were_read(spelt: str) -> None:
    found, checks = judged(vat_with(spelt), total="212.00")
    assert checks["amount_in_capitals_is_total"].passed
    assert found["total"].confidence >= 0.97


def test_a_net_without_its_service_charge_is_no_whole() -> None:
    explained = [*SHOP, line(40, 400, "Service"), line(400, 400, "4.00")]
    assert "net_plus_tax_is_total" not in judged(explained, subtotal="40.00", tax="2.40", total="46.40")[1]
    found, checks = judged(SHOP, subtotal="40.00", tax="2.40", total="46.40")
    assert not checks["net_plus_tax_is_total"].passed
    assert all(found[name].doubtful for name in ("subtotal", "tax", "total"))


def test_a_coupon_between_the_net_and_the_total_is_no_wrong_sum() -> None:
    included = {"tax": "1.75", "total": "30.90"}  # six of a hundred and six
    found, checks = judged(SHOP, subtotal="45.70", **included)
    assert "net_plus_tax_is_total" not in checks
    assert not found["total"].doubtful
    mended = judged(SHOP, subtotal="28.15", **included)[0]["subtotal"]
    assert (mended.value, mended.origin) == ("29.15", "check"), "but a misread net is one"


def test_items_without_their_tax_are_no_misread_total() -> None:
    items = (Item("BREAD", "9", "2.13", "19.17"), Item("ROLLS", "10", "3.889", "38.89"))
    with_tax = [*SHOP, line(40, 400, "GST"), line(400, 400, "0.80")]
    assert "items_add_up_to_total" not in judged(with_tax, items, total="58.86")[1]
    assert not judged(SHOP, items, total="58.86")[1]["items_add_up_to_total"].passed


@pytest.mark.parametrize(("currency", "passed"), [("MYR", True), ("USD", True), ("CNY", False)])
def test_a_currency_that_is_printed_or_the_countrys(currency: str, passed: bool) -> None:
    found, checks = judged([*SHOP, line(40, 400, "Paid USD 10.00")], currency=currency)
    assert checks["currency_fits_country"].passed is passed
    assert found["currency"].doubtful is not passed
    assert found["currency"].confidence <= 0.8, "that a currency is usual proves nothing"


def test_a_page_of_no_country_says_nothing_of_its_currency() -> None:
    assert "currency_fits_country" not in judged([line(40, 40, "4.00")], currency="EUR")[1]


def test_numbers_of_other_countries_are_not_judged_by_chinas_rules() -> None:
    _, checks = judged(SHOP, invoice_number="12345", invoice_code="999", seller_tax_id="001234567890")
    assert checks == {}


def test_a_failed_number_is_doubtful_and_leaves_the_others_alone() -> None:
    values = {"seller_tax_id": "91320500MA9HGFED2W", "buyer_tax_id": "91320100MA1ABCDE85"}
    found, _ = judged(VAT, invoice_code="038001900111", invoice_number="55443322", **values)
    doubtful = {name for name, field in found.items() if field.doubtful}
    assert doubtful == {"invoice_code", "seller_tax_id"}
    assert found["buyer_tax_id"].confidence >= 0.97


def test_a_date_after_the_day_of_reading_is_doubtful() -> None:
    found, checks = judged(SHOP, date="2026-12-31")
    assert not checks["date_is_possible"].passed
    assert found["date"].doubtful
    found, checks = judged(SHOP, date="2019-02-14")
    assert (checks["date_is_possible"].passed, found["date"].confidence) == (True, 0.8)


@pytest.mark.parametrize(("paid", "doubtful"), [("50.00", False), ("58.00", True)])
def test_what_was_paid_less_the_change_speaks_against_another_total(paid: str, doubtful: bool) -> None:
    till = [*SHOP, *(line(x, y, t) for x, y, t in ((40, 400, "CASH"), (400, 400, paid)))]
    till += [line(40, 440, "CHANGE"), line(400, 440, "10.00")]
    assert judged(till, total="40.00")[0]["total"].doubtful is doubtful
