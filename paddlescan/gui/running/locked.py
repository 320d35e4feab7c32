"""Locked files: asks for one password at a time, once for a file however many pages it has."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Signal

from paddlescan.document import SourceFile
from paddlescan.errors import LOCKED_CODES
from paddlescan.gui.page_list_model import PageListModel
from paddlescan.pipeline.passwords import Passwords


class LockedFiles(QObject):
    """A queue of locked files, each with the page by which a person is asked; about one of them a person is asked."""

    ask = Signal(int, bool)  # page id, whether the password given for its file was wrong
    read_again = Signal(int)  # page id: it failed before the password of its file was given

    def __init__(self, passwords: Passwords, pages: PageListModel, parent: QObject) -> None:
        super().__init__(parent)
        self._passwords, self._pages = passwords, pages
        self._queue: deque[tuple[bytes, int]] = deque()
        self._asking: bytes | None = None
        self._wrong: set[bytes] = set()
        self._skipped: set[bytes] = set()
        self._older: set[int] = set()
        """Pages that were being read when a password for their file was given: not with that one."""

    def add(self, page_id: int, wrong: bool) -> None:
        """A page turned out to be locked; wrong: with the password that was given for it."""
        source = self._source(page_id)
        with_an_older_one = page_id in self._older
        self._older.discard(page_id)
        if source is None or source.raw_path in self._skipped:
            return
        path = source.raw_path
        if wrong and not with_an_older_one:
            self._passwords.forget(source)
            self._wrong.add(path)
        elif self._passwords.get(source) is not None:
            self.read_again.emit(page_id)
            return
        if path != self._asking and all(path != waiting for waiting, _ in self._queue):
            self._queue.append((path, page_id))
            self._next()

    def answer(self, page_id: int, password: str | None, for_all: bool = False) -> list[int]:
        """Take the answer: a password (for this file or for all that are locked now), or None to leave it locked.

        The pages to read again: all of these files that failed for being locked.
        """
        source = self._source(page_id)
        files = {source.raw_path: source} if source is not None else {}
        self._asking = None
        if password is not None and for_all:
            others = (self._source(page) for _, page in self._queue)
            files.update((other.raw_path, other) for other in others if other is not None)
            self._queue.clear()
        self._wrong -= files.keys()
        if password is None:
            self._skipped |= files.keys()
        else:
            for file in files.values():
                self._passwords.give(file, password)
            rows = self._pages.pages()
            self._older |= {row.id for row in rows if row.state == "reading" and row.ref.source.raw_path in files}
        self._next()
        return [] if password is None else self._locked_pages(files)

    def ask_again(self, page_id: int) -> None:
        """A person wants to be asked about a page that was left locked."""
        source = self._source(page_id)
        if source is not None:
            self._skipped.discard(source.raw_path)
            self.add(page_id, wrong=False)

    def clear(self) -> None:
        """Another batch is in front."""
        self._queue.clear()
        self._wrong.clear()
        self._skipped.clear()
        self._older.clear()
        self._asking = None

    def _source(self, page_id: int) -> SourceFile | None:
        row = self._pages.page(page_id)
        return row.ref.source if row else None

    def _locked_pages(self, files: dict[bytes, SourceFile]) -> list[int]:
        return [
            row.id
            for row in self._pages.pages()
            if row.ref.source.raw_path in files and row.failure is not None and row.failure.code in LOCKED_CODES
        ]

    def _next(self) -> None:
        if self._asking is None and self._queue:
            self._asking, page_id = self._queue.popleft()
            self.ask.emit(page_id, self._asking in self._wrong)
