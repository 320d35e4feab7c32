"""Gathers the window's words from the code into the two .ts files and builds the .qm files that the window reads.

    python -m tests.gui.gather_translations [FOLDER]

New words come as "unfinished": translate them in paddlescan_zh_CN.ts, give both plurals in paddlescan_en.ts (it holds
nothing else, for the source text is English), and run it again.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "resources" / "translations"
CATALOGUES = {"paddlescan_zh_CN": ("zh_CN", ()), "paddlescan_en": ("en", ("-pluralonly",))}
"""Name, language, and what lupdate is told besides."""


def gather(folder: Path) -> None:
    """Bring the .ts files of a folder in line with the code: new words in, vanished ones out."""
    words = sorted(str(file.relative_to(ROOT)) for file in (ROOT / "paddlescan" / "gui").rglob("*.py"))
    for name, (language, besides) in CATALOGUES.items():
        to = ("-source-language", "en", "-target-language", language, "-ts", str(folder / f"{name}.ts"))
        _tool("pyside6-lupdate", "-no-obsolete", "-locations", "none", *besides, *words, *to)


def build(folder: Path) -> None:
    """Build each .qm from its .ts. Raises CalledProcessError where a word is unfinished or lacks a place marker."""
    for name in CATALOGUES:
        ts, qm = str(folder / f"{name}.ts"), str(folder / f"{name}.qm")
        _tool("pyside6-lrelease", "-fail-on-unfinished", "-fail-on-invalid", ts, "-qm", qm)


def _tool(name: str, *arguments: str) -> None:
    command = [str(Path(sys.executable).with_name(name)), *arguments]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    place = Path(sys.argv[1]) if sys.argv[1:] else FOLDER
    try:
        gather(place)
        build(place)
    except subprocess.CalledProcessError as error:
        sys.exit((error.stdout + error.stderr).decode())
