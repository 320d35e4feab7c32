"""Reading an edited export: whichever program saved it, and whatever it is in truth."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from paddlescan.document import FIELD_NAMES, Language
from paddlescan.errors import (
    EmptyFile,
    PaddleScanError,
    TableDamaged,
    TableKind,
    TableLocked,
    TableMissing,
    TableTooLarge,
    TableUnknown,
)
from paddlescan.export.csv_export import write_csv
from paddlescan.export.json_export import write_json
from paddlescan.export.read_back import ReadTable, read_table
from paddlescan.export.read_back import package as package_room
from paddlescan.export.templates import Column, Template
from tests.unit.export.making import BATCH, INVOICE


def save(folder: Path, text: str, encoding: str = "utf-8", name: str = "edited.csv") -> Path:
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


def texts(table: ReadTable, name: str) -> list[str]:
    return [row.cells[name].text for row in table.rows]


def workbook(folder: Path, *rows: list[Any], title: str = "Receipts", extra: str = "") -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = title
    for row in rows:
        book.active.append(row)
    if extra:
        book.create_sheet(extra, 0).append(["Merchant", "only one known column"])
    file = folder / "edited.xlsx"
    book.save(file)
    return file


# CSV


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_export_is_read_as_it_was_written(tmp_path: Path, language: Language) -> None:
    file = tmp_path / "out.csv"
    write_csv(BATCH, file, False, language)
    table = read_table(file)
    assert table.format == "csv"
    assert set(table.columns) == set(FIELD_NAMES)
    assert table.ignored == ()
    assert [(row.source, row.page, row.number) for row in table.rows] == [
        ("三月/电子发票.pdf", 2, 2),
        ("=cmd|' /C calc'!A0.jpg", 1, 1),
        ("locked.pdf", 1, 1),
        ("", None, None),
    ]
    assert [row.line for row in table.rows] == [2, 3, 4, 5]
    assert table.rows[0].cells["merchant"].text == "晨光文具店"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom", "gb18030", "gbk"]
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_encoding_and_separator_is_understood(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [["商户", "文件名", "价税合计"], ["晨光文具店, 上海; 二店", "三月/a.pdf", "9.00"]]
    text = "".join(separator.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)
    mark = "\ufeff" if encoding.endswith("-bom") else ""
    table = read_table(save(tmp_path, mark + text, encoding.removesuffix("-bom")))
    assert texts(table, "merchant") == ["晨光文具店, 上海; 二店"]
    assert table.rows[0].source == "三月/a.pdf"
    assert table.unicode == (not encoding.startswith("gb"))


def test_western_letters_are_no_chinese(tmp_path: Path) -> None:
    table = read_table(save(tmp_path, "Merchant,File\r\nCafés Élysées à Paris,a.pdf\r\n", "cp1252"))
    assert texts(table, "merchant") == ["Cafés Élysées à Paris"]
    assert not table.unicode


def test_columns_may_be_moved_left_out_renamed_and_added(tmp_path: Path) -> None:
    table = read_table(save(tmp_path, "total,My own,文件名,  TAX :,Total\n9.00,x,a.pdf,0.52,8.00\n"))
    assert table.columns == ("total", "tax")
    assert table.ignored == ("My own", "Total")
    assert texts(table, "total") == ["9.00"]


def test_titles_above_and_sums_below_are_no_receipts(tmp_path: Path) -> None:
    text = "报销汇总表,,\n部门：财务,,\n\n商户,文件名,价税合计\n晨光,a.pdf,9.00\nTotal,b.pdf,8.00\n,,\n合计 CNY,,17\n"
    table = read_table(save(tmp_path, text))
    assert [(row.line, row.source) for row in table.rows] == [(5, "a.pdf"), (6, "b.pdf")]


def test_a_workbook_saved_as_csv_shows_its_hidden_columns_and_its_sums(tmp_path: Path) -> None:
    text = "商户,文件名,价税合计,_paddlescan,_currency\nA,a.pdf,9.00,1,1\nB,b.pdf,8.00,2,1\n合计 CNY,,17.00,total,1\n"
    table = read_table(save(tmp_path, text))
    assert ([row.source for row in table.rows], table.ignored) == (["a.pdf", "b.pdf"], ())


def test_headers_of_an_own_template_are_taken_in_their_order(tmp_path: Path) -> None:
    columns = (Column("merchant", "开票单位"), Column("empty", "签字"), Column("date", "哪天"))
    file = save(tmp_path, "开票单位,签字,哪天\n晨光,张三,2026-03-05\n")
    with pytest.raises(TableUnknown):
        read_table(file)
    table = read_table(file, [Template("ours", columns)])
    assert (table.columns, table.ignored) == (("merchant", "date"), ("签字",))
    assert texts(table, "date") == ["2026-03-05"]


def test_the_two_tax_numbers_of_the_reimbursement_summary_are_told_apart(tmp_path: Path) -> None:
    file = save(tmp_path, "序号,类型,销售方,税号,购买方,税号,文件名\n1,发票,晨光,91A,我们,91B,a.pdf\n")
    table = read_table(file)
    assert (table.columns, table.ignored) == (("merchant", "seller_tax_id", "buyer", "buyer_tax_id"), ())
    assert texts(table, "buyer_tax_id") == ["91B"]


def test_excels_line_about_the_separator_is_understood(tmp_path: Path) -> None:
    table = read_table(save(tmp_path, "sep=|\r\nMerchant|File\r\nA|a.pdf\r\n"))
    assert [(row.line, row.cells["merchant"].text) for row in table.rows] == [(3, "A")]


# XLSX


def test_a_workbook_holds_dates_numbers_and_text(tmp_path: Path) -> None:
    rows = [
        ["File", "Page", "Receipt no.", "Date", "Total", "Invoice number", "Note"],
        ["a.pdf", 2, 1, datetime(2026, 3, 5), 1234.5, "00123", 7],
        ["b.pdf", "1", 1.0, date(2026, 3, 6), 90 + 10.8 + 1e-12, 11002003112345678, True],
    ]
    first, second = read_table(workbook(tmp_path, *rows, extra="Cover")).rows
    assert (first.source, first.page, first.number) == ("a.pdf", 2, 1)
    assert [first.cells[n].text for n in ("date", "total", "invoice_number", "note")] == [
        *("2026-03-05", "1234.5", "00123", "7"),
    ]
    assert (second.page, second.number, second.cells["total"].text) == (1, 1, "100.8")
    assert second.cells["invoice_number"].trouble == "cut"
    assert second.cells["note"].text == "TRUE"


def test_formulas_count_by_their_value_and_say_so_where_they_have_none(tmp_path: Path) -> None:
    file = workbook(tmp_path, ["File", "Total", "Tax"], ["a.pdf", "=9*2", "#REF!"], ["b.pdf", 5, ""])
    book = openpyxl.load_workbook(file)
    assert book.active is not None
    book.active["C2"].data_type = "e"
    book.save(file)
    first, second = read_table(file).rows
    assert first.cells["total"].trouble == "formula"
    assert first.cells["tax"].trouble == "error"
    assert second.cells["total"].trouble is None


def test_a_workbook_that_was_exported_knows_its_rows(tmp_path: Path) -> None:
    """As export/marker.py writes it; the rows sorted, a column moved, one row added."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "报销"
    for row in (
        ["合计表"],
        ["税号", "税号", "金额", "_paddlescan", "Mine"],
        ["91A", "91B", 8, 2, None],
        ["91C", "91D", 9, 1, None],
        ["new", "new", 7, None, None],
        ["合计", None, 24, "total", None],
    ):
        sheet.append(row)
    hidden = book.create_sheet("_paddlescan")
    hidden.sheet_state = "veryHidden"
    for row in (
        ["paddlescan-sheet/1", "zh", "reimbursement", "报销", 2, 3],
        ["key", "source", "page", "receipt", "receipt_id", "sha256", "seller_tax_id", "buyer_tax_id", "total"],
        [None, None, None, None, None, None, "税号", "税号", "金额"],
        [1, "a.pdf", 1, 1, 71, "ab", "91C", "91D", "9.00"],
        [2, "dir/b.pdf", 3, 2, 72, "cd", "91A", "91B", "8.50"],
    ):
        hidden.append(row)
    file = tmp_path / "edited.xlsx"
    book.save(file)
    table = read_table(file)
    assert table.columns == ("seller_tax_id", "buyer_tax_id", "total")
    assert table.ignored == ("Mine",)
    first, second, third = table.rows
    assert (first.source, first.page, first.number, first.receipt_id) == ("dir/b.pdf", 3, 2, 72)
    assert first.exported == {"seller_tax_id": "91A", "buyer_tax_id": "91B", "total": "8.50"}
    assert second.receipt_id == 71
    assert (third.source, third.receipt_id, third.exported) == (None, 0, None)


# JSON


def test_an_exported_json_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    write_json(BATCH, file, False)
    first, *_, by_hand = read_table(file).rows
    assert (first.source, first.page, first.number, first.line) == ("三月/电子发票.pdf", 2, 2, 1)
    assert {name: cell.text for name, cell in first.cells.items() if cell.text} == {
        field.name: field.value for field in INVOICE.receipt.fields
    }
    assert first.edits == {"total": 1}
    assert by_hand.source == ""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_json_that_an_editor_saved_in_its_own_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    text = json.dumps({"schema": "paddlescan/1", "pages": [entry()]}, ensure_ascii=False)
    table = read_table(save(tmp_path, text, encoding, "x.json"))
    assert table.rows[0].source == "三月.pdf"


def entry() -> dict[str, Any]:
    return {"source": "三月.pdf", "page": 1, "receipt": 1, "fields": {"total": {"value": 9.5}, "tax": {"value": None}}}


def test_an_entry_that_a_program_cut_down_says_nothing_of_other_fields(tmp_path: Path) -> None:
    text = json.dumps({"schema": "paddlescan/1", "pages": [entry()]})
    (row,) = read_table(save(tmp_path, text, name="x.json")).rows
    assert {name: cell.text for name, cell in row.cells.items()} == {"total": "9.5", "tax": ""}
    assert row.edits is None


# What is no export


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b" \r\n", EmptyFile),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), TableKind),
        ("只是一封信，没有表。\n".encode(), TableUnknown),
        (b"a,b,c\n1,2,3\n", TableUnknown),
        (b"%PDF-1.7\n", TableKind),
        (b'Merchant,Total\n"' + b"x" * 200_000, TableUnknown),
        (b'{"schema": "other/1", "pages": []}', TableUnknown),
        (b'{"schema": "paddlescan/1", "pages": [{"source": 5}]}', TableDamaged),
        (b'{"schema": "paddlescan/1", "pages": ' + b"[" * 100_000, TableDamaged),
        (OLE, TableKind),
        (OLE + "EncryptedPackage".encode("utf-16-le"), TableLocked),
        (b"PK\x03\x04 and then nothing", TableDamaged),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), TableKind),
        (zipped({"xl/workbook.xml": b"<not xml"}), TableDamaged),
        (zipped({"xl/workbook.xml": b"<" * 5_000_000}), TableTooLarge),
        (("Merchant,File" + "," * 600 + "x\n").encode() * 3, TableTooLarge),
        (b"Merchant,File\n" + b"a,b\n" * 50_001, TableTooLarge),
        (b"Merchant,File\n" + b"," * 10_000_000, TableTooLarge),
        (b'{"schema": "paddlescan/1", "pages": [' + b"{}," * 6_000_001 + b"{}]}", TableTooLarge),
    ],
)
def test_what_is_no_export_is_told_by_a_clear_error(tmp_path: Path, data: bytes, error: type[PaddleScanError]) -> None:
    file = tmp_path / "some.xlsx"
    file.write_bytes(data)
    with pytest.raises(error) as raised:
        read_table(file)
    assert "some.xlsx" in raised.value.message


def test_a_file_that_is_gone_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(TableMissing):
        read_table(tmp_path / "gone.csv")
    with pytest.raises(TableKind):
        read_table(tmp_path)


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_room, "MAX_XML_BYTES", 1 << 20)
    file = tmp_path / "bomb.xlsx"
    file.write_bytes(zipped({"xl/workbook.xml": b"<a/>", "xl/sharedStrings.xml": bytes(2 << 20)}))
    assert file.stat().st_size < 10_000
    with pytest.raises(TableTooLarge):
        read_table(file)


def test_a_cell_a_million_columns_away_is_not_filled_up_to(tmp_path: Path) -> None:
    file = workbook(tmp_path, ["Merchant", "File"], ["A", "a.pdf"])
    book = openpyxl.load_workbook(file)
    assert book.active is not None
    book.active["XFD3"] = "far"
    book.active["A1048576"] = "deep"
    book.save(file)
    assert texts(read_table(file), "merchant") == ["A"]


class CalledOffError(Exception):
    """As a window's that closes."""


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_reading_is_called_off_in_the_midst_of_it(tmp_path: Path, kind: str) -> None:
    rows = [["Merchant", "Date", "Total"], *([f"Shop {number}", "2026-03-05", "9.00"] for number in range(500))]
    file = workbook(tmp_path, *rows) if kind == "xlsx" else save(tmp_path, "\n".join(map(",".join, rows)))
    looks: list[int] = []

    def look() -> None:
        looks.append(1)
        if len(looks) == 100:
            raise CalledOffError

    with pytest.raises(CalledOffError):
        read_table(file, look=look)
    assert len(looks) == 100
