"""Chinese amounts in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.extraction.capitals import parse_capitals

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
    ],
)
def test_reads(text: str, value: str) -> None:
    assert parse_capitals(text) == Decimal(value)


@pytest.mark.parametrize("text", ["三元里大道", "多元软件", "拾", "", "100元", "壹佰"])
def test_what_is_no_amount_in_capitals(text: str) -> None:
    assert parse_capitals(text) is None


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_any_number_survives_spelling(high: int, low: int) -> None:
    assert parse_capitals(f"{spell(low)}元整") == low
    gap = "零" if low < 1000 else ""
    assert parse_capitals(f"{spell(high)}万{gap}{spell(low)}元整") == high * 10000 + low
