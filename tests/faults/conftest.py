"""What the fault tests share: a disk that can run full and vanish, and a window whose home lies on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.gui.shared import speak
from paddlescan.paths import Paths
from tests.e2e.conftest import CommandLine
from tests.faults.disks import SmallDisk, small_disk
from tests.gui.window_rooms import Rooms


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "mounted") as made:
        yield made


@pytest.fixture
def home(disk: SmallDisk) -> Paths:
    """The folders of a person, all on the small disk."""
    root = disk.path / "home"
    return Paths(root / "config", root / "data", root / "cache", root / "logs").make()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """The folders of a person, on the disk of the tests."""
    root = tmp_path / "home"
    return Paths(root / "config", root / "data", root / "cache", root / "logs").make()


@pytest.fixture
def rooms(home: Paths, qtbot: QtBot, qapp: QApplication) -> Iterator[Rooms]:
    """Windows over that home."""
    speak(qapp, "en")
    made = Rooms(home, qtbot)
    yield made
    made.close()


@pytest.fixture
def paddlescan(tmp_path: Path) -> CommandLine:
    """The command line with an empty home."""
    return CommandLine(tmp_path / "home")
