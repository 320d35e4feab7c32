"""Makes previews in a thread of its own, with a store of its own; what the clerk asked for last is what is made."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Condition

from PySide6.QtCore import QObject, QThread, Signal

from paddlescan.document.export import ExportRow
from paddlescan.errors import PaddleScanError
from paddlescan.export.name_pattern import NamePattern
from paddlescan.export.renaming import plan_copies
from paddlescan.export.template_files import Templates
from paddlescan.export.templates import Template
from paddlescan.gui.export import preview
from paddlescan.gui.export.copies_preview import Copies, copies
from paddlescan.gui.export.orders import Batch, Order
from paddlescan.gui.left_behind import end_or_leave
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.gui.unforeseen import noted
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.prepared_pages import PreparedPages, pdf_rows
from paddlescan.pipeline.supervisor import EngineLost
from paddlescan.store import Store

log = logging.getLogger(__name__)

Preview = preview.Table | preview.Text | preview.Pages | Copies
_SAMPLE = 3
"""Receipts that are drawn to tell how large a PDF will be."""
_DRAIN_S = 0.2
"""Seconds at a time that a preview waits for edits on their way to the disk."""


class _NewerError(Exception):
    """Something else was asked for, or the dialog is closed."""


class Previewer(QThread):
    """Begin with `start`, end with `end`. Previews come by `shown`, the templates of the folder by `listed`."""

    shown = Signal(object, object)
    """Order, Preview: the first rows, and once more when all is counted."""
    refused = Signal(object, object)
    """Order, Failure: why there is no preview."""
    listed = Signal(object)
    """Listing: what templates there are, after every change."""
    kept = Signal(str)
    """The name of a template that was saved."""
    not_kept = Signal(object)
    """Failure: why a template could not be saved or deleted."""

    def __init__(self, batch: Batch, writer: StoreWriter | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._batch, self._writer = batch, writer
        self._changed = Condition()
        self._wanted: Order | None = None
        self._errands: deque[Callable[[], None]] = deque()
        self._stopping = False
        self._process: LightProcess | None = None
        self._templates = Templates(batch.templates)

    # the window's side

    def ask(self, order: Order) -> None:
        """Make this preview in place of the one before."""
        with self._changed:
            self._wanted = order
            self._interrupt()

    def list_templates(self) -> None:
        """Read the folder of templates."""
        self._do(lambda: None)

    def save(self, template: Template) -> None:
        """Keep a template."""

        def save() -> None:
            self._templates.save(template)
            self.kept.emit(template.name)

        self._do(save)

    def delete(self, name: str) -> None:
        """Forget a template."""
        self._do(lambda: self._templates.delete(name))

    def end(self) -> None:
        """Stop, whatever is being made."""
        with self._changed:
            self._stopping = True
            self._interrupt()
        end_or_leave(self)

    def _do(self, errand: Callable[[], None]) -> None:
        with self._changed:
            self._errands.append(errand)
            self._changed.notify_all()

    def _interrupt(self) -> None:
        if self._process is not None:
            self._process.kill()
        self._changed.notify_all()

    # the thread's side

    def run(self) -> None:
        """Make what is asked for until the end."""
        while (found := self._next()) is not None:
            if isinstance(found, Order):
                self._guarded(found)
            else:
                self._run_errand(found)

    def _next(self) -> Order | Callable[[], None] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or self._wanted is not None or bool(self._errands))
            if self._stopping:
                return None
            if self._errands:
                return self._errands.popleft()
            wanted, self._wanted = self._wanted, None
            return wanted

    def _run_errand(self, errand: Callable[[], None]) -> None:
        try:
            errand()
        except PaddleScanError as error:
            self.not_kept.emit(error.failure)
        self.listed.emit(self._templates.listed())

    def _guarded(self, order: Order) -> None:
        try:
            self._save_edits()
            with Store(self._batch.store) as store:
                for made in self._made(store, order):
                    self._watch()
                    self.shown.emit(order, made)
        except _NewerError:
            return
        except EngineLost:
            return  # no estimate, then
        except PaddleScanError as error:
            log.warning("no preview: %s", error.code)
            self.refused.emit(order, error.failure)
        except Exception as error:  # noqa: BLE001 - our bug: its text may quote a receipt
            self.refused.emit(order, noted(log, "no preview", error))

    def _watch(self) -> None:
        if self._stopping or self._wanted is not None:
            raise _NewerError

    def _save_edits(self) -> None:
        """What was just typed is shown; what the disk does not take is shown as it was, the export itself tells it."""
        if self._writer is not None:
            for _ in range(10):
                self._watch()
                if self._writer.drain(_DRAIN_S):
                    return

    def _made(self, store: Store, order: Order) -> Iterator[Preview]:
        rows = self._watched(order.rows(store, self._batch.id))
        match order.format:
            case "xlsx":
                yield from preview.sheet(rows, _seen(order), order.language, plain=False)
            case "csv":
                yield from preview.sheet(rows, order.sheet, order.language, plain=True)
            case "items":
                yield from preview.items(rows, order.language)
            case "json":
                yield from preview.as_json(rows)
            case "rename":
                pattern = NamePattern.of(order.pattern)
                yield copies(plan_copies(rows, pattern, order.place, order.language))
            case "report":
                removed = self._watched(store.export_rows(self._batch.id, removed=True))
                pages = store.summary(self._batch.id).pages
                yield from preview.report(rows, removed, pages, order.language)
            case _:
                yield from self._pages(store, order)

    def _watched(self, rows: Iterator[ExportRow]) -> Iterator[ExportRow]:
        for row in rows:
            self._watch()
            yield row

    def _pages(self, store: Store, order: Order) -> Iterator[preview.Pages]:
        batch = self._batch
        rows = pdf_rows(store, batch.id, order.only)
        count = sum(1 + len(row.later_pages) for row in rows)
        yield preview.Pages(count)
        step = max(1, len(rows) // _SAMPLE)
        sample = {row.receipt_id for row in rows[::step][:_SAMPLE]}
        process = LightProcess(log_file=batch.logs / "preview.log", scratch_root=batch.scratch)
        with self._changed:
            self._process = process
        try:
            drawn = []
            for page in PreparedPages(store, batch.id, process, batch.passwords, only=sample):
                self._watch()
                drawn.append(page.jpeg)
                size = sum(map(len, drawn)) * count // len(drawn)
                yield preview.Pages(count, size, tuple(drawn[:_SAMPLE]))
        finally:
            with self._changed:
                self._process = None
            process.stop()


def _seen(order: Order) -> Template:
    """The template of a workbook as it will be: without pictures where they are not wanted."""
    template = order.sheet
    if order.pictures:
        return template
    columns = tuple(column for column in template.columns if column.key != "picture")
    return replace(template, columns=columns) if columns else template
