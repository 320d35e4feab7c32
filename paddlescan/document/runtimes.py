"""Which backend runs which model, and what was measured of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RuntimeName = Literal["onnxruntime", "openvino"]
Precision = Literal["float32", "bfloat16"]
MOST_BACKENDS = 8


@dataclass(frozen=True, slots=True)
class Backend:
    """What runs a model: a runtime, and the numbers it computes with."""

    runtime: RuntimeName
    precision: Precision = "float32"


@dataclass(frozen=True, slots=True)
class ModelTrial:
    """One model under the backends that there are on this machine."""

    chosen: Backend
    milliseconds: tuple[tuple[Backend, float], ...]
    """Of processor time: medians over the pages, or the lines, that it was tried on. The first is what there was."""

    def __post_init__(self) -> None:
        if len(self.milliseconds) > MOST_BACKENDS:
            raise ValueError(f"a trial is between {MOST_BACKENDS} backends at most")


@dataclass(frozen=True, slots=True)
class Runtimes:
    """What trials found; None where none is over yet."""

    detector: ModelTrial | None = None
    """A page each time."""
    recogniser: ModelTrial | None = None
    """A line each time."""
