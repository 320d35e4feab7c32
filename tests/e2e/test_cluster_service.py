"""A worker of a cluster as its own process sees it: what it finds out by itself, and whose words it reads with."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from paddlescan.document import EngineOptions, PageRef, ScanOptions, SourceFile
from paddlescan.pipeline.cluster.own_words import OwnFile, OwnWords
from paddlescan.pipeline.cluster.service import Service
from paddlescan.pipeline.cluster.talk import Ask, Begin, Forgot
from paddlescan.pipeline.messages import Hello, Scanned, ScanPage
from paddlescan.resources_dir import resource
from tests.e2e.test_own_words import CANTEEN

PAGE = PageRef(SourceFile.at(resource("samples", "cafe.jpg")))


@pytest.mark.slow
def test_what_is_quickest_is_found_out_on_the_worker_and_gone_when_it_rests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    service = Service()
    try:
        for _ in range(10):
            answer = service.answer(Ask(EngineOptions(device="cpu"), ScanPage(PAGE, ScanOptions())))
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


@pytest.mark.slow
def test_each_office_is_read_with_its_own_words_however_they_take_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    engine, service = EngineOptions(device="cpu"), Service()
    words = OwnWords((OwnFile(b"kinds/canteen.yaml", CANTEEN.encode()),))

    def kind(key: str) -> str:
        answer = service.answer(Ask(engine, ScanPage(PAGE, ScanOptions()), key))
        assert isinstance(answer, Scanned)
        return answer.result.receipts[0].kind

    try:
        assert isinstance(service.answer(Ask(engine, ScanPage(PAGE, ScanOptions()), words.key)), Forgot)
        assert isinstance(service.answer(Begin(engine, words)), Hello)
        assert [kind(key) for key in (words.key, "", words.key)] == ["other", "receipt", "other"]
        service.end()
        assert kind(words.key) == "other"
    finally:
        service.end()
    assert list(tmp_path.rglob("canteen.yaml")) == []
