"""The same receipt seen before: in one batch, in an earlier one, after edits, removals and erasures."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from paddlescan.document import Check, PageResult, Receipt, SourceFile, TextLine
from paddlescan.document.export import ReceiptPlace
from paddlescan.document.sameness import NOT_SEEN_BEFORE, SameKey
from paddlescan.extraction.rules import accept, failing, recheck, take_back
from paddlescan.pipeline.keeping import RULES, open_store
from paddlescan.store import FieldEdit, ReceiptRow, Store, typed_field
from tests.unit.store.making import QUAD, claimed, receipt, values

DRINKS = {"merchant": "晨光文具店", "date": "2026-03-05", "total": "9.00"}
NUMBERED = DRINKS | {"invoice_code": "044001900111", "invoice_number": "12345678"}
_content = count(1)


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path) as opened:
        yield opened


def scan(store: Store, batch: int, name: str, *receipts: Receipt, sha256: str = "") -> tuple[ReceiptRow, ...]:
    """A file of one page is dropped and read; each has a content of its own unless one is given."""
    (page,) = store.add_sources(batch, [SourceFile.at(f"/scans/{name}", name)])
    return read(store, batch, page.id, *receipts, sha256=sha256 or f"{next(_content):064}")


def read(store: Store, batch: int, page_id: int, *receipts: Receipt, sha256: str = "") -> tuple[ReceiptRow, ...]:
    claim = claimed(store, batch, page_id)
    result = PageResult(claim.ref, sha256=sha256 or f"{next(_content):064}", receipts=receipts)
    assert store.save_result(page_id, result, claim.token)
    return store.receipt_rows_of_page(page_id)


def firsts(store: Store, batch: int) -> dict[str, str | None]:
    """Per row of a batch the source of the first that is the same."""
    rows = store.receipt_rows(batch)
    return {row.source: None if row.same_as is None else row.same_as.place.source for row in rows}


def checks(store: Store, row: ReceiptRow) -> list[Check]:
    return [c for c in store.receipt(row.receipt_id).receipt.checks if c.name == NOT_SEEN_BEFORE]


def typed(store: Store, row: ReceiptRow, name: str, value: str) -> FieldEdit:
    before = store.receipt(row.receipt_id).receipt.field(name)
    edit = FieldEdit(row.receipt_id, name, before, typed_field(name, value, before))
    store.apply_edit(edit)
    return edit


def with_time(made: Receipt, time: str) -> Receipt:
    return replace(made, lines=(TextLine(f"2026-03-05 {time}", 0.9, QUAD),))


def test_the_second_is_marked_with_a_link_to_the_first(store: Store, batch: int) -> None:
    scan(store, batch, "a.png", receipt(**NUMBERED))
    (row,) = scan(store, batch, "b.png", receipt(**NUMBERED | {"total": "9.80"}))
    assert firsts(store, batch) == {"a.png": None, "b.png": "a.png"}
    (check,) = checks(store, row)
    assert (check.passed, check.detail) == (False, "invoice 044001900111 12345678 was seen before")
    assert row.state == "needs_review"
    exported = [(r.status, r.duplicate_of) for r in store.export_rows(batch)]
    assert exported == [("done", None), ("needs_review", ReceiptPlace("a.png", 1, 1))]
    assert store.summary(batch).needs_review == 1


def test_an_earlier_batch_counts_too_and_erasing_it_frees_its_copies(store: Store, batch: int) -> None:
    scan(store, batch, "a.png", receipt(**NUMBERED))
    later = store.create_batch("April")
    (row,) = scan(store, later, "b.png", receipt(**NUMBERED))
    assert row.same_as is not None
    assert (row.same_as.batch, row.same_as.place) == (batch, ReceiptPlace("a.png", 1, 1))
    scan(store, later, "c.png", receipt(**NUMBERED))
    store.delete_batch(batch)
    assert firsts(store, later) == {"b.png": None, "c.png": "b.png"}
    assert checks(store, row) == []
    assert [row.state for row in store.receipt_rows(later)] == ["done", "needs_review"]


def test_the_first_is_the_one_that_stands_first_though_it_was_read_last(store: Store, batch: int) -> None:
    names = [SourceFile.at(f"/scans/{n}.png", f"{n}.png") for n in range(3)]
    pages = store.add_sources(batch, names)
    for page in (pages[2], pages[1], pages[0]):
        read(store, batch, page.id, receipt(**NUMBERED))
    assert firsts(store, batch) == {"0.png": None, "1.png": "0.png", "2.png": "0.png"}


def test_an_edit_makes_a_copy_and_ends_it(store: Store, batch: int) -> None:
    scan(store, batch, "a.png", receipt(**NUMBERED))
    (row,) = scan(store, batch, "b.png", receipt(**NUMBERED | {"invoice_number": "12345679"}))
    assert row.same_as is None, "the numbers set them apart, though merchant, date and total agree"
    edit = typed(store, row, "invoice_number", "12345678")
    assert firsts(store, batch)["b.png"] == "a.png"
    store.apply_edit(edit.back)
    assert firsts(store, batch)["b.png"] is None
    assert checks(store, row) == []


def test_a_note_leaves_a_copy_a_copy(store: Store, batch: int) -> None:
    scan(store, batch, "a.png", receipt(**NUMBERED))
    (row,) = scan(store, batch, "b.png", receipt(**NUMBERED))
    edit = typed(store, row, "note", "taxi")
    assert firsts(store, batch)["b.png"] == "a.png"
    assert len(checks(store, row)) == 1
    store.apply_edit(edit.back)
    assert firsts(store, batch)["b.png"] == "a.png"


def test_a_note_alone_makes_the_same_picture_a_copy_and_without_it_there_is_none(store: Store, batch: int) -> None:
    (first,) = scan(store, batch, "a.png", receipt(), sha256="same")
    (row,) = scan(store, batch, "b.png", receipt(), sha256="same")
    typed(store, first, "project", "P1")
    edit = typed(store, row, "note", "taxi")
    assert firsts(store, batch)["b.png"] == "a.png"
    store.apply_edit(edit.back)
    assert firsts(store, batch)["b.png"] is None


def test_an_edit_of_the_first_frees_the_second(store: Store, batch: int) -> None:
    (first,) = scan(store, batch, "a.png", receipt(**NUMBERED))
    scan(store, batch, "b.png", receipt(**NUMBERED))
    stamp, _ = store.touched(batch, 0)
    typed(store, first, "invoice_number", "87654321")
    assert firsts(store, batch) == {"a.png": None, "b.png": None}
    assert store.touched(batch, stamp)[1] == (store.receipt_rows(batch)[1].receipt_id,), "whoever shows it looks again"


def test_a_change_is_told_though_the_row_that_was_changed_last_is_gone(store: Store, batch: int) -> None:
    (first,) = scan(store, batch, "a.png", receipt(**NUMBERED | {"invoice_number": "87654321"}))
    one, two = replace(receipt(total="3.00"), count=2), replace(receipt(**NUMBERED), number=2, count=2)
    row, _ = scan(store, batch, "b.png", one, two)
    typed(store, first, "invoice_number", NUMBERED["invoice_number"])
    stamp, told = store.touched(batch, 0)
    assert len(told) == 1
    assert row.page_id is not None
    store.read_again(row.page_id)
    read(store, batch, row.page_id, receipt(total="3.00"))
    (copy,) = scan(store, batch, "c.png", receipt(**NUMBERED))
    typed(store, first, "invoice_number", "87654321")
    assert firsts(store, batch)["c.png"] is None
    assert store.touched(batch, stamp)[1] == (copy.receipt_id,)


def test_removed_rows_do_not_count_until_they_are_put_back(store: Store, batch: int) -> None:
    (first,) = scan(store, batch, "a.png", receipt(**NUMBERED))
    scan(store, batch, "b.png", receipt(**NUMBERED))
    store.set_removed([first.receipt_id], True)
    assert firsts(store, batch) == {"b.png": None}
    store.set_removed([first.receipt_id], False)
    assert firsts(store, batch) == {"a.png": None, "b.png": "a.png"}


def test_a_person_may_say_that_it_is_another_and_that_is_remembered(store: Store, batch: int) -> None:
    (first,) = scan(store, batch, "a.png", receipt(**DRINKS))
    (row,) = scan(store, batch, "b.png", receipt(**DRINKS))
    said = failing(store.receipt(row.receipt_id).receipt.checks)
    assert [c.detail for c in said] == ["a receipt of this merchant, of 2026-03-05 over 9.00, was seen before"]
    store.judge_checks(row.receipt_id, lambda fields, read_, now: accept(recheck(fields, read_, now), said))
    assert firsts(store, batch)["b.png"] is None
    assert [(r.status, r.duplicate_of) for r in store.export_rows(batch)] == [("done", None)] * 2
    assert row.page_id is not None
    store.read_again(row.page_id)
    read(store, batch, row.page_id, receipt(**DRINKS))
    assert firsts(store, batch)["b.png"] is None, "after another reading"
    store.set_removed([first.receipt_id], True)
    store.set_removed([first.receipt_id], False)
    assert firsts(store, batch)["b.png"] is None, "after the first was gone for a while"
    store.judge_checks(row.receipt_id, lambda fields, read_, now: take_back(recheck(fields, read_, now), said))
    assert firsts(store, batch)["b.png"] == "a.png"
    typed(store, first, "invoice_number", "12345678")
    typed(store, row, "invoice_number", "12345678")
    (check,) = checks(store, row)
    assert check.detail == "number 12345678 was seen before", "that is another thing to say"


def test_a_command_repeated_hands_nothing_in_twice(store: Store) -> None:
    for roots in (["/scans"], ["/scans"], ["/other"]):
        batch = store.create_batch("", "cli", roots=roots)
        scan(store, batch, "a.png", receipt(**NUMBERED))
        scan(store, batch, "b.png", receipt(**NUMBERED))
        first = None if roots == ["/scans"] else "a.png"
        assert firsts(store, batch) == {"a.png": first, "b.png": "a.png"}


def test_the_same_file_is_the_same_picture_though_nothing_on_it_is_sure(store: Store, batch: int) -> None:
    scan(store, batch, "a.png", receipt(1, 2, total="1.00"), receipt(2, 2, total="2.00"), sha256="ab" * 32)
    rows = scan(store, batch, "b.png", receipt(1, 2, total="1.00"), receipt(2, 2, total="7.00"), sha256="ab" * 32)
    assert [row.same_as and row.same_as.place for row in rows] == [
        ReceiptPlace("a.png", 1, 1),
        ReceiptPlace("a.png", 1, 2),
    ]


def test_blank_pages_and_failures_are_no_copies(store: Store, batch: int) -> None:
    rows = [scan(store, batch, f"{n}.png", Receipt(), sha256="ab" * 32) for n in range(2)]
    assert all(row.same_as is None for (row,) in rows)


@pytest.mark.parametrize("kind", ["taxi_receipt", "train_ticket", "bus_ticket", "toll_receipt", "quota_invoice"])
def test_tickets_of_one_day_and_price_are_two_unless_their_numbers_agree(store: Store, batch: int, kind: str) -> None:
    def ticket(**more: str) -> Receipt:
        return replace(receipt(**DRINKS, **more), kind=kind)  # type: ignore[arg-type]

    scan(store, batch, "a.png", ticket())
    scan(store, batch, "b.png", ticket())
    scan(store, batch, "c.png", ticket(invoice_code="144031900110", invoice_number="23456789"))
    scan(store, batch, "d.png", ticket(invoice_code="144031900110", invoice_number="23456790"))
    scan(store, batch, "e.png", ticket(invoice_code="144031900110", invoice_number="23456789"))
    assert firsts(store, batch) == {"a.png": None, "b.png": None, "c.png": None, "d.png": None, "e.png": "c.png"}


def test_two_coffees_of_one_day_differ_by_the_hour(store: Store, batch: int) -> None:
    scan(store, batch, "a.png", with_time(receipt(**DRINKS), "09:12"))
    scan(store, batch, "b.png", with_time(receipt(**DRINKS), "15:40"))
    scan(store, batch, "c.png", with_time(receipt(**DRINKS), "15:40"))
    assert firsts(store, batch) == {"a.png": None, "b.png": None, "c.png": "b.png"}


def test_of_many_copies_all_are_copies_of_the_first(store: Store, batch: int) -> None:
    for n in range(60):
        scan(store, batch, f"{n}.png", receipt(**NUMBERED))
    assert set(firsts(store, batch).values()) == {None, "0.png"}


def test_a_row_by_hand_is_compared_as_well(store: Store, batch: int) -> None:
    scan(store, batch, "a.png", receipt(**NUMBERED))
    by_hand = store.receipt_row(store.add_receipt(batch))
    assert by_hand is not None
    for name in ("invoice_code", "invoice_number"):
        typed(store, by_hand, name, NUMBERED[name])
    assert firsts(store, batch)[""] == "a.png"
    assert values(store.receipt_rows(batch)[0])["invoice_code"] == NUMBERED["invoice_code"]


def test_a_store_is_caught_up_with_though_several_open_it_at_once(path: Path) -> None:
    with Store(path) as old:
        batch = old.create_batch()
        for n in range(80):
            scan(old, batch, f"{n}.png", receipt(**NUMBERED))

    def slowly(receipt: Receipt, picture: str | None) -> tuple[SameKey, ...]:
        time.sleep(0.02)
        return RULES.same_keys(receipt, picture)

    def opened(_: int) -> bool:
        Store(path, busy_s=1.0, rules=replace(RULES, same_keys=slowly)).close()
        return True

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(opened, range(3))) == [True] * 3


def test_a_store_that_knew_no_copies_is_caught_up_with_and_asks_nothing_about_those_days(path: Path) -> None:
    with Store(path) as old:
        batch = old.create_batch()
        for name in ("a.png", "b.png"):
            scan(old, batch, name, receipt(**NUMBERED))
    with open_store(path) as store:
        assert firsts(store, batch) == {"a.png": None, "b.png": None}
        scan(store, batch, "c.png", receipt(**NUMBERED))
        assert firsts(store, batch) == {"a.png": None, "b.png": None, "c.png": "a.png"}
