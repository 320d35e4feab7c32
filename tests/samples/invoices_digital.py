"""Drawn fully digital invoices (数电票): a number of 20 digits, no code, buyer and seller side by side."""

from __future__ import annotations

import random
from decimal import Decimal

from paddlescan.document.pixels import Pixels
from tests.samples import forms, goods
from tests.samples import invented as made
from tests.samples.forms import Code, Colour, Truth
from tests.samples.paper import Paper

_FORM: Colour = (150, 70, 40)
_LEFT, _RIGHT, _MIDDLE = 60, 1620, 840
_EDGES = {"name": 66, "spec": 430, "unit": 590, "quantity": 690, "price": 830, "net": 1040, "rate": 1250, "tax": 1440}
_TITLES = ("电子发票（普通发票）", "电子发票（增值税专用发票）")
_USES = ("", "", "", "旅客运输服务", "建筑服务", "不动产租赁经营服务", "成品油")


def draw(seed: int, code: Code | None = None) -> tuple[Pixels, Truth]:
    """One invoice; the seed decides everything. code: draws its square code."""
    chosen = random.Random(f"digital {seed}")
    rows = goods.sold(chosen, 8, small_seller=chosen.random() < 0.2)
    net, tax, total = goods.sums(rows)
    paper = Paper(1680, 1130, (254, 254, 253))
    buyer, seller = made.company(chosen, chosen.random() < 0.15), made.company(chosen, chosen.random() < 0.2)
    title = _TITLES[seed % 2]
    private = seed % 2 == 0 and chosen.random() < 0.2
    buyer_name = made.person(chosen) + chosen.choice(("", "（个人）")) if private else buyer.name
    buyer_id = "" if private else buyer.tax_id
    issued = made.day(chosen, 2022)
    number = f"{issued:%y}{seller.tax_id[2:4]}{made.digits(chosen, 16)}"
    forms.put_code(paper, (66, 40, 140), code, f"01,{31 + seed % 2},,{number},{total:.2f},{issued:%Y%m%d},,")
    use = chosen.choice(_USES)
    if use:
        paper.text(225, 60, use, 24)
    paper.text(840, 44, title, 50, "serif", _FORM, "ma")
    paper.text(1200, 76, "发票号码：", 26, "sans", _FORM)
    paper.text(1330, 78, number, 24)
    paper.text(1200, 122, "开票日期：", 26, "sans", _FORM)
    paper.text(1330, 124, f"{issued:%Y年%m月%d日}", 24)
    foot = _grid(paper, chosen)
    for left, word, name, number_of in (
        (_LEFT, "购买方信息", buyer_name, buyer_id),
        (_MIDDLE, "销售方信息", seller.name, seller.tax_id),
    ):
        forms.upright(paper, left + 25, 205, 335, word, 23, _FORM)
        paper.text(left + 62, 216, "名称：", 25, "sans", _FORM)
        for n, part in enumerate(forms.wrapped(name, 24, 560)):
            paper.text(left + 140, 217 + n * 30, part, 24)
        paper.text(left + 62, 290, "统一社会信用代码/纳税人识别号：", 25, "sans", _FORM)
        paper.text(left + 62 + forms.width("统一社会信用代码/纳税人识别号：", 25), 291, number_of, 24)
    _table(paper, chosen, rows)
    _foot(paper, chosen, (net, tax, total), foot)
    image = paper.image
    if chosen.random() < 0.9:
        image = forms.official_seal(image, 840, 120, 105, "全国统一发票监制章", f"{seller.province}省税务局")
    fields = {
        "merchant": seller.name,
        "seller_tax_id": seller.tax_id,
        "buyer": buyer_name,
        "buyer_tax_id": buyer_id or None,
        "invoice_code": None,
        "invoice_number": number,
        "check_code": None,
        "date": issued.isoformat(),
        "total": f"{total:.2f}",
        "subtotal": f"{net:.2f}",
        "tax": None if tax is None else f"{tax:.2f}",
        "currency": "CNY",
    }
    items = tuple(row.item for row in rows)
    layout = "digital_ordinary" if seed % 2 == 0 else "digital_special"
    return forms.picture_of(image, chosen, on_paper=False), Truth("vat_invoice", fields, items, layout)


def _grid(paper: Paper, chosen: random.Random) -> int:
    """The lines of the form; where its row of sums begins."""
    pen, foot = paper.pen, chosen.choice((760, 790))
    pen.rectangle([_LEFT, 195, _RIGHT, 1040], outline=_FORM, width=2)
    for y in (340, foot + 45, foot + 105):
        pen.line([(_LEFT, y), (_RIGHT, y)], fill=_FORM, width=2)
    for x in (_LEFT + 50, _MIDDLE, _MIDDLE + 50):
        pen.line([(x, 195), (x, 340)], fill=_FORM, width=2)
    pen.line([(420, foot + 45), (420, foot + 105)], fill=_FORM, width=2)
    pen.line([(_LEFT + 50, foot + 105), (_LEFT + 50, 1040)], fill=_FORM, width=2)
    return foot


def _table(paper: Paper, chosen: random.Random, rows: tuple[goods.Sold, ...]) -> None:
    heads = ("项目名称", "规格型号", "单位", "数量", "单价", "金额", chosen.choice(("税率/征收率", "税率")), "税额")
    places = (
        (_EDGES["name"] + 120, "ma"),
        (470, "ma"),
        (620, "ma"),
        (815, "ra"),
        (1025, "ra"),
        (1235, "ra"),
        (1345, "ma"),
        (1600, "ra"),
    )
    for (x, anchor), head in zip(places, heads, strict=True):
        spaced = head[0] + " " * 4 + head[1] if len(head) == 2 and chosen.random() < 0.3 else head
        paper.text(x, 350, spaced, 24, "sans", _FORM, anchor)
    y = 388
    for row in rows:
        name = forms.wrapped(row.name, 22, 340)
        spec = forms.wrapped(row.spec, 22, 140)
        values = (
            name[0],
            spec[0],
            row.unit,
            row.quantity,
            row.price[:14],
            f"{row.net:.2f}",
            row.rate,
            "***" if row.tax is None else f"{row.tax:.2f}",
        )
        paper.text(_EDGES["name"], y, values[0], 22)
        for (x, anchor), value in zip(places[1:], values[1:], strict=True):
            paper.text(x, y, value, 22, anchor=anchor)
        for rest in name[1:]:
            y += 28
            paper.text(_EDGES["name"], y, rest, 22)
        y += 33


def _foot(paper: Paper, chosen: random.Random, sums: tuple[Decimal, Decimal | None, Decimal], foot: int) -> None:
    net, tax, total = sums
    paper.text(180, foot, "合", 26, "sans", _FORM)
    paper.text(310, foot, "计", 26, "sans", _FORM)
    sign = chosen.choice(("¥", "￥"))
    paper.text(1235, foot + 2, f"{sign}{net:.2f}", 24, anchor="ra")
    paper.text(1600, foot + 2, "***" if tax is None else f"{sign}{tax:.2f}", 24, anchor="ra")
    paper.text(150, foot + 60, "价税合计（大写）", 25, "sans", _FORM)
    paper.text(470, foot + 58, chosen.choice(("⊗", "⊗ ")) + made.capitals(total), 26)
    paper.text(1180, foot + 60, "（小写）", 25, "sans", _FORM)
    paper.text(1290, foot + 58, f"{sign}{total:.2f}", 26)
    forms.upright(paper, _LEFT + 25, foot + 110, 1035, "备注", 25, _FORM)
    if chosen.random() < 0.5:
        bank = made.company(chosen)
        remark = (
            f"购方开户银行:{bank.bank}; 银行账号:{bank.account}; 销方开户银行:{bank.bank}; 银行账号:{bank.account};"
        )
        for n, part in enumerate(forms.wrapped(remark, 22, 1450)):
            paper.text(_LEFT + 62, foot + 118 + n * 30, part, 22)
    paper.text(130, 1060, f"开票人：{made.person(chosen)}", 25)
