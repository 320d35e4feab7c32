"""The home folder itself, which other things than this program's own may lie in: exports, menus, what is dropped."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from paddlescan.desktop.diagnosis import Diagnosis, Speaker
from paddlescan.disk import wants_room

LOW_DISK_GIB = 1.0


def diagnose_home(say: Speaker) -> Diagnosis:
    """Whether it can be written to, and whether there is room in it and where temporary files go."""
    home = Path.home()
    try:
        with tempfile.TemporaryFile(dir=home) as file:
            file.write(b"x")
            file.flush()
        free = shutil.disk_usage(home).free / 2**30
    except OSError as error:
        if not wants_room(error):
            return Diagnosis("home", "note", say("home_broken", folder=home), say("home_remedy"))
        free = 0.0
    if free < LOW_DISK_GIB:
        return Diagnosis("home", "note", say("home_full", folder=home, free=f"{free:.1f}"), say("folders_full_remedy"))
    return Diagnosis("home", "ok", say("home_detail", folder=home, free=f"{free:.0f}"))
