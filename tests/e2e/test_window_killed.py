"""The window as a process of its own: killed in the middle of a batch it goes on at the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from paddlescan.export.json_export import document
from paddlescan.store import Store
from tests.e2e.conftest import PAGES, CommandLine, steady

pytestmark = pytest.mark.slow


def open_window(paddlescan: CommandLine, *paths: Path) -> subprocess.Popen[str]:
    return paddlescan.start(*paths, QT_QPA_PLATFORM="offscreen")


def exported(home: Path) -> list[dict[str, Any]]:
    """The newest batch's entries."""
    with Store(home / "data" / "receipts.sqlite") as store:
        return list(document(store.export_rows(store.batches()[0].id))["pages"])


def wait_until(paddlescan: CommandLine, window: subprocess.Popen[str], finished: int) -> None:
    """Until that many pages of the newest batch have a result; the window must live that long."""
    file = paddlescan.home / "data" / "receipts.sqlite"
    deadline = time.monotonic() + 150
    while True:
        if file.exists():
            with Store(file) as store:
                batches = store.batches()
            if batches and batches[0].done + batches[0].needs_review + batches[0].failed >= finished:
                return
        assert window.poll() is None, window.communicate()
        assert time.monotonic() < deadline, "the window does not go on"
        try:
            window.wait(0.1)
        except subprocess.TimeoutExpired:
            continue


@pytest.mark.long
def test_killed_in_the_middle_the_next_window_goes_on_to_the_same_result(
    paddlescan: CommandLine, inbox: Path, tmp_path: Path
) -> None:
    calm = CommandLine(tmp_path / "calm")
    assert calm("scan", inbox, "--quiet").returncode == 0

    first = open_window(paddlescan, inbox)
    wait_until(paddlescan, first, finished=2)
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    with Store(paddlescan.home / "data" / "receipts.sqlite") as store:
        assert store.batches()[0].unfinished

    second = open_window(paddlescan)
    try:
        wait_until(paddlescan, second, finished=PAGES)
        assert steady(exported(paddlescan.home)) == steady(exported(calm.home))
    finally:
        second.terminate()
        second.communicate()


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_go_it_goes_in_good_order(paddlescan: CommandLine, inbox: Path, number: signal.Signals) -> None:
    """As at the end of a session: engines end, no scratch is left, what was not read waits."""
    window = open_window(paddlescan, inbox)
    wait_until(paddlescan, window, finished=1)
    engines = psutil.Process(window.pid).children(recursive=True)
    assert engines
    window.send_signal(number)
    _, err = window.communicate(timeout=60)
    assert window.returncode == 0, err
    assert "Traceback" not in err
    assert psutil.wait_procs(engines, timeout=10)[1] == []
    assert list((paddlescan.home / "cache" / "scratch").iterdir()) == []
    assert (paddlescan.home / "config" / "settings.json").exists()
    with Store(paddlescan.home / "data" / "receipts.sqlite") as store:
        (batch,) = store.batches()
    assert batch.reading == 0 and batch.waiting > 0
