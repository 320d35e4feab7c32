"""What spreadsheets do to a cell, and what a person did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.document import FIELD_NAMES
from paddlescan.export.cells import field_cell
from paddlescan.export.read_back import ReadCell
from paddlescan.pipeline.returning.meaning import Habits, damage, habits_of, is_same, meant

PLAIN = Habits()


@pytest.mark.parametrize(
    ("name", "known", "cell"),
    [
        ("date", "2026-03-05", "2026/3/5"),
        ("date", "2026-03-05", "2026年3月5日"),
        ("date", "2026-03-05", "3/5/2026"),
        ("date", "2026-03-05", "05.03.2026"),
        ("date", "2026-03-05", "3/5/26"),
        ("date", "2026-03-05", "5-Mar-26"),
        ("date", "2026-03-05", "46086"),
        ("date", "2026-03-05", "2026-03-05 00:00:00"),
        ("date", "05/03/2026", "05/03/2026\t"),
        ("total", "1234.50", "1234.5"),
        ("total", "1234.50", "1,234.50"),
        ("total", "1234.50", "1.234,50"),
        ("total", "1234.50", "¥1,234.50 "),
        ("total", "1234.50", "１２３４．５０"),
        ("total", "-12.00", "(12.00)"),
        ("total", "-12.00", "-12"),
        ("total", "-12.00", "¥ (12.00)"),
        ("total", "-12.00", "−12,00"),
        ("total", "about 5", "about 5"),
        ("invoice_number", "01100210031112345678", "01100210031112345678\t"),
        ("invoice_number", "00123", "００１２３"),
        ("seller_tax_id", "91310000MA1K00000X", "91310000ma1k00000x"),
        ("merchant", "=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("merchant", "'=quoted", "''=quoted"),
        ("address", "1 High St\nLeeds", "1 High St\r\nLeeds"),
        ("category", "meals", "餐饮"),
        ("category", "meals", "Meals"),
        ("note", "", "  "),
    ],
)
def test_what_a_spreadsheet_makes_of_a_value_is_no_change(name: str, known: str, cell: str) -> None:
    assert is_same(name, ReadCell(cell), known)


@pytest.mark.parametrize(
    ("name", "known", "cell"),
    [
        ("date", "2026-03-05", "2026-03-06"),
        ("date", "2026-03-05", "2026-03-05T19:02"),
        ("date", "2026-03-05", ""),
        ("total", "1234.50", "1234.51"),
        ("total", "12.00", "(12.00)"),
        ("total", "9.00", ""),
        ("invoice_number", "00123", "00124"),
        ("merchant", "A", "a"),
        ("category", "meals", "Lodging"),
        ("note", "", "x"),
    ],
)
def test_what_a_person_wrote_is_a_change(name: str, known: str, cell: str) -> None:
    assert not is_same(name, ReadCell(cell), known)
    assert damage(name, ReadCell(cell), known, PLAIN) is None


@pytest.mark.parametrize(
    ("name", "known", "cell", "trouble"),
    [
        ("invoice_number", "01100210031112345678", "1.10021E+18", "cut"),
        ("invoice_number", "11002100311123456789", "1.1002100311123E+19", "cut"),
        ("invoice_number", "11002100311123456789", "11002100311123500000", "cut"),
        ("invoice_number", "11002100311123456789", "11002100311123400000", "cut"),
        ("invoice_number", "00123", "123", "cut"),
        ("invoice_number", "", "1.10021E+18", "cut"),
        ("invoice_number", "", "110021003111234000000", "cut"),
        ("date", "2026-03-05", "########", "error"),
        ("total", "9.00", "#REF!", "error"),
        ("total", "9.00", "Err:508", "error"),
    ],
)
def test_what_lost_digits_or_its_value_is_damage(name: str, known: str, cell: str, trouble: str) -> None:
    assert damage(name, ReadCell(cell), known, PLAIN) == trouble


def test_letters_that_an_encoding_lacks_are_damage_only_where_it_lacks_some() -> None:
    assert damage("merchant", ReadCell("?饭店??"), "堃饭店𠮷", Habits(unicode=False)) == "letters"
    assert damage("merchant", ReadCell("?饭店"), "堃饭店", PLAIN) is None
    assert damage("merchant", ReadCell("?饭馆"), "堃饭店", Habits(unicode=False)) is None
    assert damage("merchant", ReadCell("堃饭店"), "堃饭店", Habits(unicode=False)) is None


def test_a_country_is_told_by_the_cells_that_were_not_touched() -> None:
    untouched = [("date", ReadCell("3/5/2026"), "2026-03-05"), ("total", ReadCell("9,50"), "9.50")]
    habits = habits_of([*untouched, ("date", ReadCell("4/6/2026"), "2026-03-06")], unicode=True)
    assert habits == Habits("month_first", True)
    assert meant("date", ReadCell("4/6/2026"), habits) == "2026-04-06"
    assert meant("total", ReadCell("1.234,50"), habits) == "1234.50"
    assert meant("date", ReadCell("4/6/2026"), PLAIN) == "4/6/2026"
    assert meant("total", ReadCell("1.234,50"), PLAIN) == "1.234,50"


def test_what_speaks_for_both_speaks_for_none() -> None:
    pairs = [("date", ReadCell("3/5/2026"), "2026-03-05"), ("date", ReadCell("3/5/2026"), "2026-05-03")]
    assert habits_of(pairs, unicode=True) == PLAIN


@given(st.sampled_from(FIELD_NAMES), st.text(max_size=40))
def test_any_value_comes_back_as_itself(name: str, value: str) -> None:
    cell = ReadCell(field_cell(name, value))
    assert is_same(name, cell, value)
    assert is_same(name, ReadCell(value), value)
