"""The second table: a row a line item."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from paddlescan.document import Item
from paddlescan.errors import ExportExists
from paddlescan.export.items_csv import COLUMNS, write_items_csv
from tests.unit.export.making import BATCH, INVOICE, REFUND


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [dict(zip(COLUMNS, row, strict=True)) for row in list(csv.reader(file))[1:]]


def test_each_line_item_is_a_row_that_names_its_receipt(tmp_path: Path) -> None:
    write_items_csv(BATCH, tmp_path / "i.csv", False)
    pencils, paper = table(tmp_path / "i.csv")[:2]
    assert pencils == {
        "file": "三月/电子发票.pdf",
        "page": "2",
        "receipt_number": "2",
        "merchant": "晨光文具店",
        "date": "2026-03-05",
        "currency": "CNY",
        "description": "铅笔",
        "quantity": "2",
        "unit_price": "4.24",
        "amount": "8.48",
    }
    assert (paper["description"], paper["quantity"], paper["amount"]) == ('纸, A4 "白"', "", "")


def test_what_is_printed_on_a_receipt_never_runs_in_a_spreadsheet(tmp_path: Path) -> None:
    items = (Item("=HYPERLINK(1)", "-1", None, "-12.00"), Item("6901234567890"))
    row = replace(REFUND, receipt=replace(REFUND.receipt, items=items))
    write_items_csv([row], tmp_path / "i.csv", False)
    refund, barcode = table(tmp_path / "i.csv")
    assert refund["description"] == "'=HYPERLINK(1)"
    assert (refund["quantity"], refund["amount"]) == ("-1", "-12.00")
    assert refund["file"].startswith("'=")
    assert barcode["description"] == "6901234567890\t"


def test_the_header_is_in_the_chosen_language(tmp_path: Path) -> None:
    write_items_csv([INVOICE], tmp_path / "i.csv", False, "zh")
    head = (tmp_path / "i.csv").read_text("utf-8-sig").splitlines()[0].split(",")
    assert head[0] == "文件名"
    assert head[-4:] == ["项目名称", "数量", "单价", "金额"]


def test_a_file_that_exists_stays(tmp_path: Path) -> None:
    (tmp_path / "i.csv").write_text("mine")
    with pytest.raises(ExportExists):
        write_items_csv(BATCH, tmp_path / "i.csv", False)
    assert (tmp_path / "i.csv").read_text() == "mine"
