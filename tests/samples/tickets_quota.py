"""Drawn quota invoices (定额发票): a fixed amount in formal numerals, a code, a number, and no date."""

from __future__ import annotations

import random

from tests.samples.names_zh import CITIES, capitals, day, digits, invoice_code
from tests.samples.ticket_forms import BLUE, BROWN, GREEN, RED, Drawn, Form, Truth, Wear, finish

AMOUNTS = (1, 2, 5, 10, 20, 20, 50, 50, 100, 100, 200)
TITLES = (
    "{place}国家税务局通用定额发票",
    "国家税务总局{place}税务局通用定额发票",
    "{place}地方税务局通用定额发票",
    "{place}服务业定额发票",
    "{place}停车收费定额发票",
    "{place}餐饮业定额发票",
)


def draw(seed: int) -> Drawn:
    """A quota invoice."""
    chosen = random.Random(f"quota {seed}")
    city, when, amount = chosen.choice(CITIES), day(chosen, 2010, 2024), chosen.choice(AMOUNTS)
    truth: Truth = {
        "total": f"{amount}.00",
        "currency": "CNY",
        "invoice_code": invoice_code(chosen, city, when, "0" + chosen.choice("012") + "1" + chosen.choice("123")),
        "invoice_number": digits(chosen, 8),
        "date": None,
        "tax": None,
    }
    return chosen.choice((_lying, _standing))(chosen, truth, amount, chosen.choice((city.name, city.province)))


def _amount(form: Form, x: float, y: float, amount: int, size: int, colour: tuple[int, int, int], figure: bool) -> None:
    spelt = capitals(amount * 100)
    form.label(x, y, form.chosen.choice(("", "人民币", "金额：")) + spelt, size, colour, "ma", "serif")
    if figure:
        form.label(
            x, y + size * 1.5, f"￥{amount}.00" + form.chosen.choice(("", "元")), round(size * 0.8), colour, "ma"
        )


def _lying(chosen: random.Random, truth: Truth, amount: int, place: str) -> Drawn:
    form = Form(chosen, 1040, 560, chosen.choice(((250, 249, 246), (248, 238, 236), (238, 246, 240))))
    colour = chosen.choice((BROWN, BLUE, GREEN, RED))
    form.label(520, 34, chosen.choice(TITLES).format(place=place), 40, colour, "ma", "serif")
    form.spread(420, 96, 200, "发票联", 34, colour, "serif")
    gap = chosen.choice((" ", "：", ""))
    form.label(80, 156, f"发票代码{gap}{truth['invoice_code']}", 30, colour)
    form.label(80, 206, f"发票号码{gap}{truth['invoice_number']}", 33, chosen.choice((RED, colour)), style="bold")
    if chosen.random() < 0.5:
        form.label(640, 160, "密码", 28, colour)
        form.pen.rectangle((720, 156, 960, 196), fill=(150, 150, 154))
    _amount(form, 520, 270, amount, 52, colour, chosen.random() < 0.5)
    form.label(80, 420, "付款单位（个人）：", 26, colour)
    form.label(80, 466, "收款单位（盖章有效）：", 26, colour)
    form.label(640, 466, chosen.choice(("开票日期：    年    月    日", "    年    月    日", "开票人：")), 26, colour)
    if chosen.random() < 0.4:
        form.label(
            520,
            514,
            "兑奖区刮开后撕下无效  有效期至2026年12月31日" if chosen.random() < 0.3 else "本发票限于当年使用 逾期作废",
            20,
            colour,
            "ma",
        )
    return finish(form, "quota_invoice", "lying", truth, Wear((0.42, 0.8), (0.5, 1.0), 520))


def _standing(chosen: random.Random, truth: Truth, amount: int, place: str) -> Drawn:
    form = Form(chosen, 620, 900, (250, 248, 244))
    colour = chosen.choice((BROWN, BLUE, GREEN))
    title = chosen.choice(TITLES).format(place=place)
    if len(title) > 13:
        form.label(310, 40, title[:-6], 36, colour, "ma", "serif")
        form.label(310, 92, title[-6:], 36, colour, "ma", "serif")
    else:
        form.label(310, 60, title, 38, colour, "ma", "serif")
    form.spread(210, 150, 200, "发票联", 32, colour, "serif")
    form.label(60, 214, f"发票代码 {truth['invoice_code']}", 30, colour)
    form.label(60, 262, f"发票号码 {truth['invoice_number']}", 32, chosen.choice((RED, colour)), style="bold")
    _amount(form, 310, 380, amount, 56, colour, chosen.random() < 0.6)
    form.label(60, 560, "收款单位：（盖章）", 26, colour)
    form.label(60, 610, "日期：", 26, colour)
    form.label(310, 700, chosen.choice(("手写涂改无效", "撕毁、涂改、无发票专用章无效")), 21, colour, "ma")
    form.cut_below(780)
    return finish(form, "quota_invoice", "standing", truth, Wear((0.55, 0.76), (0.5, 1.0), 420))
