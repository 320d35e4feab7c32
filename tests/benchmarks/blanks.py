"""What the recogniser in two parts misses: `python -m tests.benchmarks.blanks`; with `--choose` it chooses the rivals.

Draws lines of every character of the recogniser's dictionary that an installed font has, three times, ever dirtier, and
reads every step with all classes. Prints at how many steps with a character, and by how much at most, the blank was
ahead of its rivals, and which share of the blank steps is taken for blank, so that all classes are not asked for. With
the folder of real receipts (PADDLESCAN_RECEIPTS) the same for their lines. In float32. Asserts nothing; takes some ten
minutes.

`--choose` adds to `resources/recogniser/rivals.txt` what is not there yet: ASCII, all characters of the program's own
words, which are those of receipts, and, of what is drawn, those where the blank would be ahead by more than MISSED.
Without it other lines are drawn than the rivals were chosen on.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont

import paddlescan
from paddlescan.document import EngineOptions
from paddlescan.ocr.cpu_models import rivals
from paddlescan.ocr.decoding import BLANK
from paddlescan.ocr.factory import load_engine
from paddlescan.ocr.line_pictures import COARSE_STEP, line_input
from paddlescan.ocr.models import dictionary, find_models
from paddlescan.ocr.paddle_ocr import PaddleOcrEngine
from paddlescan.ocr.split_recogniser import SURE, SplitRecogniser
from paddlescan.resources_dir import resource, resources_folder

MISSED = 6.0
"""So far below SURE that lines which nobody drew have room."""
A_LINE = 12
"""Characters drawn on a line."""
WHOLE_FONTS = 4
"""So many fonts are drawn whole, those with most characters; of others, what these lack, and SOME."""
SOME = 300
Floats = npt.NDArray[np.float32]
Line = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Steps:
    """Of many lines: of the steps with a character all, of the blank ones every tenth."""

    features: Floats
    classes: npt.NDArray[np.int64]
    blank: Floats
    """Its logit."""

    def ahead(self, weights: Floats, offsets: Floats, of: Sequence[int]) -> Floats:
        """By how much the blank is ahead of these classes."""
        parts = [
            (self.features[n : n + 50_000] @ weights[:, of] + offsets[list(of)]).max(axis=1)
            for n in range(0, len(self.features), 50_000)
        ]
        return np.asarray(self.blank - np.concatenate(parts))


def drawn(characters: Sequence[str], dirt: int, rng: random.Random) -> Iterator[Line]:
    """Lines of all characters that fonts have."""
    known = {ord(c) for c in characters if len(c) == 1}
    listed = subprocess.run(["fc-list", "--format", "%{file}\n"], capture_output=True, text=True, check=True).stdout
    files = sorted({file for file in listed.split("\n") if file.endswith((".ttf", ".otf", ".ttc"))})
    has = {file: known & set(TTFont(file, fontNumber=0).getBestCmap() or ()) for file in files}
    seen: set[int] = set()
    for rank, file in enumerate(sorted(files, key=lambda file: -len(has[file]))):
        all_of_it = sorted(has[file])
        new = sorted(has[file] - seen)
        seen |= has[file]
        chosen = all_of_it if rank < WHOLE_FONTS else new + rng.sample(all_of_it, min(SOME, len(all_of_it)))
        rng.shuffle(chosen)
        for n in range(0, len(chosen), A_LINE):
            yield drawn_line(file, "".join(map(chr, chosen[n : n + A_LINE])), dirt, rng)


def drawn_line(file: str, text: str, dirt: int, rng: random.Random) -> Line:
    """dirt: 0 for black on white, 1 for a poor scan, 2 for what can hardly be read."""
    font = ImageFont.truetype(file, rng.choice([(40,), (16, 22, 30, 40), (13, 15, 18, 24)][dirt]))
    height = sum(font.getmetrics()) + 4
    image = Image.new("L", (max(8, math.ceil(font.getlength(text)) + 12), height), 255)
    ImageDraw.Draw(image).text((6, 2), text, font=font, fill=rng.choice((0, 40, 90)) if dirt else 0)
    pixels: Any = np.asarray(image, np.float32)
    if dirt:
        pixels = cv2.GaussianBlur(pixels, (0, 0), rng.uniform(0.3, 0.6 + 0.7 * dirt))
        noise = np.random.default_rng(rng.getrandbits(32)).normal(0, rng.uniform(0, 17.0 * dirt), pixels.shape)
        pixels = pixels * rng.uniform(0.6, 1) + noise
        centre = (pixels.shape[1] / 2, pixels.shape[0] / 2)
        turn = cv2.getRotationMatrix2D(centre, rng.uniform(-0.7, 0.7) * dirt, 1)
        pixels = cv2.warpAffine(pixels, turn, pixels.shape[::-1], borderValue=(235.0,))
    return np.repeat(np.clip(pixels, 0, 255).astype(np.uint8)[:, :, np.newaxis], 3, axis=2)


def real(folder: Path) -> Iterator[Line]:
    """Lines of receipts."""
    with tempfile.TemporaryDirectory() as scratch:
        engine = load_engine(EngineOptions(device="cpu"), Path(scratch))
        assert isinstance(engine, PaddleOcrEngine)
        for file in sorted(folder.rglob("*.jpg")):
            pixels = cv2.imread(str(file))
            if pixels is not None:
                page = pixels.astype(np.uint8)
                yield from (cv2.cvtColor(cut, cv2.COLOR_BGR2RGB) for cut in engine.cut(page, engine.detect(page)))


def steps_of(lines: Iterator[Line], recogniser: SplitRecogniser) -> Steps:
    """Every step of the lines, with all classes."""
    features, classes, blank = [], [], []
    for line in lines:
        if not line.size:
            continue
        (found,) = recogniser.features(line_input(line, COARSE_STEP)[np.newaxis])[0].copy()
        for n in range(0, len(found), recogniser.rows):
            some = found[n : n + recogniser.rows]
            scores = recogniser.scores(some)
            best = scores.argmax(axis=1)
            kept = (best != BLANK) | (np.arange(n, n + len(some)) % 10 == 0)
            features.append(some[kept])
            classes.append(best[kept])
            blank.append(scores[kept, BLANK])
    return Steps(np.concatenate(features), np.concatenate(classes), np.concatenate(blank))


def choose(all_steps: Sequence[Steps], weights: Floats, offsets: Floats, characters: Sequence[str]) -> list[str]:
    """Which characters are rivals."""
    folders = (resource("messages"), resource("patterns"), Path(paddlescan.__file__).parent)
    words = [f for folder in folders for f in folder.rglob("*.*") if f.suffix in (".json", ".yaml", ".txt", ".py")]
    own = {*map(chr, range(33, 127)), *"".join(file.read_text(encoding="utf-8") for file in words)}
    chosen = sorted({*rivals(characters), *(n for n, c in enumerate(characters, start=1) if c in own)})
    for steps in all_steps:
        there = steps.classes != BLANK
        seen = Steps(steps.features[there], steps.classes[there], steps.blank[there])
        ahead = seen.ahead(weights, offsets, chosen)
        while (ahead > MISSED).any():
            new = [n for n, _ in Counter(seen.classes[ahead > MISSED].tolist()).most_common(16)]
            chosen += new
            ahead = np.minimum(ahead, seen.ahead(weights, offsets, new))
    return sorted({(*characters, " ")[n - 1] for n in chosen} - {" "})


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--choose", action="store_true", help="add to the rivals before they are tried")
    wants = parser.parse_args()
    model = find_models().recogniser.read_bytes()
    characters = dictionary(model)
    recogniser = SplitRecogniser(model, rivals(characters))
    values = recogniser.features(np.zeros((1, 3, 48, 64), np.float32))[0].shape[2]
    offsets = recogniser.scores(np.zeros((1, values), np.float32))[0].copy()
    unit = np.eye(values, dtype=np.float32)
    weights = np.concatenate(
        [recogniser.scores(unit[n : n + recogniser.rows]) - offsets for n in range(0, values, recogniser.rows)]
    )
    rng = random.Random(7 if wants.choose else 8)
    found = {f"drawn, dirt {dirt}": steps_of(drawn(characters, dirt, rng), recogniser) for dirt in (0, 1, 2)}
    if wants.choose:
        file = resources_folder() / "recogniser" / "rivals.txt"
        file.write_text("".join(choose(list(found.values()), weights, offsets, characters)) + "\n", encoding="utf-8")
    if folder := os.environ.get("PADDLESCAN_RECEIPTS"):
        found["receipts"] = steps_of(real(Path(folder)), recogniser)
    asked = rivals(characters)
    print(f"{len(asked)} rivals of {len(characters) + 2} classes; blank from {SURE} ahead of them")
    for name, steps in found.items():
        ahead, there = steps.ahead(weights, offsets, asked), steps.classes != BLANK
        print(
            f"{name}: {there.sum()} steps with {len(np.unique(steps.classes[there]))} characters, "
            f"{(ahead[there] >= SURE).sum()} taken for blank, the blank ahead by {ahead[there].max():.1f} at most; "
            f"{(ahead[~there] >= SURE).mean():.0%} of blank steps taken for blank"
        )


if __name__ == "__main__":
    main()
