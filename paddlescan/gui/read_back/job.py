"""Reads an edited export and lays it beside a batch, in a thread of its own with a store of its own."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from paddlescan.errors import Failure, PaddleScanError
from paddlescan.export.read_back import read_table
from paddlescan.export.template_files import Templates
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.gui.unforeseen import noted
from paddlescan.pipeline.returning import Comparison, best_batch, compare
from paddlescan.store import BatchSummary, Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which file to lay beside which batch."""

    store: Path
    templates: Path
    """Folder of the office's own templates."""
    batch: int
    file: Path = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it."""

    comparison: Comparison
    elsewhere: BatchSummary | None = None
    """The batch that the file belongs to, where it has nothing to do with the one that was asked about."""


class _CalledOffError(Exception):
    """The window closes."""


class ReadBackJob(QThread):
    """Waits for edits that are being saved, then reads and compares. The object lives in the window's thread.

    Interrupted, it ends within some rows, and tells nothing.
    """

    done = Signal(object)
    """Answer."""
    failed = Signal(object)
    """Failure."""

    def __init__(self, asked: Asked, writer: StoreWriter | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked, self._writer = asked, writer

    def run(self) -> None:
        """Read and compare."""
        try:
            if self._writer is not None and not self._writer.drain():
                raise (self._writer.failure() or Failure("store_busy")).error()
            answer = self._compare()
        except _CalledOffError:
            return
        except PaddleScanError as error:
            log.warning("a table was not read back: %s", error.code)
            self.failed.emit(error.failure)
        except Exception as error:  # noqa: BLE001 - our bug: its text may quote a receipt
            self.failed.emit(noted(log, "a table was not read back", error))
        else:
            found = answer.comparison
            log.info("a table of %d rows: %d changes", found.rows, len(found.changes))
            self.done.emit(answer)

    def _look(self) -> None:
        if self.isInterruptionRequested():
            raise _CalledOffError

    def _compare(self) -> Answer:
        asked = self._asked
        table = read_table(asked.file, Templates(asked.templates).listed().templates, self._look)
        with Store(asked.store) as store:
            found = compare(store, asked.batch, table, self._look)
            if len(found.strangers) < found.rows or not found.rows:
                return Answer(found)
            best = best_batch(store, table, self._look)
            return Answer(found, None if best in (None, asked.batch) else store.summary(best or 0))
