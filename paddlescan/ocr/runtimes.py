"""Which backend runs which model on the CPU, before anything is loaded. Cheap: nothing heavy is imported."""

from __future__ import annotations

import importlib.util
from dataclasses import replace

from paddlescan.document import Backend, EngineInfo, EngineOptions, ModelTrial, RuntimeName, Runtimes
from paddlescan.ocr.models import MODELS_NAME

BACKENDS: tuple[Backend, ...] = (Backend("onnxruntime"), Backend("openvino"), Backend("openvino", "bfloat16"))
"""All that there are, in the order in which they are tried: the more exact one first, of two that are as quick."""


def installed_runtimes() -> tuple[RuntimeName, ...]:
    """Those that can be asked for here, the usual one first."""
    names: tuple[RuntimeName, ...] = ("onnxruntime", "openvino")
    return tuple(name for name in names if importlib.util.find_spec(name) is not None)


def installed_backends() -> tuple[Backend, ...]:
    """Those whose runtime is installed; whether the processor suits them is another matter."""
    here = installed_runtimes()
    return tuple(backend for backend in BACKENDS if backend.runtime in here)


def chosen(options: EngineOptions) -> tuple[Backend, Backend, Backend]:
    """The backends of detector, recogniser and line classifier: the engine that was asked for, with float32, else what
    was found on this machine, as far as it is still installed, else the first that is installed. The line classifier
    is not tried: it gets all lines of a page at once, and OpenVINO takes long over every new number of them."""
    if options.engine in ("onnxruntime", "openvino"):
        return (Backend(options.engine),) * 3
    here = installed_backends() or BACKENDS[:1]
    found = options.runtimes or Runtimes()

    def best(trial: ModelTrial | None) -> Backend:
        return trial.chosen if trial is not None and trial.chosen in here else here[0]

    return best(found.detector), best(found.recogniser), here[0]


def tries(options: EngineOptions) -> tuple[bool, bool]:
    """Whether it is to be found out which backend is the quickest on the detector, and on the recogniser."""
    if options.engine != "auto" or options.runtimes_file is None or len(installed_backends()) < 2:
        return False, False
    found = options.runtimes or Runtimes()
    return found.detector is None, found.recogniser is None


def with_backend(info: EngineInfo, recogniser: Backend) -> EngineInfo:
    """What reads, by name: `openvino` with `PP-OCRv6_small, bfloat16`."""
    models = MODELS_NAME if recogniser.precision == "float32" else f"{MODELS_NAME}, {recogniser.precision}"
    return replace(info, name=recogniser.runtime, models=models)
