"""Line items of drawn VAT invoices: names, rates, and sums that come out."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from tests.samples.forms import TrueItem
from tests.samples.invented import cents, money

_SOLD = (
    ("*餐饮服务*餐费", 6),
    ("*住宿服务*住宿费", 6),
    ("*信息技术服务*软件服务费", 6),
    ("*经纪代理服务*代订机票款", 6),
    ("*现代服务*会议服务费", 6),
    ("*计算机配套产品*固态硬盘", 13),
    ("*纸制品*复印纸 A4 70g 5包/箱", 13),
    ("*汽油*95号车用汽油(VIB)", 13),
    ("*办公设备*激光打印机", 13),
    ("*橡胶制品*轮胎", 13),
    ("*运输服务*国内货物运输服务费", 9),
    ("*建筑服务*装饰工程款", 9),
    ("*水果*苹果", 9),
    ("*电信服务*宽带费", 6),
    ("*供电*电费", 13),
    ("*不动产经营租赁*房屋租金", 9),
    ("*研发和技术服务*检测费", 6),
    ("*劳务*设备维修费", 13),
    ("*日用杂品*垃圾袋加厚大号", 13),
    ("*电子计算机*联想笔记本电脑ThinkPad X1 Carbon 14英寸", 13),
    ("*印刷品*投资项目可行性分析——理论精要与案例解析（第3版）", 0),
    ("*生活服务*培训费", 3),
    ("*鉴证咨询服务*咨询费", 1),
    ("*餐饮服务*餐饮服务", 1),
)
_SPECS = ("", "", "", "无", "DSX-512G", "70g", "VIB", "HP-M1136", "20只/卷", "14寸")
_UNITS = ("", "个", "台", "箱", "升", "次", "项", "套", "度")
_TAX_FREE = ("免税", "不征税", "***")


@dataclass(frozen=True)
class Sold:
    """One row of the table, as printed."""

    name: str
    spec: str
    unit: str
    quantity: str
    price: str
    net: Decimal
    rate: str
    tax: Decimal | None
    """None where three stars stand."""

    @property
    def item(self) -> TrueItem:
        """As it should be found."""
        return TrueItem(self.name, self.quantity, self.price, f"{self.net:.2f}")


def sold(chosen: random.Random, most: int, small_seller: bool = False) -> tuple[Sold, ...]:
    """One to `most` rows: rates that differ, goods free of tax (then all are), now and then a discount."""
    free = chosen.random() < 0.14
    count = min(most, chosen.choice((1, 1, 1, 2, 3, 4, 6, 8)))
    rows: list[Sold] = []
    for name, rate in chosen.sample(_SOLD, count):
        percent = rate if not small_seller else chosen.choice((1, 3))
        quantity = Decimal(chosen.choice((1, 1, 2, 3, 10, 25))) if chosen.random() < 0.8 else money(chosen, 1, 300)
        net = money(chosen, 8, 20000)
        price = (net / quantity).quantize(Decimal(1).scaleb(-chosen.choice((2, 6, 8))))
        if chosen.random() < 0.6:
            price, net = price.quantize(Decimal("0.01")), cents(price.quantize(Decimal("0.01")) * quantity)
        label = chosen.choice(_TAX_FREE[:2]) if free else f"{percent}%"
        tax = None if free else cents(net * percent / 100)
        bare = chosen.random() < 0.18
        shown = ("", "") if bare else (f"{quantity.normalize():f}", f"{price:f}")
        rows.append(Sold(name, chosen.choice(_SPECS), chosen.choice(_UNITS), *shown, net, label, tax))
        if not bare and chosen.random() < 0.08 and len(rows) < most:
            off = -cents(net / 10)
            rows.append(Sold(name, "", "", "", "", off, label, None if tax is None else cents(off * percent / 100)))
    return tuple(rows)


def sums(rows: tuple[Sold, ...]) -> tuple[Decimal, Decimal | None, Decimal]:
    """Net, tax (None: three stars) and their sum."""
    net = sum((row.net for row in rows), Decimal(0))
    taxes = [row.tax for row in rows if row.tax is not None]
    tax = sum(taxes, Decimal(0)) if taxes else None
    return net, tax, net + (tax or Decimal(0))
