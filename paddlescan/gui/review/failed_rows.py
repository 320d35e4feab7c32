"""Rows of pages that failed: why stands across their empty cells, and what can be done about it behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QMenu

from paddlescan.errors import Failure
from paddlescan.gui.review.columns import COLUMNS, FILE, STATE
from paddlescan.gui.shared import failure_words
from paddlescan.gui.tokens import GAP, tokens_of
from paddlescan.words import together

if TYPE_CHECKING:
    from paddlescan.gui.review.table import ReviewTable

Index = QModelIndex | QPersistentModelIndex
LOCKED = ("password_needed", "wrong_password")


class FailedRows(QObject):
    """Part of the table; its signals give the id of the page."""

    read_again_wanted = Signal(int)
    password_wanted = Signal(int)
    show_file_wanted = Signal(int)

    def __init__(self, table: ReviewTable) -> None:
        super().__init__(table)
        self._table = table

    def failure_of(self, receipt_id: int) -> Failure | None:
        """Why a row has nothing in it; None where it was read, was taken out, or has something that was typed."""
        line = self._table.desk.sheet.line(receipt_id)
        if line.state != "failed" or line.removed or line.values():
            return None
        row = self._table.desk.sheet.row(receipt_id)
        return None if row.values else row.failure

    def failure_at(self, index: Index) -> Failure | None:
        """The same, of a cell."""
        return self.failure_of(self._table.review_model.receipt_at(index.row())) if index.isValid() else None

    def help(self, index: Index) -> bool:
        """Do what helps the row of a cell: ask for the password, or read it again. False where nothing failed."""
        failure = self.failure_at(index)
        page_id = self._page(index)
        if failure is None or page_id is None:
            return False
        (self.password_wanted if failure.code in LOCKED else self.read_again_wanted).emit(page_id)
        return True

    def fill_menu(self, menu: QMenu, index: Index) -> None:
        """What can be done about the row of a cell, at the head of its menu; nothing where nothing failed."""
        failure, page_id = self.failure_at(index), self._page(index)
        if failure is None or page_id is None:
            return
        helper = _Helper(self, page_id, failure.code in LOCKED, menu)
        menu.addAction(remedy_word(failure), helper.help)
        menu.addAction(QCoreApplication.translate("FailedRows", "Show in folder"), helper.show_file)
        menu.addSeparator()

    def _page(self, index: Index) -> int | None:
        return self._table.desk.sheet.line(self._table.review_model.receipt_at(index.row())).page_id

    # what is painted

    def paint(self, painter: QPainter, index: Index, cell: QRect, failure: Failure) -> None:
        """The part of the sentence and of the remedy that falls into a cell."""
        place = self._place(index, cell)
        if place is None:
            return
        tokens, (sentence, words, remedy) = tokens_of(self._table), self._laid_out(place, failure)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        painter.save()
        painter.setClipRect(cell)
        painter.setFont(self._table.font())
        painter.setPen(tokens.color("bad"))
        painter.drawText(sentence, flags, words)
        painter.setPen(tokens.color("accent"))
        painter.setFont(_link_font(self._table.font()))
        painter.drawText(remedy, flags, remedy_word(failure))
        painter.restore()

    def clicked(self, event: QEvent, index: Index, cell: QRect) -> bool:
        """Whether a click met the remedy; then it is done."""
        failure = self.failure_at(index)
        if failure is None or not isinstance(event, QMouseEvent) or event.button() != Qt.MouseButton.LeftButton:
            return False
        place = self._place(index, cell)
        if place is None or not self._laid_out(place, failure)[2].contains(event.position().toPoint()):
            return False
        return event.type() == QEvent.Type.MouseButtonRelease and self.help(index)

    def _laid_out(self, place: QRect, failure: Failure) -> tuple[QRect, str, QRect]:
        """Where the sentence stands, what of it there is room for, and where the remedy stands behind it."""
        width = QFontMetrics(_link_font(self._table.font())).horizontalAdvance(remedy_word(failure)) + 2
        message, advice = failure_words(failure)
        metrics = QFontMetrics(self._table.font())
        room = max(0, place.width() - width - 2 * GAP)
        words = metrics.elidedText(together(message, advice), Qt.TextElideMode.ElideRight, room)
        used = metrics.horizontalAdvance(words)
        sentence = QRect(place.left(), place.top(), used + 1, place.height())
        return sentence, words, QRect(place.left() + used + 2 * GAP, place.top(), width, place.height())

    def _place(self, index: Index, cell: QRect) -> QRect | None:
        """The run of shown cells without state and file that a cell belongs to, if it is the first such run."""
        header = self._table.horizontalHeader()
        shown = [i for i in map(header.logicalIndex, range(len(COLUMNS))) if not header.isSectionHidden(i)]
        free = [COLUMNS[i] not in (STATE, FILE) for i in shown]
        first = free.index(True) if True in free else len(free)
        last = first
        while last + 1 < len(free) and free[last + 1]:
            last += 1
        if first == len(free) or index.column() not in shown[first : last + 1]:
            return None
        left = header.sectionViewportPosition(shown[first])
        right = header.sectionViewportPosition(shown[last]) + header.sectionSize(shown[last])
        return QRect(left + GAP, cell.top(), right - left - 2 * GAP, cell.height() - 1)


class _Helper(QObject):
    """The receiver of a menu's actions."""

    def __init__(self, rows: FailedRows, page_id: int, locked: bool, menu: QMenu) -> None:
        super().__init__(menu)
        self._rows, self._page, self._locked = rows, page_id, locked

    def help(self) -> None:
        """Ask for the password, or read again."""
        (self._rows.password_wanted if self._locked else self._rows.read_again_wanted).emit(self._page)

    def show_file(self) -> None:
        """Open its folder."""
        self._rows.show_file_wanted.emit(self._page)


def remedy_word(failure: Failure) -> str:
    """What helps, as on a button."""
    translate = QCoreApplication.translate  # by this name, or lupdate does not see it
    if failure.code in LOCKED:
        return translate("FailedRows", "Enter password…")
    return translate("FailedRows", "Read again")


def _link_font(font: QFont) -> QFont:
    link = QFont(font)
    link.setUnderline(True)
    return link
