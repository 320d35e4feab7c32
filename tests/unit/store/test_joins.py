"""Receipts that go on over several pages of one file, read in any order, again, and as a person wants it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from paddlescan.document import Finding, Item, PageResult, Receipt, SourceFile, SourceInfo, TextLine
from paddlescan.document.export import ReceiptPlace
from paddlescan.errors import RowGone, UnreadableFile
from paddlescan.pipeline.keeping import open_store
from paddlescan.store import FieldEdit, PageRow, ReceiptRow, Store, typed_field
from tests.unit.store.making import QUAD, claimed, receipt, values

NUMBER = "INV-2026-0815"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path) as opened:
        yield opened


def drop(store: Store, batch: int, pages: int, name: str = "a.pdf") -> tuple[PageRow, ...]:
    """A file of so many pages is dropped and looked at."""
    (first,) = store.add_sources(batch, [SourceFile.at(f"/scans/{name}", name)])
    store.set_source_info(first.id, SourceInfo("pdf", pages, f"{first.id:064x}"))
    return tuple(page for page in store.page_rows(batch) if page.ref.source.name == name)


def page_of(number: int, of: int, **fields: str) -> Receipt:
    made = receipt(**fields)
    return replace(
        made,
        items=(Item(f"item {number}"),),
        lines=(TextLine(f"Page {number} of {of}", 0.9, QUAD), TextLine(f"text of page {number}", 0.9, QUAD)),
    )


def first_page(of: int = 2) -> Receipt:
    return page_of(1, of, merchant="晨光文具", date="2026-03-05", invoice_number=NUMBER)


def last_page(number: int = 2, of: int = 2, total: str = "90.00") -> Receipt:
    return page_of(number, of, merchant="text of page", total=total)


def read(store: Store, page: PageRow, *receipts: Receipt, **more: object) -> None:
    claim = claimed(store, page.batch, page.id)
    result = PageResult(claim.ref, 2, f"{page.id:064x}", 600, 800, receipts, quality=(Finding("glare"),))
    assert store.save_result(page.id, result, claim.token)


def table(store: Store, batch: int) -> list[tuple[int, int, dict[str, str]]]:
    """Per row its page, how many pages it has, and what it says."""
    return [(row.page_number, 1 + len(row.later_pages), values(row)) for row in store.receipt_rows(batch)]


def typed(store: Store, row: ReceiptRow, name: str, value: str) -> FieldEdit:
    edit = FieldEdit(row.receipt_id, name, row.values.get(name), typed_field(name, value, row.values.get(name)))
    store.apply_edit(edit)
    return edit


TOGETHER = {"merchant": "晨光文具", "date": "2026-03-05", "total": "90.00", "invoice_number": NUMBER}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_pages_are_one_row_in_whatever_order_they_were_read(
    store: Store, batch: int, order: tuple[int, int]
) -> None:
    pages = drop(store, batch, 2)
    readings = (first_page(), last_page())
    for number in order:
        read(store, pages[number], readings[number])
    assert table(store, batch) == [(1, 2, TOGETHER)]
    (row,) = store.receipt_rows(batch)
    assert row.later_pages == (pages[1].id,)
    assert [row.values[name].page for name in ("merchant", "total")] == [0, 1], "each on the page where it stands"
    assert store.receipt_rows_of_page(pages[1].id) == (row,), "a later page leads to the row"
    assert store.summary(batch).receipts == 1
    (exported,) = store.export_rows(batch)
    assert exported.more_pages == (ReceiptPlace("a.pdf", 2, 1),)
    assert [item.description for item in exported.receipt.items] == ["item 1", "item 2"]
    assert [line.page for line in exported.receipt.lines] == [0, 0, 1, 1]
    result = store.page_result(pages[1].id)
    assert result is not None
    assert [line.page for line in result.receipts[0].lines] == [0, 0], "the page itself as it was read"


def test_of_five_pages_read_from_behind_two_receipts_are_made(store: Store, batch: int) -> None:
    pages = drop(store, batch, 5)
    other = page_of(1, 2, merchant="得力", date="2026-03-06", invoice_number="INV-2026-0816")
    readings = [first_page(3), page_of(2, 3), last_page(3, 3), other, last_page(2, 2, "7.00")]
    for number in (4, 2, 0, 1, 3):
        read(store, pages[number], readings[number])
    assert [(page, count, said["total"]) for page, count, said in table(store, batch)] == [
        (1, 3, "90.00"),
        (4, 2, "7.00"),
    ]


def test_a_very_long_one_is_cut(store: Store, batch: int) -> None:
    pages = drop(store, batch, 203)
    for number in (203, 99, 101, 102, 100, 98, 201, 202):
        read(store, pages[number - 1], page_of(number, 203, merchant="A", invoice_number=NUMBER))
    assert [(page, count) for page, count, _ in table(store, batch)] == [(98, 3), (101, 2), (201, 3)]


def test_separate_invoices_of_one_file_stay_separate(store: Store, batch: int) -> None:
    pages = drop(store, batch, 2)
    read(store, pages[0], page_of(1, 1, merchant="A", invoice_number="INV-1000", total="1.00"))
    read(store, pages[1], page_of(1, 1, merchant="A", invoice_number="INV-1001", total="2.00"))
    assert [(page, count) for page, count, _ in table(store, batch)] == [(1, 1), (2, 1)]


def test_edits_survive_and_a_later_page_may_be_read_again(store: Store, batch: int) -> None:
    pages = drop(store, batch, 2)
    read(store, pages[0], first_page())
    (row,) = store.receipt_rows(batch)
    typed(store, row, "note", "paper for March")
    read(store, pages[1], last_page())
    assert table(store, batch) == [(1, 2, TOGETHER | {"note": "paper for March"})]
    (row,) = store.receipt_rows(batch)
    edit = typed(store, row, "total", "91.00")
    assert store.receipt_rows(batch)[0].values["total"].page == 1
    store.read_again(pages[1].id)
    read(store, pages[1], last_page(total="92.00"))
    (row,) = store.receipt_rows(batch)
    assert (row.values["total"].value, row.values["total"].candidates[0]) == ("91.00", "92.00")
    assert row.values["total"].page == 1, "its evidence is still where it was read"
    store.apply_edit(edit.back)
    assert table(store, batch)[0][2]["total"] == "92.00", "taken back, it is what was read the last time"


def test_a_page_that_turns_out_to_be_another_gets_its_row_back(store: Store, batch: int) -> None:
    pages = drop(store, batch, 2)
    read(store, pages[0], first_page())
    read(store, pages[1], last_page())
    stamp, _ = store.touched(batch, 0)
    store.read_again(pages[1].id)
    read(store, pages[1], page_of(1, 1, merchant="得力", invoice_number="INV-2026-9999", total="5.00"))
    assert [(page, count, said.get("total")) for page, count, said in table(store, batch)] == [
        (1, 1, None),
        (2, 1, "5.00"),
    ]
    assert store.receipt_rows(batch)[0].receipt_id in store.touched(batch, stamp)[1]


def test_a_later_page_that_fails_shows_its_failure(store: Store, batch: int) -> None:
    pages = drop(store, batch, 2)
    read(store, pages[0], first_page())
    read(store, pages[1], last_page())
    store.read_again(pages[1].id)
    claim = claimed(store, batch, pages[1].id)
    failure = UnreadableFile(file="a.pdf").failure
    assert store.save_result(pages[1].id, PageResult(claim.ref, error=failure), claim.token)
    assert [(row.page_number, row.state, row.later_pages) for row in store.receipt_rows(batch)] == [
        (1, "done", ()),
        (2, "failed", ()),
    ]
    store.read_again(pages[1].id)
    read(store, pages[1], last_page())
    assert table(store, batch) == [(1, 2, TOGETHER)]


def test_what_a_person_did_to_a_row_of_its_own_is_not_taken_away(store: Store, batch: int) -> None:
    pages = drop(store, batch, 2)
    read(store, pages[1], last_page())
    (row,) = store.receipt_rows(batch)
    typed(store, row, "note", "mine")
    read(store, pages[0], first_page())
    assert [(page, count) for page, count, _ in table(store, batch)] == [(1, 1), (2, 1)]


def test_a_row_that_vanished_while_somebody_typed_comes_back(store: Store, batch: int) -> None:
    pages = drop(store, batch, 2)
    read(store, pages[1], last_page())
    (row,) = store.receipt_rows(batch)
    read(store, pages[0], first_page())
    assert store.receipt_row(row.receipt_id) is None
    typed(store, row, "note", "typed meanwhile")
    assert [(page, count, said.get("note")) for page, count, said in table(store, batch)] == [
        (1, 1, None),
        (2, 1, "typed meanwhile"),
    ]


def test_a_person_takes_pages_apart_and_puts_them_together(store: Store, batch: int) -> None:
    pages = drop(store, batch, 2)
    read(store, pages[0], first_page())
    read(store, pages[1], last_page())
    ids = [page.id for page in pages]
    assert store.joinings(ids) == {ids[0]: None, ids[1]: None}
    store.set_joinings({ids[1]: "apart"})
    assert [count for _, count, _ in table(store, batch)] == [1, 1]
    store.read_again(ids[1])
    read(store, pages[1], last_page())
    assert [count for _, count, _ in table(store, batch)] == [1, 1], "also after another reading"
    store.set_joinings({ids[1]: None})
    assert table(store, batch) == [(1, 2, TOGETHER)]
    with pytest.raises(RowGone):
        store.set_joinings({99: "apart"})


def test_a_person_may_join_what_no_rule_would(store: Store, batch: int) -> None:
    pages = drop(store, batch, 2)
    read(store, pages[0], receipt(merchant="A", invoice_number="1111111"))
    read(store, pages[1], receipt(merchant="B", invoice_number="2222222", total="5.00"))
    store.set_joinings({pages[1].id: "joined"})
    assert [(page, count, said["total"]) for page, count, said in table(store, batch)] == [(1, 2, "5.00")]
    store.set_joinings({pages[1].id: None})
    assert [count for _, count, _ in table(store, batch)] == [1, 1]


def test_a_later_page_is_no_copy_and_its_doubts_are_those_of_the_row(store: Store, batch: int) -> None:
    pages = drop(store, batch, 2)
    doubtful = replace(last_page(), fields=receipt(doubtful="total", total="90.00").fields)
    read(store, pages[0], first_page())
    read(store, pages[1], doubtful)
    (row,) = store.receipt_rows(batch)
    assert (row.state, row.same_as) == ("needs_review", None)
    assert [page.state for page in store.page_rows(batch)] == ["needs_review", "done"]
    typed(store, row, "total", "90.00")
    assert [page.state for page in store.page_rows(batch)] == ["done", "done"]
    again = drop(store, batch, 2, "b.pdf")
    read(store, again[1], last_page())
    read(store, again[0], first_page())
    assert [(row.source, row.same_as and row.same_as.place) for row in store.receipt_rows(batch)] == [
        ("a.pdf", None),
        ("b.pdf", ReceiptPlace("a.pdf", 1, 1)),
    ]


def test_pages_with_several_receipts_are_never_joined(store: Store, batch: int) -> None:
    pages = drop(store, batch, 2)
    read(store, pages[0], first_page())
    read(store, pages[1], replace(last_page(), count=2), replace(last_page(), number=2, count=2))
    assert [(page, count) for page, count, _ in table(store, batch)] == [(1, 1), (2, 1), (2, 1)]
