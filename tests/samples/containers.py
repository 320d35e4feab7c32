"""One small receipt in every kind of file that PaddleScan reads and that can be written here."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont, features

from tests.samples.pdfs import Words, picture, text_page
from tests.samples.tiffs import tiff

SIZE = (96, 128)


def small_receipt() -> Image.Image:
    """Some words and a red patch."""
    image = Image.new("RGB", SIZE, "white")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(12)
    for n, words in enumerate(("ACME LTD", "2024-03-05", "Tea 2.50", "TOTAL 2.50")):
        pen.text((6, 8 + 20 * n), words, "black", font)
    pen.rectangle((60, 96, 90, 120), fill=(200, 30, 50))
    return image


def drawn_files() -> dict[str, bytes]:
    """By name; the same at every call."""
    receipt = small_receipt()
    exif = Image.Exif()
    exif[274] = 6
    made = {
        "baseline.jpg": _saved(receipt, "JPEG", exif=exif),
        "progressive.jpg": _saved(receipt, "JPEG", progressive=True),
        "cmyk.jpg": _saved(receipt.convert("CMYK"), "JPEG"),
        "rgb.png": _saved(receipt, "PNG", exif=exif),
        "alpha.png": _saved(receipt.convert("RGBA"), "PNG"),
        "palette.png": _saved(receipt.convert("P"), "PNG", transparency=3),
        "deep.png": _saved(Image.fromarray(np.asarray(receipt.convert("L")).astype(np.uint16) * 257), "PNG"),
        "strips.tif": _saved(receipt, "TIFF"),
        "lzw.tif": _saved(receipt, "TIFF", compression="tiff_lzw"),
        "jpeg.tif": _saved(receipt, "TIFF", compression="jpeg"),
        "big.tif": _saved(receipt, "TIFF", compression="tiff_adobe_deflate", big_tiff=True),
        "pages.tif": _saved(
            receipt.convert("1"), "TIFF", compression="group4", save_all=True, append_images=[receipt.convert("1")]
        ),
        "planes.tif": tiff([np.asarray(receipt)[:, :, n].astype(np.uint16) * 257 for n in range(3)], 64),
        "a.gif": _saved(receipt, "GIF", save_all=True, append_images=[receipt.rotate(180)]),
        "a.bmp": _saved(receipt, "BMP"),
        "a.webp": _saved(receipt, "WEBP", exif=exif),
        "a.jp2": _saved(receipt, "JPEG2000"),
        "a.ppm": _saved(receipt, "PPM"),
        "text.pdf": text_page([Words("ACME LTD", 40, 350), Words("TOTAL 2.50", 40, 300)], keys=b"/Rotate 90"),
        "scan.pdf": text_page(
            [Words("ACME LTD", 40, 350, mode=3)],
            before=b"q 300 0 0 400 0 0 cm /I Do Q\n",
            pictures={"I": picture(*SIZE, receipt.convert("L").tobytes())},
        ),
        "pages.pdf": _saved(receipt, "PDF", save_all=True, append_images=[receipt.rotate(180)]),
    }
    if features.check("avif"):
        made["a.avif"] = _saved(receipt, "AVIF")
    return made


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()
