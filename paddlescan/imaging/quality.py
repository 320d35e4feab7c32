"""What is wrong with a page as a picture: whether it should be scanned again, or holds nothing at all.

The figures come from degraded twins of real and drawn receipts, judged by how many of their words PaddleOCR still
reads (tests/benchmarks/quality.py). A finding on a page that is read well is a false alarm and worth less than a
page that is read badly without one.
"""

from __future__ import annotations

import math

import numpy as np

from paddlescan.document import BLANK, Finding
from paddlescan.document.pixels import Pixels, check_pixels
from paddlescan.imaging.blank import is_blank
from paddlescan.imaging.cut_off import count_cut_letters
from paddlescan.imaging.glare import glare_share
from paddlescan.imaging.letters import Letters, measure_letters
from paddlescan.imaging.overview import Overview, look_over

LEAST_LETTERS = 10
"""With fewer there is too little to judge a page by."""
LEAST_BLOTS, BLOT_EDGE = 4, 6.0
"""Letters, and pixels of an edge: print so far out of focus that its letters run into blots."""
SMALLEST_TEXT = 5.5
"""Pixels; smaller letters are read wrongly."""
SOFTEST_EDGE = 0.315
"""Of the height of a letter: up to 0.30 nothing is lost."""
SHARPEST_EDGE, SOFT_EDGE = 2.0, 3.6
"""Pixels: of an edge between two pixels, and what is no blur yet however small the letters are."""
FAINTEST_INK = 8.5
"""Grey levels between paper and ink."""
FAINTEST_BY_GRAIN = 2.2
"""Times the grain of the paper."""
PALE_INK, PALE_EDGE = 14.0, 0.14
"""What is both pale (grey levels) and soft (of the height) is not read; it may be the other side of the paper."""
DARKEST, LIT_SHARE = 60.0, 98
"""Grey level, and per cent of a page: with so little light nothing is seen. The back of a small receipt on a black
ground fills more than the rest."""
MOST_CUT_ROWS = 2
MOST_CUT_LETTERS = 6


def find_quality(pixels: Pixels) -> tuple[Finding, ...]:
    """Everything worth telling about the quality of a page; () for a good one.

    pixels: uint8 (height, width, 3), BGR, of a whole page, upright or not; read, never written. A blank page
    has the finding `blank` alone, one without any light `black` alone. The others are `blurred`, `small_text`, `faded`,
    `cut_off` and `glare`. All but `blank` mean that the paper should be scanned again. `detail` is English and holds
    the measured figure. Raises ValueError for other pixels.
    """
    check_pixels(pixels)
    if 0 in pixels.shape:
        return (Finding(BLANK),)
    overview = look_over(pixels)
    letters = measure_letters(pixels, overview)
    if is_blank(overview, letters):
        return _black(overview) or (Finding(BLANK),)
    if letters is None or letters.count < LEAST_LETTERS:
        return _far_out_of_focus(letters)
    found = _in_letters(letters)
    cut = count_cut_letters(overview, letters.height * overview.scale)
    sides = [s for s, n in cut.items() if n > (MOST_CUT_ROWS if s in ("left", "right") else MOST_CUT_LETTERS)]
    if sides:
        found.append(Finding("cut_off", f"text runs over the edge: {', '.join(sides)}"))
    share = glare_share(overview, letters.height * overview.scale, letters.contrast)
    if share:
        found.append(Finding("glare", f"text lost in {share:.0%} of the page"))
    return tuple(found)


def _black(overview: Overview) -> tuple[Finding, ...]:
    """What shows nothing because it is dark all over is no empty sheet: whatever lay there may hold a receipt."""
    grey = 255 - overview.grey if overview.negative else overview.grey
    brightest = float(np.percentile(grey, LIT_SHARE))
    return (Finding("black", f"no brighter than grey level {brightest:.0f} of 255"),) if brightest < DARKEST else ()


def _far_out_of_focus(letters: Letters | None) -> tuple[Finding, ...]:
    """Letters that have run into each other are few, so a few are enough where their edges are that soft."""
    if letters is None or letters.count < LEAST_BLOTS or letters.edge < BLOT_EDGE:
        return ()
    return tuple(finding for finding in _in_letters(letters) if finding.name == "blurred")


def _in_letters(letters: Letters) -> list[Finding]:
    found = []
    blur = math.sqrt(max(letters.edge**2 - SHARPEST_EDGE**2, 0.0))
    if letters.edge > SOFT_EDGE and blur > letters.height * SOFTEST_EDGE:
        found.append(Finding("blurred", f"edges {letters.edge:.1f} pixels wide on letters {letters.height:.0f} high"))
    if letters.height < SMALLEST_TEXT:
        found.append(Finding("small_text", f"text about {letters.height:.0f} pixels high"))
    soft = letters.contrast < PALE_INK and letters.edge > letters.height * PALE_EDGE
    if soft or letters.contrast < max(FAINTEST_INK, FAINTEST_BY_GRAIN * letters.grain):
        found.append(Finding("faded", f"ink {letters.contrast:.0f} grey levels darker than its paper"))
    return found
