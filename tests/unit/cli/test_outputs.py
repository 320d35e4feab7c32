"""What the command line writes: checked before scanning, each for itself after it."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import pytest

from paddlescan.cli import run
from paddlescan.cli.outputs import Outputs, beside
from paddlescan.cli.parser import command_parser
from paddlescan.cli.terminal import Terminal
from paddlescan.cli.work import Work
from paddlescan.cli.writers import WRITERS, Writer, file_ending
from paddlescan.document import Item
from paddlescan.errors import ExportExists, ExportFailed, OptionAlone, TemplateUnknown, UnreadableFile
from paddlescan.export.templates import Column, Template
from paddlescan.paths import user_paths
from paddlescan.pipeline.passwords import Passwords
from paddlescan.store import Store
from tests.unit.gui.receipts import fill, read_receipt


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PADDLESCAN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def typed(*argv: object) -> argparse.Namespace:
    parsed: argparse.Namespace = command_parser("en").parse_args(["scan", *map(str, argv)])
    return parsed


def test_every_writer_has_an_option_and_every_option_its_own_writer() -> None:
    options = typed("a.jpg")
    assert all(getattr(options, writer.option) is None for writer in WRITERS)
    assert len({writer.option for writer in WRITERS}) == len(WRITERS)


def test_nothing_asked_for_is_nothing_to_write(tmp_path: Path) -> None:
    assert Outputs.asked_for(typed(tmp_path)).wanted == ()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_template_without_a_sheet_is_wrong_usage(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["scan", str(tmp_path), "--template", "expenses"]
    assert run(["--lang", language, *asked, "--json", str(tmp_path / "a.json")]) == 2
    sheets = "--csv / --xlsx / --beside"
    sentence = {"en": f"--template does nothing without {sheets}.", "zh": f"--template 须与 {sheets} 一起使用。"}
    assert capsys.readouterr().err.startswith(sentence[language])
    assert Outputs.asked_for(typed(tmp_path, "--beside", "--template", "expenses")).template is not None


@pytest.mark.parametrize("alone", [["--dry-run"], ["--rename-to", "out"]])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_option_that_would_do_nothing_is_wrong_usage(
    alone: list[str], language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", language, "scan", str(tmp_path), *alone]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    sentence = {"en": f"{alone[0]} does nothing without --rename.", "zh": f"{alone[0]} 须与 --rename 一起使用。"}
    assert said.err.startswith(sentence[language])
    with pytest.raises(OptionAlone):
        Outputs.asked_for(typed(tmp_path, "--csv", tmp_path / "a.csv", *alone))
    assert Outputs.asked_for(typed(tmp_path, "--rename", "{date}", *alone)).wanted


def test_a_file_that_exists_is_told_before_scanning(tmp_path: Path) -> None:
    for option in ("--xlsx", "--report", "--csv"):
        (tmp_path / "o").write_text("mine")
        with pytest.raises(ExportExists):
            Outputs.asked_for(typed(tmp_path, option, tmp_path / "o"))
        assert Outputs.asked_for(typed(tmp_path, option, tmp_path / "o", "--overwrite")).wanted[0][1]
    assert (tmp_path / "o").read_text() == "mine"


@pytest.mark.parametrize(
    ("option", "name", "wanted"),
    [
        ("--xlsx", "y.doc", ".xlsx"),
        ("--xlsx", "y.XLS", ".xlsx"),
        ("--report", "y.pdf", ".xlsx"),
        ("--csv", "y.xlsx", ".csv"),
        ("--items", "y.json", ".csv"),
        ("--json", "y.csv", ".json"),
        ("--pdf", "y.docx", ".pdf"),
    ],
)
def test_the_ending_of_another_kind_of_file_is_told_before_scanning(
    option: str, name: str, wanted: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    for language, sentence in (("en", f"ends in {wanted}"), ("zh", f"以 {wanted} 结尾")):
        assert run(["--lang", language, "scan", str(tmp_path / "in"), option, str(tmp_path / name)]) == 2
        said = capsys.readouterr().err
        assert sentence in said
        assert name in said
    for good in (f"y{wanted}", f"Y{wanted.upper()}", "y", "receipts 2026.03", "y.txt"):
        assert Outputs.asked_for(typed(tmp_path / "in", option, tmp_path / good)).wanted, good


def test_two_exports_do_not_replace_each_other(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    with pytest.raises(ExportFailed, match="two exports have this name"):
        Outputs.asked_for(typed("a.jpg", "--csv", tmp_path / "o", "--xlsx", tmp_path / "sub" / ".." / "o"))


def test_an_export_never_replaces_what_is_to_be_scanned(tmp_path: Path) -> None:
    invoice = tmp_path / "invoice.pdf"
    invoice.write_bytes(b"%PDF-1.7")
    (tmp_path / "link.pdf").symlink_to(invoice)
    for scanned in (invoice, tmp_path):
        for target in (invoice, tmp_path / "link.pdf"):
            with pytest.raises(ExportFailed, match="one of the originals"):
                Outputs.asked_for(typed(scanned, "--pdf", target, "--overwrite"))
    other = tmp_path / "other"
    other.mkdir()
    assert Outputs.asked_for(typed(other, "--pdf", invoice, "--overwrite")).wanted
    assert invoice.read_bytes() == b"%PDF-1.7"


def test_a_template_is_looked_up_before_scanning(tmp_path: Path) -> None:
    assert Outputs.asked_for(typed("a.jpg", "--csv", tmp_path / "o", "--template", "全部列")).template is not None
    with pytest.raises(TemplateUnknown):
        Outputs.asked_for(typed("a.jpg", "--csv", tmp_path / "o", "--template", "none"))


def test_an_export_that_fails_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = user_paths().make()
    options = typed("a.jpg", "--csv", tmp_path / "o.csv", "--xlsx", tmp_path / "o.xlsx", "--no-thumbnails")
    wanted = Outputs.asked_for(options)

    def fail(value: str, work: Work) -> None:
        raise ExportFailed(file=value, detail="it is read-only")

    broken = Outputs(((Writer("csv", fail, file_ending(".csv")), "x.csv"), *wanted.wanted), None)
    with Store(paths.store) as store:
        batch = store.create_batch()
        work = Work(store, batch, paths, options, Terminal("zh"), Passwords())
        assert not broken.write(work)
    assert (tmp_path / "o.csv").exists()
    assert (tmp_path / "o.xlsx").exists()
    told = capsys.readouterr().err
    assert "x.csv" in told
    assert "文件为只读" in told


@pytest.mark.parametrize("pictures", [False, True])
def test_what_was_written_says_the_rows_that_are_in_it(
    pictures: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    template = Template("ours", (Column("merchant"), *([Column("picture")] if pictures else [])), only="receipts")
    paths = user_paths().make()
    names = ("csv", "xlsx", "json", "items")
    options = typed("a.jpg", *(word for name in names for word in (f"--{name}", tmp_path / f"o.{name}")))
    filled = fill(tmp_path)
    items = tuple(Item(name, amount="3.00") for name in ("tea", "rice", "soup"))
    filled.drop("a.png", "blank.png", "broken.png")
    filled.read("a.png", replace(read_receipt(merchant="YONG SOON"), items=items))
    filled.read("blank.png", read_receipt(), quality=("blank",))
    filled.fail("broken.png", UnreadableFile(file="broken.png"))
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(Terminal, "advance", lambda self, done, total: told.append((done, total)))
    with filled.store as store:
        work = Work(store, filled.batch, paths, options, Terminal("en"), Passwords(), template)
        assert Outputs(Outputs.asked_for(options).wanted, template).write(work)
    said = "".join(capsys.readouterr().err.splitlines())
    for name, rows in zip(names, (1, 1, 3, 3), strict=True):
        assert f"Wrote {tmp_path / f'o.{name}'} (rows: {rows})" in said
    assert told == ([(1, 1)] if pictures else [])


def test_beside_finds_a_name_that_no_file_has(tmp_path: Path) -> None:
    scan = tmp_path / "scan.jpg"
    scan.touch()
    assert beside([str(scan)]) == tmp_path / "scan.csv"
    (tmp_path / "scan.csv").touch()
    assert beside([str(scan)]) == tmp_path / "scan (2).csv"
    assert beside([str(tmp_path)]) == tmp_path / f"{tmp_path.name}.csv"
    assert Outputs.asked_for(typed(scan, "--beside")).wanted[0][1] == str(tmp_path / "scan (2).csv")
