from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paddlescan.document import FIELD_NAMES, Field, Finding, Language, Receipt
from paddlescan.document.export import ExportRow
from paddlescan.export.columns import DEFAULT_KEYS, EMPTY, KEYS, header, is_odd, kind, text, typed, value
from paddlescan.export.remarks import mood
from tests.unit.export.making import BATCH, BY_HAND, INVOICE, LOCKED, REFUND


def test_every_field_and_every_default_column_is_a_column() -> None:
    assert set(FIELD_NAMES) <= set(DEFAULT_KEYS) <= set(KEYS)
    assert len(set(KEYS)) == len(KEYS)


def test_every_column_has_a_header_and_a_value_in_both_languages() -> None:
    for key in KEYS:
        for language in ("en", "zh"):
            assert bool(header(key, language)) == (key != EMPTY)  # type: ignore[arg-type]
            for row in BATCH:
                assert isinstance(text(row, key, language, 1), str)  # type: ignore[arg-type]
    assert len({header(key, "zh") for key in KEYS}) == len(KEYS), "no two columns look the same"


@pytest.mark.parametrize(
    ("key", "of_invoice", "of_refund", "of_locked", "by_hand"),
    [
        ("number", 7, 7, 7, 7),
        ("total", Decimal("9.00"), Decimal("-12.00"), "", "about 5"),
        ("date", date(2026, 3, 5), "", "", ""),
        ("invoice_number", "011002100311", "", "", ""),
        ("state", "To check", "Done", "Failed", "Done"),
        ("kind", "VAT invoice", "Receipt", "", ""),
        ("file", "三月/电子发票.pdf", "=cmd|' /C calc'!A0.jpg", "locked.pdf", ""),
        ("page", 2, 1, 1, ""),
        ("receipt_number", 2, 1, 1, ""),
        ("seen_before", "二月/电子发票.pdf 1/1", "", "", ""),
        ("error", "", "", "locked.pdf is locked with a password. Enter the password and read it again.", ""),
        ("doubtful", "Tax", "", "", ""),
        ("checks", "8.48 + 0.52 is 9.00, not 9.80", "", "", ""),
        ("picture", "", "", "", ""),
    ],
)
def test_a_value_has_the_type_of_its_column(
    key: str, of_invoice: object, of_refund: object, of_locked: object, by_hand: object
) -> None:
    found = [value(row, key, "en", 7) for row in (INVOICE, REFUND, LOCKED, BY_HAND)]
    assert found == [of_invoice, of_refund, of_locked, by_hand]


@pytest.mark.parametrize(("language", "word"), [("en", "Blank page"), ("zh", "空白页")])
def test_a_blank_page_is_called_so_until_somebody_types_a_receipt_into_it(language: Language, word: str) -> None:
    blank = ExportRow("b.jpg", "done", quality=(Finding("blank"),))
    assert text(blank, "state", language, 1) == word
    assert mood(blank, "state", said=False) == "soft"
    typed_in = replace(blank, receipt=Receipt(fields=(Field("total", "5.00"),)))
    assert text(typed_in, "state", language, 1) == text(REFUND, "state", language, 1)
    assert mood(typed_in, "state", said=False) == "done"


def test_words_are_of_the_chosen_language() -> None:
    row = replace(INVOICE, receipt=INVOICE.receipt.with_field("category", Field("category", "meals")))
    assert [value(row, key, "zh", 1) for key in ("state", "kind", "category", "doubtful")] == [
        "待核对",
        "增值税发票",
        "餐饮",
        "税额",
    ]


@pytest.mark.parametrize(
    ("typed_text", "wanted", "found"),
    [
        ("2026-02-29", "date", "2026-02-29"),
        ("2028-02-29", "date", date(2028, 2, 29)),
        ("1900-02-28", "date", "1900-02-28"),
        ("5-3-26", "date", "5-3-26"),
        ("２０２６-03-05", "date", "２０２６-03-05"),
        ("1,234.50", "amount", Decimal("1234.50")),
        ("12,34.50", "amount", "12,34.50"),
        ("-0.50", "amount", Decimal("-0.50")),
        ("=9.00", "amount", "=9.00"),
        ("NaN", "amount", "NaN"),
        ("1e5", "amount", "1e5"),
        ("1234567890123.45", "amount", Decimal("1234567890123.45")),
        ("12345678901234.56", "amount", "12345678901234.56"),
        ("٣", "amount", "٣"),
        ("3", "text", "3"),
    ],
)
def test_what_a_spreadsheet_could_not_hold_stays_text(typed_text: str, wanted: str, found: object) -> None:
    assert typed(typed_text, wanted) == found  # type: ignore[arg-type]
    assert is_odd(typed(typed_text, wanted), wanted) == (wanted != "text" and isinstance(found, str))  # type: ignore[arg-type]


@given(st.sampled_from(FIELD_NAMES), st.text())
@settings(deadline=None)
def test_no_text_is_lost_to_its_type(name: str, written: str) -> None:
    row = ExportRow("a.jpg", "done", receipt=Receipt(fields=(Field(name, written),)))
    found = value(row, name, "en", 1)
    if isinstance(found, str):
        assert name == "category" or found == written
    else:
        assert kind(name) in ("amount", "date")
