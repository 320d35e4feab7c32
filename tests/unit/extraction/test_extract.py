"""The door of the room: any lines give a receipt, and its fields come from the page."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from paddlescan.document import TextLine
from paddlescan.extraction.extract import extract_receipt

_coordinate = st.floats(allow_nan=True, allow_infinity=True, width=32)
_point = st.tuples(_coordinate, _coordinate)
_any_line = st.builds(TextLine, st.text(max_size=60), st.floats(0, 1), st.tuples(_point, _point, _point, _point))


@settings(deadline=None, max_examples=150)
@given(st.lists(_any_line, max_size=40))
def test_any_lines_give_a_receipt(lines: list[TextLine]) -> None:
    receipt = extract_receipt(tuple(lines), 100, 100)
    assert sorted(map(id, receipt.lines)) == sorted(map(id, lines))
