"""An export in a thread of its own, with a store of its own: the window does not wait for the disk."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import PurePath
from threading import Lock

from PySide6.QtCore import QObject, QThread, Signal

from paddlescan.document.export import ExportRow
from paddlescan.errors import ExportExists, Failure, PaddleScanError
from paddlescan.export.atomic import check_target
from paddlescan.export.csv_export import write_csv
from paddlescan.export.items_csv import write_items_csv
from paddlescan.export.json_export import write_json
from paddlescan.export.links import linked_file
from paddlescan.export.name_pattern import NamePattern
from paddlescan.export.originals import Originals
from paddlescan.export.renaming import copy_renamed, plan_copies
from paddlescan.export.report import write_report
from paddlescan.export.xlsx_export import write_xlsx
from paddlescan.gui.export.orders import Batch, Order
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.gui.unforeseen import noted
from paddlescan.pipeline.batch_facts import batch_facts
from paddlescan.pipeline.keeping import login_name
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.prepared_pages import PreparedPages, write_batch_pdf
from paddlescan.pipeline.row_pictures import RowPictures
from paddlescan.pipeline.supervisor import EngineLost
from paddlescan.store import Store

log = logging.getLogger(__name__)

_TELL_S = 0.1
"""Seconds between two words on how far it is."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was written."""

    count: int
    """Rows, pages of a PDF, or copies."""
    left_out: int = 0
    """Pages that are not in a PDF, because they could not be drawn."""
    there: int = 0
    """Copies that were in the folder already."""
    failed: tuple[tuple[str, Failure], ...] = field(default=(), repr=False)
    """Copies that could not be made: the original's own name, and why."""


class _CalledOffError(Exception):
    """The clerk called it off."""


class ExportJob(QThread):
    """Waits for edits that are being saved, then writes the file, whole or not at all. Call it off by `call_off`."""

    done = Signal(object)
    """Outcome."""
    failed = Signal(object)
    """Failure."""
    advanced = Signal(int, int)
    """How many are done, and of how many: rows, receipts, copies."""

    def __init__(self, batch: Batch, order: Order, writer: StoreWriter | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._batch, self._order, self._writer = batch, order, writer
        self._lock = Lock()
        self._process: LightProcess | None = None
        self._count, self._items, self._total, self._told = 0, 0, 0, 0.0

    def call_off(self) -> None:
        """End soon; a file that is not whole goes, copies that were made stay."""
        self.requestInterruption()
        with self._lock:
            if self._process is not None:
                self._process.kill()

    def run(self) -> None:
        """Write it."""
        try:
            if self._order.format != "rename":
                check_target(self._order.place, self._order.overwrite)  # asked before anything is read or drawn
            self._save_edits()
            with Store(self._batch.store) as store:
                outcome = self._write(store)
        except _CalledOffError:
            return
        except PaddleScanError as error:
            level = logging.INFO if isinstance(error, ExportExists) else logging.WARNING  # that is a question
            log.log(level, "an export failed: %s", error.code)
            self.failed.emit(error.failure)
        except EngineLost as lost:
            if not self.isInterruptionRequested():
                log.warning("an export failed: %s", lost.cause)
                self.failed.emit(Failure("engine_stops"))
        except Exception as error:  # noqa: BLE001 - our bug: its text may quote a receipt
            self.failed.emit(noted(log, "an export failed", error))
        else:
            log.info("exported %d as %s", outcome.count, self._order.format)
            self._note()
            self.done.emit(outcome)

    def _note(self) -> None:
        """Write down that it was exported; the file is there, whatever becomes of that."""
        with suppress(PaddleScanError), Store(self._batch.store, who=login_name()) as store:
            store.note_by_hand(self._batch.id, "exported", self._order.format)

    def _save_edits(self) -> None:
        """What the clerk has just typed belongs into the file."""
        if self._writer is not None and not self._writer.drain():
            failure = self._writer.failure()
            raise (failure or Failure("store_busy")).error()

    def _write(self, store: Store) -> Outcome:
        order, batch = self._order, self._batch
        if order.format != "rename":
            Originals(lambda: {row.ref.source.path for row in store.page_rows(batch.id)}).refuse(order.place)
        self._total = order.count(store, batch.id)
        rows = self._counted(order.rows(store, batch.id))
        match order.format:
            case "csv":
                template = order.csv_template
                write_csv(rows, order.place, order.overwrite, order.language, template=template)
            case "items":
                write_items_csv(rows, order.place, order.overwrite, order.language)
                return Outcome(self._items)
            case "json":
                write_json(rows, order.place, order.overwrite)
            case "report":
                removed = store.export_rows(batch.id, removed=True)
                facts = batch_facts(store, batch.id)
                write_report(rows, order.place, order.overwrite, order.language, facts, removed, linked_file)
            case "xlsx":
                self._workbook(rows)
            case "rename":
                return self._copies(rows)
            case _:
                return self._pdf(store)
        return Outcome(self._count)

    def _workbook(self, rows: Iterator[ExportRow]) -> None:
        order = self._order
        if not order.draws:
            write_xlsx(rows, order.place, order.overwrite, order.language, order.sheet, None, linked_file)
            return
        with self._drawing("sheet.log") as process:
            pictures = RowPictures(process, self._batch.passwords)
            write_xlsx(rows, order.place, order.overwrite, order.language, order.sheet, pictures, linked_file)

    def _pdf(self, store: Store) -> Outcome:
        order, batch = self._order, self._batch
        with self._drawing("pdf.log") as process:
            pages = PreparedPages(store, batch.id, process, batch.passwords, self._advance, only=order.only)
            report = write_batch_pdf(pages, order.place, order.overwrite, order.language)
        return Outcome(report.pages, len(report.left_out))

    def _copies(self, rows: Iterator[ExportRow]) -> Outcome:
        order = self._order
        plan = plan_copies(rows, NamePattern.of(order.pattern), order.place, order.language)
        report = copy_renamed(plan, order.place, lambda done: self._advance(done, len(plan)))
        failed = tuple((PurePath(one.source.name).name, failure) for one, failure in report.failed)
        return Outcome(report.copied, 0, report.there, failed)

    @contextmanager
    def _drawing(self, log_name: str) -> Iterator[LightProcess]:
        process = LightProcess(log_file=self._batch.logs / log_name, scratch_root=self._batch.scratch)
        with self._lock:
            self._process = process
        try:
            self._check()
            yield process
        finally:
            with self._lock:
                self._process = None
            process.stop()

    def _check(self) -> None:
        if self.isInterruptionRequested():
            raise _CalledOffError

    def _counted(self, rows: Iterator[ExportRow]) -> Iterator[ExportRow]:
        for row in rows:
            self._count += 1
            self._items += len(row.receipt.items)
            yield row
            self._advance(self._count, self._total)

    def _advance(self, done: int, total: int) -> None:
        self._check()
        now = time.monotonic()
        if now - self._told >= _TELL_S:
            self._told = now
            self.advanced.emit(done, total)
