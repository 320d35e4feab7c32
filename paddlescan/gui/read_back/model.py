"""The changes of an edited export as rows of a table, each with a tick; and the rows that fit nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor

from paddlescan.gui.icons import state_icon
from paddlescan.gui.review.labels import field_label, problem_sentence, shown_value
from paddlescan.gui.shared import language, tooltip
from paddlescan.gui.tokens import Tokens
from paddlescan.pipeline.returning import Change, Stranger, remark
from paddlescan.words.sentences import returning_words

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

TAKE, ROW, RECEIPT, FIELD, FROM, TO, REMARK = range(7)
"""Columns of the changes."""


class ChangesModel(QAbstractTableModel):
    """A row a change. What nothing speaks against is ticked, what both sides edited is not; damage cannot be."""

    ticked = Signal()
    """Other changes are ticked than before."""

    def __init__(self, changes: Sequence[Change], tokens: Tokens, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changes, self._tokens = tuple(changes), tokens
        self._on = [change.is_plain for change in changes]

    def taken(self) -> tuple[Change, ...]:
        """The ticked changes, in their order."""
        return tuple(change for change, on in zip(self._changes, self._on, strict=True) if on)

    def turn(self, rows: Iterable[int], on: bool | None = None) -> None:
        """Tick these rows, or take their ticks away; None: tick all unless all are ticked."""
        able = [row for row in rows if self._changes[row].possible]
        wanted = not all(self._on[row] for row in able) if on is None else on
        for row in able:
            self._on[row] = wanted
        if able:
            self.dataChanged.emit(self.index(min(able), TAKE), self.index(max(able), TAKE))
            self.ticked.emit()

    def show_colours(self, tokens: Tokens) -> None:
        """Take other colours."""
        self._tokens = tokens
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._changes) - 1, REMARK))

    def rowCount(self, parent: Index | None = None) -> int:
        """One a change."""
        return 0 if parent is not None and parent.isValid() else len(self._changes)

    def columnCount(self, parent: Index | None = None) -> int:
        """The tick, where, what, from, to, and what to know."""
        return 0 if parent is not None and parent.isValid() else REMARK + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """The columns' names."""
        translate = QCoreApplication.translate  # by this name, or lupdate does not see it
        if orientation != Qt.Orientation.Horizontal or role != Role.DisplayRole:
            return None
        return (
            translate("ReadBack", "Take"),
            translate("ReadBack", "Row"),
            translate("ReadBack", "Receipt"),
            translate("ReadBack", "Field"),
            translate("ReadBack", "From"),
            translate("ReadBack", "To"),
            translate("ReadBack", "Remark"),
        )[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be taken can be ticked."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        able = index.column() == TAKE and self._changes[index.row()].possible
        return flags | Qt.ItemFlag.ItemIsUserCheckable if able else flags

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Tick, or take the tick away."""
        if role != Role.CheckStateRole:
            return False
        self.turn([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """One cell."""
        change, column = self._changes[index.row()], index.column()
        match role:
            case Role.DisplayRole | Role.ToolTipRole:
                said = _text(change, column)
                return tooltip(said) if role == Role.ToolTipRole else said
            case Role.CheckStateRole if column == TAKE and change.possible:
                return Qt.CheckState.Checked if self._on[index.row()] else Qt.CheckState.Unchecked
            case Role.TextAlignmentRole if column == ROW:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Role.ForegroundRole:
                return _colour(change, column, self._tokens)
            case Role.DecorationRole if column == REMARK and not (change.is_plain and change.problem is None):
                return state_icon("needs_review" if change.possible else "failed", tokens=self._tokens)
            case Role.AccessibleTextRole:
                return self._spoken(change, column, self._on[index.row()])
        return None

    def _spoken(self, change: Change, column: int, on: bool) -> str:
        if column != TAKE:
            return _text(change, column)
        ticked = (
            QCoreApplication.translate("ReadBack", "taken") if on else QCoreApplication.translate("ReadBack", "left")
        )
        return f"{_text(change, FIELD)}: {_text(change, FROM)} → {_text(change, TO)}, {ticked}"


def _text(change: Change, column: int) -> str:
    match column:
        case 1:
            return str(change.line)
        case 2:
            return place_words(change.source, change.page, change.number)
        case 3:
            return field_label(change.name)
        case 4:
            return _value(change.name, change.before)
        case 5:
            return _value(change.name, change.after)
        case 6:
            said = remark(change, language())
            if change.possible and change.problem is not None and not change.is_conflict:
                return problem_sentence(change.problem)
            return said
    return ""


def _value(name: str, value: str) -> str:
    return " ".join(shown_value(name, value).split()) or returning_words("nothing", language())


def _colour(change: Change, column: int, tokens: Tokens) -> QColor | None:
    if not change.possible:
        return tokens.color("bad" if column == REMARK else "soft")
    if column == REMARK:
        return tokens.color("doubt")
    empty = (column == FROM and not change.before) or (column == TO and not change.after)
    return tokens.color("soft") if empty or column in (ROW, FROM) else None


def place_words(source: str | None, page: int | None, number: int | None) -> str:
    """Where a receipt stands: the file's own name, with page and number where they are not the first."""
    if not source:
        return returning_words("by_hand", language()) if source == "" else ""
    name = source.rsplit("/", 1)[-1]
    if page is not None and page > 1:
        name = f"{name} · {page}"
    return name if number in (None, 1) else f"{name} #{number}"


class StrangersModel(QAbstractTableModel):
    """A row a row of the file that fits no receipt, and why."""

    def __init__(self, strangers: Sequence[Stranger], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._strangers = tuple(strangers)

    def rowCount(self, parent: Index | None = None) -> int:
        """One a row of the file."""
        return 0 if parent is not None and parent.isValid() else len(self._strangers)

    def columnCount(self, parent: Index | None = None) -> int:
        """Which row, what stands there, why it fits nothing."""
        return 0 if parent is not None and parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """The columns' names."""
        translate = QCoreApplication.translate  # by this name, or lupdate does not see it
        if orientation != Qt.Orientation.Horizontal or role != Role.DisplayRole:
            return None
        return (
            translate("ReadBack", "Row"),
            translate("ReadBack", "Receipt"),
            translate("ReadBack", "What stands there"),
            translate("ReadBack", "Why it fits nothing"),
        )[section]

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """One cell."""
        if role not in (Role.DisplayRole, Role.ToolTipRole):
            return None
        stranger = self._strangers[index.row()]
        said = (
            str(stranger.line),
            place_words(stranger.source, stranger.page, stranger.number),
            stranger.words,
            returning_words(f"why.{stranger.why}", language()),
        )[index.column()]
        return said if role == Role.DisplayRole else tooltip(said)
