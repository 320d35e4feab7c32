"""How well receipts on one page are told apart: `python -m tests.benchmarks.regions [--seed N] [--sheets N]`.

Drawn sheets (tests/samples/sheets.py) by kind, drawn pages that look like several and are one
(tests/samples/single_pages.py), and every page of the real receipts (PADDLESCAN_RECEIPTS) that is not marked as holding
several, of which none may be split. Lines come from the engine, on the prepared page. "looked at" counts the pages that
`may_be_several` lets through, and milliseconds are process time of it and of `find_regions`. Prints figures and asserts
nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document import EngineOptions, Limits, PrepareOptions, Quad
from paddlescan.document.pixels import PageImage, Pixels
from paddlescan.errors import PaddleScanError
from paddlescan.imaging.geometry import map_quad
from paddlescan.imaging.loading import load_page
from paddlescan.imaging.prepare import prepare
from paddlescan.imaging.regions import find_regions
from paddlescan.imaging.regions_gate import may_be_several
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.factory import load_engine
from tests.samples.draw import SAMPLES
from tests.samples.paper import scan, stamp
from tests.samples.sheets import sheet
from tests.samples.single_pages import single_page

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


@dataclass(frozen=True)
class Look:
    """What was made of one page."""

    looked_at: bool
    regions: tuple[Quad, ...]
    """As if it had been looked at, whether it was or not."""
    gate_ms: float
    regions_ms: float

    @property
    def found(self) -> tuple[Quad, ...]:
        """What the pipeline gets."""
        return self.regions if self.looked_at else ()

    @property
    def spent_ms(self) -> float:
        """What the pipeline pays."""
        return self.gate_ms + self.looked_at * self.regions_ms


def look(engine: OcrEngine, image: PageImage) -> Look:
    """Ask about one page."""
    page = prepare(image, PrepareOptions())
    quads = engine.detect(page.pixels)
    lines = [map_quad(quad, page.to_source) for quad in quads]
    start = time.process_time()
    several = may_be_several(quads, page.pixels.shape[1], page.pixels.shape[0])
    between = time.process_time()
    regions = find_regions(image.pixels, lines)
    return Look(several, regions, 1000 * (between - start), 1000 * (time.process_time() - between))


def timing(looks: list[Look]) -> str:
    """Medians and worst, for a table."""
    if not looks:
        return ""
    parts = []
    for name, values in (
        ("may_be_several", [each.gate_ms for each in looks]),
        ("find_regions", [each.regions_ms for each in looks]),
        ("both as the pipeline calls them", [each.spent_ms for each in looks]),
    ):
        parts.append(f"{name} {np.median(values):.1f} (90 % {np.percentile(values, 90):.0f}, most {max(values):.0f})")
    return "ms: " + "; ".join(parts)


def sheets(engine: OcrEngine, seeds: range, pictures: Path | None) -> None:
    """Sheets right, left whole and wrong, and pieces found, missed and extra, by kind of sheet."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    looks = []
    for seed in seeds:
        drawn = sheet(seed)
        looks.append(look(engine, PageImage(drawn.pixels)))
        quads = looks[-1].found
        found = sum(any(overlap(quad, truth) >= 0.7 for quad in quads) for truth in drawn.quads)
        right = found == len(drawn.quads) == len(quads)
        for kind in (drawn.kind, "all"):
            row = rows[kind]
            row.update(sheets=1, right=right, left_whole=not quads, wrong=bool(quads) and not right)
            row.update(passed_over=bool(looks[-1].regions) and not quads)
            row.update(found=found, missed=len(drawn.quads) - found, extra=len(quads) - found)
        if pictures:
            verdict = "right" if right else "wrong" if quads else "none"
            draw_quads(drawn.pixels, quads, pictures / f"{verdict}_{seed:03}.png")
    names = ("sheets", "right", "left_whole", "wrong", "passed_over", "found", "missed", "extra")
    print(f"{'':28}" + "".join(f"{name:>12}" for name in names))
    for kind, row in sorted(rows.items(), key=lambda entry: (entry[0] == "all", entry[0])):
        print(f"{kind:28}" + "".join(f"{row[name]:12}" for name in names))
    print(timing(looks), flush=True)


def single(name: str, pages: Iterable[tuple[str, PageImage]], engine: OcrEngine, pictures: Path | None) -> None:
    """How many pages that hold one receipt are looked at, and which are split."""
    looks, split = [], []
    for label, image in pages:
        looks.append(look(engine, image))
        if looks[-1].regions:
            split.append(label + ("" if looks[-1].looked_at else " (passed over)"))
            if pictures:
                draw_quads(image.pixels, looks[-1].regions, pictures / f"split_{len(split):03}_{name[:4]}.png")
    print(f"{name}: {len(looks)}, looked at: {sum(each.looked_at for each in looks)}, split: {len(split)} {split}")
    if looks:
        print(timing(looks), flush=True)


def drawn_receipts() -> Iterator[tuple[str, PageImage]]:
    """The samples."""
    for sample in SAMPLES:
        image = sample.layout()[0].image
        image = stamp(image, *sample.seal) if sample.seal else image
        picture = np.asarray(scan(image, 7, sample.skew_degrees))[..., ::-1]
        yield sample.category, PageImage(np.ascontiguousarray(picture))


def real_pages(folder: Path, several: bool) -> Iterator[tuple[str, PageImage]]:
    """All pages of the real receipts that hold several, or that do not."""
    for item in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["items"]:
        if item["category"] == "nasty" or (item["category"] == SEVERAL) != several:
            continue
        for number in range(1, 10 if Path(item["path"]).suffix in (".tif", ".pdf") else 2):
            try:
                with (folder / item["path"]).open("rb") as file:
                    yield f"{item['id']} {number}", load_page(file, "", number, Limits())
            except PaddleScanError:
                break


def main() -> None:
    """Run all of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0, help="of the first sheet and page")
    parser.add_argument("--sheets", type=int, default=60)
    parser.add_argument("--pages", type=int, default=36)
    parser.add_argument("--pictures", type=Path, help="a folder for the pages with their regions")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as scratch:
        engine = load_engine(EngineOptions(device="cpu"), Path(scratch))
        sheets(engine, range(options.seed, options.seed + options.sheets), options.pictures)
        hard = (single_page(seed) for seed in range(options.seed, options.seed + options.pages))
        hard_pages = ((page.kind, PageImage(page.pixels)) for page in hard)
        single("drawn pages that look like several", hard_pages, engine, options.pictures)
        single("drawn receipts", drawn_receipts(), engine, options.pictures)
        folder = os.environ.get("PADDLESCAN_RECEIPTS")
        if folder:
            single("real pages with one receipt", real_pages(Path(folder), False), engine, options.pictures)
            for label, image in real_pages(Path(folder), True):
                print(f"{label}: {len(look(engine, image).found)} receipts found")


if __name__ == "__main__":
    main()
