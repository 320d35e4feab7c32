"""The journal's events as rows of a table: words are made for what is seen, and again when the language changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QDateTime, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from paddlescan.gui.shared import language, tooltip
from paddlescan.store import Event
from paddlescan.words.journal import event_words

TIME, PAGE, WHAT, WHO = range(4)
_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class EventsModel(QAbstractTableModel):
    """Columns: when, which page, what happened, who did it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.events: tuple[Event, ...] = ()
        self._heads: tuple[str, ...] = ("", "", "", "")

    def show(self, events: Sequence[Event]) -> None:
        """Show these, and nothing of those before."""
        self.beginResetModel()
        self.events = tuple(events)
        self.endResetModel()

    def speak(self, heads: Sequence[str]) -> None:
        """Head the columns like this, and say every row in the window's language."""
        self._heads = tuple(heads)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, TIME, WHO)
        if self.events:
            self.dataChanged.emit(self.index(0, TIME), self.index(len(self.events) - 1, WHO))

    def cells(self, row: int) -> tuple[str, ...]:
        """A row's texts."""
        return tuple(_cell(self.events[row], column) for column in range(len(self._heads)))

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """One for each event."""
        return 0 if parent.isValid() else len(self.events)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """When, page, what, who."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell; of page and words also as a hint, for they may be cut off."""
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(self.events[index.row()], index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in (PAGE, WHAT):
            return tooltip(_cell(self.events[index.row()], index.column()))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """The heads."""
        shown = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._heads[section] if shown else None


def _cell(event: Event, column: int) -> str:
    if column == TIME:
        moment = QDateTime.fromString(event.at, Qt.DateFormat.ISODate).toLocalTime()
        return QLocale().toString(moment, "yyyy-MM-dd HH:mm:ss")
    if column == PAGE:
        several = (event.page_count or 1) > 1 or (event.page_number or 1) > 1
        return event.source.rsplit("/", 1)[-1] + (f" #{event.page_number}" if several else "")
    if column == WHAT:
        return event_words(event.what, event.detail, language(), event.receipt)
    return event.who
