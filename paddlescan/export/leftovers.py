"""Files that are being made, and what is left of them when a program is killed.

What is not whole yet bears a name of its own, `.paddlescan-<16 hex digits>.part` (`.parts` for a folder), and whoever
makes it holds a lock on it that the kernel drops at death. So whatever nobody holds any more can be removed, and
nothing else is: at the next export into that folder, and, where a program remembers the folders it wrote into, at the
next start.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import shutil
import stat
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

log = logging.getLogger(__name__)

_NAME = re.compile(r"\.paddlescan-[0-9a-f]{16}\.parts?")
_TRIES = 10
_guard = threading.Lock()
_swept: set[Path] = set()
_notes: list[tuple[Path, dict[Path, int]]] = []
"""Where places are remembered now, and the descriptors that hold each note."""


def new_part(folder: Path, opener: Callable[[str, int], int] | None = None) -> BinaryIO:
    """A new file to be filled and renamed, held as long as it is open. Raises OSError."""
    for _ in range(_TRIES):
        path = folder / f".paddlescan-{secrets.token_hex(8)}.part"
        file = open(path, "xb", opener=opener)  # noqa: SIM115 the caller closes it
        if _hold(path, file.fileno()):
            return file
        file.close()
    raise FileNotFoundError("new files vanish")


@contextmanager
def held_folder(parent: Path | None = None) -> Iterator[Path]:
    """A folder that is gone at the end; its owner's alone. parent: None for the system's temporary folder."""
    parent = parent or Path(tempfile.gettempdir())
    sweep_once(parent)
    folder, hold = _new_folder(parent)
    try:
        yield folder
    finally:
        if sys.platform == "win32":
            os.close(hold)  # a file in it
            shutil.rmtree(folder, ignore_errors=True)
        else:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(hold)


def _new_folder(parent: Path) -> tuple[Path, int]:
    for _ in range(_TRIES):
        folder = parent / f".paddlescan-{secrets.token_hex(8)}.parts"
        folder.mkdir(mode=0o700)
        with suppress(FileNotFoundError):
            hold = _open_folder(folder)
            if _hold(folder, hold):
                return folder, hold
            os.close(hold)
    raise FileNotFoundError("new folders vanish")


def sweep_once(folder: Path) -> None:
    """Before the first file that this program makes in a folder: remove what dead ones left there. Never fails."""
    with _guard:
        if folder in _swept:
            return
        _swept.add(folder)
        if _notes:
            _note(folder, *_notes[-1])
    sweep(folder)


def sweep(folder: Path) -> bool:
    """Remove what nobody holds. Never fails; False if the folder cannot be looked into now."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if _NAME.fullmatch(entry.name)]
    except (FileNotFoundError, NotADirectoryError):
        return os.path.lexists(folder.anchor) and folder.parent.is_dir()  # deleted, or a disk that is not there now
    except OSError:
        return False
    gone = sum(_remove_unheld(folder / name) for name in names)
    if gone:
        log.info("%d unfinished files of programs that are gone were removed", gone)
    return True


@contextmanager
def places_remembered(notes: Path, own: Iterable[Path] = ()) -> Iterator[None]:
    """While this lasts, the folders that files are made in are noted, so that after a kill the next program finds them.

    Begins, in a thread of its own, with a sweep of what was noted by programs that are gone, and of `own` folders.
    """
    held: dict[Path, int] = {}
    with _guard:
        _notes.append((notes, held))
    threading.Thread(target=_sweep_noted, args=(notes, tuple(own)), name="sweep", daemon=True).start()
    try:
        yield
    finally:
        with _guard:
            _notes.remove((notes, held))
            _swept.clear()
            for note, hold in held.items():
                _forget(note, hold)


def _note(folder: Path, notes: Path, held: dict[Path, int]) -> None:
    with suppress(OSError):
        notes.mkdir(parents=True, exist_ok=True, mode=0o700)
        note = notes / f"{secrets.token_hex(8)}.place"
        hold = os.open(note, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        if not _hold(note, hold):
            os.close(hold)
            return
        os.write(hold, os.fsencode(folder))
        held[note] = hold


def _sweep_noted(notes: Path, own: tuple[Path, ...]) -> None:
    for folder in (*own, Path(tempfile.gettempdir())):
        sweep(folder)
    with suppress(OSError):
        for note in sorted(notes.glob("*.place")):
            hold = _take(note)
            if hold is None:
                continue  # of a program that lives
            place = Path(os.fsdecode(note.read_bytes()))
            if not place.is_absolute() or sweep(place):
                _forget(note, hold)
            else:
                os.close(hold)  # a disk that is not there now: the next start looks again


def _forget(note: Path, hold: int) -> None:
    if sys.platform == "win32":
        os.close(hold)
    with suppress(OSError):
        note.unlink(missing_ok=True)
    if sys.platform != "win32":
        os.close(hold)


if sys.platform == "win32":  # a file that is open cannot be removed there, nor its folder be renamed

    def _hold(path: Path, descriptor: int) -> bool:
        return True

    def _open_folder(folder: Path) -> int:
        return os.open(folder / "held", os.O_CREAT | os.O_RDWR)

    def _take(note: Path) -> int | None:
        ours = note.with_suffix(".taken")
        try:
            note.rename(ours)
            ours.rename(note)
            return os.open(note, os.O_RDONLY)
        except OSError:
            return None

    def _remove_unheld(path: Path) -> bool:
        try:
            if stat.S_ISDIR(path.lstat().st_mode):
                gone = path.with_name(f".paddlescan-{secrets.token_hex(8)}.parts")
                path.rename(gone)
                shutil.rmtree(gone, ignore_errors=True)
            else:
                path.unlink()
        except OSError:
            return False
        return True

else:
    import fcntl

    def _hold(path: Path, descriptor: int) -> bool:
        """False if a sweep was faster, and took it for one that nobody holds."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return os.path.samestat(os.fstat(descriptor), path.lstat())
        except (BlockingIOError, FileNotFoundError):
            return False
        except OSError:  # a disk without locks: there nobody can sweep either
            return True

    def _open_folder(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)

    def _take(path: Path) -> int | None:
        """A descriptor that holds a file or folder of a dead program; None where that cannot be had."""
        try:
            state = path.lstat()
            if state.st_uid != os.getuid() or not (stat.S_ISREG(state.st_mode) or stat.S_ISDIR(state.st_mode)):
                return None
            flags = os.O_RDONLY | os.O_DIRECTORY if stat.S_ISDIR(state.st_mode) else os.O_RDWR | os.O_NONBLOCK
            hold = os.open(path, flags | os.O_NOFOLLOW)
        except OSError:
            return None
        try:
            fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(hold), path.lstat()):
                return hold
        except OSError:
            pass
        os.close(hold)
        return None

    def _remove_unheld(path: Path) -> bool:
        hold = _take(path)
        if hold is None:
            return False
        try:
            if stat.S_ISDIR(os.fstat(hold).st_mode):
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()
        except OSError:
            return False
        finally:
            os.close(hold)
        return True
