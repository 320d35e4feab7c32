"""Notifications, shown by a real service on a bus of their own; and what is said where there is none."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from paddlescan.desktop import notifying
from paddlescan.desktop.handover import SLOTS
from paddlescan.desktop.handover.place import find_place
from paddlescan.paths import Paths
from tests.conftest import ROOT
from tests.gui_x11.desktop import Desktop, missing

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is the desktop's way on Linux")

SAY = "import sys; from paddlescan.desktop.notifying import notify; print(notify(*sys.argv[1:]))"
WITH_DUNST = """
dunst -conf /dev/null >dunst.out 2>&1 &
service=$!
until dunstctl is-paused >/dev/null 2>&1; do kill -0 $service || exit 9; sleep 0.05; done
"$@"
dunstctl close-all
dunstctl history >history.json
kill $service
"""
needs_dunst = pytest.mark.skipif(
    bool(missing()) or not (shutil.which("dunst") and shutil.which("dbus-run-session")),
    reason="wants Xvfb, dunst and dbus-run-session",
)


def session(folder: Path, script: str, *said: str, **variables: str) -> str:
    """What is printed when this is said inside a session bus of its own."""
    return inside(folder, script, "-c", SAY, *said, **variables)


def inside(folder: Path, script: str, *arguments: str, **variables: str) -> str:
    """What Python prints that is called so by a script inside a session bus of its own."""
    command = ["dbus-run-session", "--", "sh", "-c", script, "sh", sys.executable, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_RUNTIME_DIR": str(folder), **variables}
    done = subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True, timeout=60)
    return done.stdout.strip()


@needs_dunst
def test_a_notification_is_shown_as_it_was_said(tmp_path: Path) -> None:
    desktop = Desktop()
    try:
        body = "12 张收据，3 张待核对 <b>&amp; 1 failed"
        assert session(tmp_path, WITH_DUNST, "已扫描", body, DISPLAY=desktop.display) == "True"
    finally:
        desktop.close()
    ((shown,),) = json.loads((tmp_path / "history.json").read_text(encoding="utf-8"))["data"]
    assert shown["summary"]["data"] == "已扫描"
    assert shown["appname"]["data"] == "PaddleScan"
    assert shown["body"]["data"] == body, "a letter of it was taken for markup"


@needs_dunst
def test_nobody_on_the_bus_shows_it(tmp_path: Path) -> None:
    assert session(tmp_path, '"$@"', "Scanned", "1 receipt", XDG_DATA_DIRS=str(tmp_path)) == "False"


def test_without_a_bus_it_is_said_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert not notifying.notify("Scanned", "1 receipt")
    for address in (f"unix:path={tmp_path / 'nobody'}", "unix:", "tcp:host=localhost,port=1", "nonsense"):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        assert not notifying.notify("Scanned", "1 receipt"), address


def test_a_bus_that_hangs_holds_nobody_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "bus"))
        listener.listen()
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
        monkeypatch.setattr(notifying, "PATIENCE_S", 0.2)
        assert not notifying.notify("Scanned", "1 receipt")
        connection, _ = listener.accept()
        assert connection.recv(1), "it was never asked"
        connection.close()


@pytest.mark.long
@needs_dunst
def test_windows_that_do_not_answer_are_told_where_nobody_reads_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    paths = Paths(*(tmp_path / "home" / name for name in ("config", "data", "cache", "logs"))).make()
    place = find_place(paths.data)
    assert place is not None
    held = [place.lock(slot) for slot in range(SLOTS)]  # as by windows that hang
    receipt = tmp_path / "secret receipt.jpg"
    receipt.touch()
    own = {"PADDLESCAN_HOME": str(tmp_path / "home"), "LC_ALL": "C.UTF-8"}
    desktop = Desktop()
    try:
        inside(tmp_path, WITH_DUNST, "-m", "paddlescan", "--", str(receipt), DISPLAY=desktop.display, **own)
    finally:
        desktop.close()
        for lock in held:
            assert lock is not None
            os.close(lock)
        place.close()
    (shown,) = json.loads((tmp_path / "history.json").read_text(encoding="utf-8"))["data"]
    assert {one["summary"]["data"] for one in shown} == {"PaddleScan does not answer"}
    assert "Nothing was added" in shown[0]["body"]["data"]
    assert not [one for one in shown if "secret" in one["body"]["data"]]
