"""A folder that is to be packed: the same modes, times and key wherever and whenever it is made."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path


def modes_set(root: Path) -> None:
    """Everybody may read, the owner write; what could be run before, everybody may run, except libraries."""
    root.chmod(0o755)
    for path in _all(root):
        runs = path.is_dir() or (path.stat().st_mode & 0o100 and ".so" not in path.suffixes)
        path.chmod(0o755 if runs else 0o644)


def times_set(root: Path, epoch: int) -> None:
    """Everything is of one moment, links too."""
    for path in (*root.rglob("*"), root):
        os.utime(path, (epoch, epoch), follow_symlinks=False)


def key_of(root: Path) -> str:
    """A hash of all names, modes and contents below a folder."""
    told = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        told.update(f"{path.relative_to(root)}\0{path.lstat().st_mode}\0".encode())
        if path.is_symlink():
            told.update(str(path.readlink()).encode())
        elif path.is_file():
            with path.open("rb") as file:
                told.update(hashlib.file_digest(file, "sha256").digest())
    return told.hexdigest()


def _all(root: Path) -> Iterator[Path]:
    return (path for path in root.rglob("*") if not path.is_symlink())
