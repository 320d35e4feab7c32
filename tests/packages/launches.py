"""Many launches at once, as a file manager makes them that starts the program once for each file.

    python -m tests.packages.launches [LAUNCHES] [ROUNDS] [FILES]      500, 3 and 5,000 unless said

Each round begins with nothing: of all launches one stays and is the window, the others hand over and leave, and the
window's one batch has each file once, in the order in which people count. At the end one launch names
many files, half of them to a program that is not open yet, half to the one that is: both keep their order.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from paddlescan.desktop.handover import joining
from paddlescan.store import Store
from tests.conftest import ROOT

PATIENCE_S = 300.0


def sources(store: Path) -> list[list[Path]]:
    """The files of each batch, in their order."""
    if not store.exists():
        return []
    with Store(store) as opened:
        batches = [batch.id for batch in opened.batches()]
        return [[Path(row.ref.source.path) for row in opened.page_rows(batch)] for batch in batches]


def some_files(place: Path, count: int) -> list[Path]:
    """Files whose pages fail at once, so that no engine reads long."""
    inbox = place / "inbox"
    inbox.mkdir(parents=True)
    files = [inbox / f"receipt {number}.jpg" for number in range(1, count + 1)]
    for file in files:
        file.write_bytes(b"no picture")
    return files


def launch(place: Path, files: Sequence[Path]) -> subprocess.Popen[bytes]:
    """Start the program with these files, as a file manager does."""
    variables = {"PADDLESCAN_HOME": str(place / "home"), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    environment = {k: v for k, v in os.environ.items() if k != "DBUS_SESSION_BUS_ADDRESS"} | variables
    command = [sys.executable, "-m", "paddlescan", "--", *map(str, files)]
    return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def one_round(place: Path, launches: int, seed: int) -> float:
    """Launch, and see what comes of it; the seconds that it took. Raises AssertionError."""
    files, store = some_files(place, launches), place / "home" / "data" / "receipts.sqlite"
    begin = time.monotonic()
    starts = [launch(place, [file]) for file in random.Random(seed).sample(files, launches)]
    try:
        while len([one for one in starts if one.poll() is None]) > 1:
            assert time.monotonic() - begin < PATIENCE_S, "more than one start stays"
            time.sleep(0.05)
        left = [one for one in starts if one.poll() is None]
        assert len(left) == 1, "no window was left open"
        assert {one.returncode for one in starts if one is not left[0]} == {0}
        while sum(map(len, found := sources(store))) < launches:
            assert time.monotonic() - begin < PATIENCE_S + joining.LONGEST_S, f"{list(map(len, found))} files only"
            time.sleep(0.2)
        assert found == [files], f"batches of {list(map(len, found))}, or in another order"
        assert left[0].poll() is None
        return time.monotonic() - begin
    finally:
        for one in starts:
            one.terminate()
        for one in starts:
            one.wait()


def two_calls(place: Path, count: int) -> float:
    """Name many files at once, twice; the seconds that it took. Raises AssertionError."""
    files, store = some_files(place, count), place / "home" / "data" / "receipts.sqlite"
    random.Random(count).shuffle(files)
    begin, half = time.monotonic(), count // 2
    window = launch(place, files[:half])
    try:
        while sum(map(len, sources(store))) < half:
            assert time.monotonic() - begin < PATIENCE_S, "the window's own files"
            time.sleep(0.2)
        assert launch(place, files[half:]).wait(PATIENCE_S) == 0
        while sum(map(len, found := sources(store))) < count:
            assert time.monotonic() - begin < PATIENCE_S, "the files of the second call"
            time.sleep(0.2)
        assert [file for batch in found[::-1] for file in batch] == files, "lost, twice, or in another order"
        return time.monotonic() - begin
    finally:
        window.terminate()
        window.wait()


def main(launches: int = 500, rounds: int = 3, files: int = 5000) -> None:
    """Run the rounds, then the two calls."""
    for number in range(rounds):
        with tempfile.TemporaryDirectory(prefix="paddlescan launches ") as place:
            seconds = one_round(Path(place), launches, number)
        print(
            f"round {number + 1}: {launches} launches, one window, {launches} files in order, {seconds:.0f} s",
            flush=True,
        )

    with tempfile.TemporaryDirectory(prefix="paddlescan launches ") as place:
        seconds = two_calls(Path(place), files)
    print(f"two calls with {files:,} files, all there in their order, {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
