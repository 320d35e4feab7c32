"""All file managers of this system: which there are, what their entries call, and the files of a package."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from paddlescan.desktop.menus.caja import CAJA
from paddlescan.desktop.menus.dolphin import DOLPHIN
from paddlescan.desktop.menus.entries import Command
from paddlescan.desktop.menus.manager import FileManager
from paddlescan.desktop.menus.nautilus import NAUTILUS
from paddlescan.desktop.menus.nemo import NEMO
from paddlescan.desktop.menus.thunar import THUNAR

if sys.platform == "win32":
    from paddlescan.desktop.menus.windows import Explorer

    FILE_MANAGERS: Final[tuple[FileManager, ...]] = (Explorer(),)
elif sys.platform == "darwin":
    from paddlescan.desktop.menus.finder import Finder

    FILE_MANAGERS: Final[tuple[FileManager, ...]] = (Finder(),)
else:
    FILE_MANAGERS: Final[tuple[FileManager, ...]] = (NAUTILUS, NEMO, CAJA, DOLPHIN, THUNAR)


def own_command() -> Command:
    """How this very program is started by others: absolute, from whatever folder."""
    if getattr(sys, "frozen", False):
        beside = Path(sys.executable).with_name("paddlescan-gui.exe")  # of the two on Windows, the one without console
        return (str(beside if beside.exists() else sys.executable),)
    script = Path(sys.executable).with_name("paddlescan.exe" if os.name == "nt" else "paddlescan")
    if script.exists():
        return (str(script),)
    import paddlescan

    root = Path(paddlescan.__file__).resolve().parents[1]
    return ("/usr/bin/env", f"PYTHONPATH={root}", sys.executable, "-m", "paddlescan")


def write_system_menus(root: Path, program: str) -> list[Path]:
    """Write what a package brings for everybody below its root, and say which files those are.

    program: the absolute path at which the package puts the program. Thunar is left out: it knows lists of single
    users only. Raises PaddleScanError.
    """
    written = []
    for manager in (NAUTILUS, NEMO, CAJA, DOLPHIN):
        written += manager.write_for_all(root, (program,))
    return written
