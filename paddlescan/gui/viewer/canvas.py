"""The page before and after preparation, the lines read from it, and the one place looked at.

Shows what it is given and says what the clerk does with it; it knows nothing of batches, stores or switches.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from paddlescan.document import Point, Quad, TextLine
from paddlescan.gui.tokens import GAP, tokens_of
from paddlescan.gui.viewer import geometry, painting
from paddlescan.gui.viewer.hands import Hands
from paddlescan.gui.viewer.line_label import LineLabel
from paddlescan.gui.viewer.scene import Box, Parts, Preview, Scene
from paddlescan.gui.viewer.stage import Stage
from paddlescan.gui.viewer.toggle import angle_words

GHOST_MS = 150
"""How long the last page stays to be seen while the next one is drawn, so that nothing flickers."""
BEHIND = 0.3
"""How clearly the page as scanned is seen behind the one receipt of it that is prepared."""


class Canvas(Stage):
    """The page, pannable and zoomable, with a divider between before and after."""

    line_clicked = Signal(object)
    """TextLine"""
    turned = Signal(float)
    """Degrees, while a hand turns the page."""
    turn_begun = Signal()
    turn_given_up = Signal()
    """Esc while turning: the angle goes back to where it was."""
    part_clicked = Signal(int)
    """The number of another receipt on the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 120)
        self.hovered: TextLine | None = None
        self.chosen: TextLine | None = None
        self.label = LineLabel(self)
        self.view_changed.connect(self.label.place)
        self.divider_moved.connect(self.label.place)
        self._lines_shown = True
        self._highlight: tuple[Quad, bool] | None = None
        self._waiting_highlight = False
        self._expecting = False
        self._words = ("", "")
        self.turn_words = ""
        """What is said of the handle that the page is turned by."""
        self._focus_by_keys = False
        self._ghost: Scene | None = None
        self._ghost_goes = QTimer(self)
        self._ghost_goes.setSingleShot(True)
        self._ghost_goes.setInterval(GHOST_MS)
        self._ghost_goes.timeout.connect(self._let_ghost_go)
        self._pictures = painting.ScaledPictures()
        self._hands = Hands(self)
        self.retranslate()

    def show_preview(
        self, preview: Preview, lines: tuple[TextLine, ...], same_page: bool, parts: Parts | None = None
    ) -> None:
        """Show a page; same_page: it is the one on the stage, prepared otherwise or drawn sharper.

        parts: the receipts of a page that holds several.
        """
        fresh = self.scene is None or not same_page
        self._ghost = None
        self._expecting = False
        if fresh:
            self._pictures.clear()
            self.choose(None)
        self.put_on(preview, lines, same_page, parts or Parts())
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        if self._waiting_highlight and self._highlight is not None:
            self.fly_to(self._highlight[0], at_once=fresh)
        self._waiting_highlight = False

    def clear(self, next_comes: bool = False) -> None:
        """An empty stage; next_comes: the last page is still seen for a moment, until the next is drawn."""
        if next_comes and self.scene is not None:
            self._ghost = self.scene
            self._ghost_goes.start()
        elif not next_comes:
            self._let_ghost_go()
        self._highlight = None
        self._waiting_highlight = self._expecting = False
        self.hovered = None
        self.choose(None)
        self.unsetCursor()
        self._hands.let_go()
        self.take_off()

    def _let_ghost_go(self) -> None:
        self._ghost = None
        if self.scene is None:
            self._pictures.clear()
        self.update()

    def expect_part(self, parts: Parts) -> None:
        """Another receipt of the page comes to the front; its picture and its lines are still to come."""
        self._expecting = True
        self.set_lines((), parts)

    def set_lines(self, lines: tuple[TextLine, ...], parts: Parts | None = None) -> None:
        """Other lines on the same page (source pixels)."""
        if self.scene is not None:
            self.scene = replace(self.scene, lines=lines, parts=parts or Parts())
            self.hovered = None
            self.choose(None)
            self.update()

    def highlight(self, quad: Quad | None, doubtful: bool) -> None:
        """Fly to a place of the source page and mark it, in amber if it is doubtful; None: no mark.

        Before there is a picture the place is kept, and flown to when one comes.
        """
        self._highlight = None if quad is None else (quad, doubtful)
        self._waiting_highlight = quad is not None and (self.scene is None or self._expecting)
        if quad is not None and not self._waiting_highlight:
            self.fly_to(quad)
        self.update()

    @property
    def expecting(self) -> bool:
        """Whether the picture on the stage is still that of another receipt."""
        return self._expecting

    @property
    def highlighted(self) -> Quad | None:
        """The place marked now, in source pixels."""
        return self._highlight[0] if self._highlight else None

    def choose(self, line: TextLine | None) -> None:
        """Show a line's text beside it; None: take the text away."""
        self.chosen = line
        self.label.show_line(line)
        self.update()

    def hover(self, line: TextLine | None) -> None:
        """Mark the line under the mouse."""
        if line is not self.hovered:
            self.hovered = line
            self.update()

    def zoom(self, factor: float, around: Point | None = None) -> None:
        """See `Stage`. By keys and buttons the page moves away under the mouse: what was said of a line goes."""
        if around is None:
            self.hover(None)
            self.choose(None)
        super().zoom(factor, around)

    def show_outlines(self, on: bool) -> None:
        """Draw the thin rectangles around lines, or leave the page bare."""
        self._lines_shown = on
        self.update()

    @property
    def outlines_shown(self) -> bool:
        """Whether the thin rectangles are drawn."""
        return self._lines_shown

    def pills(self) -> tuple[QRectF, QRectF]:
        """Where the words Before and After stand, in widget pixels."""
        return painting.pill_boxes(self._words, QFontMetricsF(self.font()), self.divider_x, self.width())

    def retranslate(self) -> None:
        """Take the words of the window's language."""
        self._words = (self.tr("Before"), self.tr("After"))
        self.turn_words = self.tr("Drag to turn the page, or drag it anywhere with Shift; Esc puts it back")
        self.setAccessibleName(self.tr("Page"))
        self.setAccessibleDescription(
            self.tr(
                "Arrow keys move the page, + and - zoom, F fits it, Space changes between before and after, "
                "comma and full stop turn it."
            )
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the stage."""
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.fillRect(event.rect(), tokens.color("stage"))
        scene = self.scene or self._ghost
        if scene is not None:
            x = self.divider_x
            sides = ((False, QRectF(0, 0, x, self.height())), (True, QRectF(x, 0, self.width() - x, self.height())))
            for after, clip in sides:
                if clip.width() > 0:
                    painter.save()
                    painter.setClipRect(clip)
                    self._paint_page(painter, scene, after)
                    painter.restore()
            self._paint_divider(painter, x)
            self._paint_handle(painter)
        if self.hasFocus() and self._focus_by_keys:
            painting.draw_focus(painter, self.width(), self.height(), tokens)
        painter.end()

    def _paint_page(self, painter: QPainter, scene: Scene, after: bool) -> None:
        several = bool(scene.parts.regions)
        if after and several:  # the other receipts stay where they are, behind the one that is prepared
            painter.setOpacity(BEHIND)
            self._draw(painter, scene.preview.before, self._in_widget(scene.before_box))
            painter.setOpacity(1.0)
        box = self._in_widget(scene.after_box if after else scene.before_box)
        if after and self.turning is not None:
            self._paint_turning(painter, scene, box)
            return
        painting.draw_shadow(painter, box)
        self._draw(painter, scene.preview.after if after else scene.preview.before, box)
        if several:
            self._paint_parts(painter, scene, after)
        if self.scene is None:
            return
        if self._lines_shown:
            painting.draw_lines(painter, (self.quad_in_widget(line.quad, after) for line in scene.lines))
        hovered = self.hovered if self.hovered is not self.chosen else None
        for line, fill in ((hovered, 28), (self.chosen, 36)):
            if line is not None:
                painting.draw_mark(painter, self.quad_in_widget(line.quad, after), "accent", 1.5, fill)
        if self._highlight is not None:
            quad, doubtful = self._highlight
            placed = geometry.grow(self.quad_in_widget(quad, after), 3)
            if doubtful:
                painting.draw_doubt(painter, placed)
            else:
                painting.draw_mark(painter, placed, "accent", 2, 26)

    def _draw(self, painter: QPainter, image: QImage, box: QRectF) -> None:
        self._pictures.draw(painter, image, box, self.devicePixelRatioF(), still=not self._rest.isActive())

    def _paint_parts(self, painter: QPainter, scene: Scene, after: bool) -> None:
        tokens = tokens_of(self) if after else painting.PAPER
        box = scene.after_box
        for number, quad in scene.parts.regions:
            front = number == scene.parts.front
            upright = (box[:2], (box[2], box[1]), box[2:], (box[0], box[3]))
            a, b, c, d = map(self.view.to_widget, upright if after and front else scene.on_before(quad))
            painting.draw_part(painter, (a, b, c, d), number, front, tokens)

    def _paint_turning(self, painter: QPainter, scene: Scene, box: QRectF) -> None:
        """The page under the hand: turned at once, and a moment later as it is prepared; level lines, and the angle."""
        assert self.turning is not None
        painter.save()
        painter.translate(box.center())
        painter.rotate(self.turning - scene.preview.preparation.skew_degrees)
        painter.translate(-box.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, scene.preview.after)
        painter.restore()
        painting.draw_level_lines(painter, self.width(), self.height())

    def _paint_divider(self, painter: QPainter, x: float) -> None:
        tokens = tokens_of(self)
        painting.draw_divider(painter, x, self.height(), self.handle_y, tokens, self._hands.at_divider)
        painter.setFont(self.font())
        strong = (x > self.width() * 0.98, x < self.width() * 0.02)
        for box, word, only in zip(self.pills(), self._words, strong, strict=True):
            painting.draw_pill(painter, box, word, tokens, only)

    def _paint_handle(self, painter: QPainter) -> None:
        at, tokens = self.turn_handle, tokens_of(self)
        if at is not None:
            painting.draw_turn_handle(painter, at, tokens, self._hands.at_handle or self.turning is not None)
        if self.turning is not None:
            words = angle_words(self.turning)
            width = QFontMetricsF(self.font()).horizontalAdvance(words) + 3 * GAP
            x = (self.area.left + self.area.right - width) / 2
            painting.draw_pill(painter, QRectF(x, self.area.top + 13, width, 26), words, tokens, strong=True)

    def _in_widget(self, box: Box) -> QRectF:
        left, top = self.view.to_widget(box[:2])
        right, bottom = self.view.to_widget(box[2:])
        return QRectF(QPointF(left, top), QPointF(right, bottom))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language, palette and font."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.update()
        super().changeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring shows where the keys go, unless the mouse brought them here."""
        self._focus_by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the keys."""
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """See `Hands`."""
        self._hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """See `Hands`."""
        self._hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See `Hands`."""
        self._hands.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """See `Hands`."""
        self._hands.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """See `Hands`."""
        self._hands.wheel(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See `Hands`."""
        if not self._hands.key(event):
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No line is under the mouse any more."""
        self._hands.leave()
