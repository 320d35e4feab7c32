from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from paddlescan.document import EngineInfo, EngineOptions
from paddlescan.errors import GpuUnavailable, ModelDamaged, ModelMissing
from paddlescan.ocr import factory
from paddlescan.ocr.factory import load_engine
from paddlescan.ocr.models import RECOGNISER, find_models
from paddlescan.ocr.reasons import Reason


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
