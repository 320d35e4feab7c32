"""Dolphin (and Konqueror, Krusader): a service menu. In a user's folder it is believed only if it is executable."""

from __future__ import annotations

import re

from paddlescan.desktop.identity import APP_ID
from paddlescan.desktop.menus.entries import CHINESE_LOCALES, ENTRIES, FOLDER_TYPE, MIME_TYPES, Command
from paddlescan.desktop.menus.manager import OwnFiles, Texts

_PLAIN = re.compile(r"[\w@%+=:,./-]+", re.ASCII)


def _texts(command: Command) -> Texts:
    lines = [
        "[Desktop Entry]",
        "Type=Service",
        "X-KDE-ServiceTypes=KonqPopupMenu/Plugin",
        f"MimeType={';'.join((*MIME_TYPES, FOLDER_TYPE))};",
        f"Actions={';'.join(entry.key for entry in ENTRIES)};",
        "X-KDE-Priority=TopLevel",
    ]
    for entry in ENTRIES:
        call = " ".join(_argument(part) for part in (*command, *entry.arguments))
        lines += [
            "",
            f"[Desktop Action {entry.key}]",
            f"Name={entry.english}",
            *(f"Name[{locale}]={entry.chinese}" for locale in CHINESE_LOCALES),
            f"Icon={APP_ID}",
            f"Exec={call} %F",
        ]
    return {f"{APP_ID}.desktop": "".join(f"{line}\n" for line in lines).encode()}


def _argument(part: str) -> str:
    """As a desktop file's Exec line wants it: quoted, and escaped once more as a value of a key file."""
    quoted = part if _PLAIN.fullmatch(part) else '"' + re.sub(r'(["`$\\])', r"\\\1", part) + '"'
    return quoted.replace("\\", "\\\\").replace("%", "%%")


DOLPHIN = OwnFiles("Dolphin", "dolphin", "kio/servicemenus", _texts, executable=True)
