"""Pages reduced for the screen: prepared quickly, and prepared as they are read."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from paddlescan.document import Original, Preparation, PrepareOptions, Quad
from paddlescan.document.pixels import PageImage
from paddlescan.imaging.prepare import prepare
from paddlescan.pipeline.proxies import MOST_KEPT, Proxies
from tests.samples.paper import Paper, scan, stamp

SEAL: Quad = ((536.0, 636.0), (836.0, 636.0), (836.0, 936.0), (536.0, 936.0))

SHEET: Quad = ((30.0, 60.0), (960.0, 20.0), (980.0, 1150.0), (10.0, 1120.0))


@pytest.fixture(scope="module")
def page() -> PageImage:
    paper = Paper(928, 1128)
    for n in range(20):
        paper.row(f"{n:02d} lunch for two", f"{17.5 * n:.2f}")
    picture = scan(stamp(paper.image, 650, 750, 150, "ABCDEFGHIJ", "INVOICE"), 3)
    return PageImage(np.ascontiguousarray(np.asarray(picture)[:, :, ::-1]))


def colourful(pixels: np.ndarray) -> int:
    return int((np.ptp(pixels.astype(int), axis=2) > 60).sum())


@pytest.mark.parametrize("skew", [0.0, 4.0])
@pytest.mark.parametrize("turn", [0, 270])
def test_seals_taken_off_before_the_turn_look_as_those_taken_off_after_it(
    page: PageImage, skew: float, turn: int
) -> None:
    options = PrepareOptions(skew_degrees=skew, rotation_degrees=turn)
    known = Preparation(turn, skew, seals=(SEAL,))
    read = prepare(page, options, known=known)
    shown = Proxies(page).of(max(page.pixels.shape)).prepared(options, None, known)
    assert shown.pixels.shape == read.pixels.shape
    assert shown.preparation == read.preparation
    assert shown.to_source == pytest.approx(read.to_source)
    assert colourful(prepare(page, PrepareOptions(False, False, False, False)).pixels) > 5000
    assert colourful(shown.pixels) < 100
    assert np.abs(shown.pixels.astype(int) - read.pixels).mean() < 3


@pytest.mark.parametrize("region", [None, SHEET])
def test_a_sheet_in_a_photograph_and_one_receipt_of_several_look_as_they_are_read(
    page: PageImage, region: Quad | None
) -> None:
    known = Preparation(0, 1.0, seals=(SEAL,), perspective=SHEET if region is None else None)
    read = prepare(page, PrepareOptions(), region, known)
    shown = Proxies(page).of(max(page.pixels.shape)).prepared(PrepareOptions(), region, known)
    assert shown.preparation == read.preparation
    assert shown.to_source == pytest.approx(read.to_source)
    assert np.abs(shown.pixels.astype(int) - read.pixels).mean() < 3
    assert colourful(shown.pixels) < 100


def test_seals_and_angle_are_found_once_whatever_is_set_by_hand(
    page: PageImage, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = Proxies(page).of(800)
    by_hand = proxy.prepared(PrepareOptions(skew_degrees=5.0), None, None)
    assert by_hand.preparation.skew_degrees == 5.0
    assert by_hand.preparation.seal_removed
    (seal,) = by_hand.preparation.seals
    assert np.array(seal).mean(axis=0) == pytest.approx(np.array(SEAL).mean(axis=0), abs=12)
    monkeypatch.setattr("paddlescan.imaging.prepare.find_seals", None)
    monkeypatch.setattr("paddlescan.imaging.prepare.measure_skew", None)
    kept = proxy.prepared(PrepareOptions(remove_seals=False), None, None)
    assert (kept.preparation.seals, kept.preparation.seal_removed) == (by_hand.preparation.seals, False)
    assert colourful(kept.pixels) > 2000


def test_another_strength_takes_off_more_or_less() -> None:
    image = Image.new("RGB", (600, 600), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((150, 150, 450, 450), outline=(255, 190, 195), width=14)
    draw.ellipse((180, 180, 420, 420), outline=(220, 30, 40), width=14)
    proxy = Proxies(PageImage(np.ascontiguousarray(np.asarray(image)[:, :, ::-1]))).of(600)
    known = Preparation(seals=(((150.0, 150.0), (450.0, 150.0), (450.0, 450.0), (150.0, 450.0)),))
    weak, strong = (proxy.prepared(PrepareOptions(seal_strength=n), None, known).pixels for n in (0, 100))
    assert np.ptp(weak.astype(int), axis=2).sum() > 2 * np.ptp(strong.astype(int), axis=2).sum()


def test_a_few_sizes_are_kept(page: PageImage) -> None:
    proxies = Proxies(page)
    first = proxies.of(200)
    assert proxies.of(200) is first
    keys = {proxies.of(200 + n).key for n in range(1, MOST_KEPT + 1)}
    assert len(keys | {first.key}) == MOST_KEPT + 1
    assert proxies.of(200) is not first


def test_the_drawn_page_of_an_original_is_shown_as_it_is(page: PageImage) -> None:
    drawn = PageImage(page.pixels, original=Original())
    shown = Proxies(drawn).of(max(page.pixels.shape)).prepared(PrepareOptions(), None, None)
    assert shown.preparation == Preparation()
    assert np.array_equal(shown.pixels, page.pixels)
