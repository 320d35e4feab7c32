"""Drawn pages whose receipts lie exactly parallel, so that nothing but their print tells them apart, with their truth.

    parallel_sheet(seed) -> ParallelSheet

Tickets glued with care onto A4, receipts scanned as one strip, two electronic invoices printed on one page. Everything
follows from the seed; the kind takes turns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from tests.samples.paper import RED, Paper, scan

BORDER = 36
BLUE = (40, 60, 150)
BROWN = (150, 84, 40)
CITIES = ("上海市", "北京市", "广州市", "杭州市", "成都市", "武汉市")
SHOPS = ("Harbour Cafe", "Green Valley Hardware", "Corner Bakery", "Sunrise Minimarket", "Lakeside Restaurant")
SHOPS_ZH = ("清风小馆", "望湖餐厅", "东来顺饭店", "好邻居便利店", "晴川书店")
KINDS = ("taxi grid", "taxi row", "toll strip", "shop strip", "shop strip, zh", "two invoices", "mixed")


@dataclass(frozen=True)
class ParallelSheet:
    """pixels: uint8 (height, width, 3), BGR. boxes: left, top, right, bottom of each receipt, in reading order."""

    pixels: npt.NDArray[np.uint8]
    boxes: tuple[tuple[float, float, float, float], ...]
    kind: str


def _digits(random: np.random.Generator, count: int) -> str:
    return "".join(map(str, random.integers(0, 10, count)))


def _date(random: np.random.Generator) -> tuple[int, int, int]:
    return int(random.integers(2023, 2026)), int(random.integers(1, 13)), int(random.integers(1, 29))


def taxi(random: np.random.Generator) -> Image.Image:
    """A taxi ticket, with everything that a real one says."""
    colour = RED if random.random() < 0.5 else BLUE
    paper = Paper(460, 1100)
    paper.text(230, 40, str(random.choice(CITIES)) + "出租汽车统一发票", 30, "bold", colour, "ma")
    paper.text(230, 92, "发  票  联", 28, "bold", colour, "ma")
    paper.top = 150
    year, month, day = _date(random)
    for label, value in (
        ("发票代码", _digits(random, 12)),
        ("发票号码", _digits(random, 8)),
        ("车号", "B" + _digits(random, 5)),
        ("日期", f"{year}-{month:02}-{day:02}"),
        ("上车", f"{random.integers(6, 12):02}:{random.integers(60):02}"),
        ("下车", f"{random.integers(12, 23):02}:{random.integers(60):02}"),
        ("单价", "2.70元"),
        ("里程", f"{random.integers(1, 40)}.{random.integers(10)}KM"),
        ("金额", f"{random.integers(11, 150)}.{random.integers(10)}0元"),
    ):
        paper.row(label, value, 25, margin=30)
    paper.crop_below(50)
    return paper.image


def toll(random: np.random.Generator) -> Image.Image:
    """A road-toll ticket."""
    paper = Paper(640, 700)
    paper.text(320, 30, str(random.choice(CITIES)) + "公路车辆通行费专用票据", 30, "bold", RED, "ma")
    paper.top = 90
    year, month, day = _date(random)
    for label, value in (
        ("票据代码", _digits(random, 12)),
        ("票据号码", _digits(random, 8)),
        ("入口站", "余杭"),
        ("出口站", "临平"),
        ("车型", "一型"),
        ("时间", f"{year}年{month:02}月{day:02}日 {random.integers(6, 22):02}:{random.integers(60):02}"),
        ("金额", f"{random.integers(5, 90)}.00元"),
    ):
        paper.row(label, value, 26, margin=40)
    paper.crop_below(40)
    return paper.image


def shop(random: np.random.Generator) -> Image.Image:
    """A till receipt in English."""
    paper = Paper(620, 1600)
    paper.centre(str(random.choice(SHOPS)), 36, "bold")
    paper.centre(f"{random.integers(2, 90)} Station Road, Georgetown", 23)
    paper.centre(f"Tel: 04-{_digits(random, 7)}", 23)
    paper.rule()
    year, month, day = _date(random)
    paper.row(f"Receipt no: {_digits(random, 6)}", "", 24)
    paper.row(f"Date: {day:02}/{month:02}/{year}", f"{random.integers(8, 22):02}:{random.integers(60):02}", 24)
    paper.rule()
    total = 0
    for name in random.choice(("Coffee", "Bread", "Nails 2in", "Milk 1L", "Sandwich", "Paint", "Notebook"), 4):
        cents = int(random.integers(150, 4000))
        total += cents
        paper.row(str(name), f"{cents / 100:.2f}", 25)
    paper.rule()
    paper.row("TOTAL", f"{total / 100:.2f}", 32, "bold")
    paper.row("CASH", f"{total / 100 + 5:.2f}", 25)
    paper.row("CHANGE", "5.00", 25)
    paper.centre("Thank you, please come again", 23)
    paper.crop_below(int(random.integers(20, 70)))
    return paper.image


def shop_zh(random: np.random.Generator) -> Image.Image:
    """A till receipt in Chinese."""
    paper = Paper(620, 1600)
    paper.centre(str(random.choice(SHOPS_ZH)), 36, "bold")
    paper.centre(f"杭州市西湖区望湖路{random.integers(2, 300)}号", 23)
    paper.rule()
    year, month, day = _date(random)
    paper.row(f"单号：{_digits(random, 10)}", "", 24)
    paper.row(f"日期：{year}年{month:02}月{day:02}日", f"{random.integers(8, 22):02}:{random.integers(60):02}", 24)
    paper.rule()
    total = 0
    for name in random.choice(("龙井虾仁", "东坡肉", "片儿川", "米饭", "笔记本", "酸奶"), 4):
        yuan = int(random.integers(3, 90))
        total += yuan
        paper.row(str(name), f"{yuan}.00", 26)
    paper.rule()
    paper.row("合计", f"￥{total}.00", 34, "bold")
    paper.row("微信支付", f"{total}.00", 25)
    paper.centre("谢谢惠顾，欢迎再次光临", 24)
    paper.crop_below(int(random.integers(20, 70)))
    return paper.image


def invoice(random: np.random.Generator) -> Image.Image:
    """An electronic VAT invoice, as two are printed on one page."""
    paper = Paper(1240, 800)
    pen = paper.pen
    year, month, day = _date(random)
    net = int(random.integers(50, 900))
    paper.text(620, 30, str(random.choice(CITIES))[:2] + "增值税电子普通发票", 40, "serif", BROWN, "ma")
    for n, line in enumerate(
        (
            f"发票代码：{_digits(random, 12)}",
            f"发票号码：{_digits(random, 8)}",
            f"开票日期：{year}年{month:02}月{day:02}日",
        )
    ):
        paper.text(840, 90 + 36 * n, line, 24)
    pen.rectangle([40, 215, 1200, 690], outline=BROWN, width=3)
    for y in (330, 540, 600):
        pen.line([(40, y), (1200, y)], fill=BROWN, width=2)
    paper.text(60, 230, "购买方名称：北京晴川科技有限公司", 24)
    paper.text(60, 275, "纳税人识别号：91110108MA01K3QX5T", 24)
    for x, head in ((60, "项目名称"), (760, "金额"), (1180, "税额")):
        paper.text(x, 345, head, 24, colour=BROWN, anchor="ra" if x == 1180 else "la")
    paper.text(60, 390, "*餐饮服务*餐费", 24)
    paper.text(760, 390, f"{net}.00", 24)
    paper.text(1180, 390, f"{net * 0.06:.2f}", 24, anchor="ra")
    paper.text(60, 555, "价税合计（大写）", 24)
    paper.text(1180, 555, f"（小写）￥{net * 1.06:.2f}", 24, anchor="ra")
    paper.text(60, 615, "销售方名称：杭州云栖餐饮管理有限公司", 24)
    paper.text(60, 652, "纳税人识别号：91330106MA2B19WL0R", 24)
    paper.text(60, 720, "收款人：陈露    复核：周宁    开票人：吴桐", 24)
    return paper.image


Draw = Callable[[np.random.Generator], Image.Image]


def parallel_sheet(seed: int) -> ParallelSheet:
    """Draw one page of two to eight receipts."""
    random = np.random.default_rng(seed)
    kind = KINDS[seed % len(KINDS)]
    plans: dict[str, tuple[tuple[Draw, ...], int, int]] = {
        "taxi grid": ((taxi,), int(random.integers(2, 5)), 2),
        "taxi row": ((taxi,), int(random.integers(2, 5)), 1),
        "toll strip": ((toll,), 1, int(random.integers(2, 5))),
        "shop strip": ((shop,), 1, int(random.integers(2, 5))),
        "shop strip, zh": ((shop_zh,), 1, int(random.integers(2, 5))),
        "two invoices": ((invoice,), 1, 2),
        "mixed": ((taxi, shop, shop_zh, toll), int(random.integers(2, 4)), int(random.integers(1, 3))),
    }
    draws, columns, rows = plans[kind]
    pieces = [draws[int(random.integers(len(draws)))](random) for _ in range(columns * rows)]
    gap = int(random.integers(24, 70))
    widths = [max(p.width for p in pieces[c::columns]) for c in range(columns)]
    heights = [max(p.height for p in pieces[r * columns : (r + 1) * columns]) for r in range(rows)]
    size = (sum(widths) + gap * (columns + 1), sum(heights) + gap * (rows + 1))
    page = Image.new("RGB", size, (252, 252, 252))
    boxes = []
    for place, piece in enumerate(pieces):
        column, row = place % columns, place // columns
        left, top = gap * (column + 1) + sum(widths[:column]), gap * (row + 1) + sum(heights[:row])
        page.paste(piece, (left, top))
        boxes.append((float(left), float(top), float(left + piece.width), float(top + piece.height)))
    pixels = np.ascontiguousarray(np.asarray(scan(page, seed, border=BORDER))[..., ::-1])
    moved = tuple((a + BORDER, b + BORDER, c + BORDER, d + BORDER) for a, b, c, d in boxes)
    return ParallelSheet(pixels, moved, kind)
