"""Where PaddleScan keeps its things: the only place that decides.

`PADDLESCAN_HOME` puts everything below one folder (a portable installation, a test).
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import appdirs

from paddlescan.disk import PRIVATE, folder_trouble, make_private_folder
from paddlescan.errors import FolderUnwritable, StoreUnwritable
from paddlescan.ocr.gpu_package import find_package

XDG_USUAL = {"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share", "XDG_CACHE_HOME": ".cache"}
"""What says on Linux where folders are, and where they are in the home folder unless it is said otherwise."""
NOT_YOURS = "it belongs to somebody else"
"""Known to `words.reason`."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders and files of one user. Nothing exists until `make` is called."""

    config: Path
    data: Path
    cache: Path
    logs: Path

    @property
    def store(self) -> Path:
        """The SQLite file with batches, pages, receipts and edits."""
        return self.data / "receipts.sqlite"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "settings.json"

    @property
    def patterns(self) -> str | None:
        """The folder with an office's own words and layouts, laid out like `resources/patterns/`; None: none."""
        folder = self.config / "patterns"
        return str(folder) if os.path.isdir(folder) else None  # noqa: PTH112  # Path raises where one may not look

    @property
    def gpu_places(self) -> tuple[Path, ...]:
        """Where a packed program looks for its GPU package: beside the program for everybody, then this person's."""
        if not getattr(sys, "frozen", False):
            return ()
        program = Path(sys.executable).parent
        return (program.with_name(f"{program.name}-gpu"), self.data / "gpu")

    @property
    def gpu_package(self) -> str | None:
        """The GPU package that was found; whether it fits is asked of it later. None: there is none."""
        found = find_package(self.gpu_places)
        return str(found) if found else None

    @property
    def templates(self) -> Path:
        """An office's own templates for exports, a file each; need not exist."""
        return self.config / "templates"

    @property
    def pasted(self) -> Path:
        """Pictures pasted from the clipboard; they are source files, so they are kept."""
        return self.data / "pasted"

    @property
    def scanned(self) -> Path:
        """Pages that came from a scanner; they are source files, so they are kept."""
        return self.data / "scanned"

    @property
    def backups(self) -> Path:
        """Copies of the store."""
        return self.data / "backups"

    @property
    def scratch(self) -> Path:
        """Where engine processes may write; each has a folder of its own that goes with it."""
        return self.cache / "scratch"

    @property
    def runtimes(self) -> Path:
        """Which runtime was found to be quicker on this machine; need not exist."""
        return self.cache / "runtimes.json"

    @property
    def thumbnails(self) -> Path:
        """Small pictures of pages."""
        return self.cache / "thumbnails"

    def make(self) -> Paths:
        """Create the folders, readable by their owner only; those that are there and wider are narrowed.

        What lies above them stays as it is. Raises DiskFull or FolderUnwritable where that is impossible;
        FolderUnwritable or StoreUnwritable also where receipts would go to somebody else, whose folder or store it is.
        """
        for folder in (self.config, self.data, self.cache, self.logs, self.scratch):
            try:
                make_private_folder(folder)
                _narrow(folder)
            except OSError as error:
                raise folder_trouble(error, folder) from error
        for folder in (self.data, self.cache, self.scratch, self.thumbnails, self.pasted, self.scanned, self.backups):
            if _is_somebody_else_s(folder, folder):
                raise FolderUnwritable(file=str(folder), detail=NOT_YOURS)
        if _is_somebody_else_s(self.store, self.data):
            raise StoreUnwritable(file=str(self.data), detail=NOT_YOURS)
        for folder in (self.pasted, self.scanned, self.thumbnails, self.templates):
            _narrow(folder)
        return self


def _narrow(folder: Path) -> None:
    """Take the rights of others from a folder, as far as it is ours."""
    if os.name != "posix":
        return
    with suppress(OSError):  # not there, somebody else's, a disk without rights: each file of ours is private anyway
        seen = folder.stat()
        if seen.st_uid == os.getuid() and stat.S_ISDIR(seen.st_mode) and stat.S_IMODE(seen.st_mode) & 0o077:
            folder.chmod(stat.S_IMODE(seen.st_mode) & PRIVATE)


def _is_somebody_else_s(path: Path, folder: Path) -> bool:
    """Whether a folder or file has another owner, who may let others read it; folder: it, or the one that it is in.

    Root is everybody. A disk that knows no owners says of what we make there, too, that it is somebody else's.
    """
    if os.name != "posix" or os.geteuid() == 0:
        return False
    try:
        if path.stat().st_uid == os.geteuid():
            return False
    except OSError:  # not there yet; what else is wrong with it shows when it is used
        return False
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            return os.fstat(file.fileno()).st_uid == os.geteuid()
    except OSError:
        return True


def user_paths() -> Paths:
    """The folders of the person who runs this program."""
    home = os.environ.get("PADDLESCAN_HOME")
    if home:
        root = Path(home).absolute()
        return Paths(root / "config", root / "data", root / "cache", root / "logs")
    folders = appdirs.AppDirs("PaddleScan", appauthor=False)
    return Paths(
        _sound(folders.user_config_dir, "XDG_CONFIG_HOME"),
        _sound(folders.user_data_dir, "XDG_DATA_HOME"),
        _sound(folders.user_cache_dir, "XDG_CACHE_HOME"),
        _sound(folders.user_log_dir, "XDG_CACHE_HOME"),
    )


def _sound(path: str, variable: str) -> Path:
    """A folder that appdirs made of what a variable says. One that is empty or no absolute path is to be ignored, says
    the XDG specification; appdirs takes it all the same, and receipts would lie wherever the program was started."""
    said = os.environ.get(variable)
    if said is None or Path(said).is_absolute() or sys.platform in ("win32", "darwin"):
        return Path(path)
    return Path.home() / XDG_USUAL[variable] / Path(path).relative_to(said)
