"""Drawn train tickets: red and blue paper, and the electronic one as a PDF shows it."""

from __future__ import annotations

import datetime
import random

import numpy as np
from PIL import Image

from tests.samples.names_zh import CITIES, STATIONS, TRADES, company, credit_code, day, digits, masked_id, person
from tests.samples.paper import INK
from tests.samples.ticket_forms import RED, Colour, Drawn, Form, Truth, Wear, finish

FAST, SLOW = ("二等座", "二等座", "一等座", "商务座", "无座"), ("硬座", "硬卧", "软卧", "新空调硬座", "新空调硬卧")
NOTES = ("限乘当日当次车", "始发改签", "仅供报销使用", "限乘当日当次车 中途下车失效")


def draw(seed: int) -> Drawn:
    """A train ticket."""
    chosen = random.Random(f"train {seed}")
    return chosen.choice((_blue, _red, _electronic))(chosen)


def _journey(chosen: random.Random, first: int, last: int) -> tuple[Truth, dict[str, str]]:
    """Fields of a journey, and what else a ticket prints about it."""
    (start, start_latin), (end, end_latin) = chosen.sample(STATIONS, 2)
    when = day(chosen, first, last)
    train = chosen.choice("GGGDDCKTZ") + str(chosen.randint(1, 9899))
    if chosen.random() < 0.06:
        train = str(chosen.randint(1001, 7598))
    price = chosen.choice((chosen.randint(19, 3000) / 2, chosen.randint(10, 1800)))
    clock = f"{chosen.randint(5, 23):02}:{chosen.randint(0, 59):02}"
    if train[0] in "GDC":
        seat = f"{chosen.randint(1, 16):02}车{chosen.randint(1, 20):02}{chosen.choice('ABCDF')}号"
    else:
        seat = f"{chosen.randint(1, 16):02}车{chosen.randint(1, 108):03}号" + chosen.choice(
            ("", "下铺", "中铺", "上铺")
        )
    truth: Truth = {
        "date": when.isoformat(),
        "total": f"{price:.2f}",
        "currency": "CNY",
        "origin_station": start,
        "destination_station": end,
        "train_number": train,
        "passenger": person(chosen),
    }
    rest = {
        "start_latin": start_latin,
        "end_latin": end_latin,
        "day": when.strftime("%Y年%m月%d日"),
        "clock": clock,
        "seat": seat,
        "class": chosen.choice(FAST if train[0] in "GDC" else SLOW),
        "price": f"{price:.1f}",
        "id": masked_id(chosen),
    }
    return truth, rest


def _code(form: Form, x: int, y: int, side: int, seed: int) -> None:
    """A square that looks like a QR code and says nothing."""
    cells = np.random.default_rng(seed).random((33, 33)) < 0.5
    square = Image.fromarray((cells * 200 + 30).astype(np.uint8)).resize((side, side), Image.Resampling.NEAREST)
    form.paper.image.paste(square.convert("RGB"), (x, y))


def _ground(form: Form, colour: Colour) -> None:
    """The fine waves that the paper is printed with."""
    for y in range(-20, form.paper.height, 9):
        points = [(x, y + 5 * np.sin(x / 17 + y)) for x in range(0, form.paper.width + 1, 8)]
        form.pen.line(points, colour, 1)


def _station(form: Form, x: int, y: int, name: str, latin: str) -> None:
    """A name spread over its place, the word for station behind it, its spelling below."""
    width = 190 if len(name) <= 3 else 46 * len(name)
    style = form.chosen.choice(("serif", "sans"))
    if len(name) < 3:
        form.spread(x, y, width, name, 46, INK, style)
    else:
        form.label(x, y, name, 46, INK, style=style)
    end = x + (width if len(name) < 3 else 46 * len(name)) + 6
    form.label(end, y + 14, "站", 31, INK, style=style)
    form.label((x + end) / 2, y + 60, latin, 27, INK, "ma", "serif")


def _blue(chosen: random.Random) -> Drawn:
    form = Form(chosen, 1020, 640, (222, 236, 244))
    form.pen.rectangle((0, 575, 1020, 640), fill=(150, 202, 222))
    _ground(form, (208, 226, 238))
    return _paper(form, "blue", (235, 60, 110), 590)


def _red(chosen: random.Random) -> Drawn:
    form = Form(chosen, 1020, 640, (250, 222, 220))
    _ground(form, (240, 200, 200))
    return _paper(form, "red", (226, 60, 60), 560)


def _paper(form: Form, layout: str, red: Colour, foot: int) -> Drawn:
    chosen = form.chosen
    truth, rest = _journey(chosen, 2012, 2024)
    number = chosen.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") + digits(chosen, 6)
    head = number if chosen.random() < 0.7 else f"{chosen.choice('ABEXYZ')}{digits(chosen, 2)}{number}"
    truth["invoice_number"] = head
    slip = chosen.randint(-10, 12)
    form.label(70, 34, head, 44, red, style=chosen.choice(("sans", "serif", "bold")))
    if chosen.random() < 0.6:
        gate = f"{chosen.randint(1, 29)}{chosen.choice(('', 'A', 'B'))}"
        form.label(940, 40 + slip, "检票:" + gate, 36, INK, "ra")
    for side, x in (("start", 80 + slip), ("end", 640 + slip)):
        name = truth["origin_station" if side == "start" else "destination_station"] or ""
        _station(form, x, 92 + slip, name, rest[f"{side}_latin"])
    form.label(510 + slip, 100 + slip, truth["train_number"] or "", 44, INK, "ma", "serif")
    form.pen.line([(420 + slip, 158 + slip), (600 + slip, 158 + slip), (584 + slip, 150 + slip)], INK, 3)
    y = 208 + slip
    form.label(76, y, f"{rest['day']}{chosen.choice(('', ' '))}{rest['clock']}开", 38)
    form.label(640, y, rest["seat"], 38)
    form.label(76, y + 50, f"￥{rest['price']}元", 38)
    form.label(400, y + 50, chosen.choice(("网", "网折", "网孩", "学", "")) or " ", 34)
    form.label(690, y + 50, rest["class"], 36)
    for n, note in enumerate(chosen.sample(NOTES, chosen.choice((1, 2)))):
        form.label(76, y + 100 + 42 * n, note, 34)
    form.label(76, y + 192, f"{rest['id']} {truth['passenger']}", 38)
    form.pen.rectangle((130, y + 250, 680, y + 338), outline=INK, width=2)
    form.label(405, y + 256, "买票请到12306 发货请到95306", 29, INK, "ma")
    form.label(405, y + 296, "中国铁路祝您旅途愉快", 29, INK, "ma")
    _code(form, 760, y + 170, 170, chosen.randint(0, 2**31))
    seller = (truth["origin_station"] or "") if chosen.random() < 0.7 else chosen.choice(STATIONS)[0]
    form.label(76, foot, f"{digits(chosen, 14)}{number}  {seller}售", 32)
    if chosen.random() < 0.15:
        truth["passenger"] = None
        form.pen.rectangle((60, y + 190, 740, y + 244), fill=(128, 128, 128))
    return finish(form, "train_ticket", layout, truth, Wear(None, (0.42, 1.0), 440))


def _electronic(chosen: random.Random) -> Drawn:
    """电子发票（铁路电子客票): the title in red with the tax seal over it, the buyer at the foot."""
    form = Form(chosen, 1240, 800, (253, 253, 253))
    truth, rest = _journey(chosen, 2024, 2025)
    city = chosen.choice(CITIES)
    issued = datetime.date.fromisoformat(truth["date"] or "") + datetime.timedelta(days=chosen.randint(0, 40))
    truth["invoice_number"] = f"{issued.year % 100}{city.region[:2]}9{digits(chosen, 15)}"
    form.label(620, 44, "电子发票（铁路电子客票）", 42, RED, "ma", "serif")
    form.pen.line([(370, 104), (870, 104)], RED, 2)
    form.label(70, 116, "发票号码:" + (truth["invoice_number"] or ""), 27)
    form.label(1170, 116, "开票日期:" + issued.strftime("%Y年%m月%d日"), 27, INK, "ra")
    for x, side in ((130, "origin"), (820, "destination")):
        form.label(x, 190, f"{truth[f'{side}_station']}站", 44, INK, style="bold")
        form.label(x + 20, 250, rest["start_latin" if side == "origin" else "end_latin"], 27)
    form.label(620, 196, truth["train_number"] or "", 40, INK, "ma")
    form.pen.line([(530, 254), (710, 254), (692, 244)], INK, 3)
    form.label(90, 318, rest["day"], 31)
    form.label(420, 318, f"{rest['clock']}开", 31)
    form.label(690, 318, rest["seat"], 31)
    form.label(960, 318, rest["class"], 31)
    form.label(90, 382, f"{chosen.choice(('票价:', '票价：'))}￥{float(rest['price']):.2f}", 33)
    form.label(90, 446, f"{rest['id']}", 31)
    form.label(460, 446, truth["passenger"] or "", 31)
    form.label(90, 510, f"电子客票号:{digits(chosen, 12)}{chosen.choice('ABCEG')}{digits(chosen, 8)}{issued.year}", 29)
    if chosen.random() < 0.75:
        truth["buyer"], truth["buyer_tax_id"] = company(chosen, city, chosen.choice(TRADES)), credit_code(chosen, city)
        form.label(90, 590, f"购买方名称:{truth['buyer']}", 29)
        form.label(90 + 620, 590, f"统一社会信用代码:{truth['buyer_tax_id']}", 27)
    form.label(620, 690, "买票请到12306 发货请到95306", 29, INK, "ma")
    form.label(620, 730, "中国铁路祝您旅途愉快", 29, INK, "ma")
    _code(form, 1010, 400, 150, chosen.randint(0, 2**31))
    seal = (0.5, 0.1) if chosen.random() < 0.7 else None
    return finish(form, "train_ticket", "electronic", truth, Wear(seal, (0.55, 1.0), 680, ("oval",)))
