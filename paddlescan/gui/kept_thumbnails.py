"""Between the page list and the lane: small pictures that were drawn once come from the disk, the others are drawn.

A thread of its own, for the disk may be slow and the lane busy with a page. Pictures of files that a password opens
are never written.
"""

from __future__ import annotations

import queue
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QThread, Signal, Slot
from PySide6.QtGui import QImage

from paddlescan.document import PageRef, SourceFile
from paddlescan.gui.thumbnail_files import ThumbnailFiles

_MOST_ASKED = 1000
"""Pictures that are being drawn; those that were let go are never told of."""
_QUALITY = 88
_Request = tuple[int, PageRef, int, int]
_Drawn = tuple[str, QImage]


class KeptThumbnails(QThread):
    """The object lives in the window's thread; `run` alone is elsewhere. It starts with the first request."""

    found = Signal(int, QImage, int)
    """page id, picture, ticket"""
    missing = Signal(int, object, int, int)
    """page id, PageRef, longest side, ticket: it is to be drawn"""
    _named = Signal(int, str)

    def __init__(self, folder: Path, is_locked: Callable[[SourceFile], bool], parent: QObject | None = None) -> None:
        """is_locked: whether a password was given for a file."""
        super().__init__(parent)
        self.setObjectName("kept thumbnails")
        self._files, self._is_locked = ThumbnailFiles(folder), is_locked
        self._jobs: queue.SimpleQueue[_Request | _Drawn | None] = queue.SimpleQueue()
        self._keys: OrderedDict[int, str] = OrderedDict()
        """By ticket: what the picture is called that is being drawn. Of the window's thread."""
        self._closed = False
        self._named.connect(self._remember)

    @Slot(int, object, int, int)
    def request(self, page_id: int, ref: PageRef, max_side: int, ticket: int) -> None:
        """Look for a picture; `found` or `missing` follows."""
        if self._is_locked(ref.source):
            self.missing.emit(page_id, ref, max_side, ticket)
        else:
            self._give((page_id, ref, max_side, ticket))

    @Slot(int, QImage, int)
    def keep(self, _page_id: int, image: QImage, ticket: int) -> None:
        """A picture was drawn that was asked for with this ticket."""
        key = self._keys.pop(ticket, None)
        if key is not None and not image.isNull():
            self._give((key, image))

    def close(self, timeout_ms: int = 2_000) -> bool:
        """End the thread; what waits is let go. Whether it ended in time."""
        self._closed = True
        self.requestInterruption()
        self._jobs.put(None)
        return self.wait(timeout_ms) if self.isRunning() else True

    def run(self) -> None:
        """Read and write until told to end."""
        while (job := self._jobs.get()) is not None and not self.isInterruptionRequested():
            match job:
                case (page_id, ref, max_side, ticket):
                    self._look(page_id, ref, max_side, ticket)
                case (key, image):
                    self._files.put(key, _encoded(image))

    def _give(self, job: _Request | _Drawn) -> None:
        if self._closed:
            return
        self._jobs.put(job)
        if not self.isRunning():
            self.start(QThread.Priority.LowPriority)

    def _look(self, page_id: int, ref: PageRef, max_side: int, ticket: int) -> None:
        key = self._files.key_of(ref, max_side)
        data = None if key is None else self._files.get(key)
        image = QImage() if data is None else QImage.fromData(data)
        if not image.isNull() and max(image.width(), image.height()) <= max_side:
            self.found.emit(page_id, image, ticket)
            return
        if key is not None:
            self._named.emit(ticket, key)
        self.missing.emit(page_id, ref, max_side, ticket)

    @Slot(int, str)
    def _remember(self, ticket: int, key: str) -> None:
        self._keys[ticket] = key
        while len(self._keys) > _MOST_ASKED:
            self._keys.popitem(last=False)


def _encoded(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", _QUALITY)  # type: ignore[call-overload]
    return bytes(data.data())
