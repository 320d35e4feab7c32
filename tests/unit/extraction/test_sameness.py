"""What makes two receipts the same, and what sets them apart."""

from __future__ import annotations

from itertools import product

import pytest

from paddlescan.document import Field, Kind, Receipt
from paddlescan.document.sameness import NOT_SEEN_BEFORE
from paddlescan.extraction.sameness import apart, merchant_key, same_keys, seen_before
from paddlescan.words import check_sentence
from tests.unit.extraction.drawing import line

SHOP = {"merchant": "MR D.I.Y. (M) SDN BHD", "date": "2018-11-18", "total": "30.90"}


def receipt(*lines: str, kind: Kind = "receipt", **fields: str) -> Receipt:
    found = tuple(Field(name, value) for name, value in fields.items())
    return Receipt(kind=kind, fields=found, lines=tuple(line(0, 30 * n, text) for n, text in enumerate(lines)))


def names(made: Receipt, picture: str | None = None) -> list[str]:
    return [key.name for key in same_keys(made, picture)]


def same(one: Receipt, two: Receipt) -> str | None:
    """By what two receipts are the same; None: they are two."""
    for mine, other in product(same_keys(one, None), same_keys(two, None)):
        if (mine.name, mine.value) == (other.name, other.value) and not apart(mine, other):
            return mine.name
    return None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"total": "30.90"}, ["picture"]),
        (SHOP, ["picture", "sum"]),
        (SHOP | {"invoice_number": "CS00012345"}, ["picture", "number", "sum"]),
        (SHOP | {"invoice_number": "24312000000012345678"}, ["picture", "invoice", "sum"]),
        (
            SHOP | {"invoice_code": "044001900111", "invoice_number": "12345678", "seller_tax_id": "91310000MA1"},
            ["picture", "invoice", "number", "number", "sum"],
        ),
        (SHOP | {"total": "thirty"}, ["picture"]),
        ({"invoice_number": "CS00012345"}, ["picture"]),
    ],
)
def test_keys_the_strongest_first(fields: dict[str, str], expected: list[str]) -> None:
    assert names(receipt(**fields), "ab 1 1") == expected


def test_codes_are_compared_without_spaces_and_widths() -> None:
    one = receipt(invoice_code="044001900111", invoice_number="No12345678")
    two = receipt(invoice_code="0440 0190 0111", invoice_number="ｎｏ．12345678")
    assert same(one, two) == "invoice"


def test_a_merchant_is_the_same_though_look_alikes_were_mixed_up() -> None:
    assert merchant_key("MR D.I.Y. (M) SDN BHD") == merchant_key("Mr D.l.Y.(M) SDN BHD")
    assert merchant_key("晨光文具店") != merchant_key("晨光文具")


def test_the_number_of_a_merchant_is_not_that_of_another() -> None:
    number = {"invoice_number": "CS00012345"}
    assert same(receipt(**SHOP | number), receipt(**SHOP | number | {"total": "31.00"})) == "number"
    assert same(receipt(**SHOP | number), receipt(**SHOP | number | {"merchant": "AEON"})) is None
    again = number | {"total": "8.00", "date": "2019-01-02"}
    assert same(receipt(**SHOP | number), receipt(**SHOP | again)) is None, "counted from the start next year"


def test_a_short_number_starts_anew_every_day() -> None:
    order = SHOP | {"invoice_number": "045"}
    assert same(receipt(**order), receipt(**order)) == "number"
    assert same(receipt(**order), receipt(**order | {"date": "2018-11-19"})) is None


def test_two_codes_with_one_number_are_two_invoices() -> None:
    one = SHOP | {"invoice_code": "044001900111", "invoice_number": "12345678"}
    assert same(receipt(**one), receipt(**one | {"invoice_code": "044001900112"})) is None


def test_where_one_number_was_not_read_the_rest_decides() -> None:
    assert same(receipt(**SHOP), receipt(**SHOP | {"invoice_number": "CS00012345"})) == "sum"
    numbers = [receipt(**SHOP | {"invoice_number": f"CS0001234{n}"}) for n in (5, 6)]
    assert same(*numbers) is None


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("18-11-18 19:02", "18-11-18 19:02", "sum"),
        ("18-11-18 19:02", "18-11-18 12:30", None),
        ("18-11-201819:02:50", "18-11-2018 19:02:50", "sum"),
        ("18-11-18 19:02:50", "", "sum"),
        ("tel 03:78", "tel 9:99:99", "sum"),
        ("2018-11-1819:02", "2018-11-18 19:02", "sum"),
        ("10：05", "10:05", "sum"),
        ("9:02", "09:02", "sum"),
    ],
)
def test_the_hour_tells_two_of_one_day_apart(one: str, two: str, expected: str | None) -> None:
    assert same(receipt(one, **SHOP), receipt(two, **SHOP)) == expected


def test_printed_in_one_second_a_number_that_differs_was_misread() -> None:
    two = [receipt("19:02:50", **SHOP | {"invoice_number": n}) for n in ("CS00012345", "CS00O12345")]
    assert same(*two) == "sum"


@pytest.mark.parametrize("kind", ["taxi_receipt", "train_ticket", "bus_ticket", "toll_receipt", "flight_itinerary"])
def test_tickets_are_told_by_their_numbers_alone(kind: Kind) -> None:
    assert same(receipt(kind=kind, **SHOP), receipt(kind=kind, **SHOP)) is None
    numbered = {"invoice_number": "Z35G040968", "date": "2018-11-18"}
    assert same(receipt(kind=kind, **numbered), receipt(kind=kind, **numbered)) == "number"


def test_the_person_is_told_by_what() -> None:
    (key,) = same_keys(receipt(**SHOP), None)
    check = seen_before(key)
    assert (check.name, check.passed) == (NOT_SEEN_BEFORE, False)
    assert check_sentence(check, "en") == "A receipt of this merchant, of 2018-11-18 over 30.90, was seen before"
    assert check_sentence(check, "zh") == "该商户 2018-11-18 金额 30.90 的票据此前已出现过"
    assert seen_before(None).passed
    for key in same_keys(receipt(**SHOP | {"invoice_code": "044001900111", "invoice_number": "12345678"}), "ab 1 1"):
        assert "{" not in check_sentence(seen_before(key), "zh")


def test_the_red_number_of_a_paper_ticket_counts_with_its_day_and_price() -> None:
    ride = {"date": "2026-05-06", "total": "71.00"}
    one = receipt(kind="train_ticket", invoice_number="K058213", **ride)
    again = receipt(kind="train_ticket", invoice_number="K058213", **ride)
    next_year = receipt(kind="train_ticket", invoice_number="K058213", date="2027-05-06", total="71.00")
    neighbour = receipt(kind="train_ticket", invoice_number="K058214", **ride)
    assert same(one, again) == "number"
    assert same(one, next_year) is None
    assert same(one, neighbour) is None
