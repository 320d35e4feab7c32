"""Encoded pictures from a child, looked at before anything of ours decodes them or anybody else is given them.

What draws them has met a stranger's file and may have been taken over by it. So a picture is taken out of the child's
reach first, and then is what was asked for, by its header, within the bounds of what an honest child draws; or the
child is ended, as over any answer that no honest child gives, and the page is asked of a fresh one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from paddlescan.document import PageRef, ScanOptions
from paddlescan.errors import Failure, PaddleScanError
from paddlescan.export.picture_size import jpeg_size, png_size
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.messages import Jpeg, Prepared
from paddlescan.pipeline.plausible import LARGEST_SIDE, Distrust
from paddlescan.pipeline.taking import take_bytes

_BYTES_A_PIXEL, _BYTES_BESIDES = 4, 1 << 16
"""Of an encoded picture of three bytes a pixel: noise takes no more."""
_LEVELLED = 2
"""A page that lay askew is larger when it is level; never by more than this."""


@dataclass(frozen=True, slots=True)
class Pngs:
    """The receipts of a page, prepared."""

    told: Prepared
    """What is said of them; the files are gone."""
    pngs: tuple[bytes, ...] = field(repr=False)
    """A PNG for each of its pictures."""


def taken_jpeg(process: LightProcess, answer: Jpeg, most_pixels: int) -> bytes:
    """The picture of an answer, a colour JPEG; its file is gone. Raises EngineLost for any other.

    most_pixels: as it was asked for.
    """
    return _taken(answer.file, jpeg_size, most_pixels, process.distrust)


def ask_pngs(
    process: EngineProcess, page: PageRef, options: ScanOptions, password: str | None = None
) -> Pngs | Failure:
    """Have a page prepared, and take its pictures; or what is wrong with the page. Raises as `prepare` does."""
    answer = process.prepare(page, options, password)
    if isinstance(answer, Failure):
        return answer
    most = _LEVELLED * options.limits.max_pixels
    try:
        return Pngs(answer, tuple(_taken(one.file, png_size, most, process.distrust) for one in answer.pictures))
    finally:
        for picture in answer.pictures:
            Path(picture.file).unlink(missing_ok=True)


def _taken(file: str, measure: Callable[[bytes], tuple[int, int]], most_pixels: int, distrust: Distrust) -> bytes:
    try:
        data = take_bytes(file)
        width, height = measure(data)
    except (PaddleScanError, ValueError):
        raise distrust() from None
    fits = (
        max(width, height) <= LARGEST_SIDE
        and width * height <= most_pixels + width + height  # sides are rounded
        and len(data) <= _BYTES_A_PIXEL * width * height + _BYTES_BESIDES
    )
    if not fits:
        raise distrust()
    return data
