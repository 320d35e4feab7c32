from __future__ import annotations

from dataclasses import replace

from paddlescan.document import PageResult, SourceInfo
from paddlescan.errors import FileVanished, UnreadableFile
from paddlescan.store import FieldEdit, Store, typed_field
from tests.unit.store.making import ENGINE, claimed, files, read_page, receipt, result, values

BROKEN = UnreadableFile(file="receipt 1.png").failure


def fail_page(store: Store, batch: int) -> int:
    claim = claimed(store, batch)
    assert store.save_result(claim.page_id, PageResult(claim.ref, error=BROKEN), claim.token)
    return claim.page_id


def test_a_result_comes_back_as_it_was_read(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    claim = claimed(store, batch)
    assert store.page_result(claim.page_id) is None
    whole = result(claim.ref, receipt(1, 2, total="1.00"), receipt(2, 2, merchant="晨光"))
    store.save_result(claim.page_id, whole, claim.token)
    edit_row = store.receipt_rows(batch)[0]
    store.apply_edit(FieldEdit(edit_row.receipt_id, "total", None, None))
    assert store.page_result(claim.page_id) == whole


def test_a_failed_page_has_one_row_that_keeps_its_id(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    page = fail_page(store, batch)
    (row,) = store.receipt_rows(batch)
    assert (row.state, row.failure, dict(row.values)) == ("failed", BROKEN, {})
    store.apply_edit(FieldEdit(row.receipt_id, "total", None, typed_field("total", "5.00")))
    store.read_again(page)
    fail_page(store, batch)
    store.read_again(page)
    rows = read_page(store, batch, receipt(1, 2, total="5.60", merchant="m"), receipt(2, 2))
    assert rows[0].receipt_id == row.receipt_id
    assert (rows[0].state, rows[0].failure) == ("done", None)
    assert values(rows[0]) == {"merchant": "m", "total": "5.00"}
    assert rows[0].values["total"].candidates == ("5.60",)


def test_a_failure_does_not_take_the_earlier_reading_away(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    rows = read_page(store, batch, receipt(1, 2, total="1.00"), receipt(2, 2, total="2.00"))
    page = rows[0].page_id
    assert page is not None
    store.read_again(page)
    fail_page(store, batch)
    after = store.receipt_rows(batch)
    assert [(r.receipt_id, r.state, r.failure) for r in after] == [(r.receipt_id, "failed", BROKEN) for r in rows]
    assert [values(r) for r in after] == [{"total": "1.00"}, {"total": "2.00"}]
    told = store.page_result(page)
    assert told is not None
    assert told.error == BROKEN
    entry = next(iter(store.export_rows(batch)))
    assert (entry.status, entry.failure, entry.width) == ("failed", BROKEN, 1240)
    assert entry.receipt.value("total") == "1.00"


def test_receipts_that_are_not_read_again_go_unless_somebody_worked_on_them(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    rows = read_page(store, batch, *(receipt(n, 3, total=f"{n}.00") for n in (1, 2, 3)))
    page = rows[0].page_id
    assert page is not None
    store.apply_edit(FieldEdit(rows[1].receipt_id, "note", None, typed_field("note", "mine")))
    store.read_again(page)
    after = read_page(store, batch, receipt(1, 1, total="9.00"))
    assert [(r.receipt_id, r.number, r.count, values(r)) for r in after] == [
        (rows[0].receipt_id, 1, 2, {"total": "9.00"}),
        (rows[1].receipt_id, 2, 2, {"total": "2.00", "note": "mine"}),
    ]
    read = store.page_result(page)
    assert read is not None
    assert [r.value("total") for r in read.receipts] == ["9.00"]


def test_what_was_taken_out_stays_out(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    (row,) = read_page(store, batch, receipt(total="1.00", tax="0.10"))
    page = row.page_id
    assert page is not None
    store.apply_edit(FieldEdit(row.receipt_id, "tax", row.values["tax"], None))
    never_read = FieldEdit(row.receipt_id, "note", None, typed_field("note", "x"))
    store.apply_edits((never_read, never_read.back))
    for reading in (receipt(total="1.00", tax="0.10"), receipt(total="1.00"), receipt(tax="0.10", note="n")):
        store.read_again(page)
        (row,) = read_page(store, batch, reading)
    assert values(row) == {"note": "n"}, "tax was taken out by hand; the note only undone"
    store.apply_edit(FieldEdit(row.receipt_id, "tax", None, typed_field("tax", "0.20")))
    store.read_again(page)
    (row,) = read_page(store, batch, receipt(tax="0.10"))
    assert values(row) == {"tax": "0.20"}


def test_an_undone_edit_follows_the_next_reading(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    (row,) = read_page(store, batch, receipt(total="1.00"))
    assert row.page_id is not None
    edit = FieldEdit(row.receipt_id, "total", row.values["total"], typed_field("total", "7.00", row.values["total"]))
    store.apply_edits((edit, edit.back))
    store.read_again(row.page_id)
    (row,) = read_page(store, batch, receipt(total="1.10"))
    assert values(row) == {"total": "1.10"}


def test_pages_and_receipts_know_what_is_wrong_with_the_picture(store: Store, batch: int) -> None:
    store.add_sources(batch, files(2))
    (row,) = read_page(store, batch)
    page = row.page_id
    assert page is not None
    assert row.quality == ("blurred",)
    assert [each.quality for each in store.page_rows(batch)] == [("blurred",), ()]
    store.read_again(page)
    assert store.page_rows(batch)[0].quality == ("blurred",)  # until it is known better
    claim = claimed(store, batch, page)
    clean = replace(result(claim.ref), quality=())
    assert store.save_result(page, clean, claim.token)
    assert (store.page_rows(batch)[0].quality, store.receipt_rows_of_page(page)[0].quality) == ((), ())
    store.read_again(page)
    fail_page(store, batch)
    assert store.page_rows(batch)[0].quality == ()


def test_an_export_row_says_all(store: Store, batch: int) -> None:
    store.add_sources(batch, files(2))
    reading = receipt(1, 2, total="1.00", doubtful="total")
    (row, gone) = read_page(store, batch, reading, receipt(2, 2))
    fail_page(store, batch)
    by_hand = store.add_receipt(batch)
    typed = typed_field("total", "1.10", row.values["total"])
    store.apply_edit(FieldEdit(row.receipt_id, "total", row.values["total"], typed))
    store.apply_edit(FieldEdit(by_hand, "note", None, typed_field("note", "taxi, paper lost")))
    store.set_removed([gone.receipt_id], True)

    first, failed, last = store.export_rows(batch)
    assert (first.source, first.page, first.page_count, first.status) == ("receipt 1.png", 1, 1, "done")
    assert first.receipt == replace(reading, fields=(typed,))
    assert (first.sha256, first.width, first.height, first.engine) == ("ab" * 32, 1240, 1754, ENGINE)
    assert [f.name for f in first.quality] == ["blurred"]
    assert first.seconds is not None
    assert first.seconds.recognise == 0.6
    assert [(e.before, e.after) for e in first.history] == [("1.00", "1.10")]
    assert (failed.source, failed.status, failed.failure, failed.language) == ("receipt 2.png", "failed", BROKEN, None)
    assert (failed.width, failed.engine, failed.seconds, failed.sha256) == (None, None, None, None)
    assert (last.source, last.page, last.status, last.language) == ("", 1, "done", None)
    assert last.receipt.value("note") == "taxi, paper lost"
    assert (first.receipt_id, last.receipt_id) == (row.receipt_id, by_hand)
    assert [r.receipt_id for r in store.export_rows(batch, removed=True)] == [gone.receipt_id]
    assert [r.ref for r in (first, failed, last)] == [*(page.ref for page in store.page_rows(batch)), None]


def test_pages_that_were_not_read_are_not_exported_and_all_others_are(store: Store, batch: int) -> None:
    store.add_sources(batch, files(251))
    for n in range(250):
        read_page(store, batch, receipt(total=f"{n}.00"))
    assert [row.receipt.value("total") for row in store.export_rows(batch)] == [f"{n}.00" for n in range(250)]
    first = store.page_rows(batch)[0]
    store.read_again(first.id)
    entry = next(iter(store.export_rows(batch)))
    assert (entry.source, entry.status) == (first.ref.source.name, "done"), "read once, and waiting for another reading"


def test_a_look_that_told_the_page_count_is_not_overwritten(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    claim = claimed(store, batch)
    store.save_result(claim.page_id, replace(result(claim.ref), page_count=4), claim.token)
    row = store.page_row(claim.page_id)
    assert row is not None
    assert (row.page_count, row.sha256) == (4, "ab" * 32)
    store.read_again(claim.page_id)
    again = claimed(store, batch)
    store.save_result(again.page_id, PageResult(again.ref, error=FileVanished(file="x").failure), again.token)
    row = store.page_row(claim.page_id)
    assert row is not None
    assert (row.page_count, row.sha256) == (4, "ab" * 32)


def test_the_look_knows_the_page_count_better_than_the_reading_of_one_page(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    claim = claimed(store, batch)
    store.set_source_info(claim.page_id, SourceInfo("pdf", 2, "cd" * 32))
    store.save_result(claim.page_id, result(claim.ref), claim.token)
    assert [row.page_count for row in store.page_rows(batch)] == [2, 2]
