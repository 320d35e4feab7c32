"""What pointing at a place makes of a field, and what becomes of it when the page is read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from paddlescan.document import TextLine
from paddlescan.gui.review.taking import Taken, taken_edit, taken_of
from paddlescan.store import FieldEdit, ReceiptRow
from tests.unit.gui.receipts import Filled, fill, quad_at, read_receipt

PLACE = quad_at(300, 500)
TODAY = date(2026, 11, 26)


@pytest.fixture
def filled(tmp_path: Path) -> Filled:
    filled = fill(tmp_path)
    filled.put("a.png", merchant="Café", total="9.00?|9.30", currency="MYR")
    return filled


def row_of(filled: Filled) -> ReceiptRow:
    (row,) = filled.store.receipt_rows(filled.batch)
    return row


def taken(filled: Filled, *texts: str) -> Taken:
    return Taken(filled.page_of("a.png"), PLACE, texts)


def edit_of(filled: Filled, name: str, *texts: str) -> FieldEdit:
    edit = taken_edit(row_of(filled), name, taken(filled, *texts), TODAY)
    assert edit is not None
    return edit


def test_the_place_is_the_evidence_and_what_was_read_a_candidate(filled: Filled) -> None:
    after = edit_of(filled, "total", "TOTAL RM 42.40").after
    assert after is not None
    assert (after.value, after.text, after.quad) == ("42.40", "TOTAL RM 42.40", PLACE)
    assert (after.origin, after.doubtful, after.candidates) == ("user", False, ("9.00", "9.30"))


def test_the_same_value_at_another_place_is_an_edit_too(filled: Filled) -> None:
    edit = edit_of(filled, "total", "9.00")
    assert edit.before != edit.after and edit.after is not None
    assert (edit.after.value, edit.after.quad, edit.after.doubtful) == ("9.00", PLACE, False)


def test_the_currency_of_the_receipt_says_how_a_day_is_written(filled: Filled) -> None:
    after = edit_of(filled, "date", "Date: 05/03/2026").after
    assert after is not None and after.value == "2026-03-05"


@pytest.mark.parametrize(("name", "text"), [("total", "Thank you"), ("date", "Table 6"), ("note", "  ")])
def test_nothing_that_fits_is_no_edit(filled: Filled, name: str, text: str) -> None:
    assert taken_edit(row_of(filled), name, taken(filled, text), TODAY) is None


def test_a_place_on_a_later_page_of_the_receipt_says_so_and_one_on_a_strange_page_has_no_evidence(
    filled: Filled,
) -> None:
    row = replace(row_of(filled), later_pages=(77,))
    later = taken_edit(row, "total", Taken(77, PLACE, ("42.40",)))
    assert later is not None and later.after is not None
    assert (later.after.page, later.after.quad) == (1, PLACE)
    strange = taken_edit(row, "total", Taken(78, PLACE, ("42.40",)))
    assert strange is not None and strange.after is not None
    assert (strange.after.value, strange.after.quad, strange.after.pointed) == ("42.40", None, False)


def test_the_place_stays_when_the_edit_is_saved_and_when_the_page_is_read_again(filled: Filled) -> None:
    edit = edit_of(filled, "total", "42.40")
    filled.store.apply_edit(edit)
    kept = row_of(filled).values["total"]
    assert (kept.value, kept.quad, kept.pointed) == ("42.40", PLACE, True)
    page_id = filled.page_of("a.png")
    filled.store.read_again(page_id)
    filled.read("a.png", read_receipt(merchant="Café", total="8.00"))
    again = row_of(filled).values["total"]
    assert (again.value, again.quad, again.text) == ("42.40", PLACE, "42.40")
    assert again.candidates[0] == "8.00"
    filled.store.apply_edit(edit.back)
    assert row_of(filled).values["total"].value == "8.00"  # undone: what was read the last time


def test_several_lines_are_evidence_together_and_one_is_closer_than_the_hand() -> None:
    one, two = TextLine("12 Jalan", 0.9, quad_at(50, 40)), TextLine("Kuala Lumpur", 0.9, quad_at(50, 80, 200))
    assert taken_of(1, PLACE, (one,)).quad == one.quad
    both = taken_of(1, PLACE, (one, two))
    assert both.quad == ((50, 40), (250, 40), (250, 104), (50, 104))
    assert both.text == "12 Jalan Kuala Lumpur"
    assert taken_of(1, PLACE, ()).quad == PLACE
