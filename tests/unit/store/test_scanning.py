"""Fields scanned out of stored bytes are those that decoding gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paddlescan.document import FIELD_NAMES, Field
from paddlescan.document.codec import encode
from paddlescan.store.scanning import Scanned, scan

NUMBERS = st.floats(-1e6, 1e6)
POINTS = st.tuples(NUMBERS, NUMBERS)
TEXTS = st.text(max_size=12) | st.sampled_from(
    ['"doubtful":true', '{"name":"merchant","value":"x"', "\\", '\\"', "null,"]
)
FIELDS = st.builds(
    Field,
    name=st.sampled_from(FIELD_NAMES),
    value=TEXTS,
    text=st.none() | TEXTS,
    confidence=st.floats(0, 1),
    quad=st.none() | st.tuples(POINTS, POINTS, POINTS, POINTS),
    origin=st.sampled_from(["ocr", "qr", "pdf_text", "xml", "check", "user"]),
    doubtful=st.booleans(),
    candidates=st.lists(TEXTS, max_size=2).map(tuple),
)


@given(st.lists(FIELDS, max_size=4).map(tuple))
def test_scanning_finds_what_decoding_gives(fields: tuple[Field, ...]) -> None:
    names = ("merchant", "buyer", "category")
    expected = [Scanned(f.name, f.value, f.origin, f.doubtful) for f in fields if f.name in names]
    assert list(scan(encode(fields), names)) == expected
