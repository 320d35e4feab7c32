"""What a person said of a merchant is used for its later receipts, listed and forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from paddlescan.pipeline.keeping import open_store
from paddlescan.store import FieldEdit, ReceiptRow, RememberedCategory, Store, typed_field
from tests.unit.store.making import files, read_page, receipt


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path) as opened:
        yield opened


def read(store: Store, batch: int, merchant: str = "MR D.I.Y.", **more: str) -> ReceiptRow:
    store.add_sources(batch, files(1))
    return read_page(store, batch, receipt(merchant=merchant, **more))[0]


def corrected(store: Store, row: ReceiptRow, value: str) -> FieldEdit:
    before = row.values.get("category")
    edit = FieldEdit(row.receipt_id, "category", before, typed_field("category", value, before))
    store.apply_edit(edit)
    return edit


def test_a_correction_holds_for_the_merchants_later_receipts(store: Store, batch: int) -> None:
    corrected(store, read(store, batch, category="supplies"), "office")
    later = read(store, batch, "Mr D.l.Y", category="supplies").values["category"]
    assert (later.value, later.candidates, later.origin, later.doubtful) == ("office", ("supplies",), "ocr", False)
    bare = read(store, batch).values["category"]
    assert (bare.value, bare.text, bare.quad) == ("office", None, None)
    assert read(store, batch, "AEON", category="supplies").values["category"].value == "supplies"
    ((known),) = store.categories()
    assert (known.merchant, known.category) == ("MR D.I.Y.", "office")


def test_it_is_no_edit_of_the_later_receipt(store: Store, batch: int) -> None:
    corrected(store, read(store, batch), "office")
    row = read(store, batch, category="supplies")
    assert store.history(row.receipt_id) == ()
    edit = corrected(store, row, "meals")
    store.apply_edit(edit.back)
    fresh = store.receipt_row(row.receipt_id)
    assert fresh is not None
    assert fresh.values["category"].value == "office", "taken back, it is what was remembered when the page was read"


def test_a_correction_taken_back_leaves_the_one_before(store: Store, batch: int) -> None:
    corrected(store, read(store, batch, category="supplies"), "office")
    corrected(store, read(store, batch, "AEON"), "fuel")
    edit = corrected(store, read(store, batch, category="supplies"), "meals")
    store.apply_edit(edit.back)
    assert {known.merchant: known.category for known in store.categories()} == {"AEON": "fuel", "MR D.I.Y.": "office"}


def test_a_correction_taken_back_or_forgotten_holds_no_more(store: Store, batch: int) -> None:
    edit = corrected(store, read(store, batch, category="supplies"), "office")
    store.apply_edit(edit.back)
    assert store.categories() == ()
    corrected(store, read(store, batch, category="supplies"), "office")
    store.forget([replace(store.categories()[0], merchant="mr d.i.y.")])
    assert store.categories() == ()
    assert read(store, batch, category="supplies").values["category"].value == "supplies"
    store.forget([RememberedCategory("nobody", "office", "2026-03-02T10:00:00+00:00")])


def test_a_store_without_rules_forgets_nothing_by_itself(path: Path, store: Store, batch: int) -> None:
    corrected(store, read(store, batch), "office")
    with Store(path) as plain, pytest.raises(ValueError, match="without rules"):
        plain.forget(plain.categories())
