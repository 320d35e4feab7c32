"""Which runtime runs which model, and what was measured of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RuntimeName = Literal["onnxruntime", "openvino"]


@dataclass(frozen=True, slots=True)
class ModelTrial:
    """One model under the runtimes that are installed, on this machine."""

    chosen: RuntimeName
    milliseconds: tuple[tuple[RuntimeName, float], ...]
    """Of processor time: medians over the pages, or the lines, that it was tried on."""

    def __post_init__(self) -> None:
        if len(self.milliseconds) > 2:
            raise ValueError("a trial is between two runtimes")


@dataclass(frozen=True, slots=True)
class Runtimes:
    """What trials found; None where none is over yet."""

    detector: ModelTrial | None = None
    """A page each time."""
    recogniser: ModelTrial | None = None
    """A line each time."""
