from __future__ import annotations

import os

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paddlescan.document import SourceFile
from paddlescan.document.source import printable_name
from tests.faults.poison import STEERING, file_names


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("三月/发票 1.jpg", "三月/发票 1.jpg"),
        ("a\udcff.jpg", "a\\xff.jpg"),
        ("a\nb\tc.jpg", "a\\x0ab\\x09c.jpg"),
        ("\x1b[31mred\x9b.jpg", "\\x1b[31mred\\x9b.jpg"),
        ("invoice\u202egpj.exe", "invoice\\u202egpj.exe"),
        ("a\u2028b\u2066.jpg", "a\\u2028b\\u2066.jpg"),
        ("\U0001f468\u200d\U0001f469 \u200f\u05d0.jpg", "\U0001f468\u200d\U0001f469 \\u200f\u05d0.jpg"),
        ("a\u3000b\xa0c.jpg", "a\u3000b\xa0c.jpg"),
    ],
)
def test_a_name_looks_as_it_is(name: str, shown: str) -> None:
    assert printable_name(name) == shown
    assert printable_name(shown) == shown


@given(st.binary(min_size=1))
@example(b"\xff\xfe\x00\x1b")
def test_any_bytes_are_a_name_in_one_line(raw: bytes) -> None:
    name = printable_name(os.fsdecode(raw))
    assert not STEERING & set(name)
    assert "\n" not in name
    name.encode("utf-8")


def test_the_path_of_a_file_keeps_every_byte() -> None:
    for raw in file_names():
        source = SourceFile.at(os.fsdecode(b"/inbox/" + raw))
        assert source.raw_path == b"/inbox/" + raw
        assert not STEERING & set(source.name)
