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
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from paddlescan.held import hold, new_held_folder, remove_unheld, take

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
        path = folder / _new_name("part")
        file = open(path, "xb", opener=opener)  # noqa: SIM115 the caller closes it
        if hold(path, file.fileno()):
            return file
        file.close()
    raise FileNotFoundError("new files vanish")


def _new_name(kind: str) -> str:
    return f".paddlescan-{secrets.token_hex(8)}.{kind}"


@contextmanager
def held_folder(parent: Path | None = None) -> Iterator[Path]:
    """A folder that is gone at the end; its owner's alone. parent: None for the system's temporary folder."""
    parent = parent or Path(tempfile.gettempdir())
    sweep_once(parent)
    held = new_held_folder(lambda: _made(parent))
    try:
        yield held.folder
    finally:
        held.remove()


def _made(parent: Path) -> Path:
    folder = parent / _new_name("parts")
    folder.mkdir(mode=0o700)
    return folder


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
    gone = sum(remove_unheld(folder / name, folder / _new_name("parts")) for name in names)
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
            for note, descriptor in held.items():
                _forget(note, descriptor)


def _note(folder: Path, notes: Path, held: dict[Path, int]) -> None:
    with suppress(OSError):
        notes.mkdir(parents=True, exist_ok=True, mode=0o700)
        note = notes / f"{secrets.token_hex(8)}.place"
        descriptor = os.open(note, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        if not hold(note, descriptor):
            os.close(descriptor)
            return
        os.write(descriptor, os.fsencode(folder))
        held[note] = descriptor


def _sweep_noted(notes: Path, own: tuple[Path, ...]) -> None:
    for folder in (*own, Path(tempfile.gettempdir())):
        sweep(folder)
    with suppress(OSError):
        for note in sorted(notes.glob("*.place")):
            descriptor = take(note)
            if descriptor is None:
                continue  # of a program that lives
            place = Path(os.fsdecode(note.read_bytes()))
            if not place.is_absolute() or sweep(place):
                _forget(note, descriptor)
            else:
                os.close(descriptor)  # a disk that is not there now: the next start looks again


def _forget(note: Path, descriptor: int) -> None:
    if sys.platform == "win32":
        os.close(descriptor)
    with suppress(OSError):
        note.unlink(missing_ok=True)
    if sys.platform != "win32":
        os.close(descriptor)
