"""A worker of a cluster finds out by itself what is the quickest on its machine."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from paddlescan.document import EngineOptions, PageRef, ScanOptions, SourceFile
from paddlescan.pipeline.cluster.service import Service
from paddlescan.pipeline.cluster.talk import Ask
from paddlescan.pipeline.messages import Scanned, ScanPage
from paddlescan.resources_dir import resource


@pytest.mark.slow
def test_what_is_quickest_is_found_out_on_the_worker_and_gone_when_it_rests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    page = PageRef(SourceFile.at(resource("samples", "cafe.jpg")))
    service = Service()
    try:
        for _ in range(10):
            answer = service.answer(Ask(EngineOptions(device="cpu"), ScanPage(page, ScanOptions())))
            assert isinstance(answer, Scanned)
            assert answer.result.error is None
            found = list(tmp_path.rglob("runtimes.json"))
            if found and b'"recogniser":{' in found[0].read_bytes():
                break
        assert len(found) == 1
        assert b'"recogniser":{' in found[0].read_bytes()
    finally:
        service.end()
    assert list(tmp_path.rglob("runtimes.json")) == []
