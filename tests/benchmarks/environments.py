"""Virtual environments of peers, made once below build/."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

BUILD = Path(__file__).resolve().parents[2] / "build"


def interpreter(name: str, packages: tuple[str, ...]) -> Path:
    """The Python of the environment build/NAME, which holds these packages; made if it is not there yet."""
    folder = BUILD / name
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp = folder / "packages.txt"
    if stamp.is_file() and stamp.read_text() == "\n".join(packages):
        return python
    venv.create(folder, with_pip=True, clear=True)
    subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages], check=True)
    stamp.write_text("\n".join(packages))
    return python
