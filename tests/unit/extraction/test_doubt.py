"""Confidence follows the evidence; what speaks against a value makes it doubtful."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from paddlescan.document import Field, Finding, Receipt, TextLine
from paddlescan.extraction import patterns
from paddlescan.extraction.doubt import DOUBT_BELOW, confidence, judge, reasons
from paddlescan.extraction.evidence import FAMILIES, gather, scene
from paddlescan.extraction.extract import choose_fields, extract_receipt
from tests.unit.extraction.drawing import line

TODAY = datetime.date(2020, 1, 1)
PAGE = [
    line(60, 20, "MR. BAKER SDN BHD"),
    line(60, 50, "NO. 12, JALAN BESAR, TAMAN DESA,"),
    line(60, 80, "43300 KAJANG, SELANGOR"),
    line(60, 110, "TEL: 03-1234 5678"),
    line(60, 140, "Invoice No: A10023"),
    line(60, 170, "Date: 14/03/2018 10:22"),
    line(60, 200, "BREAD"),
    line(400, 200, "5.00"),
    line(60, 230, "Total"),
    line(400, 230, "RM 5.00"),
]


def read(lines: list[TextLine], *quality: Finding) -> Receipt:
    return extract_receipt(lines, 600, 800, TODAY, quality=quality)


def field(receipt: Receipt, name: str) -> Field:
    found = receipt.field(name)
    assert found is not None
    return found


def with_line(number: int, text: str, confidence: float) -> list[TextLine]:
    """The page with one of its lines read otherwise."""
    lines = list(PAGE)
    lines[number] = replace(lines[number], text=text, confidence=confidence)
    return lines


def test_a_clean_receipt_is_trusted() -> None:
    receipt = read(PAGE)
    assert [f.name for f in receipt.fields if f.doubtful] == []
    assert all(f.confidence >= DOUBT_BELOW for f in receipt.fields)


@pytest.mark.parametrize(
    ("number", "text", "confidence", "name"),
    [
        (1, "NO. 12, JALAM BESAR, TAMAN DESA,", 0.93, "address"),
        (1, "NO. 1l2, JALAN BESAR, TAMAN DE5A,", 0.95, "address"),
        (2, "4330O KAJA_G, SELANGOR", 0.94, "address"),
        (0, "MR. BAK_R SDN BHD", 0.9, "merchant"),
        (9, "RM 5.00", 0.6, "total"),
    ],
)
def test_what_looks_misread_is_doubted(number: int, text: str, confidence: float, name: str) -> None:
    before, after = field(read(PAGE), name), field(read(with_line(number, text, confidence)), name)
    assert after.confidence < before.confidence
    if name != "total":
        assert after.doubtful


def test_the_less_sure_the_recogniser_the_less_sure_the_field() -> None:
    told = [field(read(with_line(0, PAGE[0].text, sure)), "merchant").confidence for sure in (1.0, 0.97, 0.9, 0.7)]
    assert told == sorted(told, reverse=True)
    assert told[-1] < DOUBT_BELOW


def test_a_poor_picture_makes_every_field_less_certain() -> None:
    good, poor = read(PAGE), read(PAGE, Finding("blurred"))
    pairs = [(p.confidence, g.confidence) for p, g in zip(poor.fields, good.fields, strict=True)]
    assert all(p <= g for p, g in pairs)
    assert sum(p < g for p, g in pairs) >= 3  # some are as sure as anything may be


def test_what_a_check_doubted_stays_doubtful_and_what_a_code_says_stays_as_it_is() -> None:
    chosen = choose_fields(PAGE, TODAY)
    shaken = tuple(replace(f, confidence=0.5, doubtful=True) for f in chosen.fields)
    assert all(f.doubtful and f.confidence <= 0.5 for f in judge(chosen.page, shaken, chosen.ranked))
    told = tuple(replace(f, origin="qr", confidence=0.99) for f in chosen.fields)
    assert judge(chosen.page, told, chosen.ranked) == told


def test_a_date_that_could_be_read_otherwise_is_doubtful() -> None:
    lines = [line(60, 20, "ALPHA STORE"), line(60, 60, "Date: 04/03/2018"), line(60, 100, "Total 12.00")]
    assert field(read(lines), "date").doubtful


def test_a_value_that_nothing_proposed_is_judged_too() -> None:
    chosen = choose_fields(PAGE, TODAY)
    (judged,) = judge(chosen.page, [Field("total", "77.00")], {})
    assert 0 < judged.confidence < 1


def test_reasons_add_up_to_the_confidence() -> None:
    chosen = choose_fields(PAGE, TODAY)
    seen = scene(chosen.page, chosen.checks, ())
    for one in chosen.fields:
        evidence = gather(seen, one, chosen.ranked.get(one.name, ()))
        said = reasons(one.name, evidence)
        assert [abs(share) for _, share in said] == sorted((abs(share) for _, share in said), reverse=True)
        assert 0.01 <= confidence(one.name, evidence) <= 0.99


def test_weights_are_of_families_that_exist() -> None:
    assert set(patterns.doubt()) <= {"all", "other", *FAMILIES.values()}
