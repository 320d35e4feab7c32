"""A drawn ticket of every kind, read by the real engine from the picture to its fields."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import pytest

from tests.benchmarks.fields import key
from tests.e2e.conftest import CommandLine
from tests.samples.drawn_kinds import KINDS

SEEDS = {
    "taxi_receipt": 0,
    "train_ticket": 1,
    "bus_ticket": 1,
    "toll_receipt": 1,
    "quota_invoice": 2,
    "flight_itinerary": 1,
}


@pytest.mark.long
def test_tickets_of_every_kind_are_read(
    tmp_path: Path, paddlescan: CommandLine, pages: Callable[[Path], list[dict[str, Any]]]
) -> None:
    folder = tmp_path / "tickets"
    folder.mkdir()
    drawn = {f"{kind}.jpg": KINDS[kind](seed) for kind, seed in SEEDS.items()}
    for name, page in drawn.items():
        cv2.imwrite(str(folder / name), page.pixels, [cv2.IMWRITE_JPEG_QUALITY, 95])
    done = paddlescan("scan", folder, "--json", tmp_path / "out.json", "--workers", "1", "--quiet")
    assert done.returncode == 0, done.stderr
    read = {Path(page["source"]).name: page for page in pages(tmp_path / "out.json")}
    assert {name: page["kind"] for name, page in read.items()} == {name: page.kind for name, page in drawn.items()}
    for name, page in drawn.items():
        for field, value in page.truth.items():
            got = read[name]["fields"].get(field, {}).get("value")
            assert (got and key(field, got)) == (value and key(field, value)), f"{name}: {field}"
