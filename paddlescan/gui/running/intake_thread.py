"""Takes files and folders into the batch, chunk by chunk, so that five thousand of them never freeze the window."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, QThread, Signal

from paddlescan.document import SourceFile
from paddlescan.document.source import printable_name
from paddlescan.errors import NothingToScan, PaddleScanError
from paddlescan.pipeline.intake import IntakeProblem, walk
from paddlescan.store import PageRow, Store

log = logging.getLogger(__name__)

CHUNK = 100
"""Files in one transaction and in one message to the window."""
LONGEST_WAIT_S = 0.25
"""A slow folder shows what it has so far after this time."""


@dataclass(frozen=True, slots=True)
class Twice:
    """A file that the batch holds already, and its pages there."""

    source: SourceFile
    pages: tuple[PageRow, ...]


class IntakeThread(QThread):
    """One drop. The object lives in the window's thread; `finished` follows when all is taken in."""

    added = Signal(int, object)  # batch, tuple[PageRow, ...]
    twice = Signal(int, object)  # batch, tuple[Twice, ...]: once, at the end
    trouble = Signal(object)  # Failure: nothing to read was found, or the rest of the drop was not taken in

    def __init__(self, store_path: Path, batch: int, paths: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store_path, self._batch, self._paths = store_path, batch, tuple(paths)

    @property
    def batch(self) -> int:
        """The batch that the files go to."""
        return self._batch

    def run(self) -> None:
        """Walk, and add what is found."""
        try:
            with Store(self._store_path) as store:
                self._take_in(store)
        except PaddleScanError as error:
            log.warning("batch %s: intake stopped: %s", self._batch, error.code)
            self.trouble.emit(error.failure)

    def _take_in(self, store: Store) -> None:
        known: dict[bytes, list[PageRow]] = {}
        for row in store.page_rows(self._batch):
            known.setdefault(row.ref.source.raw_path, []).append(row)
        fresh: set[bytes] = set()
        again: dict[bytes, Twice] = {}
        chunk: list[SourceFile] = []
        found, since = 0, monotonic()
        for item in walk(self._paths):
            if self.isInterruptionRequested():
                break
            found += 1
            if isinstance(item, IntakeProblem):
                self.added.emit(self._batch, (store.add_failed_source(self._batch, item.source, item.failure),))
            elif item.raw_path in known:
                again.setdefault(item.raw_path, Twice(item, tuple(known[item.raw_path])))
            elif item.raw_path not in fresh:
                fresh.add(item.raw_path)
                chunk.append(item)
            if chunk and (len(chunk) >= CHUNK or monotonic() - since > LONGEST_WAIT_S):
                self.added.emit(self._batch, store.add_sources(self._batch, chunk))
                chunk, since = [], monotonic()
        if chunk:
            self.added.emit(self._batch, store.add_sources(self._batch, chunk))
        log.info("batch %s: %d files taken in, %d already there", self._batch, len(fresh), len(again))
        if again:
            self.twice.emit(self._batch, tuple(again.values()))
        if not found:
            names = ", ".join(printable_name(Path(path).name) for path in self._paths[:3])
            self.trouble.emit(NothingToScan(file=names).failure)
