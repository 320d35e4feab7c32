"""One thing dragged out of the window: always a copy, and never into the window itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QDrag, QGuiApplication, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from paddlescan.gui.icons import paint_action
from paddlescan.gui.tokens import GAP, tokens_of

_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


def carry(source: QWidget, mime: QMimeData, words: str) -> bool:
    """Drag it until it is let go of. words: what is seen under the mouse. Whether somebody took it.

    Only a copy is offered, so that no target moves or deletes an original.
    """
    drag = QDrag(source)
    drag.setMimeData(mime)
    drag.setPixmap(chip(source, words))
    drag.setHotSpot(QPoint(-GAP, -GAP))
    app, refusal = QApplication.instance(), _NotHere()
    if app is not None:
        app.installEventFilter(refusal)
    try:
        return drag.exec(Qt.DropAction.CopyAction) == Qt.DropAction.CopyAction
    finally:
        if app is not None:
            app.removeEventFilter(refusal)


class _NotHere(QObject):
    """No place of this program takes what comes from it: a page is in its batch, and its text no field's value."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse it."""
        if event.type() not in _DRAGS or not isinstance(watched, QWidget):
            return False
        event.ignore()
        return True


def chip(source: QWidget, words: str) -> QPixmap:
    """What is carried, in a word or two, as a small card."""
    tokens, metrics = tokens_of(source), source.fontMetrics()
    side = metrics.height()
    size = QSize(side + metrics.horizontalAdvance(words) + 4 * GAP, side + 2 * GAP)
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    card = QRectF(0.5, 0.5, size.width() - 1, size.height() - 1)
    painter.setPen(QPen(tokens.color("accent"), 1))
    painter.setBrush(tokens.color("panel"))
    painter.drawRoundedRect(card, 6, 6)
    paint_action(painter, QRectF(GAP, GAP, side, side), "receipt", tokens.color("accent"))
    painter.setFont(source.font())
    painter.setPen(tokens.color("ink"))
    place = card.adjusted(side + 2 * GAP, 0, -GAP, 0)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
    painter.end()
    return picture
