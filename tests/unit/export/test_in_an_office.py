"""What LibreOffice makes of our files: as a person sees them, and as it writes them again."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from paddlescan.document import Field, Receipt
from paddlescan.document.export import ExportRow
from paddlescan.export.columns import typed
from paddlescan.export.csv_export import write_csv
from paddlescan.export.marker import SHEET
from paddlescan.export.template_files import Templates
from paddlescan.export.xlsx_export import write_xlsx
from tests.unit.export.making import INVOICE, LOCKED, REFUND
from tests.unit.export.office import FROM_UTF8, convert, needs_office, shown

pytestmark = [needs_office, pytest.mark.slow]

LONG = "24312000000012345678"
FORMULA = "=cmd|' /C calc'!A0"
ODD = ExportRow(
    source="三月/[1] 50% #2.jpg",
    status="done",
    receipt=Receipt(
        kind="vat_invoice",
        language="zh",
        fields=(
            Field("merchant", FORMULA),
            Field("date", "2026-02-28"),
            Field("total", "-12.00"),
            Field("currency", "CNY"),
            Field("invoice_number", LONG),
            Field("invoice_code", "007"),
            Field("buyer", "杭州某某科技有限公司 𠮷野家"),
            Field("tax", "0.50"),
            Field("note", "+8613800000000"),
        ),
    ),
)
TYPED = ExportRow("b.jpg", "done", receipt=Receipt(fields=(Field("date", "2026-02-30"), Field("total", "3.5"))))
ROWS = (ODD, INVOICE, REFUND, LOCKED, TYPED)


def dictionaries(lines: list[list[str]]) -> list[dict[str, str]]:
    head, *body = lines
    return [dict(zip(head, line, strict=False)) for line in body]


def test_a_workbook_shows_dates_numbers_and_long_numbers_as_they_are(tmp_path: Path) -> None:
    write_xlsx(ROWS, tmp_path / "a.xlsx", False, link=lambda row: tmp_path / row.source)
    first, _, refund, locked, typed = dictionaries(shown(tmp_path / "a.xlsx", tmp_path)["Receipts"])
    assert (first["Date"], first["Total"], first["Tax"]) == ("2026-02-28", "-12.00", "0.50")
    assert (first["Invoice number"], first["Invoice code"]) == (LONG, "007")
    assert (first["Merchant"], first["Buyer"]) == (FORMULA, "杭州某某科技有限公司 𠮷野家")
    assert first["Note"] == "+8613800000000"
    assert first["File"] == "三月/[1] 50% #2.jpg"
    assert (refund["Merchant"], refund["Total"]) == ("7-11", "-12.00")
    assert "password" in locked["Error"]
    assert (typed["Date"], typed["Total"]) == ("2026-02-30", "3.50")


def test_the_sums_are_calculated_as_they_were_written(tmp_path: Path) -> None:
    usd = ExportRow("u.jpg", "done", receipt=Receipt(fields=(Field("total", "1,000.25"), Field("currency", "USD"))))
    template = Templates(tmp_path).find("报销汇总表")
    write_xlsx((*ROWS, usd), tmp_path / "a.xlsx", False, template=template)
    for file in (tmp_path / "a.xlsx", *convert(tmp_path / "a.xlsx", "xlsx", tmp_path)):  # the second: calculated anew
        sheet = openpyxl.load_workbook(file, data_only=True)["报销汇总表"]
        sums = {row[0]: row[8] for row in sheet.iter_rows(values_only=True) if "合计" in str(row[0])}
        assert sums == {"合计（CNY）": -3, "合计（USD）": 1000.25, "合计（币种不明）": -8.5}


def test_what_it_saves_again_can_still_be_read_back(tmp_path: Path) -> None:
    write_xlsx(ROWS, tmp_path / "a.xlsx", False, link=lambda row: tmp_path / row.source)
    (again,) = convert(tmp_path / "a.xlsx", "xlsx", tmp_path)
    book = openpyxl.load_workbook(again)
    assert SHEET in book.sheetnames
    assert book[SHEET].sheet_state != "visible"
    assert book[SHEET]["B4"].value == "三月/[1] 50% #2.jpg"
    assert [cell.value for cell in book.worksheets[0]["AB"]] == ["_paddlescan", 1, 2, 3, 4, 5]
    link = book.worksheets[0]["W2"].hyperlink
    assert link is not None
    assert link.target in ("../三月/[1]%2050%25%20%232.jpg", "../三月/%5B1%5D%2050%25%20%232.jpg"), "to the same file"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_csv_goes_through_it_with_long_numbers_and_refunds_intact(language: str, tmp_path: Path) -> None:
    write_csv(ROWS, tmp_path / "a.csv", False, language)  # type: ignore[arg-type]
    ours = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_bytes().decode("utf-8-sig"), newline="")))
    (lines,) = shown(tmp_path / "a.csv", tmp_path, FROM_UTF8).values()
    assert [[meant(cell) for cell in line] for line in lines] == [[meant(cell) for cell in line] for line in ours]
    assert LONG in [cell.rstrip("\t") for cell in lines[1]]
    assert Decimal(-12) in [meant(cell) for cell in lines[1]]


def meant(cell: str) -> object:
    """What a cell says: LibreOffice shows a number without zeros at its end."""
    return typed(cell.rstrip("\t"), "amount") if len(cell) < 12 else cell.rstrip("\t")


def test_no_text_of_a_csv_becomes_a_formula(tmp_path: Path) -> None:
    write_csv(ROWS, tmp_path / "a.csv", False)
    (book,) = convert(tmp_path / "a.csv", "xlsx", tmp_path, FROM_UTF8)
    cells = [cell for row in openpyxl.load_workbook(book).worksheets[0].iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert "'" + FORMULA in [cell.value for cell in cells]
