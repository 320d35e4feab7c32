"""Texts of strangers go into an export and come back from it: nothing seems to have been edited."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from paddlescan.document import SourceFile
from paddlescan.export.csv_export import write_csv
from paddlescan.export.json_export import write_json
from paddlescan.export.read_back import read_table
from paddlescan.export.xlsx_export import write_xlsx
from paddlescan.pipeline.keeping import open_store
from paddlescan.pipeline.returning import compare
from tests.faults.poison import ALL
from tests.unit.gui.receipts import Filled, fill, read_receipt


def storable(text: str) -> bool:
    """What a store, a JSON answer of an engine and a QR code can hold at all, and a person would take for a value."""
    return bool(text.strip()) and "|" not in text and not any(unicodedata.category(c) in ("Cs", "Cc") for c in text)


TEXTS = [text for text in ALL if storable(text) and len(text) < 5_000]


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    made = fill(tmp_path, open_store)
    for n, text in enumerate(TEXTS):
        name = f"{n} {text[:60]}".replace("/", "\\") + ".jpg"
        made.store.add_sources(made.batch, [SourceFile.at(f"/receipts/{name}", name)])
        made.read(SourceFile.at(f"/receipts/{name}", name).name, read_receipt(merchant=text, note=text, total="-12.00"))
    yield made
    made.store.close()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_an_export_that_nobody_edited_has_no_changes(kind: str, filled: Filled, tmp_path: Path) -> None:
    assert len(TEXTS) > 50
    file = tmp_path / f"out.{kind}"
    rows = tuple(filled.store.export_rows(filled.batch))
    if kind == "csv":
        write_csv(rows, file, True)
    elif kind == "xlsx":
        write_xlsx(rows, file, True)
    else:
        write_json(rows, file, True)
    found = compare(filled.store, filled.batch, read_table(file))
    assert found.rows == len(TEXTS)
    assert [(change.name, change.before, change.after) for change in found.changes] == []
    assert found.strangers == ()
