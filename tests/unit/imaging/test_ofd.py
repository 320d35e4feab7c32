"""OFD: drawn for show, its invoice taken from it exactly, and what is hostile refused with a reason."""

from __future__ import annotations

import io
import os
import struct
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest

from paddlescan.document import Limits, bounds
from paddlescan.document.pixels import PageImage
from paddlescan.errors import PaddleScanError
from paddlescan.imaging.codes import find_codes
from paddlescan.imaging.formats import detect_format
from paddlescan.imaging.loading import inspect_source, load_page
from tests.samples import originals
from tests.samples.codes import VAT_TEXT
from tests.samples.ofd_writer import HEAD, OFD, Page, ofd_parts, zipped

LIMITS = Limits()
PAGE = "Doc_0/Pages/Page_1/Content.xml"


def load(data: bytes, number: int = 1) -> PageImage:
    return load_page(io.BytesIO(data), "a.ofd", number, LIMITS)


def refused(data: bytes) -> str:
    """The code with which looking at a file fails, or else loading its first page."""
    codes = []
    for look in (inspect_source, lambda file, name, limits: load_page(file, name, 1, limits)):
        try:
            look(io.BytesIO(data), "a.ofd", LIMITS)
        except PaddleScanError as error:
            assert "a.ofd" in error.message
            assert error.remedy
            codes.append(error.code)
    return codes[0] if codes else ""


def texts(page: PageImage) -> list[str]:
    return ["".join(line.text.split()) for line in page.text]


def test_what_it_is_and_how_many_pages() -> None:
    for data, count in ((originals.vat_ofd(), 1), (originals.digital_ofd(), 2)):
        info = inspect_source(io.BytesIO(data), "a.ofd", LIMITS)
        assert (info.format, info.page_count) == ("ofd", count)


def test_another_zip_is_none() -> None:
    assert detect_format(io.BytesIO(zipped({"word/document.xml": "<w/>"}))) is None
    assert refused(zipped({"word/document.xml": "<w/>"})) == "unsupported_format"
    assert refused(zipped({"a.jpg": b"\xff\xd8\xff"})) == "packed_file"


def test_a_page_is_drawn_with_its_text_frame_and_picture() -> None:
    page = load(originals.vat_ofd())
    height, width = page.pixels.shape[:2]
    assert (width, height) == (round(210 / 25.4 * 200), round(140 / 25.4 * 200))
    assert {"浙江增值税电子普通发票", "58213407", "肆佰贰拾肆圆整", "¥424.00"} <= set(texts(page))
    for line in page.text:
        left, top, right, bottom = (round(v) for v in bounds(line.quad))
        assert np.ptp(page.pixels[top:bottom, left:right]) > 100, "there is ink where a line is said to be"
    (code,) = find_codes(page.pixels)
    assert code.text == VAT_TEXT
    brown = page.pixels[round(30 / 25.4 * 200), width // 2]
    assert brown.tolist() == [35, 82, 156], "the frame of the template"


def test_the_attached_invoice_and_where_its_values_stand() -> None:
    page = load(originals.vat_ofd())
    assert page.original is not None
    values = {entry.path: entry for entry in page.original.entries}
    total = values["eInvoice/TaxInclusiveTotalAmount"]
    assert total.text == "424.00"
    assert total.quad is not None
    assert next(line for line in page.text if line.text == "¥424.00").quad == total.quad
    assert values["eInvoice/Seller/SellerName"].quad != values["eInvoice/Buyer/BuyerName"].quad
    assert {line.origin for line in page.text} == {"pdf_text"}


def test_tags_alone_say_what_the_objects_hold() -> None:
    page = load(originals.vat_ofd(attach=False))
    assert page.original is not None
    values = {entry.path: entry.text for entry in page.original.entries}
    assert values["CustomTag/Seller/SellerName"] == originals.VAT["merchant"]
    assert values["CustomTag/InvoiceNo"] == "58213407"


def test_a_page_that_only_draws_is_an_original_without_entries() -> None:
    page = load(originals.drawn_ofd())
    assert page.original is not None
    assert page.original.entries == ()
    assert {line.origin for line in page.text} == {"pdf_text"}


def test_the_second_page_has_its_own_text_only() -> None:
    page = load(originals.digital_ofd(), 2)
    assert page.original is not None
    assert page.original.entries == ()
    assert texts(page) == ["备注：本页为附页，无发票数据"]
    with pytest.raises(PaddleScanError) as caught:
        load(originals.digital_ofd(), 3)
    assert caught.value.code == "unreadable_file"


def test_a_page_that_is_one_picture_is_a_scan() -> None:
    scan = np.full((300, 200, 3), 200, np.uint8)
    page = load(originals.picture_ofd(scan))
    assert page.original is None
    assert abs(int(page.pixels[50, 50, 0]) - 200) < 3


@pytest.mark.logs
def test_letters_without_a_font_are_boxes(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    from paddlescan.imaging import fonts

    with_fonts = load(originals.vat_ofd())
    monkeypatch.setattr(fonts, "_place", lambda _style: None)
    fonts.has_chinese.cache_clear()
    fonts._loaded.cache_clear()
    try:
        page = load(originals.vat_ofd())
        assert not fonts.has_chinese()
    finally:
        fonts.has_chinese.cache_clear()
        fonts._loaded.cache_clear()
    assert page.original == with_fonts.original
    assert [line.quad for line in page.text] == [line.quad for line in with_fonts.text]
    assert sum("no font" in message for message in caplog.messages) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_encodings(encoding: str) -> None:
    text = originals.vat_xml().decode().replace('encoding="UTF-8"', f'encoding="{encoding.upper()}"')
    page = load(originals.with_part("Doc_0/Attachs/original_invoice.xml", text.encode(encoding)))
    assert page.original is not None
    assert originals.VAT["merchant"] in {entry.text for entry in page.original.entries if "Seller/" in entry.path}


# What is damaged or hostile -------------------------------------------------------------------------


def test_a_file_without_its_end_is_incomplete() -> None:
    whole = originals.vat_ofd()
    assert refused(whole[:-30]) == "truncated_file"
    assert refused(whole[: len(whole) // 2]) == "truncated_file"


@pytest.mark.parametrize("part", ["OFD.xml", "Doc_0/Document.xml", PAGE])
def test_without_a_part_that_it_needs_it_is_unreadable(part: str) -> None:
    assert refused(originals.without_part(part)) == "unreadable_file"


@pytest.mark.parametrize(
    "part",
    [
        "Doc_0/PublicRes.xml",
        "Doc_0/Tpls/Tpl_0/Content.xml",
        "Doc_0/Attachs/Attachments.xml",
        "Doc_0/Tags/CustomTag.xml",
    ],
)
def test_without_others_it_is_shown_all_the_same(part: str) -> None:
    assert "58213407" in texts(load(originals.without_part(part)))


def test_ten_thousand_pages_are_too_many() -> None:
    assert refused(originals.many_pages_ofd(10_000)) == "too_many_pages"


def test_a_bomb_is_too_large() -> None:
    begun = time.process_time()
    zeros = b"<a>" + b" " * 40_000_000 + b"</a>"
    assert refused(originals.with_part(PAGE, zeros)) == "too_large"
    assert refused(originals.with_part(PAGE, b"<a>" + b"<b/>" * 300_000 + b"</a>")) == "too_large"
    assert refused(originals.with_part("Doc_0/Attachs/original_invoice.xml", zeros)) == "too_large"
    assert time.process_time() - begun < 20


def test_a_part_that_says_it_is_small_is_not_unpacked_further() -> None:
    """The size in the list of parts is a lie; what is unpacked ends there, and its checksum says that it is damaged."""
    data = bytearray(originals.with_part(PAGE, b"<a>" + b" " * 5_000_000 + b"</a>"))
    size = struct.pack("<I", 5_000_007)
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = struct.pack("<I", 100)
    assert refused(bytes(data)) == "unreadable_file"


def test_a_list_of_millions_of_parts_is_not_read() -> None:
    data = bytearray(originals.vat_ofd())
    at = data.rindex(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<I", 500_000_000)
    assert refused(bytes(data)) == "too_large"


@pytest.mark.parametrize("name", ["../../evil.xml", "Doc_0/../../evil.xml", "..\\evil.xml"])
def test_names_that_lead_out_of_the_file_are_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused(originals.with_part(name, b"x")) == "unreadable_file"
    assert list(tmp_path.rglob("*")) == []


def test_a_location_that_leads_out_of_the_file_is_refused() -> None:
    parts = ofd_parts([Page()])
    parts["OFD.xml"] = str(parts["OFD.xml"]).replace("Doc_0/Document.xml", "../../../etc/passwd")
    assert refused(zipped(parts)) == "unreadable_file"


@pytest.mark.parametrize("trap", [originals.BILLION_LAUGHS, originals.EXTERNAL_ENTITY, originals.DEEP])
@pytest.mark.parametrize("part", [PAGE, "OFD.xml", "Doc_0/Attachs/original_invoice.xml"])
def test_traps_of_xml_are_never_sprung(trap: bytes, part: str) -> None:
    code = refused(originals.with_part(part, trap))
    assert code == "unreadable_file" or (trap is originals.DEEP and "Attachs" in part and not code)


def test_a_part_that_is_locked_is_unreadable() -> None:
    data = bytearray(originals.vat_ofd())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        offset = archive.getinfo(PAGE).header_offset
    at = data.rindex(PAGE.encode()) - 46
    for flags in (offset + 6, at + 8):
        data[flags] |= 1
    assert refused(bytes(data)) == "unreadable_file"


def text(frame: str, code: str) -> str:
    return f'<ofd:TextObject ID="1" {frame}>{code}</ofd:TextObject>'


ODD_OBJECTS = (
    text('Boundary="0 0 9 9" Size="1e30"', '<ofd:TextCode X="nan" DeltaX="g 999999999 1">A</ofd:TextCode>'),
    text('Boundary="0 0 9 9" Size="3" CTM="0 0 0 0 0 0"', '<ofd:TextCode DeltaX="g g g">AB</ofd:TextCode>'),
    text('Boundary="x" Size="3"', "<ofd:TextCode>A</ofd:TextCode>") + "<ofd:TextObject/>",
    '<ofd:PathObject Boundary="0 0 9 9" Fill="true" LineWidth="1e9"><ofd:FillColor Value="1 2"/><ofd:AbbreviatedData>'
    "M 1 L Q B 9 9 A C C 5e999 L 900000 -900000</ofd:AbbreviatedData></ofd:PathObject>",
    '<ofd:ImageObject Boundary="0 0 9 9" CTM="99999 0 0 99999 0 0" ResourceID="78"/>'
    '<ofd:ImageObject Boundary="0 0 9 9" ResourceID="78"/>',
    '<ofd:PathObject Boundary="0 0 9 9" CTM="900000 0 0 900000 0 0" LineWidth="0"><ofd:AbbreviatedData>'
    "M 0 0 L 900000 -900000 L -900000 900000</ofd:AbbreviatedData></ofd:PathObject>",
    "<ofd:PageBlock>" * 40 + "</ofd:PageBlock>" * 40,
)


@pytest.mark.parametrize("objects", ODD_OBJECTS)
def test_objects_that_make_no_sense_are_drawn_as_far_as_they_do(objects: str) -> None:
    page, _ = originals.vat_page()
    page.objects.append(objects)
    parts = ofd_parts([page], pictures={"78": b"\x89PNG no picture"})
    assert "58213407" in texts(load(zipped(parts)))


def test_a_page_of_letters_without_end_is_too_large() -> None:
    page = Page()
    for n in range(60):
        page.text(5, 10 + n, "字" * 1000)
    assert refused(zipped(ofd_parts([page]))) == "too_large"


def test_large_letters_one_over_the_other_are_drawn_no_longer_than_a_page_may_take() -> None:
    page = Page()
    letters = f'<ofd:TextCode X="40" Y="80" DeltaX="g 4000 0.01">{"龘" * 4000}</ofd:TextCode>'
    page.objects.append(text('Boundary="0 0 210 140" Size="50"', letters))
    with pytest.raises(PaddleScanError) as caught:
        load_page(io.BytesIO(zipped(ofd_parts([page]))), "a.ofd", 1, Limits(max_seconds=0.5))
    assert caught.value.code == "page_timed_out"


def test_damage_anywhere_is_one_of_our_errors() -> None:
    whole = originals.vat_ofd()
    random = np.random.default_rng(5)
    for _ in range(60):
        data = bytearray(whole)
        for place in random.integers(0, len(data), 6):
            data[place] = int(random.integers(0, 256))
        try:
            load(bytes(data))
        except PaddleScanError as error:
            assert error.code in ("unreadable_file", "truncated_file", "too_large", "unsupported_format", "packed_file")


def test_a_note_is_laid_over_the_page_where_it_stands() -> None:
    page = Page()
    page.text(20, 20, "本页正文")
    parts = ofd_parts([page])
    document = str(parts["Doc_0/Document.xml"])
    listed = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>"
    parts["Doc_0/Document.xml"] = document.replace("</ofd:Document>", listed)
    parts["Doc_0/Annots/Annotations.xml"] = (
        f'{HEAD}<ofd:Annotations {OFD}><ofd:Page PageID="1"><ofd:FileLoc>Page_1/A.xml</ofd:FileLoc></ofd:Page>'
        "</ofd:Annotations>"
    )
    note = Page()
    note.text(0, 5, "已报销")
    shown, hidden = (
        f'<ofd:Annot Visible="{visible}"><ofd:Appearance Boundary="{place}">{note.objects[0]}</ofd:Appearance>'
        "</ofd:Annot>"
        for visible, place in (("true", "100 50 40 10"), ("false", "x"))
    )
    parts["Doc_0/Annots/Page_1/A.xml"] = f"{HEAD}<ofd:PageAnnot {OFD}>{shown}{hidden}</ofd:PageAnnot>"
    drawn = load(zipped(parts))
    (line,) = [line for line in drawn.text if line.text == "已报销"]
    left, _, _, bottom = bounds(line.quad)
    assert (left, bottom) == pytest.approx((100 / 25.4 * 200, (50 + 5 + 0.14 * 3.2) / 25.4 * 200), abs=1)


@pytest.mark.real_data
def test_a_real_one(receipts: Path) -> None:
    path = receipts / "nasty" / "065_1.ofd"
    with path.open("rb") as file:
        page = load_page(file, os.fspath(path.name), 1, LIMITS)
    assert page.original is not None
    assert len(page.original.entries) > 30
    (code,) = find_codes(page.pixels)
    assert code.text.startswith("01,10,"), "its code is a JBIG2 picture"
