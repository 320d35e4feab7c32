"""Many starts at once, each a process of its own: one window, one batch, every file in it once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from paddlescan.store import Store
from tests.e2e.conftest import SAMPLES, CommandLine

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="a named pipe there, which is not tried here"),
]

STARTS = 20


@pytest.mark.long
def test_twenty_starts_at_once_end_in_one_window_with_all_their_files(paddlescan: CommandLine, tmp_path: Path) -> None:
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    names = [f"{number}".encode() + (b"\xff.jpg" if number == 3 else b".jpg") for number in range(STARTS)]
    starts: list[subprocess.Popen[bytes]] = []
    environment = paddlescan.environment(QT_QPA_PLATFORM="offscreen", XDG_RUNTIME_DIR=str(runtime))
    for number, name in enumerate(names):
        (inbox / os.fsdecode(name)).write_bytes(b"no picture %d" % number)
        command = [sys.executable, "-m", "paddlescan", os.fsdecode(name)]  # named as the sender sees it
        starts.append(subprocess.Popen(command, env=environment, cwd=inbox, stderr=subprocess.PIPE))
    try:
        deadline = time.monotonic() + 120
        while True:
            running = [one for one in starts if one.poll() is None]
            assert running, "no window was left open"
            assert time.monotonic() < deadline, f"{len(running)} still run"
            if len(running) == 1 and finished(paddlescan) == STARTS:
                break
            time.sleep(0.2)
        assert {one.returncode for one in starts if one not in running} == {0}
        with Store(paddlescan.home / "data" / "receipts.sqlite") as store:
            (batch,) = store.batches()
            found = sorted(row.ref.source.raw_path for row in store.page_rows(batch.id))
        assert found == sorted(os.fsencode(inbox) + b"/" + name for name in names)
        (window,) = running
        later = subprocess.run([*starts[0].args[:3], SAMPLES / "cafe.jpg"], env=environment, check=False)  # type: ignore[index]
        assert later.returncode == 0
        assert window.poll() is None
    finally:
        for one in starts:
            one.terminate()
        for one in starts:
            one.communicate()


def finished(paddlescan: CommandLine) -> int:
    """Pages that have a result, in all batches."""
    file = paddlescan.home / "data" / "receipts.sqlite"
    if not file.exists():
        return 0
    with Store(file) as store:
        return sum(batch.done + batch.needs_review + batch.failed for batch in store.batches())
