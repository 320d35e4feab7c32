"""What every file manager's module offers, and those whose entries are files of our own in a folder they look into."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from paddlescan.desktop.menus.entries import Command
from paddlescan.desktop.menus.places import Places
from paddlescan.errors import DiskFull, ExportFailed, MenuUnwritable, PaddleScanError
from paddlescan.export.atomic import make_folder, write_atomically


class State(StrEnum):
    """How a file manager stands."""

    INSTALLED = "installed"
    ABSENT = "not"
    PACKAGE = "package"
    """The installed package brought it, for everybody."""
    OTHER = "other"
    """Ours, of another version or for a program at another place."""
    BROKEN = "broken"
    """Its file cannot be read; nothing is changed in it."""


class FileManager(Protocol):
    """One file manager's menu. Where nothing is said, OSError and PaddleScanError may be raised."""

    @property
    def name(self) -> str:
        """As people call it."""
        ...

    def is_there(self) -> bool:
        """Whether this computer has it."""
        ...

    def state(self, places: Places, command: Command) -> State:
        """How it stands; command: what its entries should call."""
        ...

    def install(self, places: Places, command: Command) -> None:
        """Put the entries in, for one user; as often as one likes."""
        ...

    def remove(self, places: Places) -> bool:
        """Take the entries of one user out, and what was made for them; whether there were any."""
        ...


Texts = Mapping[str, bytes]
"""Files by their names."""


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """Entries that are files of ours, in a folder below the data folder of a user, or of the system."""

    name: str
    program: str
    """What the file manager is called on the command line."""
    folder: str
    """Below a data folder."""
    texts: Callable[[Command], Texts]
    executable: bool = False

    def is_there(self) -> bool:
        """Whether this computer has it."""
        return shutil.which(self.program) is not None

    def state(self, places: Places, command: Command) -> State:
        """How it stands."""
        texts = self.texts(command)
        found = {name: _read(places.data_home / self.folder / name) for name in texts}
        if not any(found.values()):
            return State.PACKAGE if self._by_package(places, texts) else State.ABSENT
        whole = found == texts and all(self._may_run(places.data_home / self.folder / name) for name in texts)
        return State.INSTALLED if whole else State.OTHER

    def _by_package(self, places: Places, texts: Iterable[str]) -> bool:
        return any((root / self.folder / name).is_file() for root in places.data_dirs for name in texts)

    def _may_run(self, file: Path) -> bool:
        return not self.executable or os.access(file, os.X_OK)

    def install(self, places: Places, command: Command) -> None:
        """Write the files; where the package brought them, only take away what is there twice."""
        texts = self.texts(command)
        if self._by_package(places, texts):
            self.remove(places)
            return
        for name, text in texts.items():
            write(places.data_home / self.folder / name, text, self.executable)

    def remove(self, places: Places) -> bool:
        """Remove the files, and folders that are empty then."""
        folder = places.data_home / self.folder
        names = tuple(self.texts(("paddlescan",)))
        found = remove_files([folder / name for name in names], places.data_home)
        compiled = [file for name in names for file in folder.glob(f"__pycache__/{Path(name).stem}.*.pyc")]
        remove_files(compiled, places.data_home)  # what Python made of an extension
        return found

    def write_for_all(self, root: Path, command: Command) -> list[Path]:
        """Write the files for everybody, below the root of a package; what was written."""
        files = []
        for name, text in self.texts(command).items():
            files.append(root / "usr" / "share" / self.folder / name)
            write(files[-1], text, self.executable)
        return files


def write(file: Path, text: bytes, executable: bool = False) -> None:
    """Write a file, and the folders above it. One that says so already is left alone. Raises PaddleScanError."""
    try:
        if _read(file) != text:
            make_folder(file.parent)
            write_atomically(file, text, overwrite=True)
        if executable and not os.access(file, os.X_OK):
            file.chmod(0o755)
    except ExportFailed as error:
        detail = dict(error.failure.parameters).get("detail", "")
        raise MenuUnwritable(file=str(file), detail=detail) from error
    except DiskFull:
        raise
    except OSError as error:
        raise unwritable(error, file) from error


def unwritable(error: OSError, file: Path) -> PaddleScanError:
    """What it means for a person that a file of a menu cannot be changed."""
    return MenuUnwritable(file=str(file), detail=error.strerror or type(error).__name__)


def remove_files(files: Iterable[Path], stop: Path) -> bool:
    """Remove files, and folders that are empty then, up to one that stays. Whether there were any; MenuUnwritable."""
    found = False
    for file in files:
        try:
            file.unlink()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise unwritable(error, file) from error
        found = True
        for folder in file.parents:
            if folder == stop or stop not in folder.parents:
                break
            with suppress(OSError):  # others are in it
                folder.rmdir()
    return found


def _read(file: Path) -> bytes | None:
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return None
        return file.read_bytes()
    except OSError:
        return None
