"""Nemo: action files. A selection and the empty ground of a folder want an action each."""

from __future__ import annotations

import shlex

from paddlescan.desktop.identity import APP_ID
from paddlescan.desktop.menus.entries import CHINESE_LOCALES, ENTRIES, EXTENSIONS, Command, Entry
from paddlescan.desktop.menus.manager import OwnFiles, Texts


def _texts(command: Command) -> Texts:
    texts = {}
    chosen = ";".join((*EXTENSIONS, "dir"))
    for number, entry in enumerate(ENTRIES, 1):  # they stand in the order of these names
        texts[f"{APP_ID}.{number}-{entry.key}.nemo_action"] = _action(entry, command, "notnone", chosen, "%F")
        texts[f"{APP_ID}.{number}-{entry.key}-here.nemo_action"] = _action(entry, command, "none", "any", "%P")
    return texts


def _action(entry: Entry, command: Command, selection: str, extensions: str, token: str) -> bytes:
    call = shlex.join((*command, *entry.arguments)).replace("%", "%%")
    lines = [
        "[Nemo Action]",
        f"Name={entry.english}",
        *(f"Name[{locale}]={entry.chinese}" for locale in CHINESE_LOCALES),
        f"Comment={entry.english_tip}",
        *(f"Comment[{locale}]={entry.chinese_tip}" for locale in CHINESE_LOCALES),
        f"Exec={_escaped(call)} {token}",
        f"Icon-Name={APP_ID}",
        f"Selection={selection}",
        f"Extensions={extensions};",
        f"Dependencies={_escaped(command[0]).replace(';', chr(92) + ';')};",
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def _escaped(value: str) -> str:
    """As a value of a key file."""
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


NEMO = OwnFiles("Nemo", "nemo", "nemo/actions", _texts)
