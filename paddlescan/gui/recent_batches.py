"""The menu of the newest batches: what is in each, and a click that brings it to the front."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from paddlescan.document.source import printable_name
from paddlescan.gui.shared import batch_name, day_words, no_keys, tooltip
from paddlescan.store import BatchSummary

MOST = 10
LONGEST = 40
"""Characters of a name; the menu stays narrower than the window."""


class RecentBatches(QMenu):
    """The newest first, with a mark at the one in front. Batches that nobody used are left out."""

    chosen = Signal(int)  # batch

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recent")
        self._batches: tuple[BatchSummary, ...] = ()
        self._front: int | None = None
        self._group = QActionGroup(self)
        self.triggered.connect(self._tell)
        self.retranslate()

    def show_batches(self, batches: Sequence[BatchSummary], front: int | None) -> None:
        """These are there, the newest first; front: the batch in front, which stands there though it is empty."""
        used = [batch for batch in batches if batch.pages or batch.receipts or batch.name or batch.id == front]
        shown = tuple(used[:MOST])
        if (shown, front) != (self._batches, self._front):  # else an open menu would lose the entry under the mouse
            self._batches, self._front = shown, front
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.setTitle(self.tr("Recent batches"))
        self.clear()
        for batch in self._batches:
            name = _short(printable_name(batch_name(batch)))
            action = QAction(f"{no_keys(name)}\t{self.told(batch)}", self)
            action.setToolTip(tooltip(batch_name(batch)))  # else its own words, which may look like markup
            self._group.addAction(action)
            action.setCheckable(True)
            action.setChecked(batch.id == self._front)
            action.setData(batch.id)
            self.addAction(action)
        if not self._batches:
            self.addAction(self.tr("None yet")).setEnabled(False)

    def told(self, batch: BatchSummary) -> str:
        """When a batch was made and what there is in it, in a line."""
        parts = [day_words(batch.created_at), self.tr("%n page(s)", None, batch.pages)]
        waiting = batch.waiting + batch.reading
        if waiting and batch.stopped:
            parts.append(self.tr("stopped, {count} waiting").format(count=waiting))
        elif waiting:
            parts.append(self.tr("{count} waiting").format(count=waiting))
        if batch.receipts_to_check:
            parts.append(self.tr("{count} to check").format(count=batch.receipts_to_check))
        if batch.failed:
            parts.append(self.tr("{count} failed").format(count=batch.failed))
        return " · ".join(parts)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot(QAction)
    def _tell(self, action: QAction) -> None:
        batch = action.data()
        if isinstance(batch, int) and batch != self._front:
            self.chosen.emit(batch)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
