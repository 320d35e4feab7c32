"""Paints rows of the batch table: ground, marks, texts, hairline. Doubt is amber and a diamond, never colour alone.

A window full of rows is two hundred cells, and they are painted within a frame: layer by layer, so that pens and fonts
change seldom, and what is the same for many cells (pens, fonts, how much of a text fits) is made once and kept here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from paddlescan.gui.icons import paint_state
from paddlescan.gui.review.cells import CellLook
from paddlescan.gui.tokens import GAP, SMALL_PX, Tokens

_MARK = 9
_KEPT_TEXTS = 2048


@dataclass(frozen=True, slots=True)
class RowLook:
    """A row to be painted: its place in the viewport (device-independent pixels), and a look for each cell."""

    top: int
    height: int
    selected: bool
    cells: Sequence[CellLook]


class RowPainter:
    """Paints rows in one font and one set of colours; make another where either changes."""

    def __init__(self, font: QFont, tokens: Tokens) -> None:
        self._tokens = tokens
        self._panel, self._selection = tokens.color("panel"), tokens.color("selection")
        self._line, self._ink, self._soft = (QPen(tokens.color(name)) for name in ("line", "ink", "soft"))
        self._doubt, self._doubt_back = QPen(tokens.color("doubt"), 1), tokens.color("doubt_back")
        self._plain, self._small, self._struck = _Texts(font), _Texts(_small(font)), _Texts(_struck(font))

    def paint(self, painter: QPainter, rows: Sequence[RowLook], columns: Sequence[tuple[int, int]]) -> None:
        """Paint rows. columns: left edge and width of the cells of each, side by side without gaps."""
        if not columns:
            return
        left = min(left for left, _ in columns)
        width = max(left + width for left, width in columns) - left
        painter.setPen(self._line)
        for row in rows:
            bottom = row.top + row.height - 1
            painter.fillRect(left, row.top, width, row.height, self._selection if row.selected else self._panel)
            painter.drawLine(left, bottom, left + width - 1, bottom)
        texts: dict[tuple[_Texts, bool], list[_Text]] = {}
        for row in rows:
            for look, (x, wide) in zip(row.cells, columns, strict=True):
                begin = self._paint_marks(painter, look, x, row.top, wide, row.height)
                if look.words:
                    font = self._small if look.state is not None else self._struck if look.removed else self._plain
                    texts.setdefault((font, look.soft or look.removed), []).append((look, begin, x + wide - GAP, row))
        for (font, soft), some in texts.items():
            painter.setFont(font.font)
            painter.setPen(self._soft if soft else self._ink)
            for text in some:
                self._paint_text(painter, font, *text)

    def _paint_marks(self, painter: QPainter, look: CellLook, left: int, top: int, width: int, height: int) -> int:
        """State, doubt, and what is not saved yet. Where the text begins."""
        begin = left + GAP
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
        return begin

    def _paint_text(self, painter: QPainter, texts: _Texts, look: CellLook, begin: int, end: int, row: RowLook) -> None:
        words, width = look.words, end - begin
        if look.right or look.impossible or not texts.surely_fits(words, width):
            words, wide = texts.fitted(words, width)
        else:
            wide = 0
        x = end - wide if look.right else begin
        height = row.height - 1
        painter.drawText(QPointF(x, row.top + (height + texts.rise) / 2), words)
        if look.impossible:
            _paint_wave(painter, x, row.top + height // 2 + 9, max(wide, 4), self._tokens.color("bad"))


_Text = tuple[CellLook, int, int, RowLook]
"""A cell with words, where they may begin and where they have to end, and its row."""


def paint_frame(painter: QPainter, box: QRect, pen: QPen) -> None:
    """Paint the frame of the current cell into its box."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawRect(QRectF(box).adjusted(1, 1, -1.5, -2))


class _Texts:
    """A font, and how much of the texts that were painted lately fits into their cells."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetrics(font)
        self.rise = self._metrics.ascent() - self._metrics.descent()
        """From the middle of a line down to its baseline, twice."""
        self._kept: OrderedDict[tuple[str, int], tuple[str, int]] = OrderedDict()
        self._most: dict[str, int] = {}
        """By letter: what it takes at most."""

    def surely_fits(self, text: str, width: int) -> bool:
        """Whether a text fits into a width, told without laying it out: False means that it may or may not."""
        most, room = self._most, width
        for letter in text:
            if letter not in most:
                most[letter] = self._metrics.horizontalAdvance(letter) + 1
            room -= most[letter]
        return room >= 0

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
