"""How well receipts on one page are told apart: `python -m tests.benchmarks.regions [--sheets N] [--pictures DIR]`.

Drawn sheets (tests/samples/sheets.py) by kind, and every page of the real receipts (PADDLESCAN_RECEIPTS) that is not
marked as holding several, of which none may be split. Prints figures and asserts nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter, defaultdict
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document import Limits, Quad
from paddlescan.document.pixels import Pixels
from paddlescan.errors import PaddleScanError
from paddlescan.imaging.loading import load_page
from paddlescan.imaging.regions import find_regions
from tests.samples.draw import SAMPLES
from tests.samples.paper import scan, stamp
from tests.samples.sheets import sheet

SEVERAL = "multi_receipt_page_zh"


def overlap(one: npt.ArrayLike, other: npt.ArrayLike) -> float:
    """Intersection over union of two convex quads."""
    a, b = np.asarray(one, np.float32), np.asarray(other, np.float32)
    shared, _ = cv2.intersectConvexConvex(a, b)
    return float(shared / (cv2.contourArea(a) + cv2.contourArea(b) - shared))


def draw_quads(pixels: Pixels, quads: tuple[Quad, ...], path: Path) -> None:
    """Write the picture with its regions drawn over it."""
    shown = pixels.copy()
    for n, quad in enumerate(quads):
        colour = ((0, 0, 255), (255, 0, 0))[n % 2]
        cv2.polylines(shown, [np.round(quad).astype(np.int32)], True, colour, max(2, max(pixels.shape) // 300))
    scale = 900 / max(pixels.shape)
    cv2.imwrite(str(path), cv2.resize(shown, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))


def sheets(count: int, pictures: Path | None) -> None:
    """Sheets right, none and wrong, and pieces found, missed and extra, by kind of sheet."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    seconds = []
    for seed in range(count):
        drawn = sheet(seed)
        start = time.process_time()
        quads = find_regions(drawn.pixels)
        seconds.append(time.process_time() - start)
        found = sum(any(overlap(quad, truth) >= 0.7 for quad in quads) for truth in drawn.quads)
        right = found == len(drawn.quads) == len(quads)
        row = rows[drawn.kind]
        row.update(sheets=1, right=right, left_whole=not quads, wrong=bool(quads) and not right)
        row.update(found=found, missed=len(drawn.quads) - found, extra=len(quads) - found)
        if pictures:
            verdict = "right" if right else "wrong" if quads else "none"
            draw_quads(drawn.pixels, quads, pictures / f"{verdict}_{seed:03}.png")
    names = ("sheets", "right", "left_whole", "wrong", "found", "missed", "extra")
    print(f"{'':28}" + "".join(f"{name:>11}" for name in names))
    for kind, row in sorted(rows.items()):
        print(f"{kind:28}" + "".join(f"{row[name]:11}" for name in names))
    if seconds:
        print(f"{1000 * float(np.median(seconds)):.0f} ms a sheet (median, process time)")


def singles(folder: Path) -> None:
    """How many pages that hold one receipt are split, and how many receipts of real sheets are found."""
    pages, split = 0, []
    for item in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["items"]:
        if item["category"] == "nasty":
            continue
        path = folder / item["path"]
        try:
            with path.open("rb") as file:
                pixels = load_page(file, "", 1, Limits()).pixels
        except PaddleScanError:
            continue
        quads = find_regions(pixels)
        if item["category"] == SEVERAL:
            print(f"{item['id']}: {len(quads)} of {len(item['gt']['fields']['documents'])} receipts")
            continue
        pages += 1
        split += [item["id"]] if quads else []
    print(f"real pages with one receipt: {pages}, split: {len(split)} {' '.join(split)}")


def drawn_singles() -> None:
    """How many drawn receipts are split."""
    split = []
    for sample in SAMPLES:
        image = sample.layout()[0].image
        image = stamp(image, *sample.seal) if sample.seal else image
        picture = np.asarray(scan(image, 7, sample.skew_degrees))[..., ::-1]
        split += [sample.category] if find_regions(np.ascontiguousarray(picture)) else []
    print(f"drawn receipts: {len(SAMPLES)}, split: {len(split)} {' '.join(split)}")


def main() -> None:
    """Run all of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sheets", type=int, default=60)
    parser.add_argument("--pictures", type=Path, help="a folder for the drawn sheets with their regions")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    sheets(options.sheets, options.pictures)
    drawn_singles()
    folder = os.environ.get("PADDLESCAN_RECEIPTS")
    if folder:
        singles(Path(folder))


if __name__ == "__main__":
    main()
