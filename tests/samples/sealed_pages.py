"""Drawn receipts and invoices with seals over their print, beside the same pages without. Everything is seeded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from tests.samples import chinese, english
from tests.samples.paper import Paper, scan
from tests.samples.seals import KINDS, Box, Pixels, Seal, as_jpeg, draw_seal, printed

_GOODS = (
    ("2 x Flat White", "Almond Croissant", "Copy paper A4", "WOOD SCREWS 2IN", "Still Water 500ml", "LED BULB 4PK"),
    ("龙井虾仁", "东坡肉", "打印纸 A4", "墨盒 黑色", "片儿川", "停车费", "会议室租金", "快递服务"),
)


def _receipt(random: np.random.Generator, zh: bool) -> Paper:
    """A receipt with seeded goods and sums."""
    paper = Paper(int(random.integers(560, 760)), 1500)
    size = int(random.integers(22, 29))
    cents = [int(random.integers(150, 99999)) for _ in range(int(random.integers(4, 9)))]
    paper.centre("清风商贸有限公司" if zh else "PENROSE & DAUGHTERS LTD", size + 6, "bold")
    paper.centre("杭州市西湖区望湖路18号" if zh else "48 Mill Street, Norwich NR3 1BG", size - 3)
    paper.rule()
    number = f"{random.integers(10**7, 10**8)}"
    paper.row(f"单号：{number}" if zh else f"Invoice No: {number}", "", size)
    date = f"2026-{random.integers(1, 13):02d}-{random.integers(1, 29):02d}"
    paper.row(
        f"日期：{date}" if zh else f"Date: {date}", f"{random.integers(8, 22):02d}:{random.integers(60):02d}", size
    )
    paper.rule()
    for n in cents:
        paper.row(str(random.choice(_GOODS[zh])), f"{n / 100:,.2f}", size)
    paper.rule()
    total, sign = sum(cents), "￥" if zh else "RM "
    paper.row("合计" if zh else "TOTAL", f"{sign}{total / 100:,.2f}", size + 6, "bold")
    paper.row("微信支付" if zh else "Cash", f"{total / 100:,.2f}", size)
    paper.row("税额" if zh else "GST 6%", f"{total * 6 / 10600:,.2f}", size)
    paper.rule()
    paper.centre("谢谢惠顾" if zh else "Thank you, please come again", size - 2)
    paper.crop_below()
    return paper


_LAYOUTS = (english.hotel, english.hardware, chinese.vat_invoice, chinese.restaurant, chinese.taxi)
_BORDER = 36


@dataclass(frozen=True, eq=False)
class SealedPage:
    """One page twice, BGR: with its seals and without, with the same light and grain."""

    sealed: Pixels
    clean: Pixels
    seals: tuple[Seal, ...]
    lines: tuple[str, ...]
    boxes: tuple[Box, ...]
    """Of the lines, in pixels of both."""
    traits: tuple[str, ...]
    """What it tries: kinds, colours, `faint`, `worn`, `tinted`, `grey`, `edge`, `two`."""

    def under(self) -> tuple[int, ...]:
        """The numbers of the lines that have seal ink on them."""
        ink = np.max([seal.cover for seal in self.seals], axis=0) > 0.15
        places = [tuple(max(0, round(v)) for v in box) for box in self.boxes]
        return tuple(n for n, (x0, y0, x1, y1) in enumerate(places) if ink[y0:y1, x0:x1].mean() > 0.01)


def sealed_page(seed: int) -> SealedPage:
    """A receipt or invoice with one seal over its print, or two; the seed decides everything."""
    random = np.random.default_rng(seed)
    sort = random.random()
    paper = (
        _LAYOUTS[random.integers(len(_LAYOUTS))]()[0]
        if sort < 0.25
        else _receipt(random, zh=bool(random.random() < 0.5))
    )
    scale = float(random.uniform(0.8, 1.5))  # of 200 dpi
    picture = scan(paper.image, seed, 0.0, _BORDER)
    picture = picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.Resampling.BICUBIC)
    boxes = tuple(tuple((v + _BORDER) * scale for v in box) for box in paper.boxes)
    traits: list[str] = []
    ground = random.random()
    tint = np.array([255, 255, 255], np.float32)
    if ground < 0.2:
        traits.append("tinted")
        tint = random.choice([[255, 246, 214], [255, 232, 236], [226, 240, 255]]).astype(np.float32)
    elif ground < 0.35:
        traits.append("grey")
        tint = np.full(3, random.uniform(165, 225), np.float32)
    clean = (np.asarray(picture, np.float32) * tint / 255 + 0.5).astype(np.uint8)
    seals: list[Seal] = []
    for _ in range(2 if random.random() < 0.2 else 1):
        seals.append(_any_seal(random, clean.shape[:2], boxes, traits, seals))
    if len(seals) > 1:
        traits.append("two")
    sealed = clean
    for seal in seals:
        sealed = printed(sealed, seal)
    quality = int(random.integers(60, 95))
    return SealedPage(
        np.ascontiguousarray(as_jpeg(sealed, quality)[..., ::-1]),
        np.ascontiguousarray(as_jpeg(clean, quality)[..., ::-1]),
        tuple(seals),
        tuple(paper.lines),
        boxes,  # type: ignore[arg-type]
        tuple(traits),
    )


def _any_seal(
    random: np.random.Generator,
    shape: tuple[int, ...],
    boxes: tuple[tuple[float, ...], ...],
    traits: list[str],
    others: list[Seal],
) -> Seal:
    height, width = shape[:2]
    kind, colour = str(random.choice(list(KINDS))), str(random.choice(["red", "red", "red", "blue", "purple"]))
    if others:
        left, _, right, bottom = others[0].box
        centre = ((left + right) / 2 + random.uniform(-0.5, 0.5) * (right - left), bottom)
    else:
        box = boxes[random.integers(len(boxes))]
        centre = (float(random.uniform(box[0], box[2])), (box[1] + box[3]) / 2)
        if random.random() < 0.08:
            centre = (float(random.choice([0.0, width])), centre[1])
            traits.append("edge")
    size = int(min(width, height) * random.uniform(0.26, 0.42))
    if kind in ("square", "dater"):
        size = round(size * 0.8)
    degrees = float(random.uniform(-180, 180)) if random.random() < 0.3 else float(random.normal(0, 9))
    weight = float(random.choice([0.35, 0.6, 0.85, 1.0]))
    wear = float(random.choice([0.0, 0.0, 0.15, 0.35]))
    traits += [kind, colour] + ["faint"] * (weight < 0.5) + ["worn"] * (wear > 0.3)
    return draw_seal((height, width), kind, colour, centre, size, degrees, int(random.integers(2**31)), weight, wear)
