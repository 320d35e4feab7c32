"""Invoices over several pages, drawn as they come: labelled, continued, with a table that goes on; and what is none."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paddlescan.document import Check, Field, Item, Kind, Receipt, TextLine
from paddlescan.extraction.joining import PageLabel, continues, join, page_label
from paddlescan.extraction.rules import NET_PLUS_TAX
from paddlescan.extraction.sameness import same_keys, seen_before
from tests.unit.extraction.drawing import column, line, read

ITEMS = tuple((f"Widget {n}", f"{n}.50") for n in range(11, 19))
HEAD = ("ACME TRADING LTD", "INVOICE", "Invoice No: INV-2026-0815", "Date: 05/03/2026", ("Description", "Amount"))


def labelled(text: str) -> PageLabel | None:
    return page_label([line(0, 0, text)])


@pytest.mark.parametrize(
    ("text", "page", "of"),
    [
        ("Page 2 of 3", 2, 3),
        ("PAGE: 1/12", 1, 12),
        ("Seite 2 von 2", 2, 2),
        ("Page 2 / 2", 2, 2),
        ("第2页 共3页", 2, 3),
        ("第 1 页，共 2 页", 1, 2),
        ("共3页第2页", 2, 3),
        ("共 2 页 第 1 页", 1, 2),
        ("2 of 3 pages", 2, 3),
    ],
)
def test_page_labels(text: str, page: int, of: int) -> None:
    assert labelled(text) == PageLabel(page, of)


@pytest.mark.parametrize("text", ["Page 2", "05/03/2026", "2/3 cup sugar", "Page 4 of 3", "homepage 2/3x", "第2页"])
def test_what_is_no_page_label(text: str) -> None:
    assert labelled(text) is None


def test_a_page_that_says_two_things_says_nothing() -> None:
    assert page_label([line(0, 0, "Page 1 of 2"), line(0, 30, "Page 2 of 2")]) is None


def receipt(*texts: str, kind: Kind = "invoice", doubtful: str = "", **fields: str) -> Receipt:
    lines = tuple(TextLine(text, 0.9, line(40, 30 * n, text).quad) for n, text in enumerate(texts or ("some words",)))
    found = tuple(Field(name, value, value, doubtful=name == doubtful) for name, value in fields.items())
    return Receipt(kind=kind, fields=found, lines=lines)


FIRST = {"merchant": "Acme", "invoice_number": "INV-2026-0815"}
JOINED = {
    "consecutive labels": (receipt("Page 1 of 2", **FIRST), receipt("Page 2 of 2", total="9.00")),
    "a label on the second only": (receipt(**FIRST), receipt("Page 2 of 2", total="9.00")),
    "a label and one number with one total": (
        receipt(**FIRST, total="9.00"),
        receipt("Page 2 / 2", invoice_number=FIRST["invoice_number"], total="9.00"),
    ),
    "Chinese labels": (receipt("共2页 第1页", **FIRST), receipt("共2页 第2页", **FIRST, total="9.00")),
    "one number, the total on the second": (receipt(**FIRST), receipt(**FIRST, total="9.00")),
    "one number, the total on the first": (receipt(**FIRST, total="9.00"), receipt(**FIRST)),
    "a list of an invoice": (
        receipt(kind="vat_invoice", **FIRST, total="9.00"),
        receipt("销售货物或者提供应税劳务清单", kind="vat_invoice", **FIRST, total="9.00"),
    ),
    "carried forward": (receipt("Carried forward 80.00", **FIRST), receipt("some items", total="9.00")),
    "brought forward": (receipt(**FIRST), receipt("承前页 80.00", total="9.00")),
}
SEPARATE = {
    "two that are each whole": (receipt("Page 1 of 1", **FIRST), receipt("Page 1 of 1", invoice_number="INV-2")),
    "the second begins": (receipt("Page 1 of 2", **FIRST), receipt("Page 1 of 2", **FIRST)),
    "the first was the last": (receipt("Page 2 of 2", **FIRST), receipt("more", total="9.00")),
    "labels of different files": (receipt("Page 1 of 2", **FIRST), receipt("Page 2 of 3")),
    "labels that skip one": (receipt("Page 1 of 3", **FIRST), receipt("Page 3 of 3")),
    "two numbers": (receipt(**FIRST), receipt(invoice_number="INV-2026-0816", total="9.00")),
    "two numbers, though labelled": (
        receipt("Page 1 of 2", **FIRST),
        receipt("Page 2 of 2", invoice_number="INV-2026-0816"),
    ),
    "two copies of one invoice": (receipt(**FIRST, total="9.00"), receipt(**FIRST, total="9.00")),
    "a label and two totals": (receipt(**FIRST, total="9.00"), receipt("Page 2 of 2", total="8.00")),
    "short numbers agree by chance": (receipt(invoice_number="12"), receipt(invoice_number="12")),
    "taxi tickets": (receipt("第1页 共2页", kind="taxi_receipt"), receipt("第2页 共2页", kind="taxi_receipt")),
    "a blank page": (receipt(**FIRST), Receipt()),
    "words without a table": (receipt(**FIRST), receipt("Terms and conditions", "apply to all")),
}


@pytest.mark.parametrize("name", JOINED)
def test_a_page_goes_on_where_something_says_so(name: str) -> None:
    assert continues(*JOINED[name])


@pytest.mark.parametrize("name", SEPARATE)
def test_separate_receipts_of_one_file_stay_separate(name: str) -> None:
    assert not continues(*SEPARATE[name])


def test_a_table_goes_on_without_a_head() -> None:
    first = read(column(*HEAD, *ITEMS))
    assert continues(first, read(column(("Description", "Amount"), *ITEMS[:5], ("Total", "116.00"))))


def test_a_table_in_another_column_is_another() -> None:
    first = read(column(*HEAD, *ITEMS))
    other = [replace(m, quad=tuple((x * 0.7, y) for x, y in m.quad)) for m in column(*ITEMS[:5])]  # type: ignore[arg-type]
    assert not continues(first, read(other))


def test_a_second_receipt_with_the_same_column_is_another() -> None:
    first = read(column(*HEAD, *ITEMS, ("Total", "116.00")))
    assert not continues(first, read(column("KEDAI MAKAN", "RECEIPT", "06/03/2026", *ITEMS[:4], ("Total", "50.00"))))
    assert not continues(first, read(column("KEDAI MAKAN", *ITEMS[:4], ("Total", "50.00")))), "a total of its own"


def test_one_receipt_of_three_pages() -> None:
    net = Check(NET_PLUS_TAX, False, facts=(("said", "no_amount"),))
    pages = [
        replace(receipt("one", **FIRST, total="80.00", doubtful="total"), items=(Item("a"),), kind="other"),
        replace(receipt("two", merchant="Widget 12", total="85.00", doubtful="total"), items=(Item("b"),)),
        replace(receipt("three", merchant="Widget 14", subtotal="90.00", tax="5.40", total="95.40"), checks=(net,)),
    ]
    whole = join(pages)
    assert {f.name: (f.value, f.page) for f in whole.fields} == {
        "merchant": ("Acme", 0),
        "invoice_number": ("INV-2026-0815", 0),
        "total": ("95.40", 2),
        "subtotal": ("90.00", 2),
        "tax": ("5.40", 2),
    }
    assert whole.kind == "invoice"
    assert whole.field("total").candidates == ("85.00", "80.00")  # type: ignore[union-attr]
    assert [item.description for item in whole.items] == ["a", "b"]
    assert [(m.text, m.page) for m in whole.lines] == [("one", 0), ("two", 1), ("three", 2)]
    assert [(check.name, check.passed) for check in whole.checks] == [(NET_PLUS_TAX, True)], "judged anew"


def test_net_tax_and_total_of_different_pages_prove_each_other() -> None:
    whole = join([receipt(**FIRST, subtotal="90.00"), receipt(tax="5.40", total="95.40")])
    assert [(check.name, check.passed) for check in whole.checks] == [(NET_PLUS_TAX, True)]
    assert join([receipt(**FIRST, subtotal="80.00"), receipt(tax="5.40", total="95.40")]).checks == ()


def test_the_items_of_all_pages_make_the_total() -> None:
    one = Check("items_add_up_to_total", False, facts=(("items", "30.00"), ("count", "2"), ("said", "differs")))
    first = replace(receipt(**FIRST), items=(Item("a", amount="10.00"), Item("b", amount="20.00")))
    last = replace(receipt(total="95.40"), items=(Item("c", amount="30.00"), Item("d", amount="35.40")), checks=(one,))
    (check,) = join([first, last]).checks
    assert (check.name, check.passed, check.detail) == (
        "items_add_up_to_total",
        True,
        "the items (4) add up to the total 95.40",
    )
    assert join([first, replace(last, items=last.items[:1])]).checks == (), "what was not read says nothing"


def table(first: int, last: int, amount: str, **fields: str) -> Receipt:
    """A page of an invoice whose items make its own sum, which it prints."""
    items = tuple(Item(f"Widget {n}", amount=amount) for n in range(first, last))
    page = receipt(**fields)
    own = line(40, 300, "小计"), line(700, 302, f"¥{float(amount) * len(items):.2f}")
    return replace(page, items=items, lines=(*page.lines, *own))


@pytest.mark.parametrize(("last", "passed"), [("200.00", True), ("150.00", False)])
def test_items_of_whole_tables_must_make_the_sum_of_all_pages(last: str, passed: bool) -> None:
    own = Check("items_add_up_to_subtotal", True, facts=(("items", "1600.00"), ("count", "8"), ("said", "same")))
    first = replace(table(1, 9, "200.00", **FIRST, subtotal="1600.00"), checks=(own,))
    whole = join([first, table(9, 12, last, subtotal="2200.00")])
    (check,) = whole.checks
    assert (check.name, check.passed, check.fact("count")) == ("items_add_up_to_subtotal", passed, "11")
    assert whole.field("subtotal").doubtful is not passed  # type: ignore[union-attr]


def test_items_that_miss_the_sum_say_nothing_where_a_table_was_not_read_whole() -> None:
    last = table(9, 12, "150.00", subtotal="2200.00")
    part = replace(last, items=last.items[1:])
    assert join([table(1, 9, "200.00", **FIRST), part]).checks == ()
    assert join([table(1, 9, "200.00", **FIRST), replace(last, items=())]).checks == ()


def test_a_page_alone_stays_as_it_is() -> None:
    page = receipt(**FIRST)
    assert join([page]) is page


_any_receipt = st.builds(
    lambda texts, number, total, doubtful: receipt(
        *texts, invoice_number=number, total=total, doubtful="total" if doubtful else ""
    ),
    st.lists(st.text(max_size=30), min_size=1, max_size=8),
    st.sampled_from(["", "INV-2026-0815", "12", "１２３４５６"]),
    st.sampled_from(["", "9.00", "about 5"]),
    st.booleans(),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.one_of(_any_receipt, st.just(Receipt())), min_size=1, max_size=5))
def test_any_pages_are_judged_and_joined(pages: list[Receipt]) -> None:
    for before, page in pairwise(pages):
        assert continues(before, page) in (True, False)
    whole = join(pages)
    assert len(whole.lines) == sum(len(page.lines) for page in pages)
    for key in same_keys(whole, "ab 1 1"):
        assert seen_before(key).detail
