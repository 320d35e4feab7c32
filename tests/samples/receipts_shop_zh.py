"""Drawn Chinese till receipts (小票): supermarkets, restaurants, shops; slips of bank terminals (签购单)."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from paddlescan.document.pixels import Pixels
from tests.samples import forms
from tests.samples import invented as made
from tests.samples.forms import TrueItem, Truth
from tests.samples.paper import Paper

_SHOPS = {
    "market": ("{}华联超市{}店", "永惠超市（{}店）", "{}万家生活超市", "好邻居便利店（{}店）", "鲜丰水果{}店"),
    "food": ("清风小馆（{}店）", "{}老灶火锅", "外婆厨房·{}店", "兰州牛肉面馆", "望湖楼饭店", "茶语时光（{}店）"),
    "shop": ("多彩文具店", "{}新华书店", "康健大药房{}店", "顺达五金建材", "一鸣数码"),
}
_PLACES = ("望湖路", "滨江", "城东", "科技园", "人民路", "大学城")
_GOODS = {
    "market": (
        "农夫山泉550ml",
        "伊利纯牛奶250ml*16",
        "金龙鱼调和油5L",
        "心相印抽纸",
        "红富士苹果",
        "鸡蛋 散装",
        "海天生抽500ml",
        "乐事薯片原味",
        "洁柔卷纸",
        "塑料袋(大)",
    ),
    "food": (
        "酸菜鱼",
        "宫保鸡丁",
        "米饭",
        "番茄炒蛋",
        "小酥肉",
        "青岛啤酒",
        "拍黄瓜",
        "毛血旺(大份)",
        "酸梅汤",
        "招牌奶茶(中杯)",
    ),
    "shop": (
        "A4复印纸",
        "中性笔0.5mm",
        "订书机",
        "文件夹",
        "U盘 32G",
        "网线2米",
        "感冒灵颗粒10袋",
        "五号电池4节",
        "线性代数(第六版)",
    ),
}
_PAID = ("微信支付", "支付宝", "现金", "银行卡", "储值卡")


def draw(seed: int) -> tuple[Pixels, Truth]:
    """One receipt; the seed decides everything. One in four is a terminal's slip."""
    chosen = random.Random(f"shop {seed}")
    return _slip(chosen) if seed % 4 == 3 else _receipt(chosen, ("market", "food", "shop")[seed % 4])


def _receipt(chosen: random.Random, sort: str) -> tuple[Pixels, Truth]:
    paper = Paper(chosen.choice((464, 560, 640)), 3000)
    size = chosen.choice((22, 24, 26)) if paper.width > 500 else chosen.choice((20, 22))
    ink = forms.faint(chosen)
    name = chosen.choice(_SHOPS[sort]).format(chosen.choice(_PLACES), chosen.choice("一二三"))

    def centre(text: str, height: int, style: str = "sans") -> None:
        paper.text(paper.width / 2, paper.top, text, height, style, ink, "ma")
        paper.top += round(height * 1.45)

    def row(left: str, right: str = "", height: int = size, style: str = "sans") -> None:
        paper.text(28, paper.top, left, height, style, ink)
        if right:
            paper.text(paper.width - 28, paper.top, right, height, style, ink, "ra")
        paper.top += round(height * 1.45)

    centre(name, size + chosen.choice((4, 8, 12)), chosen.choice(("bold", "sans")))
    if chosen.random() < 0.6:
        centre(
            chosen.choice(
                {"food": ("结账单", "预结单", "消费清单", "点菜单"), "market": ("购物小票", "欢迎光临")}.get(
                    sort, ("销售小票", "购物凭证")
                )
            ),
            size + 2,
        )
    issued = made.day(chosen, 2015)
    at = f"{chosen.randint(8, 21):02d}:{chosen.randint(0, 59):02d}:{chosen.randint(0, 59):02d}"
    number = chosen.choice(
        (
            f"{issued:%Y%m%d}{made.digits(chosen, 6)}",
            made.digits(chosen, 8),
            f"XS{issued:%y%m%d}{made.digits(chosen, 4)}",
        )
    )
    label = chosen.choice(("单号", "小票号", "流水号", "单据号", "账单号"))
    colon = chosen.choice(("：", ":"))
    row(f"{label}{colon}{number}")
    if sort == "food":
        row(f"桌号{colon}{chosen.choice('ABC')}{chosen.randint(1, 30)}", f"人数{colon}{chosen.randint(1, 9)}")
    row(
        f"收银员{colon}{chosen.choice(('001', '1005', made.person(chosen)))}", f"机号{colon}{chosen.randint(1, 12):02d}"
    )
    if chosen.random() < 0.5:
        day = issued.strftime(chosen.choice(("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")))
        row(f"{chosen.choice(('日期', '时间', '交易时间', '结账时间'))}{colon}{day} {at}")
    else:
        row(issued.strftime("%Y-%m-%d"), at)
    paper.rule(28)
    items, total = _goods(paper, chosen, sort, size, row)
    paper.rule(28)
    off = made.money(chosen, 1, 5) if chosen.random() < 0.3 and total > 20 else Decimal(0)
    paid = total - off
    count = sum(Decimal(item.quantity) for item in items if "." not in item.quantity)
    if chosen.random() < 0.5:
        row(f"{chosen.choice(('总数', '件数', '数量'))}{colon}{count}")
    if off:
        row(f"{chosen.choice(('合计', '小计', '消费金额', '原价合计'))}{colon}", f"{total:.2f}")
        row(f"优惠{colon}", f"-{off:.2f}")
        row(f"{chosen.choice(('应收', '实付', '应付金额', '折后总额'))}{colon}", f"{paid:.2f}", size + 4, "bold")
    else:
        sign = chosen.choice(("", "￥", "¥"))
        word = chosen.choice(("合计", "总计", "总额", "应收", "应付", "应收金额", "消费合计"))
        if chosen.random() < 0.5:
            row(f"{word}{colon}{sign}{paid:.2f}", "", size + 4, "bold")
        else:
            row(word, f"{sign}{paid:.2f}", size + 4, "bold")
    how = chosen.choice(_PAID)
    if how == "现金":
        given = (paid / 50).to_integral_value(rounding="ROUND_CEILING") * 50
        row(f"实收{colon}{given:.2f}", f"找零{colon}{given - paid:.2f}")
    else:
        row(f"{how}{colon}", f"{paid:.2f}")
        if how == "储值卡":
            row(f"卡余额{colon}", f"{made.money(chosen, 20, 900):.2f}")
    paper.rule(28)
    if chosen.random() < 0.7:
        row(f"电话{colon}0571-8{made.digits(chosen, 7)}")
    if chosen.random() < 0.7:
        for part in forms.wrapped(f"地址{colon}杭州市西湖区望湖路{chosen.randint(1, 400)}号", size, paper.width - 56):
            row(part)
    centre(chosen.choice(("谢谢惠顾，欢迎再次光临", "多谢惠顾！", "请保留小票，凭此开具发票")), size)
    paper.crop_below(50)
    fields = {
        "merchant": name,
        "date": issued.isoformat(),
        "total": f"{paid:.2f}",
        "invoice_number": number,
        "currency": "CNY",
        "tax": None,
    }
    picture = forms.picture_of(paper.image, chosen, on_paper=True)
    return picture, Truth("receipt", fields, tuple(items), f"shop_{sort}")


def _goods(
    paper: Paper, chosen: random.Random, sort: str, size: int, row: Callable[..., None]
) -> tuple[list[TrueItem], Decimal]:
    """The table: name, quantity, price and amount in a row, or the name above the figures."""
    below = chosen.random() < 0.45
    edges = (28, paper.width * 0.6, paper.width * 0.78, paper.width - 28)
    heads = (
        chosen.choice(("品名", "商品名称", "名称", "菜品")),
        "数量",
        "单价",
        chosen.choice(("金额", "小计", "金额")),
    )
    for x, head, anchor in zip(edges, heads, ("la", "ra", "ra", "ra"), strict=True):
        paper.text(x, paper.top, head, size, "sans", forms.faint(chosen), anchor)
    paper.top += round(size * 1.45)
    items, total = [], Decimal(0)
    for name in chosen.sample(_GOODS[sort], chosen.randint(2, 8)):
        quantity = Decimal(chosen.choice(("1", "1", "1", "2", "3", "0.586" if sort == "market" else "1")))
        price = made.money(chosen, 2, 120)
        amount = made.cents(price * quantity)
        values = (f"{quantity}", f"{price:.2f}", f"{amount:.2f}")
        rows = forms.wrapped(name, size, paper.width - 60 if below else edges[1] - 80)
        if below:
            for part in rows:
                row(part)
            if chosen.random() < 0.4:
                paper.text(28, paper.top, f"69{made.digits(chosen, 11)}", size - 3)
        else:
            for n, part in enumerate(rows):
                paper.text(28, paper.top + n * round(size * 1.4), part, size)
        for x, value in zip(edges[1:], values, strict=True):
            paper.text(x, paper.top, value, size, anchor="ra")
        paper.top += round(size * 1.45) * (1 if below else len(rows))
        items.append(TrueItem(name, *values))
        total += amount
    return items, total


def _slip(chosen: random.Random) -> tuple[Pixels, Truth]:
    """What a bank terminal prints."""
    paper = Paper(464, 1800)
    ink, size = forms.faint(chosen), 22
    who = made.company(chosen)
    name = chosen.choice(
        (who.name, f"{who.city}市{chosen.choice(('望湖楼饭店', '惠民超市', '德胜大药房', '如意酒店'))}")
    )
    issued, total = made.day(chosen, 2014), made.money(chosen, 8, 5000)
    at = f"{chosen.randint(8, 21):02d}:{chosen.randint(0, 59):02d}:{chosen.randint(0, 59):02d}"
    english = chosen.random() < 0.5
    reference = made.digits(chosen, 12)

    def row(label: str, gloss: str, value: str, height: int = size) -> None:
        words = f"{label}({gloss})：" if english and gloss else f"{label}："
        for part in forms.wrapped(words + value, height, paper.width - 40):
            paper.text(20, paper.top, part, height, "sans", ink)
            paper.top += round(height * 1.4)

    for text, height in (
        (chosen.choice(("银联商务", "中国银联", "拉卡拉", "通联支付")), 34),
        (chosen.choice(("POS签购单", "签购单", "消费凭证")), 30),
    ):
        paper.text(paper.width / 2, paper.top, text, height, "bold", ink, "ma")
        paper.top += round(height * 1.4)
    paper.text(
        paper.width - 20, paper.top, chosen.choice(("持卡人存根", "商户存根", "CARDHOLDER COPY")), 20, "sans", ink, "ra"
    )
    paper.top += 36
    row("商户名称", "MERCHANT NAME", name)
    row("商户编号", "MERCHANT NO", made.digits(chosen, 15))
    row("终端编号", "TERMINAL NO", made.digits(chosen, 8))
    row("操作员号", "OPERATOR NO", "01")
    paper.rule(20)
    row("发卡行", "ISSUER", chosen.choice(("工商银行", "招商银行", "建设银行")))
    row("卡号", "CARD NO", f"62{made.digits(chosen, 4)}******{made.digits(chosen, 4)}")
    row("交易类型", "TRANS TYPE", chosen.choice(("消费/SALE", "消费")), 24)
    row("批次号", "BATCH NO", made.digits(chosen, 6))
    row("凭证号", "VOUCHER NO", made.digits(chosen, 6))
    row("授权码", "AUTH NO", made.digits(chosen, 6))
    row("参考号", "REFER NO", reference)
    row("日期/时间", "DATE/TIME", f"{issued:{chosen.choice(('%Y/%m/%d', '%Y-%m-%d'))}} {at}")
    row(
        "金额", "AMOUNT", chosen.choice((f"RMB {total:.2f}", f"RMB{total:.2f}", f"￥{total:.2f}", f"{total:.2f}元")), 28
    )
    paper.rule(20)
    row("备注", "REFERENCE", "")
    row("持卡人签名", "CARDHOLDER SIGNATURE", "")
    paper.top += 70
    for part in forms.wrapped("本人确认以上交易，同意将其记入本卡账户", 20, 420):
        paper.text(20, paper.top, part, 20, "sans", ink)
        paper.top += 28
    paper.crop_below(40)
    fields = {
        "merchant": name,
        "date": issued.isoformat(),
        "total": f"{total:.2f}",
        "invoice_number": reference,
        "currency": "CNY",
        "tax": None,
    }
    picture = forms.picture_of(paper.image, chosen, on_paper=True)
    return picture, Truth("receipt", fields, (), "slip")
