"""The scanner of the tests: the `test` backend of libsane, which really scans, and fails as it is told to.

No other backend is asked: SANE's configuration is a folder with this one alone.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

FEEDER = "Automatic Document Feeder"
FEEDER_PAGES = 10
"""After so many pages it is empty."""


def only_test_scanners(folder: Path, monkeypatch: pytest.MonkeyPatch, count: int = 1) -> Path:
    """Let scanimage know so many scanners, `test:0` and so on, and no other. Returns the program; skips without it."""
    program = shutil.which("scanimage")
    if program is None:
        pytest.skip("scanimage is not here: install sane-utils")
    folder.mkdir()
    (folder / "dll.conf").write_text("test\n" if count else "")
    (folder / "test.conf").write_text(
        f"number_of_devices {count}\nmode Gray\ndepth 8\nresolution_min 1.0\nresolution_max 1200.0\n"
        "resolution_quant 1.0\nresolution 50.0\ngeometry_min 0.0\ngeometry_max 200.0\ngeometry_quant 1.0\n"
        "tl_x 0.0\ntl_y 0.0\nbr_x 80.0\nbr_y 100.0\n"
    )
    monkeypatch.setenv("SANE_CONFIG_DIR", str(folder))
    if count and not _has_backend(program, str(folder)):
        pytest.skip("libsane was built without its test backend")
    return Path(program)


@cache
def _has_backend(program: str, folder: str) -> bool:
    listed = subprocess.run(
        [program, "-f", "%d%n"], env={"SANE_CONFIG_DIR": folder}, capture_output=True, text=True, check=False
    )
    return "test:0" in listed.stdout
