"""The pages of a PDF, drawn by a real light process from a store with readings."""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from paddlescan.document import (
    Field,
    PageRef,
    PageResult,
    Point,
    Preparation,
    PrepareOptions,
    Quad,
    Receipt,
    ScanOptions,
    SourceFile,
    SourceInfo,
    TextLine,
    bounds,
)
from paddlescan.errors import Failure
from paddlescan.export.pdf_export import PdfPage
from paddlescan.export.picture_size import jpeg_size
from paddlescan.pipeline.keeping import open_store
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.prepared_pages import MOST_PIXELS, PreparedPages, mapped, write_batch_pdf
from paddlescan.pipeline.supervisor import EngineLost
from paddlescan.store import Store

SIZE = (1000, 700)
BAR: Quad = ((300.0, 200.0), (600.0, 200.0), (600.0, 240.0), (300.0, 240.0))
"""Where the pages have something black."""


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LightProcess]:
    process = LightProcess(scratch_root=tmp_path_factory.mktemp("scratch"))
    yield process
    process.stop()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store.sqlite") as opened:
        yield opened


def picture(size: tuple[int, int] = SIZE, bar: Quad = BAR) -> Image.Image:
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).polygon([(round(x), round(y)) for x, y in bar], fill="black")
    return image


def read(
    line: Quad = BAR,
    preparation: Preparation | None = None,
    region: Quad | None = None,
    number: int = 1,
    count: int = 1,
    **values: str,
) -> Receipt:
    return Receipt(
        number=number,
        count=count,
        region=region,
        preparation=preparation or Preparation(),
        kind="receipt",
        fields=tuple(Field(name, value) for name, value in values.items()),
        lines=(TextLine("Total 9.00", 0.9, line),),
    )


def add(store: Store, batch: int, file: Path, *pages: tuple[Receipt, ...] | Failure) -> None:
    """A file whose pages were read so, or failed."""
    (first,) = store.add_sources(batch, [SourceFile.at(file)])
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    store.set_source_info(first.id, SourceInfo("png", len(pages), sha256))
    for said in pages:
        claim = store.claim_page(batch)
        assert claim is not None
        if isinstance(said, Failure):
            result = PageResult(claim.ref, len(pages), sha256, error=said)
        else:
            result = PageResult(claim.ref, len(pages), sha256, *SIZE, receipts=said)
        assert store.save_result(claim.page_id, result, claim.token)


def made(store: Store, batch: int, light: LightProcess) -> tuple[list[PdfPage], PreparedPages]:
    pages = PreparedPages(store, batch, light)
    return list(pages), pages


def is_on_the_bar(page: PdfPage) -> bool:
    """Whether the page's only line lies on what is black, and nothing else is."""
    (line,) = page.lines
    grey = np.asarray(Image.open(io.BytesIO(page.jpeg)).convert("L"), int)
    ys, xs = np.nonzero(grey < 100)
    black = xs.min(), ys.min(), xs.max() + 1, ys.max() + 1
    return all(abs(a - b) < 3 for a, b in zip(black, bounds(line.quad), strict=True))


@pytest.mark.parametrize(("rotation", "skew"), [(0, 0.0), (90, 0.0), (180, 0.0), (270, 0.0), (0, 4.0), (90, -3.0)])
def test_a_line_lies_on_its_print_however_the_page_is_turned(
    store: Store, light: LightProcess, tmp_path: Path, rotation: int, skew: float
) -> None:
    angle = math.radians(rotation + skew)

    def lying(point: Point) -> Point:
        """The point of the upright page (400 x 40 around 500, 350) in the source: counter-clockwise by the angle."""
        x, y = point[0] - 500, point[1] - 350
        return 500 + math.cos(angle) * x + math.sin(angle) * y, 350 - math.sin(angle) * x + math.cos(angle) * y

    bar = lying((350, 330)), lying((650, 330)), lying((650, 370)), lying((350, 370))
    picture(bar=bar).save(tmp_path / "a.png")
    batch = store.create_batch()
    add(store, batch, tmp_path / "a.png", (read(bar, Preparation(rotation, skew)),))
    (page,), pages = made(store, batch, light)
    assert is_on_the_bar(page)
    left, top, right, bottom = bounds(page.lines[0].quad)
    assert right - left > 5 * (bottom - top)  # upright, whatever it was
    assert pages.left_out == []


def test_a_large_page_is_reduced_to_what_a4_needs(store: Store, light: LightProcess, tmp_path: Path) -> None:
    bar: Quad = ((900.0, 600.0), (1800.0, 600.0), (1800.0, 720.0), (900.0, 720.0))
    picture((3000, 2100), bar).save(tmp_path / "a.png")
    batch = store.create_batch()
    add(store, batch, tmp_path / "a.png", (read(bar),))
    (page,), _ = made(store, batch, light)
    width, height = jpeg_size(page.jpeg)
    assert 0.99 * MOST_PIXELS < width * height < 1.01 * MOST_PIXELS
    assert is_on_the_bar(page)


def test_every_receipt_of_a_page_is_a_page(store: Store, light: LightProcess, tmp_path: Path) -> None:
    left: Quad = ((0.0, 0.0), (250.0, 0.0), (250.0, 700.0), (0.0, 700.0))
    right: Quad = ((250.0, 100.0), (950.0, 100.0), (950.0, 600.0), (250.0, 600.0))
    picture().save(tmp_path / "a.png")
    batch = store.create_batch()
    first, second = read(BAR, region=left, count=2, merchant="A"), read(BAR, region=right, number=2, count=2)
    add(store, batch, tmp_path / "a.png", (first, second))
    pages, _ = made(store, batch, light)
    assert [jpeg_size(page.jpeg) for page in pages] == [(250, 700), (700, 500)]
    assert is_on_the_bar(pages[1])
    assert pages[1].lines[0].quad[0] == pytest.approx((50, 100), abs=0.5)
    assert [page.title for page in pages] == ["1. A", "2."]


def test_pages_come_in_the_order_of_the_table_with_their_bookmarks(
    store: Store, light: LightProcess, tmp_path: Path
) -> None:
    for name in ("b", "a"):
        picture().save(tmp_path / f"{name}.png")
    batch = store.create_batch()
    add(store, batch, tmp_path / "b.png", (read(merchant="咖啡", date="2026-03-14", total="9.00", currency="CNY"),))
    add(store, batch, tmp_path / "a.png", (read(merchant="Other"),))
    store.add_receipt(batch)  # by hand: no picture, no page
    told: list[tuple[int, int]] = []
    pages = PreparedPages(store, batch, light, progress=lambda done, total: told.append((done, total)))
    assert [page.title for page in pages] == ["1. 咖啡 2026-03-14 9.00 CNY", "2. Other"]
    assert told == [(1, 2), (2, 2)]


def test_a_receipt_over_several_pages_has_all_of_them(store: Store, light: LightProcess, tmp_path: Path) -> None:
    other: Quad = ((100.0, 500.0), (500.0, 500.0), (500.0, 560.0), (100.0, 560.0))
    lying: Quad = ((200.0, 600.0), (200.0, 200.0), (240.0, 200.0), (240.0, 600.0))
    three = [picture(), picture(bar=other), picture(bar=lying)]
    three[0].save(tmp_path / "a.tiff", save_all=True, append_images=three[1:])
    batch = store.create_batch()
    readings = (read(merchant="A"),), (read(other),), (read(lying, Preparation(90)),)
    add(store, batch, tmp_path / "a.tiff", *readings)
    pages = store.page_rows(batch)
    store.set_joinings({pages[1].id: "joined", pages[2].id: "joined"})
    assert len(store.receipt_rows(batch)) == 1
    drawn, _ = made(store, batch, light)
    assert [page.title for page in drawn] == ["1. A", "", ""]
    assert [len(page.lines) for page in drawn] == [1, 1, 1]
    assert all(is_on_the_bar(page) for page in drawn)
    assert jpeg_size(drawn[2].jpeg) == (700, 1000)


def test_what_could_not_be_read_is_there_as_it_is(store: Store, light: LightProcess, tmp_path: Path) -> None:
    picture().save(tmp_path / "a.png")
    batch = store.create_batch()
    add(store, batch, tmp_path / "a.png", Failure("page_timed_out", (("file", "a.png"),)))
    (page,), _ = made(store, batch, light)
    assert jpeg_size(page.jpeg) == SIZE
    assert page.lines == ()


def test_what_cannot_be_drawn_is_left_out_and_told(store: Store, light: LightProcess, tmp_path: Path) -> None:
    for name in ("good", "changed", "gone"):
        picture().save(tmp_path / f"{name}.png")
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n no picture")
    batch = store.create_batch()
    for name in ("changed", "good", "gone"):
        add(store, batch, tmp_path / f"{name}.png", (read(),))
    add(store, batch, tmp_path / "broken.png", Failure("unreadable_file"))
    picture(bar=((0.0, 0.0), (50.0, 0.0), (50.0, 50.0), (0.0, 50.0))).save(tmp_path / "changed.png")
    (tmp_path / "gone.png").unlink()
    report = write_batch_pdf(PreparedPages(store, batch, light), tmp_path / "out.pdf", False, "en")
    assert report.pages == 1
    told = [(left.place.source, left.failure.code, left.is_news) for left in report.left_out]
    assert told == [
        ("changed.png", "file_changed", True),
        ("gone.png", "file_vanished", True),
        ("broken.png", "unreadable_file", False),
    ]
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as pdf:
        assert pdf[0].get_textpage().get_text_bounded() == "Total 9.00"


def test_seals_are_taken_off_as_the_page_s_switches_say(store: Store, light: LightProcess, tmp_path: Path) -> None:
    image = picture()
    ImageDraw.Draw(image).ellipse((600, 300, 900, 600), outline=(220, 20, 40), width=12)
    seal: Quad = ((590.0, 290.0), (910.0, 290.0), (910.0, 610.0), (590.0, 610.0))
    image.save(tmp_path / "a.png")
    reds = []
    for keep in (False, True):
        batch = store.create_batch(options=ScanOptions(PrepareOptions(remove_seals=not keep)))
        add(store, batch, tmp_path / "a.png", (read(preparation=Preparation(seals=(seal,))),))
        (page,), _ = made(store, batch, light)
        shown = np.asarray(Image.open(io.BytesIO(page.jpeg)), int)
        reds.append(int(((shown[:, :, 0] - shown[:, :, 1]) > 100).sum()))
    assert reds[0] < 100
    assert reds[1] > 5_000


def test_it_can_be_called_off(store: Store, tmp_path: Path) -> None:
    picture().save(tmp_path / "a.png")
    batch = store.create_batch()
    add(store, batch, tmp_path / "a.png", (read(),))
    process = LightProcess(scratch_root=tmp_path)
    process.kill()
    with pytest.raises(EngineLost):
        write_batch_pdf(PreparedPages(store, batch, process), tmp_path / "out.pdf", False, "en")
    process.stop()
    assert not (tmp_path / "out.pdf").exists()


def test_no_picture_stays_in_scratch(store: Store, light: LightProcess, tmp_path: Path) -> None:
    picture().save(tmp_path / "a.png")
    batch = store.create_batch()
    add(store, batch, tmp_path / "a.png", (read(),))
    made(store, batch, light)
    assert light.scratch is not None
    assert [file for file in light.scratch.iterdir() if file.suffix == ".jpg"] == []


def test_a_quad_is_mapped_corner_by_corner() -> None:
    square: Quad = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    assert mapped(square, (2, 0, 5, 0, 3, 7, 0, 0, 1)) == ((5, 7), (7, 7), (7, 10), (5, 10))
    assert mapped(square, (1, 0, 0, 0, 1, 0, 1, 0, 1))[1] == (0.5, 0.0)


def test_a_page_of_an_electronic_original_is_drawn_as_it_is(light: LightProcess, tmp_path: Path) -> None:
    picture().save(tmp_path / "a.png")
    answer = light.jpeg(PageRef(SourceFile.at(tmp_path / "a.png")), PrepareOptions(), Preparation(), MOST_PIXELS)
    assert not isinstance(answer, Failure)
    assert answer.from_source == pytest.approx((1, 0, 0, 0, 1, 0, 0, 0, 1))
