"""How the stage is drawn: pages with a soft shadow, lines, highlights, the divider. Functions of a painter, no state
but a cache of pictures scaled to the screen."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from paddlescan.document import Point, Quad, bounds
from paddlescan.gui import icons
from paddlescan.gui.tokens import GAP, LIGHT, Tokens

PAPER = LIGHT
"""Paper stays white in the dark, so what is drawn on it keeps the colours that can be seen on white."""

HANDLE = 26.0
"""Across the divider's round handle, in widget pixels."""
LEVEL_LINES = 48
"""Widget pixels between the lines that a page is turned by."""
BADGE = 22.0
"""Across the number of a receipt."""
PILL_TOP = 10.0
PILL_HEIGHT = 26.0
SHADOW = 11
"""How far a page's shadow reaches, in widget pixels."""
SHADOW_CORNER = 24
"""So much of the shadow's edge, from its outer corner, is not alike all along."""
LARGEST_CACHED = 24_000_000
"""Pixels of a scaled picture worth keeping; beyond, the page is drawn as it comes."""


class ScaledPictures:
    """The pictures on the stage, scaled down with care once the view stands still, and kept until it moves."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int, int], QPixmap] = {}

    def clear(self) -> None:
        """Forget them: another page is shown."""
        self._kept.clear()

    def draw(self, painter: QPainter, image: QImage, target: QRectF, dpr: float, still: bool) -> None:
        """Draw the picture into the rectangle (widget pixels); `still`: take the time to scale it well.

        A picture drawn much smaller than it is loses strokes of its letters unless every pixel counts.
        """
        width, height = round(target.width() * dpr), round(target.height() * dpr)
        small = 0 < width < image.width() * 0.8 and height > 0 and width * height < LARGEST_CACHED
        key = (image.cacheKey(), width, height)
        if small and still and key not in self._kept:
            for old in [k for k in self._kept if k[0] == key[0]]:
                del self._kept[old]
            smooth = image.scaled(
                QSize(width, height), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self._kept[key] = QPixmap.fromImage(smooth)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if small and key in self._kept:
            corner = QPointF(round(target.x() * dpr) / dpr, round(target.y() * dpr) / dpr)
            painter.drawPixmap(QRectF(corner, QSize(width, height).toSizeF() / dpr), self._kept[key], QRectF())
        else:
            painter.drawImage(target, image)


def draw_shadow(painter: QPainter, page: QRectF) -> None:
    """A soft shadow around a page: corners and edges of a small picture that is drawn once; nothing below the page."""
    ratio = painter.device().devicePixelRatioF()
    tile = _shadow(ratio)
    c = SHADOW_CORNER
    left, top = math.floor(page.left()) - SHADOW, math.floor(page.top()) - SHADOW
    right, bottom = math.ceil(page.right()) + SHADOW, math.ceil(page.bottom()) + SHADOW
    xs = ((left, c, 0.0, c), (left + c, right - left - 2 * c, c, 1.0), (right - c, c, c + 1.0, c))
    ys = ((top, c, 0.0, c), (top + c, bottom - top - 2 * c, c, 1.0), (bottom - c, c, c + 1.0, c))
    for column, (x, width, from_x, from_width) in enumerate(xs):
        for row, (y, height, from_y, from_height) in enumerate(ys):
            if (row, column) != (1, 1) and width > 0 and height > 0:
                source = QRectF(from_x * ratio, from_y * ratio, from_width * ratio, from_height * ratio)
                painter.drawImage(QRectF(x, y, width, height), tile, source)


@lru_cache(maxsize=4)
def _shadow(ratio: float) -> QImage:
    """The shadow of the smallest page that has all corners and a pixel of each edge, a few translucent layers deep."""
    side = 2 * SHADOW_CORNER + 1
    tile = QImage(QSize(side, side) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    page = QRectF(SHADOW, SHADOW, side - 2 * SHADOW, side - 2 * SHADOW)
    shade = QColor(Qt.GlobalColor.black)
    for spread in range(SHADOW - 2, 0, -1):
        shade.setAlpha(2 if spread > 4 else 5)
        painter.setBrush(shade)
        painter.drawRoundedRect(page.adjusted(-spread, 2 - spread, spread, 2 + spread), spread, spread)
    painter.end()
    return tile


def polygon(quad: Quad) -> QPolygonF:
    """A quad as Qt draws it."""
    return QPolygonF([QPointF(*corner) for corner in quad])


def draw_lines(painter: QPainter, quads: Iterable[Quad]) -> None:
    """Thin rectangles around recognised lines."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = PAPER.color("accent")
    colour.setAlpha(120)
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for quad in quads:
        painter.drawPolygon(polygon(quad))


def draw_mark(painter: QPainter, quad: Quad, token: str, width: float, fill: int) -> None:
    """A strong rectangle around one place, its inside tinted (`fill`: 0..255)."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = PAPER.color(token)
    tint = QColor(colour)
    tint.setAlpha(fill)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(tint)
    painter.drawPolygon(polygon(quad))


def draw_doubt(painter: QPainter, quad: Quad) -> None:
    """A place in doubt: amber around it, and the diamond on its top left corner, as everywhere else."""
    draw_mark(painter, quad, "doubt", 2, 34)
    left, top, _, _ = bounds(quad)
    badge = QRectF(0, 0, 20, 20)
    badge.moveCenter(QPointF(left, top))
    painter.setPen(QPen(PAPER.color("doubt"), 1.5))
    painter.setBrush(PAPER.color("panel"))
    painter.drawEllipse(badge)
    icons.paint_state(painter, badge.adjusted(5.5, 5.5, -5.5, -5.5), "needs_review", PAPER)


def draw_band(painter: QPainter, quad: Quad) -> None:
    """A place that is drawn around by hand, or being read."""
    draw_mark(painter, quad, "accent", 1.5, 30)
    painter.setPen(QPen(PAPER.color("panel"), 1.5, Qt.PenStyle.DotLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(polygon(quad))


def draw_level_lines(painter: QPainter, width: float, height: float) -> None:
    """Fine level and upright lines to turn a page by."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    colour = PAPER.color("accent")
    colour.setAlpha(70)
    painter.setPen(QPen(colour, 1))
    painter.drawLines([QLineF(0, y, width, y) for y in range(0, round(height), LEVEL_LINES)])
    painter.drawLines([QLineF(x, 0, x, height) for x in range(0, round(width), LEVEL_LINES)])


def draw_turn_handle(painter: QPainter, at: Point, tokens: Tokens, active: bool) -> None:
    """Where a page is taken to turn it; active: under the mouse or in the hand."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = HANDLE / 2 + (1 if active else 0)
    painter.setPen(QPen(tokens.color("line"), 1))
    painter.setBrush(tokens.color("accent" if active else "panel"))
    painter.drawEllipse(QPointF(*at), radius, radius)
    icon = QRectF(at[0] - 8, at[1] - 8, 16, 16)
    icons.paint_action(painter, icon, "swing", tokens.color("on_accent" if active else "ink"))


def draw_part(
    painter: QPainter, quad: Quad, number: int, front: bool, tokens: Tokens, badge_at: Point | None = None
) -> None:
    """The outline of one receipt on a page of several with its number; front: the one that is looked at.

    badge_at: where the number stands; None: at the top left corner.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = tokens.color("accent" if front else "soft")
    style = Qt.PenStyle.SolidLine if front else Qt.PenStyle.DashLine
    painter.setPen(QPen(colour, 2 if front else 1.5, style))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(polygon(quad))
    badge = QRectF(0, 0, BADGE, BADGE)
    badge.moveCenter(QPointF(*(quad[0] if badge_at is None else badge_at)))
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(colour if front else tokens.color("panel"))
    painter.drawEllipse(badge)
    painter.setPen(tokens.color("on_accent") if front else colour)
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(number))


def draw_others(painter: QPainter, page: QRectF, quads: Iterable[Quad]) -> None:
    """A veil over the part of a page that lies in none of these quads."""
    rest = QPainterPath()
    rest.addRect(page)
    for quad in quads:
        inside = QPainterPath()
        inside.addPolygon(polygon(quad))
        rest = rest.subtracted(inside)
    painter.fillPath(rest, QColor(20, 24, 32, 70))


def draw_grips(painter: QPainter, points: Iterable[Point]) -> None:
    """Small squares that an outline is taken by."""
    painter.setPen(QPen(PAPER.color("accent"), 1.5))
    painter.setBrush(PAPER.color("panel"))
    for x, y in points:
        painter.drawRect(QRectF(x - 4.0, y - 4.0, 8.0, 8.0))


def draw_divider(painter: QPainter, x: float, height: float, handle_y: float, tokens: Tokens, active: bool) -> None:
    """The line between before and after and the handle to drag it by; `active`: under the mouse or focused."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    accent = tokens.color("accent")
    painter.fillRect(QRectF(x - 1, 0, 2, height), accent)
    radius = HANDLE / 2 + (1 if active else 0)
    painter.setPen(QPen(tokens.color("panel"), 2))
    painter.setBrush(accent)
    painter.drawEllipse(QPointF(x, handle_y), radius, radius)
    icon = QRectF(x - 8, handle_y - 8, 16, 16)
    icons.paint_action(painter, icon, "compare", tokens.color("on_accent"))


def pill_boxes(words: tuple[str, str], metrics: QFontMetricsF, x: float, width: float) -> tuple[QRectF, QRectF]:
    """Where the words Before and After stand: on both sides of the divider, moved in at the edges of the stage."""
    first, second = (metrics.horizontalAdvance(word) + 2.5 * GAP for word in words)
    gap = 1.5 * GAP if GAP < x < width - GAP else GAP / 2
    left = x - gap - first
    left = max(GAP, min(left, width - GAP - second - 2 * gap - first))
    before = QRectF(left, PILL_TOP, first, PILL_HEIGHT)
    return before, QRectF(before.right() + 2 * gap, PILL_TOP, second, PILL_HEIGHT)


def draw_pill(painter: QPainter, box: QRectF, word: str, tokens: Tokens, strong: bool) -> None:
    """One word in a pill; strong: its side is the one that is seen most."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tokens.color("line"), 1))
    painter.setBrush(tokens.color("panel"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 2, box.height() / 2)
    painter.setPen(tokens.color("ink" if strong else "soft"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)


def draw_focus(painter: QPainter, width: float, height: float, tokens: Tokens) -> None:
    """A hairline of accent along the stage's edge while the keys go there."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(tokens.color("accent"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(0.5, 0.5, width - 1, height - 1))
