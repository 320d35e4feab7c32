"""Drawn photographs of a sheet of paper on a table, with the true corners: a pinhole camera, a ground, light and grain.

Everything is seeded, so the same code draws the same picture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from paddlescan.document import Quad, quad_from
from paddlescan.document.pixels import Matrix, Pixels

Floats = npt.NDArray[np.float32]
GROUNDS = ("dark", "wood", "cloth", "stone", "light", "checks")
LIGHTS = ("even", "lamp", "shadow", "corners")


@dataclass(frozen=True)
class Photograph:
    """A drawn photograph. Corners count pixel widths from the picture's left and top edge."""

    pixels: Pixels
    quad: Quad
    ground: str
    light: str


def photograph(
    page: Pixels,
    seed: int,
    ground: str | None = None,
    light: str | None = None,
    size: tuple[int, int] = (1500, 2000),
    fill: float | None = None,
    tilt_degrees: float | None = None,
) -> Photograph:
    """A page lying on a table as a telephone sees it, all four corners in the picture.

    size: (width, height) of the picture in pixels. fill: how much of the picture's narrower fit the sheet takes, up
    to about 0.95. tilt_degrees: how far the camera looks aslant. What is not given is drawn by the seed.
    """
    random = np.random.default_rng(seed)
    ground = ground or str(random.choice(GROUNDS))
    light = light or str(random.choice(LIGHTS))
    fill = float(random.uniform(0.6, 0.93)) if fill is None else fill
    tilt = float(random.uniform(0, 32)) if tilt_degrees is None else tilt_degrees
    corners = _seen(page.shape[1], page.shape[0], size, random, fill, tilt)
    scene = draw_ground(ground, size, random)
    scene = lay(scene, page, corners, random)
    scene *= draw_light(light, size, random)[..., None]
    return Photograph(taken(scene, random), quad_from(corners), ground, light)


def _seen(
    width: int, height: int, size: tuple[int, int], random: np.random.Generator, fill: float, tilt: float
) -> npt.NDArray[np.float64]:
    """Where a pinhole camera sees the sheet's corners: it leans to a random side, then the sheet is brought near."""
    turn = math.radians(float(random.uniform(-22, 22)) * float(random.random()))
    side = float(random.uniform(0, 2 * math.pi))
    lean = cv2.Rodrigues(np.array([math.cos(side), math.sin(side), 0.0]) * math.radians(tilt))[0]
    spin = cv2.Rodrigues(np.array([0.0, 0.0, turn]))[0]
    sheet = np.array([[-width, -height, 0], [width, -height, 0], [width, height, 0], [-width, height, 0]]) / 2.0
    focal = float(random.uniform(0.7, 1.1)) * max(size)
    turned = sheet @ (lean @ spin).T
    near, far = 0.3 * max(width, height), 40.0 * max(width, height)
    for _ in range(40):  # the nearest place where the sheet still fits
        middle = math.sqrt(near * far)
        seen = turned[:, :2] / (turned[:, 2:] + middle) * focal
        extent = (seen.max(axis=0) - seen.min(axis=0)) / np.array(size)
        near, far = (middle, far) if (turned[:, 2] + middle).min() <= 0 or extent.max() > fill else (near, middle)
    aim = random.uniform(-1, 1, 2) * (1.0 - fill) * float(random.uniform(0, 0.45))
    for _ in range(20):  # then pushed about the table, not about the picture: the lens stays at the picture's middle
        seen = turned[:, :2] / (turned[:, 2:] + far) * focal
        middle = (seen.min(axis=0) + seen.max(axis=0)) / 2
        turned[:, :2] += (aim * np.array(size) - middle) * far / focal
    return np.asarray(turned[:, :2] / (turned[:, 2:] + far) * focal + np.array(size) / 2.0, np.float64)


def draw_ground(kind: str, size: tuple[int, int], random: np.random.Generator) -> Floats:
    """A table top, float32 (height, width, 3), BGR, 0..255."""
    width, height = size
    if kind == "wood":
        grain = cv2.resize(random.normal(0, 1, (height // 3, 24)).astype(np.float32), size)
        fine = cv2.blur(random.normal(0, 1, (height, width)).astype(np.float32), (61, 1)) * 4
        boards = np.repeat(random.uniform(-1, 1, 8), math.ceil(height / 8))[:height].astype(np.float32)
        tone = grain * 5 + fine * 6 + boards[:, None] * 8
        base = random.choice([[60, 92, 140], [95, 135, 180], [35, 50, 80]])
        scene = np.asarray(base, np.float32) + tone[..., None] * np.array([0.8, 0.9, 1.0], np.float32)
        if random.random() < 0.5:
            scene = np.ascontiguousarray(cv2.resize(scene.transpose(1, 0, 2), size))
    elif kind == "cloth":
        y, x = np.mgrid[:height, :width].astype(np.float32)
        weave = np.sin(x * 1.1) * np.sin(y * 1.1) * 14
        folds = cv2.resize(random.normal(0, 1, (6, 6)).astype(np.float32), size, interpolation=cv2.INTER_CUBIC) * 12
        scene = np.asarray(random.uniform(40, 130, 3), np.float32) + (weave + folds)[..., None]
    elif kind == "checks":
        side = int(random.integers(60, 140))
        y, x = np.mgrid[:height, :width]
        board = (((x // side) + (y // side)) % 2).astype(np.float32)[..., None]
        one, other = random.uniform(30, 150, 3), random.uniform(30, 150, 3)
        scene = board * one.astype(np.float32) + (1 - board) * other.astype(np.float32)
    elif kind == "stone":
        small = random.normal(0, 1, (height // 4, width // 4)).astype(np.float32)
        spots = cv2.resize(cv2.GaussianBlur(small, (0, 0), 1.5), size) * 45
        scene = np.full((height, width, 3), float(random.uniform(70, 150)), np.float32) + spots[..., None]
    else:
        tone = random.uniform(20, 70, 3) if kind == "dark" else random.uniform(0.55, 0.8) * np.array([205, 225, 240])
        scene = np.broadcast_to(np.asarray(tone, np.float32), (height, width, 3)).copy()
        scene += cv2.resize(random.normal(0, 3, (20, 20)).astype(np.float32), size)[..., None]
    return np.clip(scene, 3, 250).astype(np.float32)


def lay(scene: Floats, page: Pixels, corners: npt.NDArray[np.float64], random: np.random.Generator) -> Floats:
    """The scene with the page on it, its shadow beside it."""
    height, width = scene.shape[:2]
    longest = float(np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1).max())
    scale = min(1.0, 1.25 * longest / max(page.shape[:2]))
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    matrix = _to(small.shape[1], small.shape[0], corners)
    flags = {"dsize": (width, height), "flags": cv2.INTER_LINEAR}
    sheet = cv2.warpPerspective(small, matrix, borderMode=cv2.BORDER_REPLICATE, **flags).astype(np.float32)
    outline = np.zeros((height, width), np.float32)
    cv2.fillConvexPoly(outline, np.round((corners - 0.5) * 16).astype(np.int32), 1.0, cv2.LINE_AA, 4)
    mask = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(mask, np.round((corners - 0.5) * 16).astype(np.int32), 255, cv2.LINE_AA, 4)
    cover = (mask.astype(np.float32) / 255)[..., None]
    shift = np.float32([[1, 0, random.uniform(-6, 6)], [0, 1, random.uniform(-6, 6)]])
    under = cv2.GaussianBlur(cv2.warpAffine(outline, shift, (width, height)), (0, 0), float(random.uniform(3, 9)))
    ground = scene * (1 - float(random.uniform(0.1, 0.5)) * under[..., None])
    return np.asarray(sheet * cover + ground * (1 - cover), np.float32)


def _to(width: int, height: int, corners: npt.NDArray[np.float64]) -> Matrix:
    """From a page's pixels to the picture's, both counted from the centre of the first pixel."""
    page = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) - 0.5
    return np.asarray(cv2.getPerspectiveTransform(page, (corners - 0.5).astype(np.float32)), np.float64)


def draw_light(kind: str, size: tuple[int, int], random: np.random.Generator) -> Floats:
    """How much light falls where, float32 (height, width), 1 is full light."""
    width, height = size
    y, x = np.mgrid[:height, :width].astype(np.float32)
    x, y = x / width - 0.5, y / height - 0.5
    direction = float(random.uniform(0, 2 * math.pi))
    along = x * math.cos(direction) + y * math.sin(direction)
    light = np.full((height, width), float(random.uniform(0.85, 1.0)), np.float32)
    if kind == "lamp":
        light *= 0.78 + along * float(random.uniform(0.3, 0.75))
    elif kind == "corners":
        light *= 1 - float(random.uniform(0.5, 1.1)) * (x * x + y * y)
    elif kind == "shadow":
        edge = along + 0.12 * np.sin(x * 9 + direction) + 0.06 * np.sin(y * 17) - float(random.uniform(-0.15, 0.25))
        soft = float(random.uniform(0.015, 0.06))
        light *= 1 - float(random.uniform(0.25, 0.5)) / (1 + np.exp(-edge / soft))
    return light.astype(np.float32)


def taken(scene: Floats, random: np.random.Generator) -> Pixels:
    """What the camera makes of it: a little blur and grain, a JPEG."""
    blurred = cv2.GaussianBlur(scene, (0, 0), float(random.uniform(0.5, 1.1)))
    grain = random.normal(0, float(random.uniform(1, 4)), scene.shape[:2]).astype(np.float32)[..., None]
    picture = np.clip(blurred + grain, 0, 255).round().astype(np.uint8)
    data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(75, 95))])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
