"""What a worker tells of its machine, and when its engine is another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from paddlescan.document import EngineInfo, EngineOptions, SourceFile
from paddlescan.ocr.cards import cards
from paddlescan.pipeline.cluster import service
from paddlescan.pipeline.cluster.service import Service
from paddlescan.pipeline.cluster.talk import Begin, Introduce, Introduced, See, Seen
from paddlescan.pipeline.messages import Hello
from tests.fakes.nvidia_driver import FakeCard, FakeDriver


def test_cards_are_told_by_their_marks_to_who_asks_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    driver = FakeDriver(FakeCard(), FakeCard())
    monkeypatch.setattr(service, "cards", lambda: cards(driver))
    told = Service().answer(Introduce(cards=True))
    assert isinstance(told, Introduced)
    assert told.cards == tuple(f"GPU-{card.mark}" for card in driver.cards)
    monkeypatch.setattr(service, "cards", lambda: pytest.fail("nobody asked"))
    told = Service().answer(Introduce())
    assert isinstance(told, Introduced)
    assert told.cards == ()


def test_an_engine_keeps_its_card_whatever_place_another_program_would_give_it(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[EngineOptions] = []

    class Started:
        def __init__(self, options: EngineOptions) -> None:
            started.append(options)

        def ensure_started(self) -> Hello:
            return Hello(EngineInfo("onnxruntime", "gpu", "none"))

        def stop(self) -> None:
            pass

    monkeypatch.setattr(service, "EngineProcess", Started)
    one = Service()
    try:
        for options in (EngineOptions(worker=1, workers=2), EngineOptions(worker=0, workers=3)):
            assert isinstance(one.answer(Begin(options)), Hello)
        assert [(options.worker, options.workers) for options in started] == [(1, 2)]
        one.answer(Begin(EngineOptions(device="cpu")))
        assert len(started) == 2
    finally:
        one.end()


def test_files_are_seen_with_their_sizes_up_to_the_first_that_is_not(tmp_path: Path) -> None:
    for name, size in (("a.jpg", 3), ("b.jpg", 0), ("d.jpg", 1)):
        (tmp_path / name).write_bytes(bytes(size))
    files = [SourceFile.at(tmp_path / name) for name in ("a.jpg", "b.jpg", "c.jpg", "d.jpg")]
    told = Service().answer(See(tuple(files)))
    assert isinstance(told, Seen)
    assert [sight.size for sight in told.sights] == [3, 0, None]
    assert [sight.failure and sight.failure.code for sight in told.sights] == [None, None, "file_vanished"]
