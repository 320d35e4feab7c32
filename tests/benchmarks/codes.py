"""How many codes are found and what it costs: `python -m tests.benchmarks.codes`, zxing-cpp beside OpenCV's detectors.

A drawn VAT invoice with its QR code, scanned at many resolutions, slants, blurs and qualities; then pages of 2 and 12
megapixels, with and without codes; then the real receipts, if PADDLESCAN_RECEIPTS names their folder. One thread,
process time. Prints figures and asserts nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from paddlescan.document import Limits
from paddlescan.document.pixels import Pixels
from paddlescan.errors import PaddleScanError
from paddlescan.imaging.codes import find_codes
from paddlescan.imaging.loading import load_page
from tests.samples.codes import DIGITAL_TEXT, VAT_TEXT, Scanned, invoice_with, put, scanned, symbol

WAYS = {
    "resolution": [Scanned(dpi) for dpi in (72, 96, 110, 130, 150, 200, 300, 400, 600)],
    "slant, 200 dpi": [Scanned(200, d) for d in (1, 5, 15, 30, 45, 90, 137, 180, 270)],
    "JPEG, 150 dpi": [Scanned(150, 2, q) for q in (60, 40, 25, 15, 8)],
    "blur, 200 dpi": [Scanned(200, 2, blur=b) for b in (1, 1.5, 2, 2.5, 3)],
    "noise, 200 dpi": [Scanned(200, 2, noise=n) for n in (10, 20, 40, 60)],
}
Finder = Callable[[Pixels], set[str]]


def ours(pixels: Pixels) -> set[str]:
    return {code.text for code in find_codes(pixels)}


def theirs(pixels: Pixels) -> set[str]:
    found: set[str] = set()
    try:
        found.update(cv2.QRCodeDetector().detectAndDecodeMulti(pixels)[1] or ())
        found.update(cv2.barcode.BarcodeDetector().detectAndDecodeMulti(pixels)[1] or ())
    except cv2.error:  # some pages bring its decoder down
        pass
    return found - {""}


def cost(find: Finder, pixels: Pixels, rounds: int = 5) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        find(pixels)
        best = min(best, time.process_time() - start)
    return best * 1000


def drawn(finders: dict[str, Finder]) -> None:
    print("\nfound of the drawn invoices (code 2.5 cm wide)")
    for what, ways in WAYS.items():
        pages = [(scanned(invoice_with(text)[0], way), text) for way in ways for text in (VAT_TEXT, DIGITAL_TEXT)]
        shares = [f"{name} {sum(text in find(page) for page, text in pages)}" for name, find in finders.items()]
        print(f"  {what:16} of {len(pages):3}: {', '.join(shares)}")


def costs(finders: dict[str, Finder]) -> None:
    print("\nms a page on one core")
    invoice = invoice_with(VAT_TEXT)[0]
    for million in (2, 12):
        width = round((million * 1e6 * 1400 / 900) ** 0.5)
        page = np.asarray(cv2.resize(invoice, (width, round(width * 900 / 1400))), np.uint8)
        noisy = np.random.default_rng(1).integers(0, 256, page.shape, np.uint8)
        barred = put(np.full_like(page, 255), symbol("5901234123457", 3, "EAN13"), 100, 100)
        for name, pixels in (("invoice", page), ("barcode", barred), ("noise", noisy)):
            figures = [f"{who} {cost(find, pixels):.0f}" for who, find in finders.items()]
            print(f"  {million:2} megapixels, {name:8} {', '.join(figures)}")


def real(finders: dict[str, Finder], folder: Path) -> None:
    counts = dict.fromkeys(finders, 0)
    spent = dict.fromkeys(finders, 0.0)
    pages = 0
    for path in sorted(p for kind in ("chinese", "other", "deskew") for p in (folder / kind).glob("*")):
        try:
            with path.open("rb") as file:
                pixels = load_page(file, path.name, 1, Limits()).pixels
        except PaddleScanError:
            continue
        pages += 1
        for name, find in finders.items():
            start = time.process_time()
            counts[name] += len(find(pixels))
            spent[name] += time.process_time() - start
    print(f"\nreal receipts, {pages} pages")
    for name in finders:
        print(f"  {name}: {counts[name]} codes, {1000 * spent[name] / max(pages, 1):.0f} ms a page")


def main() -> None:
    cv2.setNumThreads(1)
    finders: dict[str, Finder] = {"zxing-cpp (ours)": ours, "OpenCV": theirs}
    drawn(finders)
    costs(finders)
    folder = os.environ.get("PADDLESCAN_RECEIPTS")
    if folder:
        real(finders, Path(folder))


if __name__ == "__main__":
    main()
