"""Which engine on which device, and why. Cheap: nothing heavy is imported."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from paddlescan.document import Device, EngineInfo, EngineName, EngineOptions
from paddlescan.errors import EngineMissing, GpuUnavailable
from paddlescan.ocr.cards import cards
from paddlescan.ocr.gpu_fitness import too_old
from paddlescan.ocr.gpu_memory import card_of
from paddlescan.ocr.gpu_package import RUNTIME, fits
from paddlescan.ocr.models import MODELS_NAME
from paddlescan.ocr.paddle_models import PADDLE_MODELS_NAME
from paddlescan.ocr.reasons import Reason

_MODULES: dict[EngineName, str] = {"onnxruntime": "onnxruntime", "openvino": "openvino", "paddle": "paddle"}


def available_engines() -> tuple[EngineName, ...]:
    """The engines whose runtime is installed, best first."""
    return tuple(name for name, module in _MODULES.items() if importlib.util.find_spec(module) is not None)


def choose_device(options: EngineOptions) -> EngineInfo:
    """Engine, device and reason for these options, before anything is loaded.

    Raises EngineMissing if the engine is not installed, GpuUnavailable if `gpu` was asked for and there is none to use.
    What the GPU libraries say when they load may still turn it down later.
    """
    here = available_engines()
    name = options.engine
    if name == "auto":
        name = "openvino" if "openvino" in here and "onnxruntime" not in here else "onnxruntime"
    if name not in here:
        raise EngineMissing(detail=name, extra=_extra(name, options.device))
    models = PADDLE_MODELS_NAME if name == "paddle" else MODELS_NAME
    if options.device == "cpu":
        return EngineInfo(name, "cpu", models, Reason.CPU_CHOSEN)
    obstacle, card = gpu_obstacle(name, options.gpu_dir), None
    if obstacle is None and (there := cards()):
        card = card_of(options, there)
        obstacle = too_old(card, packed=options.gpu_dir is not None)
    if obstacle is None:
        return EngineInfo(name, "gpu", models, Reason.GPU_FOUND, card.name if card else "")
    if options.device == "gpu":
        raise GpuUnavailable(detail=obstacle)
    return EngineInfo(name, "cpu", models, obstacle)


def gpu_obstacle(engine: EngineName, gpu_dir: str | None = None) -> Reason | None:
    """Why this engine cannot use a GPU here; None if nothing speaks against it. gpu_dir: see EngineOptions."""
    if engine == "openvino":
        return Reason.OPENVINO_ON_CPU
    if not cuda_devices():
        return Reason.NO_GPU
    if engine == "paddle":
        return None if _installed("paddlepaddle-gpu") else Reason.NO_PADDLE_GPU
    if gpu_dir is not None:
        return None if fits(Path(gpu_dir)) else Reason.OTHER_GPU_PACKAGE
    if _installed(RUNTIME):
        return None
    return Reason.NO_GPU_PACKAGE if getattr(sys, "frozen", False) else Reason.NO_ONNXRUNTIME_GPU


def _extra(engine: EngineName, device: Device) -> str:
    """The extra of our package that brings this engine, for this machine."""
    if engine in ("openvino", "paddle"):
        return engine
    return "gpu" if device != "cpu" and cuda_devices() else "cpu"


def cuda_devices() -> int:
    """How many GPUs the NVIDIA driver shows; 0 without a driver. Asks the driver itself, which takes some 100 ms."""
    return len(cards())


def _installed(package: str) -> bool:
    from importlib.metadata import PackageNotFoundError, version  # a window that opens need not wait for it

    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True
