from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from paddlescan import __version__
from paddlescan.document import Field, Finding, Language, Receipt
from paddlescan.document.export import ExportRow, HistoryEntry
from paddlescan.errors import ExportExists
from paddlescan.export.report import BatchFacts, write_report
from paddlescan.export.report_sheets import ALL_SHEETS, moment
from tests.unit.export.making import BATCH, INVOICE, REFUND
from tests.unit.export.office import needs_office, shown

FACTS = BatchFacts("三月差旅", "2026-11-23T09:00:00+08:00", 5, "2026-11-26T17:00:01+08:00", "王芳")
EDITED = replace(
    REFUND,
    history=(
        HistoryEntry("total", "-12.0O", "-12.00", "2026-11-23T10:00:00+08:00", "wang"),
        HistoryEntry("merchant", "7-11", "7-11", "2026-11-23T10:01:00+08:00", "wang"),
        HistoryEntry("note", None, "=1+1", "2026-11-23T10:02:00+08:00", "wang"),
        HistoryEntry("category", "meals", None, "2026-11-23T10:03:00+08:00"),
    ),
)
ROWS = (INVOICE, EDITED, *BATCH[2:])


def lines_of(
    path: Path, language: Language, *args: Any, rows: Any = ROWS, **options: Any
) -> dict[str, list[list[Any]]]:
    write_report(rows, path, True, language, FACTS, *args, **options)
    book = openpyxl.load_workbook(path)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def test_the_sheets_are_named_in_the_language(tmp_path: Path) -> None:
    english = ["Summary", "Pages", "Doubtful", "Failed", "Seen before", "Removed", "Changes"]
    assert list(lines_of(tmp_path / "a.xlsx", "en")) == english
    assert list(lines_of(tmp_path / "a.xlsx", "zh")) == [
        "概要",
        "页面",
        "待核对",
        "失败",
        "疑似重复",
        "已移除",
        "修改记录",
    ]


def test_the_summary_counts_and_sums(tmp_path: Path) -> None:
    usd = ExportRow(
        "u.jpg",
        "done",
        receipt=Receipt(fields=(Field("total", "1.50"), Field("currency", "USD"))),
        quality=(Finding("blank"),),
    )
    lines = lines_of(tmp_path / "a.xlsx", "en", [EDITED], rows=(*ROWS, usd))["Summary"]
    said = {line[0]: line[1] for line in lines if line[0]}
    assert said["Batch"] == "三月差旅"
    assert said["Begun"] == "2026-11-23 09:00:00 +08:00"
    assert said["Written by"] == "王芳"
    assert said["Program"] == f"PaddleScan {__version__}"
    counted = ("Pages", "Receipts and other rows", "Done", "To check", "Failed", "Seen before", "Rescan needed")
    assert [said[name] for name in counted] == [5, 5, 3, 1, 1, 1, 1]
    by_hand = ("Added by hand", "Removed by hand", "Receipts changed by hand", "Changes")
    assert [said[name] for name in by_hand] == [1, 1, 4, 10]
    sums = lines[[line[0] for line in lines].index("Currency") :]
    assert sums == [
        [
            "Currency",
            "Receipts",
            "Total",
            "Net",
            "Tax",
            "Of them seen before",
            "Of them doubtful amounts",
            "Amounts left out",
        ],
        ["CNY", 1, 9, None, 0.52, 1, 1, 0],
        ["USD", 1, 1.5, None, None, 0, 0, 0],
        ["Not known", 3, -12, None, None, 0, 0, 1],
    ]


def test_every_row_is_a_page_with_its_findings(tmp_path: Path) -> None:
    head, first, refund, locked, by_hand = lines_of(tmp_path / "a.xlsx", "en")["Pages"]
    page = dict(zip(head, first, strict=True))
    assert page["State"] == "To check"
    assert (page["File"], page["Page"], page["Receipt no."]) == ("三月/电子发票.pdf", 2, 2)
    assert "blurred" in page["Findings"].lower()
    assert page["Read by"] == "onnxruntime (cpu), PP-OCRv6_small"
    assert page["SHA-256 of the file"] == "ab" * 32
    assert [line[0] for line in (refund, locked, by_hand)] == ["Done", "Failed", "Done"]


def test_doubt_failure_and_copies_have_lists_of_their_own(tmp_path: Path) -> None:
    lines = lines_of(tmp_path / "a.xlsx", "zh")
    place = ["三月/电子发票.pdf", 2, 2]
    assert lines["待核对"][1:] == [
        [*place, "晨光文具店", "税额", 0.52, "0.52", 41, "0.62、0.82", None],
        [*place, "晨光文具店", None, None, None, None, None, "8.48 + 0.52 is 9.00, not 9.80"],
    ]
    assert lines["失败"][1:] == [
        ["locked.pdf", 1, 1, "locked.pdf 设有密码。", "请输入密码后重新识别。", "password_needed"]
    ]
    assert lines["疑似重复"][1][-3:] == ["二月/电子发票.pdf", 1, 1]
    assert len(lines["疑似重复"]) == 2


def test_every_change_says_who_made_it_and_stays_text(tmp_path: Path) -> None:
    gone = replace(REFUND, source="gone.jpg", history=EDITED.history[:1])
    lines = lines_of(tmp_path / "a.xlsx", "zh", [gone])
    of_invoice, total, merchant, note, category, typed, of_gone = lines["修改记录"][1:]
    assert total == [
        *("2026-11-23 10:00:00 +08:00", "wang", REFUND.source, 1, 1, "7-11", "价税合计", "更正"),
        *("-12.0O", -12),
    ]
    assert merchant[7:] == ["确认无误", "7-11", "7-11"]
    assert note[7:] == ["补填", None, "=1+1"]
    assert category[7:] == ["清除", "餐饮", None]
    assert (category[1], of_invoice[1]) == ("不详", "不详")
    assert typed[2] is None
    assert of_gone[2] == "gone.jpg"
    assert lines["已移除"][1][:1] == ["gone.jpg"]
    for sheet in openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_an_empty_batch_has_a_report_that_says_so(tmp_path: Path) -> None:
    lines = lines_of(tmp_path / "a.xlsx", "en", rows=())
    assert all(lines[name][1][0] == "None" for name in lines if name != "Summary")
    assert ["None", *[None] * 7] in lines["Summary"]


def test_files_are_links(tmp_path: Path) -> None:
    write_report(
        ROWS, tmp_path / "a.xlsx", True, "en", FACTS, (), lambda row: tmp_path / row.source if row.source else None
    )
    link = openpyxl.load_workbook(tmp_path / "a.xlsx")["Failed"]["A2"].hyperlink
    assert link is not None
    assert link.target == "locked.pdf"


def test_what_is_there_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("mine")
    with pytest.raises(ExportExists):
        write_report(ROWS, tmp_path / "a.xlsx", False, "en", FACTS)
    assert (tmp_path / "a.xlsx").read_text() == "mine"


def test_each_list_has_a_sheet_of_its_own() -> None:
    assert len({kind.name for kind in ALL_SHEETS}) == len(ALL_SHEETS)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-11-23T10:00:00+08:00", "2026-11-23 10:00:00 +08:00"),
        ("2026-11-23T10:00:00", "2026-11-23 10:00:00"),
        ("2026-11-23", "2026-11-23"),
        ("", ""),
    ],
)
def test_a_moment_is_said_plainly(at: str, said: str) -> None:
    assert moment(at) == said


@needs_office
@pytest.mark.slow
def test_libreoffice_opens_the_report(tmp_path: Path) -> None:
    write_report(ROWS, tmp_path / "a.xlsx", True, "zh", FACTS)
    sheets = shown(tmp_path / "a.xlsx", tmp_path)
    assert list(sheets["修改记录"][4][-3:]) == ["补填", "", "=1+1"]
    assert ["CNY", "1", "9.00", "", "0.52", "1", "1", "0"] in sheets["概要"]


def test_blank_pages_are_counted_and_named_as_such(tmp_path: Path) -> None:
    blank = ExportRow("b.jpg", "done", quality=(Finding("blank"),))
    lines = lines_of(tmp_path / "a.xlsx", "zh", rows=(*ROWS, blank))
    said = {line[0]: line[1] for line in lines["概要"] if line[0]}
    assert [said[name] for name in ("票据及其他行", "已完成", "待核对", "失败", "空白页")] == [5, 2, 1, 1, 1]
    assert lines["页面"][-1][0] == "空白页"
