"""Drawn VAT invoices of the old kinds: special, ordinary, electronic (a sheet of 240 x 140 mm), and rolls."""

from __future__ import annotations

import random
from decimal import Decimal

from paddlescan.document.pixels import Pixels
from tests.samples import forms, goods
from tests.samples import invented as made
from tests.samples.forms import Code, Colour, Truth
from tests.samples.paper import INK, Paper

_FORM_COLOURS: tuple[Colour, ...] = ((150, 84, 40), (176, 70, 50), (60, 110, 90), (70, 80, 150))
_LEFT, _RIGHT = 110, 1810
_SORTS = ("special", "ordinary", "electronic", "electronic", "roll")
_EDGES = {"name": 110, "spec": 500, "unit": 690, "quantity": 790, "price": 930, "net": 1130, "rate": 1400, "tax": 1500}


def draw(seed: int, code: Code | None = None) -> tuple[Pixels, Truth]:
    """One invoice; the seed decides everything. code: draws the square code of an electronic one."""
    chosen = random.Random(f"vat {seed}")
    sort = _SORTS[seed % len(_SORTS)]
    if sort == "roll":
        from tests.samples import invoices_roll

        return invoices_roll.draw_roll(chosen)
    paper = Paper(1920, 1120, (253, 252, 249))
    form = chosen.choice(_FORM_COLOURS)
    buyer, seller = made.company(chosen, chosen.random() < 0.15), made.company(chosen, chosen.random() < 0.2)
    number, issued = made.digits(chosen, 8), made.day(chosen)
    invoice_code = made.invoice_code(chosen, seller.city, issued, sort)
    check = made.digits(chosen, 20) if sort != "special" else None
    rows = goods.sold(chosen, 8)
    net, tax, total = goods.sums(rows)
    ink = INK if sort == "electronic" else forms.faint(chosen)
    text = f"01,10,{invoice_code},{number},{net:.2f},{issued:%Y%m%d},{check or ''},"
    title = {"special": "增值税专用发票", "ordinary": "增值税普通发票", "electronic": "增值税电子普通发票"}[sort]
    paper.text(960, 36, seller.province + title, 58, "serif", form, "ma")
    head = (invoice_code, number, f"{issued:%Y年%m月%d日}", check)
    if sort == "electronic":
        _electronic_head(paper, chosen, form, head)
        forms.put_code(paper, (130, 60, 150), code, text)
    else:
        _printed_head(paper, chosen, form, head, ink)
    _grid(paper, form)
    slip = (chosen.randint(-8, 14), chosen.randint(-9, 9)) if sort != "electronic" else (0, 0)
    _party(paper, form, ink, buyer, 258, "购买方", slip)
    _party(paper, form, ink, seller, 884, "销售方", slip)
    _password(paper, chosen, form, ink)
    _table(paper, chosen, form, ink, rows, slip)
    _foot(paper, chosen, form, ink, (net, tax, total), slip)
    image = paper.image
    if chosen.random() < 0.85:
        image = forms.official_seal(image, 960, 130, 120, "全国统一发票监制章", f"{seller.province}省税务局")
    if chosen.random() < 0.8:
        image = forms.company_seal(image, chosen, chosen.choice((560, 1200, 1480, 1480)), 980, 120, seller.name)
    fields = {
        "merchant": seller.name,
        "seller_tax_id": seller.tax_id,
        "buyer": buyer.name,
        "buyer_tax_id": buyer.tax_id,
        "invoice_code": invoice_code,
        "invoice_number": number,
        "check_code": check,
        "date": issued.isoformat(),
        "total": f"{total:.2f}",
        "subtotal": f"{net:.2f}",
        "tax": None if tax is None else f"{tax:.2f}",
        "currency": "CNY",
    }
    picture = forms.picture_of(image, chosen, on_paper=sort != "electronic")
    return picture, Truth("vat_invoice", fields, tuple(row.item for row in rows), f"vat_{sort}")


def _electronic_head(paper: Paper, chosen: random.Random, form: Colour, head: tuple[str, str, str, str | None]) -> None:
    code, number, day, check = head
    spaced = " ".join((check or "")[n : n + 5] for n in range(0, 20, 5))
    for n, (label, value) in enumerate(
        (("发票代码：", code), ("发票号码：", number), ("开票日期：", day), ("校 验 码：", spaced))
    ):
        paper.text(1370, 52 + n * 46, label + value, 26)
    paper.text(120, 212, f"机器编号：{made.digits(chosen, 12)}", 26)


def _printed_head(
    paper: Paper, chosen: random.Random, form: Colour, head: tuple[str, str, str, str | None], ink: Colour
) -> None:
    code, number, day, check = head
    paper.text(330, 60, code, 52, "serif", INK)
    paper.text(1330, 66, "No", 40, "serif", form)
    paper.text(1400, 58, number, 52, "serif", (60, 70, 140))
    paper.text(1650, 62, code, 26, "sans", ink)
    paper.text(1650, 100, number, 26, "sans", ink)
    if check:
        spaced = " ".join(check[n : n + 5] for n in range(0, 20, 5))
        paper.text(330, 130, f"校验码 {spaced}", 28, "sans", ink)
    elif chosen.random() < 0.6:
        paper.text(120, 190, f"机器编号：{made.digits(chosen, 12)}", 24, "sans", ink)
    paper.text(1360, 190, "开票日期：", 28, "sans", form)
    paper.text(1510, 190 + chosen.randint(-6, 6), day, 28, "sans", ink)
    side = chosen.choice(
        ("第三联：发票联 购买方记账凭证", "第二联：发票联 购买方记账凭证", "第二联：抵扣联 购买方扣税凭证")
    )
    forms.upright(paper, 1860, 250, 1000, side, 24, form)


def _grid(paper: Paper, form: Colour) -> None:
    pen = paper.pen
    pen.rectangle([_LEFT, 250, _RIGHT, 1045], outline=form, width=3)
    for y in (430, 770, 820, 875):
        pen.line([(_LEFT, y), (_RIGHT, y)], fill=form, width=2)
    for x, top, bottom in ((160, 250, 430), (1010, 250, 430), (1060, 250, 430), (160, 875, 1045), (1010, 875, 1045)):
        pen.line([(x, top), (x, bottom)], fill=form, width=2)
    pen.line([(1060, 875), (1060, 1045)], fill=form, width=2)
    for edge in list(_EDGES.values())[1:]:
        pen.line([(edge, 430), (edge, 770)], fill=form, width=2)


def _party(
    paper: Paper, form: Colour, ink: Colour, who: made.Company, top: int, word: str, slip: tuple[int, int]
) -> None:
    forms.upright(paper, 135, top, top + 160, word, 28, form)
    right, down = slip
    values = (who.name, who.tax_id, f"{who.address} {who.phone}", who.bank + who.account)
    for n, (label, value) in enumerate(
        zip(("名称", "纳税人识别号", "地址、电话", "开户行及账号"), values, strict=True)
    ):
        y = top + 2 + n * 41
        forms.spread(paper, 172, 380, y, label, 26, form)
        paper.text(384, y, "：", 26, "sans", form)
        size = 28 if n < 2 else 24
        while forms.width(value, size) > 600:
            size -= 1
        paper.text(412 + right, y + down, value, size, "serif" if n == 1 else "sans", ink)


def _password(paper: Paper, chosen: random.Random, form: Colour, ink: Colour) -> None:
    forms.upright(paper, 1035, 258, 424, "密码区", 28, form)
    for n in range(4):
        paper.text(1090, 262 + n * 41, "".join(chosen.choices("0123456789+-*/<>", k=28)), 34, "serif", ink)


def _table(
    paper: Paper,
    chosen: random.Random,
    form: Colour,
    ink: Colour,
    rows: tuple[goods.Sold, ...],
    slip: tuple[int, int],
) -> None:
    edges = {**_EDGES, "end": _RIGHT}
    heads = (
        chosen.choice(("货物或应税劳务、服务名称", "项目名称", "货物或应税劳务名称")),
        "规格型号",
        "单位",
        "数量",
        "单价",
        "金额",
        "税率",
        "税额",
    )
    names = list(edges)
    for n, head in enumerate(heads):
        left, right = edges[names[n]], edges[names[n + 1]]
        if head in ("金额", "税额", "数量", "单价") and chosen.random() < 0.5:
            forms.spread(paper, left + (right - left) * 0.22, right - (right - left) * 0.22, 438, head, 26, form)
        else:
            paper.text((left + right) / 2, 438, head, 26, "sans", form, "ma")
    names_in_rows = [forms.wrapped(row.name, 26, 370) for row in rows]
    down = min(36.0, 284 / sum(len(name) for name in names_in_rows))
    y, size = 478.0 + slip[1], round(min(26, down - 4))
    for row, name in zip(rows, names_in_rows, strict=True):
        for x, value, anchor in (
            (118, name[0], "la"),
            (510, row.spec, "la"),
            (740, row.unit, "ma"),
            (922, row.quantity, "ra"),
            (1122, row.price[:12], "ra"),
            (1390, f"{row.net:.2f}", "ra"),
            (1450, row.rate, "ma"),
            (1796, "***" if row.tax is None else f"{row.tax:.2f}", "ra"),
        ):
            paper.text(x, y, value, size, "sans", ink, anchor)
        for rest in name[1:]:
            y += down
            paper.text(118, y, rest, size, "sans", ink)
        y += down


def _foot(
    paper: Paper,
    chosen: random.Random,
    form: Colour,
    ink: Colour,
    sums: tuple[Decimal, Decimal | None, Decimal],
    slip: tuple[int, int],
) -> None:
    net, tax, total = sums
    sign = chosen.choice(("￥", "¥"))
    y = 776 + slip[1]
    forms.spread(paper, 210, 400, 778, "合计", 28, form)
    paper.text(1390, y, f"{sign}{net:.2f}", 28, "sans", ink, "ra")
    paper.text(1796, y, "***" if tax is None else f"{sign}{tax:.2f}", 28, "sans", ink, "ra")
    paper.text(180, 830, "价税合计（大写）", 28, "sans", form)
    paper.text(560, 830 + slip[1], "⊗" + made.capitals(total, chosen.choice("圆圆元")), 30, "sans", ink)
    paper.text(1330, 830, "（小写）", 28, "sans", form)
    paper.text(1470, 830 + slip[1], f"{sign}{total:.2f}", 30, "sans", ink)
    forms.upright(paper, 1035, 885, 1035, "备注", 28, form)
    if chosen.random() < 0.6:
        remark = chosen.choice(("订单号：", "合同编号：HT-", "房号1208 入住日期 2026-01-02 ", "车牌号：浙A"))
        for n, part in enumerate(forms.wrapped(remark + made.digits(chosen, 12), 24, 700)):
            paper.text(1080, 890 + n * 34, part, 24, "sans", ink)
    names = [made.person(chosen) for _ in range(3)]
    for x, label, name in zip((130, 620, 1010), ("收款人：", "复核：", "开票人："), names, strict=True):
        paper.text(x, 1056, label + name, 26, "sans", form)
    paper.text(1430, 1056, "销售方：（章）", 26, "sans", form)
