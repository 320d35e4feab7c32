"""QR codes and barcodes: found wherever and however they stand, and what that may cost."""

from __future__ import annotations

import time

import cv2
import numpy as np
import pytest

from paddlescan.document import Code, bounds
from paddlescan.imaging.codes import LONGEST_TEXT, MOST_CODES, codes_within, find_codes
from tests.samples.codes import DIGITAL_TEXT, VAT_TEXT, Scanned, invoice_with, put, scanned, symbol


@pytest.mark.parametrize(
    "how",
    [
        Scanned(96),
        Scanned(150, 2.0, 25),
        Scanned(200, 17.0),
        Scanned(200, 90.0),
        Scanned(200, 181.0, noise=12),
        Scanned(300, -3.0, 40, blur=1.5),
    ],
    ids=str,
)
def test_the_code_of_an_invoice_is_read_however_it_was_scanned(how: Scanned) -> None:
    text = VAT_TEXT if how.dpi < 200 else DIGITAL_TEXT
    (code,) = find_codes(scanned(invoice_with(text)[0], how))
    assert (code.text, code.symbology) == (text, "qr_code")


def test_a_code_has_its_place_on_the_page() -> None:
    page, place = invoice_with(VAT_TEXT)
    (code,) = find_codes(page)
    quiet = 4 * 170 / 41  # four modules of a version 4 code and its margins; larger versions have smaller ones
    assert all(abs(a - b) <= quiet + 2 for a, b in zip(bounds(code.quad), bounds(place), strict=True))
    large = np.asarray(cv2.resize(page, None, fx=4.5, fy=4.5, interpolation=cv2.INTER_CUBIC), np.uint8)
    assert large.shape[0] * large.shape[1] > 20_000_000, "more than codes are looked for at"
    (again,) = find_codes(large)
    for a, b in zip(bounds(again.quad), bounds(code.quad), strict=True):
        assert abs(a / 4.5 - b) < 2


def test_a_code_upside_down_begins_at_its_own_top_left() -> None:
    page, _ = invoice_with(VAT_TEXT)
    (code,) = find_codes(np.ascontiguousarray(page[::-1, ::-1]))
    _, _, right, bottom = bounds(code.quad)
    assert np.hypot(code.quad[0][0] - right, code.quad[0][1] - bottom) < 6


def test_several_codes_and_barcodes_each_once() -> None:
    page = np.full((1600, 1200, 3), 255, np.uint8)
    for n, (text, kind) in enumerate(
        (("5901234123457", "EAN13"), ("PADDLE-7", "Code128"), ("https://a.example/pay?x=1", "QRCode"))
    ):
        picture = symbol(text, 3, kind)
        page = put(put(page, picture, 60, 60 + 300 * n), picture, 660, 60 + 300 * n)
    assert {(code.symbology, code.text) for code in find_codes(page)} == {
        ("ean_13", "5901234123457"),
        ("code_128", "PADDLE-7"),
        ("qr_code", "https://a.example/pay?x=1"),
    }
    assert len(find_codes(page)) == 3


def test_chinese_text_in_a_code() -> None:
    text = "名称：杭州云栖餐饮管理有限公司"
    (code,) = find_codes(put(np.full((600, 600, 3), 255, np.uint8), symbol(text, 5), 50, 50))
    assert code.text == text


def test_no_code_no_answer_and_any_size_is_looked_at() -> None:
    assert find_codes(np.full((900, 700, 3), 255, np.uint8)) == ()
    for shape in ((1, 1, 3), (7, 900, 3), (4000, 2, 3)):
        assert find_codes(np.zeros(shape, np.uint8)) == ()
    with pytest.raises(ValueError, match="want uint8"):
        find_codes(np.zeros((10, 10), np.uint8))


def test_noise_is_no_code_and_takes_no_time() -> None:
    """What a page may cost at most: noise is the worst there is, and hostile pages are tried too."""
    noise = np.random.default_rng(3).integers(0, 256, (3000, 4000, 3), np.uint8)
    begun = time.process_time()
    assert len(find_codes(noise)) <= MOST_CODES
    assert time.process_time() - begun < 5.0


def test_a_page_full_of_codes_gives_so_many_and_no_more() -> None:
    page = np.full((1900, 1900, 3), 255, np.uint8)
    for n in range(64):
        page = put(page, symbol(f"code {n}", 5), 10 + 230 * (n % 8), 10 + 230 * (n // 8))
    begun = time.process_time()
    codes = find_codes(page)
    assert 20 < len(codes) <= MOST_CODES
    assert all(len(code.text) <= LONGEST_TEXT for code in codes)
    assert time.process_time() - begun < 5.0


def test_each_region_gets_its_own_codes() -> None:
    here = Code("a", "qr_code", ((5, 10), (25, 10), (25, 30), (5, 30)))
    there = Code("b", "qr_code", ((205, 10), (225, 10), (225, 30), (205, 30)))
    left = ((0.0, 0.0), (100.0, 5.0), (100.0, 105.0), (0.0, 100.0))
    assert codes_within((here, there), left) == (here,)
    assert codes_within((here, there), None) == (here, there)


def test_what_a_code_says_is_private() -> None:
    assert "secret" not in repr(Code("secret", "qr_code", ((0, 0), (1, 0), (1, 1), (0, 1))))
