"""The card with round ends and a soft shadow that floats over the page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from paddlescan.gui.tokens import GAP, tokens_of

SHADOW = 8
"""Room around a card for its shadow, in widget pixels."""
PADDING = 2 * GAP


def paint_card(widget: QWidget) -> None:
    """Paint it as the widget's ground."""
    tokens = tokens_of(widget)
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    card = QRectF(widget.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
    radius = min(card.height() / 2, 20.0)
    painter.setPen(Qt.PenStyle.NoPen)
    for spread in range(SHADOW - 1, 0, -1):
        painter.setBrush(QColor(0, 0, 0, 5))
        painter.drawRoundedRect(
            card.adjusted(-spread, 2 - spread, spread, 1 + spread), radius + spread, radius + spread
        )
    painter.setPen(QPen(tokens.color("line"), 1))
    painter.setBrush(tokens.color("panel"))
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.end()
