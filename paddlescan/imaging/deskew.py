"""By which angle the text of a page is turned.

Two steps. The spectrum of the ink tells roughly: evenly spaced lines of text put their energy on the direction
across them. A profile of the ink along that direction then tells exactly: its steps are steepest where each line
of text falls into bins of its own (Postl, "Detection of linear oblique structures and skew scan in digitized
documents", ICPR 1986), and a parabola through the best angles finds the peak between them.
"""

from __future__ import annotations

import math
from functools import cache
from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document.pixels import Pixels, check_pixels

Floats = npt.NDArray[np.float32]
Ink = npt.NDArray[np.uint8]

_LONG_SIDE = 1400  # pixels that the ink is measured on
_STROKE = 25  # widest stroke in those pixels: what is wider is a border, a photograph or a shadow, not text
_FAINTEST, _DARKEST = 20, 100  # grey levels of contrast: below is noise, above counts no more
_DARK_PAGE = 100  # grey level
_SPECTRUM = 1024  # side of the spectrum
_RADII = (15, 328)  # frequencies looked at: lines of text 70 to 3 pixels apart
_COARSE_STEP = 0.25
_CLEAR = 1.2  # how far the best direction stands above the others (their 95th percentile); photographs: 1.0 to 1.1
_UPRIGHT_BONUS = 1.5  # margins and columns must be that much clearer than lines before the page counts as sideways
_SQUEEZE = 16  # neighbours that are added up before the fine profile
_SOFTNESS = 0.8  # pixels
_TRIES = 4
_FINE = tuple(round(-0.4 + 0.1 * n, 1) for n in range(9))


def measure_skew(pixels: Pixels) -> float | None:
    """Degrees by which the text is turned counter-clockwise, -45..45; None where there is nothing to judge by.

    pixels: uint8 (height, width, 3), BGR; read, never written. Text that lies on its side or stands on its head
    counts by what is left after whole quarter turns.
    """
    check_pixels(pixels)
    grey = _reduced(pixels)
    ink = _strokes(grey)
    clear, angle, sideways = _direction(ink)
    if float(np.median(grey)) < _DARK_PAGE:  # white on black, or a receipt on a dark table
        bright = _strokes(cv2.bitwise_not(grey))
        other = _direction(bright)
        if other[0] > clear:
            ink, (clear, angle, sideways) = bright, other
    if clear < _CLEAR:
        return None
    measured = _refine(np.ascontiguousarray(np.rot90(ink)) if sideways else ink, angle)
    return max(-45.0, min(45.0, measured))


def _reduced(pixels: Pixels) -> Ink:
    height, width = pixels.shape[:2]
    scale = min(1.0, _LONG_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA) if scale < 1.0 else pixels
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)


def _strokes(grey: Ink) -> Ink:
    """Contrast of thin dark strokes with the paper around them."""
    strokes = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((_STROKE, _STROKE), np.uint8))
    return np.asarray(cv2.min(cv2.subtract(strokes, _FAINTEST), _DARKEST), np.uint8)


def _direction(ink: Ink) -> tuple[float, float, bool]:
    """How clear the lines are, roughly their angle (degrees counter-clockwise, -45..45), and if they lie on their side.

    Clearness is how far the best direction stands above the 95th percentile of all; 0 for an empty page.
    """
    height, width = ink.shape
    scale = min(1.0, _SPECTRUM / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(ink, size, interpolation=cv2.INTER_AREA)
    square = np.zeros((_SPECTRUM, _SPECTRUM), np.float32)
    square[: size[1], : size[0]] = (small.astype(np.float32) - small.mean()) * _fading(size[1], size[0])
    spectrum = cv2.dft(square, flags=cv2.DFT_COMPLEX_OUTPUT)
    strength = cv2.magnitude(spectrum[..., 0], spectrum[..., 1])
    energy = cv2.remap(strength, *_rays(), cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP).sum(axis=1)
    others = float(np.percentile(energy, 95))
    half = len(energy) // 4
    lines, margins = energy[half:-half], np.concatenate((energy[-half:], energy[:half]))
    sideways = float(margins.max()) > _UPRIGHT_BONUS * float(lines.max())
    chosen = margins if sideways else lines
    clear = float(chosen.max()) / others if others > 0.0 else 0.0
    return clear, int(chosen.argmax()) * _COARSE_STEP - 45.0, sideways


def _fading(height: int, width: int) -> Floats:
    """A window that fades out towards the edges, so that the edge of the paper is no line of its own."""
    rows, columns = np.hanning(height + 2)[1:-1], np.hanning(width + 2)[1:-1]
    return cast(Floats, np.outer(np.minimum(rows * 4, 1.0), np.minimum(columns * 4, 1.0)).astype(np.float32))


@cache
def _rays() -> tuple[Floats, Floats]:
    """Where to look in the spectrum, which goes on beyond its edges: x and y, a row an angle, a column a frequency."""
    angles = np.deg2rad(np.arange(-90.0, 90.0, _COARSE_STEP))
    radii = np.arange(*_RADII, dtype=np.float64)
    x, y = np.outer(np.sin(angles), radii), np.outer(np.cos(angles), radii)
    return x.astype(np.float32), y.astype(np.float32)


def _refine(ink: Ink, angle: float) -> float:
    """The angle to a few hundredths of a degree, near a rough one; farther off only while the profile gets sharper."""
    for _ in range(_TRIES):
        level = _level(ink, angle)
        scores = [_sharpness(level, offset) for offset in _FINE]
        best = int(np.argmax(scores))
        if 0 < best < len(_FINE) - 1:
            near = slice(max(0, best - 2), best + 3)
            bend, slope, _ = np.polyfit(_FINE[near], scores[near], 2)
            peak = -slope / (2.0 * bend) if bend < 0.0 else _FINE[best]
            return angle + float(np.clip(peak, _FINE[best - 1], _FINE[best + 1]))
        angle += _FINE[best]
    return angle


def _level(ink: Ink, angle: float) -> Floats:
    """The ink turned back by `angle`, each row squeezed.

    Interpolated by cubics and a little softened, here and in `_sharpness`: linear interpolation blurs rows that fall
    between pixels and leaves those that do not, which would pull every answer towards the rough angle.
    """
    height, width = ink.shape
    cosine, sine = math.cos(math.radians(angle)), abs(math.sin(math.radians(angle)))
    new_width, new_height = math.ceil(width * cosine + height * sine), math.ceil(height * cosine + width * sine)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    turn[:, 2] += (new_width - width) / 2, (new_height - height) / 2
    turned = cv2.warpAffine(ink, turn, (new_width, new_height), flags=cv2.INTER_CUBIC).astype(np.float32)
    squeezed = cv2.resize(turned, (max(1, new_width // _SQUEEZE), new_height), interpolation=cv2.INTER_AREA)
    return cast(Floats, cv2.GaussianBlur(squeezed, (1, 5), sigmaX=0.1, sigmaY=_SOFTNESS))


def _sharpness(level: Floats, degrees: float) -> float:
    """How steep the steps of the row profile are when the rows are tilted by so many degrees."""
    height, width = level.shape
    tilt = math.tan(math.radians(degrees)) * _SQUEEZE
    shear = np.array([[1.0, 0.0, 0.0], [tilt, 1.0, -tilt * width / 2]])
    profile = cv2.warpAffine(level, shear, (width, height), flags=cv2.INTER_CUBIC).sum(axis=1, dtype=np.float64)
    steps = np.diff(profile)
    return float(steps @ steps)
