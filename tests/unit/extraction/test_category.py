"""What a receipt is for: by its kind, by words; nothing where it is not clear."""

from __future__ import annotations

import pytest

from paddlescan.extraction import patterns
from paddlescan.words import categories
from tests.unit.extraction.drawing import column, read

RECEIPT = ("RECEIPT", "05/03/2018", ("Total", "30.90"), ("Cash", "50.00"), ("Change", "19.10"), "Thank you")


def category(*rows: str | tuple[str, ...]) -> str | None:
    found = read(column(*rows)).field("category")
    assert found is None or not found.doubtful, "it spares typing, and asks for no look"
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("MEI LET RESTAURANT", *RECEIPT), "meals"),
        (("CARING PHARMACY SDN BHD", *RECEIPT), "medical"),
        (("S&Y STATIONERY", *RECEIPT), "office"),
        (("PETRONAS SERVICE STATION", *RECEIPT), "fuel"),
        (("ENW Hardware Centre", *RECEIPT), "supplies"),
        (("浙江增值税电子普通发票", "*餐饮服务*餐费", "价税合计", "¥100.00"), "meals"),
        (("增值税电子普通发票", "*住宿服务*房费", "价税合计", "¥100.00"), "lodging"),
        (("增值税电子普通发票", "*电信服务*通讯费", "价税合计", "¥100.00"), "communication"),
        (("深圳市出租汽车专用发票", "上车 10:05", "下车 10:20", "金额 31.50元"), "transport"),
        (("KEDAI MAKAN", *RECEIPT), None),
        (("GRAND HOTEL", "GRAND RESTAURANT", *RECEIPT), None),
        (("TOTALLY DENTAL FLOSS", *RECEIPT), None),
        (("some words about a restaurant",), None),
    ],
)
def test_by_kind_and_words(rows: tuple[str | tuple[str, ...], ...], expected: str | None) -> None:
    assert category(*rows) == expected


def test_its_evidence_is_the_line_that_says_it() -> None:
    found = read(column("MEI LET RESTAURANT", *RECEIPT)).field("category")
    assert found is not None
    assert (found.text, found.origin) == ("MEI LET RESTAURANT", "ocr")
    assert found.quad is not None


def test_short_words_are_whole_words() -> None:
    assert category("PENANG BUSINESS CENTRE", *RECEIPT) is None, "pen and bus are parts of other words"


def test_every_category_has_words_and_a_name() -> None:
    data = patterns.read("categories")
    known = set(categories())
    assert set(data["strong"]) == set(data["some"]) == known
    assert set(data["kinds"].values()) <= known
