"""The graphics cards of this machine, as NVIDIA's driver tells them.

Two libraries that every driver brings are asked: CUDA's, which knows the cards that a program may use, in the order in
which they are numbered, and NVML, which knows the driver's version and how much memory is free. Neither takes memory
on a card. Where one is missing or does not answer, what it would have said is left out.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

MIB = 1 << 20

_LIBRARIES = {"cuda": ("libcuda.so.1", "nvcuda.dll"), "nvml": ("libnvidia-ml.so.1", "nvml.dll")}
_MAJOR, _MINOR = 75, 76
"""CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR and _MINOR. Source: cuda.h."""
Load = Callable[[Literal["cuda", "nvml"]], Any]
"""Loads one of the two libraries; raises OSError where it is not there."""


@dataclass(frozen=True, slots=True)
class Card:
    """One graphics card."""

    number: int
    """As CUDA counts, from 0."""
    name: str
    memory: int
    """Bytes."""
    capability: tuple[int, int]
    """Its compute capability: (8, 9) for an RTX 4090."""
    cuda: tuple[int, int]
    """The newest CUDA that its driver runs."""
    driver: str = ""
    """The version of its driver; empty where NVML does not tell."""
    free: int | None = None
    """Bytes that nobody uses now; None where NVML does not tell."""
    mark: str = ""
    """What tells it from every other card anywhere."""

    @property
    def lent(self) -> int:
        """Bytes that may be used by default: half of what is free."""
        return (self.memory if self.free is None else self.free) // 2


class _Memory(ctypes.Structure):
    """nvmlMemory_t. Source: nvml.h."""

    _fields_ = (("total", ctypes.c_ulonglong), ("free", ctypes.c_ulonglong), ("used", ctypes.c_ulonglong))


def load_library(name: Literal["cuda", "nvml"]) -> Any:
    """A library of the driver. Raises OSError where there is no driver."""
    return ctypes.CDLL(_LIBRARIES[name][sys.platform == "win32"])


def has_driver() -> bool:
    """Whether NVIDIA's driver is installed, whatever it may find; asks it nothing."""
    try:
        load_library("cuda")
    except OSError:
        return False
    return True


def cards(load: Load = load_library) -> tuple[Card, ...]:
    """The cards that CUDA shows to this process; () without a driver. Some 100 ms where there is one.

    load: gives the driver's libraries; tests have none of their own.
    """
    with suppress(OSError, AttributeError):
        cuda, count, version = load("cuda"), ctypes.c_int(0), ctypes.c_int(0)
        if cuda.cuInit(0) or cuda.cuDeviceGetCount(ctypes.byref(count)) or not count.value:
            return ()
        cuda.cuDriverGetVersion(ctypes.byref(version))
        with _Nvml(load) as nvml:
            found = (_card(cuda, number, version.value, nvml) for number in range(count.value))
            return tuple(card for card in found if card is not None)
    return ()


def _card(cuda: Any, number: int, version: int, nvml: _Nvml) -> Card | None:
    """One card; None where its driver does not tell of it."""
    import uuid

    device, size, major, minor = ctypes.c_int(0), ctypes.c_size_t(0), ctypes.c_int(0), ctypes.c_int(0)
    name, mark = ctypes.create_string_buffer(128), (ctypes.c_ubyte * 16)()
    failed = (
        cuda.cuDeviceGet(ctypes.byref(device), number)
        or cuda.cuDeviceGetName(name, len(name), device)
        or cuda.cuDeviceTotalMem_v2(ctypes.byref(size), device)
        or cuda.cuDeviceGetAttribute(ctypes.byref(major), _MAJOR, device)
        or cuda.cuDeviceGetAttribute(ctypes.byref(minor), _MINOR, device)
        or cuda.cuDeviceGetUuid(mark, device)
    )
    if failed:
        return None
    told = f"GPU-{uuid.UUID(bytes=bytes(mark))}"
    return Card(
        number,
        name.value.decode("utf-8", "replace"),
        size.value,
        (major.value, minor.value),
        (version // 1000, version % 1000 // 10),
        nvml.driver,
        nvml.free(told),
        told,
    )


class _Nvml:
    """NVML while it is open; without it nothing is known."""

    def __init__(self, load: Load) -> None:
        self.driver = ""
        self._library: Any = None
        with suppress(OSError, AttributeError):
            library = load("nvml")
            if library.nvmlInit_v2() == 0:
                self._library = library

    def __enter__(self) -> _Nvml:
        version = ctypes.create_string_buffer(96)
        if self._library is not None and self._library.nvmlSystemGetDriverVersion(version, len(version)) == 0:
            self.driver = version.value.decode("ascii", "replace")
        return self

    def __exit__(self, *_: object) -> None:
        if self._library is not None:
            self._library.nvmlShutdown()

    def free(self, card: str) -> int | None:
        """Bytes that are free on the card of this mark. Cards are numbered otherwise here than in CUDA."""
        if self._library is None:
            return None
        handle, memory = ctypes.c_void_p(), _Memory()
        failed = self._library.nvmlDeviceGetHandleByUUID(
            card.encode(), ctypes.byref(handle)
        ) or self._library.nvmlDeviceGetMemoryInfo(handle, ctypes.byref(memory))
        return None if failed else int(memory.free)
