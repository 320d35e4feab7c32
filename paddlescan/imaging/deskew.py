"""By which angle the text of a page is turned.

Two steps. The spectrum of the ink tells roughly: evenly spaced lines of text put their energy on the direction
across them. A profile of the ink along that direction then tells exactly: its steps are steepest where each line
of text falls into bins of its own (Postl, "Detection of linear oblique structures and skew scan in digitized
documents", ICPR 1986), and a parabola through the best angles finds the peak between them.
(Cubes of the steps in place of squares halve the error on flat pages and do harm on crumpled paper, where few lines
then outvote the others.)
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
_OTHERS = 85  # percentile of the directions that the best one is compared with: lines take some, not a sixth of all
_CLEAR = 2.5  # times that; pages of a few lines have 3.2 and more, photographs and noise 1.1 to 1.6, a horizon 2.4
_UPRIGHT_BONUS = 1.7  # margins and columns must be that much clearer than lines before the page counts as sideways
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
    if clear < _CLEAR and float(np.median(grey)) < _DARK_PAGE:  # white on black
        ink = _strokes(cv2.bitwise_not(grey))
        clear, angle, sideways = _direction(ink)
    if clear < _CLEAR:
        return None
    measured = _refine(np.ascontiguousarray(np.rot90(ink)) if sideways else ink, angle)
    return (measured + 45.0) % 90.0 - 45.0


def _reduced(pixels: Pixels) -> Ink:
    height, width = pixels.shape[:2]
    scale = min(1.0, _LONG_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)  # before reducing: a third of the work
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA) if scale < 1.0 else grey
    return np.asarray(small, np.uint8)


def _strokes(grey: Ink) -> Ink:
    """Contrast of thin dark strokes with the paper around them."""
    strokes = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((_STROKE, _STROKE), np.uint8))
    return np.asarray(cv2.min(cv2.subtract(strokes, _FAINTEST), _DARKEST), np.uint8)


def _direction(ink: Ink) -> tuple[float, float, bool]:
    """How clear the lines are, roughly their angle (degrees counter-clockwise, -45..45), and if they lie on their side.

    Clearness is the energy in the best direction by that in most others; 0 for an empty page.
    """
    height, width = ink.shape
    scale = min(1.0, _SPECTRUM / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(ink, size, interpolation=cv2.INTER_AREA)
    square = np.zeros((_SPECTRUM, _SPECTRUM), np.float32)
    square[: size[1], : size[0]] = (small.astype(np.float32) - small.mean()) * _fading(size[1], size[0])
    spectrum = cv2.dft(square, flags=cv2.DFT_COMPLEX_OUTPUT)
    strength = cv2.magnitude(spectrum[..., 0], spectrum[..., 1])
    power = cv2.multiply(strength, strength)
    rays = cv2.remap(power, *_rays(), cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    energy = rays @ np.arange(*_RADII, dtype=np.float32)  # a wedge widens as it goes out
    others = float(np.percentile(energy, _OTHERS))
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

    Softened first, and interpolated by cubics in `_sharpness`: linear interpolation blurs rows that fall between
    pixels and leaves those that do not, which would pull every answer towards the rough angle.
    """
    height, width = ink.shape
    cosine, sine = math.cos(math.radians(angle)), abs(math.sin(math.radians(angle)))
    new_width, new_height = math.ceil(width * cosine + height * sine), math.ceil(height * cosine + width * sine)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    turn[:, 2] += (new_width - width) / 2, (new_height - height) / 2
    soft = cv2.GaussianBlur(ink, (5, 5), _SOFTNESS)
    turned = cv2.warpAffine(soft, turn, (new_width, new_height), flags=cv2.INTER_LINEAR)
    narrow = (max(1, new_width // _SQUEEZE), new_height)
    return cast(Floats, cv2.resize(turned.astype(np.float32), narrow, interpolation=cv2.INTER_AREA))


def _sharpness(level: Floats, degrees: float) -> float:
    """How steep the steps of the row profile are when the rows are tilted by so many degrees."""
    height, width = level.shape
    tilt = math.tan(math.radians(degrees)) * _SQUEEZE
    shear = np.array([[1.0, 0.0, 0.0], [tilt, 1.0, -tilt * width / 2]])
    profile = cv2.warpAffine(level, shear, (width, height), flags=cv2.INTER_CUBIC).sum(axis=1, dtype=np.float64)
    steps = np.diff(profile)
    return float(steps @ steps)
