"""Non-tax receipts on paper: payer and payee side by side, a number behind No, the office at the foot."""

from __future__ import annotations

from paddlescan.document import TextLine
from tests.unit.extraction.drawing import line, read, values


def receipt(*lines: TextLine, title: str = "四川省非税收入一般缴款书（收据）") -> list[TextLine]:
    """A paper receipt with a total of 1536.07."""
    return [
        line(300, 20, title, height=30),
        *lines,
        line(60, 400, "金额合计（大写）"),
        line(260, 400, "壹仟伍佰叁拾陆元零柒分"),
        line(660, 400, "（小写）"),
        line(760, 400, "￥1536.07"),
        line(60, 460, "执收单位（盖章）：成都市不动产登记中心"),
    ]


def test_the_payer_is_the_left_one_and_the_office_no_payee() -> None:
    found = values(
        receipt(
            line(60, 120, "付全称"),
            line(200, 120, "成都市嘉禾电子商务有限公司"),
            line(560, 120, "收全称"),
            line(700, 120, "成都市财政局非税收入专户"),
            line(60, 80, "填制日期："),
            line(200, 80, "2022年01月13日"),
        )
    )
    assert (found["buyer"], found["merchant"]) == ("成都市嘉禾电子商务有限公司", "成都市不动产登记中心")
    assert (found["total"], found["date"], found["currency"]) == ("1536.07", "2022-01-13", "CNY")


def test_a_number_behind_no_that_is_a_line_of_its_own() -> None:
    lines = receipt(line(600, 60, "No"), line(680, 60, "4690699953"), title="四川省行政事业单位资金往来结算票据")
    found = read(lines)
    assert (found.kind, found.value("invoice_number")) == ("nontax_receipt", "4690699953")


def test_the_title_names_no_payer() -> None:
    assert "buyer" not in values(receipt())
