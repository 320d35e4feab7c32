"""Opens models for the runtime that is to run them."""

from __future__ import annotations

from collections.abc import Sequence

from paddlescan.document import Backend
from paddlescan.ocr.onnx_runtime import OnnxRuntimeRunner
from paddlescan.ocr.openvino_models import OpenVinoRunner, computes_in
from paddlescan.ocr.runners import Runner
from paddlescan.ocr.split_recogniser import SplitRecogniser


def open_runner(backend: Backend, model: bytes, threads: int = 1) -> Runner:
    """A runner for an ONNX model with one input.

    model: what the file holds, known to be intact; not kept. threads: how many the runtime may use. Raises ImportError
    where the runtime is not installed or its libraries do not load, and what the runtime raises for a broken model.
    """
    if backend.runtime == "openvino":
        return OpenVinoRunner(model, threads, backend.precision)
    return OnnxRuntimeRunner(model, threads)


def open_recogniser(backend: Backend, model: bytes, rivals: Sequence[int], threads: int = 1) -> Runner:
    """The same for the recogniser, which OpenVINO runs in two parts. rivals: see `split_recogniser`."""
    if backend.runtime == "openvino":
        return SplitRecogniser(model, rivals, threads, backend.precision)
    return OnnxRuntimeRunner(model, threads)


def suits_processor(backend: Backend) -> bool:
    """Whether this processor computes with such numbers by itself; where it does not, a runtime would imitate them,
    slowly. Raises ImportError where the runtime does not load."""
    return backend.precision == "float32" or computes_in(backend.precision)
