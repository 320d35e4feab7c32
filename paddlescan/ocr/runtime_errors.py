"""Tells a failure of the runtime (ONNX Runtime, PaddlePaddle, CUDA under both) from a mistake of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from paddlescan.errors.spent import DeviceFailed

_OF_THE_RUNTIME = frozenset({"Fail", "RuntimeException", "EPFail", "EngineError", "DeviceReset"})
"""ONNX Runtime's kinds for what went wrong while a sound model ran on a sound input: CUDA errors, no memory on the
device, a lost device. Its others (InvalidArgument, ...) say that the caller did something wrong. Source:
onnxruntime/python/onnxruntime_pybind_exceptions.cc."""


@contextmanager
def runtime() -> Iterator[None]:
    """Around every call into a runtime. Raises DeviceFailed in place of what the runtime says of itself.

    PaddlePaddle raises RuntimeError and OSError (external errors of CUDA and cuDNN) or SystemError for the same.
    """
    try:
        yield
    except (RuntimeError, OSError, SystemError) as error:
        raise DeviceFailed(type(error).__name__) from error
    except Exception as error:
        kind = type(error)
        if kind.__name__ in _OF_THE_RUNTIME and kind.__module__.startswith("onnxruntime"):
            raise DeviceFailed(kind.__name__) from error
        raise
