from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageOps

from paddlescan.document.pixels import Pixels
from paddlescan.imaging.quality import find_quality
from tests.samples import bad_scans

from .drawing import draw_receipt, to_bgr


@pytest.fixture(scope="module")
def receipt() -> Pixels:
    """Letters about 17 pixels high, on paper that is not quite white."""
    return bad_scans.fade(bad_scans.grey_paper(to_bgr(draw_receipt(700, 1100)), 0.93), 0.9, seed=1)


def names(pixels: Pixels) -> list[str]:
    return [finding.name for finding in find_quality(pixels)]


def details(pixels: Pixels) -> dict[str, str]:
    return {finding.name: finding.detail for finding in find_quality(pixels)}


def test_a_good_page_has_no_findings(receipt: Pixels) -> None:
    assert names(receipt) == []
    assert names(to_bgr(draw_receipt())) == []
    assert names(cv2.bitwise_not(receipt)) == []


def test_the_pixels_are_left_alone_and_must_be_a_picture(receipt: Pixels) -> None:
    before = receipt.copy()
    find_quality(receipt)
    assert np.array_equal(before, receipt)
    with pytest.raises(ValueError, match="uint8"):
        find_quality(receipt[..., 0])


@pytest.mark.parametrize(
    ("name", "mild", "bad"),
    [
        ("blurred", lambda p: bad_scans.defocus(p, 1.5), lambda p: bad_scans.defocus(p, 4.0)),
        ("blurred", lambda p: bad_scans.shake(p, 3), lambda p: bad_scans.shake(p, 11)),
        ("blurred", lambda p: bad_scans.shake(p, 3, 90), lambda p: bad_scans.shake(p, 11, 90)),
        ("small_text", lambda p: bad_scans.shrink(p, 0.5), lambda p: bad_scans.shrink(p, 0.22)),
        ("faded", lambda p: bad_scans.fade(p, 0.25), lambda p: bad_scans.fade(p, 0.05)),
        ("faded", lambda p: bad_scans.fade(p, 0.5, noise=6), lambda p: bad_scans.fade(p, 0.06, noise=4)),
        ("cut_off", lambda p: bad_scans.cut(p, "left", 0.05), lambda p: bad_scans.cut(p, "left", 0.18)),
        ("cut_off", lambda p: bad_scans.cut(p, "right", 0.02), lambda p: bad_scans.cut(p, "right", 0.4)),
        ("glare", bad_scans.grey_paper, lambda p: bad_scans.glare(bad_scans.grey_paper(p), 0.4, 0.4, 0.3)),
        ("glare", lambda p: p, lambda p: bad_scans.glare(bad_scans.grey_paper(p, 0.7), 0.3, 0.7, 0.25, 1.8)),
    ],
)
def test_what_costs_words_is_found_and_what_costs_none_is_not(
    receipt: Pixels, name: str, mild: Callable[[Pixels], Pixels], bad: Callable[[Pixels], Pixels]
) -> None:
    assert names(mild(receipt)) == []
    assert name in names(bad(receipt))


@pytest.mark.parametrize("side", ["top", "bottom"])
def test_a_row_that_the_edge_cuts_in_two_is_found(receipt: Pixels, side: str) -> None:
    kept = receipt[530:] if side == "top" else receipt[:536]  # through the middle of the row at 524
    assert details(kept) == {"cut_off": f"text runs over the edge: {side}"}


def test_pale_and_soft_print_is_faded_where_pale_and_sharp_print_can_be_read(receipt: Pixels) -> None:
    assert names(bad_scans.fade(receipt, 0.12, seed=2)) == []
    assert names(bad_scans.fade(bad_scans.defocus(receipt, 2.0), 0.12, seed=2)) == ["faded"]


def test_torn_and_perforated_edges_cut_nothing_off(receipt: Pixels) -> None:
    random = np.random.default_rng(3)
    torn, perforated = receipt.copy(), receipt.copy()
    teeth = [(x, int(random.integers(0, 16))) for x in range(0, 712, 9)]
    cv2.fillPoly(torn, [np.array([(0, 0), *teeth, (700, 0)], np.int32)], (20, 20, 20))
    for x in range(0, 700, 9):
        perforated[:9, x + 1 : x + 6] = 20
    assert (names(torn), names(perforated)) == ([], [])


def test_the_figures_are_those_of_the_page() -> None:
    page = to_bgr(draw_receipt())
    assert details(bad_scans.shrink(page, 0.22))["small_text"] == "text about 4 pixels high"
    large = cv2.resize(page, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
    assert names(large) == []
    edge = float(details(bad_scans.defocus(large, 16.0))["blurred"].split()[1])
    assert 18 < edge < 45  # 2.5 sigma, less where strokes are thinner than that


def test_a_bright_spot_that_swallows_nothing_is_no_glare(receipt: Pixels) -> None:
    assert names(bad_scans.glare(bad_scans.grey_paper(receipt), 0.95, 0.5, 0.04)) == []
    half_lit = bad_scans.grey_paper(receipt)
    half_lit[:500] = receipt[:500]
    assert names(half_lit) == []


def test_too_few_letters_are_not_judged() -> None:
    page = Image.new("RGB", (900, 1200), "white")
    page.paste(draw_receipt().crop((40, 55, 240, 90)), (300, 400))
    assert names(bad_scans.defocus(to_bgr(page), 4.0)) == []
    assert names(to_bgr(ImageOps.invert(page))) == []


@pytest.mark.slow
def test_no_real_receipt_is_asked_for_again(receipts: Path) -> None:
    folders = ("sroie/images", "chinese", "other", "seal")
    pages = [
        p for folder in folders for p in sorted((receipts / folder).iterdir()) if p.suffix in (".jpg", ".png", ".jpeg")
    ]
    assert len(pages) >= 60
    assert {p.name: found for p in pages if (found := names(cv2.imread(str(p))))} == {}


@pytest.mark.parametrize(("height", "sigma"), [(400, 4.0), (400, 6.0), (500, 6.0), (700, 9.0), (1100, 9.0)])
def test_print_that_has_run_into_blots_is_blurred(height: int, sigma: float) -> None:
    """Hardly a letter is left to measure, and a person would still say at once what is wrong."""
    page = to_bgr(draw_receipt(700, height))
    blurred = np.asarray(cv2.GaussianBlur(page, (0, 0), sigma), np.uint8)
    assert [finding.name for finding in find_quality(blurred)] == ["blurred"]
