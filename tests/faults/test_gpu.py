"""A graphics card that fails while it gets ready, or whose memory is short. A child stands in for an engine on a card;
the workers, their supervisor and the store are the real ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from paddlescan.document import Device, EngineInfo, EngineOptions
from paddlescan.ocr import devices
from paddlescan.ocr.reasons import Reason
from paddlescan.pipeline import allowance
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.events import EngineReady, EngineTrouble
from paddlescan.pipeline.supervisor import ChildLimits
from paddlescan.store import Store
from tests.fakes.commands import faulty
from tests.faults.bench import HONEST, Bench

MOCK = "a mock stands in for a GPU"


def told(bench: Bench) -> list[tuple[str, str]]:
    return [(event.engine.device, event.engine.reason) for event in bench.events if isinstance(event, EngineReady)]


def journal(bench: Bench) -> list[tuple[str, str]]:
    with Store(bench.path) as store:
        events = store.whole_journal(bench.batch)
        return [(event.source, event.detail) for event in events if event.what == "gpu_memory"]


def test_a_page_that_the_cpu_read_for_lack_of_memory_is_told_and_written_down(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.png", "large 1.png", "large 2.png", "b.png"])
    bench.run(faulty("gpu_short"))
    assert told(bench) == [("gpu", MOCK), ("cpu", Reason.PAGE_ON_CPU), ("gpu", MOCK)]
    assert journal(bench) == [("large 1.png", "on_cpu"), ("large 2.png", "on_cpu")]
    assert set(bench.codes().values()) == {HONEST}


def test_fewer_lines_at_once_are_told_and_written_down_once(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.png", "smaller 1.png", "smaller 2.png"])
    bench.run(faulty("gpu_short"))
    assert told(bench) == [("gpu", MOCK), ("gpu", Reason.GPU_SMALLER)]
    assert journal(bench) == [("smaller 1.png", "smaller")]


def test_what_a_result_says_of_its_engine_besides_is_not_told(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["lie.png", "lie 1.png", "smaller 1.png"])
    bench.run(faulty("gpu_short"))
    assert told(bench) == [("gpu", MOCK), ("gpu", Reason.GPU_SMALLER)]
    assert all(event.engine.card == "" for event in bench.events if isinstance(event, EngineReady))


@pytest.mark.logs
def test_a_card_that_takes_the_engine_down_while_it_gets_ready_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = EngineInfo("onnxruntime", "gpu", "none", Reason.GPU_FOUND)
    monkeypatch.setattr(devices, "choose_device", lambda _: found)
    bench = Bench(tmp_path, ["a.png", "b.png"])
    bench.run(faulty("gpu_crashes"))
    assert told(bench) == [("cpu", Reason.GPU_FAILED)]
    assert set(bench.codes().values()) == {HONEST}
    assert bench.attempts() == [1, 1]
    assert bench.of(EngineTrouble) == []


@pytest.mark.parametrize(
    ("mode", "device", "driver", "allowed"),
    [
        ("gpu_short", "auto", True, 160),
        ("gpu_short", "cpu", True, 100),
        ("gpu_short", "auto", False, 100),
        ("well", "auto", True, 100),
    ],
)
def test_an_engine_on_a_card_may_take_more_memory_and_only_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, device: Device, driver: bool, allowed: int
) -> None:
    monkeypatch.setattr(allowance, "has_driver", lambda: driver)
    limits = ChildLimits(memory_bytes=100 << 20, gpu_bytes=60 << 20)
    process = EngineProcess(EngineOptions(device=device), limits, scratch_root=tmp_path, command=faulty(mode))
    try:
        process.ensure_started()
        assert process._allowance is not None
        assert process._allowance.memory_bytes == allowed << 20
    finally:
        process.stop()
