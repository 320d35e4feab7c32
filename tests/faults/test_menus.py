"""Entries for file managers on bad ground: a disk that is full or read-only, a damaged list. One trouble, one line."""

from __future__ import annotations

import sys

import pytest

from tests.e2e.conftest import CommandLine
from tests.faults.disks import SmallDisk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the file managers of Linux")


def test_trouble_with_one_file_manager_keeps_no_other_from_its_entries(
    paddlescan: CommandLine, disk: SmallDisk
) -> None:
    home = disk.path / "home"
    own = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "XDG_DATA_HOME": str(home / "data")}
    own |= {"XDG_DATA_DIRS": "/nowhere", "XDG_CONFIG_DIRS": "/nowhere"}
    broken = home / "config" / "Thunar" / "uca.xml"
    broken.parent.mkdir(parents=True)
    broken.write_text("<actions><action>")

    done = paddlescan("menu", "install", "nemo", "thunar", "dolphin", **own)
    assert done.returncode == 1
    assert done.stdout.splitlines() == ["Nemo\tinstalled", "Dolphin\tinstalled"]
    assert f"Thunar: {broken} is damaged, so it was left as it is." in done.stderr
    assert broken.read_text() == "<actions><action>"

    broken.write_text("<actions></actions>")
    disk.write_protect()
    done = paddlescan("menu", "remove", "nemo", **own)
    assert done.returncode == 1
    assert "Nemo: " in done.stderr
    assert "could not be changed" in done.stderr
    done = paddlescan("menu", "install", "thunar", **own)
    assert done.returncode == 1
    assert "read-only" in done.stderr
    disk.allow_writing()

    assert paddlescan("menu", "remove", "nemo", **own).returncode == 0
    disk.fill()
    done = paddlescan("menu", "install", "nemo", "thunar", **own)
    assert done.returncode == 1
    assert done.stderr.count("The disk is full") == 2
    assert broken.read_text() == "<actions></actions>"
    disk.make_room()
    done = paddlescan("menu", "install", "nemo", "thunar", **own)
    assert (done.returncode, done.stdout) == (0, "Nemo\tinstalled\nThunar\tinstalled\n")
