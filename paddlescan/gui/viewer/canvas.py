"""The page before and after preparation, the lines read from it, and the one place looked at.

Shows what it is given and says what the clerk does with it; it knows nothing of batches, stores or switches.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from paddlescan.document import Quad, TextLine
from paddlescan.gui.tokens import tokens_of
from paddlescan.gui.viewer import painting
from paddlescan.gui.viewer.drawing import Drawing
from paddlescan.gui.viewer.hands import Hands
from paddlescan.gui.viewer.marked_stage import MarkedStage
from paddlescan.gui.viewer.outline_hands import OutlineHands
from paddlescan.gui.viewer.outlines import Outlines
from paddlescan.gui.viewer.scene import Parts, Preview, Scene
from paddlescan.gui.viewer.take_hands import TakeHands

GHOST_MS = 150
"""How long the last page stays to be seen while the next one is drawn, so that nothing flickers."""


class Canvas(MarkedStage):
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
    take_begun = Signal()
    """A hand begins to point at a place whose text is wanted."""
    place_wanted = Signal(object)
    """Quad in source pixels: its text is wanted."""
    line_wanted = Signal(object)
    """TextLine: its text is wanted."""
    line_doubled = Signal(object)
    """TextLine that was clicked twice."""
    taking_left = Signal()
    left_by_keys = Signal()
    """Esc, where there was nothing to put back: the keys are wanted elsewhere."""
    menu_wanted = Signal(object, object)
    """TextLine under the mouse or None, and where on the screen."""
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
        self.taking = False
        """Whether a plain drag points at a place whose text is wanted."""
        self._take_hands = TakeHands(self)
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
        self._take_hands.let_go() if fresh else None
        if self.outlines is None:
            self.setCursor(Qt.CursorShape.CrossCursor if self.taking else Qt.CursorShape.OpenHandCursor)
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
        self._clear_marks()
        self._take_hands.let_go()
        self.end_outlining()
        self.unsetCursor()
        self._hands.let_go()
        self.take_off()

    def _let_ghost_go(self) -> None:
        self._ghost = None
        if self.scene is None:
            self._drawing.forget()
        self.update()

    def set_taking(self, on: bool) -> None:
        """Whether plain drags, clicks and arrows are for taking text from now on."""
        self.taking = on
        self.update()
        self._take_hands.let_go()
        self._hands.let_go()
        self.choose(None)
        if self.scene is not None and self.outlines is None:
            self.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.OpenHandCursor)

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
        self.shows_sheet = False
        self.fit()
        self.setCursor(Qt.CursorShape.CrossCursor)

    def end_outlining(self) -> None:
        """Before and after are shown again as they were."""
        if self.outlines is not None:
            self._outline_hands.let_go()
            self.outlines = None
            self.shows_sheet = True
            self.set_divider(self._divider_before)
            self._refit()
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
        hand = self._hand_of(event)
        if hand is self._hands and self.scene is not None and self._take_hands.wants(event):
            hand = self._take_hands
        hand.press(event)

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
        taken = self._outline_hands.key(event) if self.outlines is not None else self._take_hands.key(event)
        if not (taken or self._hands.key(event)):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the line under the mouse, or with the one chosen by keys."""
        if self.scene is None or self.outlines is not None:
            event.ignore()
            return
        by_keys = event.reason() == QContextMenuEvent.Reason.Keyboard
        line = self.chosen if by_keys else self.line_under(event.pos().x(), event.pos().y())
        self.menu_wanted.emit(line, event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        """No line is under the mouse any more."""
        self._hands.leave()

    def _hand_of(self, event: QMouseEvent) -> Hands | OutlineHands | TakeHands:
        """Whose a move of the mouse is: the middle button moves the page, whatever else is done."""
        middle = Qt.MouseButton.MiddleButton
        if self._take_hands.busy and not event.buttons() & middle:
            return self._take_hands
        if self.outlines is None or self.scene is None or event.button() == middle or event.buttons() & middle:
            return self._hands
        return self._outline_hands
