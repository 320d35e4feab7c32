"""A Windows made of nothing, by Wine: programs run in it, its registry and its disk can be looked at."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

WINE = "/usr/lib/wine/wine64"
WINESERVER = "/usr/lib/wine/wineserver64"
_ESCAPED = re.compile(r"\\(x[0-9a-f]{1,4}|.)")
_VALUE = re.compile(r'(@|"(?:[^"\\]|\\.)*")=(.*)', re.DOTALL)

Registry = dict[str, dict[str, str | int]]
"""Values by their names (the default one's is empty), by the paths of their keys."""


class Wine:
    """One Windows, in a folder."""

    def __init__(self, folder: Path) -> None:
        """Make it anew. folder: nothing else is in it."""
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "home").mkdir(parents=True)
        self.folder = folder
        self.disk = folder / "prefix" / "drive_c"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("WINE")},
            "WINEPREFIX": str(folder / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINESERVER": WINESERVER,
            # No questions about .NET and HTML; no entries in this desktop's own menus.
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d",
            "HOME": str(folder / "home"),
            "LC_ALL": "C.UTF-8",
        }
        self.run("wineboot.exe", "--init", timeout_s=120)
        self.settle()

    def run(self, *command: str | Path, timeout_s: float = 60, **variables: str) -> int:
        """Run a program and return its exit status."""
        environment = {**self.environment, **variables}
        where = self.folder
        return subprocess.run([WINE, *command], env=environment, cwd=where, timeout=timeout_s, check=False).returncode

    def start(self, *command: str | Path, **variables: str) -> subprocess.Popen[bytes]:
        """Start a program and leave it running."""
        return subprocess.Popen([WINE, *command], env={**self.environment, **variables}, cwd=self.folder)

    def settle(self, timeout_s: float = 60) -> None:
        """Wait until all programs have ended."""
        subprocess.run([WINESERVER, "-w"], env=self.environment, timeout=timeout_s, check=True)

    def stop(self) -> None:
        """End all programs."""
        subprocess.run([WINESERVER, "-k"], env=self.environment, check=False)

    def registry(self, root: Literal["user", "system"]) -> Registry:
        """What programs write down in this user's part of the registry, or the machine's; all have ended then.

        Without what Windows itself changes whenever it starts, about screens and networks, and Wine, about itself.
        """
        self.settle()
        found = parsed((self.folder / "prefix" / f"{root}.reg").read_text("ascii"))
        its_own = ("Software\\Microsoft\\Windows NT\\", "Software\\Wine\\")
        return {key: values for key, values in found.items() if key[:9] == "Software\\" and not key.startswith(its_own)}

    def files(self) -> set[str]:
        """What is on the disk, folders with a slash at their end; without Windows' own and what is for a while only."""
        passing = {
            self.disk / "windows",
            *self.disk.glob("users/*/Temp"),
            *self.disk.glob("users/*/AppData/Local/Temp"),
        }
        found = (path for path in self.disk.rglob("*") if not passing.intersection(path.parents))
        return {f"{path.relative_to(self.disk)}{'/' if path.is_dir() else ''}" for path in found}


def parsed(text: str) -> Registry:
    """What one of Wine's files says: texts and numbers; other kinds as they are written."""
    registry: Registry = {}
    values: dict[str, str | int] = {}
    for line in text.replace("\\\n  ", "").splitlines():
        if line.startswith("["):
            values = registry.setdefault(_plain(line[1 : line.rindex("]")]), {})
        elif found := _VALUE.fullmatch(line):
            name = "" if found[1] == "@" else _plain(found[1][1:-1])
            values[name] = _value(found[2])
    return registry


def _plain(escaped: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1][1:], 16)) if len(found[1]) > 1 else found[1], escaped)


def _value(written: str) -> str | int:
    if written.startswith('"'):
        return _plain(written[1:-1])
    return int(written.removeprefix("dword:"), 16) if written.startswith("dword:") else written


def windows_path(path: Path) -> str:
    """What Windows calls a file of this machine."""
    return "Z:" + str(path.absolute()).replace("/", "\\")


@contextmanager
def display() -> Iterator[Mapping[str, str]]:
    """A screen that nobody sees."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1024x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield {"DISPLAY": f":{told.readline().strip()}"}
    finally:
        server.terminate()
        server.wait()


def until(what: str, holds: object, patience_s: float = 60) -> None:
    """Wait until a function says yes."""
    assert callable(holds)
    end = time.monotonic() + patience_s
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"waited for {patience_s:.0f} s: {what}")
        time.sleep(0.1)
