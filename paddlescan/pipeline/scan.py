"""The page function: from an open file and frozen options to a frozen result.

Knows nothing of queues, windows, processes or stores; the batch, the command line and a cluster call
it, and the preview its first half. Imports the pixel libraries: for processes that decode only.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from traceback import format_tb
from typing import BinaryIO

from paddlescan.document import PageRef, PageResult, Receipt, ScanOptions, Seconds, TextLine
from paddlescan.document.pixels import PreparedPage
from paddlescan.errors import PaddleScanError
from paddlescan.extraction.extract import extract_receipt
from paddlescan.imaging.loading import load_page
from paddlescan.imaging.prepare import map_quad, prepare
from paddlescan.ocr.engine import OcrEngine

log = logging.getLogger(__name__)


def prepare_page(page: PageRef, file: BinaryIO, options: ScanOptions, password: str | None = None) -> PreparedPage:
    """The first half of `scan_page`: the page as an engine gets it.

    file: seekable, opened for reading; not closed. Raises PaddleScanError kinds for what is wrong with the file.
    """
    image = load_page(file, page.source.name, page.number, options.limits, password)
    return prepare(image, options.prepare)


def scan_page(
    page: PageRef, file: BinaryIO, engine: OcrEngine, options: ScanOptions, password: str | None = None
) -> PageResult:
    """Load, prepare, read and extract one page.

    file: seekable, opened for reading; not closed. Lines and quads of the result are in pixels of the source page.
    A blank page is not read: one receipt without lines, with the finding `blank`. page_count and sha256 are those
    of the whole file, known from inspecting it, and left at their defaults here. Raises PaddleScanError kinds for
    what is wrong with the file, MemoryError; `scan_safely` makes results of the former.
    """
    begun = time.perf_counter()
    image = load_page(file, page.source.name, page.number, options.limits, password)
    loaded = time.perf_counter()
    ready = prepare(image, options.prepare)
    prepared = time.perf_counter()
    blank = any(finding.name == "blank" for finding in ready.quality)
    found = () if blank else engine.recognise(ready.pixels)
    recognised = time.perf_counter()
    height, width = image.pixels.shape[:2]
    receipt = Receipt() if blank else extract_receipt(_on_source(found, ready), width, height)
    extracted = time.perf_counter()
    return PageResult(
        page,
        width=width,
        height=height,
        receipts=(replace(receipt, preparation=ready.preparation),),
        quality=ready.quality,
        engine=engine.info,
        seconds=Seconds(loaded - begun, prepared - loaded, recognised - prepared, extracted - recognised),
    )


def scan_safely(page: PageRef, scan: Callable[[], PageResult]) -> PageResult:
    """What `scan` returns, or a failed result. MemoryError passes: the process is spent, its supervisor replaces it."""
    try:
        return scan()
    except MemoryError:
        raise
    except PaddleScanError as error:  # the clerk's file, disk or device
        return PageResult(page, error=error.failure)
    except Exception as error:  # noqa: BLE001 our bug; its text may quote the receipt: log its type and frames only
        log.error("page %s: %s\n%s", page.id, type(error).__name__, "".join(format_tb(error.__traceback__)))
        return PageResult(page, error=PaddleScanError(file=page.source.name).failure)


def _on_source(lines: tuple[TextLine, ...], page: PreparedPage) -> tuple[TextLine, ...]:
    return tuple(replace(line, quad=map_quad(line.quad, page.to_source)) for line in lines)
