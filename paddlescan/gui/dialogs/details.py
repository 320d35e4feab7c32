"""What happened to the page in front, and to the whole batch, from the store's journal; a list that can be copied."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QWidget,
)

from paddlescan.export.cells import text_cell
from paddlescan.gui.dialogs.events_model import PAGE, TIME, WHAT, WHO, EventsModel
from paddlescan.gui.dialogs.question import Question
from paddlescan.gui.tokens import GAP
from paddlescan.store import Event, Store

MOST = 2000
"""Events shown at once, the newest; the command line shows all."""
WIDEST_PAGE = 220
"""Pixels of the column of pages: a file's long name is cut off, and whole in its hint."""
USUAL = ("added", "found", "begun", "read", "to_check")
"""What happens to every page of a batch: left out of the batch's list unless it is asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the dialog wants to know."""

    batch: int
    page: int | None
    """None: the whole batch."""
    usual: bool = False
    """Of the batch: also what went as usual."""


def look_up(asked: Asked) -> Callable[[Store], tuple[Asked, tuple[Event, ...]]]:
    """A job for the store's desk: the newest events, the oldest of them first."""

    def job(store: Store) -> tuple[Asked, tuple[Event, ...]]:
        if asked.page is not None:
            return asked, store.journal(asked.batch, page=asked.page, most=MOST)
        return asked, store.newest_events(asked.batch, MOST, () if asked.usual else USUAL)

    return job


class DetailsDialog(Question):
    """A line an event, the newest last; of the page, or of the batch."""

    wanted = Signal(object)  # Asked

    def __init__(self, parent: QWidget | None, batch: int, batch_name: str, page: int | None, page_name: str) -> None:
        """page: the page in front; None: there is none, and only the batch is shown."""
        super().__init__(parent, "", page_name or batch_name)
        self._batch, self._page = batch, page
        self._names = page_name, batch_name
        self.asked = Asked(batch, page)
        self.model = EventsModel(self)
        self.resize(840, 480)
        self.of_page, self.of_batch, self.usual = QPushButton(), QPushButton(), QCheckBox()
        self.column.addLayout(self._choices())
        self.table = self._table()
        self.column.addWidget(self.table, 1)
        self.copy = self.add_button("")
        self.close_ = self.add_button("", primary=True)
        self.end()
        self.copy.clicked.connect(self.copy_text)
        self.close_.clicked.connect(self.accept)
        self.retranslate()
        self._choose()

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        group = QButtonGroup(self)
        for button in (self.of_page, self.of_batch):
            button.setCheckable(True)
            button.setProperty("chip", True)
            button.setAutoDefault(False)
            group.addButton(button)
            row.addWidget(button)
        (self.of_batch if self._page is None else self.of_page).setChecked(True)
        self.of_page.setEnabled(self._page is not None)
        group.buttonClicked.connect(self._choose)
        self.usual.toggled.connect(self._choose)
        row.addStretch(1)
        row.addWidget(self.usual)
        return row

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setObjectName("details")
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.horizontalHeader().setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        return table

    @Slot()
    def _choose(self) -> None:
        """Ask for what is chosen."""
        whole = self.of_batch.isChecked()
        self.usual.setVisible(whole)
        self.sentence.setText(self._names[1] if whole else self._names[0])
        asked = Asked(self._batch, None if whole else self._page, self.usual.isChecked())
        if asked != self.asked:  # what another question was answered with does not stand under this one
            self.asked = asked
            self._fill(())
        self.wanted.emit(asked)

    @Slot()
    def refresh(self) -> None:
        """Something happened: ask again."""
        self.wanted.emit(self.asked)

    @Slot(int)
    def page_changed(self, page_id: int) -> None:
        """Something happened to a page: if it is this one, ask again."""
        if self.asked.page == page_id:
            self.refresh()

    def show_events(self, asked: Asked, events: Sequence[Event]) -> None:
        """The answer to `wanted`; one to an older question is passed over."""
        if asked == self.asked and tuple(events) != self.model.events:
            self._fill(events)

    def _fill(self, events: Sequence[Event]) -> None:
        table = self.table
        self.model.show(events)
        table.setColumnHidden(PAGE, self.asked.page is not None)
        table.setColumnHidden(WHO, not any(event.who for event in events))
        self._fit()
        self.copy.setEnabled(bool(events))
        if events:
            table.setCurrentIndex(self.model.index(len(events) - 1, TIME))
            table.scrollToBottom()

    def _fit(self) -> None:
        for column in (TIME, PAGE, WHO):
            self.table.resizeColumnToContents(column)
        self.table.setColumnWidth(PAGE, min(self.table.columnWidth(PAGE), WIDEST_PAGE))

    @Slot()
    def copy_text(self) -> None:
        """Put the list, or the rows that are selected where there are several, on the clipboard: tabs between."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        chosen = rows if len(rows) > 1 else range(self.model.rowCount())
        QGuiApplication.clipboard().setText(tsv(self.model.cells(row) for row in chosen))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "close_"):
            self.retranslate()
            self._fit()

    def retranslate(self) -> None:
        """Say everything but the rows in the window's language."""
        self.setWindowTitle(self.tr("Details"))
        self.of_page.setText(self.tr("This page"))
        self.of_batch.setText(self.tr("The whole batch"))
        self.usual.setText(self.tr("Show routine steps"))
        self.copy.setText(self.tr("Copy as text"))
        self.close_.setText(self.tr("Close"))
        self.table.setAccessibleName(self.tr("What happened"))
        heads = (self.tr("Time"), self.tr("Page"), self.tr("What happened"), self.tr("Who"))
        self.model.speak(heads)


def tsv(lines: Iterable[Iterable[str]]) -> str:
    """Cells as tab-separated lines for any spreadsheet, by the rules of the CSV export: no line break in a cell.

    The first of a line is a time of ours, and a spreadsheet may take it for one.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, "excel-tab", lineterminator="\n")
    writer.writerows([time, *(text_cell(" ".join(cell.split())) for cell in cells)] for time, *cells in lines)
    return text.getvalue().removesuffix("\n")
