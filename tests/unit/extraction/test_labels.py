"""Labels are found however glued, misread or spaced."""

from __future__ import annotations

import pytest

from paddlescan.extraction import patterns
from paddlescan.extraction.labels import find_labels, role_of, tokens_of
from paddlescan.extraction.text import fold


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("TOTAL", "total"),
        ("Sub-Total :", "subtotal"),
        ("Subtotai", "subtotal"),
        ("TotalSales(InclusiveofGST)", "total_incl"),
        ("Total Amount Excl. GST", "total_excl"),
        ("Total GST", "total_tax"),
        ("Total (Excluding GST):", "total_excl"),
        ("*6% GST Included", "tax"),
        ("Sub Total Before Discount", "subtotal"),
        ("Serv. Charge (10%)", "service"),
        ("GST @6%", "tax"),
        ("GST Payable", "tax"),
        ("Total Rounded", "rounded"),
        ("Rounding Adj.", "rounding"),
        ("Grand Total", "payable"),
        ("Change Due", "change"),
        ("Total Qty", "quantity"),
        ("CASH", "cash"),
        ("价税合计（大写）", "payable"),
        ("找零", "change"),
    ],
)
def test_role(text: str, role: str) -> None:
    assert role_of(tokens_of(text)) == role


@pytest.mark.parametrize("text", ["Taxi to town", "Cashew nuts", "10551", "Barista"])
def test_a_short_label_is_no_part_of_a_longer_word(text: str) -> None:
    assert role_of(tokens_of(text)) is None


def test_a_label_says_where_it_stands_in_the_text() -> None:
    label = find_labels("Our INV0ICE No. 77")[0]
    assert "Our INV0ICE No. 77"[label.start : label.end] == "INV0ICE No"
    assert "number_invoice" in label.tokens


def test_every_role_wants_tokens_that_exist() -> None:
    tokens = {t for words in patterns.labels().by_start.values() for w in words for t in w.tokens}
    assert {t for _, wanted in patterns.roles() for t in wanted} <= tokens


def test_folding_keeps_the_way_back() -> None:
    folded = fold("Ａ b-C１!")
    assert folded.text == "abcii"
    assert folded.places == (0, 2, 4, 5, 6)


def test_a_degree_sign_is_meant_for_the_ordinal() -> None:
    """Invoices of France say n° where nº is meant; both are labels of a number."""
    tokens = [[label.tokens for label in find_labels(f"Facture n{sign}562044387")] for sign in "º°"]
    assert tokens[0] == tokens[1] != []
