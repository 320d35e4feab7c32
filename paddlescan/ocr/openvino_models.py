"""Models run by OpenVINO, on the CPU."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

from paddlescan.document import Backend, Precision
from paddlescan.ocr.runners import Array, only


class OpenVinoRunner:
    """A model under OpenVINO.

    With bfloat16 the multiplications are done with numbers of 8 significant bits, their sums in float32.
    """

    parts = None

    def __init__(self, model: bytes, threads: int = 1, precision: Precision = "float32") -> None:
        self.backend = Backend("openvino", precision)
        self._request = Request(read_model(model), threads, precision)

    def __call__(self, x: Sequence[Array] | Array) -> list[Array]:
        """See Runner."""
        return self._request(only(x))

    def close(self) -> None:
        """See Runner."""
        self._request.close()


class Request:
    """A model of OpenVINO's with one input, compiled."""

    def __init__(self, model: Any, threads: int, precision: Precision) -> None:
        compiled = core().compile_model(model, "CPU", _settings(threads, precision))
        self._request: Any = compiled.create_infer_request()
        self._outputs = len(compiled.outputs)

    def __call__(self, x: Array) -> list[Array]:
        """All outputs for a contiguous input; in memory that the next call writes to."""
        found = self._request.infer(x, share_inputs=True, share_outputs=True)
        return [found[n] for n in range(self._outputs)]

    def close(self) -> None:
        """Give back its memory."""
        self._request = None


def read_model(model: bytes) -> Any:
    """What an ONNX file holds, as OpenVINO has it. Raises RuntimeError for what is no model."""
    return core().read_model(model=model)


def computes_in(precision: Precision) -> bool:
    """Whether this processor computes with such numbers by itself. Raises ImportError where OpenVINO does not load."""
    capabilities: list[str] = core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return precision == "float32" or _CAPABILITIES[precision] in capabilities


_HINTS: dict[Precision, str] = {"float32": "f32", "bfloat16": "bf16"}
_CAPABILITIES: dict[Precision, str] = {"bfloat16": "BF16"}


def _settings(threads: int, precision: Precision) -> dict[str, Any]:
    """One stream; just this precision, as OpenVINO by itself takes shorter numbers where the processor has them; no
    thread is tied to a core, as the engines beside it would be tied to the same one; nothing is kept on the disk."""
    return {
        "PERFORMANCE_HINT": "LATENCY",
        "NUM_STREAMS": 1,
        "INFERENCE_NUM_THREADS": threads,
        "INFERENCE_PRECISION_HINT": _HINTS[precision],
        "ENABLE_CPU_PINNING": False,
    }


@cache
def core() -> Any:
    """OpenVINO, once for the process and until its end.

    On processors with AMX each of its cores puts a stack for signal handlers in place of the one before, and takes it
    away when it goes; where they do not go in the reverse order, the next signal ends the process. It comes without its
    converter, which reports every import to its maker where `openvino-telemetry` is there.
    """
    for name in ("openvino_telemetry", "openvino.tools"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # importing it then raises ModuleNotFoundError
    import openvino

    return openvino.Core()
