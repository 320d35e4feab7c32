"""Types that hold pixels. Kept apart because they need numpy, which the window does not import."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from paddlescan.document.original import Original
from paddlescan.document.receipt import Preparation, TextLine

Pixels = npt.NDArray[np.uint8]
"""uint8 (height, width, 3), BGR."""

Matrix = npt.NDArray[np.float64]
"""3x3 homography acting on column vectors (x, y, 1)."""


def check_pixels(pixels: Pixels) -> None:
    """Raise ValueError unless pixels are uint8 (height, width, 3)."""
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3:
        raise ValueError(f"want uint8 (height, width, 3), got {pixels.dtype} {pixels.shape}")


@dataclass(frozen=True, slots=True, eq=False)
class PageImage:
    """A decoded page as a viewer shows it: EXIF applied, sRGB, on white. Read-only."""

    pixels: Pixels
    text: tuple[TextLine, ...] = field(default=(), repr=False)
    """A PDF's or an electronic original's own text, in pixels of this image; empty for pictures."""
    original: Original | None = None
    """Of an electronic original, whose pixels are drawn for show only: nothing is to be read from them."""

    def __post_init__(self) -> None:
        check_pixels(self.pixels)
        self.pixels.flags.writeable = False


@dataclass(frozen=True, slots=True, eq=False)
class PreparedPage:
    """A page after orientation, deskew and seal removal. Read-only."""

    pixels: Pixels
    preparation: Preparation
    to_source: Matrix
    """Maps a point of `pixels` to the source page."""
    with_seals: Pixels | None = None
    """The same before seals were taken off; None where none was."""

    def __post_init__(self) -> None:
        check_pixels(self.pixels)
        self.pixels.flags.writeable = False
        if self.with_seals is not None:
            self.with_seals.flags.writeable = False
        self.to_source.flags.writeable = False
