"""Which year a date without one is of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from paddlescan.gui.review.around import around
from paddlescan.store import ReceiptRow, line_of
from tests.unit.gui.receipts import Filled, fill

TODAY = date(2026, 11, 26)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    made = fill(tmp_path)
    yield made
    made.store.close()


def rows(filled: Filled) -> tuple[ReceiptRow, ...]:
    return filled.store.receipt_rows(filled.batch)


def test_the_receipts_beside_it_tell_the_year(filled: Filled) -> None:
    filled.put("a.png", merchant="A", total="1.00")
    for number in range(3):
        filled.put(f"{number}.png", date=f"2024-0{number + 1}-01")
    filled.put("d.png", date="2019-01-01?")
    row, *others = rows(filled)
    beside = [line_of(other) for other in others]
    assert around(row, beside, "en", TODAY).years == (2024,)
    assert around(row, beside[:2], "en", TODAY).years == (), "two receipts are no custom"


def test_the_invoice_number_comes_first(filled: Filled) -> None:
    filled.put("a.png", invoice_number="25112000000012345678", date="2023-01-02?")
    (row,) = rows(filled)
    assert around(row, (), "en", TODAY).years == (2025, 2023)


def test_a_misread_year_does_not_stand_against_all_others(filled: Filled) -> None:
    filled.put("a.png", date="2016-01-02?")
    for number in range(3):
        filled.put(f"{number}.png", date=f"2026-0{number + 1}-01")
    row, *others = rows(filled)
    beside = [line_of(other) for other in others]
    assert around(row, beside, "en", TODAY).years == (2026,)


def test_the_month_stands_first_where_chinese_is_written(filled: Filled) -> None:
    filled.put("a.png", currency="CNY")
    filled.put("b.png", currency="MYR")
    chinese, malaysian = rows(filled)
    assert around(chinese, (), "en", TODAY).month_first
    assert not around(malaysian, (), "en", TODAY).month_first
    assert around(malaysian, (), "zh", TODAY).month_first
