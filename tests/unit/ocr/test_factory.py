from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from paddlescan.document import EngineInfo, EngineOptions
from paddlescan.errors import GpuUnavailable, GpuWrongAnswer, ModelDamaged, ModelMissing
from paddlescan.ocr import factory, loading
from paddlescan.ocr.cards import cards
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.factory import load_engine
from paddlescan.ocr.gpu_engine import GpuEngine
from paddlescan.ocr.gpu_memory import Seat
from paddlescan.ocr.known_answer import prove
from paddlescan.ocr.loading import load_cpu_engine
from paddlescan.ocr.models import RECOGNISER, find_models
from paddlescan.ocr.reasons import Reason
from tests.fakes.faulty_card import FaultyRunner, nothing, other_classes
from tests.fakes.nvidia_driver import FakeCard, FakeDriver


@pytest.fixture
def broken_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """A GPU that promises everything, on a machine whose ONNX Runtime knows only the CPU."""
    promise = EngineInfo("onnxruntime", "gpu", "PP-OCRv6_small", "a CUDA GPU was found")
    monkeypatch.setattr(factory, "choose_device", lambda _: promise)


def test_a_gpu_that_does_not_start_gives_way_to_the_cpu(broken_gpu: None, tmp_path: Path) -> None:
    info = load_engine(EngineOptions(), tmp_path).info
    assert info.device == "cpu"
    assert info.reason == Reason.LIBRARIES_FAILED


def test_an_explicit_gpu_that_does_not_start_is_an_error(broken_gpu: None, tmp_path: Path) -> None:
    with pytest.raises(GpuUnavailable):
        load_engine(EngineOptions(device="gpu"), tmp_path)


def test_a_damaged_model_is_never_loaded(tmp_path: Path) -> None:
    for path in find_models().files:
        shutil.copy(path, tmp_path)
    with (tmp_path / RECOGNISER).open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelDamaged):
        load_engine(EngineOptions(models_dir=str(tmp_path)), tmp_path / "scratch")


def test_a_folder_without_models_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        load_engine(EngineOptions(models_dir=str(tmp_path)), tmp_path)


@pytest.fixture
def card_that(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A card whose results are those of the CPU, after a fault is done to them. What is loaded is the real engine."""
    promise = EngineInfo("onnxruntime", "gpu", "PP-OCRv6_small", Reason.GPU_FOUND, "NVIDIA Test Card")

    def put_in(fault: Callable[[list[Any]], list[Any]] | None, driver: FakeDriver) -> None:
        def load(info: EngineInfo, options: EngineOptions, scratch: Path, seat: Seat | None = None) -> OcrEngine:
            engine = load_cpu_engine(replace(info, device="cpu"), options, scratch)
            engine.info = info
            if info.device == "gpu" and fault is not None:
                part: Any = engine._read_lines
                part.runner = FaultyRunner(part.runner, fault)
            return engine

        monkeypatch.setattr(factory, "choose_device", lambda _: promise)
        monkeypatch.setattr(factory, "cards", lambda: cards(driver))
        monkeypatch.setattr(factory, "_load", load)

    return put_in


def test_a_card_that_reads_the_test_page_is_trusted_and_says_so(card_that: Any, tmp_path: Path) -> None:
    card_that(None, FakeDriver(FakeCard()))
    engine = load_engine(EngineOptions(), tmp_path)
    assert isinstance(engine, GpuEngine)
    assert engine.info == EngineInfo("onnxruntime", "gpu", "PP-OCRv6_small", Reason.GPU_PROVEN, "NVIDIA Test Card")


def test_a_card_that_answers_nonsense_gives_way_to_the_cpu(card_that: Any, tmp_path: Path) -> None:
    card_that(other_classes, FakeDriver(FakeCard()))
    engine = load_engine(EngineOptions(), tmp_path)
    assert engine.info == EngineInfo("onnxruntime", "cpu", "PP-OCRv6_small", Reason.WRONG_ANSWER)
    prove(engine)


def test_an_explicit_gpu_that_answers_nonsense_is_an_error(card_that: Any, tmp_path: Path) -> None:
    card_that(nothing, FakeDriver(FakeCard()))
    with pytest.raises(GpuWrongAnswer) as caught:
        load_engine(EngineOptions(device="gpu"), tmp_path)
    assert caught.value.parameters == {"detail": Reason.FOUND_NOTHING}


def test_a_full_card_is_not_loaded_at_all(card_that: Any, tmp_path: Path) -> None:
    card_that(nothing, FakeDriver(FakeCard(free=1 << 29)))
    info = load_engine(EngineOptions(), tmp_path).info
    assert (info.device, info.reason, info.card) == ("cpu", Reason.GPU_FULL, "")


def test_what_a_model_is_told_of_its_card_is_what_the_runtime_takes(tmp_path: Path) -> None:
    """PaddleX's own check of our options; that a card obeys them only a card can show."""
    from paddlex.inference.models.runners.onnxruntime_runner import ONNXRuntimeRunnerConfig
    from paddlex.utils.device import parse_device

    seat = Seat(1, 3 << 30)
    config = ONNXRuntimeRunnerConfig(device_type="gpu", device_id=1, provider_options=[seat.provider_options(), {}])
    assert config.provider_options is not None
    assert parse_device(loading._device(EngineInfo("onnxruntime", "gpu", "m"), seat)) == ("gpu", [1])
