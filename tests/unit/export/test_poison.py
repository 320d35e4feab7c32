"""Texts of strangers in every place of every export: they stand there as text, and nothing of them runs."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pikepdf
import pytest

from paddlescan.document import Check, Field, Finding, Item, Language, Receipt, TextLine
from paddlescan.document.export import ExportRow, HistoryEntry, ReceiptPlace
from paddlescan.errors import Failure
from paddlescan.export.cells import clean_text, plain_text
from paddlescan.export.csv_export import DEFAULT_COLUMNS, cells, write_csv
from paddlescan.export.items_csv import write_items_csv
from paddlescan.export.json_export import write_json
from paddlescan.export.pdf_export import PdfPage, write_pdf
from paddlescan.export.report import BatchFacts, write_report
from paddlescan.export.templates import Column, Template
from paddlescan.export.xlsx_export import write_xlsx
from tests.faults.poison import ALL, FORMULAS, KEPT
from tests.unit.export.making import QUAD
from tests.unit.export.office import FROM_UTF8, convert, needs_office, shown
from tests.unit.export.test_xlsx_export import jpeg

DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
TEXTS = ("merchant", "address", "buyer", "note", "invoice_number", "category", "total", "tax", "date", "currency")
NUMBER = re.compile(r"[+-]?[\d,]+(\.\d+)?")
OURS = re.compile(r"=?SUBTOTAL\(109,[A-Z]+\d+:[A-Z]+\d+\)|=?SUM(IFS?)?\([A-Z$0-9:,\"]+\)")
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def poisoned(text: str) -> ExportRow:
    """A row with the text wherever a stranger could put it."""
    place = ReceiptPlace(text, 1, 1)
    return ExportRow(
        source=text,
        status="needs_review",
        receipt=Receipt(
            fields=tuple(Field(name, text, text, 0.5, QUAD, doubtful=True, candidates=(text,)) for name in TEXTS),
            items=(Item(text, text, text, text),),
            checks=(Check("qr_agrees", False, text), Check("net_plus_tax_is_total", False, text)),
            lines=(TextLine(text, 0.9, QUAD),),
        ),
        sha256="ab" * 32,
        quality=(Finding("blurred", text),),
        duplicate_of=place,
        more_pages=(place,),
        history=(HistoryEntry("merchant", text, text, text, text),),
    )


def failed(text: str) -> ExportRow:
    return ExportRow(text, "failed", failure=Failure("too_large", (("file", text), ("detail", text))))


ROWS = [row for text in ALL for row in (poisoned(text), failed(text))]


def read_csv(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_of_a_csv_begins_as_a_formula(language: Language, tmp_path: Path) -> None:
    write_csv(ROWS, tmp_path / "a.csv", False, language)
    write_items_csv(ROWS, tmp_path / "i.csv", False, language)
    lines = read_csv(tmp_path / "a.csv") + read_csv(tmp_path / "i.csv")
    assert len(lines) == 2 + len(ROWS) + len(ALL)
    running = [cell for line in lines for cell in line if cell.startswith(DANGEROUS) and not NUMBER.fullmatch(cell)]
    assert running == []


@pytest.mark.parametrize("text", ALL)
def test_a_cell_of_a_csv_tells_its_text(text: str) -> None:
    for name in ("merchant", "total", "date"):
        (cell,) = cells(poisoned(text), "en", (name,))
        assert plain_text(cell) == clean_text(text) or cell == clean_text(text)


@pytest.mark.parametrize("text", KEPT)
def test_numbers_and_telephones_stay_what_they_are(text: str) -> None:
    (total, note) = cells(poisoned(text), "en", ("total", "note"))
    assert total == text or not NUMBER.fullmatch(text)
    assert plain_text(note) == text


def check_package(path: Path, texts: int) -> None:
    """Nothing in a workbook runs, leads out of the machine or asks for another file."""
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        assert not [name for name in names if "external" in name.lower() or name.endswith(".bin")]
        for name in names:
            if name.endswith((".xml", ".rels", ".vml")):
                ElementTree.fromstring(package.read(name))
        formulas = [f for name in names for f in re.findall(rb"<f>(.*?)</f>", package.read(name), re.DOTALL)]
        assert [f for f in formulas if not OURS.fullmatch(f.decode())] == []
        defined = re.findall(rb'<definedName name="(.*?)"', package.read("xl/workbook.xml"))
        assert {name.partition(b".")[0] for name in defined} <= {b"_xlnm"}
        assert b"Macro" not in b"".join(package.read(name) for name in names if name.endswith("Types].xml"))
        links = re.findall(rb'Target="([^"]*)" TargetMode="External"', b"".join(map(package.read, names)))
        assert not [link for link in links if not link.startswith(b"file:///") and re.match(rb"[a-z]+:", link)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    found = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [c.value for c in found if c.data_type == "f" and not OURS.fullmatch(str(c.value))] == []
    assert sum(isinstance(c.value, str) and "cmd|" in c.value for c in found) > texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_remark_header_or_link_of_a_workbook_runs(language: Language, tmp_path: Path) -> None:
    file = tmp_path / f"{FORMULAS[0].replace('/', '')}.xlsx"
    link = lambda row: tmp_path / clean_text(row.source).replace("/", "").replace("\n", "")[:80]  # noqa: E731
    write_xlsx(ROWS, file, False, language, None, lambda _: jpeg(9, 9), link)
    check_package(file, 20)


def test_no_name_of_a_template_its_headers_or_its_sheet_runs(tmp_path: Path) -> None:
    for n, text in enumerate((*FORMULAS, "<r>rich</r>", "{0}%n", "a" * 200, "[*]:/\\?", "'")):
        head = " ".join(clean_text(text).split()) or "x"
        template = Template(head[:60], (Column("merchant", head), Column("total", head), Column("note")))
        write_xlsx([poisoned(FORMULAS[0])], tmp_path / f"{n}.xlsx", False, "en", template)
        check_package(tmp_path / f"{n}.xlsx", 0)
        write_csv([poisoned(text)], tmp_path / f"{n}.csv", False, "en", DEFAULT_COLUMNS, template)
        assert not any(c.startswith(DANGEROUS) and not NUMBER.fullmatch(c) for c in _flat(tmp_path / f"{n}.csv"))


def _flat(path: Path) -> Iterator[str]:
    for line in read_csv(path):
        yield from line


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_of_a_report_runs(language: Language, tmp_path: Path) -> None:
    for n, text in enumerate((FORMULAS[0], "<r>x</r>", "\x1b[31m\u202e")):
        facts = BatchFacts(text, text, 3, text, text)
        write_report(ROWS, tmp_path / f"{n}.xlsx", False, language, facts, ROWS)
        check_package(tmp_path / f"{n}.xlsx", 20)


def test_a_json_holds_any_text(tmp_path: Path) -> None:
    write_json(ROWS, tmp_path / "a.json", False)
    raw = (tmp_path / "a.json").read_text("utf-8")
    pages: list[dict[str, Any]] = json.loads(raw)["pages"]
    assert len(pages) == len(ROWS)
    assert not re.search("[\x00-\x09\x0b-\x1f]", raw)


def test_a_pdf_takes_no_order_from_its_text(tmp_path: Path) -> None:
    pages = (PdfPage(jpeg(40, 40), 96, (TextLine(text, 0.9, QUAD),), text) for text in ALL)
    assert write_pdf(pages, tmp_path / "a.pdf", False) == len(ALL)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        kinds = {str(o.get("/S")) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o}
        assert kinds <= {"/GTS_PDFA1"}
        assert not {"/OpenAction", "/AA", "/Names", "/AcroForm"} & set(pdf.Root.keys())
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert not any(re.search("[\x00-\x1f]", title) for title in titles)
    assert any("cmd|" in title for title in titles)


@needs_office
@pytest.mark.long
def test_libreoffice_shows_a_workbook_and_a_csv_as_text(tmp_path: Path) -> None:
    rows = [poisoned(text) for text in (*FORMULAS, *KEPT, "<img src=x>", "[red]x", "\x1b[31m")]
    write_xlsx(rows, tmp_path / "a.xlsx", False, "en")
    write_csv(rows, tmp_path / "b.csv", False, "en")
    sheet = shown(tmp_path / "a.xlsx", tmp_path)["Receipts"]
    at = sheet[0].index("Merchant")
    merchants = [" ".join(line[at].split()) for line in sheet[1 : 1 + len(rows)]]
    assert merchants == [" ".join(clean_text(row.source).split()) for row in rows]
    (book,) = convert(tmp_path / "b.csv", "xlsx", tmp_path / "csv", FROM_UTF8)
    lines = list(openpyxl.load_workbook(book).worksheets[0].iter_rows())
    assert [cell.value for line in lines for cell in line if cell.data_type == "f"] == []
    heads, texts = [cell.value for cell in lines[0]], [clean_text(row.source) for row in rows]
    for name in ("Merchant", "Note", "Address"):
        column = [line[heads.index(name)].value for line in lines[1 : 1 + len(rows)]]
        assert [plain_text(value) if isinstance(value, str) else value for value in column] == texts
    for name in ("Total", "Tax"):
        column = [line[heads.index(name)].value for line in lines[1 : 1 + len(rows)]]
        assert [plain_text(value) if isinstance(value, str) else value for value in column] == [
            float(text) if NUMBER.fullmatch(text) else text for text in texts
        ]
