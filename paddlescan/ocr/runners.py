"""What a model in memory is, whichever runtime runs it: ONNX Runtime or OpenVINO, both with one face.

PaddleX makes its own sessions of ONNX Runtime from files; `given_to_paddlex` hands it ours in their place, so that a
model may be run by whichever runtime is quicker on it, and only bytes that were verified are ever loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from paddlescan.document import Backend

Array = npt.NDArray[Any]


class Parts(Protocol):
    """A recogniser in two: what every step of a line goes through, and the scores of all classes, for some steps."""

    @property
    def rows(self) -> int:
        """How many steps are scored at a time."""
        ...

    def features(self, x: Array) -> tuple[Array, Array]:
        """Of lines, float32 (lines, 3, height, width): what `scores` is made of, float32 (lines, steps, values), and
        which steps are blank beyond doubt, bool (lines, steps). Valid until the next call, as everything here."""
        ...

    def scores(self, features: Array) -> Array:
        """The logits of all classes, float32 (steps, classes), of at most `rows` steps, of whichever lines."""
        ...


class Runner(Protocol):
    """One model, ready to run. Belongs to the thread that opened it."""

    @property
    def backend(self) -> Backend:
        """What runs it."""
        ...

    @property
    def parts(self) -> Parts | None:
        """The same in two; None where it is run as a whole only."""
        ...

    def __call__(self, x: Sequence[Array] | Array) -> list[Array]:
        """Every output of the model for its one input, which is `x` or the only element of it.

        A recogniser in two parts gives logits where others give probabilities. What is returned is valid until the
        next call: copy what is to be kept.
        """
        ...

    def close(self) -> None:
        """Give back its memory; it is not called again."""
        ...


def only(x: Sequence[Array] | Array) -> Array:
    """The one input, laid out as runtimes want it."""
    if not isinstance(x, np.ndarray):
        (x,) = x
    return np.ascontiguousarray(x)


@contextmanager
def given_to_paddlex(runners: Mapping[str, Runner]) -> Iterator[None]:
    """Within this, PaddleX's engine `onnxruntime` runs its models with these, by the models' names (PaddleX 3.7).

    PaddleX is imported by then. It still wants a folder for each model, and a file in it where the model would be.
    """
    from paddlex.inference.models import _get_inference_engine

    engine: Any = _get_inference_engine("onnxruntime")
    engine.build_runner = lambda *, model_name, **_: runners[model_name]
    engine.ensure_environment = lambda: None
    try:
        yield
    finally:
        del engine.build_runner, engine.ensure_environment
