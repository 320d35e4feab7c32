"""Dates of the world, glued and misread ones, and what is no date."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.extraction.dates import find_dates
from paddlescan.extraction.rules.days import EARLIEST
from tests.unit.extraction.drawing import TODAY


def dates(text: str, order: str = "dmy") -> list[str]:
    return [d.value.isoformat() for d in find_dates(text, order, TODAY)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("07/04/2021", "2021-04-07"),
        ("Date:07-04-202119:02:50", "2021-04-07"),
        ("07.04.21", "2021-04-07"),
        ("18:1507/04/21", "2021-04-07"),
        ("07~04~21", "2021-04-07"),
        ("2021-04-07 08:15", "2021-04-07"),
        ("2021/4/7", "2021-04-07"),
        ("7 APR 2021", "2021-04-07"),
        ("07-Apr-21", "2021-04-07"),
        ("7APR2021", "2021-04-07"),
        ("April 7, 2021", "2021-04-07"),
        ("7th of April 2021", "2021-04-07"),
        ("7 avril 2021", "2021-04-07"),
        ("7. März 2021", "2021-03-07"),
        ("3 août 2021", "2021-08-03"),
        ("0ct 3, 2021", "2021-10-03"),
        ("20210407", "2021-04-07"),
        ("2021年04月07日10:51开", "2021-04-07"),
        ("2021 年 4 月 7 日", "2021-04-07"),
        ("110年04月07日", "2021-04-07"),
        ("0704/2021", "2021-04-07"),
        ("25/12/2021", "2021-12-25"),
    ],
)
def test_one_date(text: str, day: str) -> None:
    assert dates(text) == [day]


def test_the_country_decides_which_number_is_the_day_and_the_other_reading_is_kept() -> None:
    (british,), (american,) = find_dates("03/04/2021", "dmy", TODAY), find_dates("03/04/2021", "mdy", TODAY)
    assert (british.value, british.other) == (datetime.date(2021, 4, 3), datetime.date(2021, 3, 4))
    assert (american.value, american.other) == (datetime.date(2021, 3, 4), datetime.date(2021, 4, 3))


def test_a_day_over_twelve_is_the_day_whatever_the_country() -> None:
    (found,) = find_dates("25/12/2021", "mdy", TODAY)
    assert (found.value, found.other) == (datetime.date(2021, 12, 25), None)


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2021",
        "07/04/2031",
        "07/04/1981",
        "03-7845 8155",
        "1.234,50",
        "12:30:45",
        "192.168.0.10",
        "CNY 1903.00",
        "",
        "1208.00",
        "2810.97",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert dates(text) == []


def test_a_year_in_the_future_is_taken_for_its_look_alike_and_marked() -> None:
    (found,) = find_dates("2029年01月11日", "ymd", TODAY)
    assert (found.value.isoformat(), found.form) == ("2024-01-11", "misread")


def test_dates_do_not_overlap() -> None:
    assert dates("07/04/2021 - 08/04/2021") == ["2021-04-07", "2021-04-08"]


@given(st.dates(min_value=datetime.date(EARLIEST, 1, 1), max_value=TODAY))
def test_any_day_survives_printing(day: datetime.date) -> None:
    for text in (f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"{day:%d %b %Y}", f"{day.year}年{day.month}月{day.day}日"):
        assert dates(text) == [day.isoformat()], text


@given(st.text(alphabet=st.sampled_from("0123456789/-. :年月日JanApr~"), max_size=60))
def test_any_text_gives_real_days_in_order(text: str) -> None:
    found = find_dates(text, "dmy", TODAY)
    assert all(d.value <= TODAY + datetime.timedelta(days=1) for d in found)
    assert [d.start for d in found] == sorted(d.start for d in found)
