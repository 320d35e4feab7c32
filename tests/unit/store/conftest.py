from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from paddlescan.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "receipts.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as opened:
        yield opened


@pytest.fixture
def batch(store: Store) -> int:
    return store.create_batch("March")
