"""What the light process answers: pictures of pages, before and after preparation, small, or cut out."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from paddlescan.document import Limits, PageRef, Quad
from paddlescan.document.pixels import PageImage, Pixels
from paddlescan.imaging.geometry import inverse, scaling
from paddlescan.imaging.loading import load_page
from paddlescan.imaging.prepare import prepare
from paddlescan.imaging.thumbnails import thumbnail
from paddlescan.pipeline.jail import NO_JAIL, Jail
from paddlescan.pipeline.messages import (
    Answer,
    Cut,
    Hello,
    Inspect,
    Jpeg,
    MakeCutout,
    MakeJpeg,
    MakePreview,
    MakeThumbnail,
    Picture,
    Preview,
    Request,
    Start,
)
from paddlescan.pipeline.proxies import Proxies
from paddlescan.pipeline.service import ScratchFiles, inspect, nine, open_file

CUTOUT_MARGIN = 0.35
"""Of the quad's height, left and right: enough to see the words beside it."""
CUTOUT_MARGIN_DOWN = 0.05
"""The same above and below: quads lie around their print with room to spare, and the next line is close."""
LARGEST_ENLARGEMENT = 3.0
JPEG_QUALITY = 80
"""For paper: print stays clean at 200 dpi, and an A4 page takes a fifth to half a megabyte."""


@dataclass(slots=True)
class _Held:
    """The page that was decoded last."""

    key: tuple[object, ...]
    image: PageImage
    proxies: Proxies


class LightService:
    """Keeps the last page decoded, so that a slider costs a preparation of a small picture and no more."""

    def __init__(self, scratch: Path, jail: Jail = NO_JAIL) -> None:
        self._jail = jail
        self._files = ScratchFiles(scratch)
        self._held: _Held | None = None

    def answer(self, request: Request) -> Answer:
        """Raises PaddleScanError kinds, and ValueError for a request that wants a model."""
        match request:
            case Start():
                return Hello(jail=self._jail)
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
            case MakeJpeg():
                return self._jpeg(request)
        raise ValueError("no request for a light process")

    def _page(self, page: PageRef, limits: Limits, password: str | None, keep: bool = True) -> _Held:
        """The page, decoded now or before; a file that changed since is decoded again."""
        with open_file(page.source) as file:
            status = os.fstat(file.fileno())
            key = (page.source.raw_path, page.number, status.st_mtime_ns, status.st_size, limits)
            if self._held and self._held.key == key:
                return self._held
            image = load_page(file, page.source.name, page.number, limits, password)
            held = _Held(key, image, Proxies(image))
        if keep:
            self._held = held
        return held

    def _preview(self, request: MakePreview) -> Preview:
        held = self._page(request.page, request.options.limits, request.password)
        proxy = held.proxies.of(request.max_side)
        after = proxy.prepared(request.options.prepare, request.region, request.known)
        height, width = held.image.pixels.shape[:2]
        return Preview(
            None if request.has_before == proxy.key else self._save(proxy.image.pixels),
            proxy.key,
            self._save(after.pixels),
            width,
            height,
            after.preparation,
            nine(after.to_source),
        )

    def _jpeg(self, request: MakeJpeg) -> Jpeg:
        image = self._page(request.page, request.limits, request.password).image
        after = prepare(image, request.prepare, request.region, request.known)
        high, wide = after.pixels.shape[:2]
        shrink = min(1.0, math.sqrt(request.most_pixels / (wide * high)))
        pixels = thumbnail(after.pixels, round(max(wide, high) * shrink))
        done, data = cv2.imencode(
            ".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY, cv2.IMWRITE_JPEG_OPTIMIZE, 1]
        )
        if not done:
            raise MemoryError
        reduce = scaling(pixels.shape[1] / wide, pixels.shape[0] / high)
        height, width = image.pixels.shape[:2]
        file = self._files.write(data.tobytes(), "jpg")
        return Jpeg(file, width, height, nine(reduce @ inverse(after.to_source)))

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
        return Picture(self._files.write(rgb.data, "rgb"), width, height, 3 * width)


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
    margin, above = CUTOUT_MARGIN * height, CUTOUT_MARGIN_DOWN * height
    origin = corners[0] - margin * across - above * below
    wide, high = width + 2 * margin, height + 2 * above
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
