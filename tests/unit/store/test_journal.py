"""What happened to each page is written down with what happened: in order, bounded, and without a receipt's content."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from paddlescan.document import PrepareOptions, SourceInfo
from paddlescan.errors import NoPermission, PageStopsEngine, RowGone
from paddlescan.pipeline.keeping import RULES, open_store
from paddlescan.store import Event, FieldEdit, Store, events, typed_field

from .making import claimed, field, files, read_page, receipt, result


def told(store: Store, batch: int, page: int | None = None) -> list[tuple[str, str]]:
    return [(event.what, event.detail) for event in store.journal(batch, page=page)]


def first_page(store: Store, batch: int) -> int:
    (page,) = store.add_sources(batch, files(1))
    return page.id


def test_a_page_from_its_coming_in_to_its_reading(store: Store, batch: int) -> None:
    page = first_page(store, batch)
    claim = claimed(store, batch)
    assert store.release_page(page, count_attempt=True, token=claim.token, why="crashed")
    read_page(store, batch, receipt(1, 2), receipt(2, 2, doubtful="total", total="9.00"))
    assert told(store, batch) == [
        ("created", "window"),
        ("added", ""),
        ("begun", "1"),
        ("waits", "crashed"),
        ("begun", "2"),
        ("to_check", "2"),
    ]
    event = store.journal(batch, page=page)[-1]
    assert (event.page_id, event.page_number, event.page_count, event.source) == (page, 1, 1, "receipt 1.png")


def test_a_failure_is_told_by_its_code_and_a_stale_claim_by_nothing(store: Store, batch: int) -> None:
    page = first_page(store, batch)
    claim = claimed(store, batch)
    store.read_again(page)
    lost = replace(result(claim.ref), error=PageStopsEngine(file="receipt 1.png").failure, receipts=())
    assert not store.save_result(page, lost, claim.token)
    assert not store.release_page(page, count_attempt=True, token=claim.token, why="crashed")
    store.save_result(page, lost, claimed(store, batch).token)
    assert told(store, batch, page) == [
        ("added", ""),
        ("begun", "1"),
        ("read_again", ""),
        ("begun", "1"),
        ("failed", "page_stops_engine"),
    ]
    failed = store.add_failed_source(batch, files(2)[1], NoPermission(file="receipt 2.png").failure)
    assert told(store, batch, failed.id) == [("added", ""), ("failed", "no_permission")]


def test_pages_found_in_a_file_and_pages_left_by_a_dead_program(store: Store, batch: int) -> None:
    page = first_page(store, batch)
    claimed(store, batch)
    (second,) = store.set_source_info(page, SourceInfo("pdf", 2, "ab" * 32))
    assert store.recover(batch) == 1
    assert told(store, batch, page)[-1] == ("waits", "program_ended")
    assert told(store, batch, second.id) == [("found", "")]


def test_switches_that_are_moved_one_after_another_are_one_event(store: Store, batch: int) -> None:
    page = first_page(store, batch)
    for strength in range(20, 30):
        store.set_prepare(page, PrepareOptions(seal_strength=strength))
    store.read_again(page, PrepareOptions(seal_strength=29, deskew=False))
    store.set_prepare(page, PrepareOptions(seal_strength=29, deskew=False))
    assert told(store, batch, page) == [("added", ""), ("switches", "deskew,seal_strength"), ("read_again", "")]


def test_who_did_what_to_which_field_and_never_the_value(path: Path) -> None:
    with Store(path, rules=RULES, who="chen") as store:
        batch = store.create_batch("March")
        store.add_sources(batch, files(1))
        (row,) = read_page(store, batch, receipt(total="99182.00", merchant="QUETZAL"))
        total, merchant = row.values["total"], row.values["merchant"]
        typed = FieldEdit(row.receipt_id, "total", total, typed_field("total", "77410.00", total))
        store.apply_edits((typed,))
        store.apply_edits((typed,))  # nothing changes, nothing is told
        store.apply_edits((typed.back,))
        confirmed = replace(merchant, origin="user", doubtful=False)
        store.apply_edits((FieldEdit(row.receipt_id, "merchant", merchant, confirmed),))
        store.set_removed((row.receipt_id,), True)
        store.set_removed((row.receipt_id,), True)
        store.set_removed((row.receipt_id,), False)
        by_hand = store.add_receipt(batch)
        store.apply_edit(FieldEdit(by_hand, "note", None, field("note", "QUETZAL")))
        seen = store.journal(batch)[-7:]
        assert [(event.what, event.detail, event.receipt) for event in seen] == [
            ("edited", "total", 1),
            ("edit_undone", "total", 1),
            ("confirmed", "merchant", 1),
            ("removed", "", 1),
            ("put_back", "", 1),
            ("row_added", "", None),
            ("edited", "note", None),
        ]
        assert {event.who for event in seen} == {"chen"}
        assert "chen" not in repr(seen) and "receipt 1" not in repr(seen)
    with sqlite3.connect(path) as db:
        rows = db.execute("SELECT * FROM event").fetchall()
    assert not any(word in str(rows) for word in ("QUETZAL", "99182", "77410", "receipt 1"))


def test_a_page_that_goes_on_with_the_one_before(path: Path) -> None:
    with open_store(path) as store:
        batch = store.create_batch()
        first = first_page(store, batch)
        (second,) = store.set_source_info(first, SourceInfo("pdf", 2, "ab" * 32))
        for _ in range(2):
            read_page(store, batch, receipt(merchant="A SHOP", total="9.00"))
        store.set_joinings({second.id: "joined"})
        store.set_joinings({second.id: "apart"})
        assert told(store, batch, second.id)[-2:] == [("goes_on", "1"), ("stands_alone", "")]
        assert not {"goes_on", "stands_alone"} & {what for what, _ in told(store, batch, first)}


def test_an_event_is_there_only_with_what_it_tells(store: Store, batch: int) -> None:
    page = first_page(store, batch)
    (row,) = read_page(store, batch, receipt(total="9.00"))
    before = told(store, batch)
    total = row.values["total"]
    edit = FieldEdit(row.receipt_id, "total", total, typed_field("total", "8.00", total))
    gone = FieldEdit(row.receipt_id + 100, "total", None, None)
    with pytest.raises(RowGone):
        store.apply_edits((edit, gone))
    assert told(store, batch) == before
    store.delete_batch(batch)
    assert told(store, batch) == told(store, batch, page) == []
    store.note(batch, None, "exported", "csv")
    store.note(batch, page, "waits", "stopped")
    assert list(store.whole_journal(batch)) == [], "what is gone has no journal"


@pytest.mark.parametrize("detail", ["中", "Total", "a b", "a/b", "a\nb", "\x1b[2J", "x" * 81])
def test_content_names_and_control_characters_do_not_get_in(store: Store, batch: int, detail: str) -> None:
    with pytest.raises(ValueError, match="codes and figures") as caught:
        store.note(batch, None, "exported", detail)
    assert detail not in str(caught.value)
    with pytest.raises(ValueError, match="codes and figures"):
        store.note(batch, None, "Not a code")


def test_a_page_read_again_and_again_keeps_its_beginning_and_its_newest(store: Store, batch: int) -> None:
    page = first_page(store, batch)
    for _ in range(150):
        claim = claimed(store, batch)
        store.save_result(page, result(claim.ref), claim.token)
        store.read_again(page)
    kept = told(store, batch, page)
    assert len(kept) <= events.MOST_OF_PAGE
    assert kept[:3] == [("added", ""), ("begun", "1"), ("read", "1")]
    assert kept[-2:] == [("read", "1"), ("read_again", "")]
    (gap,) = [(at, int(detail)) for at, (what, detail) in enumerate(kept) if what == "left_out"]
    assert gap[0] == 10
    assert gap[1] + len(kept) - 1 == 1 + 3 * 150, "each that is not there is counted"


def test_a_batch_keeps_its_beginning_and_its_newest_and_all_of_its_pages(store: Store, batch: int) -> None:
    page = first_page(store, batch)
    for _ in range(events.MOST_OF_BATCH + 30):
        store.note(batch, None, "renamed")
    kept = told(store, batch)
    assert len(kept) <= events.MOST_OF_BATCH + 1
    assert kept[0] == ("created", "window")
    assert [what for what, _ in kept].count("left_out") == 1
    assert told(store, batch, page) == [("added", "")]


def test_it_is_read_in_chunks_in_the_order_in_which_things_happened(
    store: Store, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = store.create_batch("other")
    store.add_sources(batch, files(5))
    # The clock jumps back a year, as it does where a battery is empty.
    monkeypatch.setattr(events, "now", lambda: "2025-01-01T00:00:00+08:00")
    store.note(other, None, "renamed")
    store.rename_batch(batch, "April")
    whole = list(store.whole_journal(batch))
    assert [event.what for event in whole] == ["created", *["added"] * 5, "renamed"]
    chunks: list[Event] = []
    while chunk := store.journal(batch, after=chunks[-1].id if chunks else 0, most=2):
        assert len(chunk) <= 2
        chunks.extend(chunk)
    assert chunks == whole
    assert store.journal(batch, without=("added",)) == (whole[0], whole[-1])
    assert store.newest_events(batch, 2) == tuple(whole[-2:])
    assert store.newest_events(batch, 1, without=("renamed", "added")) == (whole[0],)


def test_what_a_person_asked_for_has_their_name(path: Path) -> None:
    with Store(path, who="chen") as store:
        batch = store.create_batch()
        store.note_by_hand(batch, "exported", "csv")
        store.note(batch, None, "storm", "3")
        assert [(event.what, event.who) for event in store.journal(batch)[1:]] == [("exported", "chen"), ("storm", "")]
