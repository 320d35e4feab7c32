"""`paddlescan scan` with a workbook, a report and a template, as a process of its own."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.e2e.conftest import SAMPLES, CommandLine

pytestmark = pytest.mark.slow


def test_one_scan_hands_in_the_summary_a_workbook_and_the_report(paddlescan: CommandLine, tmp_path: Path) -> None:
    inbox = tmp_path / "三月 #1"
    inbox.mkdir()
    shutil.copy(SAMPLES / "电子发票.jpg", inbox / "电子发票.jpg")
    (inbox / "空.png").touch()
    sheet, report, table = tmp_path / "o.xlsx", tmp_path / "r.xlsx", tmp_path / "o.csv"
    done = paddlescan(
        *(
            "scan",
            inbox,
            "--xlsx",
            sheet,
            "--report",
            report,
            "--csv",
            table,
            "--template",
            "报销汇总表",
            "--lang",
            "zh",
        )
    )
    assert done.returncode == 1, done.stderr
    lines = list(csv.reader(table.read_bytes().decode("utf-8-sig").splitlines()))
    assert [line[0] for line in lines] == ["序号", "1", "合计"]
    assert lines[1][8] == lines[2][8] == "424.00"

    summary = openpyxl.load_workbook(sheet)["报销汇总表"]
    assert summary["I2"].value == 424
    assert summary["I3"].value == "=SUM($I$2:$I$2)"
    link = summary["L2"].hyperlink
    assert link is not None
    assert link.target == "三月%20%231/电子发票.jpg"

    book = openpyxl.load_workbook(report)
    assert [row[0] for row in book["失败"].iter_rows(min_row=2, values_only=True)] == ["三月 #1/空.png"]
    assert book["页面"].max_row == 3


@pytest.mark.long
def test_the_workbook_shows_small_pictures_unless_told_otherwise(paddlescan: CommandLine, tmp_path: Path) -> None:
    done = paddlescan("scan", SAMPLES / "cafe.jpg", "--xlsx", tmp_path / "a.xlsx", "--lang", "en")
    assert done.returncode == 0, done.stderr
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Receipts"]
    (picture,) = sheet._images  # type: ignore[attr-defined]
    assert 100 < picture.height < 400
    assert sheet["A1"].value == "Picture"
    again = ("scan", SAMPLES / "cafe.jpg", "--xlsx", tmp_path / "b.xlsx", "--no-thumbnails", "--lang", "en")
    assert paddlescan(*again).returncode == 0
    assert openpyxl.load_workbook(tmp_path / "b.xlsx")["Receipts"]["A1"].value == "State"


def test_a_template_that_is_not_there_is_told_before_anything_is_read(paddlescan: CommandLine, tmp_path: Path) -> None:
    done = paddlescan("scan", SAMPLES, "--xlsx", tmp_path / "a.xlsx", "--template", "报销", "--lang", "en")
    assert done.returncode == 2
    assert "Choose one of these: all (全部列), reimbursement (报销汇总表), expenses (" in done.stderr
    assert not (tmp_path / "a.xlsx").exists()


@pytest.mark.long
def test_an_offices_own_template_is_found_by_name_and_a_damaged_one_is_told(
    paddlescan: CommandLine, tmp_path: Path
) -> None:
    folder = paddlescan.home / "config" / "templates"
    folder.mkdir(parents=True)
    (folder / "ours.yaml").write_text("name: 我们的表\ncolumns: [{key: total, header: 金额}, file]\n", encoding="utf-8")
    (folder / "broken.yaml").write_text("name: [", encoding="utf-8")
    done = paddlescan(
        "scan", SAMPLES / "cafe.jpg", "--csv", tmp_path / "a.csv", "--template", "我们的表", "--lang", "zh"
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.csv").read_text("utf-8-sig").split() == ["金额,文件名", "42.40,cafe.jpg"]
    done = paddlescan("scan", SAMPLES, "--csv", tmp_path / "b.csv", "--template", "broken", "--lang", "zh")
    assert done.returncode == 2
    assert "broken.yaml 不能用作模板" in done.stderr
