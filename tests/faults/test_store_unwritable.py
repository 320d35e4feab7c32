"""A folder that may not be written, or is none."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from paddlescan.errors import StoreUnwritable
from paddlescan.store import Store
from tests.conftest import ROOT

NOBODY = 65534


def attempt(path: Path) -> None:
    """Make a store, as somebody whom modes bind: root they do not."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        with Store(path) as store:
            store.create_batch()
        print("written")
    except StoreUnwritable as error:
        print(error.code, str(path.parent) in error.remedy)


def outcome(path: Path) -> str:
    command = [sys.executable, "-m", "tests.faults.test_store_unwritable", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_a_read_only_folder_is_told() -> None:
    with tempfile.TemporaryDirectory() as outer:  # not tmp_path: only root may enter that
        Path(outer).chmod(0o755)
        folder = Path(outer, "data")
        folder.mkdir()
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        assert outcome(folder / "receipts.db") == "written"
        folder.chmod(0o500)
        assert outcome(folder / "new.db") == "store_unwritable True"
        (folder / "receipts.db").chmod(0o400)
        assert outcome(folder / "receipts.db") == "store_unwritable True"
        folder.chmod(0o700)


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(StoreUnwritable) as told:
        Store(tmp_path / "data" / "receipts.db")
    assert str(tmp_path / "data") in told.value.remedy


def test_a_store_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "receipts.db").mkdir()
    with pytest.raises(StoreUnwritable):
        Store(tmp_path / "receipts.db")


if __name__ == "__main__":
    attempt(Path(sys.argv[1]))
