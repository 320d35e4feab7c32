"""Paints one page of the list: its picture, its name, its state in shape and word."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from paddlescan.document import PageState
from paddlescan.gui.icons import paint_state
from paddlescan.gui.page_list_folds import Folds
from paddlescan.gui.page_list_model import PAGE_ROLE, is_out, page_word
from paddlescan.gui.page_list_thumbnails import Thumbnails
from paddlescan.gui.shared import language, page_name, page_number, pages_word
from paddlescan.gui.tokens import GAP, RADIUS, SMALL_PX, Tokens, is_dark, tokens_for
from paddlescan.store import PageRow
from paddlescan.words import quality_word, wants_rescan

ROW = 64
"""Height of a row."""
PICTURE = QSize(40, 52)
"""The place of the picture."""
TURN_S = 1.2
"""How long the reading ring takes to go round."""
_INDENT = 12
"""By which later pages of a file stand behind its first."""
_FIRST: tuple[PageState, ...] = ("reading", "failed", "needs_review", "waiting", "done")
"""Of several pages, which state is told."""


class PageDelegate(QStyledItemDelegate):
    """All rows have one size, so that ten thousand of them cost nothing."""

    def __init__(self, thumbnails: Thumbnails, folds: Folds, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails, self._folds = thumbnails, folds

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Every row alike."""
        return QSize(120, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one page."""
        row = index.data(PAGE_ROLE)
        if not isinstance(row, PageRow):
            return
        tokens = tokens_for(is_dark(option.palette))
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(rect).adjusted(GAP, 1, -GAP, -1)
        if state & QStyle.StateFlag.State_Selected:
            focused = state & QStyle.StateFlag.State_HasFocus
            painter.setPen(QPen(tokens.color("accent"), 1) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("selection"))
            painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        later = _INDENT if row.ref.number > 1 else 0
        place = QRectF(card.left() + 6 + later, 0, PICTURE.width(), PICTURE.height())
        place.moveCenter(QPointF(place.center().x(), card.center().y()))
        _paint_picture(painter, place, self._thumbnails.picture(row), tokens)
        left = place.right() + GAP
        right = card.right() - 6
        if self._folds.has_mark(row):
            mark = QRectF(self._folds.mark_place(rect))
            _paint_mark(painter, mark, self._folds.is_folded(row), tokens)
            right = mark.left()
        words = QRectF(left, card.top(), right - left, card.height())
        _paint_words(painter, words, row, self._folds.behind(row), tokens, option.font)
        painter.restore()


def _paint_picture(painter: QPainter, place: QRectF, picture: QPixmap | None, tokens: Tokens) -> None:
    """The picture, or a blank sheet with a few lines on it while there is none."""
    painter.setPen(QPen(tokens.color("line"), 1))
    if picture is None:
        painter.setBrush(tokens.color("panel"))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        for n, share in enumerate((0.65, 0.65, 0.4)):
            y = place.top() + 11 + 9 * n
            painter.drawLine(QPointF(place.left() + 7, y), QPointF(place.left() + 7 + place.width() * share, y))
        return
    size = picture.size().scaled(PICTURE, Qt.AspectRatioMode.KeepAspectRatio)
    frame = QRectF(0, 0, max(6, size.width()), max(6, size.height()))
    frame.moveCenter(place.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(frame, picture, QRectF(picture.rect()))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))


def _paint_mark(painter: QPainter, place: QRectF, folded: bool, tokens: Tokens) -> None:
    """An arrow: to the right where pages are folded away, down where they stand below."""
    painter.setPen(QPen(tokens.color("soft"), 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y = place.center().x(), place.center().y()
    corners = ((-2, -4), (2, 0), (-2, 4)) if folded else ((-4, -2), (0, 2), (4, -2))
    painter.drawPolyline([QPointF(x + right, y + down) for right, down in corners])


def _paint_words(
    painter: QPainter, place: QRectF, row: PageRow, behind: Sequence[PageRow], tokens: Tokens, font: QFont
) -> None:
    """The name and the state. behind: the pages that are folded behind this one."""
    painter.setFont(font)
    painter.setPen(tokens.color("ink"))
    name = QRectF(place.left(), place.center().y() - 19, place.width(), 19)
    text = QFontMetricsF(font).elidedText(_name(row), Qt.TextElideMode.ElideMiddle, name.width())
    painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    shape = QRectF(place.left(), place.center().y() + 4.5, 9, 9)
    shown = min((row, *behind), key=lambda page: (is_out(page), _FIRST.index(page.state)))
    out = is_out(shown)
    phase = time.monotonic() / TURN_S % 1.0 if shown.state == "reading" else 0.0
    if not out:  # as in the table: no shape, but its place
        paint_state(painter, shape, shown.state, tokens, phase)
    small = QFont(font)
    small.setPixelSize(SMALL_PX)
    painter.setFont(small)
    found = shown.quality if shown.state == "done" and not out else ()  # every other state is what to know first
    painter.setPen(tokens.color("doubt" if wants_rescan(found) else "soft"))
    word = QRectF(shape.right() + 5, place.center().y(), place.right() - shape.right() - 5, 18)
    said = quality_word(found, language()) or page_word(shown)
    if behind:
        said = f"{said} · {pages_word(len(behind) + 1)}"
    elif row.ref.number == 1 and (row.page_count or 1) > 1:
        said = f"{said} · 1/{row.page_count}"
    fitting = QFontMetricsF(small).elidedText(said, Qt.TextElideMode.ElideRight, word.width())
    painter.drawText(word, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitting)


def _name(row: PageRow) -> str:
    """The name of the file stands at its first page; the others say which they are."""
    if row.ref.number == 1:
        return page_name(row.ref, 1)
    return page_number(row.ref, row.page_count or row.ref.number)
