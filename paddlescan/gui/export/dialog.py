"""Handing in: the formats on the left, what can be chosen for one on the right, and how the file will look below."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QWidget,
)

from paddlescan.errors import Failure, PaddleScanError
from paddlescan.export.name_pattern import NamePattern
from paddlescan.export.template_files import DEFAULT, Listing, default_template
from paddlescan.gui.export.copies_preview import Copies
from paddlescan.gui.export.options import Shown
from paddlescan.gui.export.orders import ENDINGS, SHEETS, Batch, Order
from paddlescan.gui.export.panes import ExportPanes, Remembered
from paddlescan.gui.export.preview import Table, Text
from paddlescan.gui.export.previewer import Preview
from paddlescan.gui.shared import failure_words, mark
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.store import BatchSummary
from paddlescan.words import together


class ExportDialog(ExportPanes):
    """One dialog, no second one: an existing file, templates and errors are spoken of in it."""

    remember = Signal(object)
    """Remembered, after a file was written."""
    exported = Signal(str)
    """The file that was written, or the folder with copies."""

    def __init__(
        self,
        batch: Batch,
        summary: BatchSummary,
        writer: StoreWriter | None = None,
        last: Remembered | None = None,
        shown: Shown | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(batch, summary, writer, last or Remembered(), shown, parent)
        self._listing: Listing | None = None
        self._asked: Order | None = None
        self._seen: tuple[Order, Preview] | None = None
        self._copies: Copies | None = None
        self._before: QWidget | None = None
        """What had the focus when writing began."""
        self._wanted = self._last.template or DEFAULT
        self._connect()
        self.formats.setCurrentRow(list(ENDINGS).index(self._first))

    def _connect(self) -> None:
        self.formats.currentRowChanged.connect(self._format_changed)
        self.options.changed.connect(self._choice_changed)
        self.options.template_chosen.connect(self._template_chosen)
        self.options.edit.toggled.connect(self._unfold)
        self.editor.edited.connect(self._draft_changed)
        self.editor.save_wanted.connect(self.previewer.save)
        self.editor.delete_wanted.connect(self._delete)
        self.destination.changed.connect(self._choice_changed)
        self.previewer.listed.connect(self._show_templates)
        self.previewer.kept.connect(self._kept)
        self.previewer.not_kept.connect(self.editor.show_failure)
        self.previewer.shown.connect(self._show_preview)
        self.previewer.refused.connect(self._no_preview)
        self.go.clicked.connect(self._start)
        self.close_button.clicked.connect(self.reject)
        self.writing.line.replace.clicked.connect(self._start_replacing)
        self.writing.written.connect(self._written)
        self.writing.busy.connect(self._show_busy)
        self.writing.copies_failed.connect(self._show_failed_copies)
        self.destroyed.connect(self.previewer.end)  # a window may go without closing what stands on it

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            if self._listing is not None:
                self._show_templates(self._listing)
            if self._seen is not None:
                self._show_preview(*self._seen)
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to look at the batch."""
        super().showEvent(event)
        if not self.previewer.isRunning():
            self.previewer.list_templates()
            self.previewer.start()
            self.formats.setFocus()

    def reject(self) -> None:
        """Close; an export that runs is called off first, and the dialog stays to tell of it."""
        if self.writing.is_busy:
            self.writing.call_off()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Close; nothing goes on behind."""
        self.writing.end()
        self.previewer.end()
        super().done(result)

    # what is chosen

    def order(self, overwrite: bool = False) -> Order:
        """What would be written now."""
        return Order(
            self.format,
            self.options.language,
            self.sheet(),
            self.options.only if self.format != "report" else None,
            self.options.pictures.isChecked(),
            self.options.pattern.text(),
            self.destination.path(),
            overwrite,
        )

    # what the clerk does

    @Slot(int)
    def _format_changed(self, _row: int) -> None:
        self.destination.show_format(self.format)
        self.options.show_format(self.format, self.sheet())
        self.damaged.setVisible(bool(self.damaged.text()) and self.format in SHEETS)
        self.editor.setVisible(self.format in SHEETS and self.options.edit.isChecked())
        self._say_format()
        self._choice_changed()

    @Slot()
    def _choice_changed(self) -> None:
        self.writing.line.say("")
        self._ask()

    @Slot()
    def _template_chosen(self) -> None:
        self._wanted = self.options.template.currentData()
        self._begin_draft()
        self._choice_changed()

    @Slot()
    def _draft_changed(self) -> None:
        self.options.show_sheet(self.sheet())
        self._choice_changed()

    @Slot(bool)
    def _unfold(self, on: bool) -> None:
        self.editor.setVisible(on)
        self.options.retranslate()
        (self.editor.view if on else self.options.edit).setFocus()

    @Slot(str)
    def _delete(self, name: str) -> None:
        self._wanted = DEFAULT
        self.previewer.delete(name)

    # templates

    @Slot(object)
    def _show_templates(self, listing: Listing) -> None:
        fresh = listing is not self._listing
        self._listing = listing
        self.options.show_templates(listing.templates, self._wanted)
        self.editor.show_names(listing.templates)
        self.damaged.setText("\n".join(together(*failure_words(each)) for each in listing.damaged))
        mark(self.damaged, rank="bad")
        self.damaged.setVisible(bool(listing.damaged) and self.format in SHEETS)
        if fresh:
            self._begin_draft()
            self._ask()

    def _begin_draft(self) -> None:
        templates = self._listing.templates if self._listing is not None else ()
        chosen = next((t for t in templates if t.name == self._wanted), default_template())
        draft = self.editor.draft
        if draft is None or draft.base != chosen:
            self.editor.show_template(chosen)
        self.options.show_sheet(self.sheet())

    @Slot(str)
    def _kept(self, name: str) -> None:
        self._wanted = name
        self.editor.say(self.tr("“{name}” is saved.").format(name=name))

    # the preview

    def _ask(self) -> None:
        """Ask for the preview of what is chosen now."""
        self._counted = None
        self._count()
        if self._listing is None:
            return
        wrong = self._pattern_wrong()
        self.options.show_wrong(wrong)
        draft = self.editor.draft
        nothing = self.format in SHEETS and draft is not None and not draft.is_possible
        if nothing:
            self.editor.say(self.tr("Please tick a column."), "bad")
        able = self.destination.given and not wrong and not nothing
        self.go.setEnabled(able and not self.writing.is_busy)
        if not wrong and not nothing:
            order = self.order()
            self._asked = order if order.format == "rename" else replace(order, place=Path())
            if self._seen is None or self._seen[0].format != order.format:
                mark(self.heading, rank="soft")
                self.heading.setText(self.tr("Making the preview…"))
            self.previewer.ask(self._asked)

    def _pattern_wrong(self) -> str:
        if self.format == "rename":
            try:
                NamePattern.of(self.options.pattern.text())
            except PaddleScanError as error:
                return together(*failure_words(error.failure))
        return ""

    @Slot(object, object)
    def _show_preview(self, order: Order, found: Preview) -> None:
        if order != self._asked:
            return
        self._seen = order, found
        self._counted = found.tally if isinstance(found, Table | Text) else None
        self._count()
        self._copies = found if isinstance(found, Copies) else None
        mark(self.heading, rank="head")
        self.heading.setText(self._words.about_preview(order.format, found))
        self.preview.show_preview(self._words.copies_table(found) if isinstance(found, Copies) else found)

    @Slot(object, object)
    def _no_preview(self, order: Order, failure: Failure) -> None:
        if order == self._asked:
            mark(self.heading, rank="bad")
            self.heading.setText(together(*failure_words(failure)))

    # writing

    @Slot()
    def _start(self) -> None:
        self._write(overwrite=False)

    @Slot()
    def _start_replacing(self) -> None:
        self._write(overwrite=True)

    def _write(self, overwrite: bool) -> None:
        if self.go.isEnabled() and not self.writing.is_busy:
            self._before = self.destination.line if overwrite else self.focusWidget()
            self.destination.complete()
            self.writing.start(self.order(overwrite))

    @Slot(bool)
    def _show_busy(self, busy: bool) -> None:
        for widget in (self.formats, self.options, self.editor, self.destination, self.go):
            widget.setEnabled(not busy)
        self.close_button.setText(self.tr("Stop") if busy else self.tr("Close"))
        if busy:
            self.close_button.setFocus()
        elif self.focusWidget() is self.close_button and self._before is not None:
            self._before.setFocus()  # it was on Stop, which is Close now

    @Slot(object)
    def _written(self, order: Order) -> None:
        template = self._wanted if order.format in SHEETS else self._last.template
        self._last = Remembered(order.format, template, str(order.place.parent), order.pattern)
        self.remember.emit(self._last)
        self.exported.emit(str(order.place))

    @Slot(object)
    def _show_failed_copies(self, failed: dict[str, Failure]) -> None:
        """Say in the dry run's own rows why some could not be made."""
        if self._copies is not None:
            self._copies = self._copies.with_trouble(
                {name: failure_words(failure)[0] for name, failure in failed.items()}
            )
            self.preview.show_preview(self._words.copies_table(self._copies))
