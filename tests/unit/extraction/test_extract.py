"""The door of the room: any lines give a receipt, and its fields come from the page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paddlescan.document import BLANK, Finding, Receipt, TextLine
from paddlescan.extraction.extract import extract_receipt
from tests.unit.extraction.drawing import TODAY, line

_WORDS = (
    "Total", "GST", "6%", "12.50", "RM", "$", "1,234.50", "Date", "03/04/2021", "Invoice No:", "A-77", "SDN BHD",
    "NO 4", "JALAN", "价税合计", "名称：", "（小写）", "¥58.00元", "贰佰圆整", "发票代码", "站", "G7012", "12306",
    "上车", "里程", "9.8KM", "交款人", "2029年", "01月11日", "O", "-", "(", "&", "\u0000", "\U0001f9fe", "\u202e",
    "٣٫٥٠", "²",
)  # fmt: skip
_text = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_WORDS), max_size=6).map("".join))
_any_number = st.floats(allow_nan=True, allow_infinity=True)
_any_point = st.tuples(_any_number, _any_number)
_any_line = st.builds(TextLine, _text, st.floats(0, 1), st.tuples(_any_point, _any_point, _any_point, _any_point))
_level_line = st.builds(line, st.integers(0, 600), st.integers(0, 900), _text, st.integers(1, 40), st.floats(0, 1))


def _read(lines: list[TextLine]) -> Receipt:
    return extract_receipt(lines, 700, 1000, today=TODAY)


@settings(deadline=None, max_examples=200)
@given(st.lists(_any_line, max_size=30))
def test_any_lines_give_a_receipt_that_keeps_them(lines: list[TextLine]) -> None:
    assert sorted(map(id, _read(lines).lines)) == sorted(map(id, lines))


@settings(deadline=None, max_examples=200)
@given(st.lists(_level_line, max_size=30))
def test_fields_come_from_the_page(lines: list[TextLine]) -> None:
    printed = {corner for m in lines for corner in m.quad}
    xs, ys = {x for x, _ in printed}, {y for _, y in printed}
    for field in _read(lines).fields:
        assert field.quad is None or all(x in xs and y in ys for x, y in field.quad)
        assert field.value not in field.candidates
        if field.value:
            assert field.text
            assert field.value.strip()
        else:
            assert field.doubtful
            assert field.quad is None


def test_where_nothing_could_be_read_what_a_receipt_needs_is_asked_for() -> None:
    receipt = _read([])
    assert [(f.name, f.value, f.doubtful) for f in receipt.fields] == [("date", "", True), ("total", "", True)]
    assert receipt.needs_review


def test_a_blank_page_is_no_receipt_that_lacks_something() -> None:
    assert extract_receipt([], 100, 100, quality=[Finding(BLANK)]) == Receipt(kind="other", language="en")


def test_five_thousand_lines_are_read() -> None:
    lines = [line(40 + 300 * (n % 2), 20 * (n // 2), _WORDS[n % len(_WORDS)] + str(n)) for n in range(5000)]
    assert len(_read(lines).lines) == 5000


_HOSTILE = [part * 5000 for part in ("1" * 20, "1,1", "99/", "1.1-", "No.", "(", "A-", "有限公司")]


@pytest.mark.parametrize("text", _HOSTILE, ids=range(len(_HOSTILE)))
def test_texts_that_would_hang_a_careless_pattern_are_read(text: str) -> None:
    assert len(_read([line(0, 30 * n, text) for n in range(20)]).lines) == 20  # else the run's timeout ends it
