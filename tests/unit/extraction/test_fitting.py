"""What a field takes of a text that a person pointed at."""

from __future__ import annotations

from datetime import date

import pytest

from paddlescan.document import AMOUNT_FIELDS, FIELD_NAMES
from paddlescan.extraction.fitting import fitting, joined

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("total", "TOTAL RM 42.40", "42.40"),
        ("total", "Total (incl. 6% GST): 1,234.50", "1234.50"),
        ("total", "价税合计（小写）￥100.80", "100.80"),
        ("total", "壹佰元捌角整", "100.80"),
        ("total", "REFUND -12.00", "-12.00"),
        ("total", "Rounded total 43", "43.00"),
        ("total", "3 items 42.40", "42.40"),
        ("tax", "税率 6% 税额 2.40", "2.40"),
        ("total", "TOTAL RM", ""),
        ("date", "Date: 14/03/2026 19:02", "2026-03-14"),
        ("date", "开票日期：2026年03月05日", "2026-03-05"),
        ("date", "19 June 2026", "2026-06-19"),
        ("date", "no day here", ""),
        ("currency", "TOTAL RM 42.40", "MYR"),
        ("currency", "TOTAL RM", "MYR"),
        ("currency", "¥100.80", "CNY"),
        ("currency", "Amounts in GBP", "GBP"),
        ("invoice_number", "Receipt No: HL-20417", "HL-20417"),
        ("invoice_number", "发票号码：87654321", "87654321"),
        ("invoice_number", "NO.2511 2000000012345678", "2000000012345678"),
        ("seller_tax_id", "纳税人识别号：91330106MA2B19WL6T", "91330106MA2B19WL6T"),
        ("check_code", "校验码：70316 52948 11067 28354", "70316 52948 11067 28354"),
        ("train_number", "G7352 二等座", "G7352"),
        ("merchant", "名称：杭州云栖餐饮管理有限公司", "杭州云栖餐饮管理有限公司"),
        ("merchant", "HARBOUR LANE COFFEE", "HARBOUR LANE COFFEE"),
        ("buyer", "Bill to: Brightwater Ltd", "Brightwater Ltd"),
        ("note", "Name: kept as it is", "Name: kept as it is"),
    ],
)
def test_the_part_that_fits_is_taken(name: str, text: str, value: str) -> None:
    assert fitting(name, [text], today=TODAY) == value


def test_the_last_amount_of_several_lines_is_taken() -> None:
    lines = ["SUBTOTAL 40.00", "SST 6% 2.40", "TOTAL RM 42.40"]
    assert fitting("total", lines) == "42.40"


def test_a_day_that_could_be_two_stays_as_printed_unless_the_currency_says_how_it_is_written() -> None:
    assert fitting("date", ["Date: 05/03/2026"], today=TODAY) == "05/03/2026"
    assert fitting("date", ["Date: 05/03/2026"], currency="MYR", today=TODAY) == "2026-03-05"
    assert fitting("date", ["Date: 05/03/2026"], currency="USD", today=TODAY) == "2026-05-03"


def test_lines_become_one_text_without_a_space_inside_chinese() -> None:
    assert joined(["12 Jalan Pelabuhan,", " 50100  Kuala Lumpur "]) == "12 Jalan Pelabuhan, 50100 Kuala Lumpur"
    assert joined(["杭州云栖餐饮", "管理有限公司"]) == "杭州云栖餐饮管理有限公司"
    assert fitting("address", ["地址：杭州市西湖区", "文三路 90 号"]) == "杭州市西湖区文三路 90 号"


def test_every_field_takes_nothing_of_nothing_and_words_only_where_they_fit() -> None:
    for name in FIELD_NAMES:
        assert fitting(name, []) == ""
        assert fitting(name, ["  "]) == ""
        assert fitting(name, ["~"]) == ("" if name in {*AMOUNT_FIELDS, "date", "currency"} else "~")
