from __future__ import annotations

import io
import os
import random
import re
import subprocess
import sys
import warnings
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from paddlescan.document import Check, Field, Receipt
from paddlescan.document.export import ExportRow
from paddlescan.errors import ExportExists, ExportFailed
from paddlescan.export import book as book_module
from paddlescan.export.book import LONGEST_TEXT, sheet_name
from paddlescan.export.marker import FORMAT, SHEET
from paddlescan.export.template_files import Templates
from paddlescan.export.templates import Column, Template
from paddlescan.export.xlsx_export import write_xlsx
from tests.unit.export.making import BATCH, BY_HAND, INVOICE, LOCKED, REFUND

AMBER, RED = ("FFFFF4E0", "FFB25E09"), ("FFFDECEA", "FFC0342B")
LONG = "24312000000012345678"
FORMULA = "=cmd|' /C calc'!A0"
SUMMARY = Templates(Path("nowhere")).find("报销汇总表")
REPORT = Templates(Path("nowhere")).find("expenses")


def jpeg(width: int = 120, height: int = 90) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "JPEG")
    return out.getvalue()


def written(rows: Any, path: Path, *args: Any, **options: Any) -> openpyxl.Workbook:
    write_xlsx(rows, path, True, *args, **options)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl cannot keep
        return openpyxl.load_workbook(path)


def table(book: openpyxl.Workbook) -> Worksheet:
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def by_header(book: openpyxl.Workbook, row: int) -> dict[str, Cell]:
    """The cells of a row of the table by their headers; of equal headers the last."""
    sheet = table(book)
    return {str(head.value): cell for head, cell in zip(sheet[1], sheet[row], strict=True)}  # type: ignore[misc]


def colours(cell: Cell) -> tuple[str, str]:
    return cell.fill.fgColor.rgb, cell.font.color.rgb


def receipt(**values: str) -> ExportRow:
    return ExportRow("a.jpg", "done", receipt=Receipt(fields=tuple(Field(k, v) for k, v in values.items())))


def test_cells_have_real_types(tmp_path: Path) -> None:
    cells = by_header(written(BATCH, tmp_path / "a.xlsx"), 2)
    assert cells["Date"].value == datetime(2026, 3, 5)
    assert cells["Date"].number_format == "yyyy-mm-dd"
    assert (cells["Total"].value, cells["Total"].data_type, cells["Total"].number_format) == (9, "n", "#,##0.00")
    assert (cells["Invoice number"].value, cells["Invoice number"].data_type) == ("011002100311", "s")
    assert (cells["Seller tax ID"].value, cells["Seller tax ID"].number_format) == ("91310000MA1K00000X", "@")
    assert (cells["Page"].value, cells["Receipt no."].value) == (2, 2)
    assert by_header(written(BATCH, tmp_path / "a.xlsx"), 3)["Total"].value == -12


def test_what_is_no_date_or_amount_stays_as_typed_and_is_marked(tmp_path: Path) -> None:
    rows = [receipt(date="2026-02-30", total="about 5", tax="1,234.50", subtotal="12345678901234567.00")]
    cells = by_header(written(rows, tmp_path / "a.xlsx"), 2)
    assert [cells[h].value for h in ("Date", "Total", "Net")] == ["2026-02-30", "about 5", "12345678901234567.00"]
    for header, says in (("Date", "Not a date"), ("Total", "Not an amount"), ("Net", "Not an amount")):
        assert cells[header].data_type == "s"
        assert colours(cells[header]) == AMBER
        assert cells[header].comment is not None
        assert says in cells[header].comment.text
    assert cells["Tax"].value == 1234.5
    assert cells["Tax"].comment is None


def test_doubt_is_amber_and_says_why(tmp_path: Path) -> None:
    cells = by_header(written(BATCH, tmp_path / "a.xlsx", "zh"), 2)
    assert colours(cells["税额"]) == AMBER
    assert cells["税额"].comment is not None
    assert cells["税额"].comment.text == "待核对：请与原件核对。\n把握：41%\n也可能是：0.62、0.82"
    assert cells["状态"].comment is not None
    assert "二月/电子发票.pdf 1/1" in cells["状态"].comment.text
    assert "8.48 + 0.52 is 9.00, not 9.80" in cells["状态"].comment.text
    assert [header for header, cell in cells.items() if cell.comment] == ["状态", "税额"]
    assert colours(cells["价税合计"])[1] != AMBER[1]


def test_a_field_that_was_not_found_is_amber_though_empty(tmp_path: Path) -> None:
    row = ExportRow("a.jpg", "needs_review", receipt=Receipt(fields=(Field("total", "", doubtful=True),)))
    cell = by_header(written([row], tmp_path / "a.xlsx"), 2)["Total"]
    assert cell.value is None
    assert colours(cell) == AMBER
    assert cell.comment is not None
    assert "not found" in cell.comment.text


def test_a_failed_row_is_red_and_says_why(tmp_path: Path) -> None:
    cells = by_header(written(BATCH, tmp_path / "a.xlsx"), 4)
    assert {colours(cell) for header, cell in cells.items() if not header.startswith("_")} == {RED}
    why = "locked.pdf is locked with a password. Enter the password and read it again."
    assert cells["Error"].value == why
    assert cells["State"].comment is not None
    assert cells["State"].comment.text == why


def test_the_header_is_bold_and_stays_in_sight_and_can_be_filtered(tmp_path: Path) -> None:
    sheet = table(written(BATCH, tmp_path / "a.xlsx"))
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:AB5", "the hidden key goes along when rows are sorted"
    assert sheet.column_dimensions["AB"].hidden
    assert sheet.print_title_rows == "$1:$1"
    widths = [sheet.column_dimensions[letter].width for letter in "BC"]
    assert widths[0] > len("晨光文具店") * 2
    assert widths[1] > len("2026-03-05")


@pytest.mark.parametrize("text", [FORMULA, "=1+1", "+44 113 496", "-1", "@SUM(A1)", "http://evil.example/", "007"])
def test_no_text_of_a_receipt_becomes_a_formula_a_number_or_a_link(text: str, tmp_path: Path) -> None:
    row = replace(receipt(merchant=text, note=text, total=f"={text}", date=text, currency=text), source=text)
    for template in (None, SUMMARY, REPORT):
        book = written([row, receipt(total="1.00", currency="USD")], tmp_path / "a.xlsx", "en", template)
        formulas = [
            cell.value
            for sheet in book.worksheets
            for line in sheet.iter_rows()
            for cell in line
            if cell.data_type == "f"
        ]
        assert all(re.fullmatch(r"=SUM(IF)?\([$A-Z0-9:,]+\)", str(formula)) for formula in formulas), formulas
        assert text not in str(formulas)
        assert all(cell.hyperlink is None for line in table(book).iter_rows() for cell in line)
        assert any(cell.value == text and cell.data_type == "s" for line in table(book).iter_rows() for cell in line)


def test_sums_are_by_currency_and_carry_their_results(tmp_path: Path) -> None:
    rows = [
        receipt(total="10.10", currency="CNY", tax="1.00"),
        receipt(total="-12.00", currency="CNY"),
        receipt(total="5.00", currency="USD"),
        receipt(total="2.00"),
        receipt(total="five", currency="CNY"),
    ]
    book = written(rows, tmp_path / "a.xlsx", "zh", SUMMARY)
    sheet = table(book)
    assert [sheet.cell(row, 1).value for row in (7, 8, 9)] == ["合计（CNY）", "合计（USD）", "合计（币种不明）"]
    assert sheet["I7"].value == "=SUMIF($O$2:$O$6,1,$I$2:$I$6)", "the sheet shows no currency: by a hidden column"
    assert sheet["K8"].value is None
    assert sheet["I4"].number_format == '"USD" #,##0.00'
    assert sheet["I2"].number_format == "#,##0.00"
    assert sheet["I7"].comment is not None
    assert "未计入合计的金额：1 个" in sheet["I7"].comment.text
    results = table(openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True))
    assert [results[f"I{row}"].value for row in (7, 8, 9)] == [-1.9, 5, 2]
    assert [results[f"K{row}"].value for row in (7, 8, 9)] == [1, None, None]
    assert colours(sheet["I7"]) == AMBER

    known = [row for row in rows if row.receipt.value("currency")]
    sheet = table(written(known, tmp_path / "b.xlsx", "en", REPORT))
    assert sheet["I6"].value == '=SUMIF($J$2:$J$5,"CNY",$I$2:$I$5)', "by the column that shows it"


def test_one_currency_has_one_plain_sum_and_no_rows_have_none(tmp_path: Path) -> None:
    sheet = table(written([receipt(total="1.10", currency="CNY")] * 2, tmp_path / "a.xlsx", "zh", SUMMARY))
    assert (sheet["A4"].value, sheet["I4"].value) == ("合计", "=SUM($I$2:$I$3)")
    assert sheet["I4"].font.bold
    assert table(written([], tmp_path / "a.xlsx", "zh", SUMMARY)).max_row == 1


def test_what_is_not_sure_in_a_sum_is_said(tmp_path: Path) -> None:
    row = replace(INVOICE, receipt=INVOICE.receipt.with_field("total", Field("total", "9.00", doubtful=True)))
    sheet = table(written([row], tmp_path / "a.xlsx", "en", REPORT))
    assert sheet["I3"].comment is not None
    assert sheet["I3"].comment.text == "Receipts seen before in this sum: 1\nDoubtful amounts in this sum: 1"


def test_the_chinese_summary_has_its_headers_and_leaves_failed_pages_out(tmp_path: Path) -> None:
    book = written(BATCH, tmp_path / "a.xlsx", "en", SUMMARY)
    sheet = table(book)
    assert sheet.title == "报销汇总表"
    headers = "序号 发票号码 日期 类型 销售方 税号 购买方 税号 价税合计 不含税金额 税额 文件名 备注"
    assert [cell.value for cell in sheet[1]][:13] == headers.split()
    assert [sheet.cell(row, 1).value for row in range(2, 7)] == [1, 2, 3, "合计（CNY）", "合计（币种不明）"]
    assert "locked.pdf" not in str([cell.value for row in sheet.iter_rows() for cell in row])
    first = sheet["A2"].comment
    assert first is not None, "a sheet without the column for it says of the receipt in its first column"
    assert "疑似重复" in first.text


def test_pictures_lie_in_their_rows_and_links_are_relative(tmp_path: Path) -> None:
    folder = tmp_path / "三月 #1 100%"
    folder.mkdir()
    beside = folder / "a [b].jpg"
    rows = [replace(REFUND, source="a"), replace(REFUND, source="b"), BY_HAND]
    files = {"a": beside, "b": tmp_path / "elsewhere.jpg", "": None}
    book = written(
        rows,
        folder / "out.xlsx",
        thumbnail=lambda row: jpeg() if row.source == "a" else b"no picture" if row.source == "b" else None,
        link=lambda row: files[row.source],
    )
    sheet = table(book)
    assert [image.anchor._from.row for image in sheet._images] == [1]  # type: ignore[attr-defined]
    assert sheet.row_dimensions[2].height == 51
    cells = [by_header(book, row)["File"] for row in (2, 3, 4)]
    assert [cell.hyperlink.target if cell.hyperlink else None for cell in cells] == [
        "a%20%5Bb%5D.jpg",
        (tmp_path / "elsewhere.jpg").as_uri(),
        None,
    ]
    with zipfile.ZipFile(folder / "out.xlsx") as package:
        drawing = package.read("xl/drawings/_rels/drawing1.xml.rels").decode()
    assert 'Target="a%20%5Bb%5D.jpg"' in drawing


def test_without_pictures_there_is_no_column_for_them(tmp_path: Path) -> None:
    assert table(written(BATCH, tmp_path / "a.xlsx"))["A1"].value == "State"
    assert table(written(BATCH, tmp_path / "a.xlsx", thumbnail=lambda _: None))["A1"].value == "Picture"


def test_the_hidden_sheet_keeps_what_was_exported(tmp_path: Path) -> None:
    row = replace(INVOICE, receipt_id=17)
    row = replace(row, receipt=row.receipt.with_field("category", Field("category", "meals")))
    template = Template("t", (Column("total", "钱"), Column("category"), Column("state"), Column("empty", "x")))
    book = written([row, REFUND, BY_HAND], tmp_path / "a.xlsx", "zh", template)
    sheet = book[SHEET]
    assert sheet.sheet_state == "veryHidden"
    lines = [list(line) for line in sheet.iter_rows(values_only=True)]
    assert lines[0][:6] == [FORMAT, "zh", "t", "t", 1, 4]
    assert lines[1] == [
        "key",
        "source",
        "page",
        "receipt",
        "receipt_id",
        "sha256",
        "total",
        "category",
        "state",
        "empty",
    ]
    assert lines[2][6:] == ["钱", "类别", "状态", "x"]
    assert lines[3] == [1, "三月/电子发票.pdf", 2, 2, 17, "ab" * 32, "9.00", "meals", "待核对", None]
    assert lines[4][:7] == [2, REFUND.source, 1, 1, 0, "cd" * 32, "-12.00"]
    assert lines[5][:7] == [3, None, 1, 1, 0, None, "about 5"]
    keys = [cell.value for cell in table(book)["E"]]
    assert keys == ["_paddlescan", 1, 2, 3]
    assert book.custom_doc_props["PaddleScan"].value == FORMAT


@given(st.text(), st.text(max_size=30))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_comes_back_and_never_breaks_the_file(tmp_path: Path, text: str, source: str) -> None:
    row = replace(receipt(merchant=text, note=f"<r>{text}</r>", total=text), source=source)
    book = written([row], tmp_path / "a.xlsx", link=lambda row: tmp_path / (row.source or "x"))
    cells = by_header(book, 2)
    expected = book_module.cell_text(text)
    # XML knows one line break, and openpyxl undoes no escapes in texts that stand in their cells.
    assert unescaped(cells["Merchant"].value or "") == expected
    assert unescaped(cells["Note"].value or "") == book_module.cell_text(f"<r>{text}</r>")
    assert cells["Merchant"].data_type != "f"


def unescaped(text: object) -> str:
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), str(text))


ODD = ("<r>", "</r>", "<r></r>", "<r><t>x</t></r>", "_x0041_", "a\x00b", "\ud800", "x" * 40_000, "𠮷" * 20_000)


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_are_kept_as_a_cell_can(text: str, tmp_path: Path) -> None:
    cells = by_header(written([receipt(merchant=text)], tmp_path / "a.xlsx"), 2)
    kept = unescaped(cells["Merchant"].value)
    assert kept == book_module.cell_text(text)
    assert len(kept.encode("utf-16-le")) <= 2 * LONGEST_TEXT


@pytest.mark.parametrize(
    ("name", "kept"), [("a/b:c", "a_b_c"), ("'x'", "x"), ("", "Sheet"), ("History", "Sheet"), ("报" * 40, "报" * 31)]
)
def test_a_sheet_takes_any_name(name: str, kept: str) -> None:
    assert sheet_name(name) == kept


def test_an_existing_file_is_kept_and_a_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"mine")
    with pytest.raises(ExportExists):
        write_xlsx(BATCH, tmp_path / "a.xlsx", overwrite=False)
    assert (tmp_path / "a.xlsx").read_bytes() == b"mine"

    def rows() -> Any:
        yield INVOICE
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_xlsx(rows(), tmp_path / "b.xlsx", overwrite=False)
    monkeypatch.setattr(book_module, "MOST_ROWS", 3)
    with pytest.raises(ExportFailed, match="cannot hold so many"):
        write_xlsx(BATCH, tmp_path / "b.xlsx", overwrite=False)
    assert [file.name for file in tmp_path.iterdir()] == ["a.xlsx"]


FILES_MAY_GROW_TO = """
import random, resource, sys
from pathlib import Path
from paddlescan.errors import PaddleScanError
from paddlescan.export.xlsx_export import write_xlsx
from tests.unit.export.making import REFUND
from tests.unit.export.test_xlsx_export import noise

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
try:
    write_xlsx([REFUND] * 30, Path(sys.argv[2]), False, thumbnail=lambda row: noise())
except PaddleScanError as error:
    print(error.code)
"""


def noise() -> bytes:
    """A JPEG that cannot be packed any smaller, of some ten kilobytes."""
    out = io.BytesIO()
    Image.frombytes("L", (120, 90), random.randbytes(120 * 90)).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files as Linux does")
@pytest.mark.parametrize("limit", [2_000, 100_000], ids=["while rows are written", "while the file is put together"])
def test_a_disk_that_takes_no_more_is_told_and_nothing_is_left(limit: int, tmp_path: Path) -> None:
    temporary, target = tmp_path / "temporary", tmp_path / "out" / "a.xlsx"
    temporary.mkdir()
    target.parent.mkdir()
    command = [sys.executable, "-W", "error", "-c", FILES_MAY_GROW_TO, str(limit), str(target)]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (done.stdout, done.stderr) == ("export_failed\n", "")
    assert list(temporary.iterdir()) == list(target.parent.iterdir()) == []


def test_failed_checks_are_told_in_the_language(tmp_path: Path) -> None:
    facts = (("said", "differs"), ("net", "8.48"), ("tax", "0.52"), ("sum", "9.00"), ("total", "9.80"))
    checks = (Check("net_plus_tax_is_total", False, "", facts),)
    row = replace(REFUND, status="needs_review", receipt=Receipt(checks=checks))
    comment = by_header(written([row], tmp_path / "a.xlsx", "zh"), 2)["状态"].comment
    assert comment is not None
    assert comment.text == "不含税 8.48 + 税额 0.52 = 9.00，但合计读作 9.80"


def test_a_locked_page_has_the_error_in_its_first_column_where_there_is_no_other(tmp_path: Path) -> None:
    template = Template("t", (Column("file"), Column("total")))
    comment = table(written([LOCKED], tmp_path / "a.xlsx", "en", template))["A2"].comment
    assert comment is not None
    assert "password" in comment.text


def test_doubt_that_the_sheet_does_not_show_is_told_of_the_row(tmp_path: Path) -> None:
    template = Template("t", (Column("number"), Column("total")))
    sheet = table(written([INVOICE, REFUND], tmp_path / "a.xlsx", "zh", template))
    assert sheet["A2"].comment is not None
    assert sheet["A2"].comment.text.startswith("待核对：税额\n疑似重复：")
    assert sheet["A3"].comment is None
