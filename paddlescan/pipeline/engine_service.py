"""What an engine process answers: hello, what a file is, what a page says."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import cv2

from paddlescan.disk import wants_room
from paddlescan.document import EngineOptions, PageResult
from paddlescan.document.pixels import PageImage
from paddlescan.errors import DiskFull, PaddleScanError
from paddlescan.errors.spent import SPENT
from paddlescan.extraction.own_patterns import use_own_patterns
from paddlescan.imaging.files import sha256_of, stamp_of
from paddlescan.imaging.loading import load_page
from paddlescan.ocr.engine import OcrEngine
from paddlescan.ocr.factory import load_engine
from paddlescan.pipeline.area import read_area
from paddlescan.pipeline.attentive import AttentiveEngine
from paddlescan.pipeline.begun_pages import BegunPages
from paddlescan.pipeline.child import log_error
from paddlescan.pipeline.jail import NO_JAIL, Jail
from paddlescan.pipeline.messages import (
    Answer,
    AreaRead,
    BeginPage,
    Begun,
    Hello,
    Inspect,
    MakePrepared,
    Prepared,
    PreparedPicture,
    ReadArea,
    ReadBegun,
    ReadTogether,
    Request,
    Scanned,
    ScanPage,
    Start,
)
from paddlescan.pipeline.scan import BegunPage, begin_page, finish_page, prepare_page, scan_safely
from paddlescan.pipeline.service import ScratchFiles, inspect, nine, open_file
from paddlescan.pipeline.sighting import Sighted

log = logging.getLogger(__name__)

KEPT_PIXELS = 24_000_000
"""A page from which a place was read is kept for the next place, unless it is larger."""


def _nobody_asks() -> None:
    """Where nothing can be asked in the midst of a page."""


class EngineService:
    """Holds the one engine of this process.

    scratch: the folder the engine may write. look_up: called between the lines of a page; answers errands by
    `answer_errand`. jail: what holds this process, to be told in the hello.
    """

    def __init__(self, scratch: Path, look_up: Callable[[], None] = _nobody_asks, jail: Jail = NO_JAIL) -> None:
        self._scratch = scratch
        self._jail = jail
        self._files = ScratchFiles(scratch)
        self._look_up = look_up
        self._engine: OcrEngine | None = None
        self._begun = BegunPages()
        self._hashed: tuple[tuple[int, ...], str] | None = None
        self._kept: tuple[tuple[object, ...], PageImage] | None = None

    def answer(self, request: Request) -> Answer:
        """Raises PaddleScanError kinds, and ValueError for a request that no engine answers."""
        match request:
            case Start(engine=options):
                self._engine = self._load(options or EngineOptions())
                return Hello(self._engine.info, self._jail)
            case Inspect():
                return inspect(request)
            case ScanPage() if self._engine is not None:
                engine = AttentiveEngine(self._engine, self._look_up)
                return Scanned(self._finish(self._begin(request, engine), engine), engine.take_found())
            case BeginPage() if self._engine is not None:
                return self._begin_one_of_several(request, AttentiveEngine(self._engine, self._look_up))
            case ReadBegun() if self._engine is not None:
                engine = AttentiveEngine(self._engine, self._look_up)
                return ReadTogether(tuple(map(_logged, self._begun.read(engine))), engine.take_found())
            case ReadArea() if self._engine is not None:
                return self._read_area(request, self._engine)
            case MakePrepared() if self._engine is not None:
                return self._prepared(request, self._engine)
        raise ValueError("no request for an engine")

    def answer_errand(self, request: Request) -> Answer:
        """As `answer`, in the midst of a page; ValueError for anything but an errand."""
        if not isinstance(request, ReadArea):
            raise ValueError("no errand")
        return self.answer(request)

    def _read_area(self, request: ReadArea, engine: OcrEngine) -> AreaRead:
        try:
            image = self._page_of(request)
            lines = read_area(image, engine, request.quad, request.options.prepare, request.seals)
        except SPENT:
            raise
        except PaddleScanError as error:  # the clerk's file or disk
            return AreaRead(failure=error.failure)
        except Exception as error:  # noqa: BLE001 our bug: an errand is always answered, or the page's answer is taken for it
            log_error("place", error)
            return AreaRead(failure=PaddleScanError(file=request.page.source.name).failure)
        log.info("page %s: a place, %d lines", request.page.id, len(lines))
        return AreaRead(lines)

    def _page_of(self, request: ReadArea) -> PageImage:
        """The page, decoded now or for the place before; a file that changed since is decoded again."""
        page, limits = request.page, request.options.limits
        with open_file(page.source) as file:
            key = (page.source.raw_path, page.number, stamp_of(file), limits)
            if self._kept is not None and self._kept[0] == key:
                return self._kept[1]
            image = load_page(file, page.source.name, page.number, limits, request.password)
        self._kept = (key, image) if image.pixels.size <= 3 * KEPT_PIXELS else None
        return image

    def _load(self, options: EngineOptions) -> OcrEngine:
        if options.patterns_dir is not None:
            use_own_patterns(Path(options.patterns_dir))
        try:
            return load_engine(options, self._scratch)
        except OSError as error:
            if wants_room(error):
                raise DiskFull(detail="temporary files") from error
            raise

    def _hash(self, file: BinaryIO) -> str | None:
        """SHA-256 of what was read, so that nobody takes it for another file of that name; once for all its pages."""
        stamp = stamp_of(file)
        if stamp is None:
            return None
        if self._hashed is None or self._hashed[0] != stamp:
            try:
                self._hashed = stamp, sha256_of(file)
            except OSError:
                return None
        return self._hashed[1]

    def _begin(self, request: ScanPage | BeginPage, engine: OcrEngine) -> BegunPage | PageResult:
        self._kept = None
        engine.begin_page()

        def begin() -> BegunPage | PageResult:
            with open_file(request.page.source) as file:
                begun = begin_page(request.page, file, engine, request.options, request.password)
                return replace(begun, sha256=self._hash(file))

        return scan_safely(request.page, begin)

    def _finish(self, begun: BegunPage | PageResult, engine: OcrEngine) -> PageResult:
        if isinstance(begun, PageResult):
            return _logged(begun)
        return _logged(scan_safely(begun.page, lambda: finish_page(begun, engine)))

    def _begin_one_of_several(self, request: BeginPage, engine: OcrEngine) -> Begun:
        """A page for which a card's memory was short already is read at once, where it was begun."""
        begun = self._begin(request, engine)
        if isinstance(begun, BegunPage) and engine.info.device == "gpu" and self._begun.keep(begun):
            return Begun(enough=self._begun.are_enough)
        return Begun(self._finish(begun, engine), runtimes=engine.take_found())

    def _prepared(self, request: MakePrepared, engine: OcrEngine) -> Prepared:
        engine.begin_page()
        with open_file(request.page.source) as file:
            image, seen = prepare_page(request.page, file, engine, request.options, request.password)
        height, width = image.pixels.shape[:2]
        pictures = tuple(self._picture(one) for one in seen.receipts)
        return Prepared(pictures, width, height, seen.quality, engine.take_found())

    def _picture(self, one: Sighted) -> PreparedPicture:
        done, data = cv2.imencode(".png", one.page.pixels, [cv2.IMWRITE_PNG_COMPRESSION, 3])
        if not done:
            raise MemoryError
        file = self._files.write(data.tobytes(), "png")
        return PreparedPicture(file, one.page.preparation, one.region, nine(one.page.to_source))


def _logged(result: PageResult) -> PageResult:
    lines = sum(len(receipt.lines) for receipt in result.receipts)
    s = result.seconds
    total = s.load + s.prepare + s.recognise + s.extract
    log.info("page %s: %s, %d lines, %.2f s", result.page.id, result.status, lines, total)
    return result
