from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.desktop.hot_folder.rooms import Room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def moving(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path, move=True)
    yield made
    made.store.close()
