"""What is shown of an export before it is written agrees with the file."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from paddlescan.export.csv_export import write_csv
from paddlescan.export.template_files import Templates, built_in
from paddlescan.export.templates import Template
from paddlescan.export.xlsx_export import write_xlsx
from paddlescan.gui.export.preview import Table, sheet
from tests.unit.export.making import BATCH

SUMMARY = Templates(Path("nowhere")).find("报销汇总表")


def shown(template: Template, plain: bool) -> Table:
    """The last that is shown: with sums and count."""
    *_, last = sheet(BATCH, template, "en", plain)
    return last


def test_the_summary_has_its_sums_by_currency_and_leaves_out_what_was_not_read() -> None:
    table = shown(SUMMARY, plain=False)
    assert tuple(head.text for head in table.headers) == SUMMARY.headers("zh")
    assert [row[0].text for row in table.rows] == ["1", "2", "3"], "the locked page is left out"
    assert [row[8].text for row in table.rows] == ["9.00", "-12.00", "about 5"]
    assert [(row[0].text, row[8].text) for row in table.sums] == [
        ("合计（CNY）", "9.00"),
        ("合计（币种不明）", "-12.00"),
    ]
    tax = table.rows[0][SUMMARY.keys.index("tax")]
    assert (tax.mood, tax.said.splitlines()[0]) == ("doubtful", "待核对：请与原件核对。")


@pytest.mark.parametrize("template", built_in(), ids=lambda template: template.name)
def test_it_agrees_with_the_workbook(template: Template, tmp_path: Path) -> None:
    write_xlsx(BATCH, tmp_path / "a.xlsx", True, "en", template)
    written = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    table = shown(template, plain=False)
    assert table.count == len(table.rows)
    for number, row in enumerate(table.rows, 2):
        cells = [cell for cell in row if cell.mood != "picture"]  # there are none in this workbook
        for column, cell in enumerate(cells, 1):
            comment = written.cell(number, column).comment
            assert (comment.text if comment else "") == cell.said
            assert (written.cell(number, column).value is None) == (cell.text == "")


@pytest.mark.parametrize("template", built_in(), ids=lambda template: template.name)
def test_it_agrees_with_the_csv(template: Template, tmp_path: Path) -> None:
    write_csv(BATCH, tmp_path / "a.csv", True, "en", template=template)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.reader(file))
    table = shown(template, plain=True)
    assert [head.text for head in table.headers] == written[0]
    assert len(table.rows) + len(table.sums) == len(written) - 1
