"""Removing what a child left: whatever it looks like, nothing stays, nothing else goes, and nothing is raised."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from paddlescan.held import remove_folder
from tests.conftest import ROOT

if sys.platform == "win32":
    pytest.skip("rights and depths of POSIX", allow_module_level=True)

UNREADABLE = """
import os, sys, tempfile
from pathlib import Path
from paddlescan.held import remove_folder, remove_unheld

if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
for remove in (remove_folder, lambda folder: remove_unheld(folder, folder)):
    root = Path(tempfile.mkdtemp())
    for name, mode in (("dark", 0o300), ("firm", 0o500), ("shut", 0)):
        (root / "deep" / name).mkdir(parents=True)
        (root / "deep" / name / "file").touch()
        (root / "deep" / name).chmod(mode)
    (root / "deep").chmod(0o300)
    root.chmod(0o300)
    assert remove(root), "something stays"
    assert not os.path.lexists(root)
"""


def burrow(folder: Path, depth: int) -> None:
    here = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d" * 100, dir_fd=here)
        deeper = os.open("d" * 100, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(os.open("file", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)


def test_a_tree_deeper_than_any_path_or_recursion_goes(tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    burrow(top, 3000)
    (top / "1-moved").touch()
    assert remove_folder(top)
    assert not top.exists()


def test_many_files_go(tmp_path: Path) -> None:
    top = tmp_path / "top"
    for name in ("a", "b"):
        (top / name).mkdir(parents=True)
        for number in range(1200):
            (top / name / f"{number}").touch()
    assert remove_folder(top)
    assert not top.exists()


def test_links_go_and_what_they_lead_to_stays(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").touch()
    kept.chmod(0o500)
    top = tmp_path / "top"
    (top / "inside").mkdir(parents=True)
    (top / "link").symlink_to(kept)
    (top / "inside" / "link").symlink_to(kept / "file")
    (top / "inside" / "nowhere").symlink_to("/nowhere")
    assert remove_folder(top)
    assert not top.exists()
    assert (kept / "file").exists()
    assert kept.stat().st_mode & 0o777 == 0o500
    (tmp_path / "top").symlink_to(kept)
    assert not remove_folder(tmp_path / "top")
    assert (kept / "file").exists()
    kept.chmod(0o700)


def test_folders_that_their_owner_may_not_list_go(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": "/tmp"}
    command = [sys.executable, "-c", UNREADABLE]
    done = subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_what_is_not_there_is_no_error(tmp_path: Path) -> None:
    assert not remove_folder(tmp_path / "nothing")
