"""Packed files in folders are counted and named, and nothing else is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from paddlescan.desktop.packed import packed_left


def test_nothing_packed_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "invoice.ofd").touch()
    (tmp_path / "zip").touch()
    assert packed_left([str(tmp_path), str(tmp_path / "gone"), "a\0b"]) is None


def test_they_are_counted_in_all_folders_in_order_and_three_are_named(tmp_path: Path) -> None:
    for name in ("one/b.zip", "one/a.TGZ", "two/deep/er/c.7z", "two/d.tar.zst", "two/.hidden/e.zip"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = packed_left([str(tmp_path / "one"), str(tmp_path / "two")])
    assert found is not None
    assert found.parameters == {"count": "4", "file": "a.TGZ, b.zip, d.tar.zst …"}


def test_one_that_was_given_by_itself_is_a_row_and_not_counted(tmp_path: Path) -> None:
    (tmp_path / "a.zip").touch()
    assert packed_left([str(tmp_path / "a.zip")]) is None


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_folder_that_leads_to_itself_is_looked_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.zip").touch()
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    found = packed_left([str(tmp_path)])
    assert found is not None
    assert found.parameters["count"] == "1"


def test_it_stops_when_asked_to(tmp_path: Path) -> None:
    (tmp_path / "a.zip").touch()
    assert packed_left([str(tmp_path)], lambda: True) is None
