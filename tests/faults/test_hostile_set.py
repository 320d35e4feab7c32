"""The hostile set, and files that would be large, long or without end, through the whole program: each is a row."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from pytestqt.qtbot import QtBot

from paddlescan.document import Language
from paddlescan.errors import Failure
from paddlescan.paths import Paths
from paddlescan.words import error_sentence
from tests.e2e.conftest import CommandLine
from tests.faults.bombs import BOMBS
from tests.faults.bombs_wrapped import WRAPPED
from tests.gui.window_rooms import Rooms, all_read, sample

pytestmark = pytest.mark.long

GOOD = "zz good.jpg"
MOST_MEMORY = 1600 << 20
"""Resident bytes of any process: the supervisor's ceiling, and what is taken between two looks."""
LANGUAGES: tuple[Language, ...] = ("en", "zh")
QUICK = (
    *("png_of_3600_megapixels", "png_with_a_novel", "gif_of_4295_megapixels", "tiff_with_a_loop"),
    *("pdf_that_claims_two_billion_pages", "pdf_with_a_picture_of_3600_megapixels", "pdf_nested_without_end"),
)
"""Of the drawn ones: every kind, none of those that are ended by their deadline."""


def names_of(folder: Path) -> set[str]:
    return {f"{folder.name}/{path.name}" for path in folder.iterdir()}


def watched(command: CommandLine, *arguments: str | Path) -> tuple[int, int, str]:
    """The exit status of a command, the most memory that one of its processes took, and its standard error."""
    process, most = command.start(*arguments), 0
    family = psutil.Process(process.pid)
    while process.poll() is None:
        for one in (family, *_children(family)):
            try:
                most = max(most, one.memory_info().rss)
            except psutil.Error:
                continue
        time.sleep(0.1)
    return process.returncode, most, process.communicate()[1]


def _children(family: psutil.Process) -> list[psutil.Process]:
    try:
        return family.children(recursive=True)
    except psutil.Error:
        return []


def check_rows(pages: list[dict[str, Any]], folder: Path) -> None:
    """Every file has a row; a failed one says what happened and what to do, in both languages."""
    assert {page["source"] for page in pages} == names_of(folder)
    for page in pages:
        if page["error"] is None:
            assert page["status"] in ("done", "needs_review")
            continue
        assert page["error"]["code"] != "internal", page["source"]
        assert page["error"]["message"]
        assert page["error"]["remedy"]
        failure = Failure(page["error"]["code"], (("file", page["source"]), ("detail", "")))
        assert all(all(error_sentence(failure, language)) for language in LANGUAGES)
    (good,) = [page for page in pages if page["source"].endswith(GOOD)]
    assert good["fields"]["total"]["value"] == "42.40"


def scanned(folder: Path, tmp_path: Path) -> list[dict[str, Any]]:
    command = CommandLine(tmp_path / "home")
    status, most, said = watched(command, "scan", folder, "--json", tmp_path / "o.json", "--workers", "1", "--quiet")
    assert status == 1, said
    assert most < MOST_MEMORY
    assert list((tmp_path / "home").rglob("paddlescan-*")) == [], "something is left in scratch"
    pages: list[dict[str, Any]] = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))["pages"]
    return pages


@pytest.mark.timeout(900)
@pytest.mark.real_data
def test_the_hostile_set_through_the_command_line(receipts: Path, tmp_path: Path) -> None:
    folder = tmp_path / "nasty"
    shutil.copytree(receipts / "nasty", folder)
    shutil.copy(sample("cafe.jpg"), folder / GOOD)
    for other in [path for path in folder.iterdir() if path.suffix == ".md"]:
        other.unlink()
    check_rows(scanned(folder, tmp_path), folder)


@pytest.mark.timeout(900)
def test_bombs_through_the_command_line(tmp_path: Path) -> None:
    folder = tmp_path / "bombs"
    folder.mkdir()
    for name in QUICK:
        (folder / f"{name}.{name.split('_')[0]}").write_bytes(BOMBS[name]())
    for name in [name for name in WRAPPED if name.startswith(("ofd_that", "gif", "jp2", "xml_of_a"))]:
        (folder / f"{name}.{name.split('_')[0]}").write_bytes(WRAPPED[name]())
    shutil.copy(sample("cafe.jpg"), folder / GOOD)
    pages = scanned(folder, tmp_path)
    check_rows([page for page in pages if page["page"] == 1], folder)


@pytest.mark.timeout(900)
@pytest.mark.real_data
def test_the_hostile_set_through_the_window(receipts: Path, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "nasty"
    folder.mkdir()
    for path in sorted((receipts / "nasty").iterdir())[::4]:
        shutil.copy(path, folder / path.name)
    shutil.copy(sample("cafe.jpg"), folder / GOOD)
    home = tmp_path / "home"
    paths = Paths(home / "config", home / "data", home / "cache", home / "logs").make()
    rooms = Rooms(paths, qtbot)
    window = rooms.open()
    window.workplace.controller.add_paths([str(folder)])
    wanted = names_of(folder) - {f"nasty/{path.name}" for path in folder.glob("*.md")}
    pages = window.workplace.controller.pages
    qtbot.waitUntil(lambda: {row.ref.source.name for row in pages.pages()} == wanted, timeout=60_000)
    qtbot.waitUntil(lambda: all_read(window), timeout=600_000)
    failed = [row for row in pages.pages() if row.failure is not None]
    assert {row.failure.code for row in failed if row.failure} & {"truncated_file", "unreadable_file"}
    assert not [row for row in failed if row.failure and row.failure.code == "internal"]
    assert rooms.close()
