"""What tickets print besides their labels, misread as engines misread it: taxi, train, coach, quota, flight."""

from __future__ import annotations

import pytest

from paddlescan.document import TextLine
from tests.unit.extraction.drawing import column, line, read, values
from tests.unit.extraction.test_documents import TAXI, TRAIN


def without(lines: list[TextLine], *words: str) -> list[TextLine]:
    """The lines that hold none of these."""
    return [m for m in lines if not any(word in m.text for word in words)]


@pytest.mark.parametrize(
    ("printed", "total"),
    [
        ("¥38.00元", "38.00"),
        ("=38..00元", "38.00"),  # the point was read twice, and 0.00 stands below
        ("=88..00元", "38.00"),  # and a 3 under a seal as an 8: no ride of 9.80 km costs that
    ],
)
def test_a_taxi_fare_however_misread(printed: str, total: str) -> None:
    found = values([*without(TAXI, "¥38.00元"), line(300, 655, printed, confidence=0.92)])
    assert found["total"] == total


def test_a_mileage_is_never_a_fare() -> None:
    receipt = read(without(TAXI, "¥38.00元", "￥0.00元"))
    total = receipt.field("total")
    assert total is not None
    assert total.value != "9.80"
    assert "9.80" not in total.candidates


def test_a_fare_and_a_surcharge_make_what_was_paid() -> None:
    rows = (
        "日期:2024-05-06",
        "单价:2.30元",
        "里程:9.8公里",
        "等候:00:04:10",
        "金额:￥32.00元",
        "燃油附加费:1.00元",
        "实收金额:￥33.00元",
    )
    assert values(column("北京市出租汽车专用发票", *rows))["total"] == "33.00"


def test_code_and_number_of_a_head_without_labels() -> None:
    lines = without(TAXI, "发票代码", "发票号码", "单位")
    found = values(
        [line(40, 70, "代码131002260517"), line(40, 110, "20417786"), line(40, 150, "电话：62580000"), *lines]
    )
    assert (found["invoice_code"], found["invoice_number"]) == ("131002260517", "20417786")


def test_a_ticket_s_price_whose_signs_were_misread() -> None:
    assert values([*without(TRAIN, "99.5"), line(40, 185, "Y99.5x", confidence=0.87)])["total"] == "99.50"


def test_names_of_two_letters_printed_wide() -> None:
    wide = [line(60, 80, "苏", height=30), line(140, 80, "州站", height=30), line(420, 80, "黃山北站", height=30)]
    found = values([*wide, *without(TRAIN, "苏州北站", "南京南站")])
    assert (found["origin_station"], found["destination_station"]) == ("苏州", "黄山北")
    glued = [
        line(60, 80, "苏州北站", height=30),
        line(260, 80, "G7012、大", height=30),
        line(450, 80, "连站", height=30),
    ]
    found = values([*glued, *without(TRAIN, "苏州北站", "南京南站", "G7012")])
    assert (found["origin_station"], found["destination_station"]) == ("苏州北", "大连")
    assert found["train_number"] == "G7012"
    close = [line(60, 80, "苏州北站", height=30), line(420, 80, "大", height=60), line(450, 80, "连站", height=30)]
    assert values([*close, *without(TRAIN, "苏州北站", "南京南站")])["destination_station"] == "大连"


@pytest.mark.parametrize(
    "pieces",
    [
        ["3205011990****0013 林晓"],
        ["3205011990****0013林晓"],
        ["32050119900101001X林晓"],
        ["3205011990", "0013林晓"],
        ["3205011990*", "*** 0013", "林晓"],
        ["3205011990*", "8***0013 林晓"],
    ],
)
def test_the_passenger_behind_a_starred_number(pieces: list[str]) -> None:
    lines = [line(40 + 170 * n, 260, piece) for n, piece in enumerate(pieces)]
    assert values([*TRAIN, *lines])["passenger"] == "林晓"


def test_who_sold_a_ticket_is_no_passenger() -> None:
    assert "passenger" not in values(TRAIN)


def test_an_electronic_train_ticket_is_of_the_day_of_the_ride() -> None:
    found = values(
        [
            line(400, 20, "电子发票（铁路电子客票）", height=30),
            line(40, 70, "发票号码：25329116804000123456"),
            line(640, 70, "开票日期：2025年05月20日"),
            line(60, 130, "苏州站", height=30),
            line(360, 132, "D3107", height=30),
            line(640, 130, "南京站", height=30),
            line(40, 190, "2025年05月06日"),
            line(260, 190, "08:15开"),
            line(420, 190, "05车12F号"),
            line(640, 190, "二等座"),
            line(40, 230, "票价：￥99.50"),
            line(40, 270, "3205011990****0013"),
            line(260, 270, "林晓"),
            line(40, 340, "购买方名称：南京星河软件有限公司"),
            line(520, 340, "统一社会信用代码：91320100MA1ABCDE2K"),
        ]
    )
    assert (found["date"], found["total"], found["invoice_number"]) == ("2025-05-06", "99.50", "25329116804000123456")
    assert (found["buyer"], found["buyer_tax_id"]) == ("南京星河软件有限公司", "91320100MA1ABCDE2K")
    assert (found["passenger"], found["train_number"]) == ("林晓", "D3107")


@pytest.mark.parametrize("between", [" -- ", "→", "-", "—"])
def test_a_coach_from_where_to_where(between: str) -> None:
    route = f"千岛湖{between}杭州客运中心站"
    found = values(column("浙江省汽车客票", route, "日期:2021-05-06 08:20", "票价:￥52.5元", "乘车人:林晓", "座位:12"))
    assert (found["origin_station"], found["destination_station"]) == ("千岛湖", "杭州客运中心站")
    assert (found["total"], found["passenger"], found["date"]) == ("52.50", "林晓", "2021-05-06")


def test_a_quota_invoice_has_an_amount_in_capitals_and_no_date() -> None:
    lines = column("江苏省通用定额发票", "发票代码132011860011", "发票号码20417786", "伍拾元整", "开票日期： 年 月 日")
    receipt = read(lines)
    found = values(lines)
    assert (found["total"], found["currency"], found["invoice_number"]) == ("50.00", "CNY", "20417786")
    assert receipt.kind == "quota_invoice"
    assert receipt.field("date") is None, "nobody is asked for a date that such an invoice does not have"


FLIGHT = [
    line(400, 20, "航空运输电子客票行程单", height=30),
    line(40, 80, "旅客姓名 NAME OF PASSENGER"),
    line(420, 80, "有效身份证件号码ID.NO."),
    line(50, 120, "林晓"),
    *(line(260 + 140 * n, 160, t) for n, t in enumerate(("承运人", "航班号", "座位等级", "日期", "时间"))),
    line(40, 200, "自FROM 南京 NKG"),
    line(260, 200, "深航"),
    line(400, 200, "ZH9512"),
    line(680, 200, "06MAY"),
    line(820, 200, "0815"),
    line(40, 240, "至TO"),
    line(110, 240, "深圳"),
    line(200, 240, "SZX"),
    *(
        line(40 + 200 * n, 290, t)
        for n, t in enumerate(("票价FARE", "民航发展基金", "燃油附加费", "其他税费", "合计TOTAL"))
    ),
    line(60, 330, "CNY 980.00"),
    line(260, 330, "CN 50.00"),
    line(440, 330, "YQ 60.00"),
    line(860, 330, "CNY 1090.00"),
    line(40, 380, "电子客票号码"),
    line(200, 380, "479-5558557464"),
    line(640, 380, "保险费"),
    line(740, 380, "20.00"),
    line(40, 430, "填开单位"),
    line(200, 430, "无锡湖滨航空服务有限公司"),
    line(740, 430, "填开日期"),
    line(860, 430, "2024-04-28"),
]


def test_a_flight_itinerary() -> None:
    found = values(FLIGHT)
    assert (found["passenger"], found["invoice_number"]) == ("林晓", "4795558557464")
    assert (found["origin_station"], found["destination_station"], found["train_number"]) == ("南京", "深圳", "ZH9512")
    assert (found["total"], found["currency"]) == ("1090.00", "CNY")


@pytest.mark.parametrize(
    ("printed", "day"), [("06MAY", "2024-05-06"), ("2024-05-06(06MAY)", "2024-05-06"), ("02JAN", "2024-01-02")]
)
def test_the_day_of_a_flight_takes_its_year_from_the_day_of_issue(printed: str, day: str) -> None:
    found = values([line(680, 200, printed) if m.text == "06MAY" else m for m in FLIGHT])
    assert found["date"] == day


@pytest.mark.parametrize("below", ["日期：", "（盖章）"])
def test_a_label_or_the_place_for_a_seal_is_no_merchant(below: str) -> None:
    assert "merchant" not in values(
        column("江苏省通用定额发票", "发票代码132011860011", "伍拾元整", "收款单位：", below)
    )
