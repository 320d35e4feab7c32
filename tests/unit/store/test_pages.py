from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

from paddlescan.document import PageRef, PrepareOptions, ScanOptions, SourceFile, SourceInfo
from paddlescan.errors import NoPermission
from paddlescan.store import Store
from tests.unit.store.making import claimed, files, read_page, receipt, result

BY_HAND = PrepareOptions(deskew=False, skew_degrees=3.5, rotation_degrees=90)


def test_pages_stand_in_the_order_of_dropping(store: Store) -> None:
    batch = store.create_batch(options=ScanOptions(PrepareOptions(seal_strength=70)))
    first = store.add_sources(batch, files(3))
    second = store.add_sources(batch, files(2, "/later"))
    assert store.page_rows(batch) == first + second
    assert [row.position for row in first + second] == [0, 1, 2, 3, 4]
    assert {(row.state, row.attempts, row.prepare.seal_strength) for row in first} == {("waiting", 0, 70)}
    assert all(row.ref == PageRef(row.ref.source, 1, row.id) for row in first)
    assert store.page_row(first[1].id) == first[1]
    assert store.page_row(999) is None


def test_any_file_name_survives(store: Store, batch: int) -> None:
    source = SourceFile.at(os.fsdecode(b"/scans/caf\xe9 \n='1.png"))
    store.add_sources(batch, [source])
    (row,) = store.page_rows(batch)
    assert row.ref.source == source
    assert os.fsencode(row.ref.source.path) == b"/scans/caf\xe9 \n='1.png"


def test_a_look_adds_the_missing_pages_once(store: Store) -> None:
    batch = store.create_batch(options=ScanOptions(PrepareOptions(orient=False)))
    one, two = store.add_sources(batch, files(2))
    store.set_prepare(one.id, BY_HAND)
    info = SourceInfo("pdf", 3, "cd" * 32)
    added = store.set_source_info(one.id, info)
    assert [(row.ref.number, row.state, row.prepare.orient, row.page_count) for row in added] == [
        (2, "waiting", False, 3),
        (3, "waiting", False, 3),
    ]
    assert store.set_source_info(one.id, info) == ()
    rows = store.page_rows(batch)
    assert [(row.position, row.ref.number) for row in rows] == [(0, 1), (0, 2), (0, 3), (1, 1)]
    assert rows[0].prepare == BY_HAND
    assert rows[0].sha256 == "cd" * 32
    assert (rows[3].id, rows[3].page_count) == (two.id, None)


def test_the_same_file_is_found_by_path_and_by_content(store: Store, batch: int) -> None:
    pages = store.add_sources(batch, files(1200))
    other = store.create_batch()
    (twin,) = store.add_sources(other, files(1))
    store.set_source_info(pages[7].id, SourceInfo("png", 2, "ee" * 32))
    store.set_source_info(twin.id, SourceInfo("png", 1, "ee" * 32))
    paths = [file.raw_path for file in (*files(3, "/new"), *files(1200))]

    assert [row.id for row in store.find_same(batch, paths)] == [row.id for row in pages]
    assert [row.id for row in store.find_same(None, [files(1)[0].raw_path])] == [pages[0].id, twin.id]
    assert [row.id for row in store.find_same(batch, sha256="ee" * 32)] == [pages[7].id]
    assert [row.id for row in store.find_same(None, [pages[7].ref.source.raw_path], "ee" * 32)] == [
        pages[7].id,
        twin.id,
    ]
    assert store.find_same(None, sha256="00" * 32) == ()


def test_a_source_that_cannot_be_queued_is_a_failed_page_and_a_row(store: Store, batch: int) -> None:
    failure = NoPermission(file="secret").failure
    page = store.add_failed_source(batch, files(1)[0], failure)
    assert (page.state, page.failure) == ("failed", failure)
    (row,) = store.receipt_rows(batch)
    assert (row.page_id, row.state, row.failure) == (page.id, "failed", failure)
    assert store.claim_page(batch) is None
    kept = store.page_result(page.id)
    assert kept is not None
    assert kept.error == failure


def test_pages_are_claimed_in_order_and_once(store: Store, batch: int) -> None:
    one, two, three = store.add_sources(batch, files(3))
    first = claimed(store, batch)
    assert (first.page_id, first.attempts, first.inspected) == (one.id, 1, False)
    assert claimed(store, batch, prefer=three.id).page_id == three.id
    assert claimed(store, batch, prefer=three.id).page_id == two.id, "the preferred one is taken already"
    assert store.claim_page(batch) is None
    assert [row.state for row in store.page_rows(batch)] == ["reading"] * 3


def test_a_later_page_of_an_earlier_source_goes_first(store: Store, batch: int) -> None:
    one, two = store.add_sources(batch, files(2))
    claim = claimed(store, batch)
    (second_page,) = store.set_source_info(claim.page_id, SourceInfo("pdf", 2, "aa" * 32))
    after = claimed(store, batch)
    assert after.page_id == second_page.id
    assert (after.inspected, after.page_count, after.sha256) == (True, 2, "aa" * 32)
    assert claimed(store, batch).page_id == two.id
    assert one.id == claim.page_id


def test_an_attempt_counts_unless_stop_was_pressed(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    claim = claimed(store, batch)
    assert store.release_page(claim.page_id, count_attempt=False, token=claim.token)
    assert claimed(store, batch).attempts == 1
    assert store.release_page(claim.page_id, count_attempt=True)
    assert claimed(store, batch).attempts == 2
    assert store.recover(batch) == 1
    assert claimed(store, batch).attempts == 3
    store.read_again(claim.page_id)
    assert claimed(store, batch).attempts == 1


def test_a_claim_that_was_taken_back_changes_nothing(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    stale = claimed(store, batch)
    late = result(stale.ref, receipt(total="1.00"))
    assert store.release_page(stale.page_id, count_attempt=False)
    assert not store.save_result(stale.page_id, late, stale.token)
    assert not store.save_result(stale.page_id, late), "without a token the page must at least be read"

    fresh = claimed(store, batch)
    assert fresh.attempts == stale.attempts
    assert not store.save_result(stale.page_id, late, stale.token)
    assert not store.release_page(stale.page_id, count_attempt=False, token=stale.token)
    assert store.receipt_rows(batch) == ()
    assert store.save_result(fresh.page_id, result(fresh.ref, receipt(total="2.00")), fresh.token)
    assert not store.save_result(fresh.page_id, late, fresh.token), "a result is kept once"
    assert store.receipt_rows(batch)[0].values["total"].value == "2.00"


def test_reading_again_ends_the_reading_in_flight(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    stale = claimed(store, batch)
    store.read_again(stale.page_id, BY_HAND)
    assert not store.save_result(stale.page_id, result(stale.ref), stale.token)
    fresh = claimed(store, batch)
    assert (fresh.prepare, fresh.attempts) == (BY_HAND, 1)


def test_reading_again_looks_at_the_file_again_and_a_second_attempt_does_not(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    first = claimed(store, batch)
    store.set_source_info(first.page_id, SourceInfo("png", 1, "aa" * 32))
    store.release_page(first.page_id, count_attempt=True)
    second = claimed(store, batch)
    assert (second.inspected, second.page_count) == (True, 1)
    store.read_again(first.page_id)
    again = claimed(store, batch)
    assert (again.inspected, again.page_count, again.sha256) == (False, 1, "aa" * 32)


def test_a_page_of_a_deleted_batch_is_quietly_dropped(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    claim = claimed(store, batch)
    store.delete_batch(batch)
    assert not store.save_result(claim.page_id, result(claim.ref), claim.token)
    assert store.claim_page(batch) is None
    assert store.page_result(claim.page_id) is None


def test_threads_share_a_queue_without_reading_a_page_twice(path: Path, store: Store, batch: int) -> None:
    store.add_sources(batch, files(60))
    seen: list[int] = []

    def work() -> None:
        with Store(path) as mine:
            while (claim := mine.claim_page(batch)) is not None:
                assert mine.save_result(claim.page_id, result(claim.ref), claim.token)
                seen.append(claim.page_id)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [row.id for row in store.page_rows(batch)]


def test_a_finished_page_is_not_handed_out_again(store: Store, batch: int) -> None:
    store.add_sources(batch, files(1))
    read_page(store, batch)
    assert store.recover(batch) == 0
    assert store.claim_page(batch) is None


def test_the_queue_is_read_by_its_index(path: Path, store: Store) -> None:
    db = sqlite3.connect(path)
    query = "SELECT id FROM page WHERE batch_id = 1 AND state = 'waiting' ORDER BY position, number LIMIT 1"
    plan = " ".join(step[3] for step in db.execute(f"EXPLAIN QUERY PLAN {query}"))
    db.close()
    assert "page_queue" in plan
    assert "TEMP B-TREE" not in plan, "ten thousand waiting pages would be sorted for every claim"
