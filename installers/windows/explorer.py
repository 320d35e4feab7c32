"""What the installer tells Explorer: the menus that `paddlescan menu` knows, "Open with", and the Send to menu."""

from __future__ import annotations

from dataclasses import dataclass

from paddlescan.desktop.menus.entries import ENTRIES, EXTENSIONS, OPEN
from paddlescan.desktop.menus.windows import CLASSES, RegistryValue, keys_above, registry_roots, registry_values
from paddlescan.document import Language

GUI = "paddlescan-gui.exe"
"""The program without a terminal: an entry of a menu must not open one."""
_APPLICATION = f"{CLASSES}\\Applications\\{GUI}"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut in the Send to folder: the program, with these arguments before the files that were sent."""

    name: str
    arguments: str


def values(program: str, language: Language) -> tuple[RegistryValue, ...]:
    """All values below the key of the user, or of the machine. program: the whole path of `GUI`."""
    return (*registry_values(program, language), *_open_with(program))


def own_keys() -> tuple[str, ...]:
    """The keys that are removed with all below them: nobody else's are in them."""
    return (*registry_roots(), _APPLICATION)


def shared_keys() -> tuple[str, ...]:
    """The keys above them that are removed where nothing is left in them, the deepest first."""
    return keys_above(own_keys())


def send_to(language: Language) -> tuple[Shortcut, ...]:
    """The shortcuts of the Send to menu, which starts the program once with all files."""
    return tuple(Shortcut(entry.label(language), " ".join(entry.arguments)) for entry in ENTRIES)


def _open_with(program: str) -> tuple[RegistryValue, ...]:
    """The program among "Open with", for the types it reads. It becomes nothing's default."""
    call = " ".join((f'"{program}"', *OPEN.arguments, '"%1"'))
    return (
        RegistryValue(_APPLICATION, "FriendlyAppName", "PaddleScan"),
        RegistryValue(f"{_APPLICATION}\\DefaultIcon", "", f'"{program}",0'),
        RegistryValue(f"{_APPLICATION}\\shell\\open\\command", "", call),
        *(RegistryValue(f"{_APPLICATION}\\SupportedTypes", f".{name}", "") for name in EXTENSIONS),
    )
