"""Edits, their undoing and the checks, while the page is read again in between."""

from __future__ import annotations

from pathlib import Path

import pytest

from paddlescan.document import Check, Field, Receipt
from paddlescan.errors import StoreBusy
from paddlescan.extraction.rules import NET_PLUS_TAX, RULES, accept, judge, recheck
from paddlescan.store import FieldEdit, ReceiptRow, Store, typed_field
from tests.unit.store.making import field, files, read_page, receipt, result

WRONG_SUM = Check(NET_PLUS_TAX, False, "net 90.00 + tax 10.80 is 100.80, but the total reads 108.00")


@pytest.fixture
def row(store: Store, batch: int) -> ReceiptRow:
    store.add_sources(batch, files(1))
    return read_page(store, batch, receipt(checks=(WRONG_SUM,), total="108.00", subtotal="90.00", tax="10.80"))[0]


def read_again(store: Store, row: ReceiptRow, reading: Receipt) -> None:
    assert row.page_id is not None
    store.read_again(row.page_id)
    read_page(store, row.batch, reading, prefer=row.page_id)


def typed(row: ReceiptRow, name: str, value: str) -> FieldEdit:
    before = row.values.get(name)
    return FieldEdit(row.receipt_id, name, before, typed_field(name, value, before))


def cleared(row: ReceiptRow, name: str) -> FieldEdit:
    return FieldEdit(row.receipt_id, name, row.values[name], None)


def checks(store: Store, row: ReceiptRow) -> list[tuple[bool, str]]:
    return [(check.passed, check.detail) for check in store.receipt(row.receipt_id).receipt.checks]


def now(store: Store, row: ReceiptRow, name: str) -> Field | None:
    fresh = store.receipt_row(row.receipt_id)
    assert fresh is not None
    return fresh.values.get(name)


def test_a_check_survives_the_clearing_of_its_figure_and_the_undoing(store: Store, row: ReceiptRow) -> None:
    edit = cleared(row, "tax")
    store.apply_edit(edit, recheck)
    assert checks(store, row) == [(False, "cannot be checked: no amount in Tax")]
    assert next(iter(store.export_rows(row.batch))).status == "needs_review"
    store.apply_edit(edit.back, recheck)
    assert checks(store, row) == [(False, WRONG_SUM.detail)]


def test_the_check_of_a_mistyped_figure_comes_back_with_the_right_one(store: Store, row: ReceiptRow) -> None:
    store.apply_edit(typed(row, "total", "1oo.80"), recheck)
    assert checks(store, row) == [(False, "cannot be checked: no amount in Total")]
    store.apply_edit(typed(row, "total", "100.80"), recheck)
    assert checks(store, row) == [(True, "net 90.00 + tax 10.80 is the total 100.80")]


def test_the_edit_and_its_checks_are_one_transaction(store: Store, path: Path, row: ReceiptRow) -> None:
    refused: list[bool] = []

    def nosy(fields: tuple[Field, ...], read: tuple[Check, ...], now_: tuple[Check, ...]) -> tuple[Check, ...]:
        with Store(path, busy_s=0.01) as other:
            assert other.receipt_row(row.receipt_id) == row, "nobody sees the half of it"
            with pytest.raises(StoreBusy):
                other.set_removed([row.receipt_id], True)
            refused.append(True)
        raise KeyError

    with pytest.raises(KeyError):
        store.apply_edit(typed(row, "total", "100.80"), nosy)
    assert refused == [True]
    assert store.receipt_row(row.receipt_id) == row, "all of it, or nothing"
    assert store.history(row.receipt_id) == ()


def test_an_edit_after_a_new_reading_judges_the_checks_of_that_one(store: Store, row: ReceiptRow) -> None:
    edit = typed(row, "note", "lunch")
    other = Check("seal", False, "found by the second reading")
    read_again(store, row, receipt(checks=(other,), total="1.00"))
    store.apply_edit(edit, recheck)
    assert checks(store, row) == [(False, "found by the second reading")]


def test_a_reading_is_judged_together_with_what_was_typed(store: Store, row: ReceiptRow) -> None:
    store.apply_edit(typed(row, "total", "100.80"), recheck)
    assert row.page_id is not None
    store.read_again(row.page_id)
    claim = store.claim_page(row.batch)
    assert claim is not None
    result = store.page_result(claim.page_id)
    assert result is not None
    assert store.save_result(claim.page_id, result, claim.token, recheck)
    assert checks(store, row) == [(True, "net 90.00 + tax 10.80 is the total 100.80")], (
        "not what the reading said of itself"
    )
    after = store.receipt_row(row.receipt_id)
    assert after is not None
    assert after.state == "done"


def test_what_a_person_let_pass_passes_again_with_the_same_figures(store: Store, row: ReceiptRow) -> None:
    store.judge_checks(row.receipt_id, lambda fields, read, now: accept(recheck(fields, read, now), read))
    assert [passed for passed, _ in checks(store, row)] == [True]
    edit = typed(row, "total", "109.00")
    store.apply_edit(edit, recheck)
    assert [passed for passed, _ in checks(store, row)] == [False]
    store.apply_edit(edit.back, recheck)
    assert checks(store, row) == [(True, WRONG_SUM.detail + " (accepted by hand)")]


def test_undo_over_a_later_reading_shows_that_one(store: Store, row: ReceiptRow) -> None:
    edit = typed(row, "total", "100.80")
    store.apply_edit(edit)
    fresh = field("total", "9.80", doubtful=True, candidates=("9.30",))
    read_again(store, row, receipt().with_field("total", fresh))
    store.apply_edit(edit.back)
    assert now(store, row, "total") == fresh
    assert [(e.before, e.after) for e in store.history(row.receipt_id)] == [("108.00", "100.80"), ("100.80", "9.80")]


def test_undo_of_a_value_typed_where_nothing_was_read_shows_what_was_found_since(store: Store, row: ReceiptRow) -> None:
    edit = typed(row, "merchant", "Shop")
    store.apply_edit(edit)
    read_again(store, row, receipt(merchant="SHOP & CO"))
    store.apply_edit(edit.back)
    assert now(store, row, "merchant") == field("merchant", "SHOP & CO")
    store.apply_edit(edit)
    again = now(store, row, "merchant")
    assert again is not None
    assert (again.value, again.origin, again.candidates) == ("Shop", "user", ("SHOP & CO",)), "redo rests on it too"


def test_undo_of_a_second_edit_goes_back_to_the_first_and_of_a_clearing_to_the_reading(
    store: Store, row: ReceiptRow
) -> None:
    first = typed(row, "total", "100.00")
    assert first.after is not None
    second = FieldEdit(row.receipt_id, "total", first.after, typed_field("total", "100.80", first.after))
    store.apply_edits((first, second))
    gone = cleared(row, "tax")
    store.apply_edit(gone)
    read_again(store, row, receipt(total="9.80", tax="0.80"))
    assert now(store, row, "tax") is None
    store.apply_edits((gone.back, second.back))
    assert now(store, row, "tax") == field("tax", "0.80")
    mine = now(store, row, "total")
    assert mine is not None
    assert (mine.value, mine.origin, mine.text, mine.candidates) == ("100.00", "user", "¥9.80", ("9.80", "108.00"))


def test_undo_of_a_value_typed_over_a_cleared_field_leaves_it_cleared(store: Store, row: ReceiptRow) -> None:
    store.apply_edit(cleared(row, "tax"))
    fresh = store.receipt_row(row.receipt_id)
    assert fresh is not None
    assert fresh.cleared == {"tax"}
    edit = FieldEdit(row.receipt_id, "tax", None, typed_field("tax", "1.00"), was_cleared=True)
    store.apply_edits((edit, edit.back))
    read_again(store, row, receipt(tax="0.80"))
    assert now(store, row, "tax") is None


def test_a_confirmation_that_was_undone_is_no_confirmation_in_the_history(store: Store, row: ReceiptRow) -> None:
    edit = typed(row, "total", "108.00")
    store.apply_edit(edit)
    assert [(e.before, e.after) for e in store.history(row.receipt_id)] == [("108.00", "108.00")]
    store.apply_edit(edit.back)
    assert store.history(row.receipt_id) == ()
    store.apply_edit(edit)
    assert [(e.before, e.after) for e in store.history(row.receipt_id)] == [("108.00", "108.00")]


def test_a_persons_word_stands_when_another_reading_repairs_the_field(store: Store, row: ReceiptRow) -> None:
    store.apply_edit(typed(row, "total", "105.00"), recheck)
    proved = judge(RULES["amount_in_capitals_is_total"], {"total": "100.80"}, {"spelt": "100.80"})
    assert proved is not None
    again = receipt(checks=(proved,), total="100.80")
    repaired = Field("total", "100.80", "108.00", origin="check", candidates=("108.00",))
    assert row.page_id is not None
    store.read_again(row.page_id)
    claim = store.claim_page(row.batch)
    assert claim is not None
    read = result(claim.ref, again.with_field("total", repaired))
    assert store.save_result(claim.page_id, read, claim.token, recheck)
    mine = now(store, row, "total")
    assert mine is not None
    assert (mine.value, mine.origin, mine.candidates[0]) == ("105.00", "user", "100.80")
    ((passed, detail),) = checks(store, row)
    assert (passed, detail) == (False, "the amount in capitals is 100.80, but the total reads 105.00")
