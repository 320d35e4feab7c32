"""A store that is moved away, or replaced, while it is open."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from paddlescan.errors import StoreUnwritable
from paddlescan.store import Store, presence


def test_what_is_open_is_known_until_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "receipts.sqlite"
    assert presence.identity(path) is None
    with Store(path), Store(path):
        assert presence.is_open(path)
    assert not presence.is_open(path)
    assert presence.identity(path)


@pytest.mark.skipif("sys.platform == 'win32'", reason="there an open file cannot be moved")
def test_nothing_is_written_into_a_file_that_lost_its_place_and_no_empty_one_is_made(tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    with Store(data / "receipts.sqlite") as store:
        batch = store.create_batch("before")
        data.rename(elsewhere)
        for _ in range(2):
            with pytest.raises(StoreUnwritable) as told:
                store.rename_batch(batch, "into nothing")
            assert told.value.parameters == {"detail": "it is no longer there", "file": str(data)}
        with pytest.raises(StoreUnwritable):
            Store(data / "receipts.sqlite")
        assert not data.exists()
        elsewhere.rename(data)
        store.rename_batch(batch, "after")
        assert store.summary(batch).name == "after"
    with Store(data / "receipts.sqlite") as store:
        assert store.summary(batch).name == "after"


@pytest.mark.skipif("sys.platform == 'win32'", reason="there an open file cannot be replaced")
def test_a_store_that_was_replaced_is_the_one_that_is_written_to(tmp_path: Path) -> None:
    path, other = tmp_path / "receipts.sqlite", tmp_path / "other.sqlite"
    with Store(path) as store:
        batch = store.create_batch("one")
    shutil.copy(path, other)
    with Store(path) as store:
        other.replace(path)
        store.rename_batch(batch, "written")
    with Store(path) as store:
        assert store.summary(batch).name == "written"
