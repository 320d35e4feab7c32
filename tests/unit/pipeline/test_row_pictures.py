"""Small pictures for a workbook, drawn by a real light process."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from paddlescan.document import PageRef, Preparation, Quad, Receipt, SourceFile
from paddlescan.document.export import ExportRow
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.row_pictures import MOST_PIXELS, RowPictures

RIGHT_HALF: Quad = ((800, 0), (1599, 0), (1599, 999), (800, 999))


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LightProcess]:
    process = LightProcess(scratch_root=tmp_path_factory.mktemp("scratch"))
    yield process
    process.stop()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> PageRef:
    """1600 x 1000, white, with a green square at its top left corner."""
    image = Image.new("RGB", (1600, 1000), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 399, 399), fill=(0, 160, 0))
    file = tmp_path_factory.mktemp("page") / "page.png"
    image.save(file)
    return PageRef(SourceFile.at(file))


def row(ref: PageRef | None, region: Quad | None = None, rotation: int = 0) -> ExportRow:
    return ExportRow("page.png", "done", receipt=Receipt(region=region, preparation=Preparation(rotation)), ref=ref)


def opened(data: bytes | None) -> Image.Image:
    assert data is not None
    image = Image.open(io.BytesIO(data))
    assert image.format == "JPEG"
    return image.convert("RGB")


def green_at(image: Image.Image, across: float, down: float) -> bool:
    pixel = np.asarray(image)[int(down * (image.height - 1)), int(across * (image.width - 1))]
    return bool(np.abs(pixel.astype(int) - (0, 160, 0)).max() < 40)


def test_a_picture_is_small_and_leaves_nothing_behind(light: LightProcess, page: PageRef) -> None:
    image = opened(RowPictures(light)(row(page)))
    assert image.width * image.height == pytest.approx(MOST_PIXELS, rel=0.02)
    assert image.width / image.height == pytest.approx(1.6, rel=0.02)
    assert green_at(image, 0.05, 0.05)
    assert light.scratch is not None
    assert [file for file in light.scratch.iterdir() if file.suffix == ".jpg"] == []


def test_it_is_upright_as_the_page_was_read(light: LightProcess, page: PageRef) -> None:
    image = opened(RowPictures(light)(row(page, rotation=90)))
    assert image.width < image.height
    assert green_at(image, 0.95, 0.05), "what lies counter-clockwise is turned clockwise"


def test_a_receipt_of_several_is_alone_in_it(light: LightProcess, page: PageRef) -> None:
    image = opened(RowPictures(light)(row(page, RIGHT_HALF)))
    assert image.width / image.height == pytest.approx(0.8, rel=0.1)
    assert not green_at(image, 0.05, 0.05)


def test_what_cannot_be_drawn_has_none(light: LightProcess, tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    pictures = RowPictures(light)
    assert pictures(row(None)) is None
    assert pictures(row(PageRef(SourceFile.at(tmp_path / "gone.png")))) is None
    assert pictures(row(PageRef(SourceFile.at(tmp_path / "text.png")))) is None


def test_a_file_that_takes_processes_down_is_not_tried_for_ever(page: PageRef, tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    dies = f"open({str(starts)!r}, 'a').write('.')"
    process = LightProcess(command=(sys.executable, "-c", dies), scratch_root=tmp_path)
    try:
        pictures = RowPictures(process)
        assert [pictures(row(page)) for _ in range(3)] == [None] * 3
        assert starts.read_text() == "..", "two for the first picture, none for the others"
    finally:
        process.stop()
