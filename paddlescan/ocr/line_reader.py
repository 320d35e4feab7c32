"""Reads the pictures of lines on the CPU: prepares them, has the recogniser run, decodes what it says.

It takes the place of PaddleX's `TextRecPredictor`, which for every line makes copies, pads, and builds a result of a
dozen parts: on a page of 60 lines some 20 ms of 550. From the same picture it reads the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document import RuntimeName
from paddlescan.document.pixels import Pixels
from paddlescan.ocr.decoding import LineDecoder, ReadLine
from paddlescan.ocr.in_parts import read_in_parts
from paddlescan.ocr.line_pictures import COARSE_STEP, FINE_STEP, line_input
from paddlescan.ocr.runners import Runner

LineInput = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a runtime is best given lines."""

    step: int
    """Their widths are multiples of this, in pixels."""
    paired: int
    """Two of one width are read together up to this width, in pixels."""


MANNERS: dict[RuntimeName, Manner] = {
    "onnxruntime": Manner(FINE_STEP, paired=0),
    # In bfloat16 two lines of 128 pixels take 4.1 ms together, and 5.3 one by one; of 192 5.4 and 6.8; of 256 6.9 and
    # 7.6; of 320 there is nothing left to gain.
    "openvino": Manner(COARSE_STEP, paired=256),
}


class LineReader:
    """The recogniser on the CPU. Belongs to the thread that opened its runner."""

    def __init__(self, runner: Runner, decoder: LineDecoder) -> None:
        self.runner = runner
        self._decoder = decoder

    def __call__(self, pictures: Sequence[Pixels]) -> list[ReadLine]:
        """The text of each picture: uint8 (height, width, 3), BGR, none of them empty.

        Neighbours of one width are read together where that is cheaper, so pictures are best sorted by width.
        """
        runner, manner = self.runner, MANNERS[self.runner.backend.runtime]
        inputs = [line_input(np.asarray(cv2.cvtColor(p, cv2.COLOR_BGR2RGB)), manner.step) for p in pictures]
        batches = _batches(inputs, manner.paired)
        parts = runner.parts
        if parts is not None:
            return read_in_parts(parts, batches, self._decoder)
        return [line for batch in batches for line in self._decoder.lines(*runner(batch))]


def _batches(inputs: Sequence[LineInput], paired: int) -> Iterator[LineInput]:
    """float32 (lines, 3, height, width): one line each, or two neighbours of one width."""
    n = 0
    while n < len(inputs):
        width = inputs[n].shape[2]
        two = width <= paired and n + 1 < len(inputs) and inputs[n + 1].shape[2] == width
        yield np.stack(inputs[n : n + 2]) if two else inputs[n][np.newaxis]
        n += 1 + two
