"""Record the lines that the engine reads on drawn pages, for tests that want them without an engine.

    python -m tests.samples.record FOLDER invoices_vat:9 receipts_tw:0 ...

draws each page (module and seed), reads it, and writes its lines and its truth to FOLDER/<layout>_<seed>.json.
"""

from __future__ import annotations

import importlib
import json
import sys
import tempfile
from pathlib import Path

import cv2

import paddlescan
from tests.samples.forms import Truth


def record(folder: Path, pages: list[tuple[str, int]]) -> None:
    """Draw, read and write down."""
    truths: list[Truth] = []
    with tempfile.TemporaryDirectory() as scratch:
        files = []
        for number, (module, seed) in enumerate(pages):
            picture, truth = importlib.import_module(f"tests.samples.{module}").draw(seed)
            file = Path(scratch, f"{number:03}.png")
            cv2.imwrite(str(file), picture)
            files.append(file)
            truths.append(truth)
        results = list(paddlescan.scan(files))
    for (_, seed), truth, result in zip(pages, truths, results, strict=True):
        (receipt,) = result.receipts
        lines = [
            [line.text, round(line.confidence, 2), [round(v) for corner in line.quad for v in corner]]
            for line in receipt.lines
        ]
        head = {"kind": truth.kind, "fields": dict(truth.fields)}
        items = [[i.description, i.quantity, i.unit_price, i.amount] for i in truth.items]
        rows = ",\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
        text = json.dumps(head | {"items": items}, ensure_ascii=False)[:-1] + f', "lines": [\n{rows}\n]}}\n'
        (folder / f"{truth.layout}_{seed}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    record(Path(sys.argv[1]), [(name, int(seed)) for name, seed in (page.split(":") for page in sys.argv[2:])])
