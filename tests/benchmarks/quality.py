"""Whether the quality gate is right: `python -m tests.benchmarks.quality [--pages N]`.

Wants the folder of real receipts (PADDLESCAN_RECEIPTS). Every Nth receipt with its text known, and the drawn samples,
are spoilt in many ways and strengths; the engine reads each twin, and the words it still finds, as a share of those
of the clean page, say whether a finding is right: LOST and less ask for another scan. Cut twins are right to be found
whatever is left. Prints a table of strengths, a table of right and wrong findings, and what it costs; asserts nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import cv2
import numpy as np

from paddlescan.document import EngineOptions
from paddlescan.document.pixels import Pixels
from paddlescan.imaging.quality import find_quality
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.factory import load_engine
from tests.samples import bad_scans
from tests.samples.draw import SAMPLES
from tests.samples.paper import scan

LOST = 0.85
"""Share of the words; a page that keeps less should be scanned again."""
Twin = tuple[str, str, Callable[[Pixels], Pixels]]
"""The finding it should have, its name, how it is made."""


def twins(seed: int) -> Iterator[Twin]:
    yield "", "clean", np.copy
    for sigma in (2.0, 3.0, 3.5, 4.0):
        yield "blurred", f"defocus {sigma}", partial(bad_scans.defocus, sigma=sigma)
    for length, degrees in ((7, 0.0), (11, 0.0), (15, 90.0), (11, 45.0)):
        yield "blurred", f"shake {length} at {degrees:.0f}", partial(bad_scans.shake, length=length, degrees=degrees)
    for factor in (0.45, 0.35, 0.25, 0.19, 0.15):
        yield "small_text", f"shrink {factor}", partial(bad_scans.shrink, factor=factor)
    for ink in (0.3, 0.15, 0.08, 0.05):
        yield "faded", f"fade {ink}", partial(bad_scans.fade, ink=ink, seed=seed)
    yield "faded", "fade 0.12, grain 6", partial(bad_scans.fade, ink=0.12, seed=seed, noise=6.0)
    for radius in (0.15, 0.3):
        yield "glare", f"glare {radius}", partial(_glaring, radius=radius)
    for side in bad_scans.SIDES:
        yield "cut_off", f"cut {side}", partial(bad_scans.cut, side=side, share=0.18)
    for quality in (20, 8, 4):
        yield "", f"jpeg {quality}", partial(bad_scans.jpeg, quality=quality)


def _glaring(pixels: Pixels, radius: float) -> Pixels:
    return bad_scans.glare(bad_scans.grey_paper(pixels), 0.5, 0.4, radius)


def pages(folder: Path, every: int) -> Iterator[tuple[str, Pixels, list[str]]]:
    for number, sample in enumerate(SAMPLES):
        paper, _ = sample.layout()
        picture = np.asarray(scan(paper.image, 100 + number))[..., ::-1]
        yield sample.name, np.ascontiguousarray(picture), paper.lines
    items = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["items"]
    known = [item for item in items if item["category"] == "receipt_en" and "gt_path" in item and "sroie" in item["id"]]
    for item in known[::every]:
        truth = json.loads((folder / item["gt_path"]).read_text(encoding="utf-8"))
        yield item["id"], cv2.imread(str(folder / item["path"])), [line["text"] for line in truth["lines"]]


def bag(lines: list[str]) -> Counter[str]:
    return Counter(word for line in lines for word in re.findall(r"[A-Z0-9]+|[\u4e00-\u9fff]", line.upper()))


def recall(engine: OcrEngine, pixels: Pixels, truth: list[str]) -> float:
    want = bag(truth)
    return (want & bag([line.text for line in engine.recognise(pixels)])).total() / max(1, want.total())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=6, help="take every Nth of the 60 receipts")
    folder = Path(os.environ.get("PADDLESCAN_RECEIPTS", ""))
    if not (folder / "manifest.json").exists():
        print("set PADDLESCAN_RECEIPTS to the folder of real receipts", file=sys.stderr)
        return 2
    engine = load_engine(EngineOptions(threads=1), Path(tempfile.mkdtemp()))
    judged = Judged()
    for number, (_, pixels, truth) in enumerate(pages(folder, parser.parse_args().every)):
        clean = recall(engine, pixels, truth)
        for wanted, name, spoil in twins(number):
            twin = spoil(pixels)
            start = time.process_time()
            found = [finding.name for finding in find_quality(twin)]
            judged.seconds.append(time.process_time() - start)
            judged.add(wanted, name, found, recall(engine, twin, truth) / max(clean, 0.01))
    judged.report()
    return 0


class Judged:
    """What was found on which twins, beside the words that were left."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._twins: dict[str, list[tuple[bool, float]]] = defaultdict(list)
        self._sums: Counter[str] = Counter()

    def add(self, wanted: str, name: str, found: list[str], left: float) -> None:
        """One twin; left: words, as a share of those of the clean page."""
        self._twins[name].append((bool(found), left))
        bad = left < LOST or wanted == "cut_off"
        self._sums[f"{'found' if found else 'silent'}, {'bad' if bad else 'good'}"] += 1

    def report(self) -> None:
        print(f"{'twin':22s} pages  found  words left (median, least)")
        for name, rows in self._twins.items():
            left = [share for _, share in rows]
            found = sum(one for one, _ in rows)
            print(f"{name:22s} {len(rows):5d}  {found:5d}  {statistics.median(left):.2f} {min(left):.2f}")
        print(f"bad: cut, or less than {LOST} of the words left;", dict(sorted(self._sums.items())))
        print(f"median {statistics.median(self.seconds) * 1000:.0f} ms a page, most {max(self.seconds) * 1000:.0f}")


if __name__ == "__main__":
    sys.exit(main())
