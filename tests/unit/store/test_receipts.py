from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from paddlescan.document import Check, Field
from paddlescan.errors import RowGone
from paddlescan.store import FieldEdit, Store, typed_field
from tests.unit.store.making import claimed, field, files, read_page, receipt, result, values

WRONG_SUM = Check("net_plus_tax_is_total", False, "8.00 + 1.00 is 9.00, not 9.80")


def type_in(store: Store, receipt_id: int, name: str, value: str) -> FieldEdit:
    row = store.receipt_row(receipt_id)
    assert row is not None
    before = row.values.get(name)
    edit = FieldEdit(receipt_id, name, before, typed_field(name, value, before))
    store.apply_edit(edit)
    return edit


def test_rows_hold_what_the_table_shows(store: Store, batch: int) -> None:
    _, two = store.add_sources(batch, files(2))
    rows = read_page(store, batch, receipt(1, 2, merchant="晨光文具", total="9.80"), receipt(2, 2), prefer=two.id)
    read_page(store, batch, receipt(total="1.00", doubtful="total"))
    by_hand = store.add_receipt(batch)

    table = store.receipt_rows(batch)
    assert [(row.source, row.number, row.state) for row in table] == [
        ("receipt 1.png", 1, "needs_review"),
        ("receipt 2.png", 1, "done"),
        ("receipt 2.png", 2, "done"),
        ("", 1, "done"),
    ]
    assert table[1:3] == rows
    row = table[1]
    assert (row.batch, row.page_id, row.position, row.page_number, row.page_count, row.count) == (
        batch,
        two.id,
        1,
        1,
        1,
        2,
    )
    assert (row.kind, row.language, row.failure, row.removed) == ("invoice", "zh", None, False)
    assert dict(row.values) == {"merchant": field("merchant", "晨光文具"), "total": field("total", "9.80")}
    with pytest.raises(TypeError):
        row.values["total"] = field("total", "0.00")  # type: ignore[index]
    assert (table[3].receipt_id, table[3].page_id, dict(table[3].values)) == (by_hand, None, {})
    assert store.receipt_row(rows[1].receipt_id) == rows[1]


def test_a_receipt_has_its_lines_and_what_was_read(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    read = receipt(checks=(WRONG_SUM,), total="9.80")
    (row,) = read_page(store, batch, read)
    type_in(store, row.receipt_id, "total", "9.00")
    kept = store.receipt(row.receipt_id)
    assert kept.read == read
    assert kept.row == store.receipt_row(row.receipt_id)
    assert kept.receipt == read.with_field("total", typed_field("total", "9.00", field("total", "9.80")))
    assert kept.history == store.history(row.receipt_id)


def test_every_edit_is_in_the_history_and_so_is_its_undoing(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    (row,) = read_page(store, batch, receipt(total="9.80"))
    edit = type_in(store, row.receipt_id, "total", "9.00")
    store.apply_edit(edit.back)
    type_in(store, row.receipt_id, "note", "lunch")
    store.apply_edit(FieldEdit(row.receipt_id, "note", None, None))
    entries = store.history(row.receipt_id)
    assert [(e.field, e.before, e.after) for e in entries] == [
        ("total", "9.80", "9.00"),
        ("total", "9.00", "9.80"),
        ("note", None, "lunch"),
        ("note", "lunch", None),
    ], "the history says what really stood there"
    assert all(datetime.fromisoformat(e.at).utcoffset() is not None for e in entries)
    again = store.receipt_row(row.receipt_id)
    assert again == row, "undone, the row is as it was read"


def test_an_edit_that_changes_nothing_leaves_no_trace_but_a_confirmation_does(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    (row,) = read_page(store, batch, receipt(total="9.80", doubtful="total"))
    same = row.values["total"]
    store.apply_edit(FieldEdit(row.receipt_id, "total", same, same))
    assert store.history(row.receipt_id) == ()
    type_in(store, row.receipt_id, "total", "9.80")
    assert [(e.before, e.after) for e in store.history(row.receipt_id)] == [("9.80", "9.80")]
    confirmed = store.receipt_row(row.receipt_id)
    assert confirmed is not None
    assert confirmed.state == "done"


def test_the_state_of_the_page_follows_the_edits(store: Store, batch: int) -> None:
    (page,) = store.add_sources(batch, files(1))
    first, second = read_page(
        store, batch, receipt(1, 2, total="1.00", doubtful="total"), receipt(2, 2, checks=(WRONG_SUM,), total="9.80")
    )

    def state() -> str:
        row = store.page_row(page.id)
        assert row is not None
        return row.state

    assert state() == "needs_review"
    edit = type_in(store, first.receipt_id, "total", "1.10")
    assert state() == "needs_review", "the second still has a failed check"
    store.judge_checks(second.receipt_id, lambda fields, read, now: (Check("net_plus_tax_is_total", True),))
    assert state() == "done"
    assert store.receipt(second.receipt_id).receipt.checks == (Check("net_plus_tax_is_total", True),)
    store.apply_edit(edit.back)
    assert state() == "needs_review"
    store.set_removed([first.receipt_id], True)
    assert state() == "done", "a removed row is nothing to check"
    store.set_removed([first.receipt_id], False)
    assert state() == "needs_review"


def test_several_edits_happen_together_or_not_at_all(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    (row,) = read_page(store, batch, receipt(total="1.00"))
    good = FieldEdit(row.receipt_id, "note", None, Field("note", "x", origin="user"))
    with pytest.raises(RowGone):
        store.apply_edits((good, FieldEdit(row.receipt_id + 1, "note", None, Field("note", "y", origin="user"))))
    assert store.receipt_row(row.receipt_id) == row
    assert store.history(row.receipt_id) == ()
    with pytest.raises(RowGone):
        store.judge_checks(row.receipt_id + 1, lambda fields, read, now: ())


def test_removed_rows_come_back(store: Store, batch: int) -> None:
    store.add_sources(batch, files(2))
    (one,) = read_page(store, batch, receipt(total="1.00"))
    (two,) = read_page(store, batch, receipt(total="2.00"))
    store.set_removed([one.receipt_id, 999], True)
    assert store.receipt_rows(batch) == (two,)
    assert [row.removed for row in store.receipt_rows(batch, include_removed=True)] == [True, False]
    store.set_removed([one.receipt_id], False)
    assert store.receipt_rows(batch) == (one, two)


def test_while_a_page_is_read_again_its_rows_wait(store: Store, batch: int) -> None:
    (page,) = store.add_sources(batch, files(1))
    (row,) = read_page(store, batch, receipt(total="1.00"))
    store.read_again(page.id)
    assert [r.state for r in store.receipt_rows(batch)] == ["waiting"]
    claim = claimed(store, batch)
    assert [r.state for r in store.receipt_rows(batch)] == ["reading"]
    type_in(store, row.receipt_id, "note", "typed while it is read")
    store.save_result(claim.page_id, result(claim.ref, receipt(total="2.00")), claim.token)
    (after,) = store.receipt_rows(batch)
    assert (after.receipt_id, after.state) == (row.receipt_id, "done")
    assert values(after) == {"total": "2.00", "note": "typed while it is read"}


def test_a_look_at_many_sees_one_moment(store: Store, batch: int, path: Path) -> None:
    receipt_id = store.add_receipt(batch)
    with Store(path) as other, store.looking():
        assert store.receipt_row(receipt_id) is not None
        type_in(other, receipt_id, "note", "lunch")
        row = store.receipt_row(receipt_id)
        assert row is not None
        assert not row.values
    row = store.receipt_row(receipt_id)
    assert row is not None
    assert row.values["note"].value == "lunch"
