"""An invoice over two pages, and the same one scanned again, through the real engine."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from tests.e2e.conftest import CommandLine
from tests.samples.pdfs import Words, text_page

ITEMS = ("Desk lamp", "Office chair", "Whiteboard", "Monitor arm", "Filing cabinet", "Paper shredder", "Wall clock")
HEAD = (
    "ACME OFFICE TRADING LTD",
    "12 Market Street, Leeds LS1 4AP",
    "INVOICE",
    "Invoice No: INV-2026-0815",
    "Date: 05/03/2026",
)


def page(head: tuple[str, ...], items: tuple[str, ...], price: int, foot: tuple[tuple[str, str], ...]) -> bytes:
    rows = [(text, "") for text in head] + [("Description", "Amount")]
    rows += [(item, f"{price + n}.50") for n, item in enumerate(items)] + list(foot)
    words = []
    for n, (left, right) in enumerate(rows):
        words.append(Words(left, 50, 780 - 40 * n))
        if right:
            words.append(Words(right, 450, 780 - 40 * n))
    return text_page(words, size=(595, 842))


@pytest.mark.slow
def test_an_invoice_over_two_pages_is_one_entry_and_a_copy_of_it_is_marked(
    paddlescan: CommandLine, tmp_path: Path
) -> None:
    first = page(HEAD, ITEMS, 20, (("Page 1 of 2", ""),))
    last = page(
        (), ITEMS[:3], 40, (("Subtotal", "285.00"), ("VAT 20%", "57.00"), ("Total GBP", "342.00"), ("Page 2 of 2", ""))
    )
    whole = pypdfium2.PdfDocument.new()
    for part in (first, last):
        whole.import_pages(pypdfium2.PdfDocument(part))
    for name in ("a.pdf", "b.pdf"):
        whole.save(tmp_path / name)
    (tmp_path / "b.pdf").write_bytes((tmp_path / "b.pdf").read_bytes() + b"\n")  # another file
    done = paddlescan("scan", tmp_path / "a.pdf", tmp_path / "b.pdf", "--json", tmp_path / "o.json")
    assert done.returncode == 0, done.stderr
    assert "Seen before: 1" in done.stderr
    entries = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))["pages"]
    assert [(e["source"], e["page"], e["page_count"], e["more_pages"]) for e in entries] == [
        (name, 1, 2, [{"source": name, "page": 2}]) for name in ("a.pdf", "b.pdf")
    ]
    for entry in entries:
        fields = entry["fields"]
        read = {name: (fields[name]["value"], fields[name].get("page")) for name in ("invoice_number", "date", "total")}
        assert read == {
            "invoice_number": ("INV-2026-0815", None),
            "date": ("2026-03-05", None),
            "total": ("342.00", 2),
        }
        assert [line.get("page") for line in entry["lines"] if line["text"].startswith("Page")] == [None, 2]
    assert [entry["duplicate_of"] for entry in entries] == [None, {"source": "a.pdf", "page": 1, "receipt": 1}]
