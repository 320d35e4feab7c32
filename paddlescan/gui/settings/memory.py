"""What corrections taught: names put right, what merchants sell. Shown, deleted, and put back if that was a slip."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
)

from paddlescan.gui.review.labels import field_label, shown_value
from paddlescan.gui.review.memory import LoadLearned
from paddlescan.gui.save_commands import Command
from paddlescan.gui.settings.section import Section
from paddlescan.gui.shared import day_words, tooltip
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.gui.tokens import GAP
from paddlescan.store import Learned, RememberedCategory, Store

Known = Learned | RememberedCategory


@dataclass(frozen=True, slots=True)
class LoadKnown:
    """Nothing to save: all that corrections taught."""

    def run(self, store: Store) -> object:
        """The newest first."""
        known: list[Known] = [*store.learned(), *store.categories()]
        return tuple(sorted(known, key=lambda one: one.at, reverse=True))


@dataclass(frozen=True, slots=True)
class Forget:
    """Some of it shall be remembered no more, or again."""

    items: tuple[Known, ...] = field(repr=False)
    taken_back: bool = False

    def run(self, store: Store) -> object:
        """All of them, or none."""
        store.remember(self.items) if self.taken_back else store.forget(self.items)
        return None


class KnownTable(QTableWidget):
    """A row a correction; Del deletes those that are selected."""

    def __init__(self, delete: QPushButton) -> None:
        super().__init__(0, 4)
        self._delete = delete
        self.setObjectName("known")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del presses the button."""
        if event.key() == Qt.Key.Key_Delete:
            self._delete.click()
            event.accept()
        else:
            super().keyPressEvent(event)


class Corrections(Section):
    """The list with its buttons. What is deleted is deleted by the writer's thread, and the list fetched anew."""

    def __init__(self, writer: StoreWriter) -> None:
        super().__init__()
        self._writer = writer
        self._known: tuple[Known, ...] = ()
        self._deleted: list[tuple[Known, ...]] = []
        self.told = QLabel()
        self.told.setProperty("rank", "soft")
        self.told.setWordWrap(True)
        self.delete, self.delete_all, self.put_back = QPushButton(), QPushButton(), QPushButton()
        self.table = KnownTable(self.delete)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self.delete, self.delete_all, self.put_back):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.column.insertWidget(0, self.told)
        self.column.insertSpacing(1, GAP)
        self.column.insertWidget(2, self.table, 10)
        self.column.insertSpacing(3, GAP)
        self.column.insertLayout(4, buttons)
        self.words()
        self.follow()
        self.delete.clicked.connect(self._delete_selected)
        self.delete_all.clicked.connect(self._delete_all)
        self.put_back.clicked.connect(self._put_back)
        self.table.itemSelectionChanged.connect(self._name_buttons)
        writer.saved.connect(self._saved)

    def showEvent(self, event: QShowEvent) -> None:
        """Fetch what is known by now."""
        super().showEvent(event)
        self._submit(LoadKnown())

    def words(self) -> None:
        """Say everything in the window's language."""
        self.table.setAccessibleName(self.tr("What corrections taught"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("Field"), self.tr("Where this is read"), self.tr("This is offered"), self.tr("Since")]
        )
        for column in range(self.table.columnCount()):
            head = self.table.horizontalHeaderItem(column)
            if head is not None:
                head.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.delete.setText(self.tr("&Delete"))
        self.delete_all.setText(self.tr("Delete &all"))
        self.put_back.setText(self.tr("&Put back"))

    def follow(self) -> None:
        """Show what is known."""
        self.table.setRowCount(len(self._known))
        for row, known in enumerate(self._known):
            for column, text in enumerate(_cells(known)):
                cell = QTableWidgetItem(text)
                cell.setToolTip(tooltip(text))
                self.table.setItem(row, column, cell)
        if self._known:
            self.told.setText(self.tr("What you corrected is offered where the same is read again."))
        else:
            self.told.setText(
                self.tr("Nothing yet. A merchant that you correct is offered where the same is read again.")
            )
        self.table.setVisible(bool(self._known))
        self._name_buttons()

    @Slot()
    def _name_buttons(self) -> None:
        self.delete.setEnabled(bool(self.table.selectedItems()))
        self.delete_all.setEnabled(bool(self._known))
        self.put_back.setVisible(bool(self._deleted))

    @Slot()
    def _delete_selected(self) -> None:
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        self._forget(tuple(self._known[row] for row in rows))

    @Slot()
    def _delete_all(self) -> None:
        self._forget(self._known)

    def _forget(self, items: tuple[Known, ...]) -> None:
        if items:
            self._deleted.append(items)
            self._submit(Forget(items))

    @Slot()
    def _put_back(self) -> None:
        if self._deleted:
            self._submit(Forget(self._deleted.pop(), taken_back=True))

    def _submit(self, command: Command) -> None:
        if not self._writer.ended:
            self._writer.submit(command)

    @Slot(object, object)
    def _saved(self, command: Command, answer: object) -> None:
        if isinstance(command, LoadKnown) and isinstance(answer, tuple):
            self._known = answer
            self.follow()
        elif isinstance(command, Forget):
            self._submit(LoadKnown())
            self._submit(LoadLearned())  # for the fields panel


def _cells(known: Known) -> tuple[str, str, str, str]:
    """Field, what is read, what is offered, since when."""
    when = day_words(known.at)
    if isinstance(known, Learned):
        return field_label(known.name), known.text, known.value, when
    return field_label("category"), known.merchant, shown_value("category", known.category), when
