"""Source files that vanish, shrink or change: their pages say so, the rest goes on, and they can be read later."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from paddlescan.document import PageRef, SourceFile
from paddlescan.errors import DiskFull, Failure, PaddleScanError
from paddlescan.paths import Paths
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.resources_dir import resource
from paddlescan.words import error_sentence
from tests.faults.disks import SmallDisk
from tests.gui.window_rooms import Rooms, all_read

PATIENCE_MS = 120_000
NAMES = ("cafe.jpg", "hotel.jpg", "餐饮小票.jpg")


@pytest.mark.long
def test_a_folder_that_vanishes_under_a_batch_leaves_the_rest_and_is_read_when_it_is_back(
    paths: Paths, disk: SmallDisk, tmp_path: Path, qtbot: QtBot
) -> None:
    """With the real engine. The stick is pulled out after the first page; one file lies on another disk."""
    rooms = Rooms(paths, qtbot)
    window = rooms.open()
    controller = window.workplace.controller
    for name in NAMES:
        shutil.copy(resource("samples", name), disk.path / name)
    shutil.copy(resource("samples", "cafe.jpg"), tmp_path / "last.jpg")
    gone: list[int] = []

    def pull_out(page: int, state: str) -> None:
        if state in ("done", "needs_review") and not gone:
            gone.append(page)
            disk.vanish()

    controller.page_changed.connect(pull_out)
    controller.add_paths([*(str(disk.path / name) for name in NAMES), str(tmp_path / "last.jpg")])
    qtbot.waitUntil(lambda: controller.pages.rowCount() == 4 and all_read(window), timeout=PATIENCE_MS)
    rows = list(controller.pages.pages())
    codes = [row.failure.code if row.failure else "" for row in rows]
    assert codes[0] == codes[3] == ""
    assert codes[2] == "file_vanished"
    assert codes[1] in ("", "file_vanished")  # it was in hand
    failure = rows[2].failure
    assert isinstance(failure, Failure)
    assert error_sentence(failure, "en") == (
        "餐饮小票.jpg is no longer there.",
        "Put it back where it was, or add it from its new place.",
    )
    assert error_sentence(failure, "zh") == ("餐饮小票.jpg 已不在原来的位置。", "请放回原处，或从新位置重新添加。")
    disk.come_back()
    controller.read_failed()
    qtbot.waitUntil(lambda: not controller.pages.counts["failed"] and all_read(window), timeout=PATIENCE_MS)
    assert controller.pages.counts["done"] + controller.pages.counts["needs_review"] == 4
    assert rooms.close()


def hinder(file: Path, what: str) -> None:
    """Let something become of a file after it was dropped."""
    whole = file.read_bytes()
    file.unlink()
    match what:
        case "is emptied":
            file.write_bytes(b"")
        case "is cut":
            file.write_bytes(whole[:5_000])
        case "becomes a folder":
            file.mkdir()
        case "becomes something else":
            file.write_bytes(bytes(5_000))


TOLD = {
    "vanishes": "{file} is no longer there. Put it back where it was, or add it from its new place.",
    "is emptied": "{file} is empty. Scan or copy it again; the last copy was not finished.",
    "is cut": "{file} is incomplete: its end is missing. Copy or scan it again; the last copy was not finished.",
    "becomes a folder": "{file} is not a kind of file that PaddleScan reads. Save it as PDF, JPEG or PNG and add that.",
    "becomes something else": "{file} is not a kind of file that PaddleScan reads. "
    "Save it as PDF, JPEG or PNG and add that.",
}


def test_what_became_of_a_file_is_told_and_so_is_a_full_scratch(disk: SmallDisk, tmp_path: Path) -> None:
    """One child lives through all of it."""
    light = LightProcess(scratch_root=disk.path)
    try:
        for what, words in TOLD.items():
            file = tmp_path / f"{what}.jpg"
            shutil.copy(resource("samples", "cafe.jpg"), file)
            source = SourceFile.at(file)
            assert light.thumbnail(PageRef(source, 1, 1), 100).width
            hinder(file, what)
            with pytest.raises(PaddleScanError) as told:
                light.thumbnail(PageRef(source, 1, 1), 100)
            assert str(told.value) == words.format(file=file.name), what
        source = SourceFile.at(resource("samples", "hotel.jpg"))
        disk.fill()
        with pytest.raises(DiskFull) as full:
            light.thumbnail(PageRef(source, 1, 1), 100)
        assert full.value.message == "The disk is full: temporary files could not be saved."
        disk.make_room()
        assert light.thumbnail(PageRef(source, 1, 1), 100).width
        assert light.starts == 1
    finally:
        light.stop()
