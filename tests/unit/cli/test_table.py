"""Tab-separated output, which people open in a sheet."""

from __future__ import annotations

import pytest

from paddlescan.cli.table import print_table
from paddlescan.document import Field, Finding, Receipt
from paddlescan.document.export import ExportRow


@pytest.mark.parametrize("formula", ["=1+1", "+cmd", "-2+3", "@SUM(A1)"])
def test_no_cell_is_a_formula(capsys: pytest.CaptureFixture[str], formula: str) -> None:
    fields = Field("merchant", formula), Field("date", "2026-03-02"), Field("total", "-9.00")
    print_table([ExportRow(f"{formula}.png", "done", receipt=Receipt(fields=fields))], "en")
    _, merchant, date, total, *_, file = capsys.readouterr().out.splitlines()[1].split("\t")
    assert (merchant, date, total, file) == (f"'{formula}", "2026-03-02", "-9.00", f"'{formula}.png")


def test_a_blank_page_is_called_so(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([ExportRow("b.png", "done", quality=(Finding("blank"),))], "zh")
    assert capsys.readouterr().out.splitlines()[1].split("\t")[0] == "空白页"
