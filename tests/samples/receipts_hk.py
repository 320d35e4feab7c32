"""Drawn receipts of Hong Kong: tea restaurants and shops, in traditional characters and some English."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal

from paddlescan.document.pixels import Pixels
from tests.samples import forms
from tests.samples import invented as made
from tests.samples.forms import TrueItem, Truth

_HK_SHOPS = (
    ("金鳳茶餐廳", "Golden Phoenix Restaurant"),
    ("新記麵家", "Sun Kee Noodle Shop"),
    ("百佳利超級市場", "Parkley Supermarket"),
    ("榮華冰室", "Wing Wah Cafe"),
    ("翠景海鮮酒家", "Jade View Seafood Restaurant"),
    ("萬寧堂藥房", "Man Ning Tong Dispensary"),
)
_HK_STREETS = ("香港灣仔軒尼詩道{}號地下", "九龍旺角彌敦道{}號", "新界沙田正街{}號", "香港中環皇后大道中{}號")
_HK_GOODS = ("凍檸茶", "菠蘿油", "叉燒飯", "雲吞麵", "乾炒牛河", "絲襪奶茶", "西多士", "蒸魚飯", "例湯", "礦泉水")


def draw(seed: int) -> tuple[Pixels, Truth]:
    """One receipt; the seed decides everything."""
    chosen = random.Random(f"hong kong {seed}")
    roll = forms.Roll(chosen, chosen.choice((480, 560)))
    name, english = chosen.choice(_HK_SHOPS)
    issued = made.day(chosen, 2016)
    number = chosen.choice((made.digits(chosen, 6), f"A{made.digits(chosen, 7)}", f"INV{made.digits(chosen, 6)}"))
    roll.centre(name, 10, "bold")
    if chosen.random() < 0.6:
        roll.centre(english, 0)
    roll.centre(chosen.choice(_HK_STREETS).format(chosen.randint(1, 300)), -2)
    roll.centre(f"電話：{chosen.choice('23')}{made.digits(chosen, 3)} {made.digits(chosen, 4)}", -2)
    roll.paper.rule(26)
    label = chosen.choice(("單號", "收據號碼", "帳單號碼", "發票號碼", "Invoice No", "單據編號"))
    roll.row(f"{label}: {number}", f"檯號: {chosen.randint(1, 40)}")
    day = issued.strftime(chosen.choice(("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%Y/%m/%d")))
    roll.row(f"日期: {day}", forms.clock(chosen))
    roll.paper.rule(26)
    items, total = [], Decimal(0)
    for good in chosen.sample(_HK_GOODS, chosen.randint(2, 7)):
        count, price = chosen.choice((1, 1, 1, 2, 3)), (made.money(chosen, 8, 150) * 2).quantize(Decimal(1)) / 2
        roll.row(good, f"{price * count:.2f}", middle=str(count))
        items.append(TrueItem(good, str(count), "", f"{price * count:.2f}"))
        total += price * count
    roll.paper.rule(26)
    subtotal = None
    if chosen.random() < 0.4:
        subtotal = total
        service = (total / 10).quantize(Decimal("0.1"), ROUND_HALF_UP)
        roll.row("小計", f"{subtotal:.2f}")
        roll.row(chosen.choice(("加一服務費", "服務費 10%")), f"{service:.2f}")
        total += service
    sign = chosen.choice(("HK$", "$", "HKD ", "HK$ "))
    roll.row(chosen.choice(("總計", "合計", "總額", "總數 TOTAL", "應付金額")), f"{sign}{total:.2f}", 6, "bold")
    paid = chosen.choice(("八達通", "現金", "VISA", "支付寶"))
    if paid == "現金":
        given = (total / 100).to_integral_value(rounding="ROUND_CEILING") * 100
        roll.row("現金", f"{given:.2f}")
        roll.row(chosen.choice(("找續", "找贖")), f"{given - total:.2f}")
    else:
        roll.row(paid, f"{total:.2f}")
    roll.paper.rule(26)
    roll.centre(chosen.choice(("多謝惠顧", "多謝光臨 Thank You")))
    roll.paper.crop_below(40)
    fields = {
        "merchant": name,
        "date": issued.isoformat(),
        "total": f"{total:.2f}",
        "invoice_number": number,
        "currency": "HKD",
        "subtotal": f"{subtotal:.2f}" if subtotal is not None else None,
        "tax": None,
    }
    return forms.picture_of(roll.paper.image, chosen, on_paper=True), Truth(
        "receipt", fields, tuple(items), "hong_kong"
    )
