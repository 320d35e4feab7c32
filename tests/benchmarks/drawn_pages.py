"""Pages drawn by the hundred for the benchmarks: seeded layouts, and what scanners and cameras make of them.

A layout draws an upright sheet. A medium turns it counter-clockwise and makes a picture of it, as a scanner or a phone
would. Names, shops and sums mean nothing.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from paddlescan.document.pixels import Pixels
from tests.samples import paper
from tests.samples.paper import INK, RED


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ENGLISH = _words(
    "TOTAL SUBTOTAL CASH CHANGE TAX GST INVOICE RECEIPT TABLE QTY ITEM DISCOUNT ROUNDING THANK YOU FOR COMING Coffee "
    "Sandwich Noodles Paper Toner Screws Bread Milk Card Visa Road Street Kuala Lumpur Norwich Date Time Cashier Member"
)
CHINESE = _words(
    "购买方 销售方 名称 纳税人识别号 地址 电话 开户行 账号 货物或应税劳务 规格型号 单位 数量 单价 金额 税率 税额 "
    "价税合计 大写 小写 备注 收款人 复核 开票人 发票代码 发票号码 开票日期 校验码 餐饮服务 办公用品 住宿费 "
    "杭州云栖科技有限公司 深圳鹏程出租汽车公司 北京市朝阳区建国路 壹佰贰拾叁元肆角整 合计 找零 实收 欢迎光临 "
    "谢谢惠顾 店号 桌号 收银员"
)
font = functools.cache(paper.font)  # looks through the font folders each time
Layout = Callable[[random.Random], Image.Image]
Medium = Callable[[Image.Image, float, random.Random], Pixels]


def _sheet(width: int, height: int, shade: int = 252) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (width, height), (shade, shade, shade - 3))
    return image, ImageDraw.Draw(image)


def _amount(chosen: random.Random) -> str:
    return f"{chosen.uniform(0.5, 999):.2f}"


def english_receipt(chosen: random.Random) -> Image.Image:
    """A till receipt, 600 to 900 wide: name and address in the middle, items and amounts, a total."""
    width, rows = chosen.randint(560, 900), chosen.randint(14, 34)
    size = chosen.randint(20, 30)
    image, pen = _sheet(width, 120 + rows * round(size * 1.7))
    y = 50
    for row in range(rows):
        words = " ".join(chosen.choices(ENGLISH, k=chosen.randint(1, 4)))
        if row < 4:
            pen.text((width / 2, y), words, INK, font("bold" if row == 0 else "sans", size), anchor="ma")
        else:
            pen.text((40, y), words[: int((width - 240) / size * 1.7)], INK, font("sans", size))
            if chosen.random() < 0.7:
                pen.text((width - 40, y), _amount(chosen), INK, font("sans", size), anchor="ra")
        y += round(size * 1.7)
    return image


def long_receipt(chosen: random.Random) -> Image.Image:
    """A narrow receipt several times as long as wide."""
    image, pen = _sheet(420, chosen.randint(1800, 3200))
    for y in range(40, image.height - 60, 34):
        pen.text((24, y), " ".join(chosen.choices(ENGLISH, k=2))[:20], INK, font("sans", 20))
        pen.text((396, y), _amount(chosen), INK, font("sans", 20), anchor="ra")
    return image


def chinese_invoice(chosen: random.Random) -> Image.Image:
    """A form: ruled cells, labels that run downwards, printed values."""
    image, pen = _sheet(1400, 900)
    line = chosen.choice([(150, 90, 60), INK, RED])
    pen.text((700, 40), "电子普通发票", line, font("serif", 44), anchor="ma")
    for n in range(4):
        pen.text(
            (980, 40 + 36 * n), f"{chosen.choice(CHINESE)[:4]}: {chosen.randint(10**7, 10**9)}", INK, font("sans", 24)
        )
    pen.rectangle((60, 200, 1340, 820), outline=line, width=3)
    for y in (330, 600, 660, 720):
        pen.line((60, y, 1340, y), fill=line, width=2)
    for x in (110, 800, 850):
        pen.line((x, 200, x, 330), fill=line, width=2)
    for x in (400, 560, 660, 780, 900, 1050, 1150):
        pen.line((x, 330, x, 660), fill=line, width=2)
    for n, letter in enumerate("购买方"):
        pen.text((72, 212 + 38 * n), letter, line, font("sans", 26))
    for n in range(4):
        pen.text(
            (124, 206 + 30 * n),
            f"{CHINESE[n]}: {chosen.choice(CHINESE)}{chosen.choice(CHINESE)}",
            INK,
            font("sans", 22),
        )
    for row in range(chosen.randint(1, 6)):
        y = 345 + 40 * row
        pen.text((70, y), "*" + chosen.choice(CHINESE) + "*" + chosen.choice(CHINESE)[:4], INK, font("sans", 22))
        for x in (650, 770, 890, 1140, 1330):
            pen.text((x, y), _amount(chosen), INK, font("sans", 22), anchor="ra")
    pen.text((130, 672), "价税合计 大写 " + chosen.choice(CHINESE), INK, font("sans", 24))
    pen.text((1320, 672), "小写 " + _amount(chosen), INK, font("sans", 24), anchor="ra")
    return image


def chinese_receipt(chosen: random.Random) -> Image.Image:
    """A till receipt in Chinese."""
    width, rows = chosen.randint(520, 760), chosen.randint(10, 26)
    image, pen = _sheet(width, 120 + rows * 44)
    for row in range(rows):
        y = 50 + row * 44
        if row < 2:
            pen.text((width / 2, y), chosen.choice(CHINESE), INK, font("bold", 30), anchor="ma")
            continue
        pen.text((36, y), chosen.choice(CHINESE), INK, font("sans", 26))
        if chosen.random() < 0.7:
            pen.text((width - 36, y), _amount(chosen), INK, font("sans", 26), anchor="ra")
    return image


def table(chosen: random.Random) -> Image.Image:
    """Ruled columns of numbers under English heads."""
    image, pen = _sheet(1100, 1400)
    columns = [60 + n * 196 for n in range(6)]
    for n in range(5):
        pen.text((columns[n] + 180, 100), chosen.choice(ENGLISH), INK, font("bold", 24), anchor="ra")
    for row in range(26):
        y = 150 + row * 44
        pen.line((60, y - 8, 1040, y - 8), fill=(120, 120, 120), width=2)
        for n in range(5):
            pen.text((columns[n] + 180, y), _amount(chosen), INK, font("sans", 24), anchor="ra")
    for x in columns:
        pen.line((x, 90, x, 1290), fill=(120, 120, 120), width=2)
    return image


def numbers(chosen: random.Random) -> Image.Image:
    """Numbers and nothing else, few or many."""
    rows = chosen.randint(3, 22)
    image, pen = _sheet(700, 200 + rows * 46)
    for row in range(rows):
        pen.text((chosen.choice([60, 320]), 80 + row * 46), str(chosen.randint(1000, 10**9)), INK, font("sans", 28))
    return image


def sparse(chosen: random.Random) -> Image.Image:
    """Two to five lines on a sheet."""
    image, pen = _sheet(chosen.randint(600, 1100), chosen.randint(600, 1400))
    words = chosen.choice([ENGLISH, CHINESE])
    lines = chosen.randint(2, 5)
    for n in range(lines):
        at = (chosen.randint(40, image.width // 3), 40 + chosen.randint(0, 40) + n * (image.height - 80) // lines)
        pen.text(at, " ".join(chosen.choices(words, k=chosen.randint(2, 4))), INK, font("sans", chosen.randint(22, 36)))
    return image


def downward(chosen: random.Random) -> Image.Image:
    """Chinese in columns that run downwards."""
    image, pen = _sheet(900, 1200)
    for column in range(chosen.randint(3, 9)):
        letters = "".join(chosen.choices(CHINESE, k=5))[: chosen.randint(5, 17)]
        for n, letter in enumerate(letters):
            pen.text((820 - column * 88, 80 + n * 58), letter, INK, font("serif", 42))
    return image


def advertised(chosen: random.Random) -> Image.Image:
    """A receipt with an advertisement below that stands on its head."""
    image = english_receipt(chosen)
    advert, pen = _sheet(image.width, 200)
    for n in range(3):
        pen.text(
            (image.width / 2, 20 + n * 55), " ".join(chosen.choices(ENGLISH, k=4)), INK, font("bold", 30), anchor="ma"
        )
    whole = Image.new("RGB", (image.width, image.height + 200), (252, 252, 249))
    whole.paste(image, (0, 0))
    whole.paste(advert.rotate(180), (0, image.height))
    return whole


def pictures(chosen: random.Random) -> Image.Image:
    """Shapes, a logo and no text."""
    image, pen = _sheet(800, 1000)
    for _ in range(chosen.randint(1, 12)):
        x, y, r = chosen.randint(50, 700), chosen.randint(50, 900), chosen.randint(20, 160)
        draw = chosen.choice([pen.ellipse, pen.rectangle])
        draw((x, y, x + r, y + r * chosen.uniform(0.3, 1)), outline=INK, width=chosen.randint(2, 12))
    return image


LAYOUTS: dict[str, Layout] = {
    f.__name__: f
    for f in (
        english_receipt,
        long_receipt,
        chinese_invoice,
        chinese_receipt,
        table,
        numbers,
        sparse,
        downward,
        advertised,
        pictures,
    )
}
DIRECTED = ("english_receipt", "long_receipt", "chinese_invoice", "chinese_receipt", "table", "sparse")
"""Layouts whose turn a reader finds; of the others only the upright ones have a right answer: leave them."""


def turn(image: Image.Image, degrees: float, ground: tuple[int, int, int]) -> Pixels:
    """The picture turned counter-clockwise by any angle, nothing cut off, BGR."""
    pixels = np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
    quarter = round(degrees / 90)
    pixels, degrees = np.ascontiguousarray(np.rot90(pixels, quarter)), degrees - 90 * quarter
    if degrees == 0.0:
        return pixels
    height, width = pixels.shape[:2]
    cosine, sine = np.cos(np.radians(degrees)), abs(np.sin(np.radians(degrees)))
    size = int(np.ceil(width * cosine + height * sine)), int(np.ceil(height * cosine + width * sine))
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1.0)
    matrix[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    return np.asarray(cv2.warpAffine(pixels, matrix, size, flags=cv2.INTER_CUBIC, borderValue=ground[::-1]), np.uint8)


def clean(image: Image.Image, degrees: float, chosen: random.Random) -> Pixels:
    """As drawn."""
    return turn(image, degrees, (255, 255, 255))


def bilevel(image: Image.Image, degrees: float, chosen: random.Random) -> Pixels:
    """Black and white, a pixel in 500 wrong."""
    pixels = turn(image, degrees, (255, 255, 255))
    black = pixels[:, :, 1] < 150
    black ^= _noise(chosen, black.shape) > 2.9
    return np.repeat(np.where(black, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)


def grey(image: Image.Image, degrees: float, chosen: random.Random) -> Pixels:
    """Grey paper, soft, grainy, darker towards one side."""
    soft = image.filter(ImageFilter.GaussianBlur(chosen.uniform(0.4, 1.2)))
    pixels = turn(soft, degrees, (252, 252, 249)).astype(np.float32)
    light = np.linspace(0.62, chosen.uniform(0.6, 0.9), pixels.shape[1], dtype=np.float32)[None, :, None]
    grain = _noise(chosen, pixels.shape[:2])[:, :, None] * chosen.uniform(2, 9)
    return np.asarray((pixels * light + grain).clip(0, 255), np.uint8)


def bed(image: Image.Image, degrees: float, chosen: random.Random) -> Pixels:
    """On a dark scanner bed, level edges of the bed and all, with punch holes."""
    sheet = image.copy()
    pen = ImageDraw.Draw(sheet)
    for part in (0.3, 0.7):
        at = round(sheet.height * part)
        pen.ellipse((8, at, 38, at + 30), fill=(16, 16, 16))
    paper = turn(sheet, degrees, (16, 16, 16))
    height, width = paper.shape[:2]
    ground = np.full((height + chosen.randint(40, 300), width + chosen.randint(40, 300), 3), 16, np.uint8)
    ground[20 : 20 + height, 20 : 20 + width] = paper
    return ground


def photograph(image: Image.Image, degrees: float, chosen: random.Random) -> Pixels:
    """On a table with a grain of its own (at its own angle), lit from one corner."""
    paper = turn(image, degrees, (1, 2, 3))
    pad = chosen.randint(60, 240)
    paper = cv2.copyMakeBorder(paper, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(3, 2, 1))
    mask = (paper == (3, 2, 1)).all(axis=2)
    wood = cv2.GaussianBlur(_noise(chosen, paper.shape[:2]), (0, 0), sigmaX=40, sigmaY=1.5)
    wood = 70 + 400 * wood[:, :, None] * np.array([0.7, 0.9, 1.0], np.float32)
    scene = np.where(mask[:, :, None], wood, paper.astype(np.float32))
    rows = np.linspace(1.0, 0.7, paper.shape[0], dtype=np.float32)[:, None, None]
    columns = np.linspace(1.0, 0.85, paper.shape[1], dtype=np.float32)[None, :, None]
    return np.asarray(cv2.GaussianBlur((scene * rows * columns).clip(0, 255), (0, 0), 0.8), np.uint8)


def large(image: Image.Image, degrees: float, chosen: random.Random) -> Pixels:
    """The sheet at two to three times the resolution."""
    factor = chosen.uniform(2.0, 3.0)
    big = image.resize((round(image.width * factor), round(image.height * factor)), Image.Resampling.BICUBIC)
    return turn(big, degrees, (252, 252, 249))


def _noise(chosen: random.Random, shape: tuple[int, ...]) -> np.ndarray:
    return np.random.default_rng(chosen.randrange(2**32)).standard_normal(shape, np.float32)


MEDIA: dict[str, Medium] = {f.__name__: f for f in (clean, bilevel, grey, bed, photograph, large)}


def draw(layout: str, medium: str, degrees: float, seed: int) -> Pixels:
    """One page: uint8 (height, width, 3), BGR, its content turned counter-clockwise by so many degrees."""
    chosen = random.Random(f"{layout} {seed}")
    return MEDIA[medium](LAYOUTS[layout](chosen), degrees, chosen)
