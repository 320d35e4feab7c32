"""Which libraries of the system the packed program wants, and which C library."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)
_C_LIBRARY = re.compile(r"\bGLIBC_2\.(\d+)\b")


@dataclass(frozen=True)
class Wanted:
    """What the programs and libraries of a folder want from outside."""

    libraries: frozenset[str]
    """By the names under which they are loaded, such as `libX11.so.6`."""
    c_library: str
    """The newest version that is asked for, such as `2.36`."""


def wanted(folder: Path, without: tuple[str, ...] = ()) -> Wanted:
    """Ask every program and library in a folder; without: names of files that may be of no use on a system."""
    files = [file for file in _programs(folder) if file.name not in without]
    said = subprocess.run(["objdump", "-p", *map(str, files)], check=True, capture_output=True, text=True).stdout
    own = {file.name for file in folder.rglob("*.so*")}
    versions = [int(found) for found in _C_LIBRARY.findall(said)]
    return Wanted(frozenset(_NEEDED.findall(said)) - own, f"2.{max(versions)}")


def _programs(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as opened:
                if opened.read(4) == b"\x7fELF":
                    yield file
