"""A disk that runs full while a feeder is being emptied."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from paddlescan.desktop.scanner.acquiring import Order, Patience, acquire
from paddlescan.desktop.scanner.listing import list_scanners
from paddlescan.desktop.scanner.options import ask_abilities
from paddlescan.desktop.scanner.program import Stop
from paddlescan.desktop.scanner.wish import Wish
from paddlescan.errors import DiskFull
from tests.faults.disks import SmallDisk
from tests.scanners import FEEDER_PAGES, only_test_scanners

NOW = datetime(2026, 11, 26, 15, 30, 12)
LOW = Wish(resolution=150, colour="grey", kind="feeder", paper="a5")


def test_whole_pages_stay_and_a_full_disk_is_told(
    disk: SmallDisk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = only_test_scanners(tmp_path / "sane", monkeypatch)
    (scanner,) = list_scanners(program, Stop())
    abilities = ask_abilities(program, scanner, Stop())
    assert abilities is not None
    folder = disk.path / "scanned"
    slow = ("--read-delay=yes", "--read-delay-duration=20000")
    order = Order(program, scanner, abilities, LOW, folder, slow, Patience(60.0, 1.0))
    with pytest.raises(DiskFull) as told:
        for one in acquire(order, NOW, Stop()):
            if isinstance(one, Path):
                disk.fill()
    assert str(folder) in told.value.message
    pages = list(folder.iterdir())
    assert 1 <= len(pages) < FEEDER_PAGES  # what was scanned before the disk was full may still be packed
    for page in pages:
        with Image.open(page) as picture:
            picture.load()
    disk.make_room()
    assert sum(isinstance(one, Path) for one in acquire(order, NOW, Stop())) == FEEDER_PAGES
    assert len(list(folder.iterdir())) == len(pages) + FEEDER_PAGES
