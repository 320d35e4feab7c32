from __future__ import annotations

import io
import math
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from paddlescan.document import Quad, TextLine
from paddlescan.errors import ExportExists, NothingToExport
from paddlescan.export import pdf_export
from paddlescan.export.pdf_export import PdfPage, write_pdf
from paddlescan.export.picture_size import jpeg_size
from paddlescan.export.text_layer import TextLayer, advance
from tests.samples import text_layer as maker

poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")
DPI = 200.0
WIDTH, HEIGHT = 800, 600


def jpeg(mode: str = "RGB", size: tuple[int, int] = (WIDTH, HEIGHT), progressive: bool = False) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, "white").save(file, "JPEG", progressive=progressive)
    return file.getvalue()


def box(left: float, top: float, width: float, height: float, degrees: float = 0.0) -> Quad:
    """A rectangle turned clockwise about its top left corner."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return (
        (left, top),
        (left + c * width, top + s * width),
        (left + c * width - s * height, top + s * width + c * height),
        (left - s * height, top + c * height),
    )


def line(text: str, quad: Quad) -> TextLine:
    return TextLine(text, 1.0, quad)


def written(tmp_path: Path, *lines: TextLine, title: str = "") -> Path:
    path = tmp_path / "out.pdf"
    assert write_pdf([PdfPage(jpeg(), DPI, lines, title)], path, overwrite=True) == 1
    return path


def words(path: Path, page: int = 1) -> dict[str, tuple[float, float, float, float]]:
    """Words that poppler finds, with their boxes in pixels of the picture."""
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(path), "-"]
    done = subprocess.run(command, check=True, capture_output=True)
    found = ElementTree.fromstring(done.stdout).iter("{http://www.w3.org/1999/xhtml}word")
    names = ("xMin", "yMin", "xMax", "yMax")
    return {w.text or "": tuple(float(w.attrib[n]) * DPI / 72 for n in names) for w in found}  # type: ignore[misc]


def found_by_pdfium(path: Path, text: str) -> tuple[float, float, float, float]:
    """The box around a text that PDFium's search finds, in pixels of the picture."""
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[0]
        shown = page.get_textpage()
        hit = shown.search(text).get_next()
        assert hit is not None, text
        boxes = [shown.get_charbox(hit[0] + n) for n in range(hit[1])]
        height = page.get_height()
    pixels = DPI / 72
    return (
        min(b[0] for b in boxes) * pixels,
        (height - max(b[3] for b in boxes)) * pixels,
        max(b[2] for b in boxes) * pixels,
        (height - min(b[1] for b in boxes)) * pixels,
    )


def test_a_line_is_found_where_it_is_printed_by_pdfium(tmp_path: Path) -> None:
    path = written(tmp_path, line("合计金额￥12.50", box(100, 200, 500, 40)), line("Total", box(300, 400, 90, 30)))
    assert found_by_pdfium(path, "Total") == pytest.approx((300, 400, 390, 430), abs=1.5)
    assert found_by_pdfium(path, "合计金额￥12.50") == pytest.approx((100, 200, 600, 240), abs=1.5)
    left, top, right, bottom = found_by_pdfium(path, "金额")
    assert (top, bottom) == pytest.approx((200, 240), abs=1.5)
    assert 190 < left < right < 380


@poppler
def test_a_line_is_found_where_it_is_printed_by_poppler(tmp_path: Path) -> None:
    path = written(tmp_path, line("合计金额￥12.50", box(100, 200, 500, 40)), line("Total due", box(300, 400, 180, 30)))
    found = words(path)
    assert found["合计金额￥12.50"] == pytest.approx((100, 200, 600, 240), abs=1.5)
    assert found["Total"][:2] == pytest.approx((300, 400), abs=1.5)
    assert found["due"][2:] == pytest.approx((480, 430), abs=1.5)


@pytest.mark.parametrize("degrees", [1.0, 2.0, 6.0, 30.0, 90.0, 180.0, -90.0])
def test_a_slanted_line_is_found_along_its_slant(tmp_path: Path, degrees: float) -> None:
    quad = box(400, 300, 240, 30, degrees)
    path = written(tmp_path, line("Coffee 12.00", quad))
    xs, ys = zip(*quad, strict=True)
    assert found_by_pdfium(path, "Coffee 12.00") == pytest.approx((min(xs), min(ys), max(xs), max(ys)), abs=8)
    ends = box(400, 300, 240, 30, degrees)[1], box(400, 300, 240, 30, degrees)[2]
    right = found_by_pdfium(path, "00")
    middle = (right[0] + right[2]) / 2, (right[1] + right[3]) / 2
    wanted = (ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2
    assert math.dist(middle, wanted) < 30


@poppler
@pytest.mark.parametrize("degrees", [0.4, 1.0, 1.5, 2.4, 90.0, 180.0, -90.0])
def test_words_of_a_slanted_line_stay_whole_for_poppler(tmp_path: Path, degrees: float) -> None:
    quad = box(400, 300, 280, 30, degrees)
    found = words(written(tmp_path, line("Coffee beans 12.00", quad)))
    assert set(found) == {"Coffee", "beans", "12.00"}
    (left, top, right, bottom), (px, py) = found["beans"], box(400, 300, 145, 15, degrees)[2]
    assert math.dist(((left + right) / 2, (top + bottom) / 2), (px, py)) < 25


@poppler
def test_characters_beyond_the_basic_plane_are_text_too(tmp_path: Path) -> None:
    path = written(tmp_path, line("𠮷野家 😀", box(100, 100, 300, 40)), line("e\u0301te\u0301", box(100, 300, 90, 40)))
    assert words(path)["𠮷野家"][:2] == pytest.approx((100, 100), abs=1.5)
    assert "😀" in words(path)
    with pypdfium2.PdfDocument(path) as pdf:
        text = pdf[0].get_textpage().get_text_bounded()
    assert "𠮷野家 😀" in text
    assert "\u00e9t\u00e9" in text


def test_what_no_text_can_hold_is_left_out(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        line("a\x00b\ud800c\ufeffd\n e", box(100, 100, 300, 40)),
        line("   ", box(100, 200, 300, 40)),
        line("flat", box(100, 300, 300, 0)),
        line("point", box(100, 400, 0, 0)),
    )
    with pypdfium2.PdfDocument(path) as pdf:
        assert pdf[0].get_textpage().get_text_bounded() == "ab?cd e"


def test_nothing_of_the_text_is_drawn(tmp_path: Path) -> None:
    path = written(tmp_path, line("INVISIBLE 看不见", box(100, 100, 500, 200)))
    with pypdfium2.PdfDocument(path) as pdf:
        drawn = pdf[0].render(scale=1).to_pil().convert("L")
    assert drawn.getextrema() == (255, 255)


def test_the_page_is_as_large_as_its_picture_on_paper(tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(written(tmp_path)) as pdf:
        assert pdf[0].get_size() == pytest.approx((WIDTH * 72 / DPI, HEIGHT * 72 / DPI), abs=0.01)


def test_what_pdf_a_wants_is_there(tmp_path: Path) -> None:
    """ISO 19005-2: 6.1.2 to 6.1.3, 6.2.2 to 6.2.4, 6.2.8, 6.2.11, 6.6.2."""
    path = written(tmp_path, line("Total 12.00 合计", box(100, 100, 300, 40)), title="合计 12.00")
    data = path.read_bytes()
    assert data.startswith(b"%PDF-1.7\n%")
    assert all(byte > 127 for byte in data[10:14])
    with pikepdf.open(path) as pdf:
        assert "/ID" in pdf.trailer
        assert not pdf.is_encrypted
        (intent,) = pdf.Root.OutputIntents
        assert (intent.S, intent.DestOutputProfile.N) == ("/GTS_PDFA1", 3)
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
        metadata = pdf.Root.Metadata
        assert "/Filter" not in metadata
        with pdf.open_metadata() as told:
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "B")
            assert told["dc:title"] == str(pdf.docinfo.Title)
            assert told["pdf:Producer"] == str(pdf.docinfo.Producer)
            assert told["xmp:CreatorTool"] == str(pdf.docinfo.Creator)
            stamp = datetime.fromisoformat(told["xmp:CreateDate"]).strftime("D:%Y%m%d%H%M%S+00'00'")
            assert stamp == str(pdf.docinfo.CreationDate) == str(pdf.docinfo.ModDate)
        page = pdf.pages[0]
        picture = page.Resources.XObject.P
        assert (picture.ColorSpace, picture.Filter) == ("/DeviceRGB", "/DCTDecode")
        assert "/Interpolate" not in picture
        font = page.Resources.Font.F
        (inner,) = font.DescendantFonts
        assert (font.Encoding, inner.CIDSystemInfo.Ordering) == ("/Identity-H", "Identity")
        assert_the_font_is_whole(font, inner)


def assert_the_font_is_whole(font: pikepdf.Object, inner: pikepdf.Object) -> None:
    """Embedded, every code with a glyph of the width that is told (6.2.11.5) and its Unicode (6.2.11.7)."""
    from fontTools.ttLib import TTFont

    program = TTFont(io.BytesIO(inner.FontDescriptor.FontFile2.read_bytes()))
    widths = [int(w) for w in inner.W[1]]
    assert int(inner.W[0]) == 1
    glyphs = inner.CIDToGIDMap.read_bytes()
    assert len(glyphs) == 2 * (len(widths) + 1)
    order = program.getGlyphOrder()
    for code, width in enumerate(widths, 1):
        glyph = int.from_bytes(glyphs[2 * code : 2 * code + 2], "big")
        assert glyph > 0
        assert program["hmtx"][order[glyph]][0] == width
    meanings = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", font.ToUnicode.read_bytes().split(b"codespace")[2])
    assert [int(code, 16) for code, _ in meanings] == list(range(1, len(widths) + 1))


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_fault(tmp_path: Path) -> None:
    path = written(tmp_path, line("Total", box(100, 100, 300, 40)), title="a")
    assert subprocess.run(["qpdf", "--check", str(path)], check=False, capture_output=True).returncode == 0


def test_many_pages_are_one_document_with_its_bookmarks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_export, "PART_PAGES", 3)
    path = tmp_path / "out.pdf"
    pages = (
        PdfPage(jpeg(), DPI, (line(f"页{n}", box(10, 10, 90, 30)),), f"咖啡 {n}" if n % 2 else "") for n in range(8)
    )
    assert write_pdf(pages, path, overwrite=False, language="zh") == 8
    with pypdfium2.PdfDocument(path) as pdf:
        assert [page.get_textpage().get_text_bounded() for page in pdf] == [f"页{n}" for n in range(8)]
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc()]
        assert marks == [(f"咖啡 {n}", n) for n in (1, 3, 5, 7)]
    assert [file.name for file in tmp_path.iterdir()] == ["out.pdf"]


def test_a_font_that_is_nearly_full_ends_a_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paddlescan.export.text_layer.MOST_CODES", 10)
    path = tmp_path / "out.pdf"
    texts = ["abcdef", "ghijkl", "abcdefghijklmnop"]
    write_pdf([PdfPage(jpeg(), DPI, (line(t, box(10, 10, 300, 30)),)) for t in texts], path, overwrite=False)
    with pypdfium2.PdfDocument(path) as pdf:
        found = [page.get_textpage().get_text_bounded() for page in pdf]
    assert found[:2] == texts[:2]
    assert found[2].startswith("abcdefghij")


def test_nothing_is_left_where_the_pages_end_in_an_error(tmp_path: Path) -> None:
    class CalledOffError(Exception):
        pass

    def pages() -> Iterator[PdfPage]:
        yield PdfPage(jpeg(), DPI)
        raise CalledOffError

    with pytest.raises(CalledOffError):
        write_pdf(pages(), tmp_path / "out.pdf", overwrite=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text are of Linux")
def test_a_folder_whose_name_is_no_text_gets_its_file_too(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    folder.mkdir()
    assert write_pdf([PdfPage(jpeg(), DPI)], folder / "out.pdf", overwrite=False) == 1
    assert [file.name for file in folder.iterdir()] == ["out.pdf"]


def test_without_a_page_there_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(NothingToExport):
        write_pdf([], tmp_path / "out.pdf", overwrite=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "out.pdf").write_bytes(b"mine")
    with pytest.raises(ExportExists):
        write_pdf([PdfPage(jpeg(), DPI)], tmp_path / "out.pdf", overwrite=False)
    assert (tmp_path / "out.pdf").read_bytes() == b"mine"


def test_only_colour_jpegs_are_taken() -> None:
    assert jpeg_size(jpeg(size=(31, 17))) == (31, 17)
    assert jpeg_size(jpeg(size=(31, 17), progressive=True)) == (31, 17)
    for wrong in (b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n" + bytes(30), jpeg("L"), jpeg()[:30]):
        with pytest.raises(ValueError, match="JPEG"):
            jpeg_size(wrong)


def test_every_width_has_its_glyph() -> None:
    for character in map(chr, range(0x20, 0x3000)):
        assert advance(character) in maker.WIDTHS


def test_what_is_embedded_is_what_the_script_makes(tmp_path: Path) -> None:
    maker.main(tmp_path)
    for made in tmp_path.iterdir():
        assert made.read_bytes() == (Path("resources/pdf") / made.name).read_bytes()


def test_an_empty_page_has_a_font_without_codes() -> None:
    with pikepdf.new() as pdf:
        layer = TextLayer()
        assert layer.content([], 100.0, 1.0) == b"BT\n3 Tr\nET\n"
        assert len(layer.font(pdf).DescendantFonts[0].W[1]) == 0
