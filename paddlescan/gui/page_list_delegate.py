"""Paints one page of the list: its picture, its name, its state in shape and word."""

from __future__ import annotations

import time

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from paddlescan.gui.icons import paint_state
from paddlescan.gui.page_list_model import PAGE_ROLE
from paddlescan.gui.page_list_thumbnails import Thumbnails
from paddlescan.gui.shared import language, page_name, state_word
from paddlescan.gui.tokens import GAP, RADIUS, SMALL_PX, Tokens, is_dark, tokens_for
from paddlescan.store import PageRow
from paddlescan.words import quality_word, wants_rescan

ROW = 64
"""Height of a row."""
PICTURE = QSize(40, 52)
"""The place of the picture."""
TURN_S = 1.2
"""How long the reading ring takes to go round."""


class PageDelegate(QStyledItemDelegate):
    """All rows have one size, so that ten thousand of them cost nothing."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

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
        place = QRectF(card.left() + 6, 0, PICTURE.width(), PICTURE.height())
        place.moveCenter(QPointF(place.center().x(), card.center().y()))
        _paint_picture(painter, place, self._thumbnails.picture(row), tokens)
        left = place.right() + GAP
        words = QRectF(left, card.top(), card.right() - 6 - left, card.height())
        _paint_words(painter, words, row, tokens, option.font)
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


def _paint_words(painter: QPainter, place: QRectF, row: PageRow, tokens: Tokens, font: QFont) -> None:
    painter.setFont(font)
    painter.setPen(tokens.color("ink"))
    name = QRectF(place.left(), place.center().y() - 19, place.width(), 19)
    text = QFontMetricsF(font).elidedText(
        page_name(row.ref, row.page_count or 1), Qt.TextElideMode.ElideMiddle, name.width()
    )
    painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    shape = QRectF(place.left(), place.center().y() + 4.5, 9, 9)
    phase = time.monotonic() / TURN_S % 1.0 if row.state == "reading" else 0.0
    paint_state(painter, shape, row.state, tokens, phase)
    small = QFont(font)
    small.setPixelSize(SMALL_PX)
    painter.setFont(small)
    found = row.quality if row.state == "done" else ()  # every other state is what to know first
    painter.setPen(tokens.color("doubt" if wants_rescan(found) else "soft"))
    word = QRectF(shape.right() + 5, place.center().y(), place.right() - shape.right() - 5, 18)
    said = quality_word(found, language()) or state_word(row.state)
    painter.drawText(word, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)
