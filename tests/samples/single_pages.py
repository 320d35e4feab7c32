"""Drawn pages that hold one receipt or form and look like several: columns, slips, cut lines, boxes, folds, curls.

    single_page(seed) -> SinglePage

The kind follows from the seed in turn, everything else from its random numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from tests.samples import english
from tests.samples.paper import Paper, scan

WORDS = (
    "rent",
    "water",
    "paper",
    "office",
    "invoice",
    "amount",
    "total",
    "hotel",
    "taxi",
    "parking",
    "lunch",
    "stamps",
)
HOW = ("flat", "folded", "curled")


@dataclass(frozen=True)
class SinglePage:
    """pixels: uint8 (height, width, 3), BGR. kind: what is on it and how the paper lies."""

    pixels: npt.NDArray[np.uint8]
    kind: str


def _words(random: np.random.Generator, count: int) -> str:
    return " ".join(str(word) for word in random.choice(WORDS, count))


def columns(random: np.random.Generator) -> Paper:
    """Two columns of running text, without a title across."""
    paper = Paper(1300, 1700)
    for x in (70, 700):
        for y in range(80, int(random.integers(1000, 1600)), 40):
            paper.text(x, y, _words(random, 5), 24)
    return paper


def form(random: np.random.Generator) -> Paper:
    """Blocks of labels and values, with rules between, under no title."""
    paper = Paper(1400, 1500)
    for x in (60, 520, 980):
        for top in (80, 560, 1040):
            paper.pen.rectangle((x - 20, top - 20, x + 390, top + 420), outline=(120, 120, 120), width=2)
            for row in range(int(random.integers(5, 9))):
                paper.text(x, top + 48 * row, _words(random, 1), 24)
                paper.text(x + 360, top + 48 * row, f"{random.integers(10, 999)}.00", 24, anchor="ra")
    return paper


def slip(random: np.random.Generator) -> Paper:
    """A slip of three equal parts, with dotted lines where it is torn."""
    paper = Paper(800, 1900)
    rows = [(_words(random, 2), f"{random.integers(10, 999)}.00") for _ in range(7)]
    for part in ("Customer copy", "Shop copy", "Bank copy"):
        top = paper.top
        paper.centre(part, 30, "bold")
        for left, right in rows:
            paper.row(left, right)
        for x in range(0, 800, 16):
            paper.pen.line((x, top + 540, x + 8, top + 540), fill=(90, 90, 90), width=2)
        paper.top = top + 600
    return paper


def boxed(random: np.random.Generator) -> Paper:
    """An invoice whose buyer and seller stand in shaded boxes beside each other."""
    paper = Paper(1300, 1700)
    for x in (60, 720):
        paper.pen.rectangle((x, 80, x + 520, 420), fill=(226, 230, 236), outline=(90, 90, 90), width=3)
        for row in range(6):
            paper.text(x + 20, 100 + 50 * row, _words(random, 4), 24)
    for row in range(int(random.integers(8, 20))):
        for x, text in (
            (60, _words(random, 3)),
            (760, str(random.integers(1, 9))),
            (1100, f"{random.integers(99)}.00"),
        ):
            paper.text(x, 520 + 52 * row, text, 24)
    return paper


def gapped(random: np.random.Generator) -> Paper:
    """A receipt with a large blank in it, and an advertisement in a box of another colour below."""
    paper = Paper(720, 1800)
    paper.centre("CORNER SHOP", 36, "bold")
    for _ in range(8):
        paper.row(_words(random, 2), f"{random.integers(10, 999)}.00")
    top = paper.top + int(random.integers(200, 500))
    paper.pen.rectangle((40, top, 680, top + 420), fill=(214, 214, 208))
    for row in range(7):
        paper.text(360, top + 20 + 56 * row, _words(random, 3), 28, anchor="ma")
    return paper


def cut_line(random: np.random.Generator) -> Paper:
    """An invoice with a payment slip below a line with scissors."""
    paper, _ = english.hotel()
    tall = Paper(paper.width, paper.height + 700)
    tall.image.paste(paper.image, (0, 0))
    top = paper.height + 40
    tall.pen.line((0, top, paper.width, top), fill=(60, 60, 60), width=2)
    for x in (60, paper.width // 2 + 40):
        for row in range(int(random.integers(6, 11))):
            tall.text(x, top + 60 + 50 * row, _words(random, 3), 24)
    return tall


LAYOUTS: tuple[Callable[[np.random.Generator], Paper], ...] = (columns, form, slip, boxed, gapped, cut_line)


def single_page(seed: int) -> SinglePage:
    """Draw one page: flat, folded across its middle, or curled."""
    random = np.random.default_rng(seed)
    layout, how = LAYOUTS[seed % len(LAYOUTS)], HOW[seed // len(LAYOUTS) % len(HOW)]
    image = scan(layout(random).image, seed, float(random.uniform(-3, 3)))
    pixels = np.asarray(image)[..., ::-1].copy()
    if how != "flat":
        pixels = _bent(random, pixels, how)
    return SinglePage(np.ascontiguousarray(pixels), f"{layout.__name__}, {how}")


def _bent(random: np.random.Generator, pixels: npt.NDArray[np.uint8], how: str) -> npt.NDArray[np.uint8]:
    """Rows shifted as on paper with a fold across it (its lower part turned by up to 1.5 degrees), or that curls."""
    height, width = pixels.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    if how == "folded":
        slope = np.tan(np.radians(random.uniform(0.5, 1.5) * random.choice((-1, 1))))
        fold = height * random.uniform(0.4, 0.6)
        y = np.where(y > fold, y + (x - width / 2) * slope, y)
        pixels[int(fold) : int(fold) + 3] = pixels[int(fold) : int(fold) + 3] // 8 * 7
    else:
        y = y + random.uniform(6, 18) * np.sin(x / width * np.pi * random.uniform(0.8, 1.6))
    bent = cv2.remap(pixels, x, y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(bent, np.uint8)
