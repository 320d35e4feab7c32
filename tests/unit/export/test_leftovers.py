"""What a killed export leaves is removed, and what a living program makes is not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from paddlescan.export import leftovers
from paddlescan.export.atomic import atomic_file, write_atomically
from paddlescan.export.leftovers import held_folder, places_remembered, sweep
from tests.conftest import ROOT

PROGRAM = """
import sys, time
from pathlib import Path
from paddlescan.export.atomic import atomic_file
from paddlescan.export.leftovers import held_folder, places_remembered
with places_remembered(Path(sys.argv[2])), atomic_file(Path(sys.argv[1]) / "o.json", False) as file:
    with held_folder(Path(sys.argv[1])) as folder:
        (folder / "0.pdf").write_bytes(b"half")
        file.write(b"half")
        file.flush()
        print("writing", flush=True)
        time.sleep(600)
"""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


@pytest.fixture(autouse=True)
def fresh() -> None:
    leftovers._swept.clear()


def writing(out: Path, notes: Path) -> subprocess.Popen[str]:
    """A program in the midst of an export."""
    command = [sys.executable, "-c", PROGRAM, str(out), str(notes)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "writing\n"
    assert len(list(out.iterdir())) == 2
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def start_and_wait(notes: Path) -> None:
    """As at the start of a program, until its sweep is done."""
    with places_remembered(notes):
        for thread in threading.enumerate():
            if thread.name == "sweep":
                thread.join(10)


def test_the_next_export_into_the_folder_removes_what_a_killed_one_left(out: Path, notes: Path) -> None:
    kill(writing(out, notes))
    assert len(list(out.iterdir())) == 2
    write_atomically(out / "new.csv", b"whole", overwrite=False)
    assert [file.name for file in out.iterdir()] == ["new.csv"]


def test_what_a_living_program_makes_stays(out: Path, notes: Path) -> None:
    process = writing(out, notes)
    assert sweep(out)
    write_atomically(out / "new.csv", b"whole", overwrite=False)
    start_and_wait(notes)
    assert len(list(out.iterdir())) == 3
    kill(process)


def test_the_next_start_finds_the_folders_that_were_written_into(out: Path, notes: Path) -> None:
    kill(writing(out, notes))
    (out / "mine.csv").write_text("a person's")
    start_and_wait(notes)
    assert [file.name for file in out.iterdir()] == ["mine.csv"]
    assert list(notes.iterdir()) == []


def test_a_folder_that_is_not_there_now_is_remembered(out: Path, notes: Path, tmp_path: Path) -> None:
    """As a stick that is unplugged."""
    stick = tmp_path / "media" / "stick"
    stick.mkdir(parents=True)
    kill(writing(stick, notes))
    (tmp_path / "media").rename(tmp_path / "unplugged")
    start_and_wait(notes)
    assert len(list(notes.iterdir())) == 1
    (tmp_path / "unplugged").rename(tmp_path / "media")
    start_and_wait(notes)
    assert list(stick.iterdir()) == [] and list(notes.iterdir()) == []


def test_a_good_end_leaves_no_note(out: Path, notes: Path) -> None:
    with places_remembered(notes):
        write_atomically(out / "new.csv", b"whole", overwrite=False)
        assert len(list(notes.iterdir())) == 1
        assert os.fsdecode(next(notes.iterdir()).read_bytes()) == str(out)
        write_atomically(out / "more.csv", b"whole", overwrite=False)
        assert len(list(notes.iterdir())) == 1
    assert list(notes.iterdir()) == []


@pytest.mark.parametrize("name", ["o.part", ".paddlescan-xyz.part", ".paddlescan-0123456789abcdef.part.txt"])
def test_files_of_others_stay(out: Path, name: str) -> None:
    (out / name).write_text("not ours")
    assert sweep(out)
    assert (out / name).exists()


def test_a_link_or_a_pipe_of_such_a_name_is_nothing_of_ours(out: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("stays")
    (out / ".paddlescan-0123456789abcdef.parts").symlink_to(tmp_path / "precious")
    os.mkfifo(out / ".paddlescan-0123456789abcde0.part")
    assert sweep(out)
    assert (tmp_path / "precious" / "file").exists()
    assert len(list(out.iterdir())) == 2


def test_a_file_is_held_until_it_has_its_name(out: Path) -> None:
    with atomic_file(out / "o.json", overwrite=False) as file:
        file.write(b"whole")
        leftovers.sweep(out)
    assert (out / "o.json").read_bytes() == b"whole"
    with held_folder(out) as folder:
        assert leftovers.sweep(out) and folder.is_dir()
    assert [file.name for file in out.iterdir()] == ["o.json"]
