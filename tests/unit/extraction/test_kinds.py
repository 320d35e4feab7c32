"""The kind of a receipt, and the words by which it is known."""

from __future__ import annotations

from paddlescan.document import Check, Receipt
from paddlescan.extraction.kinds import KIND_IS_KNOWN
from tests.unit.extraction.drawing import column, read


def told(receipt: Receipt) -> Check | None:
    return next((check for check in receipt.checks if check.name == KIND_IS_KNOWN), None)


def test_a_receipt_says_by_which_words_its_kind_is_known() -> None:
    receipt = read(column("上海市出租汽车发票", "上车：08:15", "下车：08:40", "里程：9.8KM", "金额：38.00元"))
    check = told(receipt)
    assert check is not None
    assert receipt.kind == "taxi_receipt"
    assert "出租汽车" in check.detail
    assert check.fact("kind") == "taxi_receipt"


def test_words_are_told_as_people_write_them() -> None:
    check = told(read(column("ACME", "INVOICE", "Bill to: Mrs Lane", "Due date 03/04/2026", ("Total", "9.00"))))
    assert check is not None
    assert "bill to" in check.detail


def test_a_page_of_no_known_kind_says_nothing_of_it() -> None:
    receipt = read(column("Lorem ipsum", ("dolor", "12.00")))
    assert receipt.kind == "other"
    assert told(receipt) is None
