"""Icons painted by hand: state shapes and action icons, in the colours of the palette.

State is told by shape and by colour: done a dot, to check a diamond, failed a square, reading a ring
that turns, waiting an empty ring; so that a colour-blind clerk sees it too.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QPixmap,
)

from paddlescan.document import PageState
from paddlescan.gui.tokens import Tokens, is_dark, tokens_for

STATE_COLOURS: dict[PageState, str] = {
    "done": "ok",
    "needs_review": "doubt",
    "failed": "bad",
    "reading": "accent",
    "waiting": "soft",
}
"""The token of each state."""


def paint_state(painter: QPainter, rect: QRectF, state: PageState, tokens: Tokens, phase: float = 0.0) -> None:
    """Paint a state's shape into the square `rect`.

    phase: how far the reading ring has turned, 0..1 (the other states stand still).
    """
    side = min(rect.width(), rect.height())
    box = QRectF(0.0, 0.0, side, side)
    box.moveCenter(rect.center())
    colour = tokens.color(STATE_COLOURS[state])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if state == "done":
        painter.drawEllipse(box.marginsRemoved(_margins(side * 0.1)))
    elif state == "needs_review":
        c, r = box.center(), side * 0.52
        path = QPainterPath(QPointF(c.x(), c.y() - r))
        for x, y in ((r, 0), (0, r), (-r, 0)):
            path.lineTo(c.x() + x, c.y() + y)
        path.closeSubpath()
        painter.drawPath(path)
    elif state == "failed":
        painter.drawRoundedRect(box.marginsRemoved(_margins(side * 0.12)), side * 0.1, side * 0.1)
    else:
        width = max(1.4, side * 0.16)
        ring = box.marginsRemoved(_margins(width / 2 + side * 0.06))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tokens.color("line") if state == "reading" else colour, width))
        painter.drawEllipse(ring)
        if state == "reading":
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawArc(ring, round((90 - 360 * phase) * 16), -250 * 16)
    painter.restore()


def _margins(width: float) -> QMarginsF:
    return QMarginsF(width, width, width, width)


def state_icon(state: PageState, size: int = 10, dpr: float = 1.0, tokens: Tokens | None = None) -> QIcon:
    """A state's shape as an icon of `size` device-independent pixels; tokens: those of the program's palette."""
    pixmap = QPixmap(QSize(round(size * dpr), round(size * dpr)))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_state(painter, QRectF(0, 0, size, size), state, tokens or tokens_for(is_dark(QGuiApplication.palette())))
    painter.end()
    return QIcon(pixmap)


Draw = Callable[[QPainter], None]
"""Draws one icon in a box of 16 by 16 with the pen already chosen."""


def _strokes(*lines: tuple[tuple[float, float], ...]) -> Draw:
    def draw(painter: QPainter) -> None:
        for line in lines:
            path = QPainterPath(QPointF(*line[0]))
            for point in line[1:]:
                path.lineTo(*point)
            painter.drawPath(path)

    return draw


def _turn(left: bool) -> Draw:
    def draw(painter: QPainter) -> None:
        if not left:
            painter.translate(16, 0)
            painter.scale(-1, 1)
        painter.drawArc(QRectF(3, 3, 10, 10), -120 * 16, 290 * 16)
        tip = QPointF(8 + 5 * math.cos(math.radians(170)), 8 - 5 * math.sin(math.radians(170)))
        painter.drawPolyline([tip + QPointF(-2.4, -2.2), tip, tip + QPointF(2.6, -1.6)])

    return draw


def _filled(path: QPainterPath) -> Draw:
    def draw(painter: QPainter) -> None:
        painter.fillPath(path, QBrush(painter.pen().color()))

    return draw


def _square() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(3.5, 3.5, 9, 9), 1, 1)
    return path


def _triangle() -> QPainterPath:
    path = QPainterPath(QPointF(4.5, 2.5))
    path.lineTo(13, 8)
    path.lineTo(4.5, 13.5)
    path.closeSubpath()
    return path


def _swing(painter: QPainter) -> None:
    """A bow with an arrow at either end: turned freely, not by quarters."""
    painter.drawArc(QRectF(1.5, 4.0, 13.0, 13.0), 30 * 16, 120 * 16)
    _strokes(((1.6, 3.8), (2.4, 7.6), (6.2, 7.0)))(painter)
    _strokes(((14.4, 3.8), (13.6, 7.6), (9.8, 7.0)))(painter)


def _search(painter: QPainter) -> None:
    painter.drawEllipse(QRectF(2.5, 2.5, 8, 8))
    painter.drawLine(QPointF(9.5, 9.5), QPointF(13.5, 13.5))


def _receipt(painter: QPainter) -> None:
    _strokes(
        ((3.5, 14), (3.5, 1.5), (12.5, 1.5), (12.5, 14), (11, 13), (9.5, 14), (8, 13), (6.5, 14), (5, 13), (3.5, 14)),
        ((5.8, 4.8), (10.2, 4.8)),
        ((5.8, 7.3), (10.2, 7.3)),
        ((5.8, 9.8), (8.4, 9.8)),
    )(painter)


def _pane(x: float, y: float, w: float, h: float) -> Draw:
    def draw(painter: QPainter) -> None:
        painter.drawRoundedRect(QRectF(2, 2.5, 12, 11), 1.5, 1.5)
        painter.fillRect(QRectF(x, y, w, h), QBrush(painter.pen().color()))

    return draw


ACTIONS: dict[str, Draw] = {
    "add": _strokes(((8, 2.5), (8, 13.5)), ((2.5, 8), (13.5, 8))),
    "plus": _strokes(((8, 3.5), (8, 12.5)), ((3.5, 8), (12.5, 8))),
    "minus": _strokes(((3.5, 8), (12.5, 8))),
    "folder": _strokes(((1.5, 13), (1.5, 3), (6, 3), (7.5, 5), (14.5, 5), (14.5, 13), (1.5, 13))),
    "scanner": _strokes(
        ((1.5, 9), (14.5, 9), (14.5, 13.5), (1.5, 13.5), (1.5, 9)), ((2.5, 9), (12.5, 3)), ((4, 11.3), (8, 11.3))
    ),
    "file": _strokes(((3.5, 14.5), (3.5, 1.5), (9.5, 1.5), (12.5, 4.5), (12.5, 14.5), (3.5, 14.5))),
    "stop": _filled(_square()),
    "go": _filled(_triangle()),
    "export": _strokes(
        ((8, 10.5), (8, 2)), ((4.8, 5.2), (8, 2), (11.2, 5.2)), ((2.5, 9.5), (2.5, 14), (13.5, 14), (13.5, 9.5))
    ),
    "search": _search,
    "close": _strokes(((4, 4), (12, 12)), ((12, 4), (4, 12))),
    "check": _strokes(((3, 8.5), (6.5, 12), (13, 4.5))),
    "down": _strokes(((4, 6), (8, 10), (12, 6))),
    "left": _strokes(((10, 4), (6, 8), (10, 12))),
    "right": _strokes(((6, 4), (10, 8), (6, 12))),
    "turn_left": _turn(True),
    "turn_right": _turn(False),
    "again": _turn(False),
    "swing": _swing,
    "undo": _strokes(
        ((6, 3), (2.5, 6.5), (6, 10)), ((2.5, 6.5), (10.5, 6.5), (13, 9), (13, 10.5), (10.5, 13), (7, 13))
    ),
    "redo": _strokes(
        ((10, 3), (13.5, 6.5), (10, 10)), ((13.5, 6.5), (5.5, 6.5), (3, 9), (3, 10.5), (5.5, 13), (9, 13))
    ),
    "fit": _strokes(
        ((9.5, 2.5), (13.5, 2.5), (13.5, 6.5)),
        ((13.5, 2.5), (9, 7)),
        ((6.5, 13.5), (2.5, 13.5), (2.5, 9.5)),
        ((2.5, 13.5), (7, 9)),
    ),
    "compare": _strokes(((5, 4.5), (1.5, 8), (5, 11.5)), ((11, 4.5), (14.5, 8), (11, 11.5)), ((2, 8), (14, 8))),
    "trash": _strokes(
        ((2.5, 4), (13.5, 4)), ((6, 4), (6, 2), (10, 2), (10, 4)), ((4, 4), (4.7, 14), (11.3, 14), (12, 4))
    ),
    "receipt": _receipt,
    "take": _strokes(
        ((1.5, 4.5), (1.5, 1.5), (4.5, 1.5)),
        ((11.5, 1.5), (14.5, 1.5), (14.5, 4.5)),
        ((14.5, 11.5), (14.5, 14.5), (11.5, 14.5)),
        ((4.5, 14.5), (1.5, 14.5), (1.5, 11.5)),
        ((4.8, 5.2), (11.2, 5.2)),
        ((8, 5.2), (8, 11.2)),
    ),
    "receipts": _strokes(
        ((2, 2), (7, 2), (7, 14), (2, 14), (2, 2)),
        ((9.5, 2), (14, 2), (14, 7), (9.5, 7), (9.5, 2)),
        ((9.5, 9.5), (14, 9.5), (14, 14), (9.5, 14), (9.5, 9.5)),
    ),
    "pages": _pane(3, 3.5, 3, 9),
    "fields": _pane(10, 3.5, 3, 9),
    "table": _pane(3, 9.5, 10, 3),
}
"""Every action icon by its name."""


def paint_action(painter: QPainter, rect: QRectF, name: str, colour: QColor, width: float = 1.5) -> None:
    """Paint one action icon into the square `rect`; width: of the pen, in sixteenths of the side."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 16, rect.height() / 16)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ACTIONS[name](painter)
    painter.restore()


class _ActionEngine(QIconEngine):
    """Paints an action icon at any size, in whatever colour the palette has at that moment."""

    def __init__(self, name: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._name, self._role = name, role

    def clone(self) -> QIconEngine:
        return _ActionEngine(self._name, self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        group = QPalette.ColorGroup.Disabled if mode == QIcon.Mode.Disabled else QPalette.ColorGroup.Active
        colour = QGuiApplication.palette().color(group, self._role)
        paint_action(painter, QRectF(rect), self._name, colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """A picture of `size` device-independent pixels, `scale` times as many for the screen."""
        pixmap = QPixmap(size * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap


def action_icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """The action icon of that name; its colour follows the palette's role, light or dark. KeyError if unknown."""
    ACTIONS[name]
    return QIcon(_ActionEngine(name, role))
