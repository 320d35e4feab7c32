"""Scratch folders hold the pixels of receipts: none may outlive its program for longer than to the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.scratch import make_scratch, sweep_scratch
from tests.conftest import ROOT
from tests.fakes.commands import faulty

PROGRAM = """
import sys
from pathlib import Path
from paddlescan.pipeline.clients import EngineProcess
from tests.fakes.commands import faulty

engine = EngineProcess(command=faulty("well"), scratch_root=Path(sys.argv[1]))
engine.ensure_started()
(engine.scratch / "picture-1.rgb").write_bytes(b"pixels")
print(engine.pid, flush=True)
sys.stdin.read()
engine.stop()
"""


@contextmanager
def program(root: Path) -> Iterator[tuple[subprocess.Popen[bytes], psutil.Process]]:
    """A program with a child, and the child."""
    command = [sys.executable, "-c", PROGRAM, str(root)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        try:
            yield process, psutil.Process(int(process.stdout.readline()))
        finally:
            process.kill()


def run_and_kill(root: Path) -> Path:
    """A program and its child are killed at the same time, as when the power fails; what they leave."""
    with program(root) as (process, child):
        (left,) = root.iterdir()
        os.kill(child.pid, signal.SIGSTOP)  # or it would still tidy up when its program is gone
        while child.status() != psutil.STATUS_STOPPED:
            time.sleep(0.01)
        process.kill()
        process.wait()
        child.kill()
        psutil.wait_procs([child], timeout=10)
    assert (left / "picture-1.rgb").read_bytes() == b"pixels"
    return left


def test_the_next_program_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    left = run_and_kill(tmp_path)
    engine = EngineProcess(command=faulty("well"), scratch_root=tmp_path)
    engine.ensure_started()
    assert not left.exists()
    assert engine.scratch is not None
    assert list(tmp_path.iterdir()) == [engine.scratch]
    engine.stop()
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_still_runs_keeps_its_folder(tmp_path: Path) -> None:
    with program(tmp_path) as (process, _):
        (theirs,) = tmp_path.iterdir()
        sweep_scratch(tmp_path)
        assert (theirs / "picture-1.rgb").read_bytes() == b"pixels"
        process.communicate(b"")
    assert list(tmp_path.iterdir()) == []


def test_our_own_folder_and_those_of_others_stay(tmp_path: Path) -> None:
    """In the system's temporary folder anything may lie, also under a name like ours."""
    ours = make_scratch(tmp_path)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "keep").touch()
    (tmp_path / "paddlescan-notes").mkdir()
    (tmp_path / "paddlescan-child-notafolder").touch()
    (tmp_path / "paddlescan-child-abcd1234").symlink_to(outside)
    before = sorted(tmp_path.rglob("*"))
    sweep_scratch(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before
    ours.remove()
    assert not ours.folder.exists()


def test_a_folder_that_is_swept_while_it_is_made_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep may come between making a folder and holding it."""
    first: list[str] = []
    real: Callable[..., str] = tempfile.mkdtemp

    def made_and_swept(**where: object) -> str:
        name = real(**where)
        if not first:
            first.append(name)
            sweep_scratch(tmp_path)
        return name

    monkeypatch.setattr(tempfile, "mkdtemp", made_and_swept)
    ours = make_scratch(tmp_path)
    assert not Path(first[0]).exists()
    assert ours.folder.is_dir()
    ours.remove()


def test_without_a_folder_to_sweep_nothing_happens(tmp_path: Path) -> None:
    sweep_scratch(tmp_path / "nowhere")
