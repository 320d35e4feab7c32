from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from paddlescan.document import Backend, Device, EngineInfo, EngineName, EngineOptions, ModelTrial, Runtimes
from paddlescan.errors import EngineMissing, GpuUnavailable
from paddlescan.ocr import devices, runtimes
from paddlescan.ocr.devices import choose_device
from paddlescan.ocr.gpu_package import NOTE, note
from paddlescan.ocr.reasons import Reason
from tests.conftest import ROOT


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine with the onnxruntime of the CPU and no GPU, to be changed by `install`."""
    install(monkeypatch)
    return monkeypatch


def install(
    patch: pytest.MonkeyPatch,
    packages: tuple[str, ...] = ("onnxruntime",),
    gpus: int = 0,
    engines: tuple[str, ...] = ("onnxruntime",),
) -> None:
    patch.setattr(devices, "_installed", lambda package: package in packages)
    patch.setattr(devices, "cuda_devices", lambda: gpus)
    patch.setattr(devices, "available_engines", lambda: engines)


def test_without_a_gpu_auto_takes_the_cpu_and_says_why(machine: pytest.MonkeyPatch) -> None:
    assert choose_device(EngineOptions()) == EngineInfo("onnxruntime", "cpu", "PP-OCRv6_small", "no CUDA GPU found")


def test_a_gpu_without_its_package_is_named(machine: pytest.MonkeyPatch) -> None:
    install(machine, gpus=1)
    assert choose_device(EngineOptions()).reason == "onnxruntime-gpu is not installed"


def test_auto_takes_the_gpu_that_can_be_used(machine: pytest.MonkeyPatch) -> None:
    install(machine, packages=("onnxruntime-gpu",), gpus=1)
    assert choose_device(EngineOptions()) == EngineInfo("onnxruntime", "gpu", "PP-OCRv6_small", "a CUDA GPU was found")


def test_a_packed_program_finds_its_gpu_package_if_that_fits(machine: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install(machine, gpus=1)
    machine.setattr(sys, "frozen", True, raising=False)
    assert choose_device(EngineOptions()).reason == Reason.NO_GPU_PACKAGE
    assert choose_device(EngineOptions(gpu_dir=str(tmp_path))).reason == Reason.OTHER_GPU_PACKAGE
    (tmp_path / NOTE).write_text(json.dumps(dict(note())))
    assert choose_device(EngineOptions(gpu_dir=str(tmp_path))).device == "gpu"


def test_the_cpu_may_be_chosen_beside_a_gpu(machine: pytest.MonkeyPatch) -> None:
    install(machine, packages=("onnxruntime-gpu",), gpus=1)
    info = choose_device(EngineOptions(device="cpu"))
    assert (info.device, info.reason) == ("cpu", "the CPU was chosen")


@pytest.mark.parametrize(
    ("packages", "gpus", "detail"),
    [
        (("onnxruntime",), 0, "no CUDA GPU found"),
        (("onnxruntime",), 2, "onnxruntime-gpu is not installed"),
        (("onnxruntime-gpu",), 0, "no CUDA GPU found"),
    ],
)
def test_an_explicit_gpu_that_is_not_there_is_an_error(
    machine: pytest.MonkeyPatch, packages: tuple[str, ...], gpus: int, detail: str
) -> None:
    install(machine, packages=packages, gpus=gpus)
    with pytest.raises(GpuUnavailable) as caught:
        choose_device(EngineOptions(device="gpu"))
    assert caught.value.parameters == {"detail": detail}


@pytest.mark.parametrize(
    ("engine", "device", "gpus", "extra"),
    [
        ("auto", "auto", 0, "cpu"),
        ("auto", "cpu", 1, "cpu"),
        ("onnxruntime", "auto", 1, "gpu"),
        ("onnxruntime", "gpu", 0, "cpu"),
        ("openvino", "auto", 1, "openvino"),
        ("paddle", "auto", 0, "paddle"),
        ("paddle", "gpu", 1, "paddle"),
    ],
)
def test_an_engine_that_is_not_installed_is_named_with_what_brings_it(
    machine: pytest.MonkeyPatch, engine: EngineName, device: Device, gpus: int, extra: str
) -> None:
    install(machine, packages=(), gpus=gpus, engines=())
    with pytest.raises(EngineMissing) as caught:
        choose_device(EngineOptions(engine=engine, device=device))
    assert (engine if engine in ("openvino", "paddle") else "onnxruntime") in caught.value.message
    assert caught.value.remedy == f'Run: pip install "paddlescan[{extra}]"'


def test_the_extras_that_remedies_name_are_those_of_our_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"cpu", "gpu", "openvino", "paddle"} <= set(project["optional-dependencies"])


def test_openvino_reads_on_the_cpu_whatever_card_there_is(machine: pytest.MonkeyPatch) -> None:
    install(machine, packages=("onnxruntime-gpu",), gpus=1, engines=("onnxruntime", "openvino"))
    info = choose_device(EngineOptions(engine="openvino"))
    assert info == EngineInfo("openvino", "cpu", "PP-OCRv6_small", Reason.OPENVINO_ON_CPU)
    with pytest.raises(GpuUnavailable) as caught:
        choose_device(EngineOptions(engine="openvino", device="gpu"))
    assert caught.value.parameters == {"detail": Reason.OPENVINO_ON_CPU}


def test_auto_takes_openvino_where_nothing_else_is_installed(machine: pytest.MonkeyPatch) -> None:
    for engines, name in (("openvino",), "openvino"), (("openvino", "onnxruntime"), "onnxruntime"):
        install(machine, engines=engines)
        assert choose_device(EngineOptions()).name == name


def test_choosing_imports_nothing_heavy() -> None:
    heavy = {"numpy", "cv2", "onnxruntime", "openvino", "paddleocr", "paddlex", "paddle", "yaml"}
    program = (
        "import sys; from paddlescan.document import EngineOptions; import paddlescan.ocr.factory;"
        "from paddlescan.ocr.devices import choose_device; choose_device(EngineOptions(device='cpu'));"
        f"print(sorted(set(sys.modules) & {heavy!r}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


ONNX, OPENVINO, SHORT = Backend("onnxruntime"), Backend("openvino"), Backend("openvino", "bfloat16")
HALF = Runtimes(ModelTrial(SHORT, ()))
NEITHER = (False, False)
TRIED = Runtimes(ModelTrial(OPENVINO, ()), ModelTrial(ONNX, ()))
BOTH, FILE = ("onnxruntime", "openvino"), "runtimes.json"


@pytest.mark.parametrize(
    ("options", "here", "expected", "tried"),
    [
        (EngineOptions(), BOTH, (ONNX,) * 3, NEITHER),
        (EngineOptions(runtimes_file=FILE), BOTH, (ONNX,) * 3, (True, True)),
        (EngineOptions(runtimes_file=FILE, runtimes=TRIED), BOTH, (OPENVINO, ONNX, ONNX), NEITHER),
        (
            EngineOptions(runtimes_file=FILE, runtimes=HALF),
            BOTH,
            (SHORT, ONNX, ONNX),
            (False, True),
        ),
        (EngineOptions(runtimes_file=FILE), ("openvino",), (OPENVINO,) * 3, (True, True)),
        (EngineOptions(runtimes=TRIED), ("onnxruntime",), (ONNX,) * 3, NEITHER),  # it was removed meanwhile
        (EngineOptions(engine="openvino", runtimes_file=FILE, runtimes=TRIED), BOTH, (OPENVINO,) * 3, NEITHER),
        (EngineOptions(engine="onnxruntime", runtimes_file=FILE), BOTH, (ONNX,) * 3, NEITHER),
    ],
)
def test_who_runs_detector_recogniser_and_line_classifier(
    monkeypatch: pytest.MonkeyPatch,
    options: EngineOptions,
    here: tuple[str, ...],
    expected: tuple[Backend, ...],
    tried: tuple[bool, bool],
) -> None:
    monkeypatch.setattr(runtimes, "installed_runtimes", lambda: here)
    assert runtimes.chosen(options) == expected
    assert runtimes.tries(options) == tried
