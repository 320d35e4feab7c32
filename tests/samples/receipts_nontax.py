"""Drawn Chinese non-tax receipts (财政票据): electronic and paper ones of offices, hospitals, schools, charities."""

from __future__ import annotations

import random
from decimal import Decimal

from paddlescan.document.pixels import Pixels
from tests.samples import forms
from tests.samples import invented as made
from tests.samples.forms import TrueItem, Truth
from tests.samples.paper import INK, Paper

_OFFICES = {
    "office": (
        "{}市人力资源考试中心",
        "{}市公安局交通警察支队",
        "{}市不动产登记中心",
        "{}市住房和城乡建设局",
        "国家知识产权局专利局",
        "{}市中级人民法院",
    ),
    "medical": ("{}市第一人民医院", "{}大学附属协和医院", "{}市妇幼保健院", "{}市中医院"),
    "school": ("{}大学", "{}职业技术学院", "{}市第二中学", "{}外国语学校"),
    "gift": ("{}市慈善总会", "{}市红十字会", "{}教育发展基金会"),
}
_TITLES = {
    "office": ("{}省非税收入统一票据（电子）", "中央非税收入统一票据（电子）", "{}省非税收入通用票据（电子）"),
    "medical": ("{}省医疗门诊收费票据（电子）", "{}省医疗住院收费票据（电子）"),
    "school": ("{}省教育收费票据（电子）", "{}省行政事业单位资金往来结算票据（电子）"),
    "gift": ("公益事业捐赠统一票据（电子）", "{}省公益事业捐赠统一票据（电子）"),
}
_ITEMS = {
    "office": (
        "考试报名费",
        "不动产登记费",
        "机动车号牌工本费",
        "实用新型专利第2年年费",
        "案件受理费",
        "防空地下室易地建设费",
    ),
    "medical": ("西药费", "检查费", "化验费", "诊察费", "中成药费", "卫生材料费", "治疗费"),
    "school": ("学费", "住宿费", "会议费", "往来款", "代收教材费"),
    "gift": ("定向捐赠", "非定向捐赠", "助学项目捐赠款"),
}


def draw(seed: int) -> tuple[Pixels, Truth]:
    """One receipt; the seed decides everything. Two in three are electronic."""
    chosen = random.Random(f"nontax {seed}")
    return _paper(chosen) if seed % 3 == 2 else _electronic(chosen)


def _rows(chosen: random.Random, sort: str, most: int) -> tuple[tuple[str, int, Decimal], ...]:
    """Names with how many and what one costs."""
    names = chosen.sample(_ITEMS[sort], min(most, len(_ITEMS[sort]), chosen.choice((1, 1, 2, 3, 5))))
    return tuple((name, chosen.choice((1, 1, 1, 2, 4)), made.money(chosen, 5, 900)) for name in names)


def _electronic(chosen: random.Random) -> tuple[Pixels, Truth]:
    sort = chosen.choice(sorted(_OFFICES))
    payer = made.company(chosen)
    office = chosen.choice(_OFFICES[sort]).format(payer.city)
    private = sort == "medical" or chosen.random() < 0.2
    payer_name = made.person(chosen) if private else payer.name
    issued, check = made.day(chosen, 2019), "".join(chosen.choices("0123456789abcdef", k=6))
    code, number = made.digits(chosen, 8), made.digits(chosen, 10)
    paper = Paper(1680, 1010, (254, 254, 252))
    blue = chosen.choice(((30, 30, 34), (40, 60, 120), (150, 60, 50)))
    paper.text(840, 36, chosen.choice(_TITLES[sort]).format(payer.province), 42, "serif", blue, "ma")
    payer_id = "" if private else payer.tax_id
    colon = chosen.choice(("：", ":"))
    for n, (left, right) in enumerate(
        (
            (f"票据代码{colon}{code}", f"票据号码{colon}{number}"),
            (f"交款人统一社会信用代码{colon}{payer_id}", f"校验码{colon}{check}"),
            (f"交款人{colon}{payer_name}", f"开票日期{colon}{issued.isoformat()}"),
        )
    ):
        paper.text(175, 126 + n * 42, left, 26)
        paper.text(1010, 126 + n * 42, right, 26)
    pen = paper.pen
    pen.rectangle([160, 258, 1520, 905], outline=blue, width=2)
    for y in (300, 615, 660):
        pen.line([(160, y), (1520, y)], fill=blue, width=2)
    for x, head in zip(
        (175, 430, 715, 835, 955, 1085, 1345),
        ("项目编码", "项目名称", "单位", "数量", "标准", "金额（元）", "备注"),
        strict=True,
    ):
        paper.text(x, 264, head, 26, colour=blue)
    total, items, y = Decimal(0), [], 306
    for name, count, price in _rows(chosen, sort, 6):
        amount = price * count
        for x, value in (
            (172, made.digits(chosen, 12)),
            (420, name),
            (722, "元"),
            (840, str(count)),
            (950, f"{price:.2f}"),
        ):
            paper.text(x, y, value, 24)
        paper.text(1250, y, f"{amount:,.2f}" if chosen.random() < 0.2 else f"{amount:.2f}", 24, anchor="ra")
        total, y = total + amount, y + 34
        items.append(TrueItem(name, str(count), f"{price:.2f}", f"{amount:.2f}"))
    paper.text(185, 622, f"金额合计（大写）{made.capitals(total, '元')}", 26)
    paper.text(940, 622, f"（小写）{total:.2f}", 26)
    forms.upright(paper, 190, 670, 895, "其他信息", 24, blue)
    for n, line in enumerate(_remarks(chosen, sort)):
        paper.text(235, 672 + n * 34, line, 23)
    paper.text(175, 920, f"收款单位（章）：{office}", 26)
    for x, word in ((850, "复核人："), (1140, "收款人：")):
        paper.text(x, 920, word + made.person(chosen), 26)
    image = paper.image
    if chosen.random() < 0.8:
        image = forms.official_seal(image, 800, 80, 110, "财政票据监制章", f"{payer.province}省财政厅")
    if chosen.random() < 0.8:
        image = forms.company_seal(image, chosen, 480, 900, 100, office)
    fields = {
        "merchant": office,
        "buyer": payer_name,
        "buyer_tax_id": payer_id or None,
        "invoice_code": code,
        "invoice_number": number,
        "check_code": check,
        "date": issued.isoformat(),
        "total": f"{total:.2f}",
        "subtotal": None,
        "tax": None,
        "currency": "CNY",
    }
    picture = forms.picture_of(image, chosen, on_paper=False)
    return picture, Truth("nontax_receipt", fields, tuple(items), f"nontax_{sort}")


def _remarks(chosen: random.Random, sort: str) -> tuple[str, ...]:
    if sort == "medical":
        paid = made.money(chosen, 5, 300)
        return (
            f"业务流水号：{made.digits(chosen, 12)}  门诊号：{made.digits(chosen, 9)}  就诊日期：2026-01-02",
            f"医疗机构类型：综合医院  医保类型：职工基本医疗保险  性别：{chosen.choice('男女')}",
            f"医保统筹基金支付：{paid:.2f}  个人账户支付：0.00  个人现金支付：{paid + 3:.2f}  个人自费：0.00",
        )
    return (f"缴费方式:网上支付_订单号:{made.digits(chosen, 18)}", f"执收单位编码：{made.digits(chosen, 9)}")


def _paper(chosen: random.Random) -> tuple[Pixels, Truth]:
    """A pre-printed receipt filled in by a printer: office and date at the foot or head, number in red."""
    sort = chosen.choice(("office", "school", "gift"))
    payer = made.company(chosen)
    office = chosen.choice(_OFFICES[sort]).format(payer.city)
    issued, number = made.day(chosen, 2015), made.digits(chosen, 10)
    code = made.digits(chosen, 8) if chosen.random() < 0.5 else None
    paper = Paper(1680, 920, (250, 248, 244))
    green, ink = chosen.choice(((50, 110, 90), (150, 70, 50), (60, 70, 140))), forms.faint(chosen)
    title = chosen.choice(
        ("{}省非税收入一般缴款书（收据）", "{}省行政事业性收费专用票据", "{}省行政事业单位资金往来结算票据")
    )
    paper.text(840, 40, title.format(payer.province), 46, "serif", green, "ma")
    book = "缴款书" in title
    paper.text(1230, 110, "票据号码：" if chosen.random() < 0.5 else "No ", 28, "sans", green)
    paper.text(1390, 106, number, 32, "serif", (200, 50, 50))
    if code:
        paper.text(150, 110, f"票据代码：{code}", 26, "sans", ink)
    y, m, d = f"{issued:%Y}", f"{issued.month:02d}", f"{issued.day:02d}"
    paper.text(150, 156, "填制日期：" if book else "日期：", 26, "sans", green)
    paper.text(300, 156, f"{y} 年 {m} 月 {d} 日", 26, "sans", ink)
    pen = paper.pen
    pen.rectangle([130, 200, 1550, 800], outline=green, width=2)
    if book:
        paper.text(700, 156, f"执收单位编码：{made.digits(chosen, 6)}", 26, "sans", ink)
        for left, word, name in ((140, "付款人", payer.name), (850, "收款人", f"{payer.city}市财政局非税收入专户")):
            forms.upright(paper, left + 16, 205, 325, word, 26, green)
            for n, (label, value) in enumerate(
                (("全    称", name), ("账    号", made.digits(chosen, 16)), ("开户银行", payer.bank))
            ):
                paper.text(left + 50, 210 + n * 40, label, 25, "sans", green)
                paper.text(left + 170, 210 + n * 40 + chosen.randint(-3, 5), value, 25, "sans", ink)
        pen.line([(840, 200), (840, 330)], fill=green, width=2)
        heads = ("项目编码", "收入项目名称", "单位", "数量", "收缴标准", "金额")
    else:
        paper.text(150, 240, f"{chosen.choice(('交款单位或个人', '缴款单位或个人', '交款人'))}：", 26, "sans", green)
        paper.text(400, 240, payer.name, 26, "sans", ink)
        heads = ("项目编码", "收费项目", "单位", "数量", "收费标准", "金额（元）")
    for line in (330, 375, 640, 690):
        pen.line([(130, line), (1550, line)], fill=green, width=2)
    places = (150, 420, 760, 880, 1040, 1330)
    for x, head in zip(places, heads, strict=True):
        paper.text(x, 338, head, 25, "sans", green)
    total, items, top = Decimal(0), [], 384
    for name, count, price in _rows(chosen, sort, 4):
        amount = price * count
        for x, value in zip(
            places, (made.digits(chosen, 6), name, "元", str(count), f"{price:.2f}", f"{amount:.2f}"), strict=True
        ):
            paper.text(x, top, value, 25, "sans", ink)
        total, top = total + amount, top + 40
        items.append(TrueItem(name, str(count), f"{price:.2f}", f"{amount:.2f}"))
    paper.text(150, 650, chosen.choice(("金额合计（大写）", "合计人民币（大写）")), 26, "sans", green)
    paper.text(430, 650, made.capitals(total, "元"), 27, "sans", ink)
    paper.text(1130, 650, "（小写）", 26, "sans", green)
    paper.text(1250, 650, f"￥{total:.2f}", 27, "sans", ink)
    label = (
        "执收单位（盖章）："
        if book
        else chosen.choice(("收款单位（公章）：", "收费单位（章）：", "收款单位（盖章）："))
    )
    paper.text(150, 820, label, 26, "sans", green)
    paper.text(160 + forms.width(label, 26), 820, office, 26, "sans", ink)
    paper.text(1150, 820, f"经办人：{made.person(chosen)}", 26, "sans", ink if book else INK)
    image = forms.company_seal(paper.image, chosen, 560, 780, 105, office)
    fields = {
        "merchant": office,
        "buyer": payer.name,
        "buyer_tax_id": None,
        "invoice_code": code,
        "invoice_number": number,
        "check_code": None,
        "date": issued.isoformat(),
        "total": f"{total:.2f}",
        "subtotal": None,
        "tax": None,
        "currency": "CNY",
    }
    picture = forms.picture_of(image, chosen, on_paper=True)
    return picture, Truth("nontax_receipt", fields, tuple(items), "nontax_paper")
