"""Buyer and seller: by words beside them, over several rows, and where their labels were not read."""

from __future__ import annotations

import pytest

from paddlescan.document import TextLine
from tests.unit.extraction.drawing import column, line, read, values

HEAD = [
    line(400, 20, "浙江增值税普通发票", height=30),
    line(40, 40, "033021900104"),
    line(800, 60, "开票日期：2021年06月18日"),
    line(40, 500, "价税合计（大写）"),
    line(400, 500, "（小写）￥212.00"),
]


def test_a_roll_names_the_seller_first() -> None:
    found = values(
        column(
            "浙江增值税普通发票（卷票）",
            "销售方名称：杭州云栖餐饮管理有限公司",
            "纳税人识别号：91330106MA2B19WL0R",
            "开票日期：2021-06-18",
            "购买方名称：北京晴川科技有限公司",
            "纳税人识别号：91110108MA01K3QX5T",
            "合计金额（小写）：￥88.00",
        )
    )
    assert (found["merchant"], found["seller_tax_id"]) == ("杭州云栖餐饮管理有限公司", "91330106MA2B19WL0R")
    assert (found["buyer"], found["buyer_tax_id"]) == ("北京晴川科技有限公司", "91110108MA01K3QX5T")


def test_a_name_goes_on_in_the_next_row() -> None:
    found = values(
        column(
            "浙江增值税普通发票（卷票）",
            "销售方名称：百川（杭州）电子商务集",
            "团有限公司余杭分公司",
            "纳税人识别号：91330106MA2B19WL0R",
            "开票日期：2021-06-18",
            "购买方名称：北京晴川科技有限公司",
            "合计金额（小写）：￥88.00",
            step=24,
        )
    )
    assert found["merchant"] == "百川（杭州）电子商务集团有限公司余杭分公司"
    assert found["buyer"] == "北京晴川科技有限公司"


def test_the_words_beside_a_block_say_whose_it_is_when_the_other_was_not_read() -> None:
    found = values([*HEAD, line(40, 540, "销售方"), line(120, 545, "名称：杭州云栖餐饮管理有限公司")])
    assert found["merchant"] == "杭州云栖餐饮管理有限公司"
    assert "buyer" not in found


def test_values_whose_pale_labels_were_not_read() -> None:
    found = values(
        [
            *HEAD,
            line(300, 140, "北京晴川科技有限公司"),
            line(300, 166, "91110108MA01K3QX5B"),
            line(300, 540, "杭州云栖餐饮管理有限公司"),
            line(300, 566, "91330106MA2B19WL08"),
        ]
    )
    assert (found["buyer"], found["merchant"]) == ("北京晴川科技有限公司", "杭州云栖餐饮管理有限公司")
    assert (found["buyer_tax_id"], found["seller_tax_id"]) == ("91110108MA01K3QX5B", "91330106MA2B19WL08")


def test_whom_the_tax_office_stands_in_for_is_no_party() -> None:
    found = values(
        [
            *HEAD,
            line(120, 140, "名称：北京晴川科技有限公司"),
            line(120, 540, "名称：杭州云栖餐饮管理有限公司"),
            line(600, 545, "代开企业名称：望湖路小食店"),
            line(600, 580, "项目名称：望湖路改造"),
        ]
    )
    assert (found["buyer"], found["merchant"]) == ("北京晴川科技有限公司", "杭州云栖餐饮管理有限公司")


def test_a_person_has_no_number_and_does_not_get_the_sellers() -> None:
    found = values(
        [
            line(300, 20, "电子发票（普通发票）", height=30),
            line(700, 30, "发票号码：24332000000012345678"),
            line(20, 110, "购买方信息"),
            line(140, 110, "名称：吴桐（个人）"),
            line(140, 150, "统一社会信用代码/纳税人识别号："),
            line(600, 110, "销售方信息"),
            line(720, 110, "名称：杭州云栖餐饮管理有限公司"),
            line(720, 150, "统一社会信用代码/纳税人识别号：91330106MA2B19WL08"),
            line(60, 500, "价税合计（大写）"),
            line(600, 500, "（小写）¥212.00"),
        ]
    )
    assert (found["buyer"], found["merchant"]) == ("吴桐（个人）", "杭州云栖餐饮管理有限公司")
    assert found["seller_tax_id"] == "91330106MA2B19WL08"
    assert "buyer_tax_id" not in found


def test_the_only_sign_that_was_read_is_not_taken_for_the_far_block() -> None:
    found = values(
        [
            line(300, 20, "电子发票（增值税专用发票）", height=30),
            line(20, 130, "购买方信息"),
            line(140, 110, "名称：北京晴川科技有限公司"),
            line(140, 150, "统一社会信用代码/纳税人识别号：91110108MA01K3QX5B"),
            line(720, 110, "名称：杭州云栖餐饮管理有限公司"),
            line(720, 150, "统一社会信用代码/纳税人识别号：91330106MA2B19WL08"),
            line(60, 500, "价税合计（大写）"),
            line(600, 500, "（小写）¥212.00"),
        ]
    )
    assert (found["buyer"], found["merchant"]) == ("北京晴川科技有限公司", "杭州云栖餐饮管理有限公司")
    assert (found["buyer_tax_id"], found["seller_tax_id"]) == ("91110108MA01K3QX5B", "91330106MA2B19WL08")


def test_a_shop_goes_on_in_the_next_row_of_a_slip() -> None:
    found = values(
        column("银联商务", "签购单", "商户名称(MERCHANT NAME)：青岛市德胜", "大药房", "终端编号：59062619", step=24)
    )
    assert found["merchant"] == "青岛市德胜大药房"


BUYERS, SELLERS = "91110108MA01K3QX5B", "91330106MA2B19WL08"
DIGITAL = [
    line(300, 20, "电子发票（增值税专用发票）", height=30),
    line(60, 500, "价税合计（大写）"),
    line(600, 500, "（小写）¥212.00"),
]
NAMES = [line(60, 100, "购买方名称：北京晴川科技有限公司"), line(660, 100, "销售方名称：杭州云栖餐饮管理有限公司")]
LABEL = "统一社会信用代码/纳税人识别号："


@pytest.mark.parametrize(
    "numbers",
    [
        [line(60, 140, f"{LABEL}{BUYERS} {LABEL}{SELLERS}")],
        [line(60, 140, f"{LABEL}{BUYERS}{LABEL}{SELLERS}")],
        [line(60, 140, f"{LABEL}{BUYERS} {SELLERS}")],
        [line(60, 140, f"{LABEL}{BUYERS}{SELLERS}")],
        [line(60, 142, f"{LABEL}{BUYERS}"), line(550, 140, f"B {LABEL}{SELLERS}")],
        [line(60, 140, f"{LABEL}{BUYERS}"), line(580, 132, f"{LABEL}{SELLERS}")],
    ],
)
def test_numbers_side_by_side_or_in_one_line_are_told_apart_by_their_place(numbers: list[TextLine]) -> None:
    found = values([*DIGITAL, *NAMES, *numbers])
    assert (found.get("buyer_tax_id"), found.get("seller_tax_id")) == (BUYERS, SELLERS)


def test_names_in_one_line_are_told_apart() -> None:
    names = line(60, 100, "购买方名称：北京晴川科技有限公司 销售方名称：杭州云栖餐饮管理有限公司")
    found = values([*DIGITAL, names])
    assert (found["buyer"], found["merchant"]) == ("北京晴川科技有限公司", "杭州云栖餐饮管理有限公司")


def test_two_numbers_that_both_claim_a_side_are_doubtful() -> None:
    numbers = [line(60, 140, f"销售方{LABEL}{BUYERS}"), line(60, 180, f"销售方{LABEL}{SELLERS}")]
    found = read([*DIGITAL, *numbers]).field("seller_tax_id")
    assert found is not None and found.doubtful


def test_the_number_of_an_account_in_the_same_line_is_no_taxpayers() -> None:
    numbers = [line(60, 140, f"{LABEL}{BUYERS}"), line(60, 180, f"{LABEL}{SELLERS} 账号：330106200012345678")]
    found = values([*DIGITAL, *numbers])
    assert (found.get("buyer_tax_id"), found.get("seller_tax_id")) == (BUYERS, SELLERS)
