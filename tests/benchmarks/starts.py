"""How soon PaddleScan is there: `python -m tests.benchmarks.starts [--rounds 5] [--program FILE] [--docs]`.

* `--help`: from the start of the process to its end, and the same of a Python that does nothing.
* `scan`: from the start of `paddlescan scan` with one receipt to that receipt's result in the store, and to the end.
* the window, which was closed: from the start of `paddlescan RECEIPT`, which is what a menu or an icon starts, to the
  window's first painting, to the page in the painted list of pages, and to the painted row of the read receipt.
* the same receipt dropped on the window a while later, when its engine is still there.
* a folder with 10,000 files dropped on the window: to the first painted list, and to all 10,000 in it.

Homes are empty, the disk was read once before. Offscreen; a window on a screen takes as long but for the screen's own
share. Seconds on the clock, medians, in brackets the least and the most; asserts nothing. --program: a packed program
for the first two. --docs puts the table into docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from paddlescan.resources_dir import resource
from tests.benchmarks.beside.machine import describe
from tests.benchmarks.documents import PERFORMANCE, put_between
from tests.benchmarks.pictures import real_pages

ROOT = Path(__file__).resolve().parents[2]
MARK = "start times"
GOALS = {
    "`paddlescan --help`": 0.4,
    "`paddlescan scan`, first page read": 2.5,
    "program closed, first row in the window": 3.0,
    "10,000 files dropped, list shown": 1.0,
}
"""Seconds at most."""
MANY = 10_000
LOOK_S = 0.005


def environment(home: Path) -> dict[str, str]:
    """Of a start with an empty home."""
    return os.environ | {
        "PADDLESCAN_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(home.parent),
    }


def seconds_of(command: Sequence[str], home: Path) -> float:
    """From its start to its end."""
    begin = time.monotonic()
    subprocess.run(command, env=environment(home), check=True, capture_output=True, cwd=home.parent)
    return time.monotonic() - begin


def first_page(program: Sequence[str], page: Path, home: Path) -> tuple[float, float]:
    """From the start of a scan to its first result, and to its end."""
    begin = time.monotonic()
    command = [*program, "scan", "--quiet", str(page)]
    with subprocess.Popen(command, env=environment(home), cwd=home.parent, stdout=subprocess.DEVNULL) as scan:
        store, read = home / "data" / "receipts.sqlite", 0.0
        while not read:
            if any_read(store):
                read = time.monotonic() - begin
            elif scan.poll() is not None:
                raise SystemExit("the scan ended without a result")
            else:
                time.sleep(LOOK_S)
        scan.wait()
    return read, time.monotonic() - begin


def any_read(store: Path) -> bool:
    """Whether a page has its result; asked without holding anything up."""
    if not store.exists():
        return False
    try:
        with sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True, timeout=0) as db:
            return bool(db.execute("SELECT 1 FROM receipt LIMIT 1").fetchone())
    except sqlite3.Error:  # it is being made
        return False


def window(page: Path, home: Path, many: Path | None = None) -> dict[str, float]:
    """What the window tells, in seconds since its start or since the drop."""
    command = [sys.executable, "-m", "tests.benchmarks.starts_window", str(page), *([str(many)] if many else [])]
    begin = time.monotonic()
    done = subprocess.run(command, env=environment(home), cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    moments: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    dropped = {"again": "dropped again", "shown": "dropped many", "all": "dropped many"}
    return {name: at - moments.get(dropped.get(name, ""), begin) for name, at in moments.items()}


def measure(folder: Path, program: Sequence[str], rounds: int) -> dict[str, list[float]]:
    """All figures of all rounds, the first of which only warms the disk."""
    page = folder / "cafe.jpg"
    shutil.copy(resource("samples", "cafe.jpg"), page)
    many = real_pages(resource("samples"), folder / "many", MANY)
    found: dict[str, list[float]] = defaultdict(list)
    for number in range(rounds + 1):
        one: dict[str, float] = {}
        home = folder / f"home {number}"
        home.mkdir()
        one["`paddlescan --help`"] = seconds_of([*program, "--help"], home / "help")
        one["a Python that does nothing"] = seconds_of([sys.executable, "-c", ""], home / "none")
        read, end = first_page(program, page, home / "scan")
        one["`paddlescan scan`, first page read"], one["`paddlescan scan` of one page, to its end"] = read, end
        moments = window(page, home / "window", many)
        one["program closed, window painted"] = moments["painted"]
        one["program closed, page in the list"] = moments["listed"]
        one["program closed, first row in the window"] = moments["row"]
        one["window open, from the drop to the row"] = moments["again"]
        one["10,000 files dropped, list shown"] = moments["shown"]
        one["10,000 files dropped, all in the list"] = moments["all"]
        for name, seconds in one.items() if number else ():
            found[name].append(seconds)
    return found


def table(found: dict[str, list[float]]) -> str:
    """In Markdown, with the goals."""
    lines = ["| | seconds | goal | |", "| --- | ---: | ---: | --- |"]
    for name, values in found.items():
        middle, goal = statistics.median(values), GOALS.get(name)
        cells = f"{middle:.2f} ({min(values):.2f}-{max(values):.2f})"
        judged = "" if goal is None else "met" if middle <= goal else "**not met**"
        lines.append(f"| {name} | {cells} | {goal if goal else ''} | {judged} |")
    return "\n".join(lines)


def ahead() -> str:
    """Where this was let go before everything else on a busy machine (`chrt -r 1`), that it was."""
    real_time = sys.platform == "linux" and os.sched_getscheduler(0) in (os.SCHED_FIFO, os.SCHED_RR)
    return ", which real-time priority kept out" if real_time else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--program", type=Path, help="a packed program")
    parser.add_argument("--docs", action="store_true", help="write the table into docs/performance.md")
    given = parser.parse_args()
    program = [str(given.program.resolve())] if given.program else [sys.executable, "-m", "paddlescan"]
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), program, given.rounds)
    said = (
        f"`python -m tests.benchmarks.starts`, {date.today().isoformat()}: {describe()}; {given.rounds} starts, load"
        f" {os.getloadavg()[0]:.1f} at the end{ahead()}.\n\n{table(found)}"
    )
    print(said)
    if given.docs:
        put_between(PERFORMANCE, MARK, said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
