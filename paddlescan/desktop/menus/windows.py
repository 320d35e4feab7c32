"""Windows Explorer: verbs in the registry, of one user. What is to be written is plain data, for the installer, too.

Explorer starts the program once for each selected file, and shows no verb for more than a hundred of them: for more,
the verb of their folder.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from paddlescan.desktop.menus.entries import ENTRIES, EXTENSIONS, Command, Entry
from paddlescan.desktop.menus.manager import State
from paddlescan.desktop.menus.places import Places
from paddlescan.document import Language
from paddlescan.words import system_language

CLASSES: Final = r"Software\Classes"
"""Below the key of the user, or of the machine."""


@dataclass(frozen=True, slots=True)
class RegistryValue:
    """One value; an empty name is the key's own."""

    key: str
    name: str
    value: str = field(repr=False)


def registry_values(program: str, language: Language) -> tuple[RegistryValue, ...]:
    """Everything that makes up the menu, for a program at an absolute path."""
    return tuple(
        value for entry in ENTRIES for place, path in _SHELLS for value in _verb(entry, place, path, program, language)
    )


def registry_roots() -> tuple[str, ...]:
    """The keys to delete, with all that is below them, to leave nothing; those above may be others'."""
    return tuple(_root(entry, place) for entry in ENTRIES for place, _ in _SHELLS)


def keys_above(keys: Iterable[str]) -> tuple[str, ...]:
    """The keys above these, which others may use as well, the deepest first: to be removed where they are empty."""
    above: set[str] = set()
    for path in keys:
        while (path := path.rpartition("\\")[0]) not in (CLASSES, ""):
            above.add(path)
    return tuple(sorted(above, key=lambda path: (-path.count("\\"), path)))


_SHELLS: Final = (
    *((rf"SystemFileAssociations\.{name}", "%1") for name in EXTENSIONS),
    ("Directory", "%1"),
    (r"Directory\Background", r"%V\."),  # the root of a drive ends in a backslash, which would swallow the quote
    ("Drive", r"%1\."),
)


def _root(entry: Entry, place: str) -> str:
    """Explorer shows verbs in the order of their keys' names: hence the number."""
    return rf"{CLASSES}\{place}\shell\PaddleScan.{ENTRIES.index(entry) + 1}-{entry.key}"


def _verb(entry: Entry, place: str, path: str, program: str, language: Language) -> tuple[RegistryValue, ...]:
    root = _root(entry, place)
    call = " ".join((f'"{program}"', *entry.arguments, f'"{path}"'))
    return (
        RegistryValue(root, "", entry.label(language)),
        RegistryValue(root, "Icon", program),
        RegistryValue(root, "MultiSelectModel", "Player"),
        RegistryValue(rf"{root}\command", "", call),
    )


if sys.platform == "win32":
    import winreg

    class Explorer:
        """The registry of this user."""

        name = "Explorer"

        def is_there(self) -> bool:
            """Every Windows has it."""
            return True

        def state(self, places: Places, command: Command) -> State:
            """How it stands."""
            wanted = registry_values(command[0], system_language())
            right = sum(_value(one) == one.value for one in wanted)
            if right == len(wanted):
                return State.INSTALLED
            return State.OTHER if any(_exists(root) for root in registry_roots()) else State.ABSENT

        def install(self, places: Places, command: Command) -> None:
            """Write the values."""
            for one in registry_values(command[0], system_language()):
                with winreg.CreateKey(winreg.HKEY_CURRENT_USER, one.key) as key:
                    winreg.SetValueEx(key, one.name, 0, winreg.REG_SZ, one.value)

        def remove(self, places: Places) -> bool:
            """Delete the keys, and those above them that are empty then."""
            there = [root for root in registry_roots() if _exists(root)]
            for root in there:
                for key in (rf"{root}\command", root):
                    with suppress(FileNotFoundError):
                        winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)
            for key in keys_above(there):
                if _is_empty(key):
                    winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)
            return bool(there)

    def _value(one: RegistryValue) -> object:
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, one.key) as key:
                return winreg.QueryValueEx(key, one.name)[0]
        except FileNotFoundError:
            return None

    def _is_empty(root: str) -> bool:
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, root) as key:
                return winreg.QueryInfoKey(key)[:2] == (0, 0)  # keys, values
        except FileNotFoundError:
            return False

    def _exists(root: str) -> bool:
        try:
            winreg.OpenKey(winreg.HKEY_CURRENT_USER, root).Close()
        except FileNotFoundError:
            return False
        return True
