"""The JSON export, schema `paddlescan/1`: one entry a receipt, one line an entry.

The contract is resources/schema/paddlescan-1.json. Messages are English; codes are what programs key on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from paddlescan import __version__
from paddlescan.document import Field, Quad, TextLine
from paddlescan.document.export import ExportRow
from paddlescan.export.atomic import atomic_file
from paddlescan.export.counted import Counted

SCHEMA = "paddlescan/1"

_PIXEL_DIGITS = 1
_CONFIDENCE_DIGITS = 4
_SECONDS_DIGITS = 4


def write_json(rows: Iterable[ExportRow], path: Path, overwrite: bool) -> int:
    """Write the rows to a file, whole or not at all; returns how many. Raises ExportExists, ExportFailed, DiskFull."""
    with atomic_file(path, overwrite) as file:
        file.write(f'{{"schema": {_json(SCHEMA)},\n "generator": {_json(generator())},\n "pages": ['.encode())
        before = "\n  "
        written = Counted(rows)
        for row in written:
            file.write((before + _json(entry(row))).encode("utf-8", "replace"))
            before = ",\n  "
        file.write(b"]}\n")
    return written.count


def document(rows: Iterable[ExportRow]) -> dict[str, Any]:
    """The whole export as plain values."""
    return {"schema": SCHEMA, "generator": generator(), "pages": [entry(row) for row in rows]}


def generator() -> dict[str, str]:
    """Who wrote it."""
    return {"name": "PaddleScan", "version": __version__}


def entry(row: ExportRow) -> dict[str, Any]:
    """One entry of `pages`, every key there, in the schema's order; unknown is None."""
    receipt, preparation, failure = row.receipt, row.receipt.preparation, row.failure
    return {
        "source": row.source,
        "page": row.page,
        "page_count": row.page_count,
        "receipt": receipt.number,
        "receipt_count": receipt.count,
        "region": _quad(receipt.region),
        "sha256": row.sha256,
        "status": row.status,
        "error": failure and {"code": failure.code, "message": failure.message, "remedy": failure.remedy},
        "width": row.width,
        "height": row.height,
        "prepared": preparation
        and {
            "rotation_degrees": preparation.rotation_degrees,
            "skew_degrees": round(preparation.skew_degrees, 3),
            "seal_removed": preparation.seal_removed,
            "seals": [_quad(seal) for seal in preparation.seals],
            "perspective": _quad(preparation.perspective),
        },
        "quality": [{"name": finding.name, "detail": finding.detail} for finding in row.quality],
        "duplicate_of": row.duplicate_of
        and {"source": row.duplicate_of.source, "page": row.duplicate_of.page, "receipt": row.duplicate_of.receipt},
        "more_pages": [{"source": more.source, "page": more.page} for more in row.more_pages],
        "kind": receipt.kind,
        "language": row.language,
        "fields": {field.name: _field(field) | _later(row, field) for field in receipt.fields if field.value},
        "items": [
            {
                "description": item.description,
                "quantity": item.quantity,
                "unit_price": item.unit_price,
                "amount": item.amount,
            }
            for item in receipt.items
        ],
        "checks": [{"name": check.name, "passed": check.passed, "detail": check.detail} for check in receipt.checks],
        "lines": [_line(line) | _later(row, line) for line in receipt.lines],
        "engine": row.engine and {"name": row.engine.name, "device": row.engine.device, "models": row.engine.models},
        "seconds": row.seconds
        and {
            "load": round(row.seconds.load, _SECONDS_DIGITS),
            "prepare": round(row.seconds.prepare, _SECONDS_DIGITS),
            "recognise": round(row.seconds.recognise, _SECONDS_DIGITS),
            "extract": round(row.seconds.extract, _SECONDS_DIGITS),
        },
        "history": [
            {"field": edit.field, "from": edit.before, "to": edit.after, "at": edit.at} for edit in row.history
        ],
    }


def _later(row: ExportRow, found: Field | TextLine) -> dict[str, int]:
    """The page of what stands on a later page of the receipt than the entry's own; there its quad is."""
    return {"page": row.page + found.page} if found.page else {}


def _field(field: Field) -> dict[str, Any]:
    return {
        "value": field.value,
        "text": field.text,
        "confidence": round(field.confidence, _CONFIDENCE_DIGITS),
        "quad": _quad(field.quad),
        "origin": field.origin,
        "doubtful": field.doubtful,
        "candidates": list(field.candidates),
    }


def _line(line: TextLine) -> dict[str, Any]:
    return {"text": line.text, "confidence": round(line.confidence, _CONFIDENCE_DIGITS), "quad": _quad(line.quad)}


def _quad(quad: Quad | None) -> list[list[float]] | None:
    return None if quad is None else [[round(x, _PIXEL_DIGITS), round(y, _PIXEL_DIGITS)] for x, y in quad]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
