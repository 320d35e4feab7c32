"""How long the packed program takes to show its window, and to read its first page; after the disk was read once.

    python -m tests.benchmarks.packaged_start FOLDER [ROUNDS]     FOLDER: what `make package` built

The window counts as shown when the screen (Xvfb with openbox) has it; the first page as read when its result is in the
store, from the start of the program, with the page named on its command line and an empty home. On a machine that is
busy with other things, the processor time of the window's process tells more than the clock.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from paddlescan.resources_dir import resource
from paddlescan.store import Store
from tests.gui_x11.desktop import Desktop, missing


def main() -> None:
    """Measure and print."""
    if missing():
        raise SystemExit(f"wants {', '.join(missing())}")
    program = Path(sys.argv[1]).resolve() / "paddlescan"
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    desktop = Desktop()
    try:
        measured = [one_start(program, desktop) for _ in range(rounds + 1)][1:]
    finally:
        desktop.close()
    names = ("window", "processor time until then", "first page")
    for name, figures in zip(names, zip(*measured, strict=True), strict=True):
        middle = statistics.median(figures)
        print(f"{name}: {middle:.2f} s ({min(figures):.2f} to {max(figures):.2f}), {rounds} starts")
    bare = [version(program) for _ in range(rounds)]
    print(f"--version: {statistics.median(bare):.2f} s ({min(bare):.2f} to {max(bare):.2f})")
    print(f"load average at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


def one_start(program: Path, desktop: Desktop) -> tuple[float, float, float]:
    """Seconds from the start to the window, the program's processor time in them, seconds to the first page."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "cafe.jpg")
        shutil.copy(resource("samples", "cafe.jpg"), page)
        home = Path(folder, "home")
        begin = time.monotonic()
        process = desktop.start([str(program), str(page)], PADDLESCAN_HOME=str(home), HOME=folder)
        try:
            while not desktop.find("PaddleScan$"):
                alive(process)
            window, used = time.monotonic() - begin, psutil.Process(process.pid).cpu_times()
            while not read(home / "data" / "receipts.sqlite"):
                alive(process)
                time.sleep(0.02)
            return window, used.user + used.system, time.monotonic() - begin
        finally:
            process.terminate()
            process.wait()


def version(program: Path) -> float:
    """Seconds that the program takes to say its version: Python and our own modules, without Qt."""
    begin = time.monotonic()
    subprocess.run([program, "--version"], check=True, capture_output=True)
    return time.monotonic() - begin


def alive(process: subprocess.Popen[bytes]) -> None:
    """Raise SystemExit if the program has ended."""
    if process.poll() is not None:
        raise SystemExit(f"the program ended with {process.returncode}")


def read(file: Path) -> bool:
    """Whether a page of the newest batch has its result."""
    if not file.exists():
        return False
    with Store(file) as store:
        return any(batch.done + batch.needs_review for batch in store.batches())


if __name__ == "__main__":
    main()
