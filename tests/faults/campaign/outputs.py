"""Whether the files in an export folder are whole: each is read to its end by a program that is not ours."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from paddlescan.resources_dir import resource

EARLIER = b"what was exported yesterday\n" * 40
"""What stands under the names of exports before a round that overwrites them."""


@cache
def _schema() -> Any:
    import jsonschema

    file = next(Path(str(resource("schema"))).glob("*.json"))
    return jsonschema.Draft202012Validator(json.loads(file.read_text(encoding="utf-8")))


def wrong_with(file: Path, hashes: frozenset[str]) -> str:
    """What is wrong with an export that is there; nothing where it is whole, or the one from before the round.

    hashes: of the originals, for copies.
    """
    data = file.read_bytes()
    if data == EARLIER:
        return ""
    try:
        if file.parent.name.endswith("copies"):
            return "" if hashlib.sha256(data).hexdigest() in hashes else "a copy is no original"
        match file.suffix:
            case ".json":
                errors = list(_schema().iter_errors(json.loads(data)))
                return str(errors[0].message)[:80] if errors else ""
            case ".csv":
                rows = list(csv.reader(data.decode("utf-8-sig").splitlines()))
                ends = data.endswith(b"\n") and len({len(row) for row in rows}) == 1
                return "" if ends else "a CSV without an end"  # a list without rows has a header alone
            case ".xlsx":
                import openpyxl

                if (bad := zipfile.ZipFile(file).testzip()) is not None:
                    return bad
                return "" if openpyxl.load_workbook(file).worksheets else "no sheet"
            case ".pdf":
                import pikepdf

                with pikepdf.open(file) as pdf:
                    problems = pdf.check_pdf_syntax()
                    return str(problems[0])[:80] if problems or not pdf.pages else ""
    except Exception as error:  # noqa: BLE001 whatever a reader throws says that the file is not whole
        return f"{type(error).__name__}"
    return "a file that nobody knows"


def broken(out: Path, hashes: frozenset[str]) -> Iterator[str]:
    """Exports that are there and not whole."""
    for file in sorted(out.rglob("*")):
        if file.is_file() and not any(part.startswith(".paddlescan-") for part in file.relative_to(out).parts):
            wrong = wrong_with(file, hashes)
            if wrong:
                yield f"{file.relative_to(out)}: {wrong}"


def parts(out: Path) -> Iterator[str]:
    """What an export that was killed has left."""
    return (str(file.relative_to(out)) for file in sorted(out.rglob(".*")))
