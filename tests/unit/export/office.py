"""LibreOffice as a judge of what we write: what it shows is what a person sees."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
CSV_UTF8 = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
"""Comma, double quotes, UTF-8, cells as shown, every sheet in a file of its own."""
FROM_UTF8 = "CSV:44,34,76,1,,1033,false,true"
"""Opened as by a double click: comma, UTF-8, English (USA), columns guessed."""

needs_office = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice Calc is not installed (apt-get install libreoffice-calc)"
)


def convert(file: Path, to: str, folder: Path, infilter: str | None = None) -> list[Path]:
    """The files that LibreOffice makes of one, in a folder, with a profile of its own."""
    profile = (folder / "profile").absolute().as_uri()
    out = folder / "converted"
    command = [str(SOFFICE), f"-env:UserInstallation={profile}", "--headless", "--convert-to", to]
    command += [f"--infilter={infilter}"] if infilter else []
    done = subprocess.run(
        [*command, "--outdir", str(out), str(file)], capture_output=True, text=True, timeout=200, check=False
    )
    made = sorted(out.iterdir()) if out.is_dir() else []
    assert made, done.stderr
    return made


def shown(file: Path, folder: Path, infilter: str | None = None) -> dict[str, list[list[str]]]:
    """What LibreOffice shows in each sheet of a file, by its name; a CSV has one sheet."""
    found: dict[str, list[list[str]]] = {}
    for made in convert(file, CSV_UTF8, folder, infilter):
        text = made.read_bytes().decode("utf-8-sig")
        name = made.stem.removeprefix(f"{file.stem}-") if made.stem != file.stem else ""
        found[name] = list(csv.reader(io.StringIO(text, newline="")))
    return found
