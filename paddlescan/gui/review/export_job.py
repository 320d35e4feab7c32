"""An export in a thread of its own, with a store of its own: the window does not wait for the disk."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from traceback import format_tb
from typing import Literal

from PySide6.QtCore import QObject, QThread, Signal

from paddlescan.document import Language
from paddlescan.document.export import ExportRow
from paddlescan.errors import Failure, PaddleScanError
from paddlescan.export.csv_export import write_csv
from paddlescan.export.items_csv import write_items_csv
from paddlescan.export.json_export import write_json
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.store import Store

log = logging.getLogger(__name__)

Format = Literal["csv", "json", "items"]
"""`items`: a CSV with a row a line item."""


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What to write, and where."""

    store: Path
    batch: int
    file: Path
    format: Format
    language: Language
    """Of the header of a CSV; JSON has only one."""
    overwrite: bool


class _CalledOffError(Exception):
    """The dialog was closed."""


class ExportJob(QThread):
    """Waits for edits that are being saved, then writes the file, whole or not at all."""

    done = Signal(int)
    """How many rows were written."""
    failed = Signal(object)
    """Failure."""

    def __init__(self, order: ExportOrder, writer: StoreWriter | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order, self._writer = order, writer
        self._count = 0

    def run(self) -> None:
        """Write it."""
        try:
            self._save_edits()
            self._write()
        except _CalledOffError:
            return
        except PaddleScanError as error:
            log.warning("an export failed: %s", error.code)
            self.failed.emit(error.failure)
        except Exception as error:  # noqa: BLE001 - our bug: its text may quote a receipt
            log.error("%s\n%s", type(error).__name__, "".join(format_tb(error.__traceback__)))
            self.failed.emit(Failure("internal"))
        else:
            log.info("exported %d rows as %s", self._count, self._order.format)
            self.done.emit(self._count)

    def _save_edits(self) -> None:
        """What the clerk has just typed belongs into the file."""
        if self._writer is not None and not self._writer.drain():
            failure = self._writer.failure()
            raise (failure or Failure("store_busy")).error()

    def _write(self) -> None:
        order = self._order
        with Store(order.store) as store:
            rows = self._counted(store.export_rows(order.batch))
            match order.format:
                case "csv":
                    write_csv(rows, order.file, order.overwrite, order.language)
                case "items":
                    write_items_csv(rows, order.file, order.overwrite, order.language)
                case _:
                    write_json(rows, order.file, order.overwrite)

    def _counted(self, rows: Iterator[ExportRow]) -> Iterator[ExportRow]:
        for row in rows:
            if self.isInterruptionRequested():
                raise _CalledOffError
            self._count += 1
            yield row
