"""How well receipts that only their lines tell apart are split: nothing is asserted.

    python -m tests.benchmarks.several [--lines FOLDER] [--export F] [--seed N] [--pages N]

--lines: the 452 receipts of lines.jsonl as recognised: how many are falsely split, and how many pages composed of them,
above each other, beside each other and in grids, fall into the right groups. --export: an export (paddlescan/1) whose
pages are judged by its lines alone; pages that come out as several are named. Without either: drawn sheets
(tests/samples/parallel_sheets.py) and single pages, read by the engine. Milliseconds are process time.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from paddlescan.document import EngineOptions, Quad, TextLine, bounds
from paddlescan.extraction.several import split
from tests.benchmarks.fields import Sample, from_lines, text_lines

SAME = 0.85
"""Of the lines of a receipt and of its group, in both: the number that a clerk wrote above it is nobody's."""
WAYS = ("above each other", "beside each other", "grid")


@dataclass(frozen=True)
class Page:
    """Lines with the receipts they belong to."""

    name: str
    kind: str
    receipts: tuple[tuple[TextLine, ...], ...]
    size: tuple[int, int]

    @property
    def lines(self) -> list[TextLine]:
        """All of them, in no order that helps."""
        lines = [line for receipt in self.receipts for line in receipt]
        random.Random(7).shuffle(lines)
        return lines


def moved(lines: Iterable[TextLine], scale: float, dx: float, dy: float) -> tuple[TextLine, ...]:
    """The lines elsewhere and in another size."""

    def place(quad: Quad) -> Quad:
        a, b, c, d = ((x * scale + dx, y * scale + dy) for x, y in quad)
        return a, b, c, d

    return tuple(replace(line, quad=place(line.quad)) for line in lines)


def composed(samples: Sequence[Sample], seed: int) -> Page:
    """A page of two to six receipts, each as wide as its neighbours, with gaps of 2 to 6 per cent of the page."""
    chance = random.Random(seed)
    way = WAYS[seed % len(WAYS)]
    columns, rows = {
        "above each other": (1, chance.randint(2, 4)),
        "beside each other": (chance.randint(2, 4), 1),
        "grid": (chance.randint(2, 3), 2),
    }[way]
    picked = chance.sample(list(samples), columns * rows)
    width, tops = 1000.0, [0.0] * columns
    receipts = []
    for place, sample in enumerate(picked):
        column = place % columns
        box = [bounds(line.quad) for line in sample.lines]
        left, top = min(b[0] for b in box), min(b[1] for b in box)
        right, bottom = max(b[2] for b in box), max(b[3] for b in box)
        scale = width / (right - left)
        gap = width * chance.uniform(0.04, 0.12)
        x = column * width * 1.1
        receipts.append(moved(sample.lines, scale, x - left * scale, tops[column] - top * scale))
        tops[column] += (bottom - top) * scale + gap
        if way == "grid" and place % columns == columns - 1:
            tops = [max(tops)] * columns
    return Page(str(seed), way, tuple(receipts), (round(columns * width * 1.1), round(max(tops))))


def verdict(page: Page) -> tuple[str, int, float]:
    """`right`, `left whole`, `too few` or `wrong`; how many receipts came out whole; milliseconds."""
    start = time.process_time()
    groups = split(page.lines, *page.size)
    spent = 1000 * (time.process_time() - start)
    wanted = [frozenset(map(id, receipt)) for receipt in page.receipts]
    got = [frozenset(map(id, group)) for group in groups]
    found = sum(any(len(a & b) >= SAME * len(a | b) for b in got) for a in wanted)
    if found == len(wanted) == len(got):
        return "right", found, spent
    if len(groups) == 1:
        return "left whole", 0, spent
    whole = all(max(len(a & b) for b in got) >= SAME * len(a) for a in wanted)
    return ("too few" if whole and len(got) < len(wanted) else "wrong"), found, spent


def table(pages: Iterable[Page], names: bool) -> None:
    """Verdicts by kind, and time."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    times, said = [], []
    for page in pages:
        result, found, spent = verdict(page)
        times.append(spent)
        for kind in (page.kind, "all"):
            rows[kind].update({"pages": 1, result: 1, "receipts": len(page.receipts), "found": found})
        if result != "right":
            said.append(f"{page.kind} {page.name}: {result}")
    columns = ("pages", "right", "left whole", "too few", "wrong", "receipts", "found")
    print(f"{'':28}" + "".join(f"{name:>12}" for name in columns))
    for kind, row in sorted(rows.items(), key=lambda entry: (entry[0] == "all", entry[0])):
        print(f"{kind:28}" + "".join(f"{row[name]:12}" for name in columns))
    timing(times)
    if names:
        print("\n".join(said), flush=True)


def timing(times: list[float]) -> None:
    """Of one call each."""
    times.sort()
    late = times[int(len(times) * 0.95)]
    print(f"ms: median {statistics.median(times):.1f}, 95 % under {late:.1f}, most {times[-1]:.1f}", flush=True)


def singles(pages: Iterable[tuple[str, Sequence[TextLine], int, int]]) -> None:
    """Pages that hold one receipt: which are split."""
    times, wrong = [], []
    for name, lines, width, height in pages:
        start = time.process_time()
        count = len(split(lines, width, height))
        times.append(1000 * (time.process_time() - start))
        if count > 1:
            wrong.append(f"{name}: {count}")
    print(f"{len(times)} pages, taken for several: {len(wrong)} {wrong}")
    timing(times)


def drawn(seeds: range, names: bool) -> None:
    """Sheets whose receipts lie parallel, and single pages, read by the engine."""
    import numpy as np

    from paddlescan.ocr.factory import load_engine
    from tests.samples.draw import SAMPLES
    from tests.samples.parallel_sheets import parallel_sheet
    from tests.samples.single_pages import single_page

    engine = load_engine(EngineOptions(device="cpu"), Path(tempfile.mkdtemp()))
    pages = []
    for seed in seeds:
        sheet = parallel_sheet(seed)
        lines = engine.read(sheet.pixels, engine.detect(sheet.pixels))
        receipts: dict[int, list[TextLine]] = defaultdict(list)
        for line in lines:
            left, top, right, bottom = bounds(line.quad)
            x, y = (left + right) / 2, (top + bottom) / 2
            inside = [n for n, (a, b, c, d) in enumerate(sheet.boxes) if a <= x <= c and b <= y <= d]
            receipts[inside[0] if inside else -1].append(line)
        height, width = sheet.pixels.shape[:2]
        pages.append(Page(str(seed), sheet.kind, tuple(map(tuple, receipts.values())), (width, height)))
    table(pages, names)
    ones = []
    for seed in seeds:
        page = single_page(seed)
        ones.append((f"{seed} {page.kind}", page.pixels))
    for sample in SAMPLES:
        picture = np.ascontiguousarray(np.asarray(sample.layout()[0].image)[..., ::-1])
        ones.append((str(sample.category), picture))
    read = [(n, engine.read(p, engine.detect(p)), p.shape[1], p.shape[0]) for n, p in ones]
    singles(read)


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=Path, metavar="FOLDER")
    parser.add_argument("--export", type=Path, metavar="JSON")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    if args.lines:
        samples = list(from_lines(args.lines))
        split(samples[0].lines, 1, 1)
        singles((s.name, s.lines, s.width, s.height) for s in samples)
        table((composed(samples, seed) for seed in range(args.seed, args.seed + args.pages)), args.misses)
    if args.export:
        data = json.loads(args.export.read_text("utf-8"))["pages"]
        ones = [p for p in data if p["receipt_count"] == 1 and p["lines"]]
        singles((f"{p['source']} {p['page']}", text_lines(p["lines"]), p["width"], p["height"]) for p in ones)
    if not (args.lines or args.export):
        drawn(range(args.seed, args.seed + args.pages), args.misses)


if __name__ == "__main__":
    main()
