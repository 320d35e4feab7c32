from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT

HOOK = ROOT / "installers" / "pyinstaller" / "runtime_hook.py"
INSIDE = "/usr/lib/paddlescan/_internal"
SHOW = "import json, os, runpy, sys; sys._MEIPASS = {!r}; runpy.run_path({!r}); print(json.dumps(dict(os.environ)))"


@pytest.mark.parametrize(
    ("found", "left"),
    [
        ({"LD_LIBRARY_PATH": INSIDE}, None),
        ({"LD_LIBRARY_PATH": f"{INSIDE}:/opt/mine", "LD_LIBRARY_PATH_ORIG": "/opt/mine"}, "/opt/mine"),
        ({"LD_LIBRARY_PATH": "/opt/mine"}, "/opt/mine"),  # an engine, which is started without ours
        ({}, None),
    ],
)
def test_what_is_started_later_gets_the_libraries_of_before(found: dict[str, str], left: str | None) -> None:
    """PyInstaller's starter puts its own folder there, for itself; a browser of the system would load from it."""
    command = [sys.executable, "-I", "-c", SHOW.format(INSIDE, str(HOOK))]
    done = subprocess.run(command, env=found, capture_output=True, text=True, check=True)
    seen = json.loads(done.stdout)
    assert seen.get("LD_LIBRARY_PATH") == left
    assert "LD_LIBRARY_PATH_ORIG" not in seen
    assert seen["ORT_DISABLE_TELEMETRY"] == "1"
