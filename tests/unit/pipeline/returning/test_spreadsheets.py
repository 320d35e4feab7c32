"""Exports that a real spreadsheet opened and saved, and workbooks of our own, edited: read back beside the batch."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from paddlescan.document import Language
from paddlescan.export.csv_export import write_csv
from paddlescan.export.read_back import read_table
from paddlescan.export.template_files import built_in
from paddlescan.export.xlsx_export import write_xlsx
from paddlescan.pipeline.hand_edits import typed_edit
from paddlescan.pipeline.keeping import open_store
from paddlescan.pipeline.returning import Comparison, compare
from tests.unit.export.office import FROM_UTF8, convert, needs_office
from tests.unit.gui.receipts import Filled, fill, read_receipt

PLAIN_CSV = "csv:Text - txt - csv (StarCalc):44,34,76"
GERMAN_CSV = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1031,false,true,false"
"""Semicolons, UTF-8, cells as they are shown."""


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    made = fill(tmp_path, open_store)
    made.put(
        "三月/a.png",
        merchant="北京清风餐饮（朝阳店）",
        date="2026-03-05",
        total="1234.50",
        invoice_number="01100210031112345678",
        invoice_code="011002100311",
        seller_tax_id="91310000MA1K00000X",
        category="meals",
    )
    made.drop("b.pdf")
    made.read(
        "b.pdf",
        read_receipt(1, 2, merchant="=cmd|' /C calc'!A0", date="2026-02-28", total="-12.00", note="7-11", tax="0.00"),
        read_receipt(2, 2, merchant="+44 113 496 0000", address="1 High St\nLeeds", total="9.00", train_number="12E3"),
    )
    made.put("c.png", merchant="'quoted", date="05/03/2026?", total="about 5?", check_code="1.10", buyer="March 1")
    by_hand = made.store.receipt_row(made.store.add_receipt(made.batch))
    assert by_hand is not None
    made.store.apply_edit(typed_edit(by_hand, "merchant", "Taxi"))
    yield made
    made.store.close()


def converted(file: Path, kind: str, home: Path) -> Path:
    """The file, opened and saved by LibreOffice as another kind."""
    place = home / file.suffix[1:] / kind[:4]
    place.mkdir(parents=True)
    (made,) = convert(file, kind, place, FROM_UTF8 if file.suffix == ".csv" else None)
    return made


def exported(filled: Filled, folder: Path, kind: str, language: Language = "en") -> Path:
    file = folder / f"out.{kind}"
    rows = filled.store.export_rows(filled.batch)
    if kind == "csv":
        write_csv(rows, file, True, language)
    else:
        write_xlsx(rows, file, True, language)
    return file


def compared(filled: Filled, file: Path) -> Comparison:
    return compare(filled.store, filled.batch, read_table(file))


def told(comparison: Comparison) -> list[tuple[str, str, str]]:
    return [(change.name, change.before, change.after) for change in comparison.changes]


def edited(file: Path, change: Callable[[Workbook, Worksheet, dict[str, int]], None]) -> Path:
    """The workbook after somebody changed cells: by the captions of its columns."""
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if "_paddlescan" in [cell.value for cell in row])
    change(book, sheet, {str(cell.value): cell.column for cell in head})
    book.save(file)
    return file


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize(("first", "then"), [("csv", ("csv",)), ("csv", ("ods", PLAIN_CSV)), ("xlsx", ("xlsx",))])
def test_what_libreoffice_only_saved_changes_nothing(
    filled: Filled, tmp_path: Path, first: str, then: tuple[str, ...]
) -> None:
    file = exported(filled, tmp_path, first, "zh")
    for step, kind in enumerate(then):
        file = converted(file, kind, tmp_path / f"home-{step}")
    comparison = compared(filled, file)
    assert (told(comparison), comparison.strangers, comparison.rows, comparison.ignored) == ([], (), 5, ())


@needs_office
@pytest.mark.slow
def test_a_workbook_saved_as_csv_by_a_german_is_understood(filled: Filled, tmp_path: Path) -> None:
    file = converted(exported(filled, tmp_path, "xlsx"), GERMAN_CSV, tmp_path / "home")
    assert ";" in file.read_text("utf-8").splitlines()[0]
    comparison = compared(filled, file)
    assert (told(comparison), comparison.strangers) == ([], ())


@needs_office
@pytest.mark.slow
def test_edits_are_found_exactly_after_libreoffice_saved_them(filled: Filled, tmp_path: Path) -> None:
    file = exported(filled, tmp_path, "csv")
    rows = list(csv.reader(file.open(encoding="utf-8-sig", newline="")))
    head = rows[0]
    rows[1][head.index("Total")] = "1300"
    rows[2][head.index("Date")] = "2026/3/1"
    rows[3][head.index("Project")] = "二期"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    for kind in ("csv", "xlsx"):
        assert told(compared(filled, converted(file, kind, tmp_path / "home"))) == [
            ("total", "1234.50", "1300.00"),
            ("date", "2026-02-28", "2026-03-01"),
            ("project", "", "二期"),
        ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("template", [None, *built_in()], ids=lambda t: t.name if t else "default")
def test_an_own_workbook_that_nobody_edited_changes_nothing(
    filled: Filled, tmp_path: Path, language: Language, template: object
) -> None:
    for kind, write in (("xlsx", write_xlsx), ("csv", write_csv)):
        file = tmp_path / f"out.{kind}"
        write(filled.store.export_rows(filled.batch), file, False, language, template=template)  # type: ignore[operator]
        comparison = compared(filled, file)
        assert (kind, told(comparison), comparison.strangers, comparison.ignored) == (kind, [], (), ())


def test_a_workbook_knows_its_rows_when_they_were_sorted_and_edited(filled: Filled, tmp_path: Path) -> None:
    def change(book: Workbook, sheet: Worksheet, at: dict[str, int]) -> None:
        sheet.cell(2, at["Total"], 1300.5)
        sheet.cell(3, at["Date"], date(2026, 3, 1))
        sheet.cell(4, at["Invoice number"], 12345678901234567890)
        sheet.cell(5, at["File"], "renamed by somebody.png")
        sheet.cell(5, at["Note"], "=1+1")
        sheet.cell(6, at["Merchant"], "Bus")
        sheet.cell(9, at["Merchant"], "somebody's own row")
        sheet.move_range(f"A2:{sheet.cell(2, sheet.max_column).coordinate}", rows=5)

    comparison = compared(filled, edited(exported(filled, tmp_path, "xlsx"), change))
    assert told(comparison) == [
        ("date", "2026-02-28", "2026-03-01"),
        ("invoice_number", "", "12345678901234570000"),
        ("note", "", ""),
        ("merchant", "Taxi", "Bus"),
        ("total", "1234.50", "1300.50"),
    ]
    assert [change.trouble for change in comparison.damaged()] == ["cut", "formula"]
    assert [(stranger.line, stranger.why) for stranger in comparison.strangers] == [(9, "elsewhere")]


def test_a_workbook_tells_who_edited_what(filled: Filled, tmp_path: Path) -> None:
    def change(book: Workbook, sheet: Worksheet, at: dict[str, int]) -> None:
        sheet.cell(2, at["Merchant"], "Theirs")
        sheet.cell(3, at["Note"]).value = None

    file = edited(exported(filled, tmp_path, "xlsx"), change)
    first, second, *_ = filled.store.receipt_rows(filled.batch)
    for row, name, value in ((first, "merchant", "Mine"), (first, "total", "1.00"), (second, "note", "")):
        filled.store.apply_edit(typed_edit(row, name, value))
    comparison = compared(filled, file)
    assert [(c.name, c.before, c.after, c.exported) for c in comparison.changes] == [
        ("merchant", "Mine", "Theirs", "北京清风餐饮（朝阳店）")
    ]
