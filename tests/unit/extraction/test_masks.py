"""Shapes of numbers as an office writes them."""

from __future__ import annotations

import re

import pytest

from paddlescan.extraction.masks import BadMask, compiled


def found(mask: str, text: str) -> str | None:
    match = compiled(mask).search(text)
    return match[0] if match else None


@pytest.mark.parametrize(
    ("mask", "text", "want"),
    [
        ("9{8}", "No 12345678", "12345678"),
        ("9{8}", "No 123456789", None),
        ("A9{6}", "票号A012345 座", "A012345"),
        ("9{10,12}", "发票代码 044001900111", "044001900111"),
        ("文{2,4}站", "从 广州南站 出发", "广州南站"),
        ("\\A9", "A1 91", "A1"),
        ("9\\.9", "a 1x2 3.4", "3.4"),
        ("XX-9", "AB-12 C3-4", "C3-4"),
    ],
)
def test_a_mask_finds_what_has_its_shape(mask: str, text: str, want: str | None) -> None:
    assert found(mask, text) == want


@pytest.mark.parametrize("mask", ["", "9{", "9{5,2}", "9{99}", "\\", "9" * 13, "9{x}"])
def test_a_mask_that_is_none_says_so(mask: str) -> None:
    with pytest.raises(BadMask):
        print(compiled(mask))


def test_a_mask_is_no_regular_expression() -> None:
    assert found("(9+)+", "(1+)+ 11111") == "(1+)+"
    assert compiled(".").pattern == re.compile(r"(?<![0-9A-Z])(?:\.)(?![0-9A-Z])").pattern
