"""The recogniser in two parts, run by OpenVINO.

Its last layer, the head, multiplies 120 values of every step by 18,710 classes: a sixth of its work, and three of four
steps are blank. So the first part ends before the head, and asks only by how much the blank is ahead of its rivals,
1,440 classes. Where that is much, the step is blank; the head is asked about the others, of many lines together, as it
is quicker on 64 steps at a time than on those of one line.

Which classes are rivals: those of common characters, and those unlike all others; one that is left out is told from the
blank by what it has in common with a rival. `tests/benchmarks/blanks.py` chose them and shows what they miss.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from paddlescan.document import Backend, Precision
from paddlescan.ocr.decoding import BLANK
from paddlescan.ocr.openvino_models import Request, read_model
from paddlescan.ocr.runners import Array, Parts, only

SURE = 11.0
"""By so much the logit of a blank that is taken for one is above all rivals'. At 248,000 steps with a character, on
drawn lines that the rivals were not chosen on, it was ahead by 9.7 at most; at 82,000 of receipts once by 10.4."""
_ROWS = 64
_LAYERS = ["Softmax", "Add", "MatMul"]
"""What the recogniser ends in, the last one first."""


class SplitRecogniser:
    """The recogniser under OpenVINO; see Runner and Parts."""

    rows = _ROWS

    def __init__(self, model: bytes, rivals: Sequence[int], threads: int = 1, precision: Precision = "float32") -> None:
        """rivals: classes. Raises ValueError for a model that does not end as the recogniser does, and RuntimeError for
        what is none."""
        self.backend = Backend("openvino", precision)
        first, head = _in_two(read_model(model), rivals)
        self._first = Request(first, threads, precision)
        self._head = Request(head, threads, precision)

    @property
    def parts(self) -> Parts:
        """See Runner."""
        return self

    def __call__(self, x: Sequence[Array] | Array) -> list[Array]:
        """See Runner: logits, as of a recogniser whose softmax is left out. A blank beyond doubt is the best class."""
        features, blank = self.features(only(x))
        steps = features.reshape(-1, features.shape[2])
        scores = np.concatenate([np.array(self.scores(steps[n : n + _ROWS])) for n in range(0, len(steps), _ROWS)])
        sure = np.flatnonzero(blank)
        scores[sure, BLANK] = scores[sure].max(axis=1)  # the first part has its say: in parts the head is not asked
        return [scores.reshape(*features.shape[:2], -1)]

    def features(self, x: Array) -> tuple[Array, Array]:
        """See Parts."""
        features, ahead = self._first(x)
        return features, ahead[:, :, 0] >= SURE

    def scores(self, features: Array) -> Array:
        """See Parts."""
        steps = np.zeros((_ROWS, features.shape[1]), np.float32)
        steps[: len(features)] = features
        (scores,) = self._head(steps)
        return scores[: len(features)]

    def close(self) -> None:
        """See Runner."""
        self._first.close()
        self._head.close()


def _in_two(model: Any, rivals: Sequence[int]) -> tuple[Any, Any]:
    """The first part, whose outputs are the features and by how much the blank is ahead of its rivals, (lines, steps,
    1), and the head, from features of _ROWS steps to logits."""
    from openvino import Model, opset13

    layers = _last_layers(model)
    if [layer.get_type_name() for layer in layers] != _LAYERS:
        raise ValueError("a recogniser ends in a multiplication, offsets and a softmax")
    _, add, product = layers
    features = product.input_value(0)
    weights, offsets = _constant(product.input_value(1)), _constant(add.input_value(1)).reshape(-1)

    def logits(of: Any, classes: Sequence[int] | slice) -> Any:
        some = np.ascontiguousarray(weights[:, classes])
        return opset13.add(opset13.matmul(of, some, False, False), np.ascontiguousarray(offsets[classes]))

    best = opset13.reduce_max(logits(features, rivals), np.array([2]), keep_dims=True)
    ahead = opset13.subtract(logits(features, [BLANK]), best)
    first = Model([opset13.result(features), opset13.result(ahead)], model.get_parameters())
    steps = opset13.parameter([_ROWS, len(weights)], np.float32)
    return first, Model([opset13.result(logits(steps, slice(None)))], [steps])


def _last_layers(model: Any) -> list[Any]:
    """As many as _LAYERS has, the last one first; those that only hand on what they get do not count."""
    layers: list[Any] = []
    node = model.get_results()[0]
    while len(layers) < len(_LAYERS) and node.get_input_size():
        node = node.input_value(0).get_node()
        if node.get_type_name() != "Identity":
            layers.append(node)
    return layers


def _constant(value: Any) -> Array:
    """What a layer is given from the model itself, perhaps stored in shorter numbers."""
    node = value.get_node()
    while node.get_type_name() == "Convert":
        node = node.input_value(0).get_node()
    return np.asarray(node.data, np.float32)
