"""Drawn pages with coloured print that is no seal: forms, banners, logos, serial numbers, pens, pictures."""

from __future__ import annotations

import math

import cv2
import numpy as np
from PIL import Image, ImageDraw

from tests.samples.paper import INK, font, scan
from tests.samples.seals import COLOURS, Pixels, as_jpeg

_LABELS = ("车号", "证号", "日期", "上车", "下车", "单价", "里程", "金额", "附加费", "卡号")


def coloured_page(seed: int) -> Pixels:
    """A page, BGR, with a few of these; the seed decides which, where and in what colour."""
    random = np.random.default_rng(seed)
    image = Image.new("RGB", (int(random.integers(650, 1000)), int(random.integers(900, 1400))), (250, 249, 245))
    pen = ImageDraw.Draw(image)
    rows = range(120, image.height - 60, 44)
    for y in rows:
        pen.text((60, y), f"Item {random.integers(10**5)}", INK, font("sans", 26))
        pen.text((image.width - 60, y), f"{random.integers(10**5) / 100:.2f}", INK, font("sans", 26), "ra")
    parts = (_serial, _form, _labels, _banner, _logo, _heading, _box, _circled, _signature, _picture)
    for n in random.choice(len(parts), 2, replace=False):
        parts[n](random, image, COLOURS["red" if random.random() < 0.6 else "blue"][random.integers(3)])
    turn = float(random.normal(0, 2)) if random.random() < 0.4 else 0.0
    pixels = as_jpeg(np.asarray(scan(image, seed, turn)), int(random.integers(60, 95)))
    return np.ascontiguousarray(pixels[..., ::-1])


Ink = tuple[int, int, int]


def _serial(random: np.random.Generator, image: Image.Image, ink: Ink) -> None:
    text = str(random.choice(["K051971", "№ 08573645", "0800608", "A069896"]))
    ImageDraw.Draw(image).text((60, 30), text, ink, font("bold", int(random.integers(34, 70))))


def _form(random: np.random.Generator, image: Image.Image, ink: Ink) -> None:
    """A table with words in its cells; the black rows of the page run across its lines."""
    pen, width = ImageDraw.Draw(image), int(random.integers(2, 5))
    left, top, right, bottom = 40, 300, image.width - 40, 300 + int(random.integers(200, 500))
    pen.rectangle((left, top, right, bottom), None, ink, width)
    for y in range(top, bottom, int(random.integers(60, 120))):
        pen.line((left, y, right, y), ink, width)
        pen.text((left + 12, y + 8), str(random.choice(_LABELS)), ink, font("sans", 24))
    for x in sorted(random.integers(left, right, 3).tolist()):
        pen.line((x, top, x, bottom), ink, width)


def _labels(random: np.random.Generator, image: Image.Image, ink: Ink) -> None:
    """Preprinted labels, with black values printed beside and partly over them."""
    pen = ImageDraw.Draw(image)
    for n, label in enumerate(_LABELS):
        y = 200 + 46 * n
        pen.text((image.width * 0.4, y), label, ink, font("sans", 30))
        pen.text(
            (image.width * 0.4 + random.integers(40, 110), y + 6), f"{random.integers(10**6)}", INK, font("sans", 28)
        )


def _banner(random: np.random.Generator, image: Image.Image, ink: Ink) -> None:
    pen = ImageDraw.Draw(image)
    top = int(random.integers(0, 60))
    pen.rectangle((0, top, image.width, top + 110), fill=ink)
    pen.text((image.width / 2, top + 55), "惠民超市 HUIMIN", "white", font("bold", 60), "mm")


def _logo(random: np.random.Generator, image: Image.Image, ink: Ink) -> None:
    pen = ImageDraw.Draw(image)
    r = int(random.integers(50, 80))
    x, y = int(random.integers(100, 500)), image.height - r - 8
    pen.ellipse((x - r, y - r, x + r, y + r), fill=ink)
    pen.text((x, y), str(random.choice(["M", "税", "H&L"])), "white", font("bold", r), "mm")


def _heading(random: np.random.Generator, image: Image.Image, ink: Ink) -> None:
    words = str(random.choice(["增值税电子普通发票", "TAX INVOICE", "SPECIAL OFFER 50% OFF"]))
    ImageDraw.Draw(image).text((image.width / 2, 60), words, ink, font("bold", int(random.integers(36, 56))), "mm")


def _box(random: np.random.Generator, image: Image.Image, ink: Ink) -> None:
    """A printed notice in a frame."""
    y = int(random.integers(70, 80))
    ImageDraw.Draw(image).rectangle((200, y, 520, y + 54), (250, 249, 245), ink, 3)
    ImageDraw.Draw(image).text((360, y + 27), "机打发票 手写无效", ink, font("sans", 32), "mm")


def _circled(random: np.random.Generator, image: Image.Image, ink: Ink) -> None:
    """A pen's circle around an amount, and the amount written beside it."""
    x, y = image.width - 110, 120 + 44 * int(random.integers(2, 12)) + 14
    turns = np.linspace(0, 2 * math.pi + 0.5, 60)
    wobble = 1 + 0.08 * np.sin(turns * 2 + random.uniform(0, 6))
    points = [(x + 80 * w * math.cos(t), y + 42 * w * math.sin(t)) for t, w in zip(turns, wobble, strict=True)]
    ImageDraw.Draw(image).line(points, ink, 4, "curve")


def _signature(random: np.random.Generator, image: Image.Image, ink: Ink) -> None:
    x, y = np.cumsum(random.normal(0, 26, (2, 40)), axis=1)
    points = [(200 + 4 * n + a, image.height * 0.5 + b) for n, (a, b) in enumerate(zip(x, y, strict=True))]
    ImageDraw.Draw(image).line(points, ink, 4, "curve")


def _picture(random: np.random.Generator, image: Image.Image, ink: Ink) -> None:
    """A photograph: soft patches of all colours, most of them near one."""
    noise = cv2.GaussianBlur(random.normal(0, 1, (220, 260, 3)).astype(np.float32), (0, 0), 14)
    noise = noise / noise.std() * 45 + np.asarray(ink, np.float32)
    image.paste(Image.fromarray(noise.clip(0, 255).astype(np.uint8)), (int(random.integers(40, 300)), 60))
