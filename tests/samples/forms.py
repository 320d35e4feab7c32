"""What drawn Chinese forms share: spread labels, vertical words, seals, and what becomes of the paper on its way."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

from paddlescan.document.pixels import Pixels
from tests.samples import bad_scans
from tests.samples.paper import RED, Paper, font, scan, stamp

Colour = tuple[int, int, int]
Code = Callable[[str], Image.Image]
"""What draws the code of an invoice from its text; without one its place stays empty."""


@dataclass(frozen=True)
class TrueItem:
    """A line item as printed; empty where the page has none."""

    description: str
    quantity: str = ""
    unit_price: str = ""
    amount: str = ""


@dataclass(frozen=True)
class Truth:
    """What is right for a drawn page. A field that is None is not printed."""

    kind: str
    fields: Mapping[str, str | None]
    items: tuple[TrueItem, ...] = field(default=())
    layout: str = ""


def width(text: str, size: int, style: str = "sans") -> float:
    """Pixels that a text takes."""
    return font(style, size).getlength(text)


def spread(paper: Paper, left: float, right: float, y: float, word: str, size: int, colour: Colour) -> None:
    """A label whose letters stand apart, to fill its place: 名　　称."""
    step = (right - left - size) / max(len(word) - 1, 1)
    for n, letter in enumerate(word):
        paper.text(left + n * step, y, letter, size, "sans", colour)


def upright(paper: Paper, x: float, top: float, bottom: float, word: str, size: int, colour: Colour) -> None:
    """A label that runs downwards, in the middle of its place."""
    step = min((bottom - top) / len(word), size * 1.35)
    start = (top + bottom - step * len(word)) / 2
    for n, letter in enumerate(word):
        paper.text(x, start + n * step, letter, size, "sans", colour, "ma")


def wrapped(text: str, size: int, room: float, style: str = "sans") -> list[str]:
    """A text in as many rows as it takes; Chinese breaks anywhere."""
    rows = [""]
    for letter in text:
        if rows[-1] and width(rows[-1] + letter, size, style) > room:
            rows.append("")
        rows[-1] += letter
    return rows


def official_seal(image: Image.Image, x: int, y: int, radius: int, place: str, across: str) -> Image.Image:
    """The oval seal over the title of an invoice."""
    return stamp(image, x, y, radius, place, across, (222, 70, 60), flat=0.68)


def company_seal(image: Image.Image, chosen: random.Random, x: int, y: int, radius: int, name: str) -> Image.Image:
    """A round or oval seal of the seller, about there and never quite the same."""
    x, y = x + chosen.randint(-40, 40), y + chosen.randint(-18, 18)
    flat = chosen.choice((1.0, 0.7))
    x = min(max(x, radius), image.width - radius)
    y = min(max(y, round(radius * flat)), image.height - round(radius * flat))
    colour = chosen.choice((RED, (214, 60, 70), (190, 30, 60)))
    return stamp(
        image, x, y, radius, name[:22], chosen.choice(("发票专用章", "财务专用章", "业务专用章")), colour, flat
    )


def put_code(paper: Paper, place: tuple[int, int, int], code: Code | None, text: str) -> None:
    """The code of an invoice at (left, top, side)."""
    if code is not None:
        left, top, side = place
        paper.image.paste(code(text).convert("RGB").resize((side, side), Image.Resampling.NEAREST), (left, top))


def faint(chosen: random.Random) -> Colour:
    """The ink of a needle or heat printer: black, bluish, or worn."""
    grey = chosen.choice((25, 40, 60, 90, 115))
    return (grey, grey, min(255, grey + chosen.choice((0, 0, 40, 70))))


def picture_of(image: Image.Image, chosen: random.Random, on_paper: bool) -> Pixels:
    """What reaches the desk: an exported picture (unless it is on paper only), a scan, or a poor one.

    image: the upright sheet, RGB, 8 pixels a millimetre. Gives uint8 (height, width, 3), BGR, at 125 to 280 dpi.
    """
    scale = chosen.uniform(0.62, 1.1) if image.width > 700 else chosen.uniform(0.85, 1.4)  # rolls are scanned finer
    manner = chosen.choice(("scan", "scan", "poor") if on_paper else ("export", "export", "scan", "scan", "poor"))
    if manner != "export":
        image = scan(image, chosen.randrange(2**31), round(chosen.gauss(0, 1.1), 2), chosen.randint(0, 50))
    small = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
    pixels = np.ascontiguousarray(np.asarray(small, np.uint8)[..., ::-1])
    if manner == "poor":
        pixels = bad_scans.grey_paper(bad_scans.defocus(pixels, chosen.uniform(0.3, 0.75)), chosen.uniform(0.75, 1.0))
        pixels = bad_scans.fade(pixels, chosen.uniform(0.6, 0.95), chosen.randrange(2**31), 2.0, 0.15)
    return bad_scans.jpeg(pixels, chosen.randint(60, 95)) if manner != "export" or chosen.random() < 0.5 else pixels


class Roll:
    """A narrow paper that is printed row by row."""

    def __init__(self, chosen: random.Random, width: int) -> None:
        self.paper = Paper(width, 2600)
        self.ink = faint(chosen)
        self.size = chosen.choice((22, 24, 26))

    def centre(self, text: str, more: int = 0, style: str = "sans") -> None:
        """A row in the middle."""
        size = self.size + more
        self.paper.text(self.paper.width / 2, self.paper.top, text, size, style, self.ink, "ma")
        self.paper.top += round(size * 1.42)

    def row(self, left: str, right: str = "", more: int = 0, style: str = "sans", middle: str = "") -> None:
        """A row with something left, right and between."""
        size = self.size + more
        for x, text, anchor in (
            (26, left, "la"),
            (self.paper.width * 0.62, middle, "ma"),
            (self.paper.width - 26, right, "ra"),
        ):
            if text:
                self.paper.text(x, self.paper.top, text, size, style, self.ink, anchor)
        self.paper.top += round(size * 1.42)


def clock(chosen: random.Random) -> str:
    """A time of day."""
    return f"{chosen.randint(8, 21):02d}:{chosen.randint(0, 59):02d}"
