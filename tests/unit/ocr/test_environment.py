from __future__ import annotations

import json
import os
import platform
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from paddlescan.ocr.environment import quiet_environment, quieten
from tests.unit.ocr.quiet_session import SOCKET_CALL

kernel_watches = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in SOCKET_CALL, reason="the filter is for Linux"
)


def test_everything_writable_lies_in_scratch(tmp_path: Path) -> None:
    variables = quiet_environment(tmp_path, threads=3)
    folders = [name for name, value in variables.items() if value.startswith(str(tmp_path))]
    assert {"HOME", "USERPROFILE", "PADDLE_PDX_CACHE_HOME", "HF_HOME", "MODELSCOPE_CACHE"} <= set(folders)
    assert variables["ORT_DISABLE_TELEMETRY"] == "1"
    assert variables["OMP_NUM_THREADS"] == "3"


def test_a_process_of_others_keeps_its_home_and_its_choices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in quiet_environment(tmp_path):
        monkeypatch.setenv(name, "theirs")
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY")
    quieten(tmp_path)
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
    assert os.environ["HOME"] == os.environ["PADDLE_PDX_CACHE_HOME"] == "theirs"


@kernel_watches
def test_the_filter_ends_whoever_asks_for_the_internet() -> None:
    program = "from tests.unit.ocr.quiet_session import forbid_internet; forbid_internet(); {}"
    unix = "import socket; socket.socketpair()"
    internet = "import socket, threading; threading.Thread(target=socket.socket).start()"
    assert subprocess.run([sys.executable, "-c", program.format(unix)], check=False).returncode == 0
    assert subprocess.run([sys.executable, "-c", program.format(internet)], check=False).returncode == -signal.SIGSYS


@pytest.mark.long
@pytest.mark.waits
@kernel_watches
def test_a_session_kept_open_for_a_minute_stays_quiet(tmp_path: Path) -> None:
    """No socket, no file outside scratch, no program started, not a word on the terminal."""
    scratch, report = tmp_path / "scratch", tmp_path / "report.json"
    scratch.mkdir()
    command = [sys.executable, "-m", "tests.unit.ocr.quiet_session", str(scratch), "61", str(report)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    found = json.loads(report.read_text(encoding="utf-8"))
    assert found["lines"] > 20
    assert found == {"lines": found["lines"], "same": True, "written": [], "started": []}
