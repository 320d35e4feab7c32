"""XML invoices: drawn as a list, taken exactly, and anything else refused with a reason."""

from __future__ import annotations

import io
import time

import numpy as np
import pytest

from paddlescan.document import Limits, bounds
from paddlescan.document.pixels import PageImage
from paddlescan.errors import PaddleScanError
from paddlescan.imaging.loading import inspect_source, load_page
from tests.samples import originals
from tests.samples.ofd_writer import HEAD

LIMITS = Limits()


FILES = [originals.digital_xml(), originals.vat_xml(), originals.fiscal_xml(), originals.railway_xml()]


def load(data: bytes) -> PageImage:
    return load_page(io.BytesIO(data), "a.xml", 1, LIMITS)


def refused(data: bytes) -> str:
    codes = set()
    for look in (inspect_source, lambda file, name, limits: load_page(file, name, 1, limits)):
        with pytest.raises(PaddleScanError) as caught:
            look(io.BytesIO(data), "a.xml", LIMITS)
        assert caught.value.remedy
        codes.add(caught.value.code)
    (code,) = codes
    return code


@pytest.mark.parametrize("data", FILES)
def test_it_is_one_page_and_every_value_drawn_stands_where_it_says(data: bytes) -> None:
    info = inspect_source(io.BytesIO(data), "a.xml", LIMITS)
    assert (info.format, info.page_count) == ("xml", 1)
    page = load(data)
    assert page.original is not None
    drawn = [entry for entry in page.original.entries if entry.quad is not None]
    assert len(drawn) > 10
    for entry in drawn:
        assert entry.quad is not None
        left, top, right, bottom = (round(v) for v in bounds(entry.quad))
        assert 0 <= left < right <= page.pixels.shape[1]
        assert np.ptp(page.pixels[top:bottom, left:right]) > 100
        assert any(line.quad == entry.quad and line.text == entry.text for line in page.text)


def test_repeated_elements_are_counted() -> None:
    page = load(originals.digital_xml())
    assert page.original is not None
    amounts = {e.path: e.text for e in page.original.entries if e.path.endswith("/Amount")}
    assert amounts == {
        "EInvoice/EInvoiceData/IssuItemInformation/Amount": "300.00",
        "EInvoice/EInvoiceData/IssuItemInformation[2]/Amount": "100.00",
    }


@pytest.mark.parametrize(
    "spell",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("UTF-8", "GBK").encode("gb18030"),
        lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16"),
        lambda text: text.removeprefix(HEAD).encode(),
    ],
)
def test_every_usual_encoding(spell) -> None:  # type: ignore[no-untyped-def]
    page = load(spell(originals.digital_xml().decode()))
    assert page.original is not None
    assert originals.DIGITAL["merchant"] in {entry.text for entry in page.original.entries}


def test_a_long_list_ends_with_the_page() -> None:
    many = "".join(f"<IssuItemInformation><ItemName>{n}</ItemName></IssuItemInformation>" for n in range(900))
    page = load(originals.digital_xml(many))
    assert page.original is not None
    assert page.pixels.shape[0] <= LIMITS.pdf_max_side
    assert sum(entry.path.endswith("ItemName") for entry in page.original.entries) == 902


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><note>to all</note>',
        b'<?xml version="1.0"?><EInvoice/>',
        b'<?xml version="1.0"?><xbrl xmlns="http://www.xbrl.org/2003/instance"><a/></xbrl>',
        b"<!DOCTYPE html><html><body>EInvoice</body></html>",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"EInvoice",
    ],
)
def test_what_is_no_invoice_is_no_format_of_ours(data: bytes) -> None:
    assert refused(data) == "unsupported_format"


@pytest.mark.parametrize("trap", [originals.BILLION_LAUGHS, originals.EXTERNAL_ENTITY, originals.DEEP])
def test_traps_are_never_sprung(trap: bytes) -> None:
    begun = time.process_time()
    assert refused(trap) == "unreadable_file"
    assert time.process_time() - begun < 2


def test_cut_short_damaged_and_too_large() -> None:
    whole = originals.digital_xml()
    assert refused(whole[: len(whole) // 2]) == "truncated_file"
    assert refused(whole.replace(b"</Header>", b"</Haeder>")) == "unreadable_file"
    assert refused(whole.replace(b'encoding="UTF-8"', b'encoding="EBCDIC-9"')) == "unreadable_file"
    assert refused(whole.replace(b"<Drawer>", b"<Drawer>" + b"x" * 9_000_000)) == "too_large"


def test_letters_that_no_font_has() -> None:
    odd = "a\u202e\u0301\u200d\ufffd\ue000\U0001f9fe\U000f0000\u0e33 \u06dd\n"
    page = load(originals.digital_xml(f"<Remark>{odd * 8}</Remark>"))
    assert any("\U0001f9fe" in line.text for line in page.text)


def test_a_second_page_is_not_there() -> None:
    with pytest.raises(PaddleScanError) as caught:
        load_page(io.BytesIO(originals.digital_xml()), "a.xml", 2, LIMITS)
    assert caught.value.code == "unreadable_file"
