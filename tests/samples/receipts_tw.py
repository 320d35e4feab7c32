"""Drawn receipts of Taiwan: 電子發票證明聯, 統一發票 of tills and in triplicate."""

from __future__ import annotations

import datetime
import random
from decimal import ROUND_HALF_UP, Decimal

from paddlescan.document.pixels import Pixels
from tests.samples import forms
from tests.samples import invented as made
from tests.samples.forms import TrueItem, Truth
from tests.samples.paper import INK, Paper

_TW_SHOPS = (
    "全佳便利商店股份有限公司",
    "好鄰居超商",
    "大潤福流通事業股份有限公司",
    "鼎香餐飲有限公司",
    "誠品文具行",
    "台北一零一書店股份有限公司",
)
_TW_GOODS = (
    "茶葉蛋",
    "美式咖啡(大)",
    "雞腿便當",
    "御飯糰鮪魚",
    "鮮乳 936ml",
    "影印紙A4",
    "原子筆",
    "珍珠奶茶",
    "牛肉麵",
    "購物袋",
)
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def draw(seed: int) -> tuple[Pixels, Truth]:
    """One receipt; the seed decides everything."""
    chosen = random.Random(f"taiwan {seed}")
    return (_electronic, _till, _electronic, _triplicate)[seed % 4](chosen)


def _number(chosen: random.Random, joint: str) -> str:
    return "".join(chosen.choices(_LETTERS, k=2)) + joint + made.digits(chosen, 8)


def _months(issued: datetime.date) -> str:
    first = issued.month - (issued.month + 1) % 2
    return f"{issued.year - 1911}年{first:02d}-{first + 1:02d}月"


def _taiwan_goods(chosen: random.Random, roll: forms.Roll) -> tuple[list[TrueItem], Decimal]:
    items, total = [], Decimal(0)
    for good in chosen.sample(_TW_GOODS, chosen.randint(1, 6)):
        count, price = chosen.choice((1, 1, 2, 3)), made.money(chosen, 10, 500).quantize(Decimal(1))
        roll.row(
            f"{good}",
            f"{price * count}TX" if chosen.random() < 0.5 else f"{price * count}",
            middle=f"{price} x {count}",
        )
        items.append(TrueItem(good, str(count), f"{price}", f"{price * count}"))
        total += price * count
    return items, total


def _electronic(chosen: random.Random) -> tuple[Pixels, Truth]:
    """電子發票證明聯, 57 mm wide, now and then with its details below."""
    roll = forms.Roll(chosen, 456)
    shop, seller, buyer = chosen.choice(_TW_SHOPS), made.taiwan_id(chosen), made.taiwan_id(chosen)
    issued, number = made.day(chosen, 2015), _number(chosen, "-")
    business = chosen.random() < 0.35
    roll.centre(shop, 4 if len(shop) < 12 else 0, "bold")
    roll.centre(chosen.choice(("電子發票證明聯", "電子發票證明聯", "電子發票證明聯補印")), 12)
    roll.centre(_months(issued), 16, "bold")
    roll.centre(number, 18, "bold")
    roll.row(f"{issued:%Y-%m-%d} {forms.clock(chosen)}:{chosen.randint(0, 59):02d}" + ("  格式 25" if business else ""))
    code_row = roll.paper.top
    roll.paper.top += roll.size * 3
    details = forms.Roll(chosen, 456)
    details.paper.top = 20
    items, total = _taiwan_goods(chosen, details)
    roll.paper.top = code_row
    roll.row(f"隨機碼:{made.digits(chosen, 4)}", f"總計:{total:,}" if chosen.random() < 0.5 else f"總計 ${total}")
    roll.row(f"賣方{chosen.choice(('', ':', ' '))}{seller}", f"買方{buyer}" if business else "")
    roll.paper.top += 40 + 150 + 20  # the bar code and the two square codes
    roll.row(f"店號:{made.digits(chosen, 6)}", f"機:{chosen.randint(1, 9):02d} 序:{made.digits(chosen, 6)}", -3)
    roll.row("退貨請持電子發票證明聯正本辦理", "", -4)
    net = (Decimal(total) / Decimal("1.05")).quantize(Decimal(1), ROUND_HALF_UP)
    if business or chosen.random() < 0.4:
        roll.paper.rule(26)
        roll.centre("交易明細")
        top = roll.paper.top
        roll.paper.image.paste(details.paper.image.crop((0, 20, 456, details.paper.top)), (0, top))
        roll.paper.top += details.paper.top - 20
        if business:
            roll.row("銷售額(應稅)", f"{net}")
            roll.row("稅額", f"{total - net}")
        roll.row("合計", f"${total}")
    else:
        items = []
    roll.paper.crop_below(40)
    fields = {
        "merchant": shop,
        "date": issued.isoformat(),
        "total": f"{total:.2f}",
        "invoice_number": number,
        "currency": "TWD",
        "seller_tax_id": seller,
        "buyer_tax_id": buyer if business else None,
        "subtotal": f"{net:.2f}" if business else None,
        "tax": f"{total - net:.2f}" if business else None,
    }
    return forms.picture_of(roll.paper.image, chosen, on_paper=True), Truth(
        "receipt", fields, tuple(items), "taiwan_electronic"
    )


def _till(chosen: random.Random) -> tuple[Pixels, Truth]:
    """A till's 統一發票, with dates of the Republic."""
    roll = forms.Roll(chosen, 470)
    shop, seller = chosen.choice(_TW_SHOPS), made.taiwan_id(chosen)
    issued, number = made.day(chosen, 2014), _number(chosen, chosen.choice(("", "-", " ")))
    first = issued.month - (issued.month + 1) % 2
    roll.centre(f"中華民國{issued.year - 1911}年{first}、{first + 1}月份", -2)
    roll.centre("統一發票（收銀機）", 4)
    roll.centre("收執聯", 0)
    roll.centre(number, 10, "bold")
    roll.row(shop)
    roll.row(f"統一編號：{seller}")
    roll.row(f"台北市中山區中山北路{chosen.randint(1, 300)}號", "", -2)
    roll.row(
        f"{issued.year - 1911}/{issued.month:02d}/{issued.day:02d}"
        if chosen.random() < 0.4
        else f"{issued.year - 1911}年{issued.month:02d}月{issued.day:02d}日",
        forms.clock(chosen),
    )
    roll.paper.rule(26)
    items, total = _taiwan_goods(chosen, roll)
    roll.paper.rule(26)
    roll.row(chosen.choice(("合計", "總計", "應收金額")), f"{chosen.choice(('NT$', '$', ''))}{total}", 4, "bold")
    given = (Decimal(total) / 500).to_integral_value(rounding="ROUND_CEILING") * 500
    roll.row("現金", f"{given}")
    roll.row("找零", f"{given - total}")
    roll.centre("謝謝惠顧")
    roll.paper.crop_below(40)
    fields = {
        "merchant": shop,
        "date": issued.isoformat(),
        "total": f"{total:.2f}",
        "invoice_number": number.replace(" ", ""),
        "currency": "TWD",
        "seller_tax_id": seller,
        "tax": None,
    }
    return forms.picture_of(roll.paper.image, chosen, on_paper=True), Truth(
        "receipt", fields, tuple(items), "taiwan_till"
    )


def _triplicate(chosen: random.Random) -> tuple[Pixels, Truth]:
    """統一發票（三聯式）: a form with buyer, net, tax, total and the total in words."""
    paper, green, ink = Paper(1360, 900, (250, 250, 244)), (40, 100, 80), forms.faint(chosen)
    shop, seller, buyer_id = (
        chosen.choice([s for s in _TW_SHOPS if "公司" in s]),
        made.taiwan_id(chosen),
        made.taiwan_id(chosen),
    )
    buyer = chosen.choice(("宏遠科技股份有限公司", "台灣星河軟體有限公司", "大同貿易有限公司"))
    issued, number = made.day(chosen, 2014), _number(chosen, "")
    year = issued.year - 1911
    paper.text(680, 30, "統 一 發 票 （三 聯 式）", 42, "serif", green, "ma")
    paper.text(100, 40, number, 40, "serif", (200, 50, 50))
    paper.text(680, 96, f"中華民國 {year} 年 {issued.month} 月 {issued.day} 日", 28, "sans", ink, "ma")
    for n, (label, said) in enumerate(
        (("買 受 人：", buyer), ("統一編號：", buyer_id), ("地 址：", "台北市信義區市府路1號"))
    ):
        paper.text(90, 140 + n * 44, label, 28, "sans", green)
        paper.text(250, 140 + n * 44, said, 28, "sans", ink)
    pen = paper.pen
    pen.rectangle([80, 280, 1280, 780], outline=green, width=2)
    for y in (330, 560, 612, 664, 716):
        pen.line([(80, y), (1280, y)], fill=green, width=2)
    places = (100, 640, 800, 1020)
    for x, head in zip(places, ("品　名", "數量", "單價", "金額"), strict=True):
        paper.text(x, 288, head, 27, "sans", green)
    items, net, top = [], Decimal(0), 340
    for good in chosen.sample(_TW_GOODS, chosen.randint(1, 4)):
        count, price = chosen.choice((1, 2, 5, 10)), made.money(chosen, 20, 3000).quantize(Decimal(1))
        for x, value in zip(places, (good, str(count), f"{price}", f"{price * count}"), strict=True):
            paper.text(x, top, value, 27, "sans", ink)
        items.append(TrueItem(good, str(count), f"{price}", f"{price * count}"))
        net, top = net + price * count, top + 48
    tax = (net * 5 / 100).quantize(Decimal(1), ROUND_HALF_UP)
    total = net + tax
    for n, (label, figure) in enumerate(
        (("銷 售 額 合 計", net), ("營業稅 應稅 V 零稅率 免稅", tax), ("總　　　　計", total))
    ):
        paper.text(100, 567 + n * 52, label, 27, "sans", green)
        paper.text(1020, 567 + n * 52, f"{figure:,}" if chosen.random() < 0.5 else f"{figure}", 28, "sans", ink)
    words = made.capitals(total, "元").replace("万", "萬").replace("贰", "貳").replace("陆", "陸").replace("叁", "參")
    paper.text(100, 724, "總計新臺幣（中文大寫）", 27, "sans", green)
    paper.text(440, 724, words, 28, "sans", ink)
    paper.text(120, 800, f"營業人：{shop}", 26, "sans", INK)
    paper.text(120, 842, f"統一編號：{seller}", 26, "sans", INK)
    image = forms.company_seal(paper.image, chosen, 1080, 790, 95, shop) if chosen.random() < 0.7 else paper.image
    fields = {
        "merchant": shop,
        "date": issued.isoformat(),
        "total": f"{total:.2f}",
        "subtotal": f"{net:.2f}",
        "tax": f"{tax:.2f}",
        "invoice_number": number,
        "currency": "TWD",
        "seller_tax_id": seller,
        "buyer": buyer,
        "buyer_tax_id": buyer_id,
    }
    return forms.picture_of(image, chosen, on_paper=True), Truth("receipt", fields, tuple(items), "taiwan_triplicate")
