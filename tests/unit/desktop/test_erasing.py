from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from paddlescan.desktop.erasing import erase, kept, size_of
from paddlescan.paths import Paths
from tests.faults.disks import unchangeable


@pytest.fixture
def full(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path / "config", tmp_path / "data", tmp_path / "cache", tmp_path / "logs").make()
    for folder in (paths.pasted, paths.scanned, paths.thumbnails, paths.data / "receipts.sqlite.drops"):
        folder.mkdir()
    for file in (
        *(paths.store, paths.data / "receipts.sqlite-wal", paths.data / "receipts.sqlite.batch-1.lock"),
        *(paths.pasted / "p.png", paths.thumbnails / "t.png", paths.logs / "window.log", paths.logs / "window.log.1"),
        paths.scanned / "scan-1.png",
        *(paths.settings, paths.config / "settings.damaged", paths.data / "receipts.sqlite.drops" / "1.json"),
    ):
        file.write_bytes(b"12345")
    return paths


def test_all_that_paddlescan_made_goes_and_nothing_else(full: Paths) -> None:
    others = [full.data / "my thesis.odt", full.config / "patterns" / "labels.yaml", full.logs / "diary.txt"]
    for file in others:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"mine")
    assert size_of(full) == 11 * 5
    assert erase(full) == ()
    assert list(kept(full)) == []
    left = sorted(file for root in (full.config, full.data, full.cache, full.logs) for file in root.rglob("*.*"))
    assert left == sorted(others)


def test_erasing_nothing_is_no_trouble(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "a", tmp_path / "b", tmp_path / "c", tmp_path / "d")
    assert size_of(paths) == 0
    assert erase(paths) == ()


def test_what_cannot_be_erased_is_said_to_root_too(full: Paths) -> None:
    thumbnail = full.thumbnails / "t.png"
    with unchangeable(full.store, full.logs, thumbnail):
        left = erase(full)
        assert {file.name for file in left} == {full.store.name, "window.log", "window.log.1", full.thumbnails.name}
        assert thumbnail.exists()
    assert erase(full) == ()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="modes do not bind root, nor Windows")
def test_what_cannot_be_erased_is_said(full: Paths) -> None:
    full.logs.chmod(0o500)
    try:
        assert {file.name for file in erase(full)} == {"window.log", "window.log.1"}
    finally:
        full.logs.chmod(0o700)


def test_a_folder_behind_a_link_is_not_emptied(full: Paths, tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    (pictures / "holiday.jpg").write_bytes(b"sun")
    full.pasted.joinpath("p.png").unlink()
    full.pasted.rmdir()
    full.pasted.symlink_to(pictures)
    assert erase(full) == ()
    assert (pictures / "holiday.jpg").exists()
