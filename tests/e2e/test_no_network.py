"""Nothing leaves the machine: the whole main job and a minute of idling, with every network call looked at."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from paddlescan.store import Store
from tests.e2e.conftest import SAMPLES
from tests.e2e.tracing import fresh_environment, left_in, outward, traced

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace and network namespaces are Linux")

IDLE_S = 60
"""ONNX Runtime's telemetry, where it is not turned off, wakes within a minute of the first session."""
OUTWARD_PROGRAMS = {
    "a name": "import socket; socket.getaddrinfo('paddlescan.invalid', 80)",
    "an address": "import socket; socket.socket().connect(('127.0.0.1', 9))",
    "a datagram": "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    "the kernel's list of networks": "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "another local service": "import socket; socket.socket(socket.AF_UNIX).connect('/run/some-agent.socket')",
    "from a thread of a child": (
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import socket, threading;"
        "threading.Thread(target=socket.socket).start()'])"
    ),
}
WINDOW = f"""
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from paddlescan.desktop.handover import come_in
from paddlescan.gui.app import run_window
from paddlescan.gui.export.dialog import ExportDialog
from paddlescan.gui.main_window import MainWindow
from paddlescan.paths import user_paths
from paddlescan.settings import Settings, save_settings

places = user_paths().make()
save_settings(places.settings, Settings(language="en", workers=1, export_folder=sys.argv[2]))
program = QApplication([])
reception = come_in(places.data, []).reception
steps = []

def visible(kind):
    return next((w for w in program.topLevelWidgets() if isinstance(w, kind) and w.isVisible()), None)

def look():
    window, dialog = visible(MainWindow), visible(ExportDialog)
    controller = window.workplace.controller if window else None
    ids = window.workplace.review.sheet.ids() if window else ()
    if not steps and ids and not controller.waiting and not controller.running:
        window.workplace.review.type_into(ids[0], "merchant", "Typed Here")
        window.actions_.export.trigger()
        steps.append("edited")
    elif steps == ["edited"] and dialog and dialog.go.isEnabled():
        dialog.exported.connect(lambda *_: steps.append("exported"))
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
        steps.append("asked")
    elif steps == ["edited", "asked", "exported"]:
        dialog.close()
        steps.append(time.monotonic())
    elif len(steps) == 4 and time.monotonic() - steps[3] > {IDLE_S}:
        steps.append("idle")
        steps.append(any(name.startswith("PySide6.QtNetwork") for name in sys.modules))
        window.close()

timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
status = run_window([sys.argv[1]], reception=reception)
assert steps[-1] is False, f"{{steps}}: the network's module is loaded, or the end was not reached"
raise SystemExit(status)
"""


@pytest.mark.parametrize("program", OUTWARD_PROGRAMS.values(), ids=OUTWARD_PROGRAMS)
def test_a_program_that_turns_to_the_network_is_seen(tmp_path: Path, program: str) -> None:
    command = [sys.executable, "-c", f"try:\n    {program}\nexcept OSError: pass"]
    assert outward(traced(command, tmp_path / "trace", os.environ))


def exports_into(folder: Path) -> list[str]:
    names = {"json": "a.json", "csv": "a.csv", "items": "i.csv", "xlsx": "a.xlsx", "report": "r.xlsx", "pdf": "a.pdf"}
    return [argument for kind, name in names.items() for argument in (f"--{kind}", str(folder / name))]


@pytest.mark.long
def test_the_command_lines_whole_job_touches_no_network_and_leaves_nothing_elsewhere(tmp_path: Path) -> None:
    """Reading, all exports, copies, an export read back, the doctor, the models."""
    environment, out = fresh_environment(tmp_path), tmp_path / "out"
    out.mkdir()
    (tmp_path / "in").mkdir()
    shutil.copy(SAMPLES / "cafe.jpg", tmp_path / "in")
    copies = ["--rename", "{merchant}_{total}", "--rename-to", str(out / "copies")]
    jobs = [
        ["scan", str(tmp_path / "in"), *exports_into(out), *copies],
        ["import", str(out / "a.csv")],
        ["doctor"],
        ["models", "verify"],
    ]
    for number, job in enumerate(jobs):
        calls = traced([sys.executable, "-m", "paddlescan", *job], tmp_path / f"trace-{number}", environment)
        assert outward(calls) == [], job[0]
    assert len(list(out.iterdir())) == 7
    assert left_in(tmp_path) == []


@pytest.mark.long
@pytest.mark.waits
def test_the_window_and_a_minute_of_idling_touch_no_network_and_leave_nothing_elsewhere(tmp_path: Path) -> None:
    """Dropped, read, edited, exported; then it is left alone with an engine's session open."""
    environment, out = fresh_environment(tmp_path), tmp_path / "out"
    out.mkdir()
    environment["QT_QPA_PLATFORM"] = "offscreen"
    script = tmp_path / "window.py"
    script.write_text(WINDOW)
    calls = traced([sys.executable, script, SAMPLES / "cafe.jpg", out], tmp_path / "trace", environment)
    assert outward(calls) == []
    with Store(tmp_path / "paddlescan" / "data" / "receipts.sqlite") as store:
        (batch,) = store.batches()
        (row,) = store.export_rows(batch.id)
    assert row.receipt.value("merchant") == "Typed Here"
    assert [file.suffix for file in out.iterdir()] == [".xlsx"]
    assert left_in(tmp_path) == []


@pytest.mark.slow
def test_without_any_network_the_whole_job_works(tmp_path: Path) -> None:
    """In a network namespace there is no interface at all, not even the machine's own."""
    environment, out = fresh_environment(tmp_path), tmp_path / "out"
    out.mkdir()
    alone = ["unshare", "--net", "--map-root-user"] if os.geteuid() else ["unshare", "--net"]
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], check=False).returncode:
        pytest.skip("this machine makes no network namespace")
    seen = subprocess.run([*alone, "cat", "/proc/net/dev"], check=True, capture_output=True, text=True).stdout
    assert all(line.split(":")[0].strip() == "lo" for line in seen.splitlines()[2:])
    command = [*alone, sys.executable, "-m", "paddlescan", "scan", SAMPLES / "cafe.jpg", *exports_into(out), "--quiet"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=280)
    assert done.returncode == 0, done.stderr
    assert len(list(out.iterdir())) == 6
    assert left_in(tmp_path) == []
