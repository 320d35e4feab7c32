"""A store of an office that has used PaddleScan before: nothing of it is lost."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from paddlescan.pipeline.keeping import open_store
from paddlescan.store import FieldEdit
from paddlescan.store.care import begin
from paddlescan.store.connection import migrate
from paddlescan.store.schema import MIGRATIONS

from .making import read_page, receipt, values

HELD = Path(__file__).with_name("step_3.sql")


def step_3(path: Path) -> None:
    """The store as it was before what persons said was learned, and before edits had a name."""
    path.parent.mkdir(exist_ok=True)
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, MIGRATIONS[:3])
    db.executescript(HELD.read_text(encoding="utf-8"))
    db.close()


def test_a_store_of_step_3_keeps_its_receipts_and_their_history(path: Path) -> None:
    step_3(path)
    begin(path).end()
    with open_store(path) as store:
        (batch,) = store.batches()
        assert (batch.name, batch.pages, batch.waiting, batch.receipts) == ("March", 3, 1, 2)
        first, second = store.receipt_rows(batch.id)
        assert values(first) == {"merchant": "YONG SOON", "date": "2026-03-02", "total": "785.70"}
        assert values(second)["category"] == "office"
        exported = list(store.export_rows(batch.id))
        assert [[(edit.field, edit.before, edit.after, edit.by) for edit in row.history] for row in exported] == [
            [("total", "758.70", "785.70", "")],
            [("category", "meals", "office", "")],
        ]
        assert [known.category for known in store.categories()] == ["office"]
        assert store.learned() == ()
    with open_store(path) as store:  # the steps are taken once
        assert len(store.receipt_rows(batch.id)) == 2


def test_a_store_of_step_3_goes_on_as_a_new_one(path: Path) -> None:
    step_3(path)
    begin(path).end()
    with open_store(path) as store:
        (batch,) = store.batches()
        row = store.receipt_rows(batch.id)[0]
        read = row.values["merchant"]
        made = FieldEdit(row.receipt_id, "merchant", read, replace(read, value="YONG SENG", origin="user"))
        store.apply_edit(made)
        assert [(known.name, known.value) for known in store.learned()] == [("merchant", "YONG SENG")]
        (third,) = read_page(store, batch.id, receipt(merchant="YONG SOON", total="1.00"))
        assert "YONG SENG" in third.values["merchant"].candidates
        (edit,) = next(iter(store.export_rows(batch.id))).history[1:]
        assert edit.by, "who made it is known from now on"
        store.apply_edit(made.back)
        fresh = store.receipt_row(row.receipt_id)
        assert fresh is not None
        assert fresh.values["merchant"] == read
