"""Time and memory of a workbook of many receipts.

    python -m tests.benchmarks.workbook [--rows 10000] [--pictures]

Each size is written in a process of its own, so that the highest memory is its own.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from paddlescan.document import Field, Receipt
from paddlescan.document.export import ExportRow
from paddlescan.export.csv_export import write_csv
from paddlescan.export.template_files import Templates
from paddlescan.export.xlsx_export import write_xlsx


def receipts(count: int) -> Iterator[ExportRow]:
    chance = random.Random(6)
    for n in range(count):
        fields = (
            Field("merchant", f"上海晨光文具股份有限公司 {n}"),
            Field("date", f"2026-{1 + n % 12:02}-{1 + n % 28:02}"),
            Field("total", f"{chance.randint(1, 99_999)}.{n % 100:02}", "x", 0.6, doubtful=n % 5 == 0),
            Field("currency", "CNY"),
            Field("invoice_number", f"{24_312_000_000_012_345_678 + n}"),
            Field("seller_tax_id", "91310000MA1K00000X"),
            Field("address", "1 High Street, Leeds"),
        )
        yield ExportRow(f"三月/{n:05}.jpg", "done", receipt=Receipt(kind="vat_invoice", language="zh", fields=fields))


def pictures() -> Iterator[bytes]:
    chance = random.Random(6)
    while True:
        out = io.BytesIO()
        Image.frombytes("L", (208, 208), chance.randbytes(208 * 208)).save(out, "JPEG", quality=20)
        yield out.getvalue()


def measure(rows: int, with_pictures: bool) -> None:
    made = pictures()
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        file = Path(folder, "a.xlsx")
        thumbnail = (lambda _: next(made)) if with_pictures else None
        write_xlsx(receipts(rows), file, False, "zh", None, thumbnail, lambda row: Path(folder, row.source))
        seconds, size = time.perf_counter() - start, file.stat().st_size
        start = time.perf_counter()
        write_csv(receipts(rows), Path(folder, "a.csv"), False, "zh", template=Templates(Path()).find("reimbursement"))
        csv_seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    what = " with pictures" if with_pictures else ""
    print(f"{rows:>6} rows{what}: {seconds:.1f} s, {size / 2**20:.1f} MB, peak {peak:.0f} MB; CSV {csv_seconds:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--pictures", action="store_true")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        measure(options.rows, options.pictures)
        return
    more = ["--pictures"] if options.pictures else []
    for rows in (10, options.rows // 10, options.rows):
        command = [sys.executable, "-m", "tests.benchmarks.workbook", "--alone", "--rows", str(rows), *more]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
