"""Paper, print and scanner for drawn receipts: what a layout writes here becomes a picture and its truth.

Everything is seeded, so the same code and fonts draw the same picture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

INK = (38, 38, 44)
RED = (204, 36, 40)
FONT_FILES = {
    "sans": ("NotoSansCJK-Regular.ttc", "wqy-microhei.ttc"),
    "bold": ("NotoSansCJK-Bold.ttc", "wqy-microhei.ttc"),
    "serif": ("NotoSerifCJK-Regular.ttc", "wqy-microhei.ttc"),
}
SIMPLIFIED = 2
"""Index of the simplified Chinese face within the Noto CJK collections."""


@cache
def font(style: str, size: int) -> ImageFont.FreeTypeFont:
    """A font that has Latin and Chinese letters. Raises FileNotFoundError where none is installed."""
    for name in FONT_FILES[style]:
        for place in sorted(Path("/usr/share/fonts").rglob(name)):
            return ImageFont.truetype(str(place), size, index=SIMPLIFIED if "Noto" in name else 0)
    raise FileNotFoundError("drawing receipts wants the fonts of Debian's package fonts-noto-cjk")


@dataclass
class Paper:
    """A sheet being printed. Positions are pixels of the upright sheet."""

    width: int
    height: int
    colour: tuple[int, int, int] = (250, 249, 245)
    lines: list[str] = field(default_factory=list)
    top: int = 40
    """Where the next row goes."""
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Where each of the lines stands: left, top, right, bottom."""

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (self.width, self.height), self.colour)
        self.pen = ImageDraw.Draw(self.image)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: int = 26,
        style: str = "sans",
        colour: tuple[int, int, int] = INK,
        anchor: str = "la",
    ) -> None:
        """Print text at a place and remember it as a line of the truth."""
        self.pen.text((x, y), text, font=font(style, size), fill=colour, anchor=anchor)
        self.lines.append(text)
        self.boxes.append(self.pen.textbbox((x, y), text, font=font(style, size), anchor=anchor))

    def centre(self, text: str, size: int = 26, style: str = "sans", gap: int = 12) -> None:
        """Print a row in the middle and go down."""
        self.text(self.width / 2, self.top, text, size, style, anchor="ma")
        self.top += round(size * 1.25) + gap

    def row(
        self, left: str, right: str = "", size: int = 26, style: str = "sans", gap: int = 12, margin: int = 44
    ) -> None:
        """Print a row with something left and something right, and go down."""
        if left:
            self.text(margin, self.top, left, size, style)
        if right:
            self.text(self.width - margin, self.top, right, size, style, anchor="ra")
        self.top += round(size * 1.25) + gap

    def rule(self, margin: int = 40, gap: int = 16) -> None:
        """A dashed line across, and go down."""
        for x in range(margin, self.width - margin, 14):
            self.pen.line([(x, self.top + 4), (x + 8, self.top + 4)], fill=(90, 90, 96), width=2)
        self.top += gap + 8

    def crop_below(self, margin: int = 50) -> None:
        """Cut the paper off below the last row."""
        self.height = min(self.height, self.top + margin)
        self.image = self.image.crop((0, 0, self.width, self.height))
        self.pen = ImageDraw.Draw(self.image)


def stamp(
    image: Image.Image,
    x: int,
    y: int,
    radius: int,
    name: str,
    centre: str,
    colour: tuple[int, int, int] = RED,
    flat: float = 1.0,
) -> Image.Image:
    """Put a seal over print: the ink darkens what is below it, as on paper. flat: its height by its width."""
    scale = 2
    size = radius * 2 * scale
    seal = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(seal)
    pen.ellipse([6, 6, size - 6, size - 6], outline=255, width=5 * scale)
    letters = font("serif", round(radius * 0.25) * scale)
    side = round(letters.size * 2)
    for n, letter in enumerate(name):
        angle = math.radians(-220 + 260 * (n + 0.5) / len(name))
        tile = Image.new("L", (side, side), 0)
        ImageDraw.Draw(tile).text((letters.size, letters.size), letter, font=letters, fill=255, anchor="mm")
        tile = tile.rotate(-math.degrees(angle) - 90, resample=Image.Resampling.BICUBIC)
        at = (
            round(size / 2 + math.cos(angle) * size * 0.385 - letters.size),
            round(size / 2 + math.sin(angle) * size * 0.385 - letters.size),
        )
        seal.paste(255, at, tile)
    pen.text((size / 2, size * 0.6), centre, font=font("bold", round(radius * 0.24) * scale), fill=255, anchor="mm")
    half = round(radius * flat)
    seal = seal.resize((radius * 2, half * 2), Image.Resampling.LANCZOS)
    ink = np.asarray(seal, np.float32)[..., None] / 255 * 0.82
    pixels = np.asarray(image, np.float32).copy()
    part = pixels[y - half : y + half, x - radius : x + radius]
    part *= 1 - ink * (1 - np.asarray(colour, np.float32) / 255)
    return Image.fromarray(pixels.round().astype(np.uint8))


def scan(
    image: Image.Image,
    seed: int,
    skew_degrees: float = 0.0,
    border: int = 36,
    desk: tuple[int, int, int] = (228, 228, 226),
) -> Image.Image:
    """What a scanner makes of the paper: a border, a slant (counter-clockwise), soft light, grain."""
    random = np.random.default_rng(seed)
    sheet = Image.new("RGB", (image.width + 2 * border, image.height + 2 * border), desk)
    sheet.paste(image, (border, border))
    if skew_degrees:
        sheet = sheet.rotate(skew_degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=desk)
    pixels = np.asarray(sheet.filter(ImageFilter.GaussianBlur(0.6)), np.float32)
    down = np.linspace(1.0, 0.965, pixels.shape[0], dtype=np.float32)[:, None, None]
    grain = random.normal(0, 2.2, pixels.shape[:2]).astype(np.float32)[..., None]
    return Image.fromarray((pixels * down + grain).clip(0, 255).round().astype(np.uint8))
