"""What a person typed stays with its receipt when the receipts of a page are drawn anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from paddlescan.document import Field, PrepareOptions, Quad, Receipt
from paddlescan.store import FieldEdit, ReceiptRow, Store, typed_field
from tests.unit.store.making import files, read_page, receipt, values


def at(left: float, top: float, right: float, bottom: float) -> Quad:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


LEFT, RIGHT = at(0, 0, 600, 800), at(620, 0, 1240, 800)
UPPER, LOWER = at(0, 0, 1240, 390), at(0, 400, 1240, 800)


def lying(number: int, count: int, region: Quad | None, total: str) -> Receipt:
    """A receipt whose total stands in the middle of its region."""
    x, y = (300.0, 300.0) if region is None else ((region[0][0] + region[2][0]) / 2, (region[0][1] + region[2][1]) / 2)
    made = receipt(number, count, total=total)
    field = made.field("total")
    assert field is not None
    return replace(made, region=region, fields=(replace(field, quad=at(x - 20, y - 8, x + 20, y + 8)),))


def type_total(store: Store, row: ReceiptRow, value: str) -> None:
    read: Field | None = row.values.get("total")
    store.apply_edit(FieldEdit(row.receipt_id, "total", read, typed_field("total", value, read)))


def again(store: Store, batch: int, page: int | None, *receipts: Receipt) -> tuple[ReceiptRow, ...]:
    assert page is not None
    store.read_again(page, PrepareOptions(regions=tuple(r.region for r in receipts if r.region is not None)))
    return read_page(store, batch, *receipts, prefer=page)


@pytest.fixture
def two(store: Store, batch: int) -> tuple[ReceiptRow, ...]:
    store.add_sources(batch, files(1))
    return read_page(store, batch, lying(1, 2, LEFT, "1.00"), lying(2, 2, RIGHT, "2.00"))


def test_a_typed_value_follows_its_receipt_to_another_number(
    store: Store, batch: int, two: tuple[ReceiptRow, ...]
) -> None:
    type_total(store, two[0], "1.11")
    rows = again(store, batch, two[0].page_id, lying(1, 2, RIGHT, "2.00"), lying(2, 2, LEFT, "1.00"))
    assert [(row.receipt_id, row.number, values(row)["total"]) for row in rows] == [
        (two[1].receipt_id, 1, "2.00"),
        (two[0].receipt_id, 2, "1.11"),
    ]


def test_a_receipt_in_front_of_it_moves_the_number_and_nothing_else(
    store: Store, batch: int, two: tuple[ReceiptRow, ...]
) -> None:
    type_total(store, two[1], "2.22")
    strip = at(0, 820, 1240, 1200)
    rows = again(
        store, batch, two[0].page_id, lying(1, 3, strip, "9.00"), lying(2, 3, LEFT, "1.00"), lying(3, 3, RIGHT, "2.00")
    )
    assert [(row.number, row.count, values(row)["total"]) for row in rows] == [
        (1, 3, "9.00"),
        (2, 3, "1.00"),
        (3, 3, "2.22"),
    ]
    assert rows[2].receipt_id == two[1].receipt_id


@pytest.mark.parametrize("typed", [0, 1])
def test_two_made_one_keep_what_was_typed_in_either(
    store: Store, batch: int, two: tuple[ReceiptRow, ...], typed: int
) -> None:
    type_total(store, two[typed], "7.77")
    (row,) = again(store, batch, two[0].page_id, lying(1, 1, None, "3.00"))
    assert (row.receipt_id, values(row)["total"]) == (two[typed].receipt_id, "7.77")


def test_two_made_one_keep_what_was_typed_in_both(store: Store, batch: int, two: tuple[ReceiptRow, ...]) -> None:
    type_total(store, two[0], "1.11")
    type_total(store, two[1], "2.22")
    rows = again(store, batch, two[0].page_id, lying(1, 1, None, "3.00"))
    assert {row.receipt_id: values(row)["total"] for row in rows} == {
        two[0].receipt_id: "1.11",
        two[1].receipt_id: "2.22",
    }
    assert sorted(row.number for row in rows) == [1, 2]


def test_one_made_two_leaves_what_was_typed_where_it_was_read(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    whole = replace(lying(1, 1, None, "3.00"), fields=(Field("total", "3.00", "3.00", quad=at(500, 600, 560, 620)),))
    (row,) = read_page(store, batch, whole)
    type_total(store, row, "3.33")
    rows = again(store, batch, row.page_id, lying(1, 2, UPPER, "1.00"), lying(2, 2, LOWER, "2.00"))
    assert [(r.receipt_id == row.receipt_id, values(r)["total"]) for r in rows] == [(False, "1.00"), (True, "3.33")]


def test_a_receipt_taken_away_goes_unless_somebody_worked_on_it(
    store: Store, batch: int, two: tuple[ReceiptRow, ...]
) -> None:
    page = two[0].page_id
    (row,) = again(store, batch, page, lying(1, 1, RIGHT, "2.00"))
    assert (row.receipt_id, row.number) == (two[1].receipt_id, 1)
    type_total(store, row, "2.22")
    rows = again(store, batch, page, lying(1, 1, LEFT, "1.00"))
    assert [(r.number, values(r)["total"]) for r in rows] == [(1, "1.00"), (2, "2.22")]
    assert rows[1].receipt_id == two[1].receipt_id
