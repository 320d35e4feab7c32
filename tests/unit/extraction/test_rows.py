"""Reading order: rows as a reader sees them, on paper of any turn."""

from __future__ import annotations

import pytest

from paddlescan.extraction.rows import lay_out
from tests.unit.extraction.drawing import column, line, turned

FORM = column("CORNER SHOP", ("Bread", "2.40"), ("Milk, semi-skimmed", "1.10"), ("TOTAL", "3.50"))
IN_ORDER = ["CORNER SHOP", "Bread", "2.40", "Milk, semi-skimmed", "1.10", "TOTAL", "3.50"]


@pytest.mark.parametrize("degrees", [0, 3, -8, 90, 180, 267])
def test_rows_of_turned_paper_are_those_of_upright_paper(degrees: float) -> None:
    sheet = lay_out(turned(FORM[::-1], degrees))
    assert [m.text for m in sheet.lines] == IN_ORDER
    assert [len(row) for row in sheet.rows] == [1, 2, 2, 2]


def test_a_value_half_a_line_off_its_label_is_of_its_row() -> None:
    sheet = lay_out([line(40, 100, "Subtotal"), line(400, 108, "9.00"), line(40, 130, "Total"), line(400, 138, "9.54")])
    assert [[sheet.lines[i].text for i in row] for row in sheet.rows] == [["Subtotal", "9.00"], ["Total", "9.54"]]


def test_lines_over_each_other_are_never_one_row() -> None:
    sheet = lay_out([line(40, 100, "first line"), line(40, 106, "second line")])
    assert len(sheet.rows) == 2


def test_no_lines_make_an_empty_sheet() -> None:
    assert lay_out([]).lines == ()
