"""Drawn toll receipts: slips and wide tickets on paper, and the electronic invoice of a toll."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal

from tests.samples.names_zh import (
    CITIES,
    TRADES,
    capitals,
    company,
    credit_code,
    day,
    digits,
    invoice_code,
    person,
    words,
)
from tests.samples.ticket_forms import BLUE, BROWN, GREEN, RED, Drawn, Form, Truth, Wear, finish, some_printer

GATES = words(
    "杭州北 绕城西 嘉兴东 沪浙主线 枫泾 苏州新区 无锡北 镇江南 龙潭 广州北环 鹤洲 机荷南头 虎门大桥 西岸 成都南 "
    "成渝龙泉 武汉西 永安 长沙西 李家沱 北碚 鹿寨 红垦 上虞 宁波东 余姚 三门"
)
CARS = ("客1", "客一", "一型客车", "一类车", "1型客", "货2", "二型货车")


def draw(seed: int) -> Drawn:
    """A toll receipt."""
    chosen = random.Random(f"toll {seed}")
    return chosen.choice((_paper_toll, _paper_toll, _wide_toll, _electronic_toll))(chosen)


def _toll(chosen: random.Random) -> tuple[Truth, dict[str, str]]:
    start, end = chosen.sample(GATES, 2)
    when, city = day(chosen, 2013, 2024), chosen.choice(CITIES)
    amount = Decimal(chosen.choice((chosen.randint(2, 200), chosen.randint(2, 800) / 2)))
    truth: Truth = {
        "date": when.isoformat(),
        "total": f"{amount:.2f}",
        "currency": "CNY",
        "origin_station": start,
        "destination_station": end,
        "invoice_code": invoice_code(chosen, city, when, "8" + chosen.choice("01") + "31"),
        "invoice_number": digits(chosen, 8),
    }
    clock = f"{chosen.randint(0, 23):02}:{chosen.randint(0, 59):02}:{chosen.randint(0, 59):02}"
    rest = {
        "province": city.province,
        "city": city.name,
        "when": when.strftime(chosen.choice(("%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d"))) + " " + clock,
        "amount": chosen.choice(("{:.2f}元", "￥{:.2f}", "{:.2f}", "{:.1f}元")).format(amount),
        "car": chosen.choice(CARS),
        "clerk": digits(chosen, chosen.choice((5, 6, 8))),
        "plate": chosen.choice(CITIES).plate + digits(chosen, 5),
    }
    return truth, rest


TOLL_TITLES = (
    "车辆通行费发票",
    "收费公路通行费专用发票",
    "高速公路车辆通行费专用收据",
    "通行费定额发票",
    "高速公路通行费发票",
)


def _paper_toll(chosen: random.Random) -> Drawn:
    """A slip: printed head, below it entry, exit, car, amount and time as the booth prints them."""
    truth, rest = _toll(chosen)
    form = Form(chosen, 560, 1000, chosen.choice(((250, 249, 246), (242, 246, 250))))
    colour = chosen.choice((BROWN, BLUE, GREEN))
    form.label(280, 40, rest["province"] + chosen.choice(TOLL_TITLES).replace("定额", ""), 30, colour, "ma", "serif")
    form.spread(180, 92, 200, "发票联", 32, colour, "serif")
    form.label(50, 150, "发票代码 " + (truth["invoice_code"] or ""), 27, colour)
    form.label(50, 194, "发票号码 " + (truth["invoice_number"] or ""), 29, chosen.choice((RED, colour)))
    printer = some_printer(chosen, 46)
    words = chosen.choice((("入口", "出口"), ("入口站", "出口站"), ("入口收费站", "出口收费站")))
    rows = {words[0]: truth["origin_station"], words[1]: truth["destination_station"]} | {
        "车型": rest["car"],
        "金额": rest["amount"],
        "时间": rest["when"],
        "收费员": rest["clerk"],
    }
    apart = chosen.random() < 0.5
    for n, (label, value) in enumerate(rows.items()):
        y = 262 + 50 * n
        if apart:
            form.label(50, y, label, 27, colour)
            form.fill(200, y - 2, value or "", 29, printer)
        else:
            form.fill(50, y, f"{label}{chosen.choice(('：', ':', ' '))}{value}", 29, printer)
    y = 262 + 50 * len(rows) + 30
    owner = company(chosen, chosen.choice(CITIES), "高速公路")
    truth["merchant"] = owner if chosen.random() < 0.6 else None
    if truth["merchant"]:
        form.label(50, y, "收费单位：" + owner, 23, colour)
    form.label(280, y + 44, "机打发票 手写无效 请妥善保管", 21, colour, "ma")
    form.cut_below(y + chosen.randint(100, 160))
    seal = (0.7, 0.62) if chosen.random() < 0.5 else None
    return finish(form, "toll_receipt", "slip", truth, Wear(seal, (0.6, 1.0), 420))


def _wide_toll(chosen: random.Random) -> Drawn:
    """A wide ticket: two columns of label and value."""
    truth, rest = _toll(chosen)
    form = Form(chosen, 900, 480, (246, 250, 246))
    colour = chosen.choice((BLUE, GREEN, BROWN))
    form.label(450, 26, rest["province"] + chosen.choice(TOLL_TITLES).replace("定额", ""), 34, colour, "ma", "bold")
    form.label(50, 88, "发票代码:" + (truth["invoice_code"] or ""), 25, colour)
    form.label(500, 88, "发票号码:" + (truth["invoice_number"] or ""), 27, RED)
    printer = some_printer(chosen, 26, dots=0.5)
    cells = {
        "入口站": truth["origin_station"],
        "出口站": truth["destination_station"],
        "车型": rest["car"],
        "车牌": rest["plate"],
        "金额": rest["amount"],
        "大写": capitals(int(Decimal(truth["total"] or "0") * 100)),
        "时间": rest["when"],
        "工号": rest["clerk"],
    }
    for n, (label, value) in enumerate(cells.items()):
        x, y = 50 + 500 * (n % 2), 146 + 54 * (n // 2)
        form.label(x, y, label + "：", 26, colour)
        form.fill(x + 120, y - 2, value or "", 28, printer)
    form.label(450, 380, "此票手写无效 盖章有效", 21, colour, "ma")
    form.cut_below(430)
    seal = (0.8, 0.7) if chosen.random() < 0.5 else None
    return finish(form, "toll_receipt", "wide", truth, Wear(seal, (0.55, 1.0), 520))


def _electronic_toll(chosen: random.Random) -> Drawn:
    """The electronic VAT invoice of a toll: 通行费 at its top left, the days of the ride in its row."""
    city, home = chosen.choice(CITIES), chosen.choice(CITIES)
    when = day(chosen, 2018, 2024)
    net = Decimal(chosen.randint(300, 60000)) / 100
    tax = (net * Decimal("0.03")).quantize(Decimal("0.01"), ROUND_HALF_UP)
    truth: Truth = {
        "date": when.isoformat(),
        "subtotal": f"{net:.2f}",
        "tax": f"{tax:.2f}",
        "total": f"{net + tax:.2f}",
        "currency": "CNY",
        "invoice_number": digits(chosen, 8),
        "check_code": digits(chosen, 20),
        "invoice_code": f"0{city.region[:2]}00{when.year % 100}00{chosen.choice('123')}12",
        "merchant": company(chosen, city, "高速公路"),
        "seller_tax_id": credit_code(chosen, city),
        "buyer": company(chosen, home, chosen.choice(TRADES)),
        "buyer_tax_id": credit_code(chosen, home),
    }
    form = Form(chosen, 1500, 960, (254, 254, 252))
    form.label(90, 60, "通行费", 34, BROWN)
    form.label(
        750, 46, city.province.removesuffix("省").removesuffix("市") + "增值税电子普通发票", 46, BROWN, "ma", "serif"
    )
    code = truth["check_code"] or ""
    spaced = " ".join(code[n : n + 5] for n in range(0, 20, 5))
    for n, (label, value) in enumerate(
        (
            ("发票代码：", truth["invoice_code"]),
            ("发票号码：", truth["invoice_number"]),
            ("开票日期：", when.strftime("%Y年%m月%d日")),
            ("校 验 码：", spaced),
        )
    ):
        form.label(1040, 92 + 34 * n, label, 24, BROWN)
        form.label(1170, 92 + 34 * n, value or "", 24)
    form.pen.rectangle((60, 250, 1440, 830), outline=BROWN, width=3)
    for y in (390, 640, 700):
        form.pen.line([(60, y), (1440, y)], BROWN, 2)
    for y, side in ((268, "buyer"), (716, "merchant")):
        name, number = truth[side], truth["buyer_tax_id" if side == "buyer" else "seller_tax_id"]
        form.label(120, y, "名        称：", 24, BROWN)
        form.label(290, y, name or "", 25)
        form.label(120, y + 44, "纳税人识别号：", 24, BROWN)
        form.label(290, y + 44, number or "", 25)
    heads = ("项目名称", "车牌号", "类型", "通行日期起", "通行日期止", "金额", "税率", "税额")
    places = (90, 330, 480, 590, 770, 1010, 1140, 1290)
    gone = when.strftime("%Y%m%d")
    row = (
        "*经营租赁*通行费",
        chosen.choice(CITIES).plate + digits(chosen, 5),
        "客车",
        gone,
        gone,
        f"{net:.2f}",
        "3%",
        f"{tax:.2f}",
    )
    for x, head, value in zip(places, heads, row, strict=True):
        form.label(x, 404, head, 24, BROWN)
        form.label(x, 446, value, 24)
    form.label(120, 598, "合        计", 25, BROWN)
    form.label(990, 598, f"￥{net:.2f}", 25)
    form.label(1270, 598, f"￥{tax:.2f}", 25)
    form.label(120, 656, "价税合计（大写）", 25, BROWN)
    form.label(400, 656, capitals(int((net + tax) * 100)).replace("元", "圆"), 26)
    form.label(1000, 656, f"（小写）￥{net + tax:.2f}", 26)
    form.label(90, 850, f"收款人：{person(chosen)}        复核：{person(chosen)}        开票人：{person(chosen)}", 24)
    return finish(form, "toll_receipt", "electronic", truth, Wear((0.82, 0.8), (0.7, 1.0), 1000))
