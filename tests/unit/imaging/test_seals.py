from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import ImageDraw, ImageFont

from paddlescan.document import PrepareOptions, Quad, bounds
from paddlescan.document.pixels import PageImage
from paddlescan.imaging.prepare import prepare
from paddlescan.imaging.seal_removal import find_seals, remove_seals
from tests.samples.coloured_print import coloured_page
from tests.samples.drawn_kinds import KINDS as DRAWN
from tests.samples.seals import KINDS, printed
from tests.samples.seals import draw_seal as seal_of

from .drawing import draw_receipt, draw_seal, draw_square_seal, to_bgr

RED, BLUE, PURPLE = (50, 40, 210), (190, 70, 40), (160, 40, 130)


@pytest.fixture
def page() -> np.ndarray:
    return to_bgr(draw_receipt())


def centre(quad: Quad) -> tuple[float, float]:
    left, top, right, bottom = bounds(quad)
    return (left + right) / 2, (top + bottom) / 2


@pytest.mark.parametrize("colour", [RED, BLUE, PURPLE])
@pytest.mark.parametrize("axes", [(110, 110), (150, 95)])
def test_round_and_oval_seals_are_found(page: np.ndarray, axes: tuple[int, int], colour: tuple[int, int, int]) -> None:
    (quad,) = find_seals(draw_seal(page, (400, 500), axes, colour))
    assert centre(quad) == pytest.approx((400, 500), abs=6)
    left, top, right, bottom = bounds(quad)
    assert (right - left, bottom - top) == pytest.approx((2 * axes[0], 2 * axes[1]), abs=24)


@pytest.mark.parametrize("degrees", [0, 12, 30])
def test_square_seals_are_found_as_they_lie(page: np.ndarray, degrees: float) -> None:
    (quad,) = find_seals(draw_square_seal(page, (400, 500), 160, degrees))
    assert centre(quad) == pytest.approx((400, 500), abs=8)
    (x0, y0), (x1, y1) = quad[0], quad[1]
    assert np.degrees(np.arctan2(y0 - y1, x1 - x0)) % 90 == pytest.approx(degrees, abs=4)


def test_two_seals_make_two_quads(page: np.ndarray) -> None:
    two = draw_seal(draw_seal(page, (250, 300), (110, 110), RED), (450, 800), (150, 95), RED)
    assert {round(centre(quad)[1], -2) for quad in find_seals(two)} == {300, 800}


@pytest.mark.parametrize("colour", [RED, BLUE, PURPLE])
def test_print_under_a_seal_survives_and_the_seal_goes(page: np.ndarray, colour: tuple[int, int, int]) -> None:
    sealed = draw_seal(page, (300, 500), (150, 95), colour)
    cleaned = remove_seals(sealed, 50)
    left, top, right, bottom = (int(v) for v in bounds(find_seals(sealed)[0]))
    there = (slice(top, bottom), slice(left, right))
    before = np.abs(sealed[there].astype(int) - page[there]).mean()
    after = np.abs(cleaned[there].astype(int) - page[there]).mean()
    assert after < before / 8
    strokes = page[there].max(axis=2) < 60
    assert strokes.sum() > 500
    assert (cleaned[there].max(axis=2)[strokes] < 130).mean() > 0.98


def covered(quads: tuple[Quad, ...], shape: tuple[int, ...]) -> np.ndarray:
    mask = np.zeros(shape[:2], np.uint8)
    for quad in quads:
        cv2.fillConvexPoly(mask, np.array(quad).astype(np.int32), 1)
    return mask


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize(
    ("colour", "weight", "degrees"), [("red", 1.0, 8.0), ("blue", 0.5, -14.0), ("purple", 0.8, 5.0)]
)
def test_seals_of_every_kind_are_found_over_print(
    page: np.ndarray, kind: str, colour: str, weight: float, degrees: float
) -> None:
    seal = seal_of(page.shape[:2], kind, colour, (300, 500), 270, degrees, 3, weight)
    quads = find_seals(printed(page[..., ::-1], seal)[..., ::-1].copy())
    ink = seal.cover > 0.15
    assert (covered(quads, page.shape)[ink] > 0).mean() > 0.8


def test_a_worn_seal_and_one_cut_by_the_edge_are_found(page: np.ndarray) -> None:
    for centre_x, wear in ((350, 0.3), (20, 0.0)):
        seal = seal_of(page.shape[:2], "round", "red", (centre_x, 500), 260, 10.0, 4, 0.9, wear)
        quads = find_seals(printed(page[..., ::-1], seal)[..., ::-1].copy())
        assert (covered(quads, page.shape)[seal.cover > 0.15] > 0).mean() > 0.8, wear


def test_a_pale_seal_leaves_no_pink_ghost(page: np.ndarray) -> None:
    """The soft edges of strokes go with them: what is left of a seal on bare paper cannot be seen."""
    seal = seal_of(page.shape[:2], "round", "red", (300, 500), 240, 10.0, 3, 0.6)
    sealed = printed(page[..., ::-1], seal)[..., ::-1].copy()
    (quad,) = find_seals(sealed)
    left = np.abs(remove_seals(sealed, 50, (quad,)).astype(int) - page).max(axis=2)
    bare = (seal.cover > 0.02) & (page.min(axis=2) > 250)
    assert bare.sum() > 4000
    assert np.percentile(left[bare], 95) < 12


@pytest.mark.parametrize("seed", range(12))
def test_coloured_print_is_no_seal(seed: int) -> None:
    assert find_seals(coloured_page(seed)) == ()


@pytest.mark.parametrize(("kind", "seed"), [("taxi_receipt", 1), ("toll_receipt", 14)])
def test_a_row_printed_straight_in_a_colour_of_seals_is_none(kind: str, seed: int) -> None:
    for quad in find_seals(DRAWN[kind](seed).pixels):
        left, top, right, bottom = bounds(quad)
        assert right - left < 4 * (bottom - top), "a code or a number printed in blue or red"


def test_a_clear_ring_is_not_taken_for_a_part_of_a_frame_that_print_above_it_makes() -> None:
    page = prepare(PageImage(DRAWN["quota_invoice"](208).pixels), PrepareOptions())
    (quad,) = page.preparation.seals
    left, top, right, bottom = bounds(quad)
    assert bottom - top < 0.9 * (right - left), "an oval lying below the amount, not the amount as well"


def test_everything_outside_stays_pixel_by_pixel(page: np.ndarray) -> None:
    sealed = draw_seal(page, (300, 500), (110, 110), RED)
    cleaned = remove_seals(sealed, 50)
    changed = np.abs(cleaned.astype(int) - sealed).max(axis=2) > 0
    rows, columns = changed.nonzero()
    assert np.hypot(columns - 300, rows - 500).max() < 110 * 1.15


def test_a_page_without_seals_is_left_alone(page: np.ndarray) -> None:
    assert find_seals(page) == ()
    assert np.array_equal(remove_seals(page, 100), page)


def test_red_print_is_no_seal() -> None:
    """A serial number, form lines, a filled logo, a pen's circle: red, but no seals."""
    image = draw_receipt(1000, 1400)
    pen = ImageDraw.Draw(image)
    pen.text((60, 20), "K051971", "#d02030", ImageFont.load_default(60))
    pen.rectangle((40, 700, 960, 1100), outline="#d02030", width=4)
    pen.line((40, 800, 960, 800), "#d02030", 4)
    pen.line((400, 700, 400, 1100), "#d02030", 4)
    pen.rectangle((700, 100, 860, 260), fill="#d02030")
    pen.ellipse((600, 1150, 800, 1290), outline="#d02030", width=6)
    assert find_seals(to_bgr(image)) == ()


def test_orange_print_under_a_seal_stays() -> None:
    image = draw_receipt()
    ImageDraw.Draw(image).rectangle((300, 480, 560, 520), fill="#b06010")
    form = to_bgr(image)
    sealed = draw_seal(form, (300, 500), (150, 95), RED)
    cleaned = remove_seals(sealed, 50)
    clear = np.abs(sealed.astype(int) - form).max(axis=2) == 0
    bar = np.zeros(clear.shape, bool)
    bar[482:518, 305:440] = True
    assert np.abs(cleaned.astype(int) - form).max(axis=2)[bar & clear].mean() < 6


def test_strength_goes_from_little_to_all(page: np.ndarray) -> None:
    sealed = draw_seal(page, (300, 500), (110, 110), (150, 140, 235))
    seals = find_seals(sealed)
    left = [np.abs(remove_seals(sealed, n, seals).astype(int) - page).sum() for n in (0, 50, 100)]
    assert left[0] > left[1] >= left[2]
    with pytest.raises(ValueError, match=r"0\.\.100"):
        remove_seals(sealed, 101, seals)


def test_shaded_paper_gets_no_halo(page: np.ndarray) -> None:
    """A photograph that darkens towards one side: the cleaned ring is as dark as the paper beside it."""
    shade = np.linspace(1.0, 0.45, page.shape[0])[:, None, None]
    shaded = (page * shade).astype(np.uint8)
    sealed = draw_seal(shaded, (300, 800), (110, 110), RED)
    cleaned = remove_seals(sealed, 50)
    ring = (np.abs(sealed.astype(int) - shaded).max(axis=2) > 60) & (page.min(axis=2) > 250)
    assert ring.sum() > 1000
    assert np.abs(cleaned.astype(int) - shaded)[ring].mean() < 8


def test_a_seal_given_beyond_the_edge_is_no_trouble(page: np.ndarray) -> None:
    outside: Quad = ((-90.0, -90.0), (-20.0, -90.0), (-20.0, -20.0), (-90.0, -20.0))
    half: Quad = ((-50.0, 300.0), (60.0, 300.0), (60.0, 400.0), (-50.0, 400.0))
    assert remove_seals(page, 50, (outside, half)).shape == page.shape


@pytest.mark.slow
def test_real_seals_over_real_receipts(receipts: Path) -> None:
    """Each is found, and what is left differs less from the page before it was sealed."""
    items = json.loads((receipts / "manifest.json").read_text(encoding="utf-8"))["items"]
    sealed_items = [item for item in items if item["category"] == "seal_overlay"]
    assert len(sealed_items) >= 5
    for item in sealed_items:
        sealed = cv2.imread(str(receipts / item["path"]))
        clean = cv2.imread(str(receipts / item["gt"]["clean_path"]))
        assert find_seals(clean) == ()
        (seal,) = find_seals(sealed)
        left, top, right, bottom = (int(v) for v in bounds(seal))
        there = (slice(top, bottom), slice(left, right))
        done = remove_seals(sealed, 50, (seal,))
        before = np.abs(sealed[there].astype(int) - clean[there]).mean()
        after = np.abs(done[there].astype(int) - clean[there]).mean()
        assert after < before / 3, item["id"]
