"""What goes wrong between a paper and its picture, seeded: the same picture and the same strength, the same bad scan.

Every function takes pixels, uint8 (height, width, 3) BGR, and gives a new picture of that kind.
"""

from __future__ import annotations

import cv2
import numpy as np

from paddlescan.document.pixels import Pixels

SIDES = ("left", "right", "top", "bottom")


def defocus(pixels: Pixels, sigma: float) -> Pixels:
    """Out of focus: blurred alike in all directions, sigma in pixels."""
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), np.uint8)


def shake(pixels: Pixels, length: int, degrees: float = 0.0) -> Pixels:
    """Moved while it was taken: smeared along a line of so many pixels."""
    side = length | 1
    kernel = np.zeros((side, side), np.float32)
    kernel[side // 2] = 1.0
    turn = cv2.getRotationMatrix2D((side // 2, side // 2), degrees, 1.0)
    kernel = np.asarray(cv2.warpAffine(kernel, turn, (side, side)), np.float32)
    return np.asarray(cv2.filter2D(pixels, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE), np.uint8)


def shrink(pixels: Pixels, factor: float) -> Pixels:
    """Taken from too far or scanned at too few dpi."""
    size = (max(1, round(pixels.shape[1] * factor)), max(1, round(pixels.shape[0] * factor)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def fade(pixels: Pixels, ink: float, seed: int = 0, noise: float = 1.5, patchy: float = 0.0) -> Pixels:
    """Print that has lost its ink; `ink` is what is left of its contrast, noise the scanner's grain in grey levels.

    patchy: 0 fades alike everywhere, 1 leaves some places at twice that and others without any.
    """
    random = np.random.default_rng(seed)
    height, width = pixels.shape[:2]
    paper = np.percentile(pixels.reshape(-1, 3)[::7], 90, axis=0).astype(np.float32)
    cells = random.uniform(1 - patchy, 1 + patchy, (max(2, height // 150), max(2, width // 150))).astype(np.float32)
    left = cv2.resize(cells, (width, height), interpolation=cv2.INTER_CUBIC)[..., None] * ink
    grain = random.normal(0, noise, (height, width, 1)).astype(np.float32)
    faded = paper + (pixels.astype(np.float32) - paper) * np.clip(left, 0, 1) + grain
    return np.asarray(faded.clip(0, 255).round(), np.uint8)


def grey_paper(pixels: Pixels, white: float = 0.8) -> Pixels:
    """Darker light, as in a photograph, where paper is not white."""
    return np.asarray((pixels.astype(np.float32) * white).round(), np.uint8)


def glare(pixels: Pixels, x: float, y: float, radius: float, stretch: float = 1.0) -> Pixels:
    """A lamp in the paper: a white spot with a soft edge. Place as a share of width and height, radius of the width."""
    height, width = pixels.shape[:2]
    rows, columns = np.ogrid[:height, :width]
    far = np.hypot((columns - x * width) / stretch, rows - y * height) / (radius * width)
    light = np.clip((1.35 - far) / 0.7, 0, 1) ** 1.5 * 420
    return np.asarray((pixels.astype(np.float32) + light[..., None]).clip(0, 255).round(), np.uint8)


def cut(pixels: Pixels, side: str, share: float) -> Pixels:
    """A part of the page is missing on one side, as a share of width or height."""
    height, width = pixels.shape[:2]
    x, y = round(width * share), round(height * share)
    kept = {
        "left": pixels[:, x:],
        "right": pixels[:, : width - x],
        "top": pixels[y:],
        "bottom": pixels[: height - y],
    }[side]
    return np.ascontiguousarray(kept)


def jpeg(pixels: Pixels, quality: int) -> Pixels:
    """Saved with too much compression."""
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def bleed_through(front: Pixels, seed: int = 0, strength: float = 0.08, softness: float = 2.5) -> Pixels:
    """The empty back of a page through which its front shows: mirrored, pale and soft."""
    random = np.random.default_rng(seed)
    through = cv2.GaussianBlur(cv2.flip(front, 1), (0, 0), softness).astype(np.float32)
    paper = 244 - (through.max() - through) * strength
    return np.asarray((paper + random.normal(0, 2.0, (*front.shape[:2], 1))).clip(0, 255).round(), np.uint8)
