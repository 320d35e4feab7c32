"""Chinese documents from line lists drawn by hand: taxi, train, VAT, non-tax, shop receipts."""

from __future__ import annotations

import pytest

from tests.unit.extraction.drawing import column, line, read, values

TAXI = [
    *column("上海市出租汽车专用发票", "发票代码131002260517", "发票号码20417786", "单位名称：上海晨曦出租汽车有限公司"),
    *(
        line(60, 300 + 40 * n, f"{label}：")
        for n, label in enumerate(("车号", "证号", "日期", "上车", "下车", "单价", "里程", "等候", "金额"))
    ),
    # the printer's paper had slipped: each value lies most of a line below its label
    line(300, 335, "沪A12345"),
    line(300, 375, "204417"),
    line(300, 415, "2025年03月09日"),
    line(300, 455, "08:14"),
    line(300, 495, "08:40"),
    line(300, 535, "2.70元"),
    line(300, 575, "9.80KM"),
    line(300, 615, "00:06:10"),
    line(300, 655, "¥38.00元"),
    line(300, 695, "￥0.00元"),
]

TRAIN = [
    line(40, 40, "E073312"),
    line(60, 80, "苏州北站", height=30),
    line(260, 82, "G7012", height=30),
    line(420, 80, "南京南站", height=30),
    line(70, 115, "Suzhoubei", height=18),
    line(430, 115, "Nanjingnan", height=18),
    line(40, 150, "2019年08月15日09:27开"),
    line(420, 150, "05车11F号"),
    line(40, 185, "￥99.5元"),
    line(420, 185, "二等座"),
    line(40, 220, "限乘当日当次车"),
    line(60, 320, "买票请到12306 发货请到95306"),
    line(40, 380, "10010300770816E073312 苏州售"),
]

VAT = [
    line(380, 20, "江苏增值税电子普通发票", height=30),
    line(760, 30, "发票代码：032001900111"),
    line(760, 60, "发票号码：55443322"),
    line(760, 90, "开票日期：2021年06月18日"),
    line(60, 140, "购买方"),
    line(100, 140, "名"),
    line(160, 140, "称：南京星河软件有限公司"),
    line(100, 170, "纳税人识别号：91320100MA1ABCDE85"),
    line(60, 260, "货物或应税劳务、服务名称"),
    line(700, 260, "金额"),
    line(860, 260, "税额"),
    line(60, 300, "*餐饮服务*餐费"),
    line(700, 300, "200.00"),
    line(860, 300, "12.00"),
    line(100, 420, "合"),
    line(200, 420, "计"),
    line(690, 420, "￥200.00"),
    line(850, 420, "￥12.00"),
    line(60, 460, "价税合计（大写）"),
    line(300, 460, "贰佰壹拾贰圆整"),
    line(690, 460, "（小写）￥212.00"),
    line(60, 520, "销售方"),
    line(100, 520, "名"),
    line(160, 520, "称：苏州古巷餐饮管理有限公司"),
    line(100, 550, "纳税人识别号：91320500MA9HGFED2U"),
    line(60, 640, "收款人：王五"),
]

NONTAX = [
    *column(("票据代码：32010121", "票据号码：0098765432"), ("交款人：南京星河软件有限公司", "开票日期：2024-05-06")),
    line(40, 200, "项目名称"),
    line(40, 240, "考试报名费"),
    line(400, 240, "150.00"),
    line(40, 400, "金额合计（大写）壹佰伍拾元整"),
    line(400, 400, "（小写）150.00"),
    line(40, 460, "收款单位（章）：南京市人力资源考试中心"),
    line(400, 20, "财政部监制"),
]


def test_a_taxi_receipt_whose_values_slipped() -> None:
    found = values(TAXI)
    assert (found["date"], found["total"], found["currency"]) == ("2025-03-09", "38.00", "CNY")
    assert (found["invoice_code"], found["invoice_number"]) == ("131002260517", "20417786")
    assert found["merchant"] == "上海晨曦出租汽车有限公司"
    assert read(TAXI).kind == "taxi_receipt"


def test_a_train_ticket() -> None:
    found = values(TRAIN)
    assert (found["origin_station"], found["destination_station"], found["train_number"]) == (
        "苏州北",
        "南京南",
        "G7012",
    )
    assert (found["date"], found["total"], found["invoice_number"]) == ("2019-08-15", "99.50", "E073312")
    assert read(TRAIN).kind == "train_ticket"
    assert "merchant" not in found


def test_a_vat_invoice() -> None:
    found = values(VAT)
    assert (found["merchant"], found["buyer"]) == ("苏州古巷餐饮管理有限公司", "南京星河软件有限公司")
    assert (found["seller_tax_id"], found["buyer_tax_id"]) == ("91320500MA9HGFED2U", "91320100MA1ABCDE85")
    assert (found["subtotal"], found["tax"], found["total"]) == ("200.00", "12.00", "212.00")
    assert (found["invoice_code"], found["invoice_number"], found["date"]) == ("032001900111", "55443322", "2021-06-18")


def test_a_label_whose_colon_was_read_as_a_low_line() -> None:
    spoilt = [m for m in VAT if m.text not in ("名", "称：南京星河软件有限公司", "称：苏州古巷餐饮管理有限公司")]
    spoilt += [line(100, 140, "名称_"), line(240, 140, "南京星河软件有限公司")]
    spoilt += [line(100, 520, "名称__"), line(240, 520, "苏州古巷餐饮管理有限公司")]
    found = values(spoilt)
    assert (found["merchant"], found["buyer"]) == ("苏州古巷餐饮管理有限公司", "南京星河软件有限公司")


def test_a_vat_invoice_passes_both_sums() -> None:
    receipt = read(VAT)
    assert [c.detail for c in receipt.checks if not c.passed] == []
    assert {c.name for c in receipt.checks} == {
        "net_plus_tax_is_total",
        "amount_in_capitals_is_total",
        "seller_tax_id_check_digit",
        "buyer_tax_id_check_digit",
        "invoice_number_is_well_formed",
        "invoice_code_is_well_formed",
        "invoice_code_fits_date",
        "date_is_possible",
        "currency_fits_country",
        "kind_is_known",
    }
    assert (receipt.kind, receipt.language) == ("vat_invoice", "zh")


def test_capitals_that_say_something_else_make_the_total_doubtful() -> None:
    spoilt = [line(300, 460, "贰佰壹拾玖圆整") if "贰佰" in m.text else m for m in VAT]
    receipt = read(spoilt)
    assert {c.name: c.passed for c in receipt.checks}["amount_in_capitals_is_total"] is False
    total = receipt.field("total")
    assert total is not None
    assert total.doubtful
    assert {"212.00", "219.00"} <= {total.value, *total.candidates}


def test_a_fully_digital_invoice_has_its_parties_side_by_side_and_no_code() -> None:
    digital = [
        line(400, 20, "电子发票（普通发票）", height=30),
        line(760, 30, "发票号码：24322000000123456789"),
        line(760, 60, "开票日期：2024年02月29日"),
        line(60, 140, "名称：南京星河软件有限公司"),
        line(520, 140, "名称：无锡湖滨酒店有限公司"),
        line(60, 170, "统一社会信用代码/纳税人识别号：91320100MA1ABCDE85"),
        line(620, 170, "统一社会信用代码/纳税人识别号：91320200MA9HGFED2C"),
        line(60, 300, "*住宿服务*住宿费"),
        line(690, 420, "￥471.70"),
        line(850, 420, "￥28.30"),
        line(60, 460, "价税合计（大写） 伍佰圆整"),
        line(690, 460, "（小写）￥500.00"),
    ]
    found = values(digital)
    assert (found["merchant"], found["buyer"]) == ("无锡湖滨酒店有限公司", "南京星河软件有限公司")
    assert (found["invoice_number"], found["total"], found["tax"]) == ("24322000000123456789", "500.00", "28.30")
    assert "invoice_code" not in found


def test_a_non_tax_receipt() -> None:
    found = values(NONTAX)
    assert (found["merchant"], found["buyer"]) == ("南京市人力资源考试中心", "南京星河软件有限公司")
    assert (found["total"], found["date"]) == ("150.00", "2024-05-06")
    assert (found["invoice_code"], found["invoice_number"]) == ("32010121", "0098765432")
    assert read(NONTAX).kind == "nontax_receipt"


def test_a_shop_receipt() -> None:
    shop = column(
        "好邻居便利店",
        "单号：HL20230518007",
        "时间：2023-05-18 19:42:10",
        ("矿泉水", "2.00"),
        ("面包", "6.50"),
        ("总额：", "8.50"),
        ("实收：", "10.00"),
        ("找零：", "1.50"),
        "收银员：小李",
        "谢谢光临",
    )
    found = values(shop)
    assert (found["merchant"], found["date"], found["total"]) == ("好邻居便利店", "2023-05-18", "8.50")
    assert (found["currency"], found["invoice_number"]) == ("CNY", "HL20230518007")


@pytest.mark.parametrize(("year", "doubtful"), [("2025", False), ("2029", True)])
def test_a_year_that_cannot_be_is_doubtful(year: str, doubtful: bool) -> None:
    drawn = [line(300, 415, f"{year}年03月09日") if "年" in m.text else m for m in TAXI if "代码" not in m.text]
    date = read(drawn).field("date")
    assert date is not None
    assert date.doubtful is doubtful
    assert date.value < "2026-12"
