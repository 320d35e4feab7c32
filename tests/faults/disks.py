"""Real disks that run full, go read-only and vanish; files that may not be written; other programs that hold a lock.

A disk is a small tmpfs that is mounted twice: what vanishes is the second place, as if a stick were pulled or a network
folder went away; what was on it is on it still when it comes back. What Windows does (a file that another program has
open can be neither replaced nor deleted) cannot be had here.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.conftest import ROOT

_BLOCK = 4096
_FILES = 1500
"""That the disk can hold."""


class SmallDisk:
    """A disk of some MiB at `path`."""

    def __init__(self, place: Path, mib: int = 16) -> None:
        """Mounts it below a folder. Raises OSError where nothing can be mounted."""
        self.itself, self.path = place / "disk itself", place / "disk"
        self._crowd = self.itself / "crowd"
        self.itself.mkdir(parents=True)
        self.path.mkdir()
        _mount("-t", "tmpfs", "-o", f"size={mib}m,nr_inodes={_FILES}", "small-disk", self.itself)
        self._there = False
        self.come_back()

    def fill(self, leave: int = 0) -> None:
        """To the last byte and the last file. leave: so many bytes, and all files."""
        for size in (1 << 20, _BLOCK):
            with suppress(OSError), (self.itself / "filling").open("ab", buffering=0) as file:
                while file.write(bytes(size)) == size:
                    pass
        assert shutil.disk_usage(self.itself).free < _BLOCK
        if not leave:
            self.crowd()
            return
        with (self.itself / "filling").open("r+b") as file:
            file.truncate(file.seek(0, os.SEEK_END) - leave)

    def crowd(self, leave: int = 0) -> None:
        """It takes so many files more, and no other, however many bytes are free. Others may make and remove some
        meanwhile."""
        number = 0
        with suppress(OSError):
            self._crowd.mkdir()
            while os.statvfs(self.itself).f_favail > leave:
                (self._crowd / str(number)).touch()
                number += 1

    def make_room(self) -> None:
        """What filled it goes."""
        (self.itself / "filling").unlink(missing_ok=True)
        shutil.rmtree(self._crowd, ignore_errors=True)

    def files(self) -> set[str]:
        """The names of all files on it but those that fill it."""
        names = {path.name for path in self.itself.rglob("*") if path.is_file() and path.parent != self._crowd}
        return names - {"filling"}

    def write_protect(self) -> None:
        """Read-only from now on; files that are open for writing must be closed."""
        _mount("-o", "remount,bind,ro", self.path)

    def allow_writing(self) -> None:
        """Writable again."""
        _mount("-o", "remount,bind,rw", self.path)

    def vanish(self) -> None:
        """Its place is an empty folder; files that are open stay open."""
        subprocess.run(["umount", "-l", self.path], check=True)
        self._there = False

    def come_back(self) -> None:
        """It is in its place again, with what was on it."""
        _mount("--bind", self.itself, self.path)
        self._there = True

    def end(self) -> None:
        """Unmount it; what still has files open on it keeps them to its end."""
        for place in (*((self.path,) if self._there else ()), self.itself):
            subprocess.run(["umount", "-l", place], check=True)


def _mount(*words: str | Path) -> None:
    done = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(errno.EPERM, done.stderr.strip())


@contextmanager
def small_disk(place: Path, mib: int = 16) -> Iterator[SmallDisk]:
    """A disk for a while; the test is skipped where none can be mounted."""
    if sys.platform != "linux":
        pytest.skip("small disks are made by Linux's tmpfs")
    try:
        disk = SmallDisk(place, mib)
    except OSError as error:
        pytest.skip(f"no disk can be mounted here (root is needed): {error.strerror}")
    try:
        yield disk
    finally:
        disk.end()


@contextmanager
def unchangeable(*paths: Path) -> Iterator[None]:
    """Nobody may write to these files (in these folders), not even root, not even through an open file."""
    if shutil.which("chattr") is None:
        pytest.skip("files are made unchangeable by chattr, which is not here")
    there = [str(path) for path in paths]
    done = subprocess.run(["chattr", "+i", *there], capture_output=True, text=True, check=False)
    try:
        if done.returncode:
            pytest.skip(f"this disk has no unchangeable files, or only for root: {done.stderr.strip()}")
        yield
    finally:
        subprocess.run(["chattr", "-i", *there], capture_output=True, check=False)


def bound_by_modes(command: list[str]) -> list[str]:
    """The same command as a process that modes bind, which root's do not."""
    if os.geteuid() != 0:
        return command
    if shutil.which("setpriv") is None:
        pytest.skip("root is bound by modes with setpriv, which is not here")
    without = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={without}", f"--inh-caps={without}", *command]


_HOLD = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
if sys.argv[2] == "alone":
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
db.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def backup_program(store: Path, alone: bool = False) -> Iterator[subprocess.Popen[bytes]]:
    """Another program that holds the store until it is killed, its input ends, or this does.

    alone: nobody else may even read it; for a store that nobody has open.
    """
    command = [sys.executable, "-c", _HOLD, store, "alone" if alone else "beside"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == b"held\n"
            yield process
        finally:
            process.kill()
