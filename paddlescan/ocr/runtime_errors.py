"""Tells a failure of the runtime (ONNX Runtime, OpenVINO, PaddlePaddle, or CUDA under one) from a mistake of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from paddlescan.errors.spent import DeviceFailed, DeviceMemoryShort

_OF_THE_RUNTIME = frozenset({"Fail", "RuntimeException", "EPFail", "EngineError", "DeviceReset"})
"""ONNX Runtime's kinds for what went wrong while a sound model ran on a sound input: CUDA errors, no memory on the
device, a lost device. Its others (InvalidArgument, ...) say that the caller did something wrong. Source:
onnxruntime/python/onnxruntime_pybind_exceptions.cc."""
_NO_MEMORY = re.compile(
    r"failed to allocate memory|smaller than requested bytes|out of memory|bad allocation|bad_alloc|\w*ALLOC_FAILED"
    r"|ResourceExhausted",
    re.IGNORECASE,
)
"""In what a runtime says where a device has no memory left: ONNX Runtime's arena (bfc_arena.cc), CUDA, cuBLAS and
cuDNN, PaddlePaddle. None of them has a kind of its own for that."""


@contextmanager
def runtime() -> Iterator[None]:
    """Around every call into a runtime. Raises DeviceFailed in place of what the runtime says of itself, and its kind
    DeviceMemoryShort where the device had no memory for it.

    OpenVINO raises RuntimeError for whatever goes wrong. PaddlePaddle raises that and OSError (external errors of CUDA
    and cuDNN) or SystemError for the same, and MemoryError for a card's memory.
    """
    try:
        yield
    except MemoryError as error:
        if _NO_MEMORY.search(str(error)):
            raise DeviceMemoryShort(type(error).__name__) from error
        raise
    except (RuntimeError, OSError, SystemError) as error:
        raise _failed(error) from error
    except Exception as error:
        kind = type(error)
        if kind.__name__ in _OF_THE_RUNTIME and kind.__module__.startswith("onnxruntime"):
            raise _failed(error) from error
        raise


def _failed(error: Exception) -> DeviceFailed:
    kind = DeviceMemoryShort if _NO_MEMORY.search(str(error)) else DeviceFailed
    return kind(type(error).__name__)
