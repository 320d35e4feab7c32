"""Models in memory, each run by one runtime: ONNX Runtime or OpenVINO, both with one face.

PaddleX makes its own sessions of ONNX Runtime from files; `given_to_paddlex` hands it ours in their place, so that a
model may be run by whichever runtime is quicker on it, and only bytes that were verified are ever loaded.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from paddlescan.document import Backend, Precision

Array = npt.NDArray[Any]
Ending = Literal["probabilities", "logits"]
"""What a model's output is: the probabilities of all classes, whose sum is 1, or that of which a softmax makes them."""


class Runner(Protocol):
    """One model, ready to run. Belongs to the thread that opened it."""

    @property
    def backend(self) -> Backend:
        """What runs it."""
        ...

    @property
    def ends_in(self) -> Ending:
        """What the output of the next call is."""
        ...

    def __call__(self, x: Sequence[Array] | Array) -> list[Array]:
        """Every output of the model for its one input, which is `x` or the only element of it.

        What is returned is valid until the next call: copy what is to be kept.
        """
        ...

    def close(self) -> None:
        """Give back its memory; it is not called again."""
        ...


def open_runner(backend: Backend, model: bytes, threads: int = 1, logits: bool = False) -> Runner:
    """A runner for an ONNX model with one input.

    model: what the file holds, known to be intact; not kept. threads: how many the runtime may use. logits: whether
    its last softmax may be left out; only OpenVINO does, see `ends_in`. Raises ImportError where the runtime is not
    installed or its libraries do not load, and what the runtime raises for a broken model.
    """
    if backend.runtime == "openvino":
        return OpenVinoRunner(model, threads, backend.precision, logits)
    return OnnxRuntimeRunner(model, threads)


def suits_processor(backend: Backend) -> bool:
    """Whether this processor computes with such numbers by itself; where it does not, a runtime would imitate them,
    slowly. Raises ImportError where the runtime does not load."""
    if backend.precision == "float32":
        return True
    capabilities: list[str] = _core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return _CAPABILITIES[backend.precision] in capabilities


class OnnxRuntimeRunner:
    """A model under ONNX Runtime, on the CPU."""

    backend = Backend("onnxruntime")
    ends_in: Ending = "probabilities"

    def __init__(self, model: bytes, threads: int = 1) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session: Any = onnxruntime.InferenceSession(
            model, sess_options=options, providers=["CPUExecutionProvider"]
        )
        self._input: str = self.session.get_inputs()[0].name

    def __call__(self, x: Sequence[Array] | Array) -> list[Array]:
        """See Runner."""
        outputs: list[Array] = self.session.run(None, {self._input: _only(x)})
        return outputs

    def close(self) -> None:
        """See Runner."""
        self.session = None


class OpenVinoRunner:
    """A model under OpenVINO, on the CPU.

    With bfloat16 the multiplications are done with numbers of 8 significant bits, their sums in float32.
    """

    def __init__(self, model: bytes, threads: int = 1, precision: Precision = "float32", logits: bool = False) -> None:
        self.backend = Backend("openvino", precision)
        core = _core()
        read = core.read_model(model=model)
        self.ends_in: Ending = "logits" if logits and _without_softmax(read) else "probabilities"
        compiled = core.compile_model(read, "CPU", _settings(threads, precision))
        self._request: Any = compiled.create_infer_request()
        self._outputs = len(compiled.outputs)

    def __call__(self, x: Sequence[Array] | Array) -> list[Array]:
        """See Runner."""
        found = self._request.infer(_only(x), share_inputs=True, share_outputs=True)
        return [found[n] for n in range(self._outputs)]

    def close(self) -> None:
        """See Runner."""
        self._request = None


def _without_softmax(model: Any) -> bool:
    """Have the model end before its softmax; whether it had one. Over the recogniser's 18,710 classes it takes a tenth
    of a line's time, and half of what a width takes that is new."""
    last = model.get_results()[0].input_value(0).get_node()
    if last.get_type_name() != "Softmax":
        return False
    last.output(0).replace(last.input_value(0))
    return True


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
def _core() -> Any:
    """OpenVINO, once for the process and until its end.

    On processors with AMX each of its cores puts a stack for signal handlers in place of the one before, and takes it
    away when it goes; where they do not go in the reverse order, the next signal ends the process. It comes without its
    converter, which reports every import to its maker where `openvino-telemetry` is there.
    """
    for name in ("openvino_telemetry", "openvino.tools"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # importing it then raises ModuleNotFoundError
    import openvino

    return openvino.Core()


def _only(x: Sequence[Array] | Array) -> Array:
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
