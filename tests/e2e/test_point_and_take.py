"""The real engine reads one place in the midst of a page, and the page as if nobody had asked."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from paddlescan.document import PageRef, ScanOptions, SourceFile
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.errands import Errand, Errands
from paddlescan.pipeline.messages import AreaRead, ReadArea
from paddlescan.resources_dir import resource


@pytest.mark.long
def test_every_field_of_drawn_receipts_is_read_at_its_place_and_the_page_is_the_same(tmp_path: Path) -> None:
    engine = EngineProcess(scratch_root=tmp_path)
    engine.errands = errands = Errands()
    try:
        for name, field in (("cafe.jpg", "total"), ("火车票.jpg", "total"), ("电子发票.jpg", "seller_tax_id")):
            page = PageRef(SourceFile.at(str(resource("samples", name))))
            first = engine.scan(page, ScanOptions())
            (receipt,) = first.receipts
            found = receipt.field(field)
            assert found is not None and found.quad is not None and found.text is not None
            seals = receipt.preparation.seals if receipt.preparation else ()
            request = ReadArea(page, found.quad, ScanOptions(), seals)
            answers: list[tuple[float, AreaRead | None]] = []
            errand = Errand(request, lambda answer, answers=answers: answers.append((time.monotonic(), answer)))
            threading.Timer(0.05, errands.put, [errand]).start()
            again = engine.scan(page, ScanOptions())
            ((_, answer),) = answers  # before the page was
            assert answer is not None
            assert "".join(line.text for line in answer.lines).replace(" ", "") == found.text.replace(" ", "")
            assert again.receipts == first.receipts
    finally:
        engine.stop()
