"""Folders that cannot be made because a disk is full: it is told as that, and made when there is room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from paddlescan.errors import DiskFull
from paddlescan.export.renaming import copy_renamed
from paddlescan.export.template_files import Templates, default_template
from paddlescan.gui.kept_files import KeptFiles
from paddlescan.paths import Paths
from paddlescan.settings import Settings, save_settings
from paddlescan.words import error_sentence
from tests.e2e.conftest import SAMPLES, CommandLine
from tests.faults.disks import SmallDisk


def a_persons(folder: Path) -> None:
    home = folder.parent
    Paths(home / folder.name, home / "data", home / "cache", home / "logs").make()


def settings(folder: Path) -> None:
    save_settings(folder / "settings.json", Settings())


def what_was_dropped(folder: Path) -> None:
    kept = KeptFiles(folder, tuple[str, ...])
    kept.write(kept.new(), ("/inbox",))
    kept.let_go()


def a_template(folder: Path) -> None:
    Templates(folder).save(replace(default_template(), name="Ours", titles=()))


def copies(folder: Path) -> None:
    copy_renamed((), folder)


@pytest.mark.parametrize("make", [a_persons, settings, what_was_dropped, a_template, copies])
def test_a_folder_that_finds_no_room_is_told_as_a_full_disk(make: Callable[[Path], None], disk: SmallDisk) -> None:
    folder = disk.path / "of ours"
    disk.fill()
    with pytest.raises(DiskFull) as told:
        make(folder)
    assert error_sentence(told.value.failure, "en")[0] == (
        f"The disk is full: of ours could not be saved in {disk.path}."
    )
    assert not folder.exists()
    disk.make_room()
    make(folder)
    assert folder.is_dir()


def test_prepared_pages_that_find_no_room_for_their_folder_are_told(paddlescan: CommandLine, disk: SmallDisk) -> None:
    disk.fill()
    done = paddlescan("prepare", SAMPLES / "cafe.jpg", disk.path / "pages")
    assert done.stderr.splitlines() == [
        f"The disk is full: pages could not be saved in {disk.path}. "
        "Make room on that disk, then try again; what was read is kept, and what was typed is saved when there is room."
    ]
    assert done.returncode == 3
