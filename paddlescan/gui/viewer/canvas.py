"""The page before and after preparation, the lines read from it, and the one place looked at.

Shows what it is given and says what the clerk does with it; it knows nothing of batches, stores or switches.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from paddlescan.document import Point, Quad, TextLine
from paddlescan.gui.tokens import tokens_of
from paddlescan.gui.viewer import painting
from paddlescan.gui.viewer.drawing import Drawing
from paddlescan.gui.viewer.hands import Hands
from paddlescan.gui.viewer.line_label import LineLabel
from paddlescan.gui.viewer.outline_hands import OutlineHands
from paddlescan.gui.viewer.outlines import Outlines
from paddlescan.gui.viewer.scene import Parts, Preview, Scene
from paddlescan.gui.viewer.stage import Stage

GHOST_MS = 150
"""How long the last page stays to be seen while the next one is drawn, so that nothing flickers."""


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
    outlines_drawn = Signal()
    """The outlines of receipts were changed by hand."""
    outlining_done = Signal()
    outlining_left = Signal()

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
        self.mark: tuple[Quad, bool] | None = None
        """The place looked at, in source pixels, and whether what was read there is doubtful."""
        self._waiting_highlight = False
        self._expecting = False
        self.words = ("", "")
        """On the pills: before and after."""
        self.turn_words = ""
        """What is said of the handle that the page is turned by."""
        self._focus_by_keys = False
        self._ghost: Scene | None = None
        self._ghost_goes = QTimer(self)
        self._ghost_goes.setSingleShot(True)
        self._ghost_goes.setInterval(GHOST_MS)
        self._ghost_goes.timeout.connect(self._let_ghost_go)
        self._drawing = Drawing(self)
        self._hands = Hands(self)
        self.outlines: Outlines | None = None
        """The receipts of the page as a person draws them; None while nobody does."""
        self._outline_hands = OutlineHands(self)
        self._outline_lines: tuple[TextLine, ...] = ()
        self._divider_before = self.divider
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
            self._drawing.forget()
            self.choose(None)
        self.put_on(preview, lines, same_page, parts or Parts())
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        if self._waiting_highlight and self.mark is not None:
            self.fly_to(self.mark[0], at_once=fresh)
        self._waiting_highlight = False

    def clear(self, next_comes: bool = False) -> None:
        """An empty stage; next_comes: the last page is still seen for a moment, until the next is drawn."""
        if next_comes and self.scene is not None:
            self._ghost = self.scene
            self._ghost_goes.start()
        elif not next_comes:
            self._let_ghost_go()
        self.mark = None
        self._waiting_highlight = self._expecting = False
        self.hovered = None
        self.choose(None)
        self.end_outlining()
        self.unsetCursor()
        self._hands.let_go()
        self.take_off()

    def _let_ghost_go(self) -> None:
        self._ghost = None
        if self.scene is None:
            self._drawing.forget()
        self.update()

    def begin_outlining(self, quads: tuple[Quad, ...], lines: tuple[TextLine, ...]) -> None:
        """Let the receipts be drawn on the whole page as scanned, from these outlines on.

        lines: of the whole page, between which an outline is split.
        """
        if self.outlines is None:
            self._divider_before = self.divider
        self._hands.let_go()
        self.hover(None)
        self.choose(None)
        self.mark = None
        self._outline_lines = lines
        self.outlines = Outlines(quads)
        self.set_divider(1.0)
        self.fit()
        self.setCursor(Qt.CursorShape.CrossCursor)

    def end_outlining(self) -> None:
        """Before and after are shown again as they were."""
        if self.outlines is not None:
            self._outline_hands.let_go()
            self.outlines = None
            self.set_divider(self._divider_before)
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.update()

    def draw_outlines(self, outlines: Outlines) -> None:
        """Show the outlines as they are drawn now."""
        if self.outlines is not None and outlines != self.outlines:
            self.outlines = outlines
            self.outlines_drawn.emit()
            self.update()

    def split_outline(self) -> None:
        """Make two of the outline that is chosen."""
        if self.outlines is not None:
            self.draw_outlines(self.outlines.split(self._outline_lines))

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
        self.mark = None if quad is None else (quad, doubtful)
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
        return self.mark[0] if self.mark else None

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
        return painting.pill_boxes(self.words, QFontMetricsF(self.font()), self.divider_x, self.width())

    def retranslate(self) -> None:
        """Take the words of the window's language."""
        self.words = (self.tr("Before"), self.tr("After"))
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
            self._drawing.draw(painter, scene, self._hands)
        if self.hasFocus() and self._focus_by_keys:
            painting.draw_focus(painter, self.width(), self.height(), tokens)
        painter.end()

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
        self._hand_of(event).press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """See `Hands`."""
        self._hand_of(event).move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See `Hands`."""
        self._hand_of(event).release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """See `Hands`."""
        if self.outlines is None:
            self._hands.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """See `Hands`."""
        self._hands.wheel(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See `Hands`."""
        if not (self._outline_hands.key(event) or self._hands.key(event)):
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No line is under the mouse any more."""
        self._hands.leave()

    def _hand_of(self, event: QMouseEvent) -> Hands | OutlineHands:
        """Whose a move of the mouse is: the middle button moves the page, whatever else is done."""
        middle = Qt.MouseButton.MiddleButton
        if self.outlines is None or self.scene is None or event.button() == middle or event.buttons() & middle:
            return self._hands
        return self._outline_hands
