"""Dates as people type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.extraction.typed import Around, problem_with, readings, tidy

TODAY = date(2026, 11, 26)
HERE = Around(TODAY)
DAYS = st.dates(date(2017, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("3.5", "2026-03-05"),
        ("03-05", "2026-03-05"),
        ("0305", "2026-03-05"),
        ("2026/3/5", "2026-03-05"),
        ("20260305", "2026-03-05"),
        ("260305", "2026-03-05"),
        ("26.3.5", "2026-03-05"),
        ("3月5日", "2026-03-05"),
        ("五月三日", "2026-05-03"),
        ("十二月二十五号", "2025-12-25"),
        ("二〇二六年五月三日", "2026-05-03"),
        ("26年3月5日", "2026-03-05"),
        ("２０２６．３．５", "2026-03-05"),
        ("5 Mar 26", "2026-03-05"),
        ("5th of March 2026", "2026-03-05"),
        ("March 5", "2026-03-05"),
        ("today", "2026-11-26"),
        ("Yesterday", "2026-11-25"),
        ("昨天", "2026-11-25"),
        ("前天", "2026-11-24"),
        ("12.28", "2025-12-28"),
        ("13.5", "2026-05-13"),
        ("2.29", "2024-02-29"),
    ],
)
def test_a_date_means_one_day(typed: str, kept: str) -> None:
    assert tidy("date", typed, HERE) == kept


@pytest.mark.parametrize(
    ("typed", "problem", "offered"),
    [
        ("3/5", "unclear_date", ("2026-03-05", "2026-05-03")),
        ("5/3/26", "unclear_date", ("2026-03-05", "2026-05-03")),
        ("05/03/2026", "unclear_date", ("2026-03-05", "2026-05-03")),
        ("26/3/20", "unclear_date", ("2026-03-20", "2020-03-26")),
        ("2.30", "no_such_day", ()),
        ("2026-02-31", "no_such_day", ()),
        ("305", "no_date", ()),
        ("May be", "no_date", ()),
    ],
)
def test_what_may_mean_two_days_stays_and_both_are_offered(typed: str, problem: str, offered: tuple[str, ...]) -> None:
    assert tidy("date", typed, HERE) == typed
    assert problem_with("date", typed) == problem
    assert readings("date", typed, HERE) == offered


def test_without_anything_around_no_year_is_added() -> None:
    for typed, problem in (("3.5", "no_year"), ("5 Mar 26", "unclear_date"), ("yesterday", "no_date")):
        assert tidy("date", typed) == typed
        assert problem_with("date", typed) == problem


def test_the_year_of_other_evidence_comes_before_the_latest_one() -> None:
    assert tidy("date", "3.5", Around(TODAY, (2024, 2026))) == "2024-03-05"
    assert tidy("date", "12.28", Around(TODAY, (2026,))) == "2025-12-28", "which lies in the future"
    assert tidy("date", "3/5", Around(TODAY, month_first=True)) == "2026-03-05"


@given(DAYS)
def test_every_way_to_write_a_whole_date_means_that_day(day: date) -> None:
    month = day.strftime("%b")
    for typed in (
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
    ):
        assert tidy("date", typed, HERE) == day.isoformat()


@given(st.dates(TODAY - timedelta(days=365), TODAY))
def test_a_day_of_the_last_year_needs_no_year(day: date) -> None:
    if (day.month, day.day) != (TODAY.month, TODAY.day):
        assert tidy("date", f"{day.month}.{day.day}", HERE) == day.isoformat()
        assert tidy("date", f"{day.month}月{day.day}日", HERE) == day.isoformat()


@given(st.text(alphabet="0123456789./-年月日一二十三廿 ofMayst,", max_size=14))
def test_a_date_is_tidied_to_a_day_or_left_as_it_was_typed(typed: str) -> None:
    kept = tidy("date", typed, HERE)
    if kept != " ".join(typed.split()):
        date.fromisoformat(kept)
        assert problem_with("date", kept) is None
    for offered in readings("date", kept, HERE):
        assert problem_with("date", offered) is None
