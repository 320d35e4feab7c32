"""What the light process answers: pictures of pages, before and after preparation, small, or cut out."""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np

from paddlescan.document import Limits, PageRef, Preparation, PrepareOptions, Quad
from paddlescan.document.pixels import Matrix, PageImage, Pixels
from paddlescan.errors import DiskFull
from paddlescan.imaging.loading import load_page
from paddlescan.imaging.prepare import map_quad, prepare
from paddlescan.imaging.thumbnails import thumbnail
from paddlescan.pipeline.messages import (
    Answer,
    Cut,
    Hello,
    Inspect,
    MakeCutout,
    MakePrepared,
    MakePreview,
    MakeThumbnail,
    Picture,
    Prepared,
    Preview,
    Request,
    Start,
)
from paddlescan.pipeline.service import inspect, open_file

CUTOUT_MARGIN = 0.35
"""Of the quad's height, on each side: enough to see the words beside it."""
LARGEST_ENLARGEMENT = 3.0


@dataclass(slots=True)
class _Held:
    """The page that was decoded last, and its reduced twins by their longer side."""

    key: tuple[object, ...]
    image: PageImage
    small: dict[int, PageImage] = field(default_factory=dict)


class LightService:
    """Keeps the last page decoded, so that a slider costs a preparation of a small picture and no more."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._numbers = itertools.count(1)
        self._held: _Held | None = None

    def answer(self, request: Request) -> Answer:
        """Raises PaddleScanError kinds, and ValueError for a request that wants a model."""
        match request:
            case Start():
                return Hello()
            case Inspect():
                return inspect(request)
            case MakePreview():
                return self._preview(request)
            case MakeThumbnail(page=page, limits=limits, password=password):
                image = self._page(page, limits, password, keep=False).image
                return self._cut(thumbnail(image.pixels, request.max_side), image)
            case MakeCutout(page=page, limits=limits, password=password):
                image = self._page(page, limits, password).image
                return self._cut(cut_out(image.pixels, request.quad, request.max_width, request.max_height), image)
            case MakePrepared():
                return self._prepared(request)
        raise ValueError("no request for a light process")

    def _page(self, page: PageRef, limits: Limits, password: str | None, keep: bool = True) -> _Held:
        """The page, decoded now or before; a file that changed since is decoded again."""
        with open_file(page.source) as file:
            status = os.fstat(file.fileno())
            key = (page.source.raw_path, page.number, status.st_mtime_ns, status.st_size, limits)
            if self._held and self._held.key == key:
                return self._held
            held = _Held(key, load_page(file, page.source.name, page.number, limits, password))
        if keep:
            self._held = held
        return held

    def _preview(self, request: MakePreview) -> Preview:
        held = self._page(request.page, request.options.limits, request.password)
        before = held.small.get(request.max_side)
        if before is None:
            before = PageImage(thumbnail(held.image.pixels, request.max_side))
            held.small = {request.max_side: before}
        known = request.known
        options = as_known(request.options.prepare, known)
        after = prepare(before, options, known.rotation_degrees if known else 0)
        height, width = held.image.pixels.shape[:2]
        enlarge = np.diag([width / before.pixels.shape[1], height / before.pixels.shape[0], 1.0])
        seals = tuple(map_quad(seal, enlarge) for seal in after.preparation.seals)
        return Preview(
            self._save(before.pixels),
            self._save(after.pixels),
            width,
            height,
            replace(after.preparation, seals=seals),
            _nine(enlarge @ after.to_source),
        )

    def _prepared(self, request: MakePrepared) -> Prepared:
        image = self._page(request.page, request.options.limits, request.password, keep=False).image
        ready = prepare(image, request.options.prepare)
        done, data = cv2.imencode(".png", ready.pixels, [cv2.IMWRITE_PNG_COMPRESSION, 3])
        if not done:
            raise MemoryError
        height, width = image.pixels.shape[:2]
        return Prepared(self._write(data.tobytes(), "png"), width, height, ready.preparation)

    def _cut(self, pixels: Pixels, image: PageImage) -> Cut:
        height, width = image.pixels.shape[:2]
        return Cut(self._save(pixels), width, height)

    def _save(self, pixels: Pixels) -> Picture:
        rgb = (
            np.ascontiguousarray(pixels[:, :, ::-1])
            if pixels.size < 30_000
            else cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)
        )
        height, width = rgb.shape[:2]
        return Picture(self._write(rgb.data, "rgb"), width, height, 3 * width)

    def _write(self, data: bytes | memoryview, kind: str) -> str:
        name = f"picture-{next(self._numbers)}.{kind}"
        try:
            (self._scratch / name).write_bytes(data)
        except OSError as error:
            raise DiskFull(detail="the folder for temporary files") from error
        return name


def as_known(options: PrepareOptions, known: Preparation | None) -> PrepareOptions:
    """The options with the skew that reading the page measured, so that what is previewed is what is read."""
    if known is None or not options.deskew or options.skew_degrees is not None:
        return options
    by_hand = options.rotation_degrees
    if by_hand is not None and by_hand != known.rotation_degrees:
        return options  # turned by hand since: the skew found belongs to another turn
    return replace(options, skew_degrees=known.skew_degrees)


def cut_out(pixels: Pixels, quad: Quad, max_width: int, max_height: int) -> Pixels:
    """The picture around a quad with a margin, turned so that the quad's top edge is level and up.

    pixels: uint8 (height, width, 3), BGR; read, never written. The cut-out fits in max_width x max_height and is
    enlarged at most LARGEST_ENLARGEMENT times; beyond the page's edge it is white.
    """
    corners = np.asarray(quad, np.float64)
    along, down = corners[1] - corners[0], corners[3] - corners[0]
    width, height = max(float(np.hypot(*along)), 1.0), max(float(np.hypot(*down)), 1.0)
    across = along / np.hypot(*along) if np.hypot(*along) else np.array([1.0, 0.0])
    below = np.array([-across[1], across[0]])  # a right angle, whatever the quad's own
    margin = CUTOUT_MARGIN * height
    origin = corners[0] - margin * (across + below)
    wide, high = width + 2 * margin, height + 2 * margin
    scale = min(LARGEST_ENLARGEMENT, max_width / wide, max_height / high)
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    to_cut = np.vstack([across, below]) * scale
    matrix = np.column_stack([to_cut, -to_cut @ origin])
    if scale < 0.5:  # averaged, or thin strokes would vanish
        pixels = cv2.blur(pixels, (round(1 / scale),) * 2).astype(np.uint8)
    white = (255, 255, 255)
    cut = cv2.warpAffine(
        pixels, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=white
    )
    return np.asarray(cut, np.uint8)


def _nine(matrix: Matrix) -> tuple[float, float, float, float, float, float, float, float, float]:
    a, b, c, d, e, f, g, h, i = (float(v) for v in matrix.flatten())
    return a, b, c, d, e, f, g, h, i
