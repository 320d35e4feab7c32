"""Message buses for tests: one that answers, one that hangs, and none. Each is a process of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT

NO_BUS = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus", "XDG_RUNTIME_DIR": ""}
"""The environment of a session without a bus."""


DAEMON = shutil.which("dbus-daemon")


@contextmanager
def silent_bus() -> Iterator[str]:
    """The address of a bus that takes connections and never answers."""
    with tempfile.TemporaryDirectory(prefix="bus-") as folder:  # a socket's path must be short
        where = Path(folder, "bus")
        command = [sys.executable, str(ROOT / "tests" / "fakes" / "silent_bus.py"), str(where)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield f"unix:path={where}"
        finally:
            process.kill()
            process.communicate()


@contextmanager
def real_bus() -> Iterator[str]:
    """The address of a bus on which nobody offers anything; the test is skipped where there is no program for it."""
    if DAEMON is None:
        pytest.skip("wants a message bus: dbus-daemon is not installed")
    with tempfile.TemporaryDirectory(prefix="bus-") as folder:
        config = Path(folder, "bus.conf")
        config.write_text(
            "<busconfig><type>session</type><auth>EXTERNAL</auth>"
            f"<listen>unix:path={folder}/bus</listen><policy context='default'>"
            "<allow send_destination='*' eavesdrop='true'/><allow eavesdrop='true'/><allow own='*'/>"
            "</policy></busconfig>"
        )
        command = [DAEMON, f"--config-file={config}", "--print-address", "--nofork"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
            process.communicate()
