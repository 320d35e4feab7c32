"""The canvas, painted: both pages with the divider between them, lines, receipts and marks on them, and the handles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from paddlescan.document.geometry import centre
from paddlescan.gui.tokens import GAP, tokens_of
from paddlescan.gui.viewer import geometry, painting
from paddlescan.gui.viewer.hands import Hands
from paddlescan.gui.viewer.outlines import Outlines, grips
from paddlescan.gui.viewer.scene import Box, Scene
from paddlescan.gui.viewer.toggle import angle_words

if TYPE_CHECKING:
    from paddlescan.gui.viewer.canvas import Canvas

BEHIND = 0.3
"""How clearly the page as scanned is seen behind the one receipt of it that is prepared."""


class Drawing:
    """Paints what one canvas shows; `painting` has the brushes."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._pictures = painting.ScaledPictures()

    def forget(self) -> None:
        """The pictures of the last page are not painted any more."""
        self._pictures.clear()

    def draw(self, painter: QPainter, scene: Scene, hands: Hands) -> None:
        """Paint a scene, the canvas's own or the one that is seen until the next comes."""
        canvas = self._canvas
        if canvas.outlines is not None and scene is canvas.scene:
            self._paint_outlining(painter, scene, canvas.outlines)
            return
        x, width, height = canvas.divider_x, canvas.width(), canvas.height()
        for after, clip in ((False, QRectF(0, 0, x, height)), (True, QRectF(x, 0, width - x, height))):
            if clip.width() > 0:
                painter.save()
                painter.setClipRect(clip)
                self._paint_page(painter, scene, after)
                painter.restore()
        self._paint_divider(painter, x, hands.at_divider)
        self._paint_handle(painter, hands.at_handle)

    def _paint_outlining(self, painter: QPainter, scene: Scene, outlines: Outlines) -> None:
        """The page as scanned, what is no receipt's darkened, and the outlines with their grips."""
        canvas = self._canvas
        box = self._in_widget(scene.before_box)
        painting.draw_shadow(painter, box)
        self._draw(painter, scene.preview.before, box)
        placed = [canvas.quad_in_widget(quad, after=False) for quad in outlines.quads]
        if placed:
            painting.draw_others(painter, box, placed)
        painter.setFont(canvas.font())
        for n, quad in sorted(enumerate(placed), key=lambda entry: entry[0] in outlines.chosen):
            middle = centre(quad)  # its corners are for the hand
            painting.draw_part(painter, quad, n + 1, n in outlines.chosen, painting.PAPER, middle)
            if n in outlines.chosen:
                painting.draw_grips(painter, [at for _, at in grips(quad)])

    def _paint_page(self, painter: QPainter, scene: Scene, after: bool) -> None:
        canvas = self._canvas
        several = bool(scene.parts.regions)
        if after and several:  # the other receipts stay where they are, behind the one that is prepared
            painter.setOpacity(BEHIND)
            self._draw(painter, scene.preview.before, self._in_widget(scene.before_box))
            painter.setOpacity(1.0)
        box = self._in_widget(scene.after_box if after else scene.before_box)
        if after and canvas.turning is not None:
            self._paint_turning(painter, scene, box)
            return
        painting.draw_shadow(painter, box)
        self._draw(painter, scene.preview.after if after else scene.preview.before, box)
        if several:
            self._paint_parts(painter, scene, after)
        if canvas.scene is None:
            return
        if canvas.outlines_shown:
            painting.draw_lines(painter, (canvas.quad_in_widget(line.quad, after) for line in scene.lines))
        hovered = canvas.hovered if canvas.hovered is not canvas.chosen else None
        for line, fill in ((hovered, 28), (canvas.chosen, 36)):
            if line is not None:
                painting.draw_mark(painter, canvas.quad_in_widget(line.quad, after), "accent", 1.5, fill)
        if canvas.band is not None:
            painting.draw_band(painter, canvas.quad_in_widget(canvas.band, after))
        if canvas.mark is not None:
            quad, doubtful = canvas.mark
            placed = geometry.grow(canvas.quad_in_widget(quad, after), 3)
            if doubtful:
                painting.draw_doubt(painter, placed)
            else:
                painting.draw_mark(painter, placed, "accent", 2, 26)

    def _draw(self, painter: QPainter, image: QImage, box: QRectF) -> None:
        canvas = self._canvas
        self._pictures.draw(painter, image, box, canvas.devicePixelRatioF(), still=canvas.still)

    def _paint_parts(self, painter: QPainter, scene: Scene, after: bool) -> None:
        canvas = self._canvas
        tokens = tokens_of(canvas) if after else painting.PAPER
        box = scene.after_box
        for number, quad in scene.parts.regions:
            front = number == scene.parts.front
            upright = (box[:2], (box[2], box[1]), box[2:], (box[0], box[3]))
            a, b, c, d = map(canvas.view.to_widget, upright if after and front else scene.on_before(quad))
            painting.draw_part(painter, (a, b, c, d), number, front, tokens)

    def _paint_turning(self, painter: QPainter, scene: Scene, box: QRectF) -> None:
        """The page under the hand: turned at once, and a moment later as it is prepared; level lines, and the angle."""
        canvas = self._canvas
        assert canvas.turning is not None
        painter.save()
        painter.translate(box.center())
        painter.rotate(canvas.turning - scene.preview.preparation.skew_degrees)
        painter.translate(-box.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, scene.preview.after)
        painter.restore()
        painting.draw_level_lines(painter, canvas.width(), canvas.height())

    def _paint_divider(self, painter: QPainter, x: float, taken: bool) -> None:
        canvas = self._canvas
        tokens = tokens_of(canvas)
        painting.draw_divider(painter, x, canvas.height(), canvas.handle_y, tokens, taken)
        painter.setFont(canvas.font())
        strong = (x > canvas.width() * 0.98, x < canvas.width() * 0.02)
        for box, word, only in zip(canvas.pills(), canvas.words, strong, strict=True):
            painting.draw_pill(painter, box, word, tokens, only)

    def _paint_handle(self, painter: QPainter, taken: bool) -> None:
        canvas = self._canvas
        at, tokens = canvas.turn_handle, tokens_of(canvas)
        if at is not None:
            painting.draw_turn_handle(painter, at, tokens, taken or canvas.turning is not None)
        words = canvas.taking_words() if canvas.taking else ""
        if canvas.turning is not None:
            words = angle_words(canvas.turning)
        if words:
            metrics, room = QFontMetricsF(canvas.font()), canvas.area.width
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room - 3 * GAP)
            width = metrics.horizontalAdvance(words) + 3 * GAP
            x = (canvas.area.left + canvas.area.right - width) / 2
            painting.draw_pill(painter, QRectF(x, canvas.area.top + 13, width, 26), words, tokens, strong=True)

    def _in_widget(self, box: Box) -> QRectF:
        canvas = self._canvas
        left, top = canvas.view.to_widget(box[:2])
        right, bottom = canvas.view.to_widget(box[2:])
        return QRectF(QPointF(left, top), QPointF(right, bottom))
