"""How well small print of a PDF is read at several resolutions: words of each size that come out right.

    python -m tests.benchmarks.pdf_resolution [PDF ...]

Drawn pages of small print, as a PDF draws them and as scans of 300 dpi (soft, noisy, JPEG), and the first pages of the
given PDFs whose own text is taken for the truth. A word counts where it stands among the words that were read.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import tempfile
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from time import process_time

import cv2
import numpy as np
from PIL import Image, ImageDraw

from paddlescan.document import EngineOptions, Limits, TextLine
from paddlescan.document.pixels import Pixels
from paddlescan.imaging.loading import load_page
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.factory import load_engine
from tests.samples.paper import font
from tests.samples.pdfs import Words, text_page

RESOLUTIONS = (120, 150, 200, 250, 300)
WORDS = ("Total", "Amount", "Invoice", "Tax", "Paper", "Coffee", "Service", "Charge", "Number", "Street", "Balance")

CHINESE = "中央非税收入统一票据电子代码金额合计大写玖拾元整厦门未来显示技术研究院有限公司藏繁警疆馨懿赢霸囊蠢镶罐曦"
"""Plain and dense letters of invoices."""


def small_print(seed: int = 1) -> bytes:
    """A page of A4 with lines of 4 to 9 points."""
    chosen, lines = random.Random(seed), []
    for n in range(36):
        size = 4 + n % 6
        words = [chosen.choice(WORDS) + str(chosen.randrange(100, 1000)) for _ in range(5)]
        lines.append(Words(" ".join(words), 60, 780 - 20 * n, size))
    return text_page(lines, size=(595, 842))


def chinese_print(seed: int = 1) -> tuple[Pixels, tuple[TextLine, ...]]:
    """A page of A4 at 300 dpi with lines of 5 to 9 points of Chinese, and what stands there."""
    chosen, image = random.Random(seed), Image.new("RGB", (2480, 3508), "white")
    pen, lines = ImageDraw.Draw(image), []
    for n in range(36):
        size, top = round((5 + n % 5) * 300 / 72), 200 + 84 * n
        text = "".join(chosen.choice(CHINESE) for _ in range(24))
        pen.text((250, top), text, "black", font("sans", size))
        right, bottom = 250.0 + 24 * size, top + 1.15 * size
        lines.append(TextLine(text, 1.0, ((250.0, top), (right, top), (right, bottom), (250.0, bottom))))
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1]), tuple(lines)


def as_scan(pixels: Pixels, seed: int = 1) -> bytes:
    """A PDF whose page is a scan at 300 dpi of that page drawn at 300 dpi: soft, noisy, JPEG."""
    soft = cv2.GaussianBlur(pixels, (0, 0), 1.1).astype(np.float32)
    noisy = soft * 0.85 + 25 + np.random.default_rng(seed).normal(0, 7, pixels.shape)
    file = io.BytesIO()
    picture = Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)[:, :, ::-1])
    picture.save(file, "PDF", resolution=300, quality=60)
    return file.getvalue()


def words(text: str) -> list[str]:
    return re.findall(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+", text.casefold())


def measure(engine: OcrEngine, name: str, data: bytes, truth: tuple[TextLine, ...] | None) -> None:
    """Print a row for each resolution: the share of the words of each size (in points), and seconds of CPU."""
    for dpi in RESOLUTIONS:
        limits = Limits(pdf_dpi=dpi, pdf_scan_side=1, pdf_max_side=6000)
        page = load_page(io.BytesIO(data), "x", 1, limits)
        begun = process_time()
        read = Counter(word for line in engine.recognise(page.pixels) for word in words(line.text))
        seconds = process_time() - begun
        right: dict[int, list[int]] = defaultdict(list)
        for line in truth or page.text:
            (_, top), (_, bottom) = line.quad[0], line.quad[3]
            points = round((bottom - top) * 72 / (300 if truth else dpi) / 1.15)
            for word in words(line.text):
                right[min(points, 10)].append(int(read[word] > 0))
                read[word] -= 1
        shares = "  ".join(f"{size} pt {np.mean(hits):.3f} ({len(hits)})" for size, hits in sorted(right.items()))
        print(f"{name[:18]:18} {dpi:3} dpi {seconds:5.2f} s  {shares}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("pdfs", nargs="*", type=Path)
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    fine = Limits(pdf_dpi=300, pdf_max_side=6000)
    with tempfile.TemporaryDirectory() as scratch:
        engine = load_engine(EngineOptions(), Path(scratch))
        drawn = small_print()
        page = load_page(io.BytesIO(drawn), "x", 1, fine)
        measure(engine, "drawn", drawn, None)
        measure(engine, "scan of 300 dpi", as_scan(page.pixels), tuple(replace(line) for line in page.text))
        chinese, lines = chinese_print()
        measure(engine, "Chinese scan", as_scan(chinese), lines)
        for path in asked.pdfs:
            measure(engine, path.name, path.read_bytes(), None)


if __name__ == "__main__":
    main()
