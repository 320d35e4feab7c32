"""A bus that hangs holds nobody up, and the window is shielded from it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from paddlescan.desktop.session_bus import ADDRESS, NOWHERE, BusAbsent, BusRefused, BusSilent, ask, shield
from tests.buses import NO_BUS, real_bus, silent_bus
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is Linux's")
BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
NOBODY = ("org.paddlescan.Nobody", "/", "org.paddlescan.Nobody")

WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtDBus import QDBusConnection
from paddlescan.__main__ import main
from paddlescan.gui.session import Session

begin = Session.begin

def begin_and_go(session):
    begin(session)
    print("bus", QDBusConnection.sessionBus().isConnected(), flush=True)
    QTimer.singleShot(0, session._window.close)

Session.begin = begin_and_go
raise SystemExit(main(["--new-window", "--lang", "en"]))
"""


def test_an_answer_and_a_refusal_of_a_real_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    with real_bus() as address:
        monkeypatch.setenv(ADDRESS, address)
        assert "org.freedesktop.DBus" in ask(lambda bus: bus.call(BUS, "ListNames"))[0]
        assert ask(lambda bus: bus.property(BUS, "Features")) is not None
        with pytest.raises(BusRefused):
            ask(lambda bus: bus.call(NOBODY, "Anything"))
        assert not shield()()
        assert os.environ[ADDRESS] == address


@pytest.mark.parametrize("address", ["unix:path=/nonexistent/bus", "disabled:", "nonsense", "tcp:host=localhost", ""])
def test_no_bus_is_told_at_once_and_nothing_is_changed(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv(ADDRESS, address)
    with pytest.raises(BusAbsent):
        ask(lambda bus: None)
    assert not shield()()
    assert os.environ[ADDRESS] == address


@pytest.mark.logs
def test_a_silent_bus_is_given_up_and_hidden_from_qt(monkeypatch: pytest.MonkeyPatch) -> None:
    with silent_bus() as address:
        monkeypatch.setenv(ADDRESS, address)
        with pytest.raises(BusSilent):
            ask(lambda bus: None, 0.5)
        assert shield()()
        assert os.environ[ADDRESS] == NOWHERE


def window(home: Path, **bus: str) -> subprocess.CompletedProcess[str]:
    """A window that asks Qt for the bus as soon as it is shown, and is closed."""
    mine = {"PADDLESCAN_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    environment = {**os.environ, **mine, **bus}
    command = [sys.executable, "-c", WINDOW]
    return subprocess.run(command, env=environment, timeout=60, check=False, capture_output=True, text=True)


def test_the_window_opens_and_closes_beside_a_bus_that_hangs(tmp_path: Path) -> None:
    with silent_bus() as address:
        done = window(tmp_path, DBUS_SESSION_BUS_ADDRESS=address)
    assert (done.returncode, done.stdout) == (0, "bus False\n"), done.stderr


def test_the_window_opens_and_closes_without_a_bus(tmp_path: Path) -> None:
    done = window(tmp_path, **NO_BUS)
    assert (done.returncode, done.stdout) == (0, "bus False\n"), done.stderr
