"""Forms as offices meet them: printed in colour, filled in by a printer that has its faults, stamped and scanned.

A layout writes on a `Form` and gets a `Drawn` page from `finish`. Everything follows from the seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from paddlescan.document.pixels import Pixels
from tests.samples import bad_scans, seals
from tests.samples.paper import INK, Paper, font, scan

Colour = tuple[int, int, int]
Truth = dict[str, str | None]
Draw = Callable[[int], "Drawn"]

RED, BROWN, BLUE, GREEN = (196, 40, 44), (142, 74, 44), (44, 72, 150), (40, 110, 80)
DOTS = 22
"""Pins of a printer's head, one above the other."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """A drawn page: uint8 (height, width, 3) BGR, its kind, and its fields; None: it has no such field."""

    pixels: Pixels
    kind: str
    truth: Truth
    layout: str
    """Which of the kind's layouts it is."""


@dataclass(frozen=True)
class Printer:
    """What fills a form in."""

    dots: bool = False
    """A head of pins, zeros with a slash; else solid letters."""
    ink: Colour = INK
    weight: float = 1.0
    """0..1: how dark a fresh ribbon prints."""
    worn: float = 0.0
    """0..1: the share of dots that a pin leaves out or prints pale."""
    dx: float = 0.0
    dy: float = 0.0
    """How far, in pixels, all values stand from where they should."""
    style: str = "sans"


def some_printer(chosen: random.Random, row: float, dots: float = 0.6) -> Printer:
    """A printer with the usual faults. row: pixels from row to row; it slips by most of one at worst."""
    slip = chosen.uniform(-0.12, 0.12) if chosen.random() < 0.6 else chosen.uniform(0.25, 0.75)
    blueish = (chosen.randint(30, 70), chosen.randint(30, 60), chosen.randint(60, 120))
    return Printer(
        dots=chosen.random() < dots,
        ink=blueish if chosen.random() < 0.4 else INK,
        weight=chosen.uniform(0.62, 1.0),
        worn=chosen.choice((0.0, 0.0, 0.05, 0.12)),
        dx=chosen.uniform(-14, 14),
        dy=slip * row,
        style=chosen.choice(("sans", "sans", "serif", "bold")),
    )


class Form:
    """A sheet with a printed layout. Positions are pixels of the upright sheet."""

    def __init__(self, chosen: random.Random, width: int, height: int, colour: Colour = (250, 249, 246)) -> None:
        self.chosen = chosen
        tint = tuple(max(0, min(255, c + chosen.randint(-6, 4))) for c in colour)
        self.paper = Paper(width, height, (tint[0], tint[1], tint[2]))

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        """For rules and boxes."""
        return self.paper.pen

    def cut_below(self, bottom: float) -> None:
        """Cut the paper off there."""
        self.paper.top = round(bottom)
        self.paper.crop_below(0)

    def label(
        self,
        x: float,
        y: float,
        text: str,
        size: int = 26,
        colour: Colour = INK,
        anchor: str = "la",
        style: str = "sans",
    ) -> None:
        """Print a piece of the form itself."""
        self.paper.text(x, y, text, size, style, colour, anchor)

    def spread(
        self, x: float, y: float, width: float, text: str, size: int, colour: Colour, style: str = "sans"
    ) -> None:
        """Print letters evenly over a width, as headings and two-letter names are."""
        step = (width - size) / max(len(text) - 1, 1)
        for n, letter in enumerate(text):
            self.pen.text((x + n * step, y), letter, colour, font(style, size))

    def fill(self, x: float, y: float, text: str, size: int, printer: Printer, anchor: str = "l") -> None:
        """Fill in a value. anchor: l or r, which end of it stands at x."""
        mask = _dotted(text, size, printer, self.chosen) if printer.dots else _solid(text, size, printer.style)
        ink = np.asarray(np.asarray(mask, np.float32) * (printer.weight / 255), np.float32)
        if printer.worn:
            ink *= _worn(ink.shape, printer.worn, self.chosen.randint(0, 2**31))
        left = round(x + printer.dx - (mask.width if anchor == "r" else 0))
        self._press(ink, left, round(y + printer.dy), printer.ink)

    def _press(self, ink: npt.NDArray[np.float32], left: int, top: int, colour: Colour) -> None:
        image = self.paper.image
        box = (max(left, 0), max(top, 0), min(left + ink.shape[1], image.width), min(top + ink.shape[0], image.height))
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        part = np.asarray(image.crop(box), np.float32)
        cover = ink[box[1] - top : box[3] - top, box[0] - left : box[2] - left, None]
        mixed = part * (1 - cover * (1 - np.asarray(colour, np.float32) / 255))
        image.paste(Image.fromarray(np.clip(mixed, 0, 255).astype(np.uint8)), (box[0], box[1]))


def _solid(text: str, size: int, style: str) -> Image.Image:
    face = font(style, size)
    mask = Image.new("L", (round(face.getlength(text)) + 4, round(size * 1.5)), 0)
    ImageDraw.Draw(mask).text((2, 0), text, 255, face)
    return mask


def _dotted(text: str, size: int, printer: Printer, chosen: random.Random) -> Image.Image:
    """Text as a head of pins prints it: a coarse grid of round dots, each letter in its cell."""
    face = font("bold" if printer.style == "bold" else "sans", DOTS)
    cells = [DOTS + 2 if ord(c) > 0x2E7F else DOTS // 2 + 2 for c in text]
    grid = Image.new("1", (sum(cells) + 4, round(DOTS * 1.5)), 0)
    pen = ImageDraw.Draw(grid)
    left = 2
    for letter, cell in zip(text, cells, strict=True):
        pen.text((left + cell / 2, 0), letter, 1, face, "ma")
        if letter == "0":
            box = pen.textbbox((left + cell / 2, 0), letter, face, "ma")
            pen.line((box[0] + 2, box[3] - 3, box[2] - 3, box[1] + 2), 1)
        left += cell
    dot = np.zeros((6, 6), np.float32)
    cv2.circle(dot, (2, 2), chosen.choice((2, 3)), 1.0, -1)
    fine = np.kron(np.asarray(grid, np.float32), dot)
    scale = size / DOTS
    shape = (max(1, round(grid.width * scale)), max(1, round(grid.height * scale)))
    return Image.fromarray((cv2.resize(fine, shape, interpolation=cv2.INTER_AREA) * 255).clip(0, 255).astype(np.uint8))


def _worn(shape: tuple[int, ...], share: float, seed: int) -> npt.NDArray[np.float32]:
    """What a worn ribbon and a lame pin leave: pale spots and a pale row."""
    noise = np.random.default_rng(seed)
    spots = np.where(noise.random((shape[0] // 2 + 1, shape[1] // 2 + 1)) < share, 0.35, 1.0).astype(np.float32)
    cover = cv2.resize(spots, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)
    row = int(noise.integers(0, max(1, shape[0] - 2)))
    cover[row : row + 2] *= 0.4
    return np.asarray(cover, np.float32)


@dataclass(frozen=True)
class Wear:
    """What may happen to a form between the printer and the file."""

    seal: tuple[float, float] | None = None
    """Where a company's seal goes, as shares of width and height; None: no seal."""
    size: tuple[float, float] = (0.55, 1.0)
    """The least and greatest reduction."""
    smallest: int = 420
    """No page becomes narrower, in pixels."""
    seal_kinds: tuple[str, ...] = field(default=("oval", "round", "oval"))


def finish(form: Form, kind: str, layout: str, truth: Truth, wear: Wear | None = None) -> Drawn:
    """Stamp, scan, soften and save a form."""
    chosen, wear = form.chosen, wear or Wear()
    image = form.paper.image
    if wear.seal:
        page = np.asarray(image, np.uint8)
        x = wear.seal[0] * image.width + chosen.uniform(-0.04, 0.04) * image.width
        y = wear.seal[1] * image.height + chosen.uniform(-0.02, 0.02) * image.height
        stamp = seals.draw_seal(
            (image.height, image.width),
            chosen.choice(wear.seal_kinds),
            "red",
            (x, y),
            round(min(image.width, image.height) * chosen.uniform(0.28, 0.36)),
            chosen.uniform(-14, 14),
            chosen.randint(0, 2**31),
            weight=chosen.uniform(0.35, 0.8),
            wear=chosen.choice((0.0, 0.1, 0.25)),
        )
        image = Image.fromarray(seals.printed(page, stamp))
    skew = chosen.gauss(0, 1.2) if chosen.random() < 0.6 else 0.0
    desk = chosen.choice(((228, 228, 226), (250, 250, 250), (140, 136, 128), (90, 84, 78)))
    picture = scan(image, chosen.randint(0, 2**31), skew, chosen.randint(8, 60), desk)
    pixels: Pixels = np.ascontiguousarray(np.asarray(picture, np.uint8)[..., ::-1])
    shrink = max(chosen.uniform(*wear.size), wear.smallest / pixels.shape[1])
    if shrink < 1:
        pixels = bad_scans.shrink(pixels, shrink)
    if chosen.random() < 0.3:
        pixels = bad_scans.defocus(pixels, chosen.uniform(0.4, 0.9))
    if chosen.random() < 0.25:
        pixels = bad_scans.fade(pixels, chosen.uniform(0.5, 0.85), chosen.randint(0, 2**31))
    if chosen.random() < 0.3:
        pixels = bad_scans.grey_paper(pixels, chosen.uniform(0.7, 0.92))
    return Drawn(bad_scans.jpeg(pixels, chosen.randint(55, 92)), kind, truth, layout)
