"""The searchable PDF: pictures of pages with their text behind them, as PDF/A-2b.

What goes in is drawn and placed already; nothing is known here of how a page is prepared (see
`pipeline.prepared_pages`). Pages come one at a time and go to files on the same disk in parts, so that memory does not
grow with the pictures; the parts are put together at the end. pikepdf (on qpdf) does all of the writing.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from paddlescan import __version__
from paddlescan.document import Language, TextLine
from paddlescan.errors import NothingToExport
from paddlescan.export.atomic import atomic_file
from paddlescan.export.leftovers import held_folder
from paddlescan.export.picture_size import jpeg_size
from paddlescan.export.text_layer import TextLayer, clean
from paddlescan.resources_dir import resource
from paddlescan.words import caption

if TYPE_CHECKING:  # loaded when a PDF is written, not when the window starts
    from pikepdf import Pdf

PART_PAGES = 100
"""Pages whose pictures are held in memory."""


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page to write."""

    jpeg: bytes = field(repr=False)
    """The picture, a JPEG in colour (three components)."""
    dpi: float
    """Pixels to an inch: how large the picture is on paper."""
    lines: tuple[TextLine, ...] = field(default=(), repr=False)
    """In reading order; quads in pixels of the picture."""
    title: str = field(default="", repr=False)
    """For the list of bookmarks; empty: none."""


def write_pdf(pages: Iterable[PdfPage], path: Path, overwrite: bool, language: Language = "en") -> int:
    """Write the pages to a PDF, whole or not at all, and return how many there are.

    The document says of itself who made it and when, that it is PDF/A-2b, and nothing of where the pages come from.
    Whatever `pages` raises passes, and no file is left. Raises ExportExists, ExportFailed, DiskFull, and
    NothingToExport where there is no page; ValueError for a picture that is no colour JPEG.
    """
    with atomic_file(path, overwrite) as file, _folder_beside(path.resolve()) as folder:
        parts = _Parts(folder)
        for page in pages:
            parts.add(page)
        if not parts.count:
            raise NothingToExport(file=path.name)
        parts.put_together(file, language)
        return parts.count


def _folder_beside(path: Path) -> AbstractContextManager[Path]:
    """A folder for the parts on the disk of the file to come; elsewhere if its name is no text, which qpdf wants."""
    try:
        path.parent.as_posix().encode("utf-8")
    except UnicodeEncodeError:
        return held_folder()
    return held_folder(path.parent)


class _Parts:
    """Some hundred pages each, written as soon as they are full."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: list[str] = []
        self._titles: list[str] = []
        self._pdf: Pdf | None = None
        self._layer = TextLayer()
        self.count = 0

    def add(self, page: PdfPage) -> None:
        from pikepdf import Name, Pdf

        if self._pdf is None:
            self._pdf, self._layer = Pdf.new(), TextLayer()
        width, height = jpeg_size(page.jpeg)
        scale = 72 / page.dpi
        picture = self._pdf.make_stream(
            page.jpeg,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=width,
            Height=height,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
        new = self._pdf.add_blank_page(page_size=(round(width * scale, 2), round(height * scale, 2)))
        drawn = f"q {width * scale:.2f} 0 0 {height * scale:.2f} 0 0 cm /P Do Q\n".encode("ascii")
        text = self._layer.content(page.lines, height * scale, scale)
        new.obj.Contents = self._pdf.make_stream(drawn + text)
        new.obj.Resources.XObject = {"/P": picture}
        self._titles.append(clean(page.title))
        self.count += 1
        if len(self._pdf.pages) >= PART_PAGES or self._layer.is_full:
            self._finish_part()

    def _finish_part(self) -> None:
        if self._pdf is None:
            return
        font = self._layer.font(self._pdf)
        for page in self._pdf.pages:
            page.obj.Resources.Font = {"/F": font}
        file = str(self._folder / f"{len(self._files)}.pdf")
        self._pdf.save(file, compress_streams=True)
        self._pdf.close()
        self._pdf = None
        self._files.append(file)

    def put_together(self, file: BinaryIO, language: Language) -> None:
        """All parts as one document; the pictures are copied from file to file as it is saved.

        That is what qpdf's own way of merging does; pages added to a `Pdf` of ours would all be held in memory.
        """
        from pikepdf import Job, ObjectStreamMode, StreamDecodeLevel

        self._finish_part()
        job = Job(["pikepdf", "--empty", "--pages", *self._files, "--", str(self._folder / "all.pdf")])
        with job.create_pdf() as pdf:
            _bookmark(pdf, self._titles)
            _describe(pdf, language, datetime.now(UTC).replace(microsecond=0))
            pdf.save(
                file,
                min_version="1.7",
                object_stream_mode=ObjectStreamMode.generate,
                stream_decode_level=StreamDecodeLevel.none,
            )


def _bookmark(pdf: Pdf, titles: list[str]) -> None:
    from pikepdf import Name, OutlineItem

    if not any(titles):
        return
    with pdf.open_outline() as outline:
        outline.root.extend(OutlineItem(title, number) for number, title in enumerate(titles) if title)
    pdf.Root.PageMode = Name.UseOutlines


def _describe(pdf: Pdf, language: Language, now: datetime) -> None:
    """What a reader and an archive want to know: PDF/A-2b (ISO 19005-2), sRGB, who wrote it and when."""
    from pikepdf import Array, Dictionary, Name, String

    profile = pdf.make_stream(resource("pdf", "srgb.icc").read_bytes(), N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name("/GTS_PDFA1"),
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    pdf.Root.Lang = String("zh-CN" if language == "zh" else "en")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    producer, title = f"PaddleScan {__version__}", caption("pdf_title", language)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        told["pdfaid:part"], told["pdfaid:conformance"] = "2", "B"
        told["dc:title"] = title
        told["pdf:Producer"] = told["xmp:CreatorTool"] = producer
        told["xmp:CreateDate"] = told["xmp:ModifyDate"] = now.isoformat()
    stamp = String(now.strftime("D:%Y%m%d%H%M%S+00'00'"))
    pdf.docinfo.Title, pdf.docinfo.Producer = String(title), String(producer)
    pdf.docinfo.Creator = String(producer)
    pdf.docinfo.CreationDate = pdf.docinfo.ModDate = stamp
