"""What was read is put away on disks that know neither hard links nor renaming without replacing.

The kernel's answers are those of such a disk: strace gives them, and kills where a power cut would be worst.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.e2e.tracing import can_trace
from tests.faults.disks import SmallDisk
from tests.unit.desktop.hot_folder.rooms import Room

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="system calls are Linux's"),
    pytest.mark.skipif(not can_trace(), reason="needs strace, and the right to trace processes"),
]

TURNS = """
import sys
from pathlib import Path
from tests.faults.disks import SmallDisk
from tests.unit.desktop.hot_folder.rooms import Room

room = Room(Path(sys.argv[1]), move=True)
room.turns(3)
print(*(failure.code for news in room.heard for failure in news.told))
room.store.close()
"""
RENAMES = "rename,renameat"


def turns(folder: Path, *faults: str) -> subprocess.CompletedProcess[str]:
    """Three turns of the loop. faults: what befalls calls."""
    backward = ("renameat2:error=EINVAL", "link,linkat:error=EPERM", *faults)
    watch = ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={RENAMES},renameat2,link,linkat"]
    injected = [word for fault in backward for word in ("-e", f"inject={fault}")]
    command = [*watch, *injected, sys.executable, "-c", TURNS, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, env=environment, timeout=60, check=False, capture_output=True, text=True)


def put(folder: Path) -> Path:
    origin = folder / "in" / "a.png"
    origin.parent.mkdir()
    origin.write_bytes(b"a page")
    return origin


def there(folder: Path) -> dict[str, bytes]:
    """What lies where read files go."""
    return {path.name: path.read_bytes() for path in (folder / "away" / "read").glob("*")}


def test_a_backward_disk_takes_what_was_read(tmp_path: Path) -> None:
    origin = put(tmp_path)
    done = turns(tmp_path)
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr
    assert there(tmp_path) == {"a.png": b"a page"}
    assert not origin.exists()


def test_where_the_last_step_fails_no_empty_file_is_left(tmp_path: Path) -> None:
    origin = put(tmp_path)
    done = turns(tmp_path, f"{RENAMES}:error=EIO")
    assert (done.returncode, done.stdout.split()) == (0, ["not_moved"]), done.stderr
    assert there(tmp_path) == {}
    assert origin.read_bytes() == b"a page"


def test_a_kill_between_the_two_steps_leaves_no_empty_file_for_good(tmp_path: Path) -> None:
    put(tmp_path)
    assert turns(tmp_path, f"{RENAMES}:signal=KILL").returncode != 0
    assert_it_goes_on(tmp_path)


def test_nor_does_it_where_a_copy_is_made(tmp_path: Path, disk: SmallDisk) -> None:
    put(tmp_path)
    (tmp_path / "away").symlink_to(disk.path)
    assert turns(tmp_path, f"{RENAMES}:signal=KILL:when=2").returncode != 0  # the first one tells of another disk
    assert_it_goes_on(tmp_path)


def assert_it_goes_on(folder: Path) -> None:
    assert there(folder)["a.png"] == b""
    again = Room(folder, move=True)
    again.loop.run(again.stop, once=True)
    assert there(folder) == {"a.png": b"a page"}
    assert again.states() == ["done"]
    again.store.close()
