"""Locked files: asks for one password at a time, once for a file."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from paddlescan.document import SourceFile
from paddlescan.pipeline.passwords import Passwords
from paddlescan.store import PageRow

LOCKED = ("password_needed", "wrong_password")
"""The failures that a password mends."""


class LockedFiles(QObject):
    """A queue of locked pages, the first of which a person is being asked about."""

    ask = Signal(int, bool)  # page id, whether the password given for it was wrong

    def __init__(self, passwords: Passwords, row_of: Callable[[int], PageRow | None], parent: QObject) -> None:
        super().__init__(parent)
        self._passwords, self._row_of = passwords, row_of
        self._queue: deque[tuple[int, bool]] = deque()
        self._asking: int | None = None
        self._skipped: set[bytes] = set()

    def add(self, page_id: int, wrong: bool) -> None:
        """A page turned out to be locked."""
        source = self._source(page_id)
        if source is None or source.raw_path in self._skipped:
            return
        if wrong:
            self._passwords.forget(source)
        if page_id != self._asking and all(page != page_id for page, _ in self._queue):
            self._queue.append((page_id, wrong))
            self._next()

    def answer(self, page_id: int, password: str | None, for_all: bool = False) -> list[int]:
        """Take the answer: a password (for this file or for all that are locked now), or None to leave it locked.

        The pages to read again.
        """
        self._asking = None
        pages = [page_id]
        if password is not None and for_all:
            pages += [page for page, _ in self._queue]
            self._queue.clear()
        for page in pages:
            source = self._source(page)
            if source is not None and password is not None:
                self._passwords.give(source, password)
            elif source is not None:
                self._skipped.add(source.raw_path)
        self._next()
        return [] if password is None else pages

    def ask_again(self, page_id: int) -> None:
        """A person wants to be asked about a page that was left locked."""
        source = self._source(page_id)
        if source is not None:
            self._skipped.discard(source.raw_path)
            self.add(page_id, wrong=False)

    def clear(self) -> None:
        """Another batch is in front."""
        self._queue.clear()
        self._skipped.clear()
        self._asking = None

    def _source(self, page_id: int) -> SourceFile | None:
        row = self._row_of(page_id)
        return row.ref.source if row else None

    def _next(self) -> None:
        if self._asking is None and self._queue:
            self._asking, wrong = self._queue.popleft()
            self.ask.emit(self._asking, wrong)
