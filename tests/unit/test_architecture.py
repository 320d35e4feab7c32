"""The walls of the house: who may import whom, how large a room may be, what the package promises."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.conftest import ROOT

LARGEST_ROOM = 350
"""Lines; about 300 are wanted."""


def test_imports_run_one_way() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_rooms_stay_small() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "paddlescan").rglob("*.py")}
    assert {str(path.relative_to(ROOT)): n for path, n in lines.items() if n > LARGEST_ROOM} == {}


def test_the_extras_never_bring_two_onnx_runtimes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    names = {extra: " ".join(wanted) for extra, wanted in extras.items()}
    assert "onnxruntime-gpu" not in names["cpu"]
    assert "openvino" in names["cpu"]
    assert "onnxruntime-gpu" in names["gpu"]
    assert not any(wanted.startswith("onnxruntime") for wanted in project["dependencies"])


def test_the_lock_names_no_index() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("--hash=sha256:") > text.count("==")
