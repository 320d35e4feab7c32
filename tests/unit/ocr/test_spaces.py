from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.ocr.spaces import put_spaces_back


def joined(text: str, likely: dict[int, float]) -> str:
    """`likely`: index of the left character -> probability of a space behind it."""
    return put_spaces_back(list(text), [likely.get(i, 0.0001) for i in range(max(0, len(text) - 1))])


@pytest.mark.parametrize(
    ("text", "likely", "expected"),
    [
        ("GHEEHIANG", {3: 0.09}, "GHEE HIANG"),
        ("GHEEHIANG", {3: 0.07}, "GHEEHIANG"),  # between letters it takes more
        ("CASH5.00", {3: 0.05}, "CASH 5.00"),
        ("CASH5.00", {3: 0.03}, "CASH5.00"),
        ("Total RM", {4: 0.9, 5: 0.9}, "Total RM"),  # there is one already
        ("开票日期2018", {3: 0.9}, "开票日期2018"),
        ("合计￥9.00", {2: 0.9}, "合计￥9.00"),
        ("No:4", {2: 0.3}, "No: 4"),
        ("", {}, ""),
        ("A", {}, "A"),
    ],
)
def test_a_space_where_the_recogniser_almost_saw_one(text: str, likely: dict[int, float], expected: str) -> None:
    assert joined(text, likely) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Date:05-03-201819:02:50", "Date:05-03-2018 19:02:50"),
        ("2018/05/039:02", "2018/05/03 9:02"),
        ("05/03/2018 19:02", "05/03/2018 19:02"),
        ("05-03-1819:02", "05-03-1819:02"),  # the year may have two digits or four: left alone
        ("105-03-201819:02", "105-03-201819:02"),  # no date
        ("05-03-201899:02", "05-03-201899:02"),  # no time
    ],
)
def test_a_date_ends_where_a_time_begins(text: str, expected: str) -> None:
    assert joined(text, {}) == expected


@given(st.data())
def test_nothing_but_spaces_is_added(data: st.DataObject) -> None:
    text = data.draw(st.text(max_size=30))
    chances = data.draw(st.lists(st.floats(0, 1), min_size=max(0, len(text) - 1), max_size=max(0, len(text) - 1)))
    result = put_spaces_back(list(text), chances)
    assert result.replace(" ", "") == text.replace(" ", "")
    assert result.count(" ") >= text.count(" ")


@given(st.text(alphabet="的一是了我不人在他有", max_size=20))
def test_chinese_is_never_touched(text: str) -> None:
    assert put_spaces_back(list(text), [1.0] * max(0, len(text) - 1)) == text


def test_too_few_probabilities_are_our_mistake() -> None:
    with pytest.raises(ValueError, match="one probability"):
        put_spaces_back(["a", "b"], [])
