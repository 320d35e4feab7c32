"""Drawn taxi tickets of several cities: a printed form, and over it a column of values that seldom meets its labels."""

from __future__ import annotations

import datetime
import random
from decimal import ROUND_DOWN, Decimal

from tests.samples.names_zh import CITIES, City, company, day, digits, invoice_code
from tests.samples.ticket_forms import BLUE, BROWN, RED, Drawn, Form, Printer, Truth, Wear, finish, some_printer

TITLES = ("出租汽车专用发票", "出租汽车统一发票", "出租汽车发票", "客运出租汽车统一发票")


def draw(seed: int) -> Drawn:
    """A taxi ticket."""
    chosen = random.Random(f"taxi {seed}")
    city = chosen.choice(CITIES)
    return chosen.choice((_labelled, _labelled, _roll, _typed))(chosen, city)


def _ride(chosen: random.Random, city: City) -> tuple[dict[str, str], Truth]:
    """What a meter prints, by its label, and the fields that follow from it. The fare is the tariff's."""
    when = day(chosen, 2012, 2025)
    unit = Decimal(chosen.choice(("1.90", "2.00", "2.30", "2.50", "2.60", "2.70", "3.12", "4.32")))
    start, free = chosen.choice(((10, 2), (10, 3), (13, 3), (14, 3), (11, 3), (8, 2), (12, Decimal("2.5"))))
    far = Decimal(chosen.randint(120, 4200)) / 100
    minutes = chosen.randint(0, 22)
    fare = start + max(Decimal(0), far - free) * unit + minutes * Decimal("0.6")
    step = chosen.choice((Decimal(1), Decimal("0.5"), Decimal("0.1")))
    fare = (fare / step).quantize(Decimal(1), ROUND_DOWN) * step
    on = datetime.datetime.combine(when, datetime.time(chosen.randint(6, 22), chosen.randint(0, 59)))
    off = on + datetime.timedelta(minutes=3 + minutes + int(far * 2))
    if off.date() != when:
        off = on.replace(hour=23, minute=59)
    form = chosen.choice(("%Y年%m月%d日", "%Y年%m月%d日", "%Y-%m-%d"))
    km = chosen.choice(("KM", "km", "公里"))
    ride = {
        "车号": chosen.choice((city.plate + ".", city.plate, city.plate[1:]))
        + chosen.choice("ABDTX")
        + digits(chosen, 4),
        "证号": digits(chosen, chosen.choice((5, 6, 10))),
        "日期": when.strftime(form),
        "上车": on.strftime("%H:%M"),
        "下车": off.strftime("%H:%M"),
        "单价": f"{unit:.2f}元" if chosen.random() < 0.7 else f"{unit:.2f}元/{km}",
        "里程": f"{far:.2f}{km}" if chosen.random() < 0.6 else f"{far:.1f}{km}",
        "等候": f"00:{minutes:02}:{chosen.randint(0, 59):02}",
        "金额": chosen.choice(("￥{:.2f}元", "{:.2f}元", "￥{:.2f}")).format(fare),
    }
    truth: Truth = {
        "date": when.isoformat(),
        "total": f"{fare:.2f}",
        "currency": "CNY",
        "invoice_code": invoice_code(chosen, city, when, "7" + chosen.choice("012") + chosen.choice("123") + "9"),
        "invoice_number": digits(chosen, 8),
    }
    return ride, truth


def _head(form: Form, city: City, truth: Truth, colour: tuple[int, int, int], y: int) -> int:
    """The printed head: title, copy, code and number. Gives where it ends."""
    chosen, middle = form.chosen, form.paper.width / 2
    form.label(middle, y, city.name + chosen.choice(TITLES), 34, colour, "ma", chosen.choice(("serif", "bold")))
    form.spread(middle - 130, y + 62, 260, "发票联", 36, colour, "serif")
    red = RED if chosen.random() < 0.6 else colour
    gap = chosen.choice(("", " ", "："))
    form.label(50, y + 130, f"发票代码{gap}{truth['invoice_code']}", 32, colour)
    form.label(50, y + 180, f"发票号码{gap}{truth['invoice_number']}", 34, red, style="bold")
    return y + 236


def _company(form: Form, city: City, truth: Truth, colour: tuple[int, int, int], y: int) -> int:
    name = company(form.chosen, city, form.chosen.choice(("出租汽车", "汽车客运", "交通服务", "巴士")))
    truth["merchant"] = name
    form.label(50, y, form.chosen.choice(("投诉电话：", "监督电话：", "电话：")) + digits(form.chosen, 8), 22, colour)
    form.label(50, y + 36, "单位名称：" + name, 22, colour)
    if form.chosen.random() < 0.5:
        form.label(50, y + 72, "发票信息查询请登录税务局网站查询", 18, colour)
        y += 34
    form.label(
        50,
        y + 76,
        f"{city.name.removesuffix('市')}税 票通[{form.chosen.randint(2014, 2024)}]"
        f" {form.chosen.randint(1, 20)}号 {form.chosen.randint(1, 9)}万卷",
        16,
        colour,
    )
    return y + 112


def _labelled(chosen: random.Random, city: City) -> Drawn:
    """Labels are printed on the form, values go beside them, or up to a row lower."""
    ride, truth = _ride(chosen, city)
    form = Form(chosen, 660, 1640)
    colour = chosen.choice((BROWN, BROWN, BLUE, (60, 60, 66)))
    y = _company(form, city, truth, colour, _head(form, city, truth, colour, 110))
    form.label(330, y + 6, "机打发票 手写无效", 24, colour, "ma")
    y += 60
    row = chosen.choice((50, 54, 58))
    extra = chosen.choice(((), ("另收附加费", "另收电召费"), ("燃油附加费",), ("状态",)))
    ride |= dict.fromkeys(extra, "￥0.00元") | ({"状态": chosen.choice("012")} if "状态" in extra else {})
    printer, colon = some_printer(chosen, row), chosen.choice(("", "：", "："))
    for n, (label, value) in enumerate(ride.items()):
        form.label(100, y + n * row, label + colon, 29, colour)
        form.fill(590, y + n * row - 2, value, chosen.choice((33, 33, 35)), printer, "r")
    y += len(ride) * row
    for n, label in enumerate(chosen.choice((("卡号", "卡余额"), ("卡号", "原额", "余额"), ()))):
        form.label(100, y + n * row, label + colon, 29, colour)
    form.cut_below(y + chosen.randint(150, 260))
    seal = (0.68, (y + 40) / form.paper.height) if chosen.random() < 0.7 else None
    return finish(form, "taxi_receipt", "labelled", truth, Wear(seal, (0.6, 1.0), 400))


def _roll(chosen: random.Random, city: City) -> Drawn:
    """Label and value are printed by the meter, glued together, in one column."""
    ride, truth = _ride(chosen, city)
    form = Form(chosen, 560, 1280)
    colour = chosen.choice((BROWN, BLUE, (60, 60, 66)))
    y = _company(form, city, truth, colour, _head(form, city, truth, colour, 60)) + 20
    printer = some_printer(chosen, 46)
    printer = Printer(printer.dots, printer.ink, printer.weight, printer.worn, printer.dx, 0.0, printer.style)
    if chosen.random() < 0.4:  # a surcharge of its own, and what was paid in all
        fare = Decimal(truth["total"] or "0")
        ride |= {"燃油附加费": "1.00元", "实收金额": f"￥{fare + 1:.2f}元"}
        truth["total"] = f"{fare + 1:.2f}"
    for n, (label, value) in enumerate(ride.items()):
        form.fill(60, y + n * 46, f"{label}{chosen.choice(('', ' ', ':', '：'))}{value}", 30, printer)
    form.cut_below(y + len(ride) * 46 + chosen.randint(60, 160))
    seal = (0.6, (y + 320) / form.paper.height) if chosen.random() < 0.5 else None
    return finish(form, "taxi_receipt", "roll", truth, Wear(seal, (0.6, 1.0), 380))


def _typed(chosen: random.Random, city: City) -> Drawn:
    """A wide form: labels in one column, values left-aligned close behind them, the company typed as well."""
    ride, truth = _ride(chosen, city)
    name = company(chosen, city, "出租汽车")
    truth["merchant"] = name
    form = Form(chosen, 600, 1360, chosen.choice(((250, 249, 246), (246, 240, 226))))
    colour = chosen.choice((BLUE, BROWN))
    y = _head(form, city, truth, colour, 70)
    row = 50
    printer = some_printer(chosen, row)
    rows = {"公司": name, "电话": digits(chosen, 8)} | ride
    for n, (label, value) in enumerate(rows.items()):
        form.label(50, y + n * row, label, 28, colour)
        form.fill(140, y + n * row, value, 28 if label == "公司" else 31, printer)
    form.label(300, y + len(rows) * row + 36, "手写无效  报销凭证", 22, colour, "ma")
    form.cut_below(y + len(rows) * row + chosen.randint(110, 180))
    seal = (0.62, (y + 420) / form.paper.height) if chosen.random() < 0.6 else None
    return finish(form, "taxi_receipt", "typed", truth, Wear(seal, (0.6, 1.0), 400))
