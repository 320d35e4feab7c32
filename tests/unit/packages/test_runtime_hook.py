from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT

HOOK = ROOT / "installers" / "pyinstaller" / "runtime_hook.py"
SHOW = "import json, os, runpy; runpy.run_path({!r}); print(json.dumps(dict(os.environ)))"


@pytest.mark.parametrize("before", ["", "/opt/mine/lib"])
def test_what_is_started_later_gets_the_libraries_of_before(before: str) -> None:
    """PyInstaller's starter puts its own folder there, for itself; a browser of the system would load from it."""
    variables = {"LD_LIBRARY_PATH": "/usr/lib/paddlescan/_internal"} | (
        {"LD_LIBRARY_PATH_ORIG": before} if before else {}
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", SHOW.format(str(HOOK))], env=variables, capture_output=True, text=True, check=True
    )
    seen = json.loads(done.stdout)
    assert seen.get("LD_LIBRARY_PATH", "") == before
    assert "LD_LIBRARY_PATH_ORIG" not in seen
    assert seen["ORT_DISABLE_TELEMETRY"] == "1"
