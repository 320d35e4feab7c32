"""Thunar: custom actions in one file of the user's, which holds the user's own ones, too. Merged, never overwritten.

Each action is for files or for folders, since patterns of names are meant for both.
"""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

from paddlescan.desktop.identity import APP_ID
from paddlescan.desktop.menus import uca
from paddlescan.desktop.menus.entries import CHINESE_LOCALES, ENTRIES, EXTENSIONS, Command, Entry
from paddlescan.desktop.menus.manager import State, remove_files, unwritable, write
from paddlescan.desktop.menus.places import Places
from paddlescan.errors import MenuFileBroken

_FILES = ("files", ";".join(f"*.{name}" for name in (*EXTENSIONS, *map(str.upper, EXTENSIONS))))
_FOLDERS = ("folders", "*")
_IDS = frozenset(f"{APP_ID}.{entry.key}-{kind}" for entry in ENTRIES for kind, _ in (_FILES, _FOLDERS))


class Thunar:
    """Its list of custom actions."""

    name = "Thunar"

    def is_there(self) -> bool:
        """Whether this computer has it."""
        return shutil.which("thunar") is not None

    def state(self, places: Places, command: Command) -> State:
        """How it stands."""
        try:
            found = self._read(places)
        except MenuFileBroken:
            return State.BROKEN
        ours = found.of(_IDS)
        if not ours:
            return State.ABSENT
        wanted = uca.read(uca.read(uca.EMPTY).with_also(_texts(command))).actions
        same = sorted(map(_meaning, ours)) == sorted(map(_meaning, wanted))
        return State.INSTALLED if same else State.OTHER

    def install(self, places: Places, command: Command) -> None:
        """Put the actions at the end of the list; where they are already, nothing is touched."""
        if self.state(places, command) is State.INSTALLED:
            return
        bare = uca.read(self._read(places).without(_IDS))
        write(_file(places), bare.with_also(_texts(command)))

    def remove(self, places: Places) -> bool:
        """Take the actions out; a file that says nothing but what the system's says is removed."""
        file = _file(places)
        found = self._read(places)
        if not found.of(_IDS):
            return False
        left = found.without(_IDS)
        if left in (_system_s(places), uca.EMPTY) and not file.is_symlink():
            remove_files([file], places.config_home)
        else:
            write(file, left)
        return True

    def _read(self, places: Places) -> uca.ActionList:
        """The list that Thunar shows: the user's; while there is none, the system's. Raises MenuFileBroken."""
        file = _file(places)
        try:
            data = file.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            if os.path.lexists(file):  # a link to nothing
                data = uca.EMPTY
            else:
                return uca.read(_system_s(places))
        except OSError as error:
            raise unwritable(error, file) from error
        try:
            return uca.read(data)
        except uca.BrokenList as error:
            raise MenuFileBroken(file=str(file)) from error


def _file(places: Places) -> Path:
    return places.config_home / "Thunar" / "uca.xml"


def _system_s(places: Places) -> bytes:
    """The list that Thunar shows to whoever has none."""
    for folder in places.config_dirs:
        try:
            data = (folder / "Thunar" / "uca.xml").read_bytes()
            uca.read(data)
        except (OSError, uca.BrokenList):
            continue
        return data
    return uca.EMPTY


def _meaning(action: uca.Action) -> tuple[str, ...]:
    """What makes an action ours and up to date; its name may be another in the list that Thunar wrote anew."""
    return tuple(action.said.get(name, "") for name in ("unique-id", "command", "patterns"))


def _texts(command: Command) -> bytes:
    return b"".join(_text(entry, command, *which) for which in (_FILES, _FOLDERS) for entry in ENTRIES)


def _text(entry: Entry, command: Command, kind: str, patterns: str) -> bytes:
    call = shlex.join((*command, *entry.arguments)).replace("%", "%%")
    said = {
        "icon": APP_ID,
        "name": entry.english,
        "unique-id": f"{APP_ID}.{entry.key}-{kind}",
        "command": f"{call} %F",
        "description": entry.english_tip,
        "patterns": patterns,
    }
    marks = ("directories",) if kind == "folders" else ("image-files", "text-files", "other-files")
    chinese = {"name": entry.chinese, "description": entry.chinese_tip}
    return uca.action_text(said | dict.fromkeys(marks, ""), chinese, CHINESE_LOCALES)


THUNAR = Thunar()
