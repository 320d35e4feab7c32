"""Runs a program until the moment has come, and kills: it, one of its processes, or all of them at once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from tests.conftest import ROOT

PATIENCE_S = 180.0
SOURCE = Path(__file__).with_name("killer.c")


def build_killer(folder: Path) -> Path | None:
    """The library that kills at the N-th system call; None where there is no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    made = folder / "killer.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-w", "-o", str(made), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True, capture_output=True)
    return made


@dataclass
class Program:
    """A process of its own session, with its report and what it printed."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(repr=False)
    report: Path
    printed: Path
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0

    def start(self) -> Program:
        """Start it."""
        with self.printed.open("ab") as out:
            self.process = subprocess.Popen(
                self.command, env=self.environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )
        self.began = time.monotonic()
        return self

    @property
    def pid(self) -> int:
        """Of the main process."""
        assert self.process is not None
        return self.process.pid

    @property
    def alive(self) -> bool:
        """Whether the main process lives."""
        assert self.process is not None
        return self.process.poll() is None

    @property
    def ended_well(self) -> bool:
        """Whether it is over, and said that all went well."""
        assert self.process is not None
        return self.process.poll() == 0

    def lines(self) -> list[dict[str, Any]]:
        """What the clerk has written so far; a command line reports by what it prints."""
        return read_report(self.report)

    def said(self) -> str:
        """All that was printed."""
        return self.printed.read_text(errors="replace") if self.printed.exists() else ""

    def children(self) -> list[psutil.Process]:
        """Engines and light processes."""
        with suppress(psutil.NoSuchProcess):
            return list(psutil.Process(self.pid).children(recursive=True))
        return []

    def wait(self, patience_s: float = PATIENCE_S) -> int | None:
        """Its exit status; None if it does not end, and then it is killed."""
        assert self.process is not None
        try:
            return self.process.wait(patience_s)
        except subprocess.TimeoutExpired:
            kill_all(self)
            return None


def read_report(file: Path) -> list[dict[str, Any]]:
    """The lines of a report; a last one that was cut off is none."""
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_bytes().split(b"\n")[:-1] if line]


def wait_for(moment: Callable[[], bool], program: Program, patience_s: float = PATIENCE_S) -> bool:
    """Wait until the moment has come; False if the program ended before."""
    deadline = time.monotonic() + patience_s
    pause = threading.Event()
    while program.alive and time.monotonic() < deadline:
        if moment():
            return True
        pause.wait(0.004)
    return False


def kill_main(program: Program) -> bool:
    """kill -9 of the main process. False if it was gone already."""
    assert program.process is not None
    if not program.alive:
        return False
    children = program.children()
    os.kill(program.pid, signal.SIGKILL)
    program.process.wait()
    return _gone(children)


def kill_all(program: Program) -> bool:
    """kill -9 of all its processes at once."""
    assert program.process is not None
    if not program.alive:
        return False
    children = program.children()
    for pid in (program.pid, *(child.pid for child in children)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    program.process.wait()
    return _gone(children)


def kill_child(program: Program, kind: str) -> bool:
    """kill -9 of one engine, or of a light process. False if there is none."""
    word = {"engine": "engine_process", "light": "light_process"}[kind]
    for child in program.children():
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            if word in " ".join(child.cmdline()):
                child.kill()
                return True
    return False


def _gone(children: list[psutil.Process]) -> bool:
    """Children end by themselves when their parent is gone."""
    _, left = psutil.wait_procs(children, timeout=20)
    for child in left:
        with suppress(psutil.NoSuchProcess):
            child.kill()
    if left:
        raise AssertionError(f"{len(left)} child processes outlived the program")
    return True
