"""What the window may ask the light process for, and in which order it is served. Without Qt."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Hashable
from dataclasses import dataclass, field
from typing import TypeVar

from paddlescan.document import PageRef, Preparation, PrepareOptions, Quad

K = TypeVar("K")
V = TypeVar("V")

MOST_CUTOUTS = 32
MOST_THUMBNAILS = 500
"""More wait than a screen can show; beyond this the oldest is dropped."""


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """A page before and after, each side at most max_side pixels."""

    page_id: int
    ref: PageRef
    options: PrepareOptions
    max_side: int
    password: str | None = field(default=None, repr=False)
    known: Preparation | None = None
    """What reading it found; used for what is not set by hand."""
    region: Quad | None = None
    """The receipt that is looked at, in pixels of the source page; None: the whole page."""


@dataclass(frozen=True, slots=True)
class ThumbnailRequest:
    """A page as it is, small; `ticket` comes back with it."""

    page_id: int
    ref: PageRef
    max_side: int
    password: str | None = field(default=None, repr=False)
    ticket: int = 0


@dataclass(frozen=True, slots=True)
class CutoutRequest:
    """The picture around a quad (source pixels); `key` comes back with it."""

    key: Hashable
    ref: PageRef
    quad: Quad
    max_width: int
    password: str | None = field(default=None, repr=False)


PictureRequest = PreviewRequest | ThumbnailRequest | CutoutRequest


class PictureQueue:
    """Cutouts first, then the newest preview (older ones are dropped), then thumbnails, the last asked for first.

    Any thread may put and cancel; one takes.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._preview: PreviewRequest | None = None
        self._cutouts: OrderedDict[Hashable, CutoutRequest] = OrderedDict()
        self._thumbnails: OrderedDict[int, ThumbnailRequest] = OrderedDict()
        self._closed = False

    def put(self, request: PictureRequest) -> None:
        """Ask for a picture; after `close` nobody listens any more."""
        with self._changed:
            match request:
                case PreviewRequest():
                    self._preview = request
                case CutoutRequest():
                    _put_last(self._cutouts, request.key, request, MOST_CUTOUTS)
                case ThumbnailRequest():
                    _put_last(self._thumbnails, request.page_id, request, MOST_THUMBNAILS)
            self._changed.notify()

    def take(self) -> PictureRequest | None:
        """The next request, waiting for one; None once the queue is closed."""
        with self._changed:
            while not self._closed:
                if self._cutouts:
                    return self._cutouts.popitem(last=False)[1]
                if self._preview is not None:
                    preview, self._preview = self._preview, None
                    return preview
                if self._thumbnails:
                    return self._thumbnails.popitem(last=True)[1]
                self._changed.wait()
            return None

    def cancel(self) -> None:
        """Nothing that still waits is wanted any more."""
        with self._changed:
            self._preview = None
            self._cutouts.clear()
            self._thumbnails.clear()

    def cancel_preview(self) -> None:
        """The preview that still waits is not wanted any more."""
        with self._changed:
            self._preview = None

    def keep_thumbnails(self, page_ids: Collection[int]) -> None:
        """Of the waiting thumbnails only these are still wanted."""
        with self._changed:
            for page_id in [p for p in self._thumbnails if p not in page_ids]:
                del self._thumbnails[page_id]

    def close(self) -> None:
        """No more requests are served."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


def _put_last(waiting: OrderedDict[K, V], key: K, value: V, most: int) -> None:
    waiting[key] = value
    waiting.move_to_end(key)
    while len(waiting) > most:
        waiting.popitem(last=False)
