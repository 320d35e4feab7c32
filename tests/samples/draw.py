"""Draw the sample receipts and write down their truth.

    python -m tests.samples.draw FOLDER

The truth is a manifest: an item a picture, with its category, slant, seal, fields and lines.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.samples import chinese, english
from tests.samples.paper import Paper, scan, stamp

Layout = Callable[[], tuple[Paper, dict[str, str | None]]]


@dataclass(frozen=True)
class Sample:
    """One picture: which layout, how it lies on the scanner, where a seal goes."""

    name: str
    category: str
    layout: Layout
    skew_degrees: float = 0.0
    seal: tuple[int, int, int, str, str] | None = None
    """x, y, radius, name around, name across."""


SAMPLES = (
    Sample("cafe", "receipt_en", english.cafe),
    Sample("stationer", "receipt_en", english.stationer, skew_degrees=3.4),
    Sample("hardware", "receipt_en", english.hardware, skew_degrees=-2.1),
    Sample("hotel", "invoice_en", english.hotel),
    Sample("餐饮小票", "receipt_zh", chinese.restaurant, skew_degrees=1.7),
    Sample("出租车发票", "taxi_receipt_zh", chinese.taxi, seal=(250, 690, 110, "深圳鹏程出租汽车公司", "发票专用章")),
    Sample("火车票", "train_ticket_zh", chinese.train, skew_degrees=-4.2),
    Sample(
        "电子发票",
        "vat_invoice_zh",
        chinese.vat_invoice,
        seal=(1130, 700, 120, "杭州云栖餐饮管理有限公司", "发票专用章"),
    ),
)


def draw(sample: Sample, folder: Path) -> dict[str, object]:
    """Write one sample as a JPEG and return its item of the manifest."""
    paper, fields = sample.layout()
    image = paper.image
    if sample.seal:
        image = stamp(image, *sample.seal)
    seed = 1000 + [s.name for s in SAMPLES].index(sample.name)
    picture = scan(image, seed, sample.skew_degrees)
    path = folder / f"{sample.name}.jpg"
    picture.save(path, quality=82, dpi=(200, 200))
    return {
        "id": sample.name,
        "path": path.name,
        "category": sample.category,
        "skew_deg_ccw": sample.skew_degrees,
        "seal": sample.seal is not None,
        "gt": {"fields": fields},
        "lines": paper.lines,
    }


def main() -> None:
    """Draw all samples into the folder named on the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    items = [draw(sample, folder) for sample in SAMPLES]
    truth = json.dumps({"schema_version": 1, "set": "samples", "items": items}, ensure_ascii=False, indent=1)
    (folder / "truth.json").write_text(truth + "\n", encoding="utf-8")
    print(f"drew {len(items)} receipts")


if __name__ == "__main__":
    main()
