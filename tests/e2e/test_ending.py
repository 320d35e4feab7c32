"""Asked to end, or killed: no picture of a receipt stays in scratch or in the temporary folder."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from paddlescan.store import Store
from tests.conftest import ROOT
from tests.e2e.conftest import SAMPLES, CommandLine

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")]

LIBRARY = """
import sys
from paddlescan import scan
print(len(list(scan(sys.argv[1:]))), flush=True)
"""


@pytest.fixture
def temp(tmp_path: Path) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    return folder


def leftovers(paddlescan: CommandLine, temp: Path) -> list[str]:
    scratch = paddlescan.home / "cache" / "scratch"
    return [path.name for place in (temp, scratch) if place.exists() for path in place.iterdir()]


def open_to_others(home: Path, temp: Path) -> list[str]:
    """Files and folders of the program's to which others have any right."""
    ours = [home, *home.rglob("*"), *temp.rglob("*")]
    assert len(ours) > 10
    return [str(path) for path in ours if not path.is_symlink() and path.lstat().st_mode & 0o077]


def wait_for(condition: Callable[[], object], process: subprocess.Popen[str] | None = None) -> None:
    deadline = time.monotonic() + 100
    while not condition():
        assert time.monotonic() < deadline
        assert process is None or process.poll() is None, process.communicate()
        time.sleep(0.05)


@contextmanager
def running(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_command_that_is_asked_to_end_does_as_after_ctrl_c(
    paddlescan: CommandLine, inbox: Path, temp: Path, number: signal.Signals
) -> None:
    with running(paddlescan.start("scan", inbox, "--quiet", TMPDIR=str(temp))) as process:
        wait_for(lambda: leftovers(paddlescan, temp), process)
        process.send_signal(number)
        assert process.wait(30) == 130
    assert leftovers(paddlescan, temp) == []


def test_a_window_that_is_asked_to_end_closes_and_all_it_made_was_its_owners(
    paddlescan: CommandLine, temp: Path
) -> None:
    """Started with a umask that would let everybody read and write everything."""
    environment = {"TMPDIR": str(temp), "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": ""}
    file = paddlescan.home / "data" / "receipts.sqlite"

    def taken_in() -> bool:
        if not file.exists():
            return False
        with Store(file) as store:
            return any(batch.pages for batch in store.batches())

    command = ["sh", "-c", 'umask 000 && exec "$@"', "sh", *paddlescan.command(SAMPLES / "cafe.jpg")]
    started = subprocess.Popen(command, env=paddlescan.environment(**environment), text=True, stdout=subprocess.PIPE)
    with running(started) as process:
        wait_for(lambda: taken_in() and leftovers(paddlescan, temp), process)
        wait_for((paddlescan.home / "cache" / "thumbnails").is_dir, process)
        assert open_to_others(paddlescan.home, temp) == []
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert leftovers(paddlescan, temp) == []
    assert list((paddlescan.home / "data").glob("meeting/*.socket")) == []
    assert (paddlescan.home / "config" / "settings.json").exists(), "it did not close, it was ended"
    assert open_to_others(paddlescan.home, temp) == []


def test_what_a_killed_library_call_left_goes_with_the_next_start(
    paddlescan: CommandLine, inbox: Path, temp: Path
) -> None:
    """Its store lies in the temporary folder; the child is killed with it, as when the power fails."""
    environment = os.environ | {"TMPDIR": str(temp)}
    command = [sys.executable, "-c", LIBRARY, str(inbox)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE)
    with running(process):
        wait_for(lambda: list(temp.glob("*/*/")) and psutil.Process(process.pid).children(), process)
        victims = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        for victim in victims:
            victim.suspend()
        for victim in victims:
            victim.kill()
    left = list(temp.iterdir())
    assert left, "nothing was left, so this proves nothing"
    assert all(folder.stat().st_mode & 0o077 == 0 for folder in left)
    (temp / "paddlescan-notes").mkdir()
    # Swept in the background: a command that is done sooner leaves the rest to the next one.
    wait_for(lambda: not paddlescan("models", "verify", TMPDIR=str(temp)).returncode and len(list(temp.iterdir())) == 1)
    assert [path.name for path in temp.iterdir()] == ["paddlescan-notes"]


def test_no_process_of_the_program_may_dump_its_memory(paddlescan: CommandLine, inbox: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_CORE)
    if before[1] == 0:
        pytest.skip("no program here may dump its memory")
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))  # which what is started takes over
    try:
        begun = paddlescan.start("scan", inbox, "--quiet")
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)
    with running(begun) as process:
        program = psutil.Process(process.pid)
        wait_for(program.children, process)
        looked_at = [one for one in (program, *program.children()) if held_back(one, process)]
    assert len(looked_at) > 1


def held_back(one: psutil.Process, process: subprocess.Popen[str]) -> bool:
    """Wait until it may not dump its memory; False where it has ended by then, as an engine does for which no page is
    left."""
    filtered = Path(f"/proc/{one.pid}/coredump_filter")  # which is emptied after the limit
    try:
        wait_for(lambda: one.rlimit(psutil.RLIMIT_CORE)[0] == 0, process)
        if Path("/proc/self/coredump_filter").exists():
            wait_for(lambda: int(filtered.read_text(), 16) == 0, process)
    except (psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
        assert one.pid != process.pid
        return False
    return True
