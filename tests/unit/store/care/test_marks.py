"""Marks: an end that was not clean is noticed, whoever else has the store open."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from paddlescan.errors import StoreBusy
from paddlescan.store.care import begin, marks
from tests.conftest import ROOT

from .making import filled

pytestmark = pytest.mark.logs

PROGRAM = """
import sys
from pathlib import Path
from paddlescan.store.care import begin
held = begin(Path(sys.argv[1]))
print("checked" if held.found.checked else "opened", flush=True)
sys.stdin.read()
held.end()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "data" / "receipts.sqlite")


@contextmanager
def program(path: Path, says: str = "opened") -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", PROGRAM, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline().strip() == says
            yield process
        finally:
            process.kill()


def left_over(path: Path) -> list[Path]:
    return list(path.parent.glob(f"{path.name}.open-*"))


def test_a_clean_end_leaves_no_mark_and_the_next_start_checks_nothing(path: Path) -> None:
    with program(path) as process:
        (mark,) = left_over(path)
        assert mark.stat().st_mode & 0o777 == 0o600
        assert process.stdin
        process.stdin.close()
        process.wait()
    assert left_over(path) == []
    with begin(path) as held:
        assert not held.found.checked


def test_a_death_is_noticed_once(path: Path) -> None:
    with program(path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    told: list[str] = []
    with begin(path, checking=lambda: told.append("checking")) as held:
        assert held.found.checked
        assert held.found.news is None, "all is well: nothing to tell"
    assert told == ["checking"]
    with begin(path) as held:
        assert not held.found.checked


def test_a_death_is_noticed_while_others_have_the_store_open(path: Path) -> None:
    with program(path) as first, program(path) as second:
        first.kill()
        first.wait()
        with program(path, says="checked"), program(path, says="opened"):
            assert len(left_over(path)) == 3
        second.kill()
        second.wait()
    with begin(path) as held:
        assert held.found.checked, "three were killed since"


def test_a_reboot_is_noticed(path: Path) -> None:
    left = path.with_name(f"{path.name}.open-{os.getpid()}-0badcafe")  # of a process that had our number before
    left.touch()
    with begin(path) as held:
        assert held.found.checked
    assert not left.exists()


def test_threads_that_did_not_end_count_as_a_death(path: Path) -> None:
    begin(path).end(clean=False)
    with begin(path) as held:
        assert held.found.checked


def test_starts_wait_for_one_another(path: Path) -> None:
    with marks.one_at_a_time(path, 1.0), pytest.raises(StoreBusy):
        begin(path, wait_s=0.1)
    begin(path).end()
