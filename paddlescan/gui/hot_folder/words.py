"""How the watched folder fares, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from paddlescan.errors import AlreadyWatched
from paddlescan.gui.hot_folder.hot_folder import Watching
from paddlescan.gui.shared import failure_words
from paddlescan.words import together

_LONGEST = 24
"""Letters of a folder's name that the status bar has room for."""


def status_of(now: Watching) -> str:
    """A few words; none if nothing is watched."""
    translate = QCoreApplication.translate  # by this name, or lupdate does not see it
    if not now.folder:
        return ""
    name = now.folder if len(now.folder) <= _LONGEST else f"{now.folder[:_LONGEST]}…"
    if now.trouble is not None:
        if now.trouble.code == AlreadyWatched.code:
            return translate("HotFolder", "{folder}: watched by another PaddleScan").format(folder=name)
        return translate("HotFolder", "{folder}: waiting, see here").format(folder=name)
    parts = [translate("HotFolder", "Watching {folder}").format(folder=name)]
    if now.read or now.failed:
        parts.append(translate("HotFolder", "{count} read").format(count=now.read + now.failed))
    if now.failed:
        parts.append(translate("HotFolder", "{count} failed").format(count=now.failed))
    if now.waiting:
        parts.append(translate("HotFolder", "{count} waiting").format(count=now.waiting))
    return " · ".join(parts)


def hint_of(now: Watching, can_open: bool) -> str:
    """What there is to know besides."""
    translate = QCoreApplication.translate
    if now.trouble is not None:
        return together(*failure_words(now.trouble))
    if can_open:
        return translate("HotFolder", "Open the batch of what arrived today")
    return translate("HotFolder", "What arrives in this folder is read by itself")
