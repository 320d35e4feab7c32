"""NVIDIA's driver, as far as `ocr.cards` asks it: stands in for the one thing that machines without a card lack."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

GIB = 1 << 30
NOT_FOUND = 6


@dataclass
class FakeCard:
    """What the driver says of a card."""

    name: str = "NVIDIA Test Card"
    memory: int = 8 * GIB
    free: int = 6 * GIB
    capability: tuple[int, int] = (8, 9)
    mark: uuid.UUID = field(default_factory=uuid.uuid4)


class FakeDriver:
    """Gives the two libraries, in place of `cards.load_library`."""

    def __init__(self, *cards: FakeCard, cuda: int = 13000, nvml: bool = True, status: int = 0) -> None:
        """cuda: as the driver writes it, 1000 * major + 10 * minor. nvml: whether that library is there. status: what
        CUDA answers when it is begun with; 0 is well."""
        self.cards, self.cuda, self.nvml, self.status = cards, cuda, nvml, status
        self.open = 0
        """How often NVML is open."""

    def __call__(self, name: str) -> Any:
        if name == "nvml" and not self.nvml:
            raise OSError("no such library")
        return _Cuda(self) if name == "cuda" else _Nvml(self)


class _Cuda:
    def __init__(self, driver: FakeDriver) -> None:
        self._driver = driver

    def _card(self, device: Any) -> FakeCard:
        return self._driver.cards[device.value - 100]

    def cuInit(self, _flags: int) -> int:
        return self._driver.status

    def cuDeviceGetCount(self, count: Any) -> int:
        count._obj.value = len(self._driver.cards)
        return 0

    def cuDriverGetVersion(self, version: Any) -> int:
        version._obj.value = self._driver.cuda
        return 0

    def cuDeviceGet(self, device: Any, number: int) -> int:
        device._obj.value = 100 + number  # a handle, no number
        return 0

    def cuDeviceGetName(self, name: Any, length: int, device: Any) -> int:
        name.value = self._card(device).name.encode()[: length - 1]
        return 0

    def cuDeviceTotalMem_v2(self, size: Any, device: Any) -> int:
        size._obj.value = self._card(device).memory
        return 0

    def cuDeviceGetAttribute(self, value: Any, which: int, device: Any) -> int:
        value._obj.value = self._card(device).capability[which - 75]
        return 0

    def cuDeviceGetUuid(self, mark: Any, device: Any) -> int:
        mark[:] = self._card(device).mark.bytes
        return 0


class _Nvml:
    """Numbers the cards backwards, as a bus may."""

    def __init__(self, driver: FakeDriver) -> None:
        self._driver = driver

    def nvmlInit_v2(self) -> int:
        self._driver.open += 1
        return 0

    def nvmlShutdown(self) -> int:
        self._driver.open -= 1
        return 0

    def nvmlSystemGetDriverVersion(self, version: Any, _length: int) -> int:
        version.value = b"580.65.06"
        return 0

    def nvmlDeviceGetHandleByUUID(self, mark: bytes, handle: Any) -> int:
        for number, card in enumerate(reversed(self._driver.cards)):
            if f"GPU-{card.mark}".encode() == mark:
                handle._obj.value = number + 1
                return 0
        return NOT_FOUND

    def nvmlDeviceGetMemoryInfo(self, handle: Any, memory: Any) -> int:
        card = self._driver.cards[len(self._driver.cards) - handle.value]
        memory._obj.total, memory._obj.free, memory._obj.used = card.memory, card.free, card.memory - card.free
        return 0
