"""Paints one cell of the batch table: ground, mark, text, hairline. Doubt is amber and a diamond, never colour alone.

A window full of rows is two hundred cells, and they are painted within a frame: what is the same for many cells (pens,
fonts, how much of a text fits) is made once and kept here.
"""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from paddlescan.gui.icons import paint_state
from paddlescan.gui.review.cells import CellLook
from paddlescan.gui.tokens import GAP, SMALL_PX, Tokens

_MARK = 9
_KEPT_TEXTS = 2048


class CellPainter:
    """Paints cells in one font and one set of colours; make another where either changes."""

    def __init__(self, font: QFont, tokens: Tokens) -> None:
        self._tokens = tokens
        self._panel, self._selection = tokens.color("panel"), tokens.color("selection")
        self._line, self._ink, self._soft = (QPen(tokens.color(name)) for name in ("line", "ink", "soft"))
        self._doubt, self._doubt_back = QPen(tokens.color("doubt"), 1), tokens.color("doubt_back")
        self._plain, self._small, self._struck = _Texts(font), _Texts(_small(font)), _Texts(_struck(font))

    def paint(self, painter: QPainter, box: QRect, look: CellLook, selected: bool, current: QPen | None) -> None:
        """Paint one cell into its box. current: the pen of the frame, where the cell is the current one."""
        left, top, width, height = box.x(), box.y(), box.width(), box.height()
        bottom = top + height - 1
        painter.fillRect(left, top, width, height, self._selection if selected else self._panel)
        painter.setPen(self._line)
        painter.drawLine(left, bottom, left + width - 1, bottom)
        begin, end = left + GAP, left + width - GAP
        if look.state is not None:
            if not look.removed:
                middle = top + (height - 1) / 2
                paint_state(painter, QRectF(begin, middle - _MARK / 2, _MARK, _MARK), look.state, self._tokens)
            begin += _MARK + 5
        elif look.doubtful:
            painter.setPen(self._doubt)
            painter.setBrush(self._doubt_back)
            painter.drawRect(QRectF(left + 0.5, top + 0.5, width - 2, height - 2))
            mark = QRectF(left + 5, top + (height - 1) / 2 - _MARK / 2, _MARK - 1, _MARK - 1)
            paint_state(painter, mark, "needs_review", self._tokens)
            begin += _MARK
        if look.saving != "saved":
            mark = QRectF(left + width - 9, top + 3, 6, 6)
            paint_state(painter, mark, "waiting" if look.saving == "saving" else "failed", self._tokens)
        self._paint_text(painter, look, begin, end, top, height - 1)
        if current is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(current)
            painter.drawRect(QRectF(box).adjusted(1, 1, -1.5, -2))

    def _paint_text(self, painter: QPainter, look: CellLook, begin: int, end: int, top: int, height: int) -> None:
        if not look.words:
            return
        texts = self._small if look.state is not None else self._struck if look.removed else self._plain
        shown, wide = texts.fitted(look.words, end - begin)
        x = end - wide if look.right else begin
        painter.setFont(texts.font)
        painter.setPen(self._soft if look.soft or look.removed else self._ink)
        painter.drawText(QPointF(x, top + (height + texts.rise) / 2), shown)
        if look.impossible:
            _paint_wave(painter, x, top + height // 2 + 9, max(wide, 4), self._tokens.color("bad"))


class _Texts:
    """A font, and how much of the texts that were painted lately fits into their cells."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetrics(font)
        self.rise = self._metrics.ascent() - self._metrics.descent()
        """From the middle of a line down to its baseline, twice."""
        self._kept: OrderedDict[tuple[str, int], tuple[str, int]] = OrderedDict()

    def fitted(self, text: str, width: int) -> tuple[str, int]:
        """What is shown of a text within a width, and how wide that is (device-independent pixels)."""
        found = self._kept.get((text, width))
        if found is None:
            shown, wide = text, self._metrics.horizontalAdvance(text)
            if wide > width:
                shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0))
                wide = self._metrics.horizontalAdvance(shown)
            found = self._kept[text, width] = shown, wide
            if len(self._kept) > _KEPT_TEXTS:
                self._kept.popitem(last=False)
        return found


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(SMALL_PX)
    return small


def _struck(font: QFont) -> QFont:
    struck = QFont(font)
    struck.setStrikeOut(True)
    return struck


def _paint_wave(painter: QPainter, left: float, y: int, width: int, colour: QColor) -> None:
    """A wavy line under a value that cannot be right."""
    painter.save()
    painter.setPen(QPen(colour, 1.2))
    points = [QPointF(left + step, y + (1.2 if step // 2 % 2 else -1.2)) for step in range(0, width, 2)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawPolyline(points)
    painter.restore()
