"""The file managers of this computer, and whether "Scan with Paddle" is in their menus."""

from __future__ import annotations

import os
from pathlib import Path

from paddlescan.desktop.diagnosis import Diagnosis, Speaker
from paddlescan.desktop.menus.installing import FILE_MANAGERS, own_command
from paddlescan.desktop.menus.manager import FileManager, State
from paddlescan.desktop.menus.places import Places
from paddlescan.desktop.menus.python_extension import Extended
from paddlescan.errors import PaddleScanError

_REMEDIES = {State.ABSENT: "install", State.OTHER: "install", State.BROKEN: "broken"}


def diagnose_file_managers(say: Speaker) -> Diagnosis:
    """Each that is there, with the state of its menu; the remedy is for the one that needs it most."""
    places = Places.of(os.environ, Path.home())
    found = [(manager, _state(manager, places)) for manager in FILE_MANAGERS if manager.is_there()]
    if not found:
        names = say.listed([manager.name for manager in FILE_MANAGERS])
        return Diagnosis("file_managers", "ok", say("file_managers_none", names=names))
    told = say("file_managers_and").join(_told(manager, state, say) for manager, state in found)
    wanted = {_REMEDIES[state] for _, state in found if state in _REMEDIES}
    if not wanted:
        return Diagnosis("file_managers", "ok", told)
    return Diagnosis("file_managers", "note", told, say(f"file_managers_{min(wanted)}_remedy"))


def _state(manager: FileManager, places: Places) -> State:
    try:
        return manager.state(places, own_command())
    except (OSError, PaddleScanError):
        return State.BROKEN


def _told(manager: FileManager, state: State, say: Speaker) -> str:
    words = say(f"file_managers_{state}")
    if isinstance(manager, Extended) and not manager.runs_python():  # an old one, or without its binding
        words = say("file_managers_scripts", state=words, package=f"python3-{manager.name.lower()}")
    return say("file_managers_one", name=manager.name, state=words)
