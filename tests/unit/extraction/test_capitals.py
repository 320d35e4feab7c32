"""Chinese amounts in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.extraction.capitals import find_capitals, spelt_amounts
from tests.unit.extraction.drawing import spelt_value

_DIGITS = "零壹贰叁肆伍陆柒捌玖"


def spell(value: int) -> str:
    """A whole number under 10,000 in capitals, zeros between written once."""
    out, zero = "", False
    for unit, sign in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = value // unit % 10
        if digit:
            out += ("零" if zero and out else "") + _DIGITS[digit] + sign
            zero = False
        else:
            zero = True
    return out


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("壹佰贰拾叁元肆角伍分", "123.45"),
        ("价税合计（大写） 贰仟零伍圆整", "2005.00"),
        ("叁万零肆佰圆伍角整", "30400.50"),
        ("壹拾万元整", "100000.00"),
        ("柒元零捌分", "7.08"),
        ("陆佰伍拾圆", "650.00"),
        ("人民币壹仟园正", "1000.00"),
        ("贰 佰 伍 拾 元 整", "250.00"),
        ("拾伍元整", "15.00"),
        ("壹亿贰仟万元整", "120000000.00"),
        ("零万零仟叁佰陆拾元零角零分", "360.00"),
        ("壹佰零伍元零伍分", "105.05"),
        ("（负数）壹佰元整", "-100.00"),
        ("壹佰贡拾叁圆整", "123.00"),  # 贰
        ("陌贰拾叁圆整 玖拾元整", "90.00"),  # what says nothing is passed over
    ],
)
def test_reads(text: str, value: str) -> None:
    assert spelt_value(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "三元里大道",
        "多元软件",
        "拾",
        "",
        "100元",
        "壹佰",
        "仟佰拾元",  # a form that nobody filled in
        "贰叁元",
        "佰伍拾元整",
        "叁拾肆佰元整",
        "染漆元",
    ],
)
def test_what_is_no_amount_in_capitals(text: str) -> None:
    assert spelt_value(text) is None


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_any_number_survives_spelling(high: int, low: int) -> None:
    assert spelt_value(f"{spell(low)}元整") == low
    gap = "零" if low < 1000 else ""
    assert spelt_value(f"{spell(high)}万{gap}{spell(low)}元整") == high * 10000 + low


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("价税合计（大写）壹佰元整", True),
        ("⊗壹佰元整", True),
        ("人民币壹佰元伍角", True),
        ("壹佰元", False),  # it may go on
        ("冠壹佰元整", False),  # a character that may have been a numeral
        ("壹陌元整", False),
    ],
)
def test_whether_an_amount_is_whole(text: str, whole: bool) -> None:
    found = find_capitals(text)
    assert found is None or found.whole is whole
    assert found is not None or not whole


@pytest.mark.parametrize(
    ("lines", "amounts"),
    [
        (("大写", "壹佰贰拾叁元", "肆角伍分", "（小写）"), [("123.45", True)]),
        (("壹仟贰佰", "叁拾元整"), [("1230.00", True)]),
        (("壹佰", "元整"), [("100.00", True)]),
        (("壹佰贰拾叁元", "肆角伍分", "玖拾元整"), [("123.45", True), ("90.00", True)]),
        (("壹佰贰拾", "名称", "叁元整"), [("3.00", False)]),  # perhaps the rest of it
        (("壹佰贰", "伍佰元整"), [("500.00", False)]),
        (("伍佰元整", "伍佰元整"), [("500.00", True), ("500.00", True)]),
        ((), []),
    ],
)
def test_an_amount_may_go_on_in_the_next_line(lines: tuple[str, ...], amounts: list[tuple[str, bool]]) -> None:
    assert [(f"{one.value:.2f}", one.whole) for one in spelt_amounts(lines)] == amounts


@given(st.lists(st.text("零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整负数 a1", max_size=30), max_size=8))
def test_any_lines_may_be_asked_about(lines: list[str]) -> None:
    for one in spelt_amounts(lines):
        assert all(0 <= n < len(lines) for n in one.lines)
        assert abs(one.value) < 10**13
