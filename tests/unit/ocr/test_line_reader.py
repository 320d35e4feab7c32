"""How lines are handed to a recogniser, by one that answers with the number of its call."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from paddlescan.document import Backend
from paddlescan.document.pixels import Pixels
from paddlescan.ocr.decoding import LineDecoder
from paddlescan.ocr.line_reader import LineReader
from paddlescan.ocr.runners import Array


class Counter:
    """Reads the mean of a line's red, in tenths, as a letter: A is 0."""

    parts = None

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.shapes: list[tuple[int, ...]] = []

    def __call__(self, x: Sequence[Array] | Array) -> list[Array]:
        assert isinstance(x, np.ndarray)
        self.shapes.append(x.shape)
        output = np.zeros((len(x), 1, 12), np.float32)
        for n, line in enumerate(x):
            red = (line[0, 24, 5] + 1) / 2
            output[n, 0, 1 + round(10 * float(red))] = 1.0
        return [output]

    def close(self) -> None: ...


def line(width: int, red: float) -> Pixels:
    picture = np.zeros((48, width, 3), np.uint8)
    picture[:, :, 2] = round(255 * red)
    return picture


ONNX, OPENVINO = Backend("onnxruntime"), Backend("openvino")
PICTURES = [line(30, 0.0), line(40, 0.1), line(50, 0.2), line(100, 0.3), line(400, 0.4), line(400, 0.5)]


@pytest.mark.parametrize(
    ("backend", "shapes"),
    [
        (ONNX, [(1, 96), (1, 104), (1, 120), (1, 168), (1, 464), (1, 464)]),
        (OPENVINO, [(2, 128), (1, 128), (1, 192), (1, 512), (1, 512)]),
    ],
)
def test_short_lines_of_one_width_go_in_pairs_where_that_is_cheaper(
    backend: Backend, shapes: list[tuple[int, int]]
) -> None:
    runner = Counter(backend)
    read = LineReader(runner, LineDecoder("ABCDEFGHIJ"))(PICTURES)
    assert [text for text, _ in read] == ["A", "B", "C", "D", "E", "F"]
    assert [sure for _, sure in read] == pytest.approx([1.0] * 6)
    assert [(lines, width) for lines, _, _, width in runner.shapes] == shapes


def test_no_pictures_are_no_lines() -> None:
    assert LineReader(Counter(ONNX), LineDecoder("ABCDEFGHIJ"))([]) == []
