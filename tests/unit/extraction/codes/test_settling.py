"""Fields settled by a QR code: agreement makes certain, a misreading is repaired, and a quarrel is a person's."""

from __future__ import annotations

import base64
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paddlescan.document import Check, Code, Receipt, TextLine
from paddlescan.extraction.extract import extract_receipt
from paddlescan.extraction.rules import recheck
from paddlescan.extraction.rules.codes import QR
from tests.unit.extraction.drawing import TODAY, line

PLACE = ((20.0, 20.0), (120.0, 20.0), (120.0, 120.0), (20.0, 120.0))
TEXT = "01,10,032001900111,55443322,200.00,20210618,12345678901234567890,AB12"


def page(number: str = "55443322", day: str = "2021年06月18日") -> list[TextLine]:
    return [
        line(240, 20, "江苏增值税电子普通发票", 30),
        line(560, 20, "发票代码：032001900111"),
        line(560, 50, f"发票号码：{number}"),
        line(560, 80, f"开票日期：{day}"),
        line(60, 160, "名称：南京星河软件有限公司"),
        line(60, 190, "纳税人识别号：91320100MA1ABCDE85"),
        line(60, 300, "*餐饮服务*餐费"),
        line(60, 420, "合 计"),
        line(420, 420, "¥200.00"),
        line(620, 420, "¥12.00"),
        line(60, 460, "价税合计（大写）"),
        line(520, 460, "（小写）¥212.00"),
        line(60, 520, "名称：苏州古巷餐饮管理有限公司"),
        line(60, 550, "纳税人识别号：91320500MA9HGFED2U"),
    ]


def read(lines: list[TextLine], *texts: str) -> Receipt:
    codes = [Code(text, "qr_code", PLACE) for text in texts]
    return extract_receipt(lines, 900, 700, today=TODAY, codes=codes)


def agreement(receipt: Receipt) -> Check | None:
    return next((check for check in receipt.checks if check.name == QR.name), None)


def test_what_code_and_print_both_say_is_certain_and_keeps_its_place() -> None:
    lines = page()
    receipt = read(lines, TEXT)
    for name, printed in (("invoice_number", 2), ("invoice_code", 1), ("date", 3), ("subtotal", 8)):
        field = receipt.field(name)
        assert field is not None
        assert (field.origin, field.doubtful) == ("qr", False)
        assert field.confidence >= 0.97
        assert field.quad == lines[printed].quad
    found = agreement(receipt)
    assert found is not None
    assert found.passed
    assert not receipt.needs_review


def test_what_only_the_code_says_stands_where_the_code_stands() -> None:
    field = read(page(), TEXT).field("check_code")
    assert field is not None
    assert (field.value, field.quad, field.text, field.doubtful) == ("12345678901234567890", PLACE, None, False)


def test_a_short_number_does_not_stand_within_another() -> None:
    claims = {"SellerGstin": "27AAPFU0939F1ZV", "DocNo": "7", "DocDt": "05/03/2021", "TotInvVal": 118}
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    lines = [line(60, 20, "TAX INVOICE"), line(60, 60, "Phone 2270 1187"), line(60, 100, "Total 118.00")]
    field = read(lines, f"eyJhbGciOi.{body}.c2lnbmF0dXJl").field("invoice_number")
    assert field is not None
    assert (field.value, field.quad) == ("7", PLACE)
    named = read([*lines, line(60, 140, "Sheet 7 of 9")], f"eyJhbGciOi.{body}.c2lnbmF0dXJl").field("invoice_number")
    assert named is not None
    assert named.quad != PLACE


def test_a_misread_number_is_repaired_and_the_reading_kept() -> None:
    receipt = read(page(number="55448322"), TEXT)
    field = receipt.field("invoice_number")
    assert field is not None
    assert (field.value, field.origin, field.doubtful) == ("55443322", "qr", False)
    assert field.text is not None
    assert "55448322" in field.text
    assert "55448322" in field.candidates
    found = agreement(receipt)
    assert found is not None
    assert found.passed


def test_another_date_than_the_code_has_is_for_a_person() -> None:
    receipt = read(page(day="2021年07月19日"), TEXT)
    field = receipt.field("date")
    assert field is not None
    assert (field.value, field.doubtful) == ("2021-06-18", True)
    assert "2021-07-19" in field.candidates
    found = agreement(receipt)
    assert found is not None
    assert not found.passed
    assert "Date 2021-06-18" in found.detail
    assert receipt.field("invoice_number") == read(page(), TEXT).field("invoice_number")


def test_a_strange_code_makes_its_fields_doubtful_and_leaves_the_readings_on_offer() -> None:
    receipt = read(page(), "01,10,044031900211,37820761,37990.57,20200706,05660235979008260151,EF5")
    for name, printed in (("invoice_number", "55443322"), ("date", "2021-06-18"), ("subtotal", "200.00")):
        field = receipt.field(name)
        assert field is not None
        assert field.doubtful
        assert printed in field.candidates
    assert receipt.value("total") == "212.00"


def test_of_two_codes_the_one_that_the_page_bears_out() -> None:
    other = "01,10,044031900211,37820761,37990.57,20200706,05660235979008260151,EF5"
    assert read(page(), other, TEXT).fields == read(page(), TEXT).fields
    assert read(page(), "https://pay.example", TEXT).fields == read(page(), TEXT).fields
    assert read(page(), "https://pay.example") == read(page())


def test_a_total_where_the_net_belongs_is_no_quarrel() -> None:
    """Some issuers write the amount with tax: it stands on the page, under its own name."""
    receipt = read(page(), TEXT.replace(",200.00,", ",212.00,"))
    assert (receipt.value("subtotal"), receipt.value("total")) == ("200.00", "212.00")
    found = agreement(receipt)
    assert found is not None
    assert found.passed


def test_an_edit_is_judged_by_what_the_code_says() -> None:
    receipt = read(page(day="2021年07月19日"), TEXT)
    assert receipt.field("date") is not None
    wrong = receipt.with_field("date", replace(receipt.fields[1], value="2021-07-19", name="date"))
    by_edit = {check.name: check for check in recheck(wrong.fields, receipt.checks)}
    assert not by_edit[QR.name].passed
    assert "2021-07-19" in by_edit[QR.name].detail
    taken = {check.name: check.passed for check in recheck(receipt.fields, receipt.checks)}
    assert taken[QR.name], "the code's value was taken"


def test_a_page_that_was_read_badly_is_filled_from_its_code() -> None:
    receipt = read([line(60, 40, "#%")], "01,32,,26332000000158213407,424.00,20260608,,5F98")
    assert receipt.kind == "vat_invoice"
    assert (receipt.value("total"), receipt.value("date")) == ("424.00", "2026-06-08")
    field = receipt.field("total")
    assert field is not None
    assert field.doubtful, "nothing on the page bears it out"
    assert agreement(receipt) is None


@pytest.mark.parametrize("kind", ["ean_13", "code_128"])
def test_a_barcode_is_no_field(kind: str) -> None:
    codes = [Code("5901234123457", kind, PLACE)]
    assert extract_receipt(page(), 900, 700, today=TODAY, codes=codes) == read(page())


_words = st.sampled_from([TEXT, "55443322", "2021年06月18日", "¥200.00", "发票号码", "9" * 30, "\u0000", "212.00"])
_lines = st.lists(st.builds(line, st.integers(0, 600), st.integers(0, 900), _words), max_size=12)
_texts = st.lists(st.one_of(st.just(TEXT), st.text(max_size=80), st.just("A:123456789*D:*F:*G:x*O:1")), max_size=4)


@settings(deadline=None, max_examples=100)
@given(_lines, _texts)
def test_any_page_and_any_codes_give_a_receipt(lines: list[TextLine], texts: list[str]) -> None:
    receipt = read(lines, *texts)
    printed = {corner for m in lines for corner in m.quad} | set(PLACE)
    for field in receipt.fields:
        if field.origin == "qr" and field.quad is not None:
            assert set(field.quad) <= printed
