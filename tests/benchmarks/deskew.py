"""How exactly and how fast skew is measured: `python -m tests.benchmarks.deskew`, beside jdeskew where there is one.

Wants the folder of real receipts (PADDLESCAN_RECEIPTS); with --drawn N, N pages of every layout and medium are drawn
besides, at any angle and quarter turn. Prints figures and asserts nothing. jdeskew belongs into a
virtual environment of its own; give its interpreter with --peer (its angle has the opposite sign, which is undone).
Both run on one thread and are timed by process time; decoding is not counted. Rounds of ours stand before and after
the peer's, so that a machine that is getting busy shows.
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
from collections.abc import Callable
from pathlib import Path
from typing import Any

PEER = """
import json, sys, time, importlib.metadata
import cv2
cv2.setNumThreads(1)
from jdeskew.estimator import get_angle
rows = []
for path in json.load(sys.stdin):
    pixels = cv2.imread(path)
    start = time.process_time()
    angle = -get_angle(pixels, angle_max=45)
    rows.append((angle, time.process_time() - start))
json.dump({"version": importlib.metadata.version("jdeskew"), "rows": rows}, sys.stdout)
"""
Rows = list[tuple[float | None, float]]


def ours(paths: list[str]) -> Rows:
    import cv2

    from paddlescan.imaging.deskew import measure_skew

    cv2.setNumThreads(1)
    rows: Rows = []
    for path in paths:
        pixels = cv2.imread(path)
        start = time.process_time()
        angle = measure_skew(pixels)
        rows.append((angle, time.process_time() - start))
    return rows


def theirs(interpreter: str, paths: list[str]) -> tuple[str, Rows]:
    done = subprocess.run(
        [interpreter, "-c", PEER], input=json.dumps(paths), capture_output=True, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer["version"], [(angle, seconds) for angle, seconds in answer["rows"]]


def report(name: str, rows: Rows, truths: list[float]) -> None:
    errors = [45.0 if a is None else abs((a - t + 45) % 90 - 45) for (a, _), t in zip(rows, truths, strict=True)]
    times = [seconds * 1000 for _, seconds in rows]
    exact = sum(error <= 0.1 for error in errors) / len(errors)
    print(
        f"{name:24s} mean error {statistics.mean(errors):.4f}  worst {max(errors):.3f}  within 0.1: {exact:.0%}"
        f"  median {statistics.median(times):.0f} ms a page ({min(times):.0f} to {max(times):.0f})"
    )


def compare(title: str, paths: list[str], truths: list[float], peer: str | None) -> None:
    print(f"{title}: {len(paths)} pages")
    ours(paths[:2])  # warm up
    report("PaddleScan", ours(paths), truths)
    if peer:
        version, rows = theirs(peer, paths)
        report(f"jdeskew {version}", rows, truths)
        report("PaddleScan once more", ours(paths), truths)


def drawn(seeds: int, peer: str | None) -> None:
    """Pages of text drawn at -45 to 45 degrees, a third of them a quarter turn further."""
    import cv2

    from tests.benchmarks.drawn_pages import LAYOUTS, MEDIA, draw

    for layout in [name for name in LAYOUTS if name != "pictures"]:
        with tempfile.TemporaryDirectory() as folder:
            paths, truths = [], []
            for seed in range(seeds):
                for medium in MEDIA:
                    chosen = random.Random(f"{layout} {medium} {seed}")
                    angle = chosen.uniform(-45, 45) + chosen.choice([0, 0, 0, 0, 90, 180, 270])
                    paths.append(f"{folder}/{medium}-{seed}.png")
                    cv2.imwrite(paths[-1], draw(layout, medium, angle, seed), [cv2.IMWRITE_PNG_COMPRESSION, 1])
                    truths.append(angle)
            compare(layout, paths, truths, peer)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", help="Python of a virtual environment with jdeskew")
    parser.add_argument("--drawn", type=int, default=0, metavar="N", help="draw N pages of each layout and medium")
    arguments = parser.parse_args()
    folder = Path(os.environ.get("PADDLESCAN_RECEIPTS", ""))
    if not (folder / "manifest.json").exists():
        print("set PADDLESCAN_RECEIPTS to the folder of real receipts", file=sys.stderr)
        return 2
    items = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["items"]
    groups: dict[str, Callable[[float], bool]] = {
        "within 15 degrees": lambda t: abs(t) <= 15,
        "all, quarter turns off": lambda t: True,
    }
    for title, wanted in groups.items():
        chosen = [i for i in items if i["category"] == "deskew" and wanted(i["gt"]["skew_deg_ccw"])]
        paths = [str(folder / i["path"]) for i in chosen]
        truths = [float(i["gt"]["skew_deg_ccw"]) for i in chosen]
        compare(title, paths, truths, arguments.peer)
    if arguments.drawn:
        drawn(arguments.drawn, arguments.peer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
