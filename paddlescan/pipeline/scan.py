"""The page function: from an open file and frozen options to a frozen result.

Knows nothing of queues, windows, processes or stores; the batch, the command line and a cluster call
it, and the preview its first half. Imports the pixel libraries: for processes that decode only.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from traceback import format_tb
from typing import BinaryIO, TypeVar

from paddlescan.document import Code, Original, PageRef, PageResult, ScanOptions, Seconds
from paddlescan.document.pixels import PageImage
from paddlescan.errors import PaddleScanError
from paddlescan.errors.spent import SPENT
from paddlescan.extraction.extract import extract_receipt
from paddlescan.extraction.originals import receipt_of
from paddlescan.imaging.codes import codes_within, find_codes
from paddlescan.imaging.loading import load_page
from paddlescan.ocr.engine import OcrEngine, Place
from paddlescan.pipeline.parting import Part, parts_of
from paddlescan.pipeline.reading import read_lines
from paddlescan.pipeline.sighting import Sight, sight

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BegunPage:
    """A page that is prepared, and not read yet."""

    page: PageRef
    image: PageImage
    seen: Sight
    codes: tuple[Code, ...]
    options: ScanOptions
    seconds: Seconds
    """What loading and preparing it took."""
    sha256: str | None = None
    """Of its file, where whoever opened it knows that."""

    @property
    def places(self) -> tuple[Place, ...]:
        """What is sure to be read of it; () where a PDF's own text may stand in for the reading."""
        if self.image.text:
            return ()
        return tuple((one.page.pixels, quad) for one in self.seen.receipts for quad in one.quads)


def prepare_page(
    page: PageRef, file: BinaryIO, engine: OcrEngine, options: ScanOptions, password: str | None = None
) -> tuple[PageImage, Sight]:
    """The first half of `scan_page`: the page as decoded, and its receipts as the engine gets them.

    file: seekable, opened for reading; not closed. Raises PaddleScanError kinds for what is wrong with the file.
    """
    image = load_page(file, page.source.name, page.number, options.limits, password)
    return image, sight(image, engine, options.prepare)


def scan_page(
    page: PageRef, file: BinaryIO, engine: OcrEngine, options: ScanOptions, password: str | None = None
) -> PageResult:
    """Load, prepare, read and extract one page.

    file: seekable, opened for reading; not closed. Lines and quads of the result are in pixels of the source page.
    A blank page is not read: one receipt without lines, with the finding `blank`. Nor is an electronic original, which
    says itself what it is; no engine is told for it. page_count and sha256 are those
    of the whole file, known from inspecting it, and left at their defaults here. Raises PaddleScanError kinds for
    what is wrong with the file, MemoryError; `scan_safely` makes results of the former.
    """
    begun = begin_page(page, file, engine, options, password)
    return begun if isinstance(begun, PageResult) else finish_page(begun, engine)


def begin_page(
    page: PageRef, file: BinaryIO, engine: OcrEngine, options: ScanOptions, password: str | None = None
) -> BegunPage | PageResult:
    """Load and prepare a page, as `scan_page` does; its result where nothing is to be read."""
    begun = time.perf_counter()
    image = load_page(file, page.source.name, page.number, options.limits, password)
    loaded = time.perf_counter()
    if image.original is not None:
        return _of_original(page, image, image.original, engine, options, begun)
    seen = sight(image, engine, options.prepare)
    codes = find_codes(image.pixels) if any(one.quads for one in seen.receipts) else ()
    return BegunPage(page, image, seen, codes, options, Seconds(loaded - begun, time.perf_counter() - loaded))


def finish_page(begun: BegunPage, engine: OcrEngine, seconds: float = 0.0) -> PageResult:
    """Read and extract a page that was begun. seconds: what reading it has taken before."""
    prepared = time.perf_counter()
    image, seen = begun.image, begun.seen
    read = tuple(read_lines(engine, one, image.text) for one in seen.receipts)
    recognised = time.perf_counter()
    height, width = image.pixels.shape[:2]
    parts = parts_of(
        [Part(lines, one.region, one.page.preparation) for one, lines in zip(seen.receipts, read, strict=True)],
        begun.options.prepare,
        width,
        height,
    )
    receipts = tuple(
        replace(
            extract_receipt(
                part.lines, width, height, codes=codes_within(begun.codes, part.region), quality=seen.quality
            ),
            number=number,
            count=len(parts),
            region=part.region,
            preparation=part.preparation,
        )
        for number, part in enumerate(parts, 1)
    )
    took = replace(begun.seconds, recognise=recognised - prepared + seconds, extract=time.perf_counter() - recognised)
    return PageResult(
        begun.page,
        width=width,
        height=height,
        receipts=receipts,
        quality=seen.quality,
        engine=engine.info,
        seconds=took,
        sha256=begun.sha256,
    )


def _of_original(
    page: PageRef, image: PageImage, original: Original, engine: OcrEngine, options: ScanOptions, begun: float
) -> PageResult:
    """The result of a page that is not read but told."""
    loaded = time.perf_counter()
    (seen,) = sight(image, engine, options.prepare).receipts
    prepared = time.perf_counter()
    height, width = image.pixels.shape[:2]
    receipt = replace(receipt_of(original, image.text, width, height), preparation=seen.page.preparation)
    seconds = Seconds(loaded - begun, prepared - loaded, 0.0, time.perf_counter() - prepared)
    return PageResult(page, width=width, height=height, receipts=(receipt,), seconds=seconds)


def scan_safely(page: PageRef, scan: Callable[[], T]) -> T | PageResult:
    """What `scan` returns, or a failed result. What spends the process passes; its supervisor replaces it."""
    try:
        return scan()
    except SPENT:
        raise
    except PaddleScanError as error:  # the clerk's file, disk or device
        return PageResult(page, error=error.failure)
    except Exception as error:  # noqa: BLE001 our bug; its text may quote the receipt: log its type and frames only
        log.error("page %s: %s\n%s", page.id, type(error).__name__, "".join(format_tb(error.__traceback__)))
        return PageResult(page, error=PaddleScanError(file=page.source.name).failure)
