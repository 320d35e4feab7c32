from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from paddlescan.document import Field, Finding, Receipt
from paddlescan.document.export import ExportRow
from paddlescan.errors import FolderUnwritable, TemplateUnknown, TemplateWrong
from paddlescan.export.columns import DEFAULT_KEYS, EMPTY, KEYS
from paddlescan.export.template_files import MAX_BYTES, Templates, built_in, default_template, safe_stem
from paddlescan.export.templates import MOST_COLUMNS, Column, Problem, Template
from paddlescan.words import error_sentence
from tests.unit.export.making import INVOICE, LOCKED

OURS = Template(
    "我们的 form: 3/4",
    (Column("number"), Column("total", "金额: =1"), Column(EMPTY, "签字"), Column(EMPTY), Column("note", "no")),
    language="zh",
    totals=True,
    only="receipts",
)


def test_the_chinese_summary_is_the_one_that_offices_hand_in() -> None:
    summary = Templates(Path("nowhere")).find("报销汇总表")
    headers = "序号 发票号码 日期 类型 销售方 税号 购买方 税号 价税合计 不含税金额 税额 文件名 备注"
    assert " ".join(summary.headers("en")) == headers
    assert summary.totals
    assert summary.keys == (
        *("number", "invoice_number", "date", "kind", "merchant", "seller_tax_id", "buyer", "buyer_tax_id"),
        *("total", "subtotal", "tax", "file", "note"),
    )


def test_the_default_has_every_column_of_an_export_and_is_called_so_in_both_languages() -> None:
    assert tuple(key for key in default_template().keys if key != "picture") == DEFAULT_KEYS
    for name in ("all", "ALL", "All columns", "全部列"):
        assert Templates(Path("nowhere")).find(name) == default_template()


def test_headers_are_the_columns_own_unless_given() -> None:
    template = Template("t", (Column("total"), Column("date", "Day")))
    assert template.headers("zh") == ("价税合计", "Day")
    assert replace(template, language="en").headers("zh") == ("Total", "Day")


def test_the_built_in_ones_are_whole() -> None:
    names = [template.name for template in built_in()]
    assert names == ["all", "reimbursement", "expenses"]
    for template in built_in():
        assert {language for language, _ in template.titles} == {"en", "zh"}
        assert set(template.keys) <= set(KEYS)


def test_a_template_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    templates = Templates(tmp_path / "not there yet")
    assert templates.listed().templates == built_in()
    file = templates.save(OURS)
    assert templates.listed().templates == (*built_in(), OURS)
    assert templates.find("我们的 FORM: 3/4") == OURS
    assert file.parent == tmp_path / "not there yet"
    changed = replace(OURS, totals=False)
    assert templates.save(changed) == file, "in its place"
    assert templates.listed().templates[3:] == (changed,)
    templates.delete("我们的 form: 3/4")
    templates.delete("我们的 form: 3/4")
    assert templates.listed().templates == built_in()
    assert list(file.parent.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "CON", "nul.txt", "a\\b", "a:b", "..", "报" * 60, "*?<>|", " x ", "é", "Ａ"]
)
def test_any_name_is_kept_in_a_safe_file(name: str, tmp_path: Path) -> None:
    templates = Templates(tmp_path / "t")
    template = Template(name, (Column("total"),))
    file = templates.save(template)
    assert file.parent == tmp_path / "t"
    assert len(file.name.encode()) < 150
    assert not set(file.name) & set('/\\:*?"<>|')
    assert not file.name.startswith(".")
    assert templates.find(name) == template
    assert list(tmp_path.iterdir()) == [tmp_path / "t"]


def test_two_names_with_one_file_name_are_kept_apart(tmp_path: Path) -> None:
    templates = Templates(tmp_path)
    first, second = Template("a/b", (Column("total"),)), Template("A:B", (Column("date"),))
    assert templates.save(first).name.casefold() != templates.save(second).name.casefold()
    assert (templates.find("a/b"), templates.find("a:b")) == (first, second)
    assert safe_stem("con") == "_con"


def test_a_name_that_comes_with_paddlescan_is_not_taken(tmp_path: Path) -> None:
    for name in ("all", "报销汇总表", "expense REPORT"):
        with pytest.raises(TemplateWrong):
            Templates(tmp_path).save(Template(name, (Column("total"),)))
    (tmp_path / "x.yaml").write_text("{name: All, columns: [total]}")
    listing = Templates(tmp_path).listed()
    assert listing.templates == built_in()
    assert "another template has its name" in listing.damaged[0].message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name: [", "it is no YAML (1:8)"),
        ("", "form of a template"),
        ("just words", "form of a template"),
        ("{name: x}", "form of a template"),
        ("{name: x, columns: []}", "no columns"),
        ("{name: x, columns: [{key: total, header: 5}]}", "form of a template"),
        ("{name: x, columns: [colour]}", "does not exist (colour)"),
        ("{name: x, columns: [total, date, total]}", "twice (total)"),
        ("{name: '', columns: [total]}", "no name"),
        ("{name: x, columns: [total], only: some}", "form of a template"),
        ("{name: x, columns: [total], language: fr}", "form of a template"),
        ("{name: 2026-03-05, columns: [total]}", None),
        ("{1: x, ? [a] : b}", "(1:10)"),
        ("{1: x, columns: [total]}", "form of a template"),
        ("{name: 2026-13-45, columns: [total]}", "YAML"),
        ("a: &a [x, x]\nb: *a", "form of a template"),
        ("[" * 5000, "form of a template"),
        ("{a: " * (MAX_BYTES // 4), "form of a template"),
        ("x: " + "[" * 7 + "]" * 7, "form of a template"),
        ("- " * 5000, "YAML"),
        ("\x00", "YAML"),
        (f"name: {'x' * 61}\ncolumns: [total]", "too long"),
        ("name: x\ncolumns: [" + "empty, " * (MOST_COLUMNS + 1) + "]", "too many columns"),
        ("#" * MAX_BYTES + "\n", "too large"),
    ],
)
def test_a_damaged_file_is_told_and_the_others_are_listed(text: str, says: str | None, tmp_path: Path) -> None:
    templates = Templates(tmp_path)
    templates.save(OURS)
    (tmp_path / "mine.yaml").write_text(text)
    (tmp_path / "latin.yml").write_bytes(b"name: caf\xe9")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "notes.txt").write_text("no template")
    listing = templates.listed()
    assert OURS in listing.templates
    told = {dict(failure.parameters)["file"]: failure.message for failure in listing.damaged}
    assert set(told) == {"latin.yml", "folder.yaml"} | ({"mine.yaml"} if says else set())
    if says:
        assert says in told["mine.yaml"]
        with pytest.raises(TemplateWrong, match=r"mine\.yaml"):
            templates.find("mine")
    for failure in listing.damaged:
        assert not error_sentence(failure, "zh")[1].isascii()


def test_a_template_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    Templates(tmp_path).save(OURS)
    with pytest.raises(TemplateUnknown) as raised:
        Templates(tmp_path).find("报销")
    assert raised.value.remedy == (
        "Choose one of these: all (全部列), reimbursement (报销汇总表), expenses (英文费用报表), 我们的 form: 3/4"
    )
    assert "没有名为 报销 的模板" in error_sentence(raised.value.failure, "zh")[0]


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderUnwritable):
        Templates(tmp_path / "file").save(OURS)


@pytest.mark.parametrize("name", ["", "  ", "a\nb"])
def test_a_template_needs_a_name(name: str) -> None:
    with pytest.raises(Problem):
        Template(name, (Column("total"),))


def test_receipts_only_leaves_out_blank_and_failed_pages_but_nothing_with_values() -> None:
    receipts = Template("t", (Column("total"),), only="receipts")
    blank = ExportRow("b.jpg", "done", quality=(Finding("blank"),))
    kept = replace(LOCKED, receipt=Receipt(fields=(Field("total", "5.00"),)))
    expected = Receipt(fields=(Field("total", "", doubtful=True),))
    unread = ExportRow("c.jpg", "needs_review", receipt=expected)
    rows = (INVOICE, LOCKED, blank, kept, unread)
    assert list(receipts.chosen(rows)) == [INVOICE, kept, unread]
    assert list(replace(receipts, only="all").chosen(rows)) == list(rows)
