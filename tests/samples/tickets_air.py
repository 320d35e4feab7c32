"""Drawn flight itineraries (航空运输电子客票行程单): the paper form and the electronic invoice that follows it."""

from __future__ import annotations

import datetime
import random
from decimal import ROUND_HALF_UP, Decimal

from tests.samples.names_zh import CITIES, TRADES, company, credit_code, day, digits, masked_id, pairs, person
from tests.samples.ticket_forms import BLUE, BROWN, GREEN, RED, Drawn, Form, Truth, Wear, finish, some_printer

AIRPORTS = pairs(
    "北京首都/PEK 北京大兴/PKX 上海虹桥/SHA 上海浦东/PVG 广州/CAN 深圳/SZX 成都/CTU 杭州/HGH 西安/XIY 重庆/CKG "
    "昆明/KMG 厦门/XMN 南京/NKG 长沙/CSX 武汉/WUH 青岛/TAO 大连/DLC 哈尔滨/HRB 沈阳/SHE 郑州/CGO 三亚/SYX 乌鲁木齐/URC"
)
CARRIERS = pairs("国航/CA/999 东航/MU/781 南航/CZ/784 海航/HU/880 深航/ZH/479 厦航/MF/731 川航/3U/876 山航/SC/324")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def draw(seed: int) -> Drawn:
    """A flight itinerary."""
    chosen = random.Random(f"flight {seed}")
    return chosen.choice((_paper, _paper, _electronic))(chosen)


def _flight(chosen: random.Random, first: int, last: int) -> tuple[Truth, list[tuple[str, ...]], str]:
    """Fields, the rows of the table (from, carrier, flight, class, date, time, fare basis, allowance), the number."""
    legs = chosen.choice((1, 1, 2))
    stops = chosen.sample(AIRPORTS, legs + 1)
    carrier, letters, prefix = chosen.choice(CARRIERS)
    when = day(chosen, first, last)
    ticket = prefix + digits(chosen, 10)
    flights = [letters + str(chosen.randint(101, 9899)) for _ in range(legs)]
    rows: list[tuple[str, ...]] = []
    for n in range(legs):
        gone = when + datetime.timedelta(days=chosen.randint(1, 6) * n)
        month = f"{gone.day:02}{MONTHS[gone.month - 1]}"
        shown = chosen.choice((gone.isoformat(), gone.strftime("%Y年%m月%d日"), f"{gone.isoformat()}({month})", month))
        place = chosen.choice(("YBMLKQ", "Y"))[0]
        rows.append(
            (
                f"{stops[n][0]}{chosen.choice((' ', '', chr(32) * 2))}{stops[n][1]}",
                carrier,
                flights[n],
                place,
                shown,
                f"{chosen.randint(6, 22):02}{chosen.choice((':', ''))}{chosen.choice((0, 15, 25, 40, 55)):02}",
                place + chosen.choice(("", "RT", "50", "OW30")),
                "20K",
            )
        )
    rows.append((f"{stops[legs][0]} {stops[legs][1]}", "VOID" if chosen.random() < 0.5 else ""))
    truth: Truth = {
        "date": when.isoformat(),
        "currency": "CNY",
        "passenger": person(chosen),
        "origin_station": stops[0][0],
        "destination_station": stops[1][0],
        "train_number": flights[0],
    }
    return truth, rows, ticket


def _table(form: Form, rows: list[tuple[str, ...]], top: int, colour: tuple[int, int, int], latin: bool) -> int:
    """The flights: heads printed on the form, values filled in; gives where it ends."""
    heads = (
        ("承运人", "CARRIER"),
        ("航班号", "FLIGHT"),
        ("座位等级", "CLASS"),
        ("日期", "DATE"),
        ("时间", "TIME"),
        ("客票级别/客票类别", "FARE BASIS"),
        ("免费行李", "ALLOW"),
    )
    places = (360, 500, 640, 760, 1000, 1110, 1380)
    for x, (head, english) in zip(places, heads, strict=True):
        form.label(x, top, head, 22, colour)
        if latin:
            form.label(x, top + 26, english, 17, colour)
    printer = some_printer(form.chosen, 20, dots=0.4)
    top += 56
    for n, row in enumerate(rows):
        y = top + 50 * n
        form.label(60, y, "自" if n == 0 else "至", 24, colour)
        if latin:
            form.label(88, y + 5, "FROM" if n == 0 else "TO", 17, colour)
        for x, value in zip((150, *places), row, strict=False):
            form.fill(x, y, value, 25, printer)
    return top + 50 * len(rows)


def _paper(chosen: random.Random) -> Drawn:
    truth, rows, ticket = _flight(chosen, 2011, 2024)
    truth["invoice_number"] = ticket
    fare = Decimal(chosen.randint(20, 300) * 10)
    fund = Decimal(50 * (len(rows) - 1))
    fuel = Decimal(chosen.choice((0, 0, 10, 30, 60, 120)) * (len(rows) - 1))
    truth["total"] = f"{fare + fund + fuel:.2f}"
    form = Form(chosen, 1520, 760, (246, 248, 250))
    colour = chosen.choice((BLUE, BROWN, GREEN))
    latin = chosen.random() < 0.85
    form.label(760, 26, "航空运输电子客票行程单", 40, colour, "ma", "serif")
    form.label(760, 78, "ITINERARY/RECEIPT OF E-TICKET FOR AIR TRANSPORT", 20, colour, "ma")
    form.label(1040, 108, "印刷序号：", 24, colour)
    form.label(1170, 104, digits(chosen, 10) + " " + digits(chosen, 1), 30, chosen.choice((RED, colour)))
    printer = some_printer(chosen, 20, dots=0.4)
    for x, head, english, value in (
        (60, "旅客姓名", "NAME OF PASSENGER", truth["passenger"]),
        (480, "有效身份证件号码", "ID.NO.", masked_id(chosen).replace("****", digits(chosen, 4))),
        (960, "签注", "ENDORSEMENTS/RESTRICTIONS", chosen.choice(("不得签转", "Q/NONEND", "变更退票收费"))),
    ):
        form.label(x, 150, head, 22, colour)
        if latin:
            form.label(x + 24 * len(head), 154, english, 17, colour)
        form.fill(x, 186, value or "", 28, printer)
    y = _table(form, rows, 240, colour, latin) + 16
    money = (
        ("票价", "FARE", f"CNY {fare:.2f}"),
        ("民航发展基金", "CIVIL AVIATION DEVELOPMENT FUND", f"CN {fund:.2f}"),
        (
            "燃油附加费",
            "FUEL SURCHARGE",
            f"YQ {fuel:.2f}" if fuel else chosen.choice(("EXEMPT", "YQ 0.00", "EXEMPTYQ")),
        ),
        ("其他税费", "OTHER TAXES", ""),
        ("合计", "TOTAL", f"CNY {fare + fund + fuel:.2f}"),
    )
    places = (150, 390, 740, 1000, 1230)
    for x, (head, english, value) in zip(places, money, strict=True):
        form.label(x, y, head, 22, colour)
        if latin:
            form.label(x + 23 * len(head), y + 5, english, 15 if len(english) > 20 else 17, colour)
        form.fill(x, y + 30, value, 27, printer)
    y += 86
    shown = ticket if chosen.random() < 0.5 else f"{ticket[:3]}-{ticket[3:]}"
    issued = datetime.date.fromisoformat(truth["date"] or "") - datetime.timedelta(days=chosen.randint(0, 20))
    agent, issuer = f"PEK{digits(chosen, 3)},0{digits(chosen, 7)}", company(chosen, chosen.choice(CITIES), "航空服务")
    for row in (
        (
            (60, "电子客票号码", "E-TICKET NO.", shown),
            (600, "验证码", "CK.", digits(chosen, 4)),
            (900, "提示信息", "INFORMATION", ""),
            (1240, "保险费", "INSURANCE", chosen.choice(("XXX", "XXX", "20.00"))),
        ),
        (
            (60, "销售单位代号", "AGENT CODE", agent),
            (560, "填开单位", "ISSUED BY", issuer),
            (1130, "填开日期", "DATE OF ISSUE", issued.isoformat()),
        ),
    ):
        for x, head, english, value in row:
            form.label(x, y, head, 21, colour)
            if latin:
                form.label(x, y + 24, english, 15, colour)
            form.fill(x + 24 * max(len(head), 4) + 26, y, value, 24, printer)
        y += 58
    form.label(
        760, y + 4, "验真网址：WWW.TRAVELSKY.COM  服务热线：400-815-8888  短信验真：发送JP至10669018", 18, colour, "ma"
    )
    form.cut_below(y + 60)
    seal = (0.66, 0.82) if chosen.random() < 0.6 else None
    return finish(form, "flight_itinerary", "paper", truth, Wear(seal, (0.65, 1.0), 1000))


def _electronic(chosen: random.Random) -> Drawn:
    """电子发票（航空运输电子客票行程单): a 20-digit number, fare and fuel net of tax, the tax itself."""
    truth, rows, ticket = _flight(chosen, 2024, 2025)
    city = chosen.choice(CITIES)
    gross = Decimal(chosen.randint(200, 3000))
    fuel = Decimal(chosen.choice((0, 10, 20, 50)))
    net, fuel_net = ((v / Decimal("1.09")).quantize(Decimal("0.01"), ROUND_HALF_UP) for v in (gross, fuel))
    tax, fund = gross + fuel - net - fuel_net, Decimal(50 * (len(rows) - 1))
    total = gross + fuel + fund
    issued = datetime.date.fromisoformat(truth["date"] or "") + datetime.timedelta(days=chosen.randint(0, 30))
    truth |= {
        "total": f"{total:.2f}",
        "tax": f"{tax:.2f}",
        "invoice_number": f"{issued.year % 100}{city.region[:2]}7{digits(chosen, 15)}",
        "buyer": company(chosen, city, chosen.choice(TRADES)),
        "buyer_tax_id": credit_code(chosen, city),
    }
    form = Form(chosen, 1520, 840, (254, 254, 254))
    form.label(760, 30, "电子发票（航空运输电子客票行程单）", 40, RED, "ma", "serif")
    form.label(1080, 96, "发票号码：" + (truth["invoice_number"] or ""), 24)
    form.label(60, 96, "国内国际标识：国内", 24)
    form.label(600, 96, "开票状态：正常", 24)
    for x, head, value in (
        (60, "旅客姓名", truth["passenger"]),
        (480, "有效身份证件号码", masked_id(chosen)),
        (960, "签注", "不得签转"),
    ):
        form.label(x, 146, head, 22, BROWN)
        form.label(x, 180, value or "", 27)
    y = _table(form, rows, 236, BROWN, latin=False) + 14
    money = (
        ("票价", f"CNY {net:.2f}"),
        ("燃油附加费", f"CNY {fuel_net:.2f}"),
        ("增值税税率", "9%"),
        ("增值税税额", f"CNY {tax:.2f}"),
        ("民航发展基金", f"CNY {fund:.2f}"),
        ("其他税费", "0.00" if chosen.random() < 0.5 else ""),
        ("合计", f"CNY {total:.2f}"),
    )
    for n, (head, value) in enumerate(money):
        form.label(90 + 205 * n, y, head, 22, BROWN)
        form.label(90 + 205 * n, y + 34, value, 24)
    y += 92
    form.label(60, y, f"电子客票号码：{ticket}", 23)
    form.label(560, y, f"验证码：{digits(chosen, 4)}", 23)
    form.label(860, y, "提示信息：", 23)
    form.label(1240, y, "保险费：XXX", 23)
    y += 50
    form.label(60, y, f"销售网点代号：{digits(chosen, 8)}", 23)
    form.label(500, y, "填开单位：" + company(chosen, chosen.choice(CITIES), "航空服务"), 23)
    form.label(1130, y, "填开日期：" + issued.strftime("%Y年%m月%d日"), 23)
    y += 50
    form.label(60, y, "购买方名称：" + (truth["buyer"] or ""), 23)
    form.label(760, y, "统一社会信用代码/纳税人识别号：" + (truth["buyer_tax_id"] or ""), 23)
    form.cut_below(y + 80)
    seal = (0.5, 0.09) if chosen.random() < 0.7 else None
    return finish(form, "flight_itinerary", "electronic", truth, Wear(seal, (0.7, 1.0), 1050, ("oval",)))
