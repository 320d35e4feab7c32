"""The rows of a batch without any window."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from paddlescan.errors import UnreadableFile
from paddlescan.gui.review.arrange import Arrangement
from paddlescan.gui.review.looks import cell_at, next_look, sums, tsv
from paddlescan.gui.review.sheet import Changes, ReviewSheet
from tests.unit.gui.receipts import Filled, fill, quad_at, read_receipt


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    made = fill(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def sheet(filled: Filled) -> ReviewSheet:
    filled.drop("a.png", "taxi.png", "broken.png")
    filled.fail("broken.png", UnreadableFile(file="broken.png"))
    filled.read(
        "taxi.png",
        read_receipt(1, 2, merchant="出租车", total="31.50", currency="CNY"),
        read_receipt(2, 2, merchant="出租车", total="12.00?|72.00", currency="CNY"),
    )
    filled.read("a.png", read_receipt(merchant="MR D.I.Y.", date="2026-02-25", total="30.90", currency="MYR"))
    sheet = ReviewSheet(filled.store)
    sheet.open(filled.batch)
    return sheet


def files(sheet: ReviewSheet) -> list[str]:
    return [sheet.text(i, "file") for i in sheet.ids()]


def test_rows_stand_in_dropping_order_though_they_were_read_in_another(sheet: ReviewSheet) -> None:
    assert files(sheet) == ["a.png", "taxi.png #1/2", "taxi.png #2/2", "broken.png"]
    assert [sheet.state(i) for i in sheet.ids()] == ["done", "done", "needs_review", "failed"]
    assert sheet.counts() == {"all": 4, "done": 2, "needs_review": 1, "failed": 1}


def test_a_waiting_page_is_no_row_until_it_is_read(sheet: ReviewSheet, filled: Filled) -> None:
    filled.drop("late.png")
    assert sheet.refresh_page(filled.page_of("late.png")) == Changes()
    page_id = filled.read("late.png", read_receipt(merchant="Late"))
    changes = sheet.refresh_page(page_id)
    assert len(changes.added) == 1
    assert files(sheet)[-1] == "late.png"
    assert sheet.counts()["all"] == 5
    assert sheet.refresh_page(page_id) == Changes()


def test_a_page_of_another_batch_leaves_no_trace(sheet: ReviewSheet, filled: Filled) -> None:
    other = Filled(filled.path, filled.store, filled.store.create_batch("April"))
    assert sheet.refresh_page(other.put("x.png", merchant="X")) == Changes()
    assert len(sheet) == 4


def test_an_edit_survives_a_refresh_until_it_is_saved(sheet: ReviewSheet, filled: Filled) -> None:
    first = sheet.ids()[0]
    edit = sheet.edit_of(first, "merchant", " Mr  DIY ")
    assert edit.after is not None
    assert edit.after.value == "Mr DIY"
    assert edit.after.candidates == ("MR D.I.Y.",)
    assert edit.after.quad == sheet.field(first, "merchant").quad  # type: ignore[union-attr]
    assert sheet.apply(edit)
    assert sheet.saving(first, "merchant") == "saving"
    sheet.refresh_page(filled.page_of("a.png"))
    assert sheet.text(first, "merchant") == "Mr DIY"
    assert sheet.receipt(first).receipt.value("merchant") == "Mr DIY"
    filled.store.apply_edit(edit)
    sheet.settle(edit)
    assert sheet.saving(first, "merchant") == "saved"
    assert sheet.text(first, "merchant") == "Mr DIY"


def test_a_refused_edit_shows_the_store_again(sheet: ReviewSheet) -> None:
    first = sheet.ids()[0]
    edit = sheet.edit_of(first, "merchant", "Mr DIY")
    sheet.apply(edit)
    assert sheet.settle(edit).changed == (first,)
    assert sheet.text(first, "merchant") == "MR D.I.Y."


def test_the_same_text_is_no_edit_and_an_empty_one_takes_the_field_out(sheet: ReviewSheet) -> None:
    first = sheet.ids()[0]
    same = sheet.edit_of(first, "total", "30.9")
    assert same.before == same.after
    assert sheet.edit_of(first, "total", "  ").after is None
    empty = sheet.edit_of(first, "note", "")
    assert empty.before is empty.after is None


def test_an_impossible_value_is_kept_and_asks_for_a_look(sheet: ReviewSheet) -> None:
    first = sheet.ids()[0]
    sheet.apply(sheet.edit_of(first, "date", "2026-02-31"))
    assert sheet.text(first, "date") == "2026-02-31"
    assert sheet.problem(first, "date") == "no_such_day"
    assert sheet.state(first) == "needs_review"
    assert sheet.wants_look(first) == ("date",)


def test_confirming_keeps_the_value_and_ends_the_doubt(sheet: ReviewSheet, filled: Filled) -> None:
    doubtful = sheet.ids()[2]
    edit = sheet.confirmation_of(doubtful, "total")
    assert edit.after is not None
    assert (edit.after.value, edit.after.doubtful, edit.after.origin) == ("12.00", False, "user")
    sheet.apply(edit)
    filled.store.apply_edit(edit)
    sheet.settle(edit)
    assert sheet.state(doubtful) == "done"
    again = sheet.confirmation_of(doubtful, "total")
    assert again.before == again.after


def test_removed_rows_count_no_more_and_come_back(sheet: ReviewSheet) -> None:
    first, *rest = sheet.ids()
    sheet.set_removed([first, 999_999], True)
    assert sheet.counts()["all"] == 3
    assert sheet.counts()["removed"] == 1
    assert Arrangement().arranged(sheet) == rest
    assert Arrangement(show_removed=True).arranged(sheet) == [first, *rest]
    sheet.set_removed([first], False)
    assert sheet.counts()["all"] == 4


def test_sums_keep_currencies_apart(sheet: ReviewSheet) -> None:
    assert sums(sheet, sheet.ids()) == {"CNY": Decimal("43.50"), "MYR": Decimal("30.90")}


def test_copied_cells_are_tabs_and_lines(sheet: ReviewSheet) -> None:
    a, _, taxi, _ = sheet.ids()
    assert tsv(sheet, [[(a, "merchant"), (a, "total")], [(taxi, "merchant"), None]]) == "MR D.I.Y.\t30.90\n出租车\t"


def test_copied_cells_keep_to_the_rules_of_the_export(filled: Filled) -> None:
    filled.put(
        "=cmd.png",
        merchant='=HYPERLINK("http://x")',
        invoice_number="12345678901234567890",
        total="-12.00",
        date="2026-03-05",
        note='7-11 "A"',
    )
    sheet = ReviewSheet(filled.store)
    sheet.open(filled.batch)
    (receipt_id,) = sheet.ids()
    names = ("merchant", "invoice_number", "total", "date", "note", "file")
    copied = tsv(sheet, [[(receipt_id, name) for name in names], [None] * len(names)])
    assert list(csv.reader(io.StringIO(copied), "excel-tab")) == [
        ['\'=HYPERLINK("http://x")', "12345678901234567890\t", "-12.00", "2026-03-05", '7-11 "A"', "'=cmd.png"],
        [""] * len(names),
    ]


@pytest.mark.parametrize(
    ("arrangement", "wanted"),
    [
        (Arrangement(search="d.i.y"), ["a.png"]),
        (Arrangement(search="出租"), ["taxi.png #1/2", "taxi.png #2/2"]),
        (Arrangement(search="31.5"), ["taxi.png #1/2"]),
        (Arrangement(search="BROKEN"), ["broken.png"]),
        (Arrangement(state="failed"), ["broken.png"]),
        (Arrangement(state="done", search="taxi"), ["taxi.png #1/2"]),
        (Arrangement(column="total"), ["taxi.png #2/2", "a.png", "taxi.png #1/2", "broken.png"]),
        (Arrangement(column="total", descending=True), ["taxi.png #1/2", "a.png", "taxi.png #2/2", "broken.png"]),
        (Arrangement(column="state"), ["taxi.png #2/2", "broken.png", "a.png", "taxi.png #1/2"]),
        (Arrangement(column="file", descending=True), ["taxi.png #2/2", "taxi.png #1/2", "broken.png", "a.png"]),
    ],
)
def test_chips_search_and_sorting(sheet: ReviewSheet, arrangement: Arrangement, wanted: list[str]) -> None:
    assert [sheet.text(i, "file") for i in arrangement.arranged(sheet)] == wanted


def test_the_next_look_goes_on_and_round(filled: Filled) -> None:
    for name in ("a.png", "b.png", "c.png"):
        filled.put(name, merchant="M?", date="2026-01-01", total="1.00?" if name != "b.png" else "1.00")
    sheet = ReviewSheet(filled.store)
    sheet.open(filled.batch)
    a, b, c = ids = sheet.ids()
    walk = [next_look(sheet, ids, None)]
    for _ in range(5):
        walk.append(next_look(sheet, ids, walk[-1]))
    assert walk == [(a, "merchant"), (a, "total"), (b, "merchant"), (c, "merchant"), (c, "total"), (a, "merchant")]
    assert next_look(sheet, ids, (b, "date")) == (c, "merchant")
    assert next_look(sheet, ids, (a, "merchant"), -1) == (c, "total")
    assert next_look(sheet, ids, (b, "date"), -1) == (b, "merchant")
    assert next_look(sheet, [b], None) == (b, "merchant")
    assert next_look(sheet, [], None) is None


def test_a_place_on_the_page_finds_its_field(sheet: ReviewSheet, filled: Filled) -> None:
    a = sheet.ids()[0]
    page_id = filled.page_of("a.png")
    assert cell_at(sheet, page_id, quad_at(60, 82)) == (a, "date")
    assert cell_at(sheet, page_id, quad_at(400, 600)) is None
