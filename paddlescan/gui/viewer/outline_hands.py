"""What mouse and keys do while a person draws the receipts of a page: choose, draw, drag, split, merge, remove."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent

from paddlescan.document import Point, Quad, bounds
from paddlescan.gui.viewer.outlines import Frame, Grip, Outlines, grips, rectangle

if TYPE_CHECKING:
    from paddlescan.gui.viewer.canvas import Canvas

NEAR = 9.0
"""How far from a grip it is still taken, in widget pixels."""
STEP = 4.0
"""Source pixels that a key moves an outline; five times as many with Shift they size it."""
_CURSORS: dict[Grip, Qt.CursorShape] = {
    "move": Qt.CursorShape.SizeAllCursor,
    "n": Qt.CursorShape.SizeVerCursor,
    "s": Qt.CursorShape.SizeVerCursor,
    "e": Qt.CursorShape.SizeHorCursor,
    "w": Qt.CursorShape.SizeHorCursor,
    "nw": Qt.CursorShape.SizeFDiagCursor,
    "se": Qt.CursorShape.SizeFDiagCursor,
    "ne": Qt.CursorShape.SizeBDiagCursor,
    "sw": Qt.CursorShape.SizeBDiagCursor,
}
_ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class OutlineHands:
    """Turns the events of one canvas into other outlines."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._taken: tuple[int, Grip, Frame] | None = None
        self._from: QPointF | None = None
        self._before = Outlines()
        self._dragged = False

    def let_go(self) -> None:
        """What was begun ends here."""
        self._taken = self._from = None

    def press(self, event: QMouseEvent) -> None:
        """Take a grip or an outline, or begin a new one on bare ground."""
        outlines, at = self._canvas.outlines, event.position()
        if outlines is None or event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._canvas.setFocus()
        self._from, self._before, self._dragged = at, outlines, False
        held = self._grip_under(at, outlines)
        self._taken = None if held is None else (*held, Frame.of(outlines.quads[held[0]]))
        more = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        if held is None:
            self._canvas.draw_outlines(outlines.choose())
        elif more and held[1] == "move":
            self._taken = None
            self._from = None
            self._canvas.draw_outlines(outlines.toggle(held[0]))
        elif held[0] not in outlines.chosen or held[1] != "move":
            self._canvas.draw_outlines(outlines.choose(held[0]))

    def move(self, event: QMouseEvent) -> None:
        """Go on with what was begun, or show what can be taken here."""
        outlines, at = self._canvas.outlines, event.position()
        if outlines is None:
            return
        if self._from is None:
            held = self._grip_under(at, outlines)
            self._canvas.setCursor(Qt.CursorShape.CrossCursor if held is None else _CURSORS[held[1]])
            return
        if not self._dragged:
            far = (at - self._from).manhattanLength() >= QGuiApplication.styleHints().startDragDistance()
            if not far:
                return
            self._dragged = True
        start, now = self._on_page(self._from), self._on_page(at)
        if self._taken is None:
            self._canvas.draw_outlines(self._before.choose().added(rectangle(start, now)))
        else:
            place, grip, frame = self._taken
            moved = frame.dragged(grip, now[0] - start[0], now[1] - start[1])
            self._canvas.draw_outlines(self._before.choose(place).changed(place, moved.quad()))

    def release(self, event: QMouseEvent) -> None:
        """Numbers follow the reading order once the hand is off; a click inside chosen ones chooses that one alone."""
        outlines, taken = self._canvas.outlines, self._taken
        began, self._from, self._taken = self._from, None, None
        if outlines is None or began is None:
            return
        if self._dragged:
            self._canvas.draw_outlines(outlines.ordered())
        elif taken is not None:
            self._canvas.draw_outlines(outlines.choose(taken[0]))

    def key(self, event: QKeyEvent) -> bool:
        """Whether the key was for the outlines."""
        canvas, outlines, key = self._canvas, self._canvas.outlines, event.key()
        if outlines is None:
            return False
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if control and key == Qt.Key.Key_A:
            canvas.draw_outlines(outlines.choose(*range(len(outlines.quads))))
        elif control:
            return False
        elif key == Qt.Key.Key_Escape and self._from is not None:
            self.let_go()
            canvas.draw_outlines(self._before)
        elif key == Qt.Key.Key_Escape:
            canvas.outlining_left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            canvas.outlining_done.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            canvas.draw_outlines(outlines.removed())
        elif key == Qt.Key.Key_PageDown:
            canvas.draw_outlines(outlines.step(1))
        elif key == Qt.Key.Key_PageUp:
            canvas.draw_outlines(outlines.step(-1))
        elif key == Qt.Key.Key_Insert:
            canvas.draw_outlines(outlines.added(self._in_the_middle()))
        elif key == Qt.Key.Key_X:
            canvas.split_outline()
        elif key == Qt.Key.Key_M:
            canvas.draw_outlines(outlines.merged())
        elif key in _ARROWS and outlines.chosen:
            self._nudge(outlines, _ARROWS[Qt.Key(key)], shift)
        else:
            return False
        return True

    def _nudge(self, outlines: Outlines, way: Point, sizing: bool) -> None:
        """Move what is chosen, or its right and lower side."""
        grip: Grip = ("e" if way[0] else "s") if sizing else "move"
        by = STEP * (5 if sizing else 1)
        for place in outlines.chosen:
            frame = Frame.of(outlines.quads[place]).dragged(grip, way[0] * by, way[1] * by)
            outlines = outlines.changed(place, self._kept_on_page(frame.quad(), outlines.quads[place], grip))
        self._canvas.draw_outlines(outlines)

    def _kept_on_page(self, quad: Quad, before: Quad, grip: Grip) -> Quad:
        """An outline that a key moved, no further off the page than it was: moved back, or not sized at all."""
        scene = self._canvas.scene
        assert scene is not None
        page = (0.0, 0.0, float(scene.preview.width), float(scene.preview.height))
        old, new = bounds(before), bounds(quad)
        low = [min(limit, side) for limit, side in zip(page[:2], old[:2], strict=True)]
        high = [max(limit, side) for limit, side in zip(page[2:], old[2:], strict=True)]
        dx, dy = (max(low[n] - new[n], 0.0) or min(high[n] - new[n + 2], 0.0) for n in (0, 1))
        if not (dx or dy):
            return quad
        return before if grip != "move" else Frame.of(quad).dragged("move", dx, dy).quad()

    def _in_the_middle(self) -> tuple[Point, Point, Point, Point]:
        scene = self._canvas.scene
        assert scene is not None
        width, height = scene.preview.width, scene.preview.height
        return rectangle((width * 0.35, height * 0.35), (width * 0.65, height * 0.65))

    def _grip_under(self, at: QPointF, outlines: Outlines) -> tuple[int, Grip] | None:
        """Which outline is taken here, and where; grips of chosen ones go first."""
        hits: list[tuple[bool, float, int, Grip]] = []
        for n, quad in enumerate(outlines.quads):
            for grip, (x, y) in grips(self._canvas.quad_in_widget(quad, after=False)):
                away = math.hypot(at.x() - x, at.y() - y)
                if away <= NEAR:
                    hits.append((n not in outlines.chosen, away, n, grip))
        if hits:
            _, _, place, grip = min(hits)
            return place, grip
        inside = outlines.at(self._on_page(at, kept=False))
        return None if inside is None else (inside, "move")

    def _on_page(self, at: QPointF, kept: bool = True) -> Point:
        """A widget point in source pixels; kept: on the page."""
        scene = self._canvas.scene
        assert scene is not None
        x, y = self._canvas.view.to_scene((at.x(), at.y()))
        dx, dy = scene.shift
        x, y = x - dx, y - dy
        if not kept:
            return x, y
        return min(max(x, 0.0), float(scene.preview.width)), min(max(y, 0.0), float(scene.preview.height))
