"""What mouse and keys do while a person points at a place whose text is wanted: a rubber band, or a line chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent

from paddlescan.document import Point, Quad, TextLine
from paddlescan.document.geometry import centre
from paddlescan.gui.viewer import geometry
from paddlescan.gui.viewer.scene import Scene

if TYPE_CHECKING:
    from paddlescan.gui.viewer.canvas import Canvas

SMALLEST = 4.0
"""Source pixels each way; nothing stands in a smaller place."""


class TakeHands:
    """Ctrl and drag anywhere; or plain drags, clicks and arrows while the canvas is in the mode for it."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._from: QPointF | None = None
        self._after = True
        self._drawn = False

    @property
    def busy(self) -> bool:
        """Whether a band is being drawn."""
        return self._from is not None

    def wants(self, event: QMouseEvent) -> bool:
        """Whether a press begins here."""
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        return event.button() == Qt.MouseButton.LeftButton and (self._canvas.taking or bool(held))

    def let_go(self) -> None:
        """What was begun ends here."""
        self._from = None

    def press(self, event: QMouseEvent) -> None:
        """Begin a band."""
        canvas, at = self._canvas, event.position()
        assert canvas.scene is not None
        self._from, self._drawn = at, False
        self._after = at.x() >= canvas.divider_x and _on(canvas.scene, canvas.view.to_scene((at.x(), at.y())))
        canvas.stand_still()
        canvas.hover(None)
        canvas.choose(None)
        canvas.setCursor(Qt.CursorShape.CrossCursor)
        canvas.take_begun.emit()

    def move(self, event: QMouseEvent) -> None:
        """Draw the band."""
        if self._from is None or self._canvas.scene is None:
            return
        far = (event.position() - self._from).manhattanLength() >= QGuiApplication.styleHints().startDragDistance()
        self._drawn = self._drawn or far
        if self._drawn:
            self._canvas.draw_band(self._quad(self._from, event.position()))

    def release(self, event: QMouseEvent) -> None:
        """That place is wanted; or, where nothing was drawn, the line that was clicked."""
        canvas, began = self._canvas, self._from
        self._from = None
        if began is None or canvas.scene is None:
            return
        canvas.setCursor(Qt.CursorShape.CrossCursor if canvas.taking else Qt.CursorShape.OpenHandCursor)
        if not self._drawn:
            line = canvas.line_under(event.position().x(), event.position().y())
            if line is not None:
                canvas.line_wanted.emit(line)
            return
        quad = self._quad(began, event.position())
        (ax, ay), (bx, _), _, (_, dy) = geometry.map_quad(canvas.scene.source_to_after, quad)
        if min(abs(bx - ax), abs(dy - ay)) < SMALLEST:
            canvas.draw_band(None)
        else:
            canvas.place_wanted.emit(quad)

    def key(self, event: QKeyEvent) -> bool:
        """Whether the key was for taking: Esc gives up, arrows go from line to line, Enter takes the line."""
        canvas, key = self._canvas, event.key()
        if key == Qt.Key.Key_Escape and (self._from is not None or canvas.band is not None):
            self._from = None
            canvas.taking_left.emit()
            return True
        if not canvas.taking or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
        if key == Qt.Key.Key_Escape:
            canvas.taking_left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if canvas.chosen is not None:
                canvas.line_wanted.emit(canvas.chosen)
        elif key in steps:
            self._step(steps[Qt.Key(key)])
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        """Choose the next line in reading order; the first time the one where the field in front was read."""
        canvas = self._canvas
        lines = canvas.scene.lines if canvas.scene is not None else ()
        if not lines:
            return
        if canvas.chosen in lines:
            line = lines[(lines.index(canvas.chosen) + by) % len(lines)]
        else:
            line = _nearest(lines, centre(canvas.mark[0])) if canvas.mark is not None else lines[0 if by > 0 else -1]
        canvas.choose(line)
        canvas.bring_into_sight(line.quad)

    def _quad(self, start: QPointF, end: QPointF) -> Quad:
        """The place between two widget points, level as the text on the prepared page is, in source pixels."""
        scene = self._canvas.scene
        assert scene is not None
        (ax, ay), (bx, by) = self._on_after(scene, start), self._on_after(scene, end)
        left, right, top, bottom = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        corners: Quad = ((left, top), (right, top), (right, bottom), (left, bottom))
        return geometry.map_quad(geometry.invert(scene.source_to_after), corners)

    def _on_after(self, scene: Scene, at: QPointF) -> Point:
        """A widget point in scene units on the prepared page, wherever it was seen."""
        x, y = self._canvas.view.to_scene((at.x(), at.y()))
        if self._after:
            return x, y
        dx, dy = scene.shift
        return geometry.apply(scene.source_to_after, (x - dx, y - dy))


def _on(scene: Scene, point: Point) -> bool:
    """Whether a scene point lies on the prepared page; beside it the page as scanned is seen."""
    left, top, right, bottom = scene.after_box
    return not scene.parts.regions or (left <= point[0] <= right and top <= point[1] <= bottom)


def _nearest(lines: tuple[TextLine, ...], place: Point) -> TextLine:
    def away(line: TextLine) -> float:
        x, y = centre(line.quad)
        return (x - place[0]) ** 2 + (y - place[1]) ** 2

    return min(lines, key=away)
