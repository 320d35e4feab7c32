from __future__ import annotations

from pathlib import Path

import pytest

from paddlescan.pipeline.room import COPIES, ENGINE_BYTES, LOG_BYTES, PAGE_BYTES, Room, page_bytes, reserve, room_for
from paddlescan.store import Store
from paddlescan.words import size_words
from tests.unit.store.making import claimed, files, receipt, result


def test_a_store_that_read_little_is_not_believed(tmp_path: Path) -> None:
    with Store(tmp_path / "store.sqlite") as store:
        assert page_bytes(store) == PAGE_BYTES
        room = room_for(store, 10_000, 2, tmp_path / "thumbnails", 0, tmp_path)
    assert room.needed == 10_000 * PAGE_BYTES * COPIES + LOG_BYTES + 2 * ENGINE_BYTES


def test_what_the_store_measured_counts(tmp_path: Path) -> None:
    with Store(tmp_path / "store.sqlite") as store:
        batch = store.create_batch()
        store.add_sources(batch, files(120))
        for _ in range(120):
            claim = claimed(store, batch)
            store.save_result(claim.page_id, result(claim.ref, receipt(merchant="x" * 30_000)), claim.token)
        size, pages = store.size()
        assert pages == 120
        assert page_bytes(store) == size / 120 > 60_000  # the reading, and the fields as they are now


def test_small_pictures_have_a_ceiling(tmp_path: Path) -> None:
    with Store(tmp_path / "store.sqlite") as store:
        few, many = (
            room_for(store, pages, 0, tmp_path, 1_000_000, tmp_path).needed - pages * PAGE_BYTES * COPIES - LOG_BYTES
            for pages in (10, 100_000)
        )
    assert (few, many) == (33_000, 1_000_000)


def test_what_is_worth_a_word() -> None:
    assert not Room(5, 1 << 20, 1 << 30).worth_saying
    assert Room(10_000, 300 << 20, 1 << 40).worth_saying
    assert Room(5, 1 << 20, 1 << 20).worth_saying
    assert not Room(5, 2 << 20, 1 << 20).enough


def test_the_reserve_of_a_small_disk_is_small() -> None:
    assert reserve(16 << 20) == (16 << 20) // 50
    assert reserve(1 << 40) == 32 << 20


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 KB"),
        (850_400, "850 KB"),
        (1_200_000, "1.2 MB"),
        (300_000_000, "300 MB"),
        (2_130_000_000, "2.1 GB"),
        (-5, "0 KB"),
        (3_000_000_000_000, "3.0 TB"),
    ],
)
def test_sizes_in_words(count: int, said: str) -> None:
    assert size_words(count) == said
