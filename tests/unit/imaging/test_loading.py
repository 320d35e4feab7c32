from __future__ import annotations

import io
import struct
import tarfile
import warnings
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from paddlescan.document import Limits
from paddlescan.document.pixels import Pixels
from paddlescan.errors import (
    EmptyFile,
    PackedFile,
    TooLarge,
    TooManyPages,
    TruncatedFile,
    UnreadableFile,
    UnsupportedFormat,
)
from paddlescan.imaging.loading import inspect_source, load_page
from paddlescan.words import error_sentence
from tests.samples.containers import drawn_files, small_receipt
from tests.samples.heic import phone_picture

from .drawing import draw_receipt, four_corners, saved, to_bgr

LIMITS = Limits()
TURNS = {  # EXIF orientation: what undoes it, as Pillow calls it
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,  # stored turned left; shown turned right
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def load(file: io.BytesIO, number: int = 1) -> Pixels:
    page = load_page(file, "x", number, LIMITS)
    assert not file.closed
    assert not page.pixels.flags.writeable
    return page.pixels


def assert_alike(pixels: Pixels, image: Image.Image, tolerance: float = 3.0) -> None:
    wanted = to_bgr(image)
    assert pixels.shape == wanted.shape
    assert np.abs(pixels.astype(int) - wanted).mean() <= tolerance


@pytest.mark.parametrize(
    ("kind", "name", "options"),
    [
        ("JPEG", "jpeg", {"quality": 95}),
        ("JPEG", "jpeg", {"quality": 95, "progressive": True}),
        ("PNG", "png", {}),
        ("GIF", "gif", {}),
        ("BMP", "bmp", {}),
        ("WEBP", "webp", {"quality": 95}),
        ("JPEG2000", "jpeg2000", {}),
        ("PPM", "pnm", {}),
        ("TIFF", "tiff", {}),
        ("TIFF", "tiff", {"compression": "tiff_lzw"}),
        ("TIFF", "tiff", {"compression": "jpeg", "quality": 95}),
        ("TIFF", "tiff", {"compression": "tiff_adobe_deflate", "big_tiff": True}),
        ("AVIF", "avif", {"quality": 95}),
    ],
)
def test_formats_are_told_by_content(kind: str, name: str, options: dict[str, Any]) -> None:
    receipt = draw_receipt(300, 400)
    file = saved(receipt, kind, **options)
    info = inspect_source(file, "misleading.txt", LIMITS)
    assert (info.format, info.page_count) == (name, 1)
    assert_alike(load(file), receipt)


@pytest.mark.parametrize("orientation", TURNS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_exif_orientation_is_applied_once(kind: str, orientation: int) -> None:
    upright = four_corners(64, 48)
    undo = TURNS[orientation]
    stored = upright if undo is None else upright.transpose(undo)
    exif = Image.Exif()
    exif[274] = orientation
    options: dict[str, dict[str, Any]] = {"JPEG": {"quality": 100, "subsampling": 0}, "WEBP": {"lossless": True}}
    assert_alike(load(saved(stored, kind, exif=exif, **options.get(kind, {}))), upright, 4.0)


def test_a_group_4_fax_with_an_orientation_is_turned_once() -> None:
    upright = four_corners(64, 48).convert("1")
    stored = upright.transpose(Image.Transpose.ROTATE_90)
    assert_alike(load(saved(stored, "TIFF", compression="group4", tiffinfo={274: 6})), upright)


def test_cmyk_becomes_colours() -> None:
    image = Image.new("CMYK", (40, 20), (0, 0, 0, 0))
    image.paste((0, 255, 255, 0), (0, 0, 20, 20))
    pixels = load(saved(image, "JPEG", quality=100))
    assert pixels[10, 35].min() > 250
    blue, green, red = pixels[10, 5].tolist()
    assert (red, blue < 40, green < 40) == (pytest.approx(254, abs=4), True, True)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_are_scaled_and_not_cut_off(kind: str) -> None:
    ramp = np.linspace(0, 65535, 256).astype(np.uint16)[None, :].repeat(4, 0)
    pixels = load(saved(Image.fromarray(ramp), kind))
    assert pixels[0, :, 0].tolist() == pytest.approx(list(range(256)), abs=1)


def test_a_grey_map_of_sixteen_bits() -> None:
    ramp = np.linspace(0, 65535, 256).astype(">u2")
    pixels = load(io.BytesIO(b"P5 256 1 65535\n" + ramp.tobytes()))
    assert pixels[0, :, 0].tolist() == pytest.approx(list(range(256)), abs=1)


def test_fractions_become_grey() -> None:
    ramp = np.linspace(0, 1, 11, dtype=np.float32)[None, :]
    pixels = load(saved(Image.fromarray(ramp), "TIFF"))
    assert pixels[0, :, 0].tolist() == pytest.approx([25.5 * n for n in range(11)], abs=1)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "RGB"])
def test_transparency_lies_on_white(mode: str) -> None:
    """Black ink on a transparent ground whose hidden colour is black."""
    image = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 10, 20))
    if mode == "RGB":  # one colour is declared transparent
        plain = Image.new("RGB", (40, 20), (0, 255, 0))
        plain.paste((0, 0, 0), (0, 0, 10, 20))
        file = saved(plain, "PNG", transparency=(0, 255, 0))
    elif mode == "P":
        palette = Image.new("P", (40, 20), 1)
        palette.putpalette([0, 0, 0, 0, 0, 0])
        palette.paste(0, (0, 0, 10, 20))
        file = saved(palette, "PNG", transparency=1)
    else:
        file = saved(image.convert(mode), "PNG")
    pixels = load(file)
    assert pixels[:, :10].max() == 0
    assert pixels[:, 10:].min() == 255


def test_a_damaged_colour_profile_is_left_aside() -> None:
    receipt = draw_receipt(200, 200)
    assert_alike(load(saved(receipt, "PNG", icc_profile=b"no profile at all")), receipt, 0.0)


def test_lab_becomes_colours() -> None:
    lab = Image.merge("LAB", [Image.new("L", (8, 8), v) for v in (255, 128, 128)])
    assert load(saved(lab, "TIFF")).min() > 250


def test_pages_of_a_tiff_differ_in_size_and_compression() -> None:
    pages = [draw_receipt(200, 300, seed=n).resize((200 + 20 * n, 300)) for n in range(3)]
    for page in pages[1:]:
        page.encoderinfo = {"compression": "tiff_lzw"}
    file = io.BytesIO()
    pages[0].convert("1").save(file, "TIFF", compression="group4", save_all=True, append_images=pages[1:])
    assert inspect_source(file, "x", LIMITS).page_count == 3
    for n, page in enumerate(pages):
        assert_alike(load(file, n + 1), page.convert("1") if n == 0 else page)


def test_a_thumbnail_in_a_tiff_is_no_page() -> None:
    file = io.BytesIO()
    page, small = draw_receipt(200, 300), draw_receipt(50, 75)
    small.encoderinfo = {"tiffinfo": {254: 1}}
    page.save(file, "TIFF", save_all=True, append_images=[small])
    assert inspect_source(file, "x", LIMITS).page_count == 1
    assert load(file).shape == (300, 200, 3)


def test_an_animation_is_its_first_frame() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    file = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert inspect_source(file, "x", LIMITS).page_count == 1
    assert load(file)[0, 0].tolist() == [0, 0, 255]


def test_a_page_that_is_not_there() -> None:
    with pytest.raises(UnreadableFile):
        load_page(saved(four_corners(), "PNG"), "x", 2, LIMITS)
    with pytest.raises(UnreadableFile):
        load_page(saved(four_corners(), "TIFF"), "x", 2, LIMITS)
    with pytest.raises(ValueError, match="from 1"):
        load_page(saved(four_corners(), "PNG"), "x", 0, LIMITS)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", EmptyFile),
        (b"this is not an image, whatever its name says", UnsupportedFormat),
        (b"P1 is how this text begins", UnreadableFile),
        (b"BM, dear reader, is how this longer text begins", UnsupportedFormat),
        (b"PK\x03\x04" + bytes(100), PackedFile),
        (b"PK\x05\x06" + bytes(18), PackedFile),
        (b"Rar!\x1a\x07\x01\x00" + bytes(100), PackedFile),
        (b"7z\xbc\xaf\x27\x1c" + bytes(100), PackedFile),
        (b"\x1f\x8b\x08" + bytes(100), PackedFile),
        (b"8BPS" + bytes(100), UnsupportedFormat),
        (b"<?xml version='1.0'?><invoice/>", UnsupportedFormat),
        (b"\xff\xd8\xff\xe0", TruncatedFile),
        (b"\x89PNG\r\n\x1a\n", TruncatedFile),
        (b"%PDF-1.3\nThis is all.\n%%EOF\n", UnreadableFile),
    ],
)
def test_what_is_no_document_gets_its_error(data: bytes, kind: type[Exception]) -> None:
    with pytest.raises(kind) as caught:
        inspect_source(io.BytesIO(data), "a.jpg", LIMITS)
    assert "a.jpg" in str(caught.value)


def test_a_packed_file_is_to_be_unpacked_first_and_an_office_document_is_not(tmp_path: Path) -> None:
    for name, part, wanted in (
        ("十一月票据.zip", "十一月票据/1.jpg", PackedFile),
        ("a.docx", "word/document.xml", UnsupportedFormat),
        ("a.odt", "mimetype", UnsupportedFormat),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as made:
            made.writestr(part, b"\xff\xd8\xff")
        with (tmp_path / name).open("rb") as file, pytest.raises(UnsupportedFormat) as caught:
            inspect_source(file, name, LIMITS)
        assert type(caught.value) is wanted
    (tmp_path / "1.jpg").write_bytes(b"\xff\xd8\xff")
    with tarfile.open(tmp_path / "a.tar", "w") as packed:
        packed.add(tmp_path / "1.jpg")
    with (tmp_path / "a.tar").open("rb") as file, pytest.raises(PackedFile) as told:
        inspect_source(file, "a.tar", LIMITS)
    assert error_sentence(told.value.failure, "zh") == (
        "a.tar 是压缩包（ZIP、RAR、7z 等），PaddleScan 不能直接读取。",
        "请先解压，再添加解压得到的文件夹。",
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"])
def test_half_a_copy_is_said_to_be_truncated(kind: str) -> None:
    noise = Image.effect_noise((300, 300), 80).convert("RGB")
    data = saved(noise, kind).getvalue()
    with pytest.raises(TruncatedFile):
        load(io.BytesIO(data[: len(data) * 6 // 10]))


def png_header(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + header
        + struct.pack(">I", zlib.crc32(header))
        + struct.pack(">I", 100)
        + b"IDAT"
    )


@pytest.mark.parametrize("size", [(60_000, 60_000), (40_000, 10), (12_000, 12_000)])
def test_a_bomb_is_refused_by_its_header(size: tuple[int, int]) -> None:
    for look in (inspect_source, lambda file, name, limits: load_page(file, name, 1, limits)):
        with pytest.raises(TooLarge) as caught:
            look(io.BytesIO(png_header(*size) + bytes(200)), "x", LIMITS)
        assert str(size[0]) in caught.value.message


def test_every_page_of_a_tiff_is_measured() -> None:
    file = io.BytesIO()
    Image.new("1", (10, 10)).save(file, "TIFF", save_all=True, append_images=[Image.new("1", (900, 900))])
    with pytest.raises(TooLarge):
        load_page(file, "x", 2, Limits(max_pixels=800_000))


def test_limits_on_bytes_and_pages() -> None:
    file = saved(draw_receipt(100, 100), "TIFF", save_all=True, append_images=[Image.new("1", (9, 9))] * 2)
    with pytest.raises(TooManyPages):
        inspect_source(file, "x", Limits(max_pages=2))
    assert inspect_source(file, "x", Limits(max_pages=3)).page_count == 3
    with pytest.raises(TooLarge):
        inspect_source(file, "x", Limits(max_file_bytes=1000))


def test_a_limit_of_pillow_is_neither_met_nor_warned_of() -> None:
    """A page of 90 megapixels is within our limits and beyond Pillow's own warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pixels = load(saved(Image.new("1", (9_500, 9_500), 1), "TIFF", compression="group4"))
    assert pixels.shape == (9_500, 9_500, 3)


def test_damaged_exif_is_no_warning() -> None:
    exif = b"Exif\0\0II*\0\x08\0\0\0\x05\0\x12\x01\x03\0\x01\0\0\0\x06"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert load(saved(four_corners(), "JPEG", exif=exif)).size > 0


@pytest.mark.parametrize(
    ("kind", "mode", "options", "megabytes"),
    [
        ("PNG", "L", {}, 4.5),
        ("PNG", "RGB", {}, 8.2),
        ("JPEG", "RGB", {}, 8.2),
        ("JPEG", "RGB", {"progressive": True}, 10),
        ("WEBP", "RGB", {}, 16.5),
        ("JPEG2000", "RGB", {}, 20),
    ],
)
def test_what_decoding_takes_is_bounded_by_kind(
    kind: str, mode: str, options: dict[str, Any], megabytes: float
) -> None:
    file = saved(Image.new(mode, (1000, 1000)), kind, **options)
    assert load_page(file, "x", 1, Limits(max_memory_bytes=round(megabytes * 1e6))).pixels.shape == (1000, 1000, 3)
    for look in (inspect_source, lambda file, name, limits: load_page(file, name, 1, limits)):
        with pytest.raises(TooLarge) as caught:
            look(file, "x", Limits(max_memory_bytes=round(megabytes * 1e6) - 1))
        assert "MB" in caught.value.message


def test_damaged_exif_turns_nothing_and_costs_no_page() -> None:
    broken = b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + bytes(40)
    assert_alike(load(saved(four_corners(), "JPEG", quality=100, subsampling=0, exif=broken)), four_corners(), 4.0)


def test_a_profile_is_followed() -> None:
    """A profile whose red and green are exchanged, as a mistaken one would be: seen in the colours."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"tXYZ").replace(b"gXYZ", b"rXYZ").replace(b"tXYZ", b"gXYZ")
    image = four_corners()
    data = swapped.replace("sRGB".encode("utf-16-be"), "odd!".encode("utf-16-be"))
    for kind, options in (("PNG", {}), ("TIFF", {}), ("JPEG", {"quality": 100, "subsampling": 0})):
        pixels = load(saved(image, kind, icc_profile=data, **options))
        assert pixels[5, 5].tolist() == pytest.approx([0, 255, 0], abs=6)  # red, by that profile, is green
        assert pixels[5, 50].tolist() == pytest.approx([0, 0, 255], abs=6)
        assert pixels[35, 50].max() <= 3
    for mode in ("RGBA", "P"):
        pixels = load(saved(image.convert(mode), "PNG", icc_profile=data))
        assert pixels[5, 5].tolist() == pytest.approx([0, 255, 0], abs=6)
    assert load(saved(image, "PNG", icc_profile=profile))[5, 5].tolist() == [0, 0, 255]


def interlaced(pixels: Pixels) -> bytes:
    """A grey PNG in the seven passes of Adam7 (PNG specification, 8.2)."""
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    rows = b"".join(
        b"\0" + row.tobytes() for y, x, down, across in passes for row in pixels[y::down, x::across, 0] if row.size
    )
    height, width = pixels.shape[:2]
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 1)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def test_an_interlaced_png() -> None:
    grey = to_bgr(draw_receipt(150, 130).convert("L"))
    assert np.array_equal(load(io.BytesIO(interlaced(grey))), grey)


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"P1\n# a note\n3 1\n1 0 1\n", [0, 255, 0]),
        (b"P2 3 1 15 0 15 5\n", [0, 255, 85]),
        (b"P3 1 1 255 10 10 10\n", [10]),
        (b"P4 3 1\n\xa0", [0, 255, 0]),
        (b"P5 3 1 255\n\x00\xff\x55", [0, 255, 85]),
        (b"P6 1 1 255\n\x0a\x0a\x0a", [10]),
    ],
)
def test_portable_maps_of_every_kind(data: bytes, wanted: list[int]) -> None:
    file = io.BytesIO(data)
    assert inspect_source(file, "x", LIMITS).format == "pnm"
    assert load(file)[0, :, 0].tolist() == wanted


def test_every_kind_that_is_drawn_for_the_fuzzing_is_the_same_page() -> None:
    """Depth, alpha, planes, tiles, compression, many pages, text: one small receipt, however it is kept."""
    for name, data in drawn_files().items():
        if name.endswith(".pdf"):
            continue
        pixels = load(io.BytesIO(data))
        turned_right = name in ("baseline.jpg", "rgb.png", "a.webp")
        wanted = small_receipt().transpose(Image.Transpose.ROTATE_270) if turned_right else small_receipt()
        grey = np.asarray(wanted.convert("L"), int)
        assert pixels.shape[:2] == grey.shape, name
        loose = name.endswith((".jpg", ".jpeg", ".avif", ".webp", ".jp2")) or name in ("jpeg.tif", "pages.tif")
        assert np.abs(pixels.mean(axis=2) - grey).mean() < (14 if loose else 10), name


def test_a_phones_picture_is_the_receipt_that_it_was_made_of() -> None:
    data = phone_picture()
    assert inspect_source(io.BytesIO(data), "x", LIMITS).format == "heic"
    wanted = to_bgr(small_receipt())
    pixels = load(io.BytesIO(data))
    assert pixels.shape == wanted.shape
    assert np.abs(pixels.astype(int) - wanted).mean() < 3
