"""The folders of a user: for the owner's eyes only, whatever was there before."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from paddlescan.paths import Paths

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def home_paths(home: Path) -> Paths:
    return Paths(home / "config", home / "data", home / "cache", home / "logs")


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_new_folders_are_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        home_paths(tmp_path / "new" / "home").make()
    finally:
        os.umask(before)
    made = [tmp_path / "new", *(tmp_path / "new").rglob("*")]
    assert len(made) == 7
    assert {mode(folder) for folder in made} == {0o700}


def test_folders_that_others_could_read_are_narrowed_and_those_above_are_left(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    paths = home_paths(shared)
    for folder in (shared, paths.config, paths.data, paths.cache, paths.thumbnails, paths.pasted, paths.templates):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o775)
    paths.make()
    assert mode(shared) == 0o775
    assert {mode(folder) for folder in shared.rglob("*")} == {0o700}


def test_a_folder_behind_a_link_is_narrowed_not_replaced(tmp_path: Path) -> None:
    real = tmp_path / "other disk"
    real.mkdir(mode=0o755)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "data").symlink_to(real)
    home_paths(tmp_path / "home").make()
    assert (tmp_path / "home" / "data").is_symlink()
    assert mode(real) == 0o700


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="a folder of another user's wants root")
def test_a_folder_of_another_user_is_not_touched(tmp_path: Path) -> None:
    theirs = tmp_path / "data"
    theirs.mkdir(mode=0o755)
    subprocess.run(["chown", "nobody", str(theirs)], check=True)
    home_paths(tmp_path).make()
    assert mode(theirs) == 0o755
