"""The worst of desktops: a bus that hangs, no display, no portal, no tray, and a home that nobody may write to.

Receipts are read all the same, and `doctor` says what is done without.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from paddlescan.desktop.diagnosis import Speaker
from paddlescan.desktop.surroundings.home import diagnose_home
from paddlescan.resources_dir import resource
from paddlescan.store import Store
from tests.buses import silent_bus
from tests.e2e.conftest import CommandLine
from tests.faults.disks import SmallDisk
from tests.gui_x11.desktop import wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the ground is Linux's")
CAFE = resource("samples", "cafe.jpg")


def bare(home: Path, address: str) -> dict[str, str]:
    """The environment of a person on that ground."""
    mine = {"HOME": str(home), "DBUS_SESSION_BUS_ADDRESS": address, "XDG_RUNTIME_DIR": str(home / "run")}
    return mine | dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), "")


def test_a_home_is_told_for_what_it_is(disk: SmallDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(disk.path))
    say = Speaker("en")
    disk.write_protect()
    assert diagnose_home(say).detail.startswith(f"{disk.path} cannot be written to")
    disk.allow_writing()
    assert diagnose_home(say).detail == f"only 0.0 GiB are free in {disk.path}"
    disk.fill()
    assert diagnose_home(say).detail == f"only 0.0 GiB are free in {disk.path}"


@pytest.mark.long
def test_the_command_line_reads_and_doctor_says_what_is_missing(paddlescan: CommandLine, disk: SmallDisk) -> None:
    disk.write_protect()
    with silent_bus() as address:
        ground = bare(disk.path, address)
        done = paddlescan("scan", CAFE, **ground)
        assert done.returncode == 0, done.stderr
        assert "42.40" in done.stdout
        done = paddlescan("doctor", "--json", **ground)
    assert done.returncode == 0, done.stdout
    found = {each["name"]: each for each in json.loads(done.stdout)}
    assert found["reading"]["state"] == "ok"
    assert {name for name in ("display", "bus", "home") if found[name]["state"] == "note"} == {"display", "bus", "home"}
    assert "does not answer" in found["bus"]["detail"]
    assert all(each["remedy"] for each in found.values() if each["state"] != "ok")


@pytest.mark.long
def test_the_window_starts_reads_and_ends(paddlescan: CommandLine, disk: SmallDisk) -> None:
    disk.write_protect()
    store = paddlescan.home / "data" / "receipts.sqlite"

    def total() -> str:
        if not store.exists():
            return ""
        with Store(store) as opened:
            rows = [row for batch in opened.batches() for row in opened.receipt_rows(batch.id)]
        return next((row.values["total"].value for row in rows if "total" in row.values), "")

    with silent_bus() as address:
        environment = paddlescan.environment(**bare(disk.path, address), QT_QPA_PLATFORM="offscreen")
        window = subprocess.Popen(paddlescan.command("--lang", "en", CAFE), env=environment, stderr=subprocess.PIPE)
        try:
            wait_until(lambda: total() == "42.40" or window.poll() is not None, "the page to be read", 120)
            os.kill(window.pid, signal.SIGTERM)
            assert window.wait(60) == 0
            assert total() == "42.40"
        finally:
            window.kill()
            window.communicate()
