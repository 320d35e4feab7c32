"""Pictures for the window, drawn by a real light process."""

from __future__ import annotations

import math
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from paddlescan.document import Limits, PageRef, Preparation, PrepareOptions, Quad, ScanOptions, SourceFile
from paddlescan.document.pixels import Pixels
from paddlescan.errors import EmptyFile, FileVanished, UnsupportedFormat
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.light_service import cut_out
from paddlescan.pipeline.messages import Picture
from paddlescan.pipeline.supervisor import EngineLost
from tests.fakes.commands import faulty
from tests.samples.originals import vat_ofd

RED, GREEN, BLUE = (200, 0, 0), (0, 160, 0), (0, 0, 200)


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LightProcess]:
    process = LightProcess(scratch_root=tmp_path_factory.mktemp("scratch"))
    yield process
    process.stop()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> PageRef:
    """1200 x 800, white, a green square at its top left corner, some strokes."""
    image = Image.new("RGB", (1200, 800), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 199, 199), fill=GREEN)
    for n in range(20):
        draw.line((300 + 30 * n, 400, 310 + 30 * n, 440), fill="black", width=4)
    file = tmp_path_factory.mktemp("page") / "page.png"
    image.save(file)
    return PageRef(SourceFile.at(file))


def pixels(picture: Picture | None) -> Pixels:
    """As the window reads it: RGB, and the file goes."""
    assert picture is not None
    file = Path(picture.file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    data = np.frombuffer(file.read_bytes(), np.uint8).reshape(picture.height, picture.stride)
    file.unlink()
    return data[:, : 3 * picture.width].reshape(picture.height, picture.width, 3)


def near(pixel: object, colour: tuple[int, int, int]) -> bool:
    return bool(np.abs(np.asarray(pixel, int) - colour).max() < 40)


def test_a_thumbnail_has_the_page_s_shape_and_colours(light: LightProcess, page: PageRef) -> None:
    picture = light.thumbnail(page, 120)
    assert (picture.width, picture.height) == (120, 80)
    assert near(pixels(picture)[5, 5], GREEN)


def test_before_and_after(light: LightProcess, page: PageRef) -> None:
    options = ScanOptions(PrepareOptions(deskew=False, rotation_degrees=90))
    preview = light.preview(page, options, 600)
    assert (preview.width, preview.height) == (1200, 800)
    assert (preview.after.width, preview.after.height) == (400, 600)
    assert preview.preparation.rotation_degrees == 90
    before, after = pixels(preview.before), pixels(preview.after)
    assert before.shape == (400, 600, 3)
    assert near(before[10, 10], GREEN)
    ys, xs = np.nonzero(np.abs(after.astype(int) - GREEN).max(axis=2) < 40)
    centre = np.array([xs.mean() + 0.5, ys.mean() + 0.5, 1.0])
    x, y, w = np.array(preview.to_source).reshape(3, 3) @ centre
    assert (x / w, y / w) == pytest.approx((100, 100), abs=3)  # the middle of the square, in pixels of the source


def test_what_reading_found_is_what_the_preview_shows(light: LightProcess, page: PageRef) -> None:
    known = Preparation(rotation_degrees=180, skew_degrees=2.5)
    shown = light.preview(page, ScanOptions(), 400, known=known).preparation
    assert (shown.rotation_degrees, shown.skew_degrees) == (180, 2.5)
    by_hand = light.preview(page, ScanOptions(PrepareOptions(rotation_degrees=0, skew_degrees=-1.0)), 400, known=known)
    assert (by_hand.preparation.rotation_degrees, by_hand.preparation.skew_degrees) == (0, -1.0)


def test_one_receipt_of_a_page_is_shown_by_itself(light: LightProcess, page: PageRef) -> None:
    """A region of the source, its measures and what is known of it all count in pixels of the source page."""
    region: Quad = ((0.0, 0.0), (400.0, 0.0), (400.0, 200.0), (0.0, 200.0))
    known = Preparation(rotation_degrees=90)
    preview = light.preview(page, ScanOptions(PrepareOptions(remove_seals=False)), 600, region, known)
    assert pixels(preview.before).shape == (400, 600, 3)
    assert (preview.after.width, preview.after.height) == (100, 200)
    after = pixels(preview.after)
    assert near(after[50, 50], GREEN) and near(after[150, 50], (255, 255, 255))
    x, y, w = np.array(preview.to_source).reshape(3, 3) @ (50.0, 50.0, 1.0)
    assert (x / w, y / w) == pytest.approx((100, 100), abs=3)


def test_the_picture_before_comes_once(light: LightProcess, page: PageRef, tmp_path: Path) -> None:
    first = light.preview(page, ScanOptions(), 300)
    again = light.preview(page, ScanOptions(PrepareOptions(skew_degrees=3.0)), 300, has_before=first.before_key)
    assert first.before is not None and again.before is None
    assert again.before_key == first.before_key
    larger = light.preview(page, ScanOptions(), 500, has_before=first.before_key)
    assert larger.before is not None and larger.before.width == 500
    other = light.preview(page, ScanOptions(), 300, has_before=larger.before_key)
    assert other.before is not None  # kept by the child, but not what the asker says it has
    fresh = LightProcess(scratch_root=tmp_path)
    try:
        assert fresh.preview(page, ScanOptions(), 300, has_before=first.before_key).before is not None
    finally:
        fresh.stop()


def test_what_was_measured_once_is_not_measured_again(light: LightProcess, tmp_path: Path) -> None:
    """The strength of seal removal changes nothing of the angle, and an angle by hand nothing of what was measured."""
    image = Image.new("RGB", (900, 1200), "white")
    draw = ImageDraw.Draw(image)
    for n in range(25):
        draw.text((80, 80 + 40 * n), "TOTAL 12.90 CASH CHANGE", fill="black", font_size=28)
    image.rotate(4, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC).save(tmp_path / "askew.png")
    page = PageRef(SourceFile.at(tmp_path / "askew.png"))
    first = light.preview(page, ScanOptions(), 800).preparation
    by_hand = light.preview(page, ScanOptions(PrepareOptions(skew_degrees=-3.0)), 800).preparation
    again = light.preview(page, ScanOptions(PrepareOptions(seal_strength=80)), 800).preparation
    assert first.skew_degrees == pytest.approx(4.0, abs=0.1)
    assert by_hand.skew_degrees == -3.0
    assert again.skew_degrees == first.skew_degrees


def test_seals_are_told_in_pixels_of_the_source(light: LightProcess, tmp_path: Path) -> None:
    image = Image.new("RGB", (1600, 1600), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((800, 600, 1200, 1000), outline=(220, 20, 40), width=18)
    draw.text((850, 780), "SEAL SEAL SEAL", fill=(220, 20, 40), font_size=40)
    for n in range(30):
        draw.line((100 + 20 * n, 1200, 110 + 20 * n, 1240), fill="black", width=5)
    image.save(tmp_path / "seal.png")
    preview = light.preview(PageRef(SourceFile.at(tmp_path / "seal.png")), ScanOptions(), 800)
    (seal,) = preview.preparation.seals
    middle = np.array(seal).mean(axis=0)
    assert middle == pytest.approx((1000, 800), abs=30)


def test_a_page_that_changes_is_drawn_anew(light: LightProcess, tmp_path: Path) -> None:
    file = tmp_path / "changing.png"
    page = PageRef(SourceFile.at(file))
    for colour in (RED, BLUE):
        Image.new("RGB", (60, 40), colour).save(file)
        os.utime(file, ns=(1, sum(colour) * 1_000_000_000 + colour[2]))
        assert near(
            pixels(light.preview(page, ScanOptions(PrepareOptions(remove_seals=False)), 40).before)[5, 5], colour
        )


def test_what_is_wrong_with_a_file_is_told(light: LightProcess, tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    (tmp_path / "text.png").write_text("hello, this is no picture")
    with pytest.raises(EmptyFile):
        light.thumbnail(PageRef(SourceFile.at(tmp_path / "empty.png")), 100)
    with pytest.raises(UnsupportedFormat):
        light.inspect(SourceFile.at(tmp_path / "text.png"))
    with pytest.raises(FileVanished):
        light.preview(PageRef(SourceFile.at(tmp_path / "gone.png")), ScanOptions(), 100)
    assert light.starts == 1  # none of it took the process down


def test_inspection(light: LightProcess, page: PageRef) -> None:
    info = light.inspect(page.source, Limits())
    assert (info.format, info.page_count, len(info.sha256)) == ("png", 1, 64)


@pytest.mark.parametrize("degrees", [0, 30, 90, 180, 250])
def test_a_cutout_is_upright_whatever_the_angle(degrees: float) -> None:
    """A band, red at its left end and blue at its right, above green, laid on the page at an angle."""
    page = np.full((600, 600, 3), 255, np.uint8)
    angle = math.radians(degrees)
    across = np.array([math.cos(angle), math.sin(angle)])
    down = np.array([-across[1], across[0]])
    corner = np.array([300.0, 300.0]) - 100 * across - 20 * down
    ys, xs = np.mgrid[0:600, 0:600] + 0.5
    right = (xs - corner[0]) * across[0] + (ys - corner[1]) * across[1]
    below = (xs - corner[0]) * down[0] + (ys - corner[1]) * down[1]
    inside = (right >= 0) & (right < 200) & (below >= 0) & (below < 40)
    page[inside & (below < 20) & (right < 100)] = RED[::-1]  # BGR, as pages are inside the child
    page[inside & (below < 20) & (right >= 100)] = BLUE[::-1]
    page[inside & (below >= 20)] = GREEN[::-1]
    corners = [corner, corner + 200 * across, corner + 200 * across + 40 * down, corner + 40 * down]
    quad: Quad = tuple((float(x), float(y)) for x, y in corners)  # type: ignore[assignment]
    cut = cut_out(page, quad, 1000, 400)[:, :, ::-1]
    height, width = cut.shape[:2]
    assert width / height == pytest.approx(
        228 / 44, rel=0.02
    )  # 200 x 40 with 0.35 x 40 left and right, 0.05 x 40 above and below
    for u, v, colour in ((0.2, 0.35, RED), (0.8, 0.35, BLUE), (0.5, 0.65, GREEN), (0.02, 0.5, (255, 255, 255))):
        assert near(cut[int(v * height), int(u * width)], colour)


def test_a_cutout_shows_nothing_of_the_lines_above_and_below() -> None:
    """Boxes of lines touch each other, while their print does not."""
    page = np.full((120, 400, 3), 255, np.uint8)
    for top in (10, 40, 70):
        page[top : top + 20, 50:350] = 0
    quad: Quad = ((45.0, 35.0), (355.0, 35.0), (355.0, 65.0), (45.0, 65.0))
    cut = cut_out(page, quad, 1000, 400)
    printed = (cut.mean(axis=2) < 128).any(axis=1)
    assert (np.diff(printed.astype(int)) == 1).sum() == 1
    assert not printed[0] and not printed[-1]


def test_a_cutout_keeps_within_its_measure_and_beyond_the_page_it_is_white() -> None:
    page = np.zeros((100, 100, 3), np.uint8)
    quad: Quad = ((-10.0, -10.0), (90.0, -10.0), (90.0, 10.0), (-10.0, 10.0))
    for most in ((50, 400), (1000, 20), (4000, 4000)):
        height, width = cut_out(page, quad, *most).shape[:2]
        assert width <= most[0] and height <= most[1] and width <= 3 * 114
    assert (cut_out(page, quad, 200, 200)[0, 0] == 255).all()
    point: Quad = ((5.0, 5.0),) * 4
    assert cut_out(page, point, 100, 100).size > 0  # a quad without extent


@pytest.mark.parametrize("mode", ["escaping_picture", "lying_picture", "linked_picture"])
def test_a_child_that_lies_about_a_picture_is_not_believed(mode: str, tmp_path: Path, page: PageRef) -> None:
    light = LightProcess(command=faulty(mode), scratch_root=tmp_path)
    with pytest.raises(EngineLost) as caught:
        light.thumbnail(page, 100)
    assert caught.value.cause == "bad_answer"
    light.stop()


def test_an_electronic_original_is_drawn_for_the_window(light: LightProcess, tmp_path: Path) -> None:
    file = tmp_path / "a.ofd"
    file.write_bytes(vat_ofd())
    shown = light.preview(PageRef(SourceFile.at(file)), ScanOptions(), 600)
    assert (shown.width, shown.height) == (1654, 1102)
    assert shown.preparation == Preparation()
    assert pixels(shown.before).min() < 100
