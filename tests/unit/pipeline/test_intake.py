from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.document import SourceFile
from paddlescan.pipeline.intake import IntakeProblem, natural_key, walk
from tests.conftest import ROOT
from tests.faults.disks import bound_by_modes


def put(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")


def names(*paths: Path) -> list[str]:
    return [item.name for item in walk(paths)]


def codes(*paths: Path) -> dict[str, str]:
    return {item.name: item.failure.code for item in walk(paths) if isinstance(item, IntakeProblem)}


def test_natural_order_inside_folders(tmp_path: Path) -> None:
    put(tmp_path / "d", "b10.jpg", "b9.JPG", "B2.png", "a.pdf", "m/2.tif", "m/10.tif", "发票3.jpg", "发票12.jpg")
    assert names(tmp_path / "d") == [
        "d/a.pdf",
        "d/B2.png",
        "d/b9.JPG",
        "d/b10.jpg",
        "d/m/2.tif",
        "d/m/10.tif",
        "d/发票3.jpg",
        "d/发票12.jpg",
    ]


def test_the_order_of_dropping_is_kept(tmp_path: Path) -> None:
    put(tmp_path, "z.jpg", "a.jpg")
    assert names(tmp_path / "z.jpg", tmp_path / "a.jpg") == ["z.jpg", "a.jpg"]


def test_what_folders_hide_and_what_is_no_document_is_left_out(tmp_path: Path) -> None:
    put(tmp_path / "d", ".hidden.jpg", ".git/x.jpg", "table.xlsx", "Thumbs.db", "jpg", "ok.jpeg")
    assert names(tmp_path / "d") == ["d/ok.jpeg"]


def test_electronic_originals_are_taken_from_folders(tmp_path: Path) -> None:
    put(tmp_path / "d", "a.ofd", "b.XML", "c.xsl")
    assert names(tmp_path / "d") == ["d/a.ofd", "d/b.XML"]


def test_a_file_named_by_itself_is_always_taken(tmp_path: Path) -> None:
    put(tmp_path, "scan", ".hidden")
    assert names(tmp_path / "scan", tmp_path / ".hidden") == ["scan", ".hidden"]


def test_paths_are_absolute_and_names_printable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, "a.jpg")
    raw = os.fsencode(tmp_path) + b"/d"
    os.mkdir(raw)  # noqa: PTH102
    with open(raw + b"/\xff.jpg", "wb"):  # noqa: PTH123
        pass
    first, second = walk(["a.jpg", "d"])
    assert isinstance(first, SourceFile) and isinstance(second, SourceFile)
    assert first.raw_path == os.fsencode(tmp_path / "a.jpg")
    assert second.raw_path == raw + b"/\xff.jpg"
    assert second.name == "d/\\xff.jpg"


def test_links_that_go_in_circles(tmp_path: Path) -> None:
    put(tmp_path / "d", "a.jpg", "e/b.jpg")
    (tmp_path / "d" / "e" / "up").symlink_to(tmp_path / "d")
    (tmp_path / "d" / "self").symlink_to("self")
    (tmp_path / "d" / "self.jpg").symlink_to("self.jpg")
    assert names(tmp_path / "d") == ["d/a.jpg", "d/e/b.jpg", "d/self.jpg"]
    assert set(codes(tmp_path / "d")) == {"d/self.jpg"}


def test_links_to_files_and_folders_are_followed(tmp_path: Path) -> None:
    put(tmp_path / "far", "a.jpg", "b.jpg")
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "linked").symlink_to(tmp_path / "far")
    (tmp_path / "d" / "one.jpg").symlink_to(tmp_path / "far" / "a.jpg")
    assert names(tmp_path / "d") == ["d/linked/a.jpg", "d/linked/b.jpg", "d/one.jpg"]


def test_pipes_and_links_to_nothing_are_rows_with_a_reason(tmp_path: Path) -> None:
    put(tmp_path / "d", "a.jpg")
    os.mkfifo(tmp_path / "d" / "pipe.jpg")
    (tmp_path / "d" / "gone.jpg").symlink_to(tmp_path / "nowhere.jpg")
    assert codes(tmp_path / "d") == {"d/pipe.jpg": "unsupported_format", "d/gone.jpg": "file_vanished"}
    assert codes(tmp_path / "d" / "pipe.jpg", Path("/dev/zero"), tmp_path / "no.jpg") == {
        "pipe.jpg": "unsupported_format",
        "zero": "unsupported_format",
        "no.jpg": "file_vanished",
    }


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_a_folder_that_may_not_be_listed(tmp_path: Path) -> None:
    put(tmp_path / "d", "a.jpg", "locked/b.jpg", "z.jpg")
    (tmp_path / "d" / "locked").chmod(0)
    command = bound_by_modes([sys.executable, "-c", TELL, str(tmp_path / "d")])
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    (tmp_path / "d" / "locked").chmod(0o700)
    assert done.stdout.splitlines() == ["d/a.jpg", "d/locked no_permission", "d/z.jpg"], done.stderr


TELL = """
import sys
from paddlescan.pipeline.intake import IntakeProblem, walk
for item in walk([sys.argv[1]]):
    print(item.name, *([item.failure.code] if isinstance(item, IntakeProblem) else []))
"""


def test_names_that_no_system_takes() -> None:
    assert {p.failure.code for p in walk(["a\0b", "x" * 5000]) if isinstance(p, IntakeProblem)} == {
        "file_vanished",
        "unreadable_file",
    }


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert names(tmp_path) == []


def test_five_thousand_files_are_looked_at_once(tmp_path: Path) -> None:
    """A folder of 5,000 files appears without a wait: it is listed once, and no plain file in it is asked about."""
    numbers = list(range(5000))
    random.Random(3).shuffle(numbers)
    for number in numbers:
        (tmp_path / f"scan {number}.jpg").touch()
    seen = list(walk([tmp_path]))
    assert [item.name for item in seen] == [f"{tmp_path.name}/scan {n}.jpg" for n in range(5000)]
    calls = system_calls(tmp_path)
    assert sum(calls.values()) < 50, calls


def system_calls(folder: Path) -> Counter[str]:
    """How often a walk in a process of its own asks the system about files."""
    if shutil.which("strace") is None:
        pytest.skip("wants strace to count the calls of a walk")
    log = folder.parent / "calls"
    watched = "trace=stat,lstat,newfstatat,statx,open,openat,getdents64,access,faccessat2"
    command = [sys.executable, "-c", WALK, str(folder)]
    done = subprocess.run(["strace", "-qq", "-o", log, "-e", watched, *command], cwd=ROOT, check=False)
    if done.returncode:
        pytest.skip("processes may not be traced here")
    about = log.read_text().split("begin-the-walk", 1)[1].splitlines()
    return Counter(line.partition("(")[0] for line in about if line[:1].isalpha())


WALK = """
import os, sys
from paddlescan.pipeline.intake import walk
os.access("begin-the-walk", os.F_OK)
for _ in walk([sys.argv[1]]):
    pass
os._exit(0)
"""


@given(st.lists(st.text(min_size=1)), st.randoms())
def test_any_names_have_one_order(some: list[str], chance: random.Random) -> None:
    shuffled = chance.sample(some, len(some))
    assert sorted(some, key=natural_key) == sorted(shuffled, key=natural_key)
