"""Receipts that were read before: the end of a scan says where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from paddlescan.cli.seen_before import seen_words
from paddlescan.pipeline.keeping import open_store
from tests.unit.gui.receipts import Filled, read_receipt

LUNCH = {"merchant": "Kopitiam", "date": "2026-04-01", "total": "12.00"}
RIDE = {"merchant": "Airport Bus", "date": "2026-04-02", "total": "8.00"}


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    """Two receipts in the batch March, and both once more in the next."""
    with open_store(tmp_path / "receipts.sqlite") as store:
        filled = Filled(tmp_path, store, store.create_batch("March"))
        filled.put("lunch.png", **LUNCH)
        filled.put("ride.png", **RIDE)
        filled.batch = store.create_batch("")
        filled.put("lunch again.png", **LUNCH)
        filled.put("ride again.png", **RIDE)
        yield filled


def said(filled: Filled) -> str:
    return seen_words(filled.store, filled.batch, filled.store.receipt_rows(filled.batch), "en")


def test_the_same_papers_once_more(filled: Filled) -> None:
    day = filled.store.summary(1).created_at[:10]
    told = f"All of them were read before, in the batch “March” of {day}. Use one of the two tables, not both."
    assert said(filled) == told
    filled.drop("white.png")
    filled.read("white.png", read_receipt(), quality=("blank",))
    assert said(filled) == told, "a blank page is nothing new"


def test_some_of_them(filled: Filled) -> None:
    filled.put("new.png", merchant="Hotel", date="2026-04-03", total="300.00")
    assert said(filled).startswith("2 of them were read before, in the batch “March”")


def test_twice_in_one_batch_is_not_before(filled: Filled) -> None:
    filled.batch = 1
    filled.put("lunch twice.png", **LUNCH)
    assert said(filled) == ""
