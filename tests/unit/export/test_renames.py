"""A name that must be free, given in one step."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from paddlescan.export.renames import rename_to_new

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the call is Linux's")


def test_a_free_name_is_given(tmp_path: Path) -> None:
    part, target = tmp_path / "part", tmp_path / "报销.csv"
    part.write_bytes(b"whole")
    assert rename_to_new(part, target)
    assert target.read_bytes() == b"whole"
    assert not part.exists()


def test_a_name_that_is_taken_is_not_replaced(tmp_path: Path) -> None:
    part, target = tmp_path / "part", tmp_path / "o.csv"
    part.write_bytes(b"new")
    target.write_bytes(b"there")
    with pytest.raises(FileExistsError):
        rename_to_new(part, target)
    assert target.read_bytes() == b"there"
    assert part.read_bytes() == b"new"


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        rename_to_new(tmp_path / "gone", tmp_path / "o.csv")
