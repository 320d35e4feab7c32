"""A name corrected once is offered where the same text is read again; what is taken back is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from paddlescan.document import Field
from paddlescan.pipeline.keeping import open_store
from paddlescan.store import FieldEdit, ReceiptRow, Store, typed_field
from tests.unit.store.making import files, read_page, receipt

MISREAD, RIGHT = "北京清凤餐饮有限公司", "北京清风餐饮有限公司"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path) as opened:
        yield opened


def read(store: Store, batch: int, merchant: str = MISREAD, **more: str) -> ReceiptRow:
    store.add_sources(batch, files(1))
    return read_page(store, batch, receipt(merchant=merchant, **more))[0]


def corrected(store: Store, row: ReceiptRow, value: str = RIGHT, name: str = "merchant") -> FieldEdit:
    before = row.values.get(name)
    edit = FieldEdit(row.receipt_id, name, before, typed_field(name, value, before))
    store.apply_edit(edit)
    return edit


def merchant(store: Store, row: ReceiptRow) -> Field:
    fresh = store.receipt_row(row.receipt_id)
    assert fresh is not None
    return fresh.values["merchant"]


def test_it_is_offered_on_what_is_read_later_in_any_batch(store: Store, batch: int) -> None:
    corrected(store, read(store, batch))
    for where in (batch, store.create_batch("April")):
        later = read(store, where).values["merchant"]
        assert (later.value, later.candidates, later.origin) == (MISREAD, (RIGHT,), "ocr"), "never put in its place"
        assert later.doubtful, "or nobody would come to it"
    assert not read(store, batch, "AEON").values["merchant"].doubtful
    ((known),) = store.learned()
    assert (known.name, known.value) == ("merchant", RIGHT)


def test_it_is_offered_on_what_was_read_before_in_the_same_batch(store: Store, batch: int) -> None:
    other = store.create_batch("April")
    rows = [read(store, batch) for _ in range(3)]
    elsewhere, different = read(store, other), read(store, batch, "AEON")
    said = corrected(store, read(store, batch), "Somebody's own word")
    store.apply_edit(said.back)
    stamp, _ = store.touched(batch, 0)
    edit = corrected(store, rows[0])
    for row in rows[1:]:
        assert (merchant(store, row).doubtful, merchant(store, row).candidates) == (True, (RIGHT,))
        assert store.history(row.receipt_id) == (), "an offer is no edit"
    assert not merchant(store, elsewhere).doubtful
    assert not merchant(store, different).doubtful
    _, touched = store.touched(batch, stamp)
    assert set(touched) >= {row.receipt_id for row in rows[1:]}
    store.apply_edit(edit.back)
    for row in rows:
        assert (merchant(store, row).doubtful, merchant(store, row).candidates) == (False, ())
    assert store.learned() == ()


def test_what_a_person_said_of_a_receipt_is_not_doubted(store: Store, batch: int) -> None:
    kept, first = read(store, batch), read(store, batch)
    before = kept.values["merchant"]
    store.apply_edit(FieldEdit(kept.receipt_id, "merchant", before, typed_field("merchant", MISREAD, before)))
    corrected(store, first)
    assert not merchant(store, kept).doubtful


def test_a_word_taken_back_is_offered_again_and_leaves_the_one_before(store: Store, batch: int) -> None:
    corrected(store, read(store, batch))
    second = read(store, batch)
    edit = corrected(store, second, "清风餐饮")
    assert [known.value for known in store.learned()] == ["清风餐饮"]
    store.apply_edit(edit.back)
    assert [known.value for known in store.learned()] == [RIGHT]
    assert (merchant(store, second).value, merchant(store, second).candidates) == (MISREAD, (RIGHT,))
    assert merchant(store, second).doubtful


def test_it_is_the_reading_that_is_learned_from_also_after_several_words(store: Store, batch: int) -> None:
    row = read(store, batch)
    corrected(store, row, "first")
    fresh = store.receipt_row(row.receipt_id)
    assert fresh is not None
    corrected(store, fresh, RIGHT)
    assert [known.value for known in store.learned()] == [RIGHT]
    fresh = store.receipt_row(row.receipt_id)
    assert fresh is not None
    corrected(store, fresh, MISREAD)
    assert store.learned() == (), "it was read right after all"


def test_look_alikes_are_one_text(store: Store, batch: int) -> None:
    corrected(store, read(store, batch, "C0FFEE  BEAN"), "Coffee Bean")
    assert read(store, batch, "COFFEE BEAN").values["merchant"].candidates == ("Coffee Bean",)
    assert not read(store, batch, "Coffee Bean").values["merchant"].doubtful


def test_the_buyer_is_learned_and_other_fields_are_not(store: Store, batch: int) -> None:
    row = read(store, batch, buyer="某某公词", total="1.00")
    corrected(store, row, "某某公司", "buyer")
    corrected(store, row, "2.00", "total")
    assert [(known.name, known.value) for known in store.learned()] == [("buyer", "某某公司")]
    assert read(store, batch, buyer="某某公词").values["buyer"].candidates == ("某某公司",)


def test_forgotten_it_is_offered_no_more(store: Store, batch: int) -> None:
    corrected(store, read(store, batch))
    ((known),) = store.learned()
    store.forget([known])
    assert store.learned() == ()
    assert read(store, batch).values["merchant"].candidates == ()
    store.forget([replace(known, seen="nobody")])


def test_earlier_values_come_from_all_batches_the_most_used_first(store: Store, batch: int) -> None:
    other = store.create_batch("April")
    for where, name in ((batch, "AEON"), (other, "AEON"), (other, "B MART"), (batch, "C STORE")):
        read(store, where, name, total="1.00")
    removed = read(store, batch, "GONE")
    store.set_removed([removed.receipt_id], True)
    found = store.earlier_values(("merchant", "project"))
    assert found["merchant"][0] == "AEON"
    assert set(found["merchant"]) == {"AEON", "B MART", "C STORE"}
    assert found["project"] == ()
