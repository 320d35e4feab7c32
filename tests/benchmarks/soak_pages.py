"""Small receipts, each another one, for a soak: so small that two cores read ten thousand within half an hour."""

from __future__ import annotations

import functools
import random
from pathlib import Path

from PIL import Image, ImageDraw

from tests.samples import paper

SIZE = 360, 240
IN_A_FOLDER = 500
SHOPS = ("Corner Shop", "Paper House", "City Garage", "Green Cafe", "North Books", "Harbour Inn", "Old Mill")
font = functools.cache(paper.font)


def draw(number: int) -> Image.Image:
    """The receipt of that number: a shop, a number, a date, a total. The same number draws the same receipt."""
    chosen = random.Random(number)
    image = Image.new("RGB", SIZE, (252, 252, 249))
    pen = ImageDraw.Draw(image)
    date = f"{chosen.randint(1, 28):02d}.{chosen.randint(1, 12):02d}.2026"
    lines = [f"{chosen.choice(SHOPS)} {chosen.randint(1, 99)}", f"Receipt No. {number:06d}", f"Date {date}"]
    if chosen.random() < 0.5:
        lines.append(f"Coffee  {chosen.uniform(1, 9):.2f}")
    lines.append(f"TOTAL  {chosen.uniform(1, 999):.2f}")
    for row, text in enumerate(lines):
        pen.text((24, 18 + 40 * row), text, (40, 40, 40), font("bold" if row == 0 else "sans", 22))
    return image


def draw_all(folder: Path, count: int) -> Path:
    """So many of them as files below a folder, five hundred in each; what is there already stays."""
    for number in range(count):
        place = folder / f"{number // IN_A_FOLDER:03d}"
        file = place / f"receipt {number:06d}.png"
        if not file.exists():
            place.mkdir(parents=True, exist_ok=True)
            part = file.with_suffix(".part")
            draw(number).save(part, "PNG", compress_level=1)
            part.replace(file)
    return folder
