"""What a build depends on, as one hash: the same inputs need no second build."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from pathlib import Path

from manual import manual_files
from PyInstaller import __version__ as pyinstaller

FOLDERS = ("paddlescan", "resources", "installers/pyinstaller")
FILES = (
    "requirements.lock",
    "LICENSE",
    "NOTICE",
    "installers/icons.py",
    "installers/windows/version_info.py",
    "installers/macos/info_plist.py",
)


def inputs_hash(root: Path) -> str:
    """SHA-256 over every input file's name and content, the interpreter and PyInstaller."""
    digest = hashlib.sha256(f"{platform.python_version()} {platform.platform()} {pyinstaller}\n".encode())
    for file in sorted(_files(root)):
        digest.update(f"{file.relative_to(root).as_posix()}\0{_hash(file)}\n".encode())
    return digest.hexdigest()


def lock_hash(root: Path) -> str:
    """SHA-256 of the lock of what the program is made of."""
    return _hash(root / "requirements.lock")


def _files(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from (file for file in (root / folder).rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    yield from (root / file for file in FILES if (root / file).is_file())
    yield from manual_files(root)


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
