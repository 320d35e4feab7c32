from __future__ import annotations

import pytest

from paddlescan.document import Limits
from paddlescan.document.pixels import Pixels
from paddlescan.errors import PasswordNeeded, TooManyPages, WrongPassword
from paddlescan.imaging.loading import inspect_source, load_page

from .drawing import draw_receipt, make_pdf, saved

LIMITS = Limits(pdf_dpi=72)


def dark_corner(pixels: Pixels) -> tuple[str, str]:
    """In which corner the black square lies."""
    height, width = pixels.shape[:2]
    dark = pixels[:, :, 0] < 128
    assert dark.any()
    rows, columns = dark.nonzero()
    return ("bottom" if rows.mean() > height / 2 else "top", "right" if columns.mean() > width / 2 else "left")


def test_pages_are_drawn_at_their_size() -> None:
    file = make_pdf(["", "/UserUnit 1"])
    info = inspect_source(file, "x", LIMITS)
    assert (info.format, info.page_count) == ("pdf", 2)
    pixels = load_page(file, "x", 1, LIMITS).pixels
    assert pixels.shape == (400, 300, 3)
    assert dark_corner(pixels) == ("bottom", "left")
    assert (pixels[330, 70].tolist(), pixels[10, 10].tolist()) == ([0, 0, 0], [255, 255, 255])
    assert not file.closed


@pytest.mark.parametrize(
    ("turn", "shape", "corner"),
    [
        (90, (300, 400, 3), ("top", "left")),
        (180, (400, 300, 3), ("top", "right")),
        (270, (300, 400, 3), ("bottom", "right")),
    ],
)
def test_turned_pages_stand_upright(turn: int, shape: tuple[int, int, int], corner: tuple[str, str]) -> None:
    pixels = load_page(make_pdf([f"/Rotate {turn}"]), "x", 1, LIMITS).pixels
    assert pixels.shape == shape
    assert dark_corner(pixels) == corner


def test_only_the_crop_box_is_shown() -> None:
    pixels = load_page(make_pdf(["/CropBox [0 0 150 200]"]), "x", 1, LIMITS).pixels
    assert pixels.shape == (200, 150, 3)
    assert pixels[150, 75].tolist() == [0, 0, 0]


def test_the_resolution_is_bounded_by_the_longer_side() -> None:
    limits = Limits(pdf_dpi=300, pdf_max_side=800)
    assert load_page(make_pdf([""]), "x", 1, limits).pixels.shape == (800, 600, 3)
    assert load_page(make_pdf([""]), "x", 1, Limits(pdf_dpi=144)).pixels.shape == (800, 600, 3)


def test_a_scanned_pdf_shows_its_picture() -> None:
    receipt = draw_receipt(300, 400)
    pixels = load_page(saved(receipt, "PDF", resolution=72), "x", 1, LIMITS).pixels
    assert pixels.shape == (400, 300, 3)
    assert 200 < pixels.mean() < 250


def test_a_locked_file_asks_for_its_password() -> None:
    file = make_pdf([""], password="secret", owner="boss")
    with pytest.raises(PasswordNeeded):
        inspect_source(file, "x", LIMITS)
    with pytest.raises(PasswordNeeded):
        load_page(file, "x", 1, LIMITS, "")
    with pytest.raises(WrongPassword):
        inspect_source(file, "x", LIMITS, "guess")
    for password in ("secret", "boss"):
        assert inspect_source(file, "x", LIMITS, password).page_count == 1
        assert dark_corner(load_page(file, "x", 1, LIMITS, password).pixels) == ("bottom", "left")


def test_an_owner_password_alone_asks_nothing() -> None:
    file = make_pdf([""], password="", owner="boss")
    assert inspect_source(file, "x", LIMITS).page_count == 1
    assert dark_corner(load_page(file, "x", 1, LIMITS).pixels) == ("bottom", "left")


def test_a_password_that_is_not_needed_does_no_harm() -> None:
    assert inspect_source(make_pdf([""]), "x", LIMITS, "secret").page_count == 1


def test_too_many_pages() -> None:
    with pytest.raises(TooManyPages):
        inspect_source(make_pdf([""] * 4), "x", Limits(max_pages=3))
