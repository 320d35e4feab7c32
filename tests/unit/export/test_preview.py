from __future__ import annotations

from pathlib import Path

import openpyxl

from paddlescan.document import Field, Receipt
from paddlescan.document.export import ExportRow
from paddlescan.export.preview import preview
from paddlescan.export.template_files import Templates, built_in
from paddlescan.export.xlsx_export import write_xlsx
from tests.unit.export.making import BATCH, INVOICE

SUMMARY = Templates(Path("nowhere")).find("报销汇总表")


def test_the_preview_shows_what_the_sheet_will() -> None:
    shown = preview(BATCH, SUMMARY, "en")
    assert shown.headers == SUMMARY.headers("zh")
    first = dict(zip(SUMMARY.keys, shown.lines[0], strict=True))
    assert (first["date"].text, first["date"].kind) == ("2026-03-05", "date")
    assert (first["total"].text, first["total"].mood) == ("9.00", "plain")
    assert (first["tax"].mood, first["tax"].remark.splitlines()[0]) == ("doubtful", "待核对：请与原件核对。")
    assert "疑似重复" in first["number"].remark
    assert [line[0].text for line in shown.lines] == ["1", "2", "3"], "the locked page is left out"
    assert [line[8].text for line in shown.lines] == ["9.00", "-12.00", "about 5"]
    assert [(line[0].text, line[8].text) for line in shown.sums] == [
        ("合计（CNY）", "9.00"),
        ("合计（币种不明）", "-12.00"),
    ]


def test_only_the_first_rows_are_looked_at() -> None:
    def rows() -> object:
        yield INVOICE
        raise AssertionError("more than asked for")

    shown = preview(rows(), SUMMARY, "zh", most=1)  # type: ignore[arg-type]
    assert len(shown.lines) == 1
    assert preview((), SUMMARY, "zh").sums == ()


def test_large_amounts_and_odd_digits_are_shown_as_in_a_sheet() -> None:
    fields = (Field("total", "12345.5"), Field("tax", "0.125"), Field("note", "a\x00b"))
    (line,) = preview([ExportRow("a", "done", receipt=Receipt(fields=fields))], built_in()[2], "zh").lines
    by_key = dict(zip(built_in()[2].keys, line, strict=True))
    assert [by_key[key].text for key in ("total", "tax", "note")] == ["12,345.50", "0.125", "ab"]


def test_it_agrees_with_the_workbook(tmp_path: Path) -> None:
    for template in built_in():
        write_xlsx(BATCH, tmp_path / "a.xlsx", True, "en", template)
        sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
        shown = preview(BATCH, template, "en")
        assert [cell.value or "" for cell in sheet[1]][: len(shown.headers)] == list(shown.headers)
        for number, line in enumerate(shown.lines, 2):
            for column, cell in enumerate(line, 1):
                comment = sheet.cell(number, column).comment
                assert (comment.text if comment else "") == cell.remark
                assert (sheet.cell(number, column).value is None) == (cell.text == "")
