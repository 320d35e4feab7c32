"""Makes the recogniser's input of the picture of a line.

Takes the place of PaddleX's `OCRReisizeNormImg`, which pads every line to at least 320 pixels. Half of what
the recogniser then works on is padding: on 4,600 lines of receipts their own widths add up to 1.06 million
pixels, padded to 320 to 1.69, padded in batches of six to 1.78. A grey margin behind the line is enough. Of 64
pixels, and up to a multiple of 32, it costs a sixth less time and reads as well (word F1 on 60 English receipts
0.961 for 0.958). Less is cheaper still, and wrong: with 32 the dots of a taxi's printer turn 23:42 into 23142.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document.pixels import Pixels

HEIGHT = 48
MARGIN = 64
"""Grey pixels behind the line, at least."""
STEP = 32
"""The whole width is a multiple of this, as the widths the recogniser learned from are."""
FINE_STEP = 8
"""The same where a new width costs little, as under ONNX Runtime on a CPU: the recogniser steps by so many pixels. On
1,259 lines that are a twenty-fifth fewer pixels, and six of the lines came out otherwise."""
COARSE_STEP = 64
"""The same under OpenVINO, which sets itself up anew for every width: for 12 to 17 ms where that is a new one, in which
it reads three lines in bfloat16."""
WIDEST = 3200
"""A line longer than 66 times its height is squeezed, as PaddleX does."""


def line_input(pixels: Pixels, step: int = STEP) -> npt.NDArray[np.float32]:
    """float32 (3, 48, width), -1..1, of the picture of one line: uint8 (height, width, 3).

    The line is scaled to a height of 48 and keeps its proportions; behind it follow MARGIN columns of 0,
    which is grey, and more up to a multiple of `step`. Raises ValueError for an empty picture.
    """
    height, width = pixels.shape[:2]
    if not height or not width:
        raise ValueError("the picture of a line is empty")
    wide = min(math.ceil(HEIGHT * width / height), WIDEST)
    result = np.zeros((3, HEIGHT, -(-(wide + MARGIN) // step) * step), dtype=np.float32)
    scaled = cv2.resize(pixels, (wide, HEIGHT)).transpose(2, 0, 1)
    np.multiply(scaled, np.float32(2 / 255), out=result[:, :, :wide])
    result[:, :, :wide] -= 1
    return result


class LinePictures:
    """`line_input` in the shape of a PaddleX transform."""

    def __call__(self, imgs: Sequence[Pixels]) -> list[npt.NDArray[np.float32]]:
        """The input of each line; PaddleX pads them to one width where a batch holds several."""
        return [line_input(picture) for picture in imgs]
