"""Whether print runs into the edge of the picture, so that a part of the page is missing.

Letters that the edge cuts through are told from dirt, borders and the edge of a table by what they stand in: a row of
letters of the page's usual height.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document.pixels import Pixels
from paddlescan.imaging.overview import Overview

Ints = npt.NDArray[np.int32]

_FAINTEST = 20  # grey levels
_EDGE = 0.35  # of the contrast of the strokes
_NEAR = 1.2  # heights of a letter: to the next letter of the row
_SAME_ROW = 2.5  # heights: farther from the next, a letter belongs to another row
_SEEN = 0.4  # of the height of a letter
_UNEVEN_DEPTH, _EVEN_GAPS = 0.45, 0.15  # deviation by mean
_WHOLE_SIDE = 0.92  # of a side: text leaves margins and gaps
_SMALLEST = 5  # pixels of the overview: lower letters are dots


def count_cut_letters(overview: Overview, height: float) -> dict[str, int]:
    """How many letters the edges of the picture cut through: by `left`, `right`, `top` and `bottom`.

    height: of the usual letter, in pixels of the overview. At the left and the right, letters at the end of rows are
    counted; at the top and the bottom, the longest row of letters that lies along the edge.
    """
    outline = max(_FAINTEST, float(np.percentile(overview.strokes[::3, ::3], 98)) * _EDGE)
    return {
        side: count(_boxes(np.rot90(overview.strokes, turns), height, outline), height, overview.grey.shape[1])
        for side, turns, count in (
            ("left", 0, _row_ends),
            ("right", 2, _row_ends),
            ("top", 1, _longest_row),
            ("bottom", 3, _longest_row),
        )
    }


def _boxes(strokes: Pixels, height: float, outline: float) -> Ints:
    """The components near the left edge: left, top, width, height, area."""
    near = np.ascontiguousarray(strokes[:, : max(1, round(height * 6))])
    _, _, stats, _ = cv2.connectedComponentsWithStats((near > outline).astype(np.uint8), connectivity=8)
    return np.asarray(stats[1:], np.int32)


def _row_ends(boxes: Ints, height: float, _: int) -> int:
    """Letters at the edge with another letter of their row beside them."""
    touching, inside = boxes[boxes[:, 0] == 0], boxes[boxes[:, 0] > 0]
    tall = _between(touching[:, 3], height * 0.5, height * 1.7) & _between(touching[:, 2], 2, height * 4)
    letters = inside[_between(inside[:, 3], max(_SMALLEST, height * 0.5), height * 1.7)]
    ends = 0
    for left, top, width, high, _ in touching[tall & (touching[:, 3] >= _SMALLEST)].tolist():
        overlap = np.minimum(letters[:, 1] + letters[:, 3], top + high) - np.maximum(letters[:, 1], top)
        gap = letters[:, 0] - (left + width)
        ends += bool(((overlap > high * 0.6) & (gap < height * _NEAR)).any())
    return ends


def _longest_row(boxes: Ints, height: float, side: int) -> int:
    """Letters along the edge, none far from the next. The picture is turned: a letter's height lies across.

    Half a letter at least must be seen, and words have gaps: torn and perforated paper leaves marks along an edge too,
    but shallow ones of any depth, evenly spaced, or from one end to the other.
    """
    touching = boxes[boxes[:, 0] == 0]
    sized = _between(touching[:, 2], max(3, height * 0.3), height * 1.3) & _between(
        touching[:, 3], height * 0.15, height * 2
    )
    letters = touching[sized][np.argsort(touching[sized][:, 1])]
    gaps = np.diff(letters[:, 1])
    runs = np.split(letters, np.flatnonzero(gaps > height * _SAME_ROW) + 1)
    return max((len(run) for run in runs if _is_print(run, height, side)), default=0)


def _is_print(run: Ints, height: float, side: int) -> bool:
    if len(run) < 3:
        return False
    depth, gaps = run[:, 2], np.diff(run[:, 1])
    return bool(
        np.median(depth) > height * _SEEN
        and depth.std() < depth.mean() * _UNEVEN_DEPTH
        and gaps.std() > gaps.mean() * _EVEN_GAPS
        and run[-1, 1] + run[-1, 3] - run[0, 1] < side * _WHOLE_SIDE
    )


def _between(values: Ints, least: float, most: float) -> npt.NDArray[np.bool_]:
    return np.asarray((values >= least) & (values <= most), np.bool_)
