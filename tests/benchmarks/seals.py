"""What reading gains where seals lie: `python -m tests.benchmarks.seals [--pages N] [--strengths] [--times]`.

Drawn pages (tests/samples/sealed_pages.py, seeded) need nothing else. Where PADDLESCAN_RECEIPTS names the folder of
real receipts, its pages with a seal laid over are read beside their clean twins, and its English receipts are asked for
false finds. Prints figures and asserts nothing.

A word is a run of A-Z and 0-9, or a single Chinese character. Recall counts the words of the lines under the seals; a
word that stands elsewhere too counts only as far as the page was read to have more of it than those places use.
`lost outside`: words of the other lines that the clean twin shows and the page does not. `added`: words read that
stand nowhere on the page (a seal's own lettering, where it is left on).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import cv2
import numpy as np

from paddlescan.document import EngineOptions, Quad, TextLine
from paddlescan.document.pixels import Pixels
from paddlescan.imaging.seal_removal import find_seals, remove_seals
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.factory import load_engine
from paddlescan.pipeline.under_seals import read_under_seals
from tests.samples.sealed_pages import SealedPage, sealed_page

Words = Counter[str]
WAYS = ("kept", "removed", "dual", "twin")


@dataclass
class Tally:
    """Words under seals, by the way in which they were read."""

    wanted: int = 0
    read: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)

    def add(self, under: Words, rest: Words, found: dict[str, Words]) -> None:
        self.wanted += under.total()
        for way, words in found.items():
            self.read[way] += (under & (words - rest)).total()
            self.lost[way] += ((rest & found["twin"]) - words).total()
            self.added[way] += (words - under - rest).total()

    def show(self, name: str) -> None:
        twin = max(1, self.read["twin"])
        for way in [w for w in self.read if w != "twin"] + ["twin"]:
            print(
                f"  {name:10s} {way:9s} {self.read[way]:5d} of {self.wanted} words under seals"
                f"  {self.read[way] / twin:.3f} of the twin  lost outside {self.lost[way]}  added {self.added[way]}"
            )


def words(lines: Iterable[str]) -> Words:
    return Counter(w for line in lines for w in re.findall(r"[A-Z0-9]+|[\u4e00-\u9fff]", line.upper()))


def texts(lines: Sequence[TextLine]) -> Words:
    return words(line.text for line in lines)


def read_all_ways(engine: OcrEngine, sealed: Pixels, clean: Pixels, seals: Sequence[Quad]) -> dict[str, Words]:
    """One page read with its seals kept, taken off, both, and its clean twin."""
    cleaned = remove_seals(sealed, 50, seals)
    quads = engine.detect(cleaned)
    return {
        "kept": texts(engine.recognise(sealed)),
        "removed": texts(engine.read(cleaned, quads)),
        "dual": texts(read_under_seals(engine, cleaned, sealed, quads, seals)),
        "twin": texts(engine.recognise(clean)),
    }


def around(page: SealedPage) -> slice:
    """The rows of a drawn page near its seals: what lies further away is read alike anyway."""
    boxes = [seal.box for seal in page.seals]
    height = page.sealed.shape[0]
    top, bottom = min(box[1] for box in boxes) - 0.12 * height, max(box[3] for box in boxes) + 0.12 * height
    return slice(max(0, int(top)), int(bottom))


def drawn(engine: OcrEngine, pages: range) -> None:
    tally, places = Tally(), Places()
    for seed in pages:
        page = sealed_page(seed)
        seals = find_seals(page.sealed)
        places.add(page, seals, find_seals(page.clean))
        rows = around(page)
        moved = [tuple((x, y - rows.start) for x, y in seal) for seal in seals]
        here = [n for n, box in enumerate(page.boxes) if rows.start <= box[1] and box[3] <= rows.stop]
        under = set(page.under()) & set(here)
        sealed, clean = (np.ascontiguousarray(picture[rows]) for picture in (page.sealed, page.clean))
        tally.add(
            words(page.lines[n] for n in under),
            words(page.lines[n] for n in here if n not in under),
            read_all_ways(engine, sealed, clean, moved),  # type: ignore[arg-type]
        )
    print(f"drawn pages {pages.start} to {pages.stop - 1}:")
    places.show()
    tally.show("drawn")


@dataclass
class Places:
    """How many seals were found (four fifths of their ink covered), by kind, and how many finds are none."""

    there: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false: int = 0
    on_clean: int = 0

    def add(self, page: SealedPage, seals: Sequence[Quad], on_clean: Sequence[Quad]) -> None:
        self.on_clean += len(on_clean)
        covered = np.zeros(page.sealed.shape[:2], np.uint8)
        hulls = np.zeros_like(covered)
        inks = [(seal.cover > 0.15).astype(np.uint8) for seal in page.seals]
        for quad in seals:
            cv2.fillConvexPoly(covered, np.array(quad).astype(np.int32), 1)
        for ink in inks:
            cv2.fillConvexPoly(hulls, cv2.convexHull(np.argwhere(ink)[:, ::-1].astype(np.int32)), 1)
        for seal, ink in zip(page.seals, inks, strict=True):
            hit = float((ink & covered).sum()) > 0.8 * float(ink.sum())
            for trait in (seal.kind, seal.colour, "all"):
                self.there[trait] += 1
                self.found[trait] += hit
        for quad in seals:
            one = np.zeros_like(covered)
            cv2.fillConvexPoly(one, np.array(quad).astype(np.int32), 1)
            self.false += float((one & hulls).sum()) < 0.5 * float(one.sum())

    def show(self) -> None:
        print("  found", ", ".join(f"{trait} {self.found[trait]}/{n}" for trait, n in sorted(self.there.items())))
        print(f"  false finds {self.false}, on the clean twins {self.on_clean}")


def real(engine: OcrEngine, folder: Path) -> None:
    items = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["items"]
    tally = Tally()
    for item in items:
        if item["category"] == "seal_overlay":
            lines = [line["text"] for line in json.loads((folder / item["gt_path"]).read_text("utf-8"))["lines"]]
            numbers = set(item["gt"]["lines_under_seal"])
            sealed = cv2.imread(str(folder / item["path"]))
            clean = cv2.imread(str(folder / item["gt"]["clean_path"]))
            found = read_all_ways(engine, sealed, clean, find_seals(sealed))
            rest = words(t for n, t in enumerate(lines) if n not in numbers)
            tally.add(words(lines[n] for n in numbers), rest, found)
    print("real pages with a seal laid over:")
    tally.show("real")


def without_seals(folder: Path) -> None:
    """False finds on real English receipts and clean pages."""
    paths = sorted((folder / "sroie" / "images").glob("*.jpg"))
    seals = {path.name: len(find_seals(cv2.imread(str(path)))) for path in paths}
    print(f"real receipts without seals: {sum(map(bool, seals.values()))} of {len(seals)} have a false find")


def strengths(engine: OcrEngine, pages: range) -> None:
    tallies: dict[int, Tally] = defaultdict(Tally)
    for seed in pages:
        page = sealed_page(seed)
        seals = find_seals(page.sealed)
        if not seals:
            continue
        under = set(page.under())
        twin = texts(engine.recognise(page.clean))
        for strength in (0, 25, 50, 75, 100):
            cleaned = remove_seals(page.sealed, strength, seals)
            quads = engine.detect(cleaned)
            found = {"dual": texts(read_under_seals(engine, cleaned, page.sealed, quads, seals)), "twin": twin}
            rest = words(t for n, t in enumerate(page.lines) if n not in under)
            tallies[strength].add(words(page.lines[n] for n in under), rest, found)
    for strength, tally in tallies.items():
        tally.show(f"at {strength}")


def times() -> None:
    for megapixels in (1, 2, 8, 24):
        page = sealed_page(16)
        scale = (megapixels * 1e6 / (page.sealed.shape[0] * page.sealed.shape[1])) ** 0.5
        big = cv2.resize(page.sealed, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        seals = find_seals(big)
        print(
            f"  {megapixels:2d} megapixels: find {_ms(partial(find_seals, big)):.0f} ms,"
            f" remove {_ms(partial(remove_seals, big, 50, seals)):.0f} ms"
        )


def _ms(work: Callable[[], object], rounds: int = 5) -> float:
    """The shortest process time of a few rounds."""
    spent = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return 1000 * min(spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200, help="how many drawn pages (200)")
    parser.add_argument("--first", type=int, default=5000, help="the first one's seed")
    parser.add_argument("--strengths", action="store_true", help="compare strengths instead, on these pages")
    parser.add_argument("--times", action="store_true", help="time finding and removing instead")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    pages = range(arguments.first, arguments.first + arguments.pages)
    if arguments.times:
        times()
        return
    folder = Path(os.environ.get("PADDLESCAN_RECEIPTS", ""))
    with tempfile.TemporaryDirectory() as scratch:
        engine = load_engine(EngineOptions(device="cpu"), Path(scratch))
        if arguments.strengths:
            strengths(engine, pages)
            return
        if (folder / "manifest.json").exists():
            real(engine, folder)
            without_seals(folder)
        drawn(engine, pages)


if __name__ == "__main__":
    main()
