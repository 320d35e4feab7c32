"""What is typed into many rows at once, without any window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from paddlescan.gui.review.many import Replacement, cells_of, filled_down, hits, pasted, set_in, values_now
from paddlescan.gui.review.sheet import ReviewSheet
from paddlescan.words import category_word
from tests.unit.gui.receipts import fill


@pytest.fixture
def sheet(tmp_path: Path) -> Iterator[ReviewSheet]:
    made = fill(tmp_path)
    made.put("a.png", merchant="Corner Cafe", total="9.00", project="Kunming", category="meals")
    made.put("b.png", merchant="corner corner", total="19.00", note="a+b")
    made.put("c.png", merchant="北京清风餐饮", total="9.50", category="meals")
    sheet = ReviewSheet(made.store)
    sheet.open(made.batch)
    yield sheet
    made.store.close()


def texts(sheet: ReviewSheet, typed: list[tuple[int, str, str]]) -> list[tuple[str, str, str]]:
    return [(sheet.text(i, "file")[0], name, text) for i, name, text in typed]


def test_the_first_row_fills_the_others_but_not_what_was_taken_out(sheet: ReviewSheet) -> None:
    assert texts(sheet, filled_down(sheet, sheet.ids(), "project")) == [
        ("b", "project", "Kunming"),
        ("c", "project", "Kunming"),
    ]
    sheet.set_removed(sheet.ids()[1:2], True)
    assert texts(sheet, filled_down(sheet, sheet.ids(), "project")) == [("c", "project", "Kunming")]
    assert texts(sheet, set_in(sheet, sheet.ids(), "note", "x")) == [("a", "note", "x"), ("c", "note", "x")]
    assert filled_down(sheet, (), "project") == []


def test_what_stands_in_the_rows_now(sheet: ReviewSheet) -> None:
    assert values_now(sheet, sheet.ids(), "category") == [("meals", 2), ("", 1)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Replacement("corner", "Old"), [("a", "merchant", "Old Cafe", 1), ("b", "merchant", "Old Old", 2)]),
        (Replacement("corner", "Old", match_case=True), [("b", "merchant", "Old Old", 2)]),
        (Replacement("9.", "8."), []),
        (
            Replacement("9.", "8.", "total"),
            [("a", "total", "8.00", 1), ("b", "total", "18.00", 1), ("c", "total", "8.50", 1)],
        ),
        (Replacement("a+b", r"\1"), [("b", "note", r"\1", 1)]),
        (Replacement("清风", ""), [("c", "merchant", "北京餐饮", 1)]),
        (Replacement("", "x"), []),
        (Replacement("餐饮", "交通", "category"), [("a", "category", "交通", 1), ("c", "category", "交通", 1)]),
    ],
)
def test_a_text_is_found_and_replaced_as_it_stands(
    sheet: ReviewSheet, wanted: Replacement, found: list[tuple[str, str, str, int]]
) -> None:
    def shown(name: str, value: str) -> str:
        return category_word(value, "zh") if name == "category" else value

    each = hits(sheet, sheet.ids(), wanted, shown)
    assert [(sheet.text(hit.receipt_id, "file")[0], hit.name, hit.after, hit.times) for hit in each] == found


def test_cells_of_a_spreadsheet(sheet: ReviewSheet) -> None:
    assert cells_of('a\tb\r\n"c\td"\t\r\n\r\n') == [["a", "b"], ["c\td", ""]]
    laid = pasted(sheet, sheet.ids()[1:], ("total", "file", "note"), "1\tx\tn1\n2\ty\tn2\n3\tz\tn3", ())
    assert texts(sheet, laid.typed) == [
        ("b", "total", "1"),
        ("b", "note", "n1"),
        ("c", "total", "2"),
        ("c", "note", "n2"),
    ]
    assert (laid.rows, laid.left_over) == (2, 1)


def test_one_line_goes_into_each_chosen_row(sheet: ReviewSheet) -> None:
    first, _, last = sheet.ids()
    laid = pasted(sheet, sheet.ids(), ("project", "note"), "Dali\n", (first, last))
    assert texts(sheet, laid.typed) == [("a", "project", "Dali"), ("c", "project", "Dali")]
    assert (laid.rows, laid.left_over) == (2, 0)
