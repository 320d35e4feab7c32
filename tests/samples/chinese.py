"""Drawn Chinese receipts, invoices and tickets: invented companies, honest sums."""

from __future__ import annotations

from tests.samples.paper import RED, Paper


def restaurant() -> tuple[Paper, dict[str, str | None]]:
    paper = Paper(620, 1200)
    paper.centre("清风小馆（望湖店）", 34, "bold")
    paper.centre("杭州市西湖区望湖路18号", 23)
    paper.rule()
    paper.row("单号：QF20260311027", "桌号：12", 24)
    paper.row("日期：2026年03月11日", "12:36", 24)
    paper.rule()
    for name, amount in (("龙井虾仁", "68.00"), ("东坡肉", "58.00"), ("片儿川 x2", "36.00"), ("米饭 x3", "9.00")):
        paper.row(name, amount, 26)
    paper.rule()
    paper.row("合计", "￥171.00", 34, "bold")
    paper.row("微信支付", "171.00", 25)
    paper.rule()
    paper.centre("谢谢惠顾，欢迎再次光临", 24)
    paper.crop_below()
    return paper, {
        "merchant": "清风小馆（望湖店）",
        "date": "2026-03-11",
        "total": "171.00",
        "currency": "CNY",
    }


def taxi() -> tuple[Paper, dict[str, str | None]]:
    paper = Paper(520, 1300)
    paper.centre("深圳市出租汽车统一发票", 30, "bold")
    paper.centre("发 票 联", 34, "bold")
    paper.row("发票代码", "144032600219", 26)
    paper.row("发票号码", "07315528", 26)
    paper.rule()
    for label, value in (
        ("车号", "BD52K81"),
        ("证号", "9000163847"),
        ("日期", "2026年04月09日"),
        ("上车", "18:12"),
        ("下车", "18:41"),
        ("单价", "2.70元"),
        ("里程", "11.60KM"),
        ("等候", "00:04:18"),
        ("金额", "￥41.30元"),
    ):
        paper.row(label, value, 27)
    paper.rule()
    paper.row("手写无效", "", 22)
    paper.crop_below(120)
    return paper, {
        "date": "2026-04-09",
        "total": "41.30",
        "invoice_code": "144032600219",
        "invoice_number": "07315528",
        "currency": "CNY",
    }


def train() -> tuple[Paper, dict[str, str | None]]:
    paper = Paper(1000, 620, (226, 238, 246))
    paper.text(50, 40, "K058213", 40, "sans", RED)
    paper.text(950, 46, "检票：A7", 32, anchor="ra")
    paper.text(90, 120, "杭州东站", 50, "bold")
    paper.text(500, 126, "G7352", 44, anchor="ma")
    paper.text(910, 120, "宁波站", 50, "bold", anchor="ra")
    paper.pen.line([(390, 190), (610, 190)], fill=(60, 60, 60), width=3)
    paper.text(90, 210, "Hangzhoudong", 28)
    paper.text(910, 210, "Ningbo", 28, anchor="ra")
    paper.text(70, 280, "2026年05月06日 08:15开", 36)
    paper.text(930, 280, "05车12F号", 36, anchor="ra")
    paper.text(70, 340, "￥71.0元", 36)
    paper.text(930, 340, "二等座", 36, anchor="ra")
    paper.text(70, 400, "限乘当日当次车", 32)
    paper.text(70, 460, "3301021990****0013 林晓", 32)
    paper.text(70, 540, "28463100580507K058213 杭州东售", 28)
    return paper, {
        "date": "2026-05-06",
        "total": "71.00",
        "currency": "CNY",
        "origin_station": "杭州东",
        "destination_station": "宁波",
        "train_number": "G7352",
        "invoice_number": "K058213",
    }


def vat_invoice() -> tuple[Paper, dict[str, str | None]]:
    """An ordinary electronic VAT invoice; its red seal goes over the seller's block."""
    paper = Paper(1400, 900, (253, 252, 249))
    brown = (150, 84, 40)
    pen = paper.pen
    paper.text(700, 40, "浙江增值税电子普通发票", 44, "serif", brown, "ma")
    for n, (label, value) in enumerate(
        (
            ("发票代码：", "033002600111"),
            ("发票号码：", "58213407"),
            ("开票日期：", "2026年06月08日"),
            ("校 验 码：", "70316 52948 11067 28354"),
        )
    ):
        paper.text(1000, 96 + n * 34, label + value, 24)
    pen.rectangle([60, 250, 1340, 790], outline=brown, width=3)
    for y in (370, 600, 660):
        pen.line([(60, y), (1340, y)], fill=brown, width=2)
    paper.text(90, 270, "名    称：北京晴川科技有限公司", 26)
    paper.text(90, 315, "纳税人识别号：91110108MA01K3QX0U", 26)
    for x, head in ((90, "项目名称"), (560, "数量"), (700, "单价"), (900, "金额"), (1080, "税率"), (1320, "税额")):
        paper.text(x, 385, head, 24, colour=brown, anchor="ra" if x == 1320 else "la")
    paper.text(90, 430, "*餐饮服务*餐费", 26)
    for x, value in ((570, "1"), (690, "400.00"), (890, "400.00"), (1085, "6%")):
        paper.text(x, 430, value, 26)
    paper.text(1320, 430, "24.00", 26, anchor="ra")
    paper.text(90, 555, "合    计", 26)
    paper.text(890, 555, "￥400.00", 26)
    paper.text(1320, 555, "￥24.00", 26, anchor="ra")
    paper.text(90, 615, "价税合计（大写）  肆佰贰拾肆圆整", 26)
    paper.text(1320, 615, "（小写）￥424.00", 26, anchor="ra")
    paper.text(90, 680, "名    称：杭州云栖餐饮管理有限公司", 26)
    paper.text(90, 720, "纳税人识别号：91330106MA2B19WL6T", 26)
    paper.text(90, 820, "收款人：陈露      复核：周宁      开票人：吴桐", 24)
    return paper, {
        "merchant": "杭州云栖餐饮管理有限公司",
        "date": "2026-06-08",
        "total": "424.00",
        "subtotal": "400.00",
        "tax": "24.00",
        "currency": "CNY",
        "invoice_code": "033002600111",
        "invoice_number": "58213407",
        "seller_tax_id": "91330106MA2B19WL6T",
        "buyer": "北京晴川科技有限公司",
    }
