"""The sheet of all keys: made of the actions themselves, so that it cannot say anything else than they do.

Only keys that are no actions, because a field, the table or the page takes them for itself, are named here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from paddlescan.gui.actions import Actions, bare
from paddlescan.gui.review.checks_view import REPAIR_KEYS
from paddlescan.gui.tokens import GAP

COLUMNS = 3
_SCROLLS = {Qt.Key.Key_Down: 40, Qt.Key.Key_Up: -40, Qt.Key.Key_PageDown: 400, Qt.Key.Key_PageUp: -400}


@dataclass(frozen=True, slots=True)
class Row:
    """What keys do. Any of them will do."""

    words: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together."""

    title: str
    rows: tuple[Row, ...]


def rows_of(actions: Iterable[QAction]) -> tuple[Row, ...]:
    """A row for every action that has keys."""
    return tuple(
        Row(bare(action.text()), tuple(_native(keys) for keys in action.shortcuts()))
        for action in actions
        if action.shortcuts()
    )


class ShortcutSheet(QDialog):
    """Groups side by side, and a line to look for one."""

    def __init__(self, parent: QWidget | None, actions: Actions, verbs: Sequence[QAction]) -> None:
        super().__init__(parent)
        self._actions, self._verbs = actions, verbs
        self.resize(1060, 640)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._look_for)
        self.search.installEventFilter(self)
        self.none = QLabel()
        self.none.setProperty("rank", "soft")
        self.none.hide()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(2 * GAP)
        column.addWidget(self.search)
        column.addWidget(self.none)
        column.addWidget(self._area, 1)
        self.cards: list[Card] = []
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.search.setPlaceholderText(self.tr("Look for a key or a word…"))
        self.search.setAccessibleName(self.tr("Look for a key or a word"))
        self.none.setText(self.tr("No key does that."))
        groups = (*self._review(), *self._menus(self._actions), *self._page(self._verbs))
        self.cards = [Card(group) for group in groups]
        self._area.setWidget(self._body())
        self._look_for(self.search.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language, when the actions have followed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            QTimer.singleShot(0, self, self.retranslate)

    def _body(self) -> QWidget:
        columns = [QVBoxLayout() for _ in range(COLUMNS)]
        heights = [0] * COLUMNS
        for card in self.cards:
            shortest = heights.index(min(heights))
            columns[shortest].addWidget(card)
            heights[shortest] += len(card.rows) + 2
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, GAP, 0)
        row.setSpacing(3 * GAP)
        for column in columns:
            column.setSpacing(2 * GAP)
            column.addStretch(1)
            row.addLayout(column, 1)
        return body

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that scroll do so while the caret stays in the line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _SCROLLS:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + _SCROLLS[Qt.Key(event.key())])
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key that opened it closes it, as Esc does."""
        if event.key() == Qt.Key.Key_F1:
            self.reject()
        else:
            super().keyPressEvent(event)

    def _look_for(self, text: str) -> None:
        found = [card.look_for(text.strip().casefold()) for card in self.cards]
        self.none.setVisible(not any(found))

    # What it says -----------------------------------------------------------------------------------

    def _menus(self, actions: Actions) -> tuple[Group, ...]:
        return tuple(Group(title, rows_of(members)) for title, members in actions.groups())

    def _review(self) -> tuple[Group, ...]:
        field = (
            _row(self.tr("Accept the value and go on"), Qt.Key.Key_Enter),
            Row(self.tr("Replace the value"), (self.tr("type"),)),
            _row(self.tr("Put back what was there"), Qt.Key.Key_Escape),
            _row(self.tr("Go on without accepting"), Qt.Key.Key_F8),
            Row(self.tr("Next field, previous field"), ("↓", "↑")),
            Row(self.tr("Take a choice and go on"), ("Ctrl+1 … 9",)),
            Row(self.tr("Take what was learned on all that were read so"), ("Ctrl+0",)),
            Row(self.tr("List what may be chosen"), ("Alt+↓",)),
            Row(self.tr("Take the repair of a check"), (REPAIR_KEYS,)),
        )
        table = (
            _row(self.tr("Edit the cell"), Qt.Key.Key_Enter, Qt.Key.Key_F2),
            _row(self.tr("Remove the rows"), Qt.Key.Key_Delete),
            _row(self.tr("Add a row by hand"), Qt.Key.Key_Insert),
        )
        return Group(self.tr("In a field"), field), Group(self.tr("In the table"), table)

    def _page(self, verbs: Sequence[QAction]) -> tuple[Group, ...]:
        page = (
            *rows_of(verbs),
            _row(self.tr("Turn a little"), Qt.Key.Key_Comma, Qt.Key.Key_Period),
            _row(self.tr("Before or after"), Qt.Key.Key_Space),
            _row(self.tr("Before beside after"), Qt.Key.Key_C),
            _row(self.tr("Show all lines"), Qt.Key.Key_L),
        )
        drawing = (
            _row(self.tr("Add a receipt"), Qt.Key.Key_Insert),
            _row(self.tr("Remove the receipt"), Qt.Key.Key_Delete),
            _row(self.tr("Next receipt, previous receipt"), Qt.Key.Key_PageDown, Qt.Key.Key_PageUp),
            _row(self.tr("Split it"), Qt.Key.Key_X),
            _row(self.tr("Merge those chosen"), Qt.Key.Key_M),
            _row(self.tr("Done"), Qt.Key.Key_Enter),
            _row(self.tr("Leave it as it was"), Qt.Key.Key_Escape),
        )
        return Group(self.tr("On the page"), page), Group(self.tr("While receipts are drawn"), drawing)


class Card(QFrame):
    """One group; Tab goes from one to the next, and a screen reader reads its rows."""

    def __init__(self, group: Group) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(group.title)
        self.setAccessibleDescription("; ".join(f"{row.words}: {', '.join(row.keys)}" for row in group.rows))
        title = QLabel(group.title)
        title.setProperty("rank", "head")
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * GAP, 12, 12, 12)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.addWidget(title, 0, 0, 1, 2)
        self.rows: list[tuple[Row, QLabel, QWidget]] = []
        for at, row in enumerate(group.rows, 1):
            words, keys = QLabel(row.words), _caps(row.keys)
            words.setWordWrap(True)
            grid.addWidget(words, at, 0)
            grid.addWidget(keys, at, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.rows.append((row, words, keys))

    def look_for(self, text: str) -> bool:
        """Show only the rows with this, in small letters, in words or keys. Says whether there is one."""
        any_found = False
        for row, words, keys in self.rows:
            found = text in row.words.casefold() or any(text in key.casefold() for key in row.keys)
            words.setVisible(found)
            keys.setVisible(found)
            any_found = any_found or found
        self.setVisible(any_found)
        return any_found


def _caps(keys: Sequence[str]) -> QWidget:
    place = QWidget()
    row = QHBoxLayout(place)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP // 2)
    for key in keys:
        cap = QLabel(key)
        cap.setProperty("keycap", True)
        row.addWidget(cap)
    return place


def _row(words: str, *keys: Qt.Key) -> Row:
    return Row(words, tuple(_native(QKeySequence(key)) for key in keys))


def _native(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText)
