"""Drawn pages that hold several receipts, glued onto a sheet or scattered over a scanner or a table, with their truth.

    sheet(seed) -> Sheet

Everything follows from the seed: how many pieces, of which kinds, how they lie, on what, and what the scanner does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from tests.samples import chinese, english
from tests.samples.paper import RED, Paper, stamp

Floats = npt.NDArray[np.float32]

GROUNDS = ("a4", "grey", "wood", "dark")
BLUE = (40, 60, 150)


@dataclass(frozen=True)
class Sheet:
    """pixels: uint8 (height, width, 3), BGR. quads: the papers, clockwise from the top left as they lie."""

    pixels: npt.NDArray[np.uint8]
    quads: tuple[tuple[tuple[float, float], ...], ...]
    ground: str
    shadow: bool
    bilevel: bool

    @property
    def kind(self) -> str:
        """What kind of sheet it is, for tables."""
        if self.bilevel:
            return "1-bit"
        if self.ground == "a4":
            return "white on white, shadows" if self.shadow else "white on white, bare"
        return self.ground


def taxi(random: np.random.Generator) -> Image.Image:
    """A narrow taxi ticket: printed heading in red or blue, a red seal, typed values."""
    colour = RED if random.random() < 0.6 else BLUE
    paper = Paper(430, 1000, _tint(random))
    city = str(random.choice(["上海市", "北京市", "广州市", "杭州市", "成都市"]))
    paper.text(215, 40, city + "出租汽车发票", 32, "bold", colour, "ma")
    paper.text(215, 90, "发  票  联", 30, "bold", colour, "ma")
    paper.top = 150
    paper.row("发票代码", "".join(map(str, random.integers(0, 9, 12))), 24, margin=30)
    paper.row("发票号码", "".join(map(str, random.integers(0, 9, 8))), 24, margin=30)
    for label in ("车号", "证号", "日期", "上车", "下车", "单价", "里程", "等候", "金额"):
        paper.row(label, f"{random.integers(10, 99)}.{random.integers(10, 99)}", 25, margin=30)
    paper.text(215, paper.top + 10, "手写无效 机打发票", 20, "sans", colour, "ma")
    paper.top += 40
    paper.crop_below(int(random.integers(30, 90)))
    return stamp(paper.image, 300, min(paper.height - 90, 560), 80, "出租汽车有限公司", "发票专用章")


def toll(random: np.random.Generator) -> Image.Image:
    """A small road-toll ticket."""
    paper = Paper(520, 420, _tint(random))
    paper.text(260, 30, "浙江省公路通行费", 32, "bold", RED, "ma")
    paper.text(260, 78, "车辆通行费发票", 26, "sans", RED, "ma")
    paper.top = 130
    for label in ("入口站", "出口站", "车型", "时间", "金额"):
        paper.row(label, f"{random.integers(1, 30)}.{random.integers(10, 99)}", 26, margin=50)
    return paper.image.crop((0, 0, 520, min(420, paper.top + 40)))


def _piece(random: np.random.Generator, kind: str) -> Image.Image:
    if kind == "taxi":
        return taxi(random)
    if kind == "toll":
        return toll(random)
    layouts = {"train": (chinese.train,), "shop": (chinese.restaurant, english.cafe, english.hardware)}[kind]
    return layouts[int(random.integers(len(layouts)))]()[0].image


def _tint(random: np.random.Generator) -> tuple[int, int, int]:
    tints = [(250, 249, 246)] * 4 + [(246, 232, 232), (232, 240, 246), (246, 244, 228)]
    return tints[int(random.integers(len(tints)))]


def sheet(seed: int) -> Sheet:
    """Draw one sheet of 2 to 12 pieces."""
    random = np.random.default_rng(seed)
    width, height = 1654, 2339
    ground = GROUNDS[int(random.choice(4, p=[0.55, 0.2, 0.15, 0.1]))]
    shadow = bool(random.random() < 0.75) or ground != "a4"
    bilevel = bool(ground == "a4" and random.random() < 0.12)
    page = _ground(random, ground, width, height)
    one_kind = str(random.choice(["taxi", "taxi", "train", "toll", "shop"])) if random.random() < 0.6 else None
    columns, rows = int(random.integers(1, 5)), int(random.integers(1, 4))
    if columns * rows < 2:
        rows = 2
    cell_w, cell_h = width / columns, height / rows
    steady = random.random() < 0.3
    quads = []
    for place in range(columns * rows):
        kind = one_kind or str(random.choice(["taxi", "train", "toll", "shop"]))
        piece = np.asarray(_piece(random, kind))[..., ::-1].astype(np.float32)
        degrees = float(random.normal(0, 0.9) if steady else random.uniform(-10, 10))
        quarter = 90.0 if (piece.shape[1] > piece.shape[0]) != (cell_w > cell_h) else 0.0
        turn = degrees + quarter + (180.0 if random.random() < 0.15 else 0.0)
        x, y = (place % columns + 0.5) * cell_w, (place // columns + 0.5) * cell_h
        jitter = random.uniform(-0.02, 0.02, 2) * (cell_w, cell_h)
        quads.append(_lay(page, piece, turn, (x + jitter[0], y + jitter[1]), (cell_w, cell_h), shadow, random))
    return Sheet(_scanned(random, page, bilevel), tuple(quads), ground, shadow, bilevel)


def _lay(
    page: Floats,
    piece: Floats,
    degrees: float,
    centre: tuple[float, float],
    cell: tuple[float, float],
    shadow: bool,
    random: np.random.Generator,
) -> tuple[tuple[float, float], ...]:
    """Put a piece onto the page, as large as its cell allows; its corners."""
    h, w = piece.shape[:2]
    cosine, sine = abs(math.cos(math.radians(degrees))), abs(math.sin(math.radians(degrees)))
    room = random.uniform(0.9, 1.0)
    scale = min(room * cell[0] / (w * cosine + h * sine), room * cell[1] / (w * sine + h * cosine), 1.15)
    turn = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, scale)
    turn[:, 2] += centre[0] - w / 2, centre[1] - h / 2
    size = (page.shape[1], page.shape[0])
    if scale < 0.7:
        piece = cv2.GaussianBlur(piece, (0, 0), 0.35 / scale)
    laid = cv2.warpAffine(piece, turn, size, flags=cv2.INTER_LINEAR)
    cover = cv2.warpAffine(np.ones((h, w), np.float32), turn, size, flags=cv2.INTER_LINEAR)[..., None]
    if shadow:
        move = np.array([[1, 0, 1.5], [0, 1, 2.0]])
        dark = cv2.GaussianBlur(cv2.warpAffine(cover, move, size), (0, 0), float(random.uniform(1.0, 2.5)))
        page *= 1 - dark[..., None] * float(random.uniform(0.03, 0.2))
    page *= 1 - cover
    page += laid * cover
    corners = np.array([(0, 0), (w, 0), (w, h), (0, h)]) @ turn[:, :2].T + turn[:, 2]
    first = round(degrees / 90.0) % 4
    return tuple((float(x), float(y)) for x, y in np.roll(corners, -first, axis=0))


def _ground(random: np.random.Generator, ground: str, width: int, height: int) -> Floats:
    levels = {"a4": 252.0, "grey": random.uniform(170, 225), "wood": 150.0, "dark": random.uniform(25, 70)}
    page = np.full((height, width, 3), levels[ground], np.float32)
    if ground == "wood":
        grain = cv2.resize(random.normal(0, 14, (height // 6, 12)).astype(np.float32), (width, height))
        page = page * np.array([0.75, 0.9, 1.1], np.float32) + grain[..., None]
    return page


def _scanned(random: np.random.Generator, page: Floats, bilevel: bool) -> npt.NDArray[np.uint8]:
    height, width = page.shape[:2]
    across = np.linspace(1.0, random.uniform(0.9, 1.0), width, dtype=np.float32)[None, :, None]
    down = np.linspace(1.0, random.uniform(0.9, 1.0), height, dtype=np.float32)[:, None, None]
    grain = random.normal(0, random.uniform(0.5, 3.0), (height, width, 1)).astype(np.float32)
    pixels = (cv2.GaussianBlur(page, (0, 0), 0.6) * across * down + grain).clip(0, 255).astype(np.uint8)
    if bilevel:
        grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
        return np.asarray(cv2.cvtColor(((grey > 150) * 255).astype(np.uint8), cv2.COLOR_GRAY2BGR), np.uint8)
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(55, 92))])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
