"""PaddleScan's entries in a file manager's menu. Written by the package or by `paddlescan menu install`, which fills in
the next line; `paddlescan menu remove` takes it away. Runs inside the file manager: it must be quick and never raise.
"""

from __future__ import annotations

import importlib
import os
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

from gi.repository import GObject

FILLED_IN: dict[str, Any] = {"module": "", "entries": [], "extensions": [], "types": []}

LONGEST_CALL = 1000000
"""Bytes of the paths of one call; the system takes no longer ones. More paths are several calls, and one batch."""

api = importlib.import_module("gi.repository." + FILLED_IN["module"])


def language() -> str:
    """The first language that the session names, as gettext chooses."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def paths_of(chosen: Any) -> list[str] | None:
    """Where these files are; None if the entries are not for them."""
    paths = []
    for file in chosen:
        path = file.get_location().get_path()
        if not path:
            return None
        suffix = Path(path).suffix[1:].lower()
        known = suffix in FILLED_IN["extensions"] or file.get_mime_type() in FILLED_IN["types"]
        if not (known or file.is_directory()):
            return None
        paths.append(path)
    return paths


def environment() -> dict[str, str]:
    """With what lets a window come to the front that is open already; Wayland wants to be told who asked."""
    variables = dict(os.environ)
    if variables.get("WAYLAND_DISPLAY"):
        with suppress(Exception):
            from gi.repository import Gdk, Gio

            program = Gio.AppInfo.create_from_commandline("paddlescan", "PaddleScan", Gio.AppInfoCreateFlags.NONE)
            token = Gdk.Display.get_default().get_app_launch_context().get_startup_notify_id(program, [])
            if token:
                variables["XDG_ACTIVATION_TOKEN"] = token
    return variables


def start(item: Any, command: list[str], paths: list[str]) -> None:
    """Call the program with these paths."""
    part: list[str] = []
    size = 0
    for path in paths:
        if part and size + len(os.fsencode(path)) > LONGEST_CALL:
            call(command + part)
            part, size = [], 0
        part.append(path)
        size += len(os.fsencode(path)) + 9
    call(command + part)


def call(command: list[str]) -> None:
    """Start a program and forget it."""
    quiet = subprocess.DEVNULL
    with suppress(OSError):
        subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment(), start_new_session=True)


def items_for(chosen: Any) -> list[Any]:
    """The entries for these files."""
    paths = paths_of(chosen)
    if not paths:
        return []
    items = []
    for entry in FILLED_IN["entries"]:
        if not os.access(entry["command"][0], os.X_OK):
            return []
        words = entry[language()]
        item = api.MenuItem(name="PaddleScan::" + entry["key"], label=words[0], tip=words[1])
        item.connect("activate", start, entry["command"], paths)
        items.append(item)
    return items


class PaddleScanMenu(GObject.GObject, api.MenuProvider):
    """What the file manager asks; its versions hand over a window before the files, or do not."""

    def get_file_items(self, *arguments: Any) -> list[Any]:
        """For a selection."""
        return items_for(arguments[-1])

    def get_background_items(self, *arguments: Any) -> list[Any]:
        """For the folder that is shown."""
        return items_for([arguments[-1]])
