"""Nautilus and Caja: a small Python program that runs inside them, where their Python binding is installed; where it is
not, scripts in the folder that they show as a submenu of their own.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from paddlescan.desktop.identity import APP_ID
from paddlescan.desktop.menus.entries import ENTRIES, EXTENSIONS, MIME_TYPES, Command
from paddlescan.desktop.menus.manager import OwnFiles, State, Texts, remove_files, write
from paddlescan.desktop.menus.places import Places
from paddlescan.document import Language
from paddlescan.resources_dir import resource
from paddlescan.words import system_language

_UNFILLED = 'FILLED_IN: dict[str, Any] = {"module": "", "entries": [], "extensions": [], "types": []}'
_LIBRARIES = ("/usr/lib", "/usr/lib64", "/usr/local/lib")


def extension_texts(module: str, command: Command) -> Texts:
    """The program that runs inside a file manager, which calls its own interface so."""
    entries = [
        {
            "key": entry.key,
            "command": [*command, *entry.arguments],
            "en": [entry.english, entry.english_tip],
            "zh": [entry.chinese, entry.chinese_tip],
        }
        for entry in ENTRIES
    ]
    filled_in = {"module": module, "entries": entries, "extensions": list(EXTENSIONS), "types": list(MIME_TYPES)}
    text = resource("menus", "extension.py").read_text("utf-8")
    if _UNFILLED not in text:
        raise RuntimeError("resources/menus/extension.py has no line to fill in")
    return {"paddlescan_menu.py": text.replace(_UNFILLED, f"FILLED_IN: dict[str, Any] = {filled_in!a}").encode()}


@dataclass(frozen=True, slots=True)
class Extended:
    """A file manager that Python programs extend."""

    extension: OwnFiles
    scripts: str
    """The folder of its scripts; below the user's data folder, or the one for settings."""
    scripts_in_config: bool
    binding: str
    """The library that runs the extension, as a pattern below a folder of libraries."""

    @property
    def name(self) -> str:
        """As people call it."""
        return self.extension.name

    def is_there(self) -> bool:
        """Whether this computer has it."""
        return self.extension.is_there()

    def runs_python(self) -> bool:
        """Whether the binding is installed."""
        patterns = (self.binding, f"*/{self.binding}")
        return any(next(Path(root).glob(pattern), None) for root in _LIBRARIES for pattern in patterns)

    def state(self, places: Places, command: Command) -> State:
        """How it stands."""
        if self.runs_python():
            state = self.extension.state(places, command)
            return State.OTHER if state is State.ABSENT and self._old_scripts(places) else state
        wanted = self._script_texts(places, command, system_language())
        if any(not file.is_file() for file in wanted):
            return State.OTHER if self._old_scripts(places) else State.ABSENT
        return State.INSTALLED if all(file.read_bytes() == text for file, text in wanted.items()) else State.OTHER

    def install(self, places: Places, command: Command) -> None:
        """Put the entries in: the extension if it can run, else the scripts; never both."""
        self._remove_scripts(places)
        if self.runs_python():
            self.extension.install(places, command)
            return
        self.extension.remove(places)
        for file, text in self._script_texts(places, command, system_language()).items():
            write(file, text, executable=True)

    def remove(self, places: Places) -> bool:
        """Take both away."""
        scripts = self._remove_scripts(places)
        return self.extension.remove(places) or scripts

    def write_for_all(self, root: Path, command: Command) -> list[Path]:
        """Write the extension for everybody, below the root of a package."""
        return self.extension.write_for_all(root, command)

    def _script_texts(self, places: Places, command: Command, language: Language) -> dict[Path, bytes]:
        folder = (places.config_home if self.scripts_in_config else places.data_home) / self.scripts
        return {
            folder / entry.label(language): f"#!/bin/sh\n# {APP_ID}\n"
            'if [ "$#" -eq 0 ]; then set -- "$PWD"; fi  # the empty ground of a folder\n'
            f'exec {shlex.join((*command, *entry.arguments))} "$@"\n'.encode()
            for entry in ENTRIES
        }

    def _old_scripts(self, places: Places) -> list[Path]:
        """Ours, in whatever language they were written."""
        languages: tuple[Language, ...] = ("en", "zh")
        found = (file for language in languages for file in self._script_texts(places, ("x",), language))
        return [file for file in found if _is_ours(file)]

    def _remove_scripts(self, places: Places) -> bool:
        stop = places.config_home if self.scripts_in_config else places.data_home
        return remove_files(self._old_scripts(places), stop)


def _is_ours(file: Path) -> bool:
    try:
        with file.open("rb") as script:
            return f"# {APP_ID}\n".encode() in script.read(200)
    except OSError:
        return False


def extended(name: str, folder: str, scripts: str, scripts_in_config: bool, binding: str) -> Extended:
    """A file manager whose program and interface are called like itself."""
    own = OwnFiles(name, name.lower(), folder, lambda command: extension_texts(name, command))
    return Extended(own, scripts, scripts_in_config, binding)
