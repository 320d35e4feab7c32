"""Receipts of Taiwan: numbers without a label, dates of the Republic, buyer above and seller below."""

from __future__ import annotations

import pytest

from tests.unit.extraction.drawing import column, read, values

TILL = column(
    "中華民國104年5、6月份",
    "統一發票(收銀機)",
    "收執聯",
    "HC64028085",
    "好鄰居超商",
    "統一編號：59469450",
    "104/05/27",
    ("總計", "NT$428"),
    ("現金", "500"),
    ("找零", "72"),
)


def test_a_till_names_its_shop_between_the_number_and_its_company_number() -> None:
    found = values(TILL)
    assert (found["merchant"], found["seller_tax_id"]) == ("好鄰居超商", "59469450")
    assert (found["invoice_number"], found["date"]) == ("HC64028085", "2015-05-27")
    assert (found["total"], found["currency"]) == ("428.00", "TWD")
    assert "buyer_tax_id" not in found


def test_an_electronic_invoice_has_whole_dollars_behind_colons() -> None:
    found = values(
        column(
            "鼎香餐飲有限公司",
            "電子發票證明聯",
            "111年07-08月",
            "LB-72209013",
            "2022-07-17 11:03:33",
            ("隨機碼:3422", "總計:489"),
            ("賣方94432092", "買方51760539"),
        )
    )
    assert (found["total"], found["invoice_number"], found["date"]) == ("489.00", "LB-72209013", "2022-07-17")
    assert (found["seller_tax_id"], found["buyer_tax_id"]) == ("94432092", "51760539")
    assert found["merchant"] == "鼎香餐飲有限公司"


@pytest.mark.parametrize("title", ["统一发票（三聯式)", "統一發票（三聯式）"])
def test_labels_are_found_in_either_script(title: str) -> None:
    receipt = read(
        column(
            "CR06314616",
            title,
            "買受人：台灣星河軟體有限公司",
            "统一編號：24734860",
            "营業人：全佳便利商店股份有限公司",
            "統一编号：15173583",
        )
    )
    found = {f.name: f.value for f in receipt.fields}
    assert receipt.kind == "receipt"
    assert (found["buyer"], found["merchant"]) == ("台灣星河軟體有限公司", "全佳便利商店股份有限公司")


def test_a_taxi_ticket_of_the_mainland_is_none_of_taiwans_invoices() -> None:
    receipt = read(
        column(
            "深圳市出租汽车统一发票",
            "发票代码144032600219",
            "日期2026年04月09日",
            ("里程", "11.60KM"),
            ("金额", "¥41.30元"),
        )
    )
    assert receipt.kind == "taxi_receipt"
    assert receipt.value("currency") == "CNY"
