"""What `doctor` says of the desktop around the program: each part there, missing, and hanging."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from paddlescan.desktop.diagnosis import Diagnosis
from paddlescan.desktop.surroundings import desktop_parts, display
from paddlescan.document import Language
from tests.buses import NO_BUS, real_bus, silent_bus
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the desktop is the system's own")
FAKES = ROOT / "tests" / "fakes"
PORTAL = ("desktop_service.py", "org.freedesktop.portal.Desktop")
TRAY = (
    "desktop_service.py",
    "org.kde.StatusNotifierWatcher",
    "org.kde.StatusNotifierWatcher.IsStatusNotifierHostRegistered=1",
)


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A person with an empty home, without display, bus and file managers."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "SNAP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", NO_BUS["DBUS_SESSION_BUS_ADDRESS"])
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "share"))
    (tmp_path / "home").mkdir()
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(display, "PATIENCE_S", 0.5)


@contextmanager
def desktop(*services: tuple[str, ...]) -> Iterator[None]:
    """A session bus with these on it."""
    running = []
    with real_bus() as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        try:
            for fake, *words in services:
                command = [sys.executable, str(FAKES / fake), *words]
                running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
                assert running[-1].stdout is not None
                assert running[-1].stdout.readline() == "ready\n"
            yield
        finally:
            for process in running:
                process.kill()
                process.communicate()


def examined(language: Language = "en") -> dict[str, Diagnosis]:
    found = {name: test() for name, test in desktop_parts(language)}
    assert [each.name for each in found.values()] == list(found)
    assert all(each.remedy for each in found.values() if each.state != "ok")
    return found


def states(found: dict[str, Diagnosis]) -> dict[str, str]:
    return {name: each.state for name, each in found.items() if each.state != "ok"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_over_ssh_two_things_are_missing_and_the_rest_is_not_wanted(language: Language) -> None:
    assert states(examined(language)) == {"display": "note", "bus": "note"}


def test_a_desktop_that_has_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":54321")
    offers = [f"org.freedesktop.portal.{each}.version=2" for each in ("Notification", "Screenshot", "FileChooser")]
    with desktop((*PORTAL, *offers), ("notification_service.py",), TRAY):
        found = examined()
    assert states(found) == {"display": "note"}, "nobody is at that number"
    assert found["portal"].detail == "it offers notifications, pictures of the screen, file dialogs"
    assert found["notifications"].detail == "fake 7 shows them"
    assert found["tray"].detail == "there is one"


def test_a_desktop_that_has_only_part_of_a_portal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":54321")
    with desktop((*PORTAL, "org.freedesktop.portal.Notification.version=1")):
        found = examined()
        monkeypatch.setenv("WAYLAND_DISPLAY", "/nonexistent/wayland-0")
        under_wayland = examined()
    assert states(found) == {"display": "note"}
    assert found["notifications"].detail == "the portal shows them"
    assert found["portal"].detail.startswith("it offers notifications, and not pictures of the screen, file dialogs")
    assert under_wayland["portal"].state == "note"
    assert "wlr" in under_wayland["portal"].remedy


def test_a_desktop_with_nothing_on_its_bus_says_what_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":54321")
    with desktop():
        assert states(examined()) == {"display": "note", "notifications": "note", "tray": "note"}


def test_what_hangs_is_told_and_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    with silent_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("WAYLAND_DISPLAY", address.removeprefix("unix:path="))
        found = examined()
    assert states(found) == dict.fromkeys(("display", "bus", "portal", "notifications", "tray"), "note")
    assert "does not answer" in found["bus"].detail
    assert found["display"].detail.startswith("Wayland (/")


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="wants Xvfb")
def test_a_display_that_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "PATIENCE_S", 10.0)
    reading, writing = os.pipe()
    command = ["/usr/bin/Xvfb", "-displayfd", str(writing), "-screen", "0", "64x64x24", "-nolisten", "tcp"]
    screen = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as number:
            monkeypatch.setenv("DISPLAY", f":{number.readline().strip()}")
        found = examined()
        assert found["display"].detail == "X11 answers; the window can be shown"
        assert found["tray"].state == "note"
    finally:
        screen.terminate()
        screen.wait()


def test_file_managers_are_told_with_the_state_of_their_menus(tmp_path: Path) -> None:
    for name in ("nemo", "nautilus", "thunar"):
        program = tmp_path / "bin" / name
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    found = examined()["file_managers"]
    assert found.state == "note"
    assert "Nemo has no entries" in found.detail
    assert "menu install" in found.remedy
    broken = tmp_path / "home" / ".config" / "Thunar" / "uca.xml"
    broken.parent.mkdir(parents=True)
    broken.write_text("<actions><action>")
    found = examined()["file_managers"]
    assert "Thunar has a damaged file" in found.detail
    assert found.remedy.startswith("Mend the damaged file")
    assert broken.read_text() == "<actions><action>"


def test_a_home_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "nowhere"))
    found = examined()["home"]
    assert (found.state, found.detail.split(":")[0]) == ("note", f"{tmp_path}/nowhere cannot be written to")
