"""Lines of all receipts, whole rows of a few: what is let go comes back as it was, with what is unsaved on top."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from paddlescan.document import Check
from paddlescan.errors import UnreadableFile
from paddlescan.extraction.rules import RULES
from paddlescan.gui.review.arrange import Arrangement
from paddlescan.gui.review.checks import Acceptance, to_accept
from paddlescan.gui.review.laid_over import HELD, UNCHECKED
from paddlescan.gui.review.line_index import LineIndex
from paddlescan.gui.review.looks import next_look
from paddlescan.gui.review.sheet import Changes, ReviewSheet
from paddlescan.store import ReceiptLine, Store, line_of
from tests.benchmarks.big_store import fill_store
from tests.unit.gui.receipts import Filled, fill, read_receipt

ROWS = 40


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    made = fill(tmp_path)
    made.drop(*(f"{number:02}.png" for number in range(ROWS)))
    for number in range(ROWS):
        doubt = "?" if number % 7 == 3 else ""
        made.read(f"{number:02}.png", read_receipt(merchant=f"Shop {number % 5}{doubt}", total=f"{number}.50"))
    yield made
    made.store.close()


@pytest.fixture
def sheet(filled: Filled) -> ReviewSheet:
    """At most four whole rows are held."""
    sheet = ReviewSheet(filled.store, held=4)
    sheet.open(filled.batch)
    return sheet


def let_all_go(sheet: ReviewSheet, but: int) -> None:
    """Look at so many other rows that none of before is held."""
    for receipt_id in [i for i in sheet.ids() if i != but][-4:]:
        sheet.row(receipt_id)


def test_a_line_is_what_a_whole_row_says_at_a_glance(filled: Filled) -> None:
    filled.drop("broken.png", "blurred.png", "two.png", "waits.png")
    filled.fail("broken.png", UnreadableFile(file="broken.png"))
    filled.read("blurred.png", read_receipt(merchant="A\x1fB", date="2026-02-31?"), quality=("blurred", "dark"))
    filled.read("two.png", read_receipt(1, 2, total="1.00"), read_receipt(2, 2, total="2.00?", merchant="?"))
    by_hand = filled.store.add_receipt(filled.batch)
    filled.store.set_removed([by_hand], True)
    lines = filled.store.receipt_lines(filled.batch)
    assert lines == tuple(line_of(row) for row in filled.store.receipt_rows(filled.batch, include_removed=True))
    assert len(lines) == ROWS + 5
    assert lines[-1].removed
    blurred = next(line for line in lines if line.source == "blurred.png")
    assert (blurred.value("merchant"), blurred.value("date")) == ("A B", "2026-02-31")
    assert (blurred.quality, blurred.doubtful) == (("blurred", "dark"), ("date",))
    two = [line for line in lines if line.source == "two.png"]
    assert two[1].doubtful == ("merchant", "total")
    assert two[1].values() == {"total": "2.00"}


def test_no_more_whole_rows_are_held_than_said(sheet: ReviewSheet) -> None:
    assert sheet.held == 0
    rows = [sheet.row(receipt_id) for receipt_id in sheet.ids()]
    assert sheet.held == 4
    assert [row.receipt_id for row in rows] == list(sheet.ids())
    again = [sheet.row(receipt_id) for receipt_id in sheet.ids()]
    assert again == rows


def test_sorting_searching_and_going_on_fetch_no_whole_row(sheet: ReviewSheet) -> None:
    for column in ("state", "merchant", "total", "file"):
        assert len(Arrangement(column=column).arranged(sheet)) == ROWS
    assert len(Arrangement(search="shop 2").arranged(sheet)) == 8
    assert len(Arrangement(state="needs_review").arranged(sheet)) == 6
    assert next_look(sheet, sheet.ids(), None) == (sheet.ids()[3], "merchant")
    assert sheet.held == 0


def test_a_row_that_was_let_go_comes_back_with_its_unsaved_edits(sheet: ReviewSheet, filled: Filled) -> None:
    first = sheet.ids()[0]
    edits = [sheet.edit_of(first, "merchant", "Kopi")]
    sheet.apply(edits[0])
    edits.append(sheet.edit_of(first, "date", "2026-02-31"))
    sheet.apply(edits[1])
    before = sheet.row(first)
    let_all_go(sheet, first)
    assert sheet.row(first) is not before
    assert sheet.row(first) == before
    assert sheet.state(first) == sheet.row(first).state == "needs_review"
    assert sheet.text(first, "merchant") == "Kopi"
    for edit in edits:
        filled.store.apply_edit(edit)
    assert sheet.settle(*edits) == Changes(changed=(first,))
    let_all_go(sheet, first)
    assert sheet.row(first).values == before.values
    assert sheet.saving(first, "merchant") == "saved"


def test_a_row_that_was_let_go_stays_accepted_before_that_is_saved(filled: Filled) -> None:
    filled.drop("check.png")
    failed = Check("net_plus_tax_is_total", False, "no")
    page = filled.read("check.png", read_receipt(checks=(failed,), merchant="A", total="9.00"))
    sheet = ReviewSheet(filled.store, held=4)
    sheet.open(filled.batch)
    (receipt_id,) = sheet.ids_of_page(page)
    assert sheet.state(receipt_id) == "needs_review"
    sheet.apply_acceptance(Acceptance(receipt_id, to_accept(sheet.checks(receipt_id), False)))
    assert sheet.state(receipt_id) == "done"
    let_all_go(sheet, receipt_id)
    assert sheet.row(receipt_id).state == sheet.state(receipt_id) == "done"


def test_no_check_asks_for_what_a_person_adds(filled: Filled, sheet: ReviewSheet) -> None:
    assert not UNCHECKED & {name for rule in RULES.values() for name in rule.binds}
    done, doubtful = sheet.ids()[0], sheet.ids()[3]
    for receipt_id in (done, doubtful):
        sheet.apply(sheet.edit_of(receipt_id, "project", "P1"))
    assert (sheet.state(done), sheet.state(doubtful)) == ("done", "needs_review")


def test_a_row_that_was_taken_out_is_so_before_that_is_saved(sheet: ReviewSheet) -> None:
    first = sheet.ids()[0]
    sheet.set_removed([first], True)
    assert sheet.held == 0, "taking ten thousand rows out fetches none"
    assert sheet.row(first).removed
    let_all_go(sheet, first)
    assert sheet.row(first).removed
    assert sheet.counts()["removed"] == 1
    sheet.set_removed([first], False)
    assert not sheet.row(first).removed


def test_what_changed_while_a_row_was_not_held_is_news(sheet: ReviewSheet, filled: Filled) -> None:
    page = filled.page_of("05.png")
    (receipt_id,) = sheet.ids_of_page(page)
    before = sheet.row(receipt_id)
    let_all_go(sheet, receipt_id)
    filled.store.read_again(page)
    filled.read("05.png", read_receipt(total="5.50", merchant="Shop 0"))  # the same values in other places
    assert sheet.refresh_page(page) == Changes(changed=(receipt_id,))
    assert sheet.row(receipt_id).values["merchant"].quad != before.values["merchant"].quad
    assert sheet.refresh_page(page) == Changes()


def test_rows_keep_their_order_when_one_of_them_changes(sheet: ReviewSheet) -> None:
    by_merchant = Arrangement(column="merchant")
    order = by_merchant.arranged(sheet)
    assert [sheet.place(i) for i in order[:8]] == sorted(sheet.place(i) for i in order[:8]), "equal ones as dropped"
    sheet.apply(sheet.edit_of(order[3], "note", "looked at"))
    assert by_merchant.arranged(sheet) == order
    sheet.apply(sheet.edit_of(order[3], "merchant", "Shop 9"))
    assert by_merchant.arranged(sheet) == [*order[:3], *order[4:], order[3]]


def test_a_row_the_store_has_no_more_is_what_its_line_says_until_that_is_news(
    sheet: ReviewSheet, filled: Filled
) -> None:
    receipt_id = sheet.ids()[3]
    with sqlite3.connect(filled.path) as other:
        other.execute("DELETE FROM receipt WHERE id = ?", (receipt_id,))
    row = sheet.row(receipt_id)
    assert {name: field.value for name, field in row.values.items()} == {"merchant": "Shop 3", "total": "3.50"}
    assert row.values["merchant"].doubtful
    assert (row.state, row.source) == ("needs_review", "03.png")
    assert sheet.refresh_receipt(receipt_id) == Changes(gone=(receipt_id,))
    with pytest.raises(KeyError):
        sheet.row(receipt_id)


def test_edits_of_another_time_lie_over_lines_that_come_later(sheet: ReviewSheet, filled: Filled) -> None:
    first = sheet.ids()[0]
    sheet.apply(sheet.edit_of(first, "merchant", "Kopi"))
    sheet.open(None)
    sheet.open(filled.batch)
    assert sheet.text(first, "merchant") == "Kopi"
    assert sheet.saving(first, "merchant") == "saving"


def line(receipt_id: int, page_id: int = 1, later: tuple[int, ...] = (), number: int = 1) -> ReceiptLine:
    texts = "\x1f" * 19
    return ReceiptLine(receipt_id, page_id, page_id, 1, 1, number, 1, "", "done", False, (), False, later, (), texts)


def test_the_index_knows_what_stands_beside_and_on_a_page() -> None:
    index = LineIndex()
    index.fill([line(12, 3), line(10, 1), line(11, 2), line(13, 4)])
    assert index.ids() == (10, 11, 12, 13)
    assert index.beside(12, 1) == (11, 13)
    assert index.beside(10, 2) == (11, 12)
    index.put(line(11, 2, later=(3,)))
    assert index.ids_of_page(3) == (11, 12)
    index.put(line(11, 2))
    assert index.ids_of_page(3) == (12,)
    index.put(replace(line(10, 9)))
    assert index.ids() == (11, 12, 13, 10)
    index.drop(12)
    assert index.ids() == (11, 13, 10)
    assert index.ids_of_page(3) == ()
    assert index.counts["all"] == 3


def test_thousands_of_receipts_hold_few_whole_rows(tmp_path: Path) -> None:
    """Ten times as many as are held. No time is measured here: that is for `tests.benchmarks.big_batch`."""
    batch = fill_store(tmp_path / "store.sqlite", tmp_path / "files", 2_500, lines=2)
    with Store(tmp_path / "store.sqlite") as store:
        sheet = ReviewSheet(store)
        sheet.open(batch)
        ids = sheet.ids()
        assert len(ids) == 2_500
        assert len(Arrangement(column="total", descending=True).arranged(sheet)) == 2_500
        for receipt_id in ids:
            sheet.text(receipt_id, "merchant")
        assert sheet.held == 0
        for receipt_id in ids[::7]:
            assert sheet.row(receipt_id).receipt_id == receipt_id
        assert sheet.held == HELD
