"""Drawn VAT invoices on rolls (卷票): 57 or 76 mm wide, printed by a till."""

from __future__ import annotations

import random
from decimal import Decimal

from paddlescan.document.pixels import Pixels
from tests.samples import forms, goods
from tests.samples import invented as made
from tests.samples.forms import Truth
from tests.samples.paper import Paper


def draw_roll(chosen: random.Random) -> tuple[Pixels, Truth]:
    """One roll invoice; only amounts with tax in them are printed."""
    wide = chosen.random() < 0.4
    paper = Paper(620 if wide else 480, 1700)
    size = 28 if wide else 24
    ink = forms.faint(chosen)
    buyer, seller = made.company(chosen), made.company(chosen, chosen.random() < 0.3)
    number, issued = made.digits(chosen, 8), made.day(chosen)
    code = made.invoice_code(chosen, seller.city, issued, "roll")
    check = made.digits(chosen, 20)
    rows = goods.sold(chosen, 3)
    whole = [made.cents(row.net * (1 + Decimal(row.rate[:-1] if row.tax is not None else 0) / 100)) for row in rows]
    total = sum(whole, Decimal(0))
    form = (170, 70, 60)
    paper.text(paper.width / 2, 30, f"{seller.province}增值税普通发票（卷票）", size + 2, "bold", form, "ma")
    paper.text(paper.width / 2, 84, "发 票 联", size + 6, "serif", form, "ma")
    paper.top = 150

    def row(label: str, value: str) -> None:
        """A label and its value; what does not fit goes on in the next line."""
        for part in forms.wrapped(label + value, size, paper.width - 60):
            paper.text(30, paper.top, part, size, "sans", ink)
            paper.top += round(size * 1.42)

    row("发票代码：", code)
    row("发票号码：", number)
    paper.rule(30)
    row("机打号码：", number)
    row("机器编号：", made.digits(chosen, 12))
    row("销售方名称：", seller.name)
    row("纳税人识别号：", seller.tax_id)
    row("开票日期：", issued.strftime(chosen.choice(("%Y-%m-%d", "%Y年%m月%d日"))))
    row("收款员：", made.person(chosen))
    with_id = chosen.random() < 0.8
    row("购买方名称：", buyer.name)
    row("纳税人识别号：", buyer.tax_id if with_id else "")
    paper.rule(30)
    paths = (30, paper.width * 0.42, paper.width * 0.66, paper.width - 30)
    for x, head, anchor in zip(paths, ("项目", "单价", "数量", "金额"), ("la", "la", "la", "ra"), strict=True):
        paper.text(x, paper.top, head, size, "sans", ink, anchor)
    paper.top += round(size * 1.4)
    items = []
    for one, amount in zip(rows, whole, strict=True):
        count = Decimal(one.quantity or 1)
        price = f"{made.cents(amount / count):.2f}"
        for part in forms.wrapped(one.name, size, paper.width - 60):
            paper.text(30, paper.top, part, size, "sans", ink)
            paper.top += round(size * 1.35)
        for x, value, anchor in zip(
            paths[1:], (price, f"{count.normalize():f}", f"{amount:.2f}"), ("la", "la", "ra"), strict=True
        ):
            paper.text(x, paper.top, value, size, "sans", ink, anchor)
        paper.top += round(size * 1.4)
        items.append(forms.TrueItem(one.name, f"{count.normalize():f}", price, f"{amount:.2f}"))
    paper.rule(30)
    row("合计金额（小写）：", f"￥{total:.2f}")
    row("合计金额（大写）：", made.capitals(total))
    row("校验码：", check)
    paper.crop_below(60)
    image = paper.image
    if chosen.random() < 0.7:
        image = forms.official_seal(image, paper.width // 2, 110, 95, "全国统一发票监制章", "国家税务总局")
    if chosen.random() < 0.6:
        image = forms.company_seal(image, chosen, paper.width - 150, image.height - 160, 100, seller.name)
    fields = {
        "merchant": seller.name,
        "seller_tax_id": seller.tax_id,
        "buyer": buyer.name,
        "buyer_tax_id": buyer.tax_id if with_id else None,
        "invoice_code": code,
        "invoice_number": number,
        "check_code": check,
        "date": issued.isoformat(),
        "total": f"{total:.2f}",
        "subtotal": None,
        "tax": None,
        "currency": "CNY",
    }
    return forms.picture_of(image, chosen, on_paper=True), Truth("vat_invoice", fields, tuple(items), "vat_roll")
