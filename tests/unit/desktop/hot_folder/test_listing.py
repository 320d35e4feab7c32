"""What of a folder is looked at."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from paddlescan.desktop.hot_folder.listing import is_wanted, list_folder
from paddlescan.errors import WatchedFolderGone

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")


@pytest.mark.parametrize(
    "name",
    ["a.jpg.part", "a.jpg.crdownload", "a.jpg.tmp", "a.jpg~", ".a.jpg", "~$a.pdf", "a.txt", "jpg", ".jpg", "~a.pdf"],
)
def test_what_is_half_made_or_hidden_or_no_page_is_left_alone(name: str) -> None:
    assert not is_wanted(name)


@pytest.mark.parametrize("name", ["a.jpg", "a.b.PDF", "收据 1.png", "a~1.tif", "x.tmp.jpg"])
def test_pages_are_wanted(name: str) -> None:
    assert is_wanted(name)


def names(folder: Path, deep: bool = False, *leave_out: Path) -> list[str]:
    return [seen.name for seen in list_folder(folder, deep, leave_out).files]


def test_in_the_order_a_person_expects_and_below_only_if_told(tmp_path: Path) -> None:
    for name in ("10.png", "2.png", "sub/1.png", "sub/deeper/a.png", "read/0.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    own = tmp_path.name
    assert names(tmp_path) == [f"{own}/2.png", f"{own}/10.png"]
    below = [f"{own}/sub/1.png", f"{own}/sub/deeper/a.png"]
    assert names(tmp_path, True, tmp_path / "read") == [f"{own}/2.png", f"{own}/10.png", *below]


@posix
def test_links_pipes_and_devices_are_no_pages(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.png").touch()
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "way out").symlink_to(outside)
    (folder / "link.png").symlink_to(outside / "secret.png")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.png")
    assert names(folder, True) == []


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may look into every folder")
def test_of_a_folder_that_may_not_be_looked_into_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut" / "a.png").touch()
    (tmp_path / "shut").chmod(0)
    try:
        found = list_folder(tmp_path, True)
    finally:
        (tmp_path / "shut").chmod(0o700)
    assert not found.knows_of(os.fsencode(tmp_path / "shut" / "a.png"))
    assert found.knows_of(os.fsencode(tmp_path / "shut.png"))
    assert [failure.code for failure in found.denied()] == ["no_permission"]


def test_a_folder_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(WatchedFolderGone):
        list_folder(tmp_path / "nowhere", False)
    (tmp_path / "file").touch()
    with pytest.raises(WatchedFolderGone):
        list_folder(tmp_path / "file", False)
