"""From four corners in a photograph to the straight page: its size, and the homography that makes it."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document import Quad
from paddlescan.document.pixels import Matrix

_CAMERAS = (0.5, 2.5)  # focal lengths of telephones, in long sides of the picture
_USUAL = 0.78  # of the main camera (27 mm on small film)
_LEANING = 0.04  # how much shorter, at least, the far side of a sheet must look to tell the focal length by
_MOST = 1.6  # times larger than the sheet in the picture, along each side


def straight_size(quad: Quad, picture: tuple[int, int]) -> tuple[int, int]:
    """Width and height in pixels of the sheet seen straight on.

    quad: its corners in a picture of (width, height) pixels. The ratio is found as in Zhang and He, "Whiteboard
    scanning and image enhancement" (2007): two pairs of parallel sides give the camera's focal length, and that the
    ratio. Where they are seen too straight for that, the camera is taken for a usual telephone, whose error hardly
    counts then. The longer of the two is as fine as in the picture, the foreshortened one grows to fit.
    """
    corners = np.array(quad, np.float64)
    top, right, bottom, left = (float(np.linalg.norm(corners[n] - corners[(n + 1) % 4])) for n in range(4))
    width, height = (top + bottom) / 2.0, (left + right) / 2.0
    ratio = min(max(_ratio(corners, picture), width / height / _MOST), width / height * _MOST)
    if width / height < ratio:
        width = height * ratio
    else:
        height = width / ratio
    return max(1, round(width)), max(1, round(height))


def straightening(quad: Quad, picture: tuple[int, int]) -> tuple[Matrix, tuple[int, int]]:
    """The homography from a picture of (width, height) to the straight page, and the page's (width, height).

    Points count pixel widths from the left and top edge: the quad's corners go to (0, 0), (width, 0) and so on.
    """
    width, height = straight_size(quad, picture)
    page = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.array(quad, np.float32), page)
    return np.asarray(matrix, np.float64), (width, height)


def lean_degrees(quad: Quad) -> float:
    """How the sheet lies in the picture: degrees counter-clockwise, -45..45, that straightening turns it back by."""
    a, b, c, d = (np.array(corner) for corner in quad)
    level = (b - a) / np.linalg.norm(b - a) + (c - d) / np.linalg.norm(c - d)
    upright = (d - a) / np.linalg.norm(d - a) + (c - b) / np.linalg.norm(c - b)
    across = level + np.array([upright[1], -upright[0]])
    return math.degrees(math.atan2(-across[1], across[0]))


def _ratio(corners: npt.NDArray[np.float64], picture: tuple[int, int]) -> float:
    """Width over height of the sheet itself."""
    long_side = float(max(picture))
    centred = (corners - np.array(picture) / 2.0) / long_side
    m1, m2, m4, m3 = np.column_stack([centred, np.ones(4)])  # in that paper's order
    k2 = float(np.cross(m1, m4) @ m3 / (np.cross(m2, m4) @ m3))
    k3 = float(np.cross(m1, m4) @ m2 / (np.cross(m3, m4) @ m2))
    n2, n3 = k2 * m2 - m1, k3 * m3 - m1
    focal = _USUAL
    if min(abs(k2 - 1.0), abs(k3 - 1.0)) > _LEANING:
        square = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2])
        if _CAMERAS[0] ** 2 < square < _CAMERAS[1] ** 2:
            focal = math.sqrt(square)
    weights = np.array([1.0, 1.0, focal * focal])
    return math.sqrt(float(np.sum(n2 * n2 * weights) / np.sum(n3 * n3 * weights)))
