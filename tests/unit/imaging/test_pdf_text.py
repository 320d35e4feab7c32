"""The own text of PDF pages that are written by hand."""

from __future__ import annotations

import io
import math

import numpy as np
import pypdfium2 as pdfium
import pytest

from paddlescan.document import Limits, TextLine, bounds
from paddlescan.document.pixels import PageImage
from paddlescan.imaging.loading import load_page
from paddlescan.imaging.pdf_objects import survey
from paddlescan.imaging.pdf_text import page_text
from tests.samples.pdfs import Words, picture, text_page

LIMITS = Limits(pdf_dpi=144)
RECEIPT = [Words("ACME SUPPLIES LTD", 40, 350, 16), Words("Date: 2024-03-05", 40, 320), Words("Total", 40, 60)]


def page(data: bytes, limits: Limits = LIMITS) -> PageImage:
    return load_page(io.BytesIO(data), "x", 1, limits)


def texts(data: bytes) -> list[str]:
    return [line.text for line in page(data).text]


def ink(image: PageImage, line: TextLine) -> tuple[float, float, float, float]:
    """The bounds of the dark pixels in and around a line's quad, relative to it: all near 0 for a quad that fits."""
    left, top, right, bottom = bounds(line.quad)
    room = 6
    part = image.pixels[int(top) - room : int(bottom) + room, int(left) - room : int(right) + room, 0] < 128
    rows, columns = part.nonzero()
    return (
        columns.min() - room,
        rows.min() - room,
        columns.max() + 1 + left - room - right,
        rows.max() + 1 + top - room - bottom,
    )


def test_lines_stand_where_their_ink_is() -> None:
    image = page(text_page(RECEIPT))
    assert [line.text for line in image.text] == ["ACME SUPPLIES LTD", "Date: 2024-03-05", "Total"]
    for line in image.text:
        assert (line.confidence, line.origin) == (1.0, "pdf_text")
        left, top, right, bottom = ink(image, line)
        assert abs(left) <= 3 and abs(right) <= 3
        assert 0 <= top <= 8 and -8 <= bottom <= 0
    x, y = image.text[2].quad[3]
    assert (x, y) == pytest.approx((80, 680 + 24 * 0.21), abs=3)  # the lower left corner, at twice the points


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page(turn: int) -> None:
    image = page(text_page(RECEIPT, keys=b"/Rotate %d" % turn))
    upright = {line.text: line.quad for line in page(text_page(RECEIPT)).text}
    assert sorted(line.text for line in image.text) == sorted(upright)
    height, width = image.pixels.shape[:2]
    assert (width, height) == ((800, 600) if turn != 180 else (600, 800))
    for line in image.text:
        for (x, y), (u, v) in zip(line.quad, upright[line.text], strict=True):
            wanted = {90: (800 - v, u), 180: (600 - u, 800 - v), 270: (v, 600 - u)}[turn]
            assert (x, y) == pytest.approx(wanted, abs=1.0)


@pytest.mark.parametrize(("matrix", "direction"), [("0 1 -1 0", (0, -1)), ("-1 0 0 -1", (-1, 0)), ("0 -1 1 0", (0, 1))])
def test_turned_text_on_an_upright_page(matrix: str, direction: tuple[int, int]) -> None:
    (line,) = page(text_page([Words("Sideways 42", 150, 200, matrix=matrix)])).text
    assert line.text == "Sideways 42"
    (ax, ay), (bx, by) = line.quad[:2]
    along = math.hypot(bx - ax, by - ay)
    assert ((bx - ax) / along, (by - ay) / along) == pytest.approx(direction, abs=0.01)


def test_only_what_the_crop_box_shows() -> None:
    image = page(text_page([*RECEIPT, Words("beyond", 230, 350)], keys=b"/CropBox [20 40 200 380]"))
    assert image.pixels.shape == (680, 360, 3)
    assert [line.text for line in image.text] == ["ACME SUPPLIES LTD", "Date: 2024-03-05", "Total"]
    left, top, _, _ = ink(image, image.text[1])
    assert abs(left) <= 3 and 0 <= top <= 8


def test_columns_are_apart_and_words_are_not() -> None:
    assert texts(
        text_page(
            [
                Words("Coffee", 40, 300),
                Words("12.50", 240, 300),
                Words("Total", 40, 280),
                Words("RM", 71, 280),
                Words("12.5", 40, 260),
                Words("0", 63.5, 260),
            ]
        )
    ) == ["Coffee", "12.50", "Total RM", "12.50"]


def test_text_that_is_not_seen_is_no_text() -> None:
    scan = picture(30, 40, bytes(range(0, 240, 2)) * 10)
    hidden = [
        Words("invisible", 40, 300, mode=3),
        Words("clipping only", 40, 280, mode=7),
        Words("white on white", 40, 260, colour="1 g"),
        Words("beyond the page", 400, 260),
        Words("too small to read", 40, 240, size=1),
        Words("seen", 40, 220),
        Words("lime", 40, 200, colour="0 1 0 rg"),
    ]
    assert texts(text_page(hidden)) == ["seen", "lime"]
    beneath = text_page([Words("beneath", 40, 300)], after=b"300 0 0 400 0 0 cm /I Do", pictures={"I": scan})
    assert texts(beneath) == []
    over = text_page([Words("over it", 40, 300)], before=b"q 300 0 0 400 0 0 cm /I Do Q\n", pictures={"I": scan})
    assert texts(over) == ["over it"]
    small = text_page(
        [Words("a stamp lies on this", 40, 300)], after=b"50 0 0 50 40 290 cm /I Do", pictures={"I": scan}
    )
    assert texts(small) == ["a stamp lies on this"]


def test_a_line_with_a_letter_without_a_name_is_left_out() -> None:
    odd = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >>"
    table = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF>"
        b" endcodespacerange 1 beginbfrange <41> <5A> <E041> endbfrange endcmap end end"
    )
    data = text_page([Words("ABC", 40, 300, font="G"), Words("named", 40, 280)], fonts={"G": odd}, pictures={"T": b""})
    data = data.replace(
        b"5 0 obj\n\nendobj", b"5 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj" % (len(table), table)
    )
    assert texts(data) == ["named"]


def test_letters_printed_twice_for_weight_count_once() -> None:
    assert texts(text_page([Words("Total 12", 40, 300), Words("Total 12", 40.3, 300)])) == ["Total 12"]


def test_letters_one_by_one_and_out_of_order() -> None:
    widths = {"T": 7.332, "o": 6.672, "t": 3.336, "a": 6.672, "l": 2.664}
    x, letters = 40.0, []
    for letter in "Total":
        letters.append(Words(letter, x, 300))
        x += widths[letter]
    assert texts(text_page(letters)) == ["Total"]
    assert texts(text_page(letters[::-1])) == ["Total"]


def test_a_novel_on_one_page_is_left_to_the_eyes() -> None:
    data = text_page(RECEIPT)
    assert len(page(data, Limits(pdf_max_characters=60)).text) == 3
    assert page(data, Limits(pdf_max_characters=10)).text == ()


def test_pictures_have_no_text_of_their_own() -> None:
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(file, "PNG")
    assert load_page(file, "x", 1, LIMITS).text == ()


def scanned(pixels: tuple[int, int], points: tuple[int, int] = (300, 400), more: bytes = b"") -> bytes:
    grey = np.full(pixels[::-1], 200, np.uint8).tobytes()
    drawn = b"q %d 0 0 %d 0 0 cm /I Do Q\n" % points
    return text_page([], before=drawn + more, pictures={"I": picture(*pixels, grey)}, size=points)


@pytest.mark.parametrize(
    ("pixels", "shape"),
    [
        ((600, 800), (800, 600, 3)),  # 144 dpi: as it is
        ((1200, 1600), (1600, 1200, 3)),  # 288 dpi of a small page
        ((2400, 3200), (2000, 1500, 3)),  # 576 dpi: more than recognition needs
        ((30, 40), (400, 300, 3)),  # 7 dpi
    ],
)
def test_a_scan_is_drawn_at_its_own_resolution(pixels: tuple[int, int], shape: tuple[int, int, int]) -> None:
    assert page(scanned(pixels), Limits(pdf_dpi=200)).pixels.shape == shape


def test_a_scan_of_a_large_sheet_is_drawn_at_the_usual_resolution() -> None:
    data = scanned((2483, 3509), (595, 842))  # A4 at 300 dpi
    assert page(data, Limits(pdf_dpi=200)).pixels.shape == (2339, 1653, 3)
    assert page(scanned((4000, 3000), (4000, 3000)), Limits(pdf_dpi=200)).pixels.shape == (2250, 3000, 3)


def test_a_scan_with_print_over_it_is_drawn_as_any_page() -> None:
    shape = page(scanned((600, 800), more=b"0 g 20 20 100 9 re f\n"), Limits(pdf_dpi=200)).pixels.shape
    assert shape == (1112, 834, 3)
    clipped = page(scanned((600, 800), more=b"0 0 300 400 re W n\n"), Limits(pdf_dpi=200)).pixels.shape
    assert clipped == (800, 600, 3)


def test_a_scan_in_strips_is_a_scan() -> None:
    strips = b"".join(b"q 300 0 0 10 0 %d cm /I Do Q\n" % (10 * n) for n in range(40))
    data = text_page([], before=strips, pictures={"I": picture(600, 20, bytes(12_000))})
    assert page(data).pixels.shape == (800, 600, 3)


def test_text_that_takes_too_long_is_no_text() -> None:
    """Letters heaped on one spot are compared each with each: the clock of the page ends it."""
    heap = text_page([Words(chr(65 + n % 26), 240 - 0.5 * n, 200) for n in range(400)])
    asked: list[int] = []

    def late() -> bool:
        asked.append(1)
        return len(asked) > 20

    document = pdfium.PdfDocument(io.BytesIO(heap))
    pixels = page(heap).pixels
    place = np.array([[2.0, 0, 0], [0, -2.0, pixels.shape[0]], [0, 0, 1]])
    arguments = (document[0], survey(document[0]), place, pixels, 50_000)
    assert page_text(*arguments)
    assert page_text(*arguments, late) == ()
    assert len(asked) == 22
    document.close()


def test_letters_beyond_the_page_are_not_even_looked_at() -> None:
    far = [Words("FAR", 40 + 10_000 * n, 200) for n in range(1, 50)]
    assert texts(text_page([*RECEIPT, *far])) == texts(text_page(RECEIPT))
