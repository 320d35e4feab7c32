"""A folder that somebody made to hurt: every entry is a page, or a row with a reason; nothing blocks."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from paddlescan.document import Limits, SourceFile
from paddlescan.errors import PaddleScanError
from paddlescan.imaging.files import open_source
from paddlescan.imaging.loading import inspect_source
from paddlescan.paths import Paths
from paddlescan.pipeline.intake import IntakeProblem, walk
from tests.e2e.conftest import CommandLine
from tests.faults.poison import STEERING, file_names
from tests.gui.window_rooms import Rooms, all_read, sample
from tests.samples.containers import drawn_files

GOOD = sample("cafe.jpg")
CAN_MAKE_DEVICES = hasattr(os, "mknod") and os.geteuid() == 0


@pytest.fixture
def hostile() -> Iterator[Path]:
    """The folder, below a short path, because some of its own are long."""
    place = Path("/tmp") / f"hostile-{os.getpid()}"
    place.mkdir()
    yield place
    shutil.rmtree(place, ignore_errors=True)


def make(folder: Path) -> dict[str, str]:
    """One of everything but what wants root; what becomes of each, by its name below the folder: `page` or a code."""
    becomes = {"good.jpg": "page", "zz hard link.jpg": "page", "zz link to a page.jpg": "page"}
    shutil.copy(GOOD, folder / "good.jpg")
    os.link(folder / "good.jpg", folder / "zz hard link.jpg")
    (folder / "zz link to a page.jpg").symlink_to(GOOD)
    (folder / "loop").symlink_to(folder)
    (folder / "self.jpg").symlink_to("self.jpg")
    (folder / "nothing.pdf").symlink_to("/nowhere/at all.pdf")
    (folder / "zeros.png").symlink_to("/dev/zero")
    (folder / "entropy.tif").symlink_to("/dev/urandom")
    (folder / "terminal.jpg").symlink_to("/dev/tty")
    (folder / "maps.jpg").symlink_to("/proc/self/maps")  # says that it is empty, and is not
    (folder / "empty.pdf").touch()
    os.mkfifo(folder / "pipe.jpg")
    with socket.socket(socket.AF_UNIX) as there, suppress(OSError):
        there.bind(str(folder / "socket.jpg"))
    for name in ("sparse.jpg", "sparse.pdf"):
        with (folder / name).open("wb") as file:
            file.truncate(10 << 30)
    becomes |= {
        "self.jpg": "unreadable_file",
        "nothing.pdf": "file_vanished",
        "zeros.png": "unsupported_format",
        "entropy.tif": "unsupported_format",
        "terminal.jpg": "unsupported_format",
        "maps.jpg": "unreadable_file",
        "empty.pdf": "empty_file",
        "pipe.jpg": "unsupported_format",
        "socket.jpg": "unsupported_format",
        "sparse.jpg": "too_large",
        "sparse.pdf": "too_large",
    }
    return becomes


def name_in(folder: Path, name: str) -> str:
    return f"{folder.name}/{name}"


def tried(item: SourceFile | IntakeProblem) -> str:
    """What becomes of an entry when it is opened."""
    if isinstance(item, IntakeProblem):
        assert item.failure.message
        assert item.failure.remedy
        return item.failure.code
    try:
        with open_source(item) as file:
            inspect_source(file, item.name, Limits())
    except PaddleScanError as error:
        return error.code
    return "page"


def test_every_entry_is_a_page_or_says_why_not(hostile: Path) -> None:
    wanted = make(hostile)
    if CAN_MAKE_DEVICES:
        os.mknod(hostile / "character.jpg", stat.S_IFCHR | 0o666, os.makedev(1, 5))
        os.mknod(hostile / "block.jpg", stat.S_IFBLK | 0o666, os.makedev(7, 250))
        wanted |= {"character.jpg": "unsupported_format", "block.jpg": "unsupported_format"}
    found = {item.name: tried(item) for item in walk([hostile])}
    assert found == {name_in(hostile, name): code for name, code in wanted.items()}


def test_names_of_any_bytes_are_rows_in_one_line(hostile: Path) -> None:
    made = [hostile / os.fsdecode(raw) for raw in file_names()]
    for path in made:
        path.write_bytes(b"x")
    assert len(made) > 50
    found = list(walk([hostile]))
    assert {item.path for item in found if isinstance(item, SourceFile)} == {str(path) for path in made}
    assert not any(STEERING & set(item.name) or "\n" in item.name for item in found)
    assert {tried(item) for item in found} == {"unsupported_format"}


def test_folders_deeper_than_any_path_are_a_row(hostile: Path) -> None:
    here = os.open(hostile, os.O_RDONLY)
    for _ in range(30):  # longer together than a path may be
        os.mkdir("d" * 200, dir_fd=here)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=here)
        os.close(os.open("a.jpg", os.O_CREAT, dir_fd=below))
        os.close(here)
        here = below
    os.close(here)
    (hostile / "z.jpg").write_bytes(b"x")
    found = list(walk([hostile]))
    assert found[-1].name == name_in(hostile, "z.jpg")
    problems = [item.failure.code for item in found if isinstance(item, IntakeProblem)]
    assert problems == ["unreadable_file"]


def test_links_that_breed_are_walked_once(hostile: Path) -> None:
    """Ten folders, each with ten links to all of them: ten thousand million ways, ten folders."""
    for n in range(10):
        (hostile / f"f{n}").mkdir()
        (hostile / f"f{n}" / "a.jpg").touch()
    for n in range(10):
        for m in range(10):
            (hostile / f"f{n}" / f"to {m}").symlink_to(hostile / f"f{m}")
    assert len(list(walk([hostile]))) == 10


def test_a_folder_that_grows_while_it_is_walked_comes_to_an_end(hostile: Path) -> None:
    for n in range(200):
        (hostile / f"{n}.jpg").touch()
    over = threading.Event()

    def grow() -> None:
        number = 0
        while not over.is_set() and number < 20_000:
            (hostile / f"new {number}.jpg").touch()
            (hostile / f"new {number}").mkdir()
            number += 1

    thread = threading.Thread(target=grow)
    thread.start()
    try:
        found = {item.name for item in walk([hostile])}
    finally:
        over.set()
        thread.join()
    assert {name_in(hostile, f"{n}.jpg") for n in range(200)} <= found


def test_what_vanishes_or_becomes_a_pipe_between_the_walk_and_the_opening(hostile: Path) -> None:
    for name in ("a.png", "b.png", "c.png"):
        (hostile / name).write_bytes(drawn_files()["rgb.png"])
    first, second, third = walk([hostile])
    (hostile / "a.png").unlink()
    (hostile / "b.png").unlink()
    os.mkfifo(hostile / "b.png")
    (hostile / "c.png").unlink()
    (hostile / "c.png").symlink_to("/dev/zero")
    assert [tried(item) for item in (first, second, third)] == [
        "file_vanished",
        "unsupported_format",
        "unsupported_format",
    ]


@pytest.mark.slow
def test_the_command_line_reads_what_is_good_and_says_why_of_the_rest(hostile: Path, tmp_path: Path) -> None:
    paddlescan, wanted = CommandLine(tmp_path / "home"), make(hostile)
    names = ["=cmd|' C calc'!A0.jpg", "x⁄..⁄..⁄x.jpg", "\x1b[31m\u202e.jpg", "<img src=x>.jpg"]
    for name in names:
        (hostile / name).write_bytes(b"no picture")
    done = paddlescan("scan", hostile, "--json", tmp_path / "o.json", "--csv", tmp_path / "o.csv", "--lang", "zh")
    assert done.returncode == 1, done.stderr
    assert not (STEERING - {"\r"}) & set(done.stderr)
    pages = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))["pages"]
    found = {page["source"]: (page["error"] or {"code": "page"})["code"] for page in pages}
    assert len(found) == len(wanted) + len(names)
    assert {name: found[name_in(hostile, name)] for name in wanted} == wanted
    assert list((tmp_path / "home").rglob("paddlescan-*")) == []


@pytest.mark.long
@pytest.mark.slow
def test_the_window_shows_a_row_for_each_and_lives(hostile: Path, tmp_path: Path, qtbot: QtBot) -> None:
    home, wanted = tmp_path / "home", make(hostile)
    paths = Paths(home / "config", home / "data", home / "cache", home / "logs").make()
    rooms = Rooms(paths, qtbot)
    window = rooms.open()
    window.workplace.controller.add_paths([str(hostile)])
    qtbot.waitUntil(lambda: window.workplace.controller.pages.rowCount() == len(wanted), timeout=60_000)
    qtbot.waitUntil(lambda: all_read(window), timeout=120_000)
    rows = window.workplace.controller.pages.pages()
    found = {row.ref.source.name: row.failure.code if row.failure else "page" for row in rows}
    assert found == {name_in(hostile, name): code for name, code in wanted.items()}
    assert rooms.close()
