"""What the doctor says of a graphics card. Only the card's driver is a stand-in."""

from __future__ import annotations

import pytest

from paddlescan.cli.gpu import run_gpu
from paddlescan.cli.parser import command_parser
from paddlescan.desktop import graphics
from paddlescan.desktop.diagnosis import Diagnosis, Speaker
from paddlescan.document import EngineOptions, Language
from paddlescan.errors import GpuUnavailable
from paddlescan.ocr import devices
from paddlescan.ocr.cards import cards
from tests.fakes.nvidia_driver import GIB, FakeCard, FakeDriver

CARDS = (FakeCard("NVIDIA L4", 24 * GIB, 23 * GIB), FakeCard("NVIDIA T4", 16 * GIB, 4 * GIB, (7, 5)))


@pytest.fixture
def two_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    found = cards(FakeDriver(*CARDS))
    for room in (graphics, devices):
        monkeypatch.setattr(room, "cards", lambda: found)
    monkeypatch.setattr("paddlescan.cli.gpu.cards", lambda: found)


def of_device(language: Language = "en", engine: EngineOptions | None = None) -> Diagnosis:
    return graphics.diagnose_device(engine or EngineOptions(engine="onnxruntime"), Speaker(language))


def test_each_card_is_told_with_what_its_driver_says(two_cards: None) -> None:
    said = of_device()
    assert said.state == "note"
    assert "onnxruntime on the CPU: onnxruntime-gpu is not installed" in said.detail
    assert (
        "card 0: NVIDIA L4, 24.0 GiB, 23.0 GiB free, compute capability 8.9, driver 580.65.06, runs CUDA up to 13.0"
        in said.detail
    )
    assert "card 1: NVIDIA T4, 16.0 GiB, 4.0 GiB free, compute capability 7.5" in said.detail
    assert said.remedy == "To read on the graphics card, run: paddlescan gpu"
    chinese = of_device("zh")
    assert "显卡 0：NVIDIA L4，显存 24.0 GiB，空闲 23.0 GiB，计算能力 8.9，驱动 580.65.06" in chinese.detail


def test_a_card_that_can_be_used_is_named(two_cards: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "_installed", lambda package: package == "onnxruntime-gpu")
    said = of_device()
    assert said.state == "ok"
    assert "onnxruntime on the GPU: a CUDA GPU was found" in said.detail
    info = devices.choose_device(EngineOptions(engine="onnxruntime", worker=1, workers=2))
    assert (info.device, info.card) == ("gpu", "NVIDIA T4")


def test_a_driver_too_old_is_told_before_anything_is_loaded(two_cards: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "_installed", lambda package: package == "onnxruntime-gpu")
    monkeypatch.setattr("paddlescan.ocr.gpu_fitness._installed_cuda", lambda: 14)
    said = of_device()
    assert "onnxruntime on the CPU: the NVIDIA driver is too old for the CUDA libraries" in said.detail
    assert said.remedy.startswith("Update the NVIDIA driver")
    with pytest.raises(GpuUnavailable, match="driver is too old"):
        devices.choose_device(EngineOptions(engine="onnxruntime", device="gpu"))


def test_without_a_card_there_is_only_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (graphics, devices):
        monkeypatch.setattr(room, "cards", tuple)
    said = of_device()
    assert (said.state, said.detail) == ("ok", "onnxruntime on the CPU: no CUDA GPU found")


def test_the_command_gpu_shows_the_cards(two_cards: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_gpu(command_parser().parse_args(["gpu"]), "en") == 0
    assert "card 1: NVIDIA T4, 16.0 GiB, 4.0 GiB free" in capsys.readouterr().out
