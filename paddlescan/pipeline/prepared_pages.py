"""The prepared pages of a batch as pages of a PDF, drawn one at a time by a light process.

A PDF has one page a prepared receipt, in the order of the table: that is how a clerk lays them on the desk, beside the
sheet. So a sheet of eight tickets becomes eight pages, a receipt over three pages three, and a page that could not be
read is there as it is, without text, as long as it can be drawn; what cannot is left out and told. Rows by hand have
no picture and no page. Seals are taken off where the page's own switches say so, as in the window. The text is what was
read, not what a person made of it: it lies on the print.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from paddlescan.document import (
    Language,
    Limits,
    PageRef,
    Point,
    Preparation,
    PrepareOptions,
    Quad,
    Receipt,
    SourceFile,
    TextLine,
)
from paddlescan.document.export import ReceiptPlace
from paddlescan.errors import EngineStops, Failure, FileChanged, PaddleScanError
from paddlescan.export.pdf_export import PdfPage, write_pdf
from paddlescan.imaging.files import open_source, sha256_of
from paddlescan.pipeline.encoded import taken_jpeg
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.losses import blame, try_twice
from paddlescan.pipeline.messages import Nine
from paddlescan.pipeline.passwords import Passwords
from paddlescan.pipeline.supervisor import EngineLost
from paddlescan.store import ReceiptRow, Store

DPI = 200
MOST_PIXELS = round(8.27 * DPI) * round(11.69 * DPI)
"""Of an A4 page; a long strip may be as large in area, and keeps its shape."""

Progress = Callable[[int, int], None]
"""Receipts done, and how many there are. What it raises ends the work."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A page that could not be drawn."""

    place: ReceiptPlace
    failure: Failure
    is_news: bool
    """Whether it was well when it was read; else the failure is the one in the table."""


class PreparedPages:
    """Iterate once. `left_out` is whole when the iteration ends.

    Ending from another thread: `process.kill()`, which raises EngineLost("stopped") here; from this one: an exception
    of `progress`. Raises EngineStops where no light process can be started, and what the store raises.
    """

    def __init__(
        self,
        store: Store,
        batch: int,
        process: LightProcess,
        passwords: Passwords | None = None,
        progress: Progress | None = None,
        limits: Limits | None = None,
        only: Container[int] | None = None,
    ) -> None:
        """store, process: the calling thread's own; stopping the process is the caller's. only: these receipts."""
        self._store, self._batch, self._process = store, batch, process
        self._passwords, self._progress = passwords or Passwords(), progress
        self._limits, self._only = limits or Limits(), only
        self._hashed: tuple[SourceFile, str | None] | None = None
        self.left_out: list[LeftOut] = []

    def __iter__(self) -> Iterator[PdfPage]:
        rows = pdf_rows(self._store, self._batch, self._only)
        for done, row in enumerate(rows, 1):
            yield from self._receipt(row, done)
            if self._progress is not None:
                self._progress(done, len(rows))

    def _receipt(self, row: ReceiptRow, number: int) -> Iterator[PdfPage]:
        stored = self._store.receipt(row.receipt_id)
        title = _title(stored.receipt, number)
        for later, page_id in enumerate((row.page_id or 0, *row.later_pages)):
            read = stored.read if later == 0 else self._later(page_id)
            page = self._page(page_id, read)
            if isinstance(page, PdfPage):
                yield replace(page, title=title)
                title = ""
            elif page is not None:
                place = ReceiptPlace(row.source, row.page_number + later, row.number)
                self.left_out.append(LeftOut(place, row.failure or page, row.failure is None))

    def _later(self, page_id: int) -> Receipt | None:
        """What was read on a later page of a receipt, which keeps its own reading."""
        result = self._store.page_result(page_id)
        return result.receipts[0] if result is not None and result.receipts else None

    def _page(self, page_id: int, read: Receipt | None) -> PdfPage | Failure | None:
        """A page's picture and text. None: the page is gone meanwhile."""
        row = self._store.page_row(page_id)
        if row is None:
            return None
        if row.sha256 is not None and self._hash(row.ref.source) not in (row.sha256, None):
            return FileChanged(file=row.ref.source.name).failure
        if read is None or read.preparation is None:  # never read, or an electronic original
            plain = PrepareOptions(find_regions=False, orient=False, deskew=False, remove_seals=False)
            return self._drawn(row.ref, plain, Preparation(), None, () if read is None else read.lines)
        return self._drawn(row.ref, row.prepare, read.preparation, read.region, read.lines)

    def _drawn(
        self,
        ref: PageRef,
        prepare: PrepareOptions,
        known: Preparation,
        region: Quad | None,
        lines: tuple[TextLine, ...],
    ) -> PdfPage | Failure:
        password = self._passwords.get(ref.source)

        def ask() -> tuple[bytes, Nine] | Failure:
            answer = self._process.jpeg(ref, prepare, known, MOST_PIXELS, region, self._limits, password)
            if isinstance(answer, Failure):
                return answer
            return taken_jpeg(self._process, answer, MOST_PIXELS), answer.from_source

        try:
            answer = try_twice(ask)
        except EngineLost as lost:
            if lost.cause == "stopped":
                raise
            if lost.while_starting:
                raise EngineStops from lost
            return blame(lost, ref.source.name, self._process.limits.request_s)
        if isinstance(answer, Failure):
            return answer
        jpeg, from_source = answer
        here = (line for line in lines if line.page == 0)
        placed = tuple(replace(line, quad=mapped(line.quad, from_source)) for line in here)
        return PdfPage(jpeg, DPI, placed)

    def _hash(self, source: SourceFile) -> str | None:
        """SHA-256 of a file as it is now, once for all its pages; None where it cannot be read, which drawing tells."""
        if self._hashed is None or self._hashed[0] != source:
            found = None
            with suppress(PaddleScanError, OSError), open_source(source) as file:
                found = sha256_of(file)
            self._hashed = source, found
        return self._hashed[1]


def pdf_rows(store: Store, batch: int, only: Container[int] | None = None) -> list[ReceiptRow]:
    """The receipts that have a picture, in the order of their pages in a PDF. only: of these alone."""
    rows = store.receipt_rows(batch)
    return [row for row in rows if row.page_id is not None and (only is None or row.receipt_id in only)]


def mapped(quad: Quad, matrix: Nine) -> Quad:
    """A quad where a homography puts it, corner by corner; in plain Python, for the window has no numpy."""
    a, b, c, d, e, f, g, h, i = matrix

    def corner(point: Point) -> Point:
        x, y = point
        w = g * x + h * y + i
        return (a * x + b * y + c) / w, (d * x + e * y + f) / w

    return corner(quad[0]), corner(quad[1]), corner(quad[2]), corner(quad[3])


def _title(receipt: Receipt, number: int) -> str:
    """The bookmark of a receipt: its number in the table, and what tells it from others."""
    told = (receipt.value(name) for name in ("merchant", "date", "total", "currency"))
    return " ".join([f"{number}.", *(text for text in told if text)])


@dataclass(frozen=True, slots=True)
class PdfReport:
    """What became of a batch's PDF."""

    pages: int
    left_out: tuple[LeftOut, ...]


def write_batch_pdf(pages: PreparedPages, path: Path, overwrite: bool, language: Language) -> PdfReport:
    """Draw all pages and write them, whole or not at all. Raises what `PreparedPages` and `write_pdf` raise."""
    count = write_pdf(pages, path, overwrite, language)
    return PdfReport(count, tuple(pages.left_out))
