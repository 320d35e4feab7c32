"""Undo on the review desk, over a real store, while pages are read again in between."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from paddlescan.document import Check, Receipt
from paddlescan.extraction.rules import ACCEPTED, NET_PLUS_TAX
from paddlescan.gui.review.check_words import check_sentence
from paddlescan.gui.review.sheet import Changes
from tests.unit.gui.desks import Desk, make_desk
from tests.unit.gui.receipts import read_receipt

FAILED_SUM = Check(NET_PLUS_TAX, False, "net 90.00 + tax 10.80 is 100.80, but the total reads 108.00")


def reading(total: str = "108.00", detail: str = FAILED_SUM.detail) -> Receipt:
    check = Check(NET_PLUS_TAX, False, detail)
    return read_receipt(checks=(check,), total=total, subtotal="90.00", tax="10.80")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with make_desk(qtbot, tmp_path) as made:
        made.filled.drop("a.png")
        made.filled.read("a.png", reading())
        made.open()
        yield made


def read_again(desk: Desk, again: Receipt) -> None:
    page_id = desk.filled.page_of("a.png")
    desk.filled.store.read_again(page_id)
    desk.filled.read("a.png", again)
    desk.desk.page_changed(page_id)


def shown_and_stored(desk: Desk) -> tuple[str, bool, str]:
    """State, verdict and detail of the only check: the same in the window and on the disk, or this fails."""
    (receipt_id,) = desk.ids()
    here = (desk.desk.sheet.state(receipt_id), *desk.desk.sheet.checks(receipt_id))
    desk.saved()
    desk.qtbot.waitUntil(lambda: not desk.writer.unsaved())
    there = desk.filled.store.receipt(receipt_id)
    assert (there.row.state, *there.receipt.checks) == here
    (check,) = there.receipt.checks
    return there.row.state, check.passed, check.detail


def test_a_cleared_figure_leaves_its_check_standing_and_undo_brings_it_back(desk: Desk) -> None:
    (receipt_id,) = desk.ids()
    assert desk.desk.type_into(receipt_id, "tax", "")
    assert shown_and_stored(desk) == ("needs_review", False, "cannot be checked: no amount in Tax")
    values = desk.desk.sheet.row(receipt_id).values
    assert check_sentence(desk.desk.sheet.checks(receipt_id)[0], values) == "Cannot be checked: no amount in Tax"
    desk.undo_stack.undo()
    assert shown_and_stored(desk) == ("needs_review", False, FAILED_SUM.detail)


def test_undo_of_a_first_edit_shows_the_newest_reading_at_once(desk: Desk) -> None:
    (receipt_id,) = desk.ids()
    assert desk.desk.type_into(receipt_id, "total", "100.80")
    desk.saved()
    read_again(desk, read_receipt(total="9.80?|9.30"))
    desk.undo_stack.undo()
    field = desk.desk.sheet.field(receipt_id, "total")
    assert field is not None
    assert (field.value, field.origin, field.doubtful, field.candidates) == ("9.80", "ocr", True, ("9.30",))
    assert desk.stored(receipt_id, "total") == "9.80"
    assert desk.desk.sheet.field(receipt_id, "total") == field
    desk.undo_stack.redo()
    assert desk.stored(receipt_id, "total") == "100.80"
    mine = desk.desk.sheet.field(receipt_id, "total")
    assert mine is not None
    assert mine.candidates[0] == "9.80"


def test_a_cleared_field_that_was_typed_over_is_cleared_again_by_undo(desk: Desk) -> None:
    (receipt_id,) = desk.ids()
    desk.desk.type_into(receipt_id, "tax", "")
    desk.desk.type_into(receipt_id, "tax", "1.00")
    desk.undo_stack.undo()
    assert desk.stored(receipt_id, "tax") == ""
    desk.undo_stack.undo()
    assert desk.stored(receipt_id, "tax") == "10.80"


def test_an_acceptance_goes_and_comes_back(desk: Desk) -> None:
    (receipt_id,) = desk.ids()
    assert desk.desk.accept_checks(receipt_id)
    assert shown_and_stored(desk) == ("done", True, FAILED_SUM.detail + ACCEPTED)
    desk.undo_stack.undo()
    assert shown_and_stored(desk) == ("needs_review", False, FAILED_SUM.detail)
    desk.undo_stack.redo()
    assert shown_and_stored(desk) == ("done", True, FAILED_SUM.detail + ACCEPTED)
    assert not desk.desk.accept_checks(receipt_id), "nothing fails any more"


def test_undo_and_redo_of_an_acceptance_speak_of_the_newest_reading(desk: Desk) -> None:
    (receipt_id,) = desk.ids()
    desk.desk.accept_checks(receipt_id)
    desk.saved()
    newer = "net 90.00 + tax 10.80 is 100.80, but the total reads 105.00"
    read_again(desk, reading("105.00", newer))
    desk.undo_stack.undo()
    assert shown_and_stored(desk) == ("needs_review", False, newer)
    desk.undo_stack.redo()
    assert shown_and_stored(desk) == ("needs_review", False, newer), "nobody accepted these figures"


def test_many_edits_are_one_step_saved_together_and_undone_together(desk: Desk) -> None:
    (receipt_id,) = desk.ids()
    typed = [(receipt_id, "tax", "9.00"), (receipt_id, "note", "lunch"), (receipt_id, "subtotal", "90.00")]
    assert desk.desk.type_many(typed, "filling down") == 2, "one of them changes nothing"
    assert desk.undo_stack.undoText() == "filling down"
    assert (desk.stored(receipt_id, "tax"), desk.stored(receipt_id, "note")) == ("9.00", "lunch")
    desk.undo_stack.undo()
    assert (desk.stored(receipt_id, "tax"), desk.stored(receipt_id, "note")) == ("10.80", "")
    assert [entry.by for entry in desk.filled.store.history(receipt_id)] == [getpass.getuser()] * 4
    desk.undo_stack.redo()
    assert desk.stored(receipt_id, "note") == "lunch"
    assert desk.desk.type_many([(receipt_id, "note", "lunch")], "filling down") == 0
    assert desk.undo_stack.count() == 1


def test_many_edits_that_are_saved_are_told_at_once(desk: Desk) -> None:
    desk.filled.drop("b.png", "c.png")
    for name in ("b.png", "c.png"):
        desk.filled.read(name, reading())
        desk.desk.page_changed(desk.filled.page_of(name))
    desk.desk.type_many([(i, "note", "lunch") for i in desk.ids()], "filling down")
    told: list[Changes] = []
    desk.desk.changed.connect(told.append)
    desk.saved()
    assert [changes.changed for changes in told] == [desk.ids()]
    assert {desk.stored(i, "note") for i in desk.ids()} == {"lunch"}
