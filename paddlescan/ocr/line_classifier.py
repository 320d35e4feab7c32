"""Tells whether the picture of a line stands on its head.

The line classifier of PP-OCR (`ppocr_cls.onnx`, a MobileNetV3 of 0.6 MB), with PaddleOCR's own preprocessing
(`ClsResizeImg`): a line is scaled to a height of 48, squeezed where it is then wider than 192, and followed by grey.
One line takes about a millisecond.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document.pixels import Pixels
from paddlescan.ocr.runners import Runner
from paddlescan.ocr.runtime_errors import runtime

HEIGHT, WIDTH = 48, 192
NOBODY_KNOWS = 0.5


class LineClassifier:
    """A loaded line classifier. Belongs to the thread that built it."""

    def __init__(self, runner: Runner) -> None:
        """runner: of `ppocr_cls.onnx`."""
        self._runner = runner

    def upside_down(self, pictures: Sequence[Pixels]) -> tuple[float, ...]:
        """For each picture of a line how probably it stands on its head, 0..1; 0.5 for an empty picture.

        pictures: uint8 (height, width, 3), BGR, as the recogniser gets them: level, longer than high.
        """
        there = [n for n, picture in enumerate(pictures) if picture.size]
        answers = [NOBODY_KNOWS] * len(pictures)
        if there:
            data = np.stack([classifier_input(pictures[n]) for n in there])
            with runtime():
                (found,) = self._runner(data)
            for n, probability in zip(there, found[:, 1], strict=True):
                answers[n] = min(max(float(probability), 0.0), 1.0)
        return tuple(answers)


def classifier_input(pixels: Pixels) -> npt.NDArray[np.float32]:
    """float32 (3, 48, 192), -1..1, of the picture of one line: uint8 (height, width, 3), not empty."""
    height, width = pixels.shape[:2]
    wide = min(math.ceil(HEIGHT * width / height), WIDTH)
    result = np.zeros((3, HEIGHT, WIDTH), np.float32)
    scaled = cv2.resize(pixels, (wide, HEIGHT)).transpose(2, 0, 1)
    np.multiply(scaled, np.float32(2 / 255), out=result[:, :, :wide])
    result[:, :, :wide] -= 1
    return result
