from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paddlescan.document import AMOUNT_FIELDS, FIELD_NAMES, Field, Language, Receipt
from paddlescan.document.export import ExportRow
from paddlescan.export.cells import amount_cell, date_cell, plain_text, text_cell
from paddlescan.export.csv_export import DEFAULT_COLUMNS, cells, write_csv
from paddlescan.export.template_files import default_template
from paddlescan.export.templates import Column, Template
from tests.unit.export.making import BATCH, LOCKED, REFUND

DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")


def sheet_of(rows: list[ExportRow], path: Path, language: str = "en", **options: object) -> list[list[str]]:
    write_csv(rows, path, True, language, **options)  # type: ignore[arg-type]
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("011002100311", "011002100311\t"),
        ("123456789012", "123456789012\t"),
        ("12345678901", "12345678901"),
        ("007", "007\t"),
        ("0", "0"),
        ("０１２３", "０１２３\t"),
        ("91310000MA1K00000X", "91310000MA1K00000X"),
        ("91310000E1234", "91310000E1234\t"),
        ("7-11", "7-11\t"),
        ("2026/3/5", "2026/3/5\t"),
        *(
            (when, f"{when}\t")
            for when in (
                "MAR 10",
                "10 Mar",
                "MARCH1",
                "5-Mar-26",
                "Sept. 3, 2026",
                "June 2026",
                "7 / 11",
                "5.3.2026",
                "12:30",
                "12:30:15.5",
                "3 PM",
                "3:30pm",
                "2026-03-05 19:02",
                "19:02 2026/3/5",
                "3月5日",
                "2026年3月5日",
                "２０２６年３月",
                "2026 年 3 月 5 日 12:30",
                "下午3:30",
                "12时30分",
                " 3-5 ",
            )
        ),
        *(
            (plain, plain)
            for plain in (
                "MAR",
                "MAY 3 CAFE",
                "March Hare 1",
                "Room 12:30",
                "3月5日店",
                "年",
                "12:30-14:00",
                "A3 PM",
                "1.2.3.4",
            )
        ),
        ("1.10", "1.10\t"),
        ("1.25", "1.25"),
        ("G1024", "G1024"),
        ("=1+1", "'=1+1"),
        ("+8613800000000", "'+8613800000000"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00\x1b[31mb", "a[31mb"),
        ("", ""),
    ],
)
def test_a_text_cell(text: str, cell: str) -> None:
    assert text_cell(text) == cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("-12.00", "-12.00"),
        ("1,234.50", "1,234.50"),
        ("123456789012.00", "123456789012.00"),
        ("0.50", "0.50"),
        ("-1+2", "'-1+2"),
        ("=9.00", "'=9.00"),
        ("－5", "'－5"),
        ("-", "'-"),
        ("about 5", "about 5"),
    ],
)
def test_an_amount_is_left_alone_and_a_formula_is_not(text: str, cell: str) -> None:
    assert amount_cell(text) == cell


def test_a_date_stays_a_date() -> None:
    assert date_cell("2026-03-05") == "2026-03-05"
    assert date_cell("5-3-26") == "5-3-26\t", "as typed; a spreadsheet would take it for another day"
    assert date_cell("=NOW()") == "'=NOW()"


@given(st.text())
@example("'\t")
@example("''=\r\n\t\t")
@example("\ud800=")
def test_no_text_is_dangerous_and_every_text_comes_back(text: str) -> None:
    for cell in (text_cell(text), amount_cell(text), date_cell(text)):
        if not (cell == amount_cell(text) and cell.isascii() and cell[:1] in "+-" and cell[1:2].isdigit()):
            assert not cell.startswith(DANGEROUS)
        assert "\r" not in cell
        assert "\x00" not in cell
        cell.encode("utf-8")
    cleaned = plain_text(text_cell(text))
    assert text_cell(cleaned) == text_cell(text), "nothing but cleaning is lost"
    if text.isprintable() and text.isascii():
        assert cleaned == text


@given(st.sampled_from(FIELD_NAMES), st.text(), st.text(max_size=20))
@settings(deadline=None)  # the disk has its own
def test_any_field_survives_the_file(
    tmp_path_factory: pytest.TempPathFactory, name: str, value: str, source: str
) -> None:
    row = ExportRow(source, "done", receipt=Receipt(fields=(Field(name, value),)))
    head, cells = sheet_of([row], tmp_path_factory.mktemp("csv") / "a.csv", columns=(name, "file", "state"))
    assert len(head) == 3
    shaped = amount_cell if name in AMOUNT_FIELDS else date_cell if name == "date" else text_cell
    assert cells == [shaped(value), text_cell(source), "Done"]


def test_the_header_and_codes_speak_the_language(tmp_path: Path) -> None:
    english = sheet_of(list(BATCH), tmp_path / "en.csv")
    chinese = sheet_of(list(BATCH), tmp_path / "zh.csv", "zh")
    assert english[0][:5] == ["State", "Merchant", "Date", "Total", "Currency"]
    assert chinese[0][:5] == ["状态", "商户", "日期", "价税合计", "币种"]
    assert [row[0] for row in chinese[1:]] == ["待核对", "已完成", "失败", "已完成"]
    assert len(set(english[0])) == len(set(chinese[0])) == len(DEFAULT_COLUMNS)
    assert {len(row) for row in english + chinese} == {len(DEFAULT_COLUMNS)}


def test_a_failed_page_says_why_in_its_row(tmp_path: Path) -> None:
    for language, words in (("en", "is locked with a password. Enter"), ("zh", "密码")):
        _, row = sheet_of([LOCKED], tmp_path / "a.csv", language)
        cells = dict(zip(DEFAULT_COLUMNS, row, strict=True))
        assert words in cells["error"]
        assert (cells["file"], cells["page"], cells["kind"]) == ("locked.pdf", "1", "")


def test_the_file_is_what_excel_in_china_wants(tmp_path: Path) -> None:
    write_csv([REFUND], tmp_path / "a.csv", overwrite=False)
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfState,")
    assert data.count(b"\r\n") == 2
    assert data.endswith(b"\r\n")
    assert b"1 High St\nLeeds" in data


def test_columns_can_be_chosen_and_unknown_ones_are_refused(tmp_path: Path) -> None:
    assert sheet_of([REFUND], tmp_path / "a.csv", columns=("total", "merchant")) == [
        ["Total", "Merchant"],
        ["-12.00", "7-11\t"],
    ]
    with pytest.raises(ValueError, match="colour"):
        write_csv([REFUND], tmp_path / "b.csv", False, columns=("colour",))
    assert not (tmp_path / "b.csv").exists()


def test_every_field_has_a_column() -> None:
    assert set(FIELD_NAMES) <= set(DEFAULT_COLUMNS)
    assert len(set(DEFAULT_COLUMNS)) == len(DEFAULT_COLUMNS)


def test_rows_that_break_off_leave_no_file(tmp_path: Path) -> None:
    def rows() -> object:
        yield replace(REFUND)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_csv(rows(), tmp_path / "a.csv", overwrite=False)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("language", "words"), [("en", ["Meals", "'=team()"]), ("zh", ["餐饮", "'=team()"])])
def test_a_category_is_a_word_of_the_chosen_language_and_ones_own_stays(language: Language, words: list[str]) -> None:
    rows = [ExportRow("a.jpg", "done", receipt=Receipt(fields=(Field("category", v),))) for v in ("meals", "=team()")]
    assert [cells(row, language, ("category",)) for row in rows] == [[word] for word in words]


def test_a_template_gives_columns_headers_and_sums_by_currency(tmp_path: Path) -> None:
    columns = (
        Column("number"),
        Column("picture"),
        Column("total", "=Sum"),
        Column("currency"),
        Column("empty", "Sign"),
    )
    template = Template("t", columns, language="en", totals=True, only="receipts")
    odd = ExportRow("o.jpg", "done", receipt=Receipt(fields=(Field("total", "0.125"), Field("currency", "=1"))))
    assert sheet_of([*BATCH, odd], tmp_path / "a.csv", "zh", template=template) == [
        ["No.", "'=Sum", "Currency", "Sign"],
        ["1", "9.00", "CNY", ""],
        ["2", "-12.00", "", ""],
        ["3", "about 5", "", ""],
        ["4", "0.125", "'=1", ""],
        ["Total CNY", "9.00", "", ""],
        ["Total =1", "0.125", "", ""],
        ["Total, currency not known", "-12.00", "", ""],
    ]


def test_the_template_of_all_columns_is_the_export_without_one(tmp_path: Path) -> None:
    for language in ("en", "zh"):
        plain = sheet_of(list(BATCH), tmp_path / "a.csv", language)
        assert sheet_of(list(BATCH), tmp_path / "b.csv", language, template=default_template()) == plain
