"""Models run by ONNX Runtime, on the CPU."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from paddlescan.document import Backend
from paddlescan.ocr.runners import Array, only


class OnnxRuntimeRunner:
    """A model under ONNX Runtime."""

    backend = Backend("onnxruntime")
    parts = None

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
        outputs: list[Array] = self.session.run(None, {self._input: only(x)})
        return outputs

    def close(self) -> None:
        """See Runner."""
        self.session = None
