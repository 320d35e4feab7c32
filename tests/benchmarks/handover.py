"""How soon a start leaves that hands its files to the open window.

    python -m tests.benchmarks.handover [ROUNDS]

This process is the window's ear. Each start is a process of its own; printed are, for 1 to 5,000 files, the
milliseconds from the moment at which the window has the files to the end of the start, and those from the start to its
end. Nothing is asserted.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from paddlescan.desktop.handover import Reception, come_in
from paddlescan.paths import Paths
from tests.conftest import ROOT

COUNTS = (1, 16, 400, 5000)


def one_start(home: Path, files: list[str], reception: Reception) -> tuple[float, float]:
    """Milliseconds from the hand-over to the end, and from the start to the end."""
    came: list[float] = []
    reception.inbox.attach(lambda: came.append(time.monotonic()))
    environment = {**os.environ, "PADDLESCAN_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    begin = time.monotonic()
    subprocess.run([sys.executable, "-m", "paddlescan", "--", *files], env=environment, check=True)
    end = time.monotonic()
    (message,) = reception.inbox.take()
    assert list(message.paths) == files
    return (end - came[0]) * 1000, (end - begin) * 1000


def main(rounds: int = 11) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as place:
        home, inbox = Path(place, "home"), Path(place, "inbox")
        inbox.mkdir()
        files = [str(inbox / f"receipt {number}.jpg") for number in range(max(COUNTS))]
        for file in files:
            Path(file).touch()
        paths = Paths(home / "config", home / "data", home / "cache", home / "logs").make()
        reception = come_in(paths.data, []).reception
        assert reception is not None
        for count in COUNTS:
            times = [one_start(home, files[:count], reception) for _ in range(rounds)]
            leaving, whole = ([pair[which] for pair in times] for which in (0, 1))
            print(
                f"{count:5} files: {statistics.median(leaving):4.0f} ms from hand-over to its end"
                f" ({max(leaving):.0f} at most), {statistics.median(whole):4.0f} ms in all, {rounds} starts",
                flush=True,
            )
        reception.leave()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
