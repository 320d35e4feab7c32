"""The machine sleeps and wakes: programs that are really stopped and continued, around a deadline."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("no SIGSTOP on Windows", allow_module_level=True)

PROGRAM = Path(__file__).parent.parent / "fakes" / "asking_program.py"
DEADLINE_S = 2.5
SLEEP_S = 4.0
Asked = tuple["subprocess.Popen[str]", int]


@contextmanager
def asked(scratch: Path, mode: str) -> Iterator[Asked]:
    """A program with a request in flight, and its child's number."""
    command = [sys.executable, str(PROGRAM), str(DEADLINE_S), str(scratch), mode]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout
            word, pid = program.stdout.readline().split()
            assert word == "asked"
            yield program, int(pid)
        finally:
            program.kill()


def sleep(*pids: int) -> None:
    """Stop these processes for longer than the deadline, then let them go on."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    threading.Event().wait(SLEEP_S)
    for pid in pids:
        os.kill(pid, signal.SIGCONT)


def last_word(program: subprocess.Popen[str]) -> str:
    return program.communicate(timeout=60)[0].strip()


def test_a_request_goes_on_after_the_machine_slept(tmp_path: Path) -> None:
    with asked(tmp_path, "slow") as (program, child):
        sleep(program.pid, child)
        assert last_word(program) == "answered"


def test_a_request_goes_on_after_the_program_alone_was_stopped(tmp_path: Path) -> None:
    with asked(tmp_path, "slow") as (program, _):
        sleep(program.pid)
        assert last_word(program) == "answered"


def test_a_hang_still_ends_at_its_deadline_after_a_sleep(tmp_path: Path) -> None:
    with asked(tmp_path, "hang") as (program, child):
        sleep(program.pid, child)
        assert last_word(program) == "timed_out"


def test_an_engine_that_is_stopped_alone_hangs(tmp_path: Path) -> None:
    with asked(tmp_path, "slow") as (program, child):
        os.kill(child, signal.SIGSTOP)
        assert last_word(program) == "timed_out"
