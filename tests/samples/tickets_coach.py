"""Drawn coach tickets: wide cards with labels printed on them, and thermal slips."""

from __future__ import annotations

import random
from decimal import Decimal

from tests.samples.names_zh import CITIES, day, digits, invoice_code, masked_id, person, words
from tests.samples.ticket_forms import BLUE, BROWN, GREEN, RED, Drawn, Form, Truth, Wear, finish, some_printer

COACH_STATIONS = words(
    "杭州客运中心站 上海长途客运总站 南京汽车客运站 苏州汽车北站 义乌国际商贸城客运站 绍兴客运中心 宁波客运中心站 "
    "温州新城站 广州天河客运站 深圳福田汽车站 珠海拱北口岸 长沙汽车西站 武昌宏基客运站 成都茶店子客运站 乐山肖坝车站 "
    "湖州 嘉兴 桐庐 千岛湖 临安 诸暨 东莞 惠州 阳朔 都江堰 黄山 九江 扬州西站 无锡 常熟"
)


def draw(seed: int) -> Drawn:
    """A coach ticket."""
    chosen = random.Random(f"coach {seed}")
    return chosen.choice((_wide_coach, _roll_coach))(chosen)


def _coach(chosen: random.Random) -> tuple[Truth, dict[str, str]]:
    start, end = chosen.sample(COACH_STATIONS, 2)
    when, city = day(chosen, 2014, 2025), chosen.choice(CITIES)
    price = Decimal(chosen.choice((chosen.randint(8, 260), chosen.randint(16, 400) / 2)))
    truth: Truth = {
        "date": when.isoformat(),
        "total": f"{price:.2f}",
        "currency": "CNY",
        "origin_station": start,
        "destination_station": end,
        "invoice_code": invoice_code(chosen, city, when, "6" + chosen.choice("12") + "31"),
        "invoice_number": digits(chosen, 8),
        "passenger": person(chosen) if chosen.random() < 0.6 else None,
    }
    rest = {
        "province": city.province,
        "date": when.strftime(chosen.choice(("%Y-%m-%d", "%Y年%m月%d日", "%Y.%m.%d"))),
        "clock": f"{chosen.randint(6, 20):02}:{chosen.choice((0, 10, 20, 30, 40, 50)):02}",
        "seat": str(chosen.randint(1, 48)),
        "price": f"{price:.2f}" if chosen.random() < 0.5 else f"{price:.1f}",
        "number": chosen.choice(("", "K", "Z")) + digits(chosen, chosen.choice((3, 4))),
        "gate": str(chosen.randint(1, 20)),
    }
    return truth, rest


def _title(form: Form, rest: dict[str, str], x: float, y: float, size: int, colour: tuple[int, int, int]) -> None:
    words = form.chosen.choice(("道路汽车客票", "公路汽车客票", "汽车客票", "道路客运定额客票", "汽车客运车票"))
    form.label(x, y, rest["province"] + words.replace("定额", ""), size, colour, "ma", "serif")


def _wide_coach(chosen: random.Random) -> Drawn:
    """A wide card: stations at the top, a table of labels, values printed below or beside them."""
    truth, rest = _coach(chosen)
    form = Form(chosen, 1000, 560, chosen.choice(((232, 244, 238), (250, 240, 226), (248, 248, 246))))
    colour = chosen.choice((GREEN, BLUE, BROWN))
    _title(form, rest, 500, 28, 36, colour)
    form.label(60, 92, "发票代码 " + (truth["invoice_code"] or ""), 26, colour)
    form.label(560, 92, "发票号码 " + (truth["invoice_number"] or ""), 28, RED)
    printer = some_printer(chosen, 24, dots=0.5)
    form.label(60, 148, "始发站", 25, colour)
    form.fill(160, 142, truth["origin_station"] or "", 36, printer)
    form.label(560, 148, "到达站", 25, colour)
    form.fill(660, 142, truth["destination_station"] or "", 36, printer)
    cells = {
        "乘车日期": rest["date"],
        "开车时间": rest["clock"],
        "座号": rest["seat"],
        "票价": rest["price"] + chosen.choice(("", "元")),
        "车次": rest["number"],
        "检票口": rest["gate"],
    }
    if chosen.random() < 0.5:  # values below their labels
        x = 60
        for label, value in cells.items():
            form.label(x, 214, label, 25, colour)
            form.fill(x, 256, value, 29, printer)
            x += {"乘车日期": 240, "票价": 170}.get(label, 125)
        y = 320
    else:
        for n, (label, value) in enumerate(cells.items()):
            x, y = (60, 440, 740)[n % 3], 214 + 52 * (n // 3)
            form.label(x, y, label, 25, colour)
            form.fill(x + 25 * len(label) + 12, y - 4, value, 29, printer)
        y = 330
    if truth["passenger"]:
        form.fill(60, y, f"{masked_id(chosen)} {truth['passenger']}", 30, printer)
    form.label(60, y + 66, "当日当次有效  请妥善保管  票价含保险费", 22, colour)
    form.label(500, y + 108, "旅客须按票面指定日期车次乘车，退票改签请到客运站办理", 21, colour, "ma")
    form.cut_below(y + 170)
    seal = (0.8, 0.72) if chosen.random() < 0.5 else None
    return finish(form, "bus_ticket", "wide", truth, Wear(seal, (0.5, 1.0), 520))


def _roll_coach(chosen: random.Random) -> Drawn:
    """Thermal paper: label and value in one row, both printed."""
    truth, rest = _coach(chosen)
    form = Form(chosen, 640, 1000, (250, 248, 244))
    _title(form, rest, 320, 30, 34, (50, 50, 56))
    printer = some_printer(chosen, 46, dots=0.3)
    colon = chosen.choice((":", "：", ""))
    form.fill(50, 100, f"发票代码{colon}{truth['invoice_code']}", 28, printer)
    form.fill(50, 146, f"发票号码{colon}{truth['invoice_number']}", 28, printer)
    route = chosen.choice(("→", " -- ", " -- ")).join(
        (truth["origin_station"] or "", truth["destination_station"] or "")
    )
    form.fill(50, 210, route, min(38, 540 // len(route)), printer)
    rows = [
        f"日期{colon}{rest['date']}  {rest['clock']}",
        f"车次{colon}{rest['number']}   座位{colon}{rest['seat']}",
        f"票价{colon}￥{rest['price']}元",
        f"票种{colon}全票  检票口{colon}{rest['gate']}",
    ]
    if truth["passenger"]:
        rows += [f"乘车人{colon}{truth['passenger']}", f"证件号{colon}{masked_id(chosen)}"]
    for n, row in enumerate(rows):
        form.fill(50, 286 + 48 * n, row, 29, printer)
    y = 300 + 48 * len(rows)
    form.label(320, y, chosen.choice(("凭票检票上车 车票遗失不补", "当次有效 过期作废")), 23, (60, 60, 60), "ma")
    form.cut_below(y + 90)
    return finish(form, "bus_ticket", "roll", truth, Wear(None, (0.6, 1.0), 440))
