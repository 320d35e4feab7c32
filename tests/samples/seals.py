"""Drawn seals of every kind. Everything is seeded.

A seal is a picture of how much ink lies where (0..1). It is printed by multiplying: paper, print and seal each let
part of the light through.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from tests.samples.paper import font

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]
Box = tuple[float, float, float, float]

COLOURS = {
    "red": ((205, 30, 45), (225, 60, 60), (190, 20, 60), (214, 48, 32)),
    "blue": ((40, 70, 180), (30, 50, 140), (60, 90, 210)),
    "purple": ((110, 40, 150), (130, 60, 160), (90, 40, 130)),
}
"""Inks, RGB, at their heaviest."""
_COMPANIES = ("杭州云栖餐饮管理有限公司", "深圳市鹏程出租汽车公司", "北京晴川科技有限公司", "四海商贸有限责任公司")
_ACROSS = ("发票专用章", "财务专用章", "合同专用章", "业务专用章", "已付款", "现金收讫")
_ENGLISH = (
    ("PAID",),
    ("PAID 已付款",),
    ("RECEIVED", "14 MAR 2026"),
    ("APPROVED",),
    ("现金收讫", "2026.03.11"),
    ("已报销",),
    ("COPY",),
    ("NORTHWIND TRADING LTD", "Accounts Department", "Norwich NR3 1BG"),
    ("HARBOUR SUPPLIES SDN BHD", "50100 Kuala Lumpur"),
)


@dataclass(frozen=True, eq=False)
class Seal:
    """A seal as it is printed on a page."""

    kind: str
    colour: str
    ink: tuple[int, int, int]
    """RGB of a full stroke on white paper."""
    cover: Floats
    """(height, width) of the page: 0 where no ink lies, 1 where it lies thickest."""

    @property
    def box(self) -> Box:
        """Where its ink lies: left, top, right, bottom."""
        rows, columns = np.nonzero(self.cover > 0.15)
        return float(columns.min()), float(rows.min()), float(columns.max() + 1), float(rows.max() + 1)


def _around(picture: Image.Image, name: str, axes: tuple[float, float], size: int) -> None:
    """Letters along an ellipse, from lower left over the top to lower right."""
    letters = font("serif", size)
    middle = picture.width / 2, picture.height / 2
    for n, letter in enumerate(name):
        turn = math.radians(-215 + 250 * (n + 0.5) / len(name))
        tile = Image.new("L", (2 * size, 2 * size), 0)
        ImageDraw.Draw(tile).text((size, size), letter, font=letters, fill=255, anchor="mm")
        lean = math.degrees(math.atan2(math.sin(turn) / axes[1], math.cos(turn) / axes[0])) + 90
        tile = tile.rotate(-lean, Image.Resampling.BICUBIC)
        at = round(middle[0] + axes[0] * math.cos(turn) - size), round(middle[1] + axes[1] * math.sin(turn) - size)
        picture.paste(255, at, tile)


def _star(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    points = [
        (x + r * math.sin(n * math.pi / 5), y - r * math.cos(n * math.pi / 5))
        for n, r in enumerate([radius, radius * 0.382] * 5)
    ]
    pen.polygon(points, fill=255)


def _round(random: np.random.Generator, size: int) -> Image.Image:
    return _ringed(random, size, size, double=False)


def _oval(random: np.random.Generator, size: int) -> Image.Image:
    return _ringed(random, size, round(size * random.uniform(0.62, 0.75)), double=random.random() < 0.5)


def _ringed(random: np.random.Generator, width: int, height: int, double: bool) -> Image.Image:
    picture = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(picture)
    stroke = max(3, round(height * random.uniform(0.018, 0.035)))
    pen.ellipse([2, 2, width - 3, height - 3], outline=255, width=stroke)
    if double:
        inset = 2.2 * stroke
        pen.ellipse([inset, inset, width - 1 - inset, height - 1 - inset], outline=255, width=max(2, stroke // 3))
    letters = round(height * 0.13)
    _around(picture, str(random.choice(_COMPANIES)), (width * 0.385, height * 0.375), letters)
    if width == height and random.random() < 0.6:
        _star(pen, width / 2, height * 0.47, height * 0.14)
    middle = round(height * 0.12)
    pen.text((width / 2, height * 0.72), str(random.choice(_ACROSS)), 255, font("bold", middle), "mm")
    return picture


def _dater(random: np.random.Generator, size: int) -> Image.Image:
    """A round stamp with the date between two bars."""
    picture = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(picture)
    stroke = max(3, size // 40)
    pen.ellipse([2, 2, size - 3, size - 3], outline=255, width=stroke)
    for y in (0.38, 0.62):
        half = size * math.sqrt(0.25 - (y - 0.5) ** 2)
        pen.line([(size / 2 - half, size * y), (size / 2 + half, size * y)], fill=255, width=stroke)
    date = f"2026.{random.integers(1, 13):02d}.{random.integers(1, 29):02d}"
    pen.text((size / 2, size / 2), date, 255, font("bold", round(size * 0.16)), "mm")
    pen.text((size / 2, size * 0.23), "财务部", 255, font("bold", round(size * 0.15)), "mm")
    pen.text((size / 2, size * 0.78), str(random.choice(["付讫", "收讫", "PAID"])), 255, font("bold", size // 7), "mm")
    return picture


def _square(random: np.random.Generator, size: int) -> Image.Image:
    """A name seal: four characters in a thick frame."""
    picture = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(picture)
    pen.rectangle([1, 1, size - 2, size - 2], outline=255, width=max(3, round(size * 0.05)))
    for letter, (x, y) in zip(
        str(random.choice(["林晓之印", "周宁印信", "陈露私印"])),
        [(0.72, 0.28), (0.72, 0.72), (0.28, 0.28), (0.28, 0.72)],
        strict=True,
    ):
        pen.text((size * x, size * y), letter, 255, font("serif", round(size * 0.38)), "mm", stroke_width=size // 90)
    return picture


def _written(random: np.random.Generator, size: int, framed: bool) -> Image.Image:
    """Rows of words, with a frame or without."""
    rows = _ENGLISH[random.integers(0, 7 if framed else len(_ENGLISH))]
    letters = font("bold", max(16, round(size / (4.0 if len(rows) == 1 else 6.5))))
    measure = ImageDraw.Draw(Image.new("L", (1, 1)))
    widths = [measure.textlength(row, letters) for row in rows]
    pad, step = round(letters.size * 0.55), round(letters.size * 1.3)
    picture = Image.new("L", (round(max(widths)) + 2 * pad, step * len(rows) + pad), 0)
    pen = ImageDraw.Draw(picture)
    for n, row in enumerate(rows):
        pen.text((picture.width / 2, pad / 2 + step * (n + 0.5)), row, 255, letters, "mm")
    if framed:
        stroke = max(3, round(letters.size) // 9)
        pen.rounded_rectangle([1, 1, picture.width - 2, picture.height - 2], letters.size // 4, None, 255, stroke)
    return picture


KINDS: dict[str, Callable[[np.random.Generator, int], Image.Image]] = {
    "round": _round,
    "oval": _oval,
    "square": _square,
    "dater": _dater,
    "framed": lambda random, size: _written(random, size, framed=True),
    "words": lambda random, size: _written(random, size, framed=False),
}


def draw_seal(
    shape: tuple[int, int],
    kind: str,
    colour: str,
    centre: tuple[float, float],
    size: int,
    degrees: float,
    seed: int,
    weight: float = 0.85,
    wear: float = 0.0,
) -> Seal:
    """A seal on a page of that shape (height, width).

    size: pixels of its longer side (of a third of it, for rows of words). degrees: counter-clockwise. weight: 0..1,
    how heavy its ink is. wear: 0..1, the share of its strokes that the paper did not take.
    """
    random = np.random.default_rng(seed)
    picture = KINDS[kind](random, size).rotate(degrees, Image.Resampling.BICUBIC, expand=True)
    sheet = Image.new("L", (shape[1], shape[0]), 0)
    sheet.paste(picture, (round(centre[0] - picture.width / 2), round(centre[1] - picture.height / 2)))
    cover = cv2.GaussianBlur(np.asarray(sheet, np.float32) / 255, (0, 0), 0.7)
    coarse = cv2.GaussianBlur(random.normal(0, 1, shape).astype(np.float32), (0, 0), max(2.0, size / 40))
    rank = (coarse - coarse.mean()) / max(float(coarse.std()), 1e-6)
    patches = 1 / (1 + np.exp(-4 * (rank - _quantile(wear)))) if wear > 0 else np.ones(shape)
    grain = np.clip(1 + 0.12 * rank + random.normal(0, 0.06, shape), 0.3, 1.15)
    ink = COLOURS[colour][random.integers(0, len(COLOURS[colour]))]
    return Seal(kind, colour, ink, np.clip(cover * patches * grain * weight, 0, 1).astype(np.float32))


def _quantile(share: float) -> float:
    """Below it lies that share of a normal distribution (the logistic approximation)."""
    share = min(max(share, 1e-3), 1 - 1e-3)
    return math.log(share / (1 - share)) / 1.702


def printed(pixels: Pixels, seal: Seal) -> Pixels:
    """A page, RGB, with the seal printed over it."""
    loss = seal.cover[..., None] * (1 - np.asarray(seal.ink, np.float32) / 255)
    return (pixels * (1 - loss) + 0.5).astype(np.uint8)


def as_jpeg(pixels: Pixels, quality: int) -> Pixels:
    """RGB pixels after a JPEG file with colour at half the resolution (4:2:0)."""
    options = [
        cv2.IMWRITE_JPEG_QUALITY,
        quality,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420,
    ]
    _, data = cv2.imencode(".jpg", np.ascontiguousarray(pixels[..., ::-1]), options)
    return np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1])
