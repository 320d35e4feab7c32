"""Virtual environments of peers, made once below build/."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

BUILD = Path(__file__).resolve().parents[2] / "build"


def interpreter(name: str, packages: tuple[str, ...], alone: tuple[str, ...] = ()) -> Path:
    """The Python of the environment build/NAME, which holds these packages; made if it is not there yet.

    alone: packages that are installed without what they name, for their data.
    """
    folder = BUILD / name
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp, wanted = folder / "packages.txt", "\n".join((*packages, *alone))
    if stamp.is_file() and stamp.read_text() == wanted:
        return python
    venv.create(folder, with_pip=True, clear=True)
    install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*install, *packages], check=True)
    if alone:
        subprocess.run([*install, "--no-deps", *alone], check=True)
    stamp.write_text(wanted)
    return python
