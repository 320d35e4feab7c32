"""More than 8 bits a colour, planes apart, tiles: what Pillow reads wrongly or not at all must come out right."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from paddlescan.document import Limits
from paddlescan.document.pixels import Pixels
from paddlescan.errors import TooLarge, TooManyPages, TruncatedFile, UnreadableFile
from paddlescan.imaging.deep import jpeg2000_bits
from paddlescan.imaging.loading import inspect_source, load_page
from paddlescan.imaging.tiff import directories
from tests.faults import bombs
from tests.samples.tiffs import tiff

from .drawing import draw_receipt, four_corners, saved, to_bgr

LIMITS = Limits()


def page() -> Pixels:
    """Print, and a red, a blue and a dark patch: shows exchanged colours and overflown white."""
    image = draw_receipt(180, 130)
    for n, colour in enumerate([(220, 30, 60), (20, 60, 200), (3, 2, 1)]):
        image.paste(colour, (10 + 50 * n, 5, 50 + 50 * n, 35))
    return to_bgr(image)


def load(data: bytes, number: int = 1) -> Pixels:
    return load_page(io.BytesIO(data), "x", number, LIMITS).pixels


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("tile", [None, 64])
@pytest.mark.parametrize("big_endian", [False, True])
@pytest.mark.parametrize("ways", [1, 3])
def test_tiffs_of_every_order(deep: bool, apart: bool, tile: int | None, big_endian: bool, ways: int) -> None:
    wanted = page() if ways == 3 else page()[:, :, :1].repeat(3, axis=2)
    planes = [wanted[:, :, 2 - n].astype(np.uint16) * 257 if deep else wanted[:, :, 2 - n] for n in range(ways)]
    data = tiff(planes, tile, apart, big_endian)  # type: ignore[arg-type]
    assert inspect_source(io.BytesIO(data), "x", LIMITS).page_count == 1
    assert np.array_equal(load(data), wanted)


@pytest.mark.parametrize("deep", [False, True])
def test_planes_of_cmyk_and_an_orientation(deep: bool) -> None:
    ink = np.zeros((20, 40), np.uint8)
    full = ink.copy()
    full[:, :20] = 255
    planes = [plane.astype(np.uint16) * 257 if deep else plane for plane in (ink, full, full, ink)]
    pixels = load(tiff(planes, t274=6))  # type: ignore[arg-type]
    assert pixels.shape == (40, 20, 3)
    assert pixels[5, 10].tolist() == pytest.approx([0, 0, 255], abs=40)  # shown turned right: its left is on top
    assert pixels[35, 10].min() == 255


def test_planes_of_16_bits_without_their_strips() -> None:
    data = bytearray(tiff([np.zeros((9, 9), np.uint16)] * 3))
    at = data.rindex(b"\x11\x01\x04\0\x03\0\0\0")  # the table of strips names fewer than there are planes
    data[at + 4] = 1
    with pytest.raises((UnreadableFile, TruncatedFile)):
        load(bytes(data))


@pytest.mark.parametrize("channels", [1, 3])
def test_jpeg_2000_of_16_bits(channels: int) -> None:
    wanted = page() if channels == 3 else page()[:, :, :1].repeat(3, axis=2)
    _, data = cv2.imencode(".jp2", (wanted[:, :, :channels].astype(np.uint16) * 257))
    assert jpeg2000_bits(io.BytesIO(data.tobytes())) == 16
    assert np.abs(load(data.tobytes()).astype(int) - wanted).max() <= 1


def test_bits_of_jpeg_2000_that_do_not_say() -> None:
    assert jpeg2000_bits(io.BytesIO(b"")) == 8
    assert jpeg2000_bits(io.BytesIO(b"\xff\x4f\xff\x51" + bytes(20))) == 8
    assert jpeg2000_bits(saved(four_corners(), "JPEG2000")) == 8


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_png_of_16_bits_in_colour(mode: str) -> None:
    wanted = page()
    values = wanted.astype(np.uint16) * 257
    if mode == "RGBA":
        values = np.dstack([values, np.full(wanted.shape[:2], 65535, np.uint16)])
    _, data = cv2.imencode(".png", values)
    assert np.array_equal(load(data.tobytes()), wanted)


def test_pictures_of_a_tiff_are_counted_without_reading_them() -> None:
    assert [d.is_page for d in directories(io.BytesIO(tiff([np.zeros((2, 2), np.uint8)], t254=1)))] == [False]
    assert len(list(directories(io.BytesIO(bombs.tiff_with_a_loop())))) == 1
    assert list(directories(io.BytesIO(b"II*\0\xff\xff\xff\xff"))) == []
    assert list(directories(io.BytesIO(b"II"))) == []
    file = io.BytesIO()
    pages = [Image.new("L", (9, 9))] * 3
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:], big_tiff=True)
    assert [d.is_page for d in directories(file)] == [True] * 3


def test_tables_without_measure_are_refused_before_they_are_read() -> None:
    with pytest.raises(TooLarge):
        inspect_source(io.BytesIO(bombs.tiff_of_millions_of_strips()), "x", LIMITS)
    with pytest.raises(TooManyPages):
        inspect_source(io.BytesIO(bombs.tiff_of_a_million_pages()), "x", LIMITS)


def test_the_copies_that_deep_planes_take_are_counted_before_they_are_made() -> None:
    data = tiff([np.zeros((400, 500), np.uint16)] * 3)
    room = 3 * len(data) + 5 * 400 * 500
    assert load_page(io.BytesIO(data), "x", 1, Limits(max_memory_bytes=room)).pixels.shape == (400, 500, 3)
    with pytest.raises(TooLarge):
        load_page(io.BytesIO(data), "x", 1, Limits(max_memory_bytes=2 * len(data)))
