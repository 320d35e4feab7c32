"""How a searchable PDF grows: seconds, bytes and memory by the number of pages, and what drawing a page takes.

    python -m tests.benchmarks.pdf_pages [--pages 100,1000,10000]

Pages are written with 60 lines each and a picture of noise and bars as large as that of a till receipt; the drawing is
that of the sample receipts by a light process, as read by the engine.
"""

from __future__ import annotations

import argparse
import io
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from paddlescan import scan
from paddlescan.document import ScanOptions, TextLine
from paddlescan.errors import Failure
from paddlescan.export.pdf_export import PdfPage, write_pdf
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.prepared_pages import MOST_PIXELS
from paddlescan.resources_dir import resource

LINES = 60
WORDS = ("合计", "金额", "Total", "12.00", "发票号码", "33002600111", "餐饮服务", "2026-03-14", "Subtotal", "找零")


def picture() -> bytes:
    noise = Image.effect_noise((850, 1200), 18).convert("RGB")
    file = io.BytesIO()
    noise.save(file, "JPEG", quality=70)
    return file.getvalue()


def pages(count: int) -> Iterator[PdfPage]:
    jpeg, dice = picture(), random.Random(1)
    for number in range(count):
        lines = []
        for row in range(LINES):
            top = 20.0 + 19 * row
            text = " ".join(dice.choices(WORDS, k=4)) + chr(0x4E00 + dice.randrange(20_000))
            lines.append(TextLine(text, 0.9, ((40.0, top), (800.0, top), (800.0, top + 16), (40.0, top + 16))))
        yield PdfPage(jpeg, 200, tuple(lines), f"{number}. 餐饮 2026-03-14 12.00")


def written(count: int) -> None:
    """In a process of its own, for its peak of memory is asked."""
    import resource as usage

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.pdf"
        start = time.perf_counter()
        write_pdf(pages(count), path, overwrite=False)
        seconds, size = time.perf_counter() - start, path.stat().st_size
    peak = usage.getrusage(usage.RUSAGE_SELF).ru_maxrss / 1024
    each = (size / count - len(picture())) / 1000
    print(
        f"{count:7d} {seconds:9.1f} {1000 * seconds / count:9.1f} {size / 1e6:9.1f} {each:14.2f} {peak:9.0f}",
        flush=True,
    )


def drawn() -> None:
    """The samples, one by one."""
    process = LightProcess()
    try:
        for page in scan(sorted(resource("samples").glob("*.jpg"))):
            (receipt,) = page.receipts
            if receipt.preparation is None:
                continue
            start = time.perf_counter()
            answer = process.jpeg(page.page, ScanOptions().prepare, receipt.preparation, MOST_PIXELS, receipt.region)
            seconds = time.perf_counter() - start
            assert not isinstance(answer, Failure)
            file = Path(answer.file)
            size = f"{page.width} x {page.height}"
            print(f"{page.page.source.name:20s} {size:12s} {seconds:.3f} s {file.stat().st_size // 1000} kB")
            file.unlink()
    finally:
        process.stop()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", default="100,1000,10000")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        return written(options.one)
    print(f"a picture: {len(picture()) / 1000:.0f} kB, {LINES} lines a page")
    print("  pages   seconds   ms/page        MB  text kB/page   peak MB")
    for count in options.pages.split(","):
        subprocess.run([sys.executable, "-m", "tests.benchmarks.pdf_pages", "--one", count], check=True)
    return drawn()


if __name__ == "__main__":
    main()
