"""The lane for pictures: a thread that owns one light process and never waits behind a batch.

The window asks and goes on; pictures come back as signals with frozen values, each with the page (or the key) that
it is for, and whoever gets one asks whether it is still wanted. Decoding happens in the child, turning its raw
pixels into a QImage in this thread.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from contextlib import suppress

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtGui import QImage

from paddlescan.document import Limits, PageRef, Preparation, PrepareOptions, Quad, ScanOptions
from paddlescan.errors import Failure, PaddleScanError
from paddlescan.gui.unforeseen import noted
from paddlescan.gui.viewer.requests import (
    CutoutRequest,
    PictureQueue,
    PictureRequest,
    PreviewRequest,
    ThumbnailRequest,
)
from paddlescan.gui.viewer.scene import Preview
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.losses import blame
from paddlescan.pipeline.messages import Picture
from paddlescan.pipeline.supervisor import EngineLost
from paddlescan.pipeline.taking import take_bytes

log = logging.getLogger(__name__)

KEPT_PREVIEWS = 6
KEPT_BYTES = 192 << 20
"""Of previews kept for going back; the newest is kept however large."""

CacheKey = tuple[int, PageRef, PrepareOptions, Preparation | None, Quad | None]


class PreviewLane(QThread):
    """Draws previews, thumbnails and cutouts. Start it once; `stop` it before the program ends.

    The object lives in the window's thread; `run` alone is elsewhere.
    """

    preview_ready = Signal(int, object)
    """page id, Preview. A smaller one that is at hand may come first, at once."""
    thumbnail_ready = Signal(int, QImage, int)
    """page id, picture, the request's ticket"""
    cutout_ready = Signal(object, QImage)
    """key, picture"""
    picture_failed = Signal(int, object)
    """page id, Failure: its preview cannot be drawn."""
    thumbnail_failed = Signal(int, object, int)
    """page id, Failure, the request's ticket"""
    cutout_failed = Signal(object, object)
    """key, Failure"""

    def __init__(
        self,
        process: Callable[[], LightProcess] = LightProcess,
        limits: Limits | None = None,
        parent: QObject | None = None,
    ) -> None:
        """process: makes the light process; say there where its log and its scratch folder lie."""
        super().__init__(parent)
        self.setObjectName("preview lane")
        self._process = process()
        self._limits = limits or Limits()
        self._queue = PictureQueue()
        self._lock = threading.Lock()  # guards _kept
        self._kept: OrderedDict[CacheKey, tuple[int, Preview]] = OrderedDict()
        self._before: tuple[str, QImage] = ("", QImage())
        """The page before, as it was drawn last, by the child's key for it: it is not sent with every move of a switch.
        Of the drawing thread alone."""

    # Asking, from the window's thread ------------------------------------------------------------

    def request_preview(
        self,
        page_id: int,
        ref: PageRef,
        prepare: PrepareOptions,
        max_side: int,
        password: str | None = None,
        known: Preparation | None = None,
        region: Quad | None = None,
    ) -> None:
        """A page, or one receipt of it, before and after; only the newest of these requests is served.

        known: what reading it found, for what is not set by hand. A preview that is kept comes before this
        returns; then the child is asked only if a larger one is wanted.
        """
        request = PreviewRequest(page_id, ref, prepare, max_side, password, known, region)
        kept = self._recall(request)
        if kept is None or kept[0] < max_side:
            self._queue.put(request)
        else:
            self._queue.cancel_preview()
        if kept is not None:
            self.preview_ready.emit(page_id, kept[1])

    def request_thumbnail(
        self, page_id: int, ref: PageRef, max_side: int, password: str | None = None, ticket: int = 0
    ) -> None:
        """A page as it is, small; the last asked for is drawn first. ticket: comes back with it."""
        self._queue.put(ThumbnailRequest(page_id, ref, max_side, password, ticket))

    def request_cutout(
        self, key: Hashable, ref: PageRef, quad: Quad, max_width: int, password: str | None = None
    ) -> None:
        """The picture around a quad of the source page, upright; before everything else. key: comes back with it."""
        self._queue.put(CutoutRequest(key, ref, quad, max_width, password))

    def cancel(self) -> None:
        """Nothing that waits is wanted any more."""
        self._queue.cancel()

    def keep_thumbnails(self, page_ids: Collection[int]) -> None:
        """Of the waiting thumbnails only these are still wanted: the others have been scrolled away."""
        self._queue.keep_thumbnails(page_ids)

    def forget(self, page_id: int) -> None:
        """The page's file has changed: keep no preview of it."""
        with self._lock:
            for key in [k for k in self._kept if k[0] == page_id]:
                del self._kept[key]

    def ask_to_stop(self) -> None:
        """End the thread and the child, also in the middle of a picture; returns at once, `finished` follows."""
        self.requestInterruption()
        self._queue.close()
        self._process.kill()

    def stop(self, wait_ms: int = 5000) -> bool:
        """End the thread and wait for it. Returns whether it has ended."""
        self.ask_to_stop()
        return self.wait(wait_ms)

    # Drawing, in this thread ---------------------------------------------------------------------

    def run(self) -> None:
        """Serve requests until asked to stop."""
        try:
            with suppress(EngineLost, PaddleScanError):  # the first request tells
                self._process.ensure_started()
            while (request := self._queue.take()) is not None:
                self._serve(request)
        finally:
            self._process.stop(grace_s=0)

    def _serve(self, request: PictureRequest) -> None:
        try:
            self._draw_twice(request)
        except PaddleScanError as error:
            self._fail(request, error.failure)
        except EngineLost as lost:
            if lost.cause != "stopped":
                self._fail(request, blame(lost, request.ref.source.name, self._process.limits.request_s))
        except Exception as error:  # noqa: BLE001  our bug: no picture is worth the thread
            noted(log, "picture", error)
            self._fail(request, PaddleScanError(file=request.ref.source.name).failure)

    def _draw_twice(self, request: PictureRequest) -> None:
        """Once more on a fresh child where this one was lost; a page that hangs is not waited for again."""
        try:
            self._draw(request)
        except EngineLost as lost:
            if lost.cause in ("stopped", "timed_out") or isinstance(request, ThumbnailRequest):
                raise
            self._draw(request)

    def _draw(self, request: PictureRequest) -> None:
        match request:
            case PreviewRequest(page_id, ref, options, max_side, password, known, region):
                scan = ScanOptions(options, self._limits)
                answer = self._process.preview(ref, scan, max_side, region, known, password, self._before[0])
                if answer.before is not None:
                    self._before = answer.before_key, _image(answer.before)
                before, after = self._before[1], _image(answer.after)
                size = answer.width, answer.height
                preview = Preview(before, after, *size, answer.to_source, answer.preparation, options, region)
                self._keep(request, preview)
                self.preview_ready.emit(page_id, preview)
            case ThumbnailRequest(page_id, ref, max_side, password, ticket):
                picture = self._process.thumbnail(ref, max_side, self._limits, password)
                self.thumbnail_ready.emit(page_id, _image(picture), ticket)
            case CutoutRequest(key, ref, quad, max_width, password):
                picture = self._process.cutout(ref, quad, max_width, limits=self._limits, password=password)
                self.cutout_ready.emit(key, _image(picture))

    def _fail(self, request: PictureRequest, failure: Failure) -> None:
        match request:
            case PreviewRequest(page_id):
                log.info("preview of page %s: %s", page_id, failure.code)
                self.picture_failed.emit(page_id, failure)
            case ThumbnailRequest(page_id, ticket=ticket):
                log.info("thumbnail of page %s: %s", page_id, failure.code)
                self.thumbnail_failed.emit(page_id, failure, ticket)
            case CutoutRequest(key):
                log.info("cutout: %s", failure.code)
                self.cutout_failed.emit(key, failure)

    # Previews at hand ----------------------------------------------------------------------------

    def _recall(self, request: PreviewRequest) -> tuple[int, Preview] | None:
        with self._lock:
            kept = self._kept.get(_key(request))
            if kept is not None:
                self._kept.move_to_end(_key(request))
            return kept

    def _keep(self, request: PreviewRequest, preview: Preview) -> None:
        with self._lock:
            key = _key(request)
            self._kept[key] = (request.max_side, preview)
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and (len(self._kept) > KEPT_PREVIEWS or self._bytes() > KEPT_BYTES):
                self._kept.popitem(last=False)

    def _bytes(self) -> int:
        """What the previews that are kept take; those of one page share the picture before."""
        pictures = (picture for _, preview in self._kept.values() for picture in (preview.before, preview.after))
        return sum({picture.cacheKey(): picture.sizeInBytes() for picture in pictures}.values())


def _key(request: PreviewRequest) -> CacheKey:
    return request.page_id, request.ref, request.options, request.known, request.region


def _image(picture: Picture) -> QImage:
    """The picture, in the format that paints fastest; its file is gone afterwards."""
    raw = take_bytes(picture.file)
    if len(raw) != picture.stride * picture.height:  # another file by now: Qt would read beyond it
        raise PaddleScanError
    image = QImage(raw, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)  # a copy: `raw` does not outlive this
