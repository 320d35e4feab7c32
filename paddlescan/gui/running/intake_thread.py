"""Takes files and folders into the batch, chunk by chunk, so that five thousand of them never freeze the window."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from paddlescan.desktop.packed import packed_left
from paddlescan.document import SourceFile
from paddlescan.document.source import printable_name
from paddlescan.errors import NothingToScan, PaddleScanError
from paddlescan.gui.running.kept_drops import Drop
from paddlescan.pipeline.intake import walk
from paddlescan.pipeline.queueing import queue_all
from paddlescan.store import PageRow, Store

log = logging.getLogger(__name__)

CHUNK = 250
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
    twice = Signal(int, object)  # batch, tuple[Twice, ...]: once, at the end; not of a drop that is resumed
    trouble = Signal(object)  # Failure: nothing to read was found, or some of the drop was not taken in

    def __init__(self, store_path: Path, drop: Drop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store_path = store_path
        self.drop = drop
        self.complete = False
        """Whether all of it is taken in; to be asked once the thread has ended."""

    def run(self) -> None:
        """Walk, and add what is found."""
        try:
            with Store(self._store_path) as store:
                self._take_in(store)
        except PaddleScanError as error:
            log.warning("batch %s: intake stopped: %s", self.drop.batch, error.code)
            self.trouble.emit(error.failure)

    def _take_in(self, store: Store) -> None:
        batch, again = self.drop.batch, dict[bytes, Twice]()

        def known_before(source: SourceFile, rows: tuple[PageRow, ...]) -> None:
            again.setdefault(source.raw_path, Twice(source, rows))

        found = queue_all(
            store,
            batch,
            walk(self.drop.paths),
            chunk=CHUNK,
            longest_wait_s=LONGEST_WAIT_S,
            added=lambda rows: self.added.emit(batch, rows),
            known_before=known_before,
            should_stop=self.isInterruptionRequested,
        )
        self.complete = not self.isInterruptionRequested()
        log.info("batch %s: %d files found, %d of them there already", batch, found, len(again))
        if again and not self.drop.resumed:
            self.twice.emit(batch, tuple(again.values()))
        if self.complete:
            self._tell_what_was_left(found)

    def _tell_what_was_left(self, found: int) -> None:
        """Packed files; or that there was nothing at all to read."""
        packed = None if self.drop.resumed else packed_left(self.drop.paths, self.isInterruptionRequested)
        if packed is not None:
            self.trouble.emit(packed.failure)
        elif not found:
            names = ", ".join(printable_name(Path(path).name) for path in self.drop.paths[:3])
            self.trouble.emit(NothingToScan(file=names).failure)
