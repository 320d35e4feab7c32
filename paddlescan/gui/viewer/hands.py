"""What mouse and keys do to the stage: pan, zoom, drag the divider, point at a line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QWheelEvent

from paddlescan.gui.viewer import painting
from paddlescan.gui.viewer.stage import ZOOM_STEP
from paddlescan.gui.viewer.switches import LARGEST_ANGLE

if TYPE_CHECKING:
    from paddlescan.gui.viewer.canvas import Canvas

PAN_STEP = 48.0
GRIP = 5.0
"""How far from the divider it can still be taken, in widget pixels."""

TURN_STEP = 0.1
"""Degrees that a key turns the page; ten times as much with Shift."""
LEVEL_MS = 900
"""How long the level lines stay after a key."""

Doing = Literal["nothing", "pressing", "panning", "dividing", "turning"]


class Hands:
    """Turns the events of one canvas into its verbs."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._doing: Doing = "nothing"
        self._from = QPointF()
        self.at_divider = False
        """Whether the mouse is where the divider can be taken."""
        self.at_handle = False
        """Whether the mouse is where the page is taken to turn it."""
        self._turned_from = 0.0
        self._lines_go = QTimer(canvas)
        self._lines_go.setSingleShot(True)
        self._lines_go.setInterval(LEVEL_MS)
        self._lines_go.timeout.connect(self._lines_gone)

    def let_go(self) -> None:
        """Another page comes, or none: what was begun on this one ends here; the divider is no page's."""
        self._lines_go.stop()
        if self._doing != "dividing":
            self._doing = "nothing"

    def press(self, event: QMouseEvent) -> None:
        """Take the divider or the page."""
        canvas, at = self._canvas, event.position()
        if canvas.scene is None or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            event.ignore()
            return
        self._from = at
        if event.button() == Qt.MouseButton.MiddleButton:
            self._doing = "panning"
            canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        before, after = canvas.pills()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if canvas.turnable and (shift or self._on_handle(at)):
            self._doing = "turning"
            self._turned_from = canvas.scene.preview.preparation.skew_degrees
            self._lines_go.stop()
            canvas.setFocus()  # Esc comes here
            canvas.turn_begun.emit()
            canvas.turn_to(self._turned_from)
            canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif before.contains(at) or after.contains(at):
            canvas.set_divider(1.0 if before.contains(at) else 0.0)
        elif self._on_divider(at):
            self._doing = "dividing"
        else:
            self._doing = "pressing"

    def move(self, event: QMouseEvent) -> None:
        """Go on with what was begun, or look at what lies under the mouse."""
        canvas, at = self._canvas, event.position()
        if self._doing == "dividing":
            canvas.set_divider(at.x() / max(1, canvas.width()))
        elif self._doing == "turning":
            if canvas.turnable:
                self._turn(self._turned_from + self._swept(at))
        elif self._doing in ("pressing", "panning"):
            far = (at - self._from).manhattanLength() >= QGuiApplication.styleHints().startDragDistance()
            if self._doing == "panning" or far:
                self._doing = "panning"
                canvas.hover(None)
                canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
                canvas.pan(at.x() - self._from.x(), at.y() - self._from.y())
                self._from = at
        elif canvas.scene is not None:
            self._look(at)

    def release(self, event: QMouseEvent) -> None:
        """A press that did not move is a click."""
        canvas, doing = self._canvas, self._doing
        self._doing = "nothing"
        if doing == "turning":
            canvas.turn_to(None)
        if canvas.scene is None:
            return
        if doing == "pressing":
            line = canvas.line_under(event.position().x(), event.position().y())
            part = None if line is not None else self._other_part(event.position())
            canvas.choose(line)
            if line is not None:
                canvas.line_clicked.emit(line)
            elif part is not None:
                canvas.part_clicked.emit(part)
        self._look(event.position())

    def double_click(self, event: QMouseEvent) -> None:
        """The divider goes back to the middle; a page goes to its real size around that point, and back to fit."""
        canvas, at = self._canvas, event.position()
        if canvas.scene is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if self._on_divider(at):
            canvas.set_divider(0.5)
        elif (line := canvas.line_under(at.x(), at.y())) is not None:
            canvas.line_doubled.emit(line)
        elif not any(pill.contains(at) for pill in canvas.pills()):
            if canvas.is_fitted:
                canvas.zoom_to(100.0, (at.x(), at.y()))
            else:
                canvas.fit()

    def wheel(self, event: QWheelEvent) -> None:
        """A wheel zooms around the mouse; two fingers on a touchpad pan, with Ctrl they zoom."""
        canvas = self._canvas
        if canvas.scene is None:
            event.ignore()
            return
        fingers = not event.pixelDelta().isNull() and event.phase() != Qt.ScrollPhase.NoScrollPhase
        if fingers and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            canvas.pan(event.pixelDelta().x(), event.pixelDelta().y())
        else:
            notches = event.angleDelta().y() / 120
            canvas.zoom(ZOOM_STEP**notches, (event.position().x(), event.position().y()))
        event.accept()

    def key(self, event: QKeyEvent) -> bool:
        """Whether the key was for the stage."""
        canvas = self._canvas
        if canvas.scene is None or event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            return False
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = PAN_STEP * (4 if shift else 1)
        key = event.key()
        if self._doing == "turning" and key == Qt.Key.Key_Escape:
            self._doing = "nothing"
            canvas.turn_to(None)
            canvas.turn_given_up.emit()
            return True
        turns = {Qt.Key.Key_Comma: -1, Qt.Key.Key_Less: -10, Qt.Key.Key_Period: 1, Qt.Key.Key_Greater: 10}
        if key in turns and canvas.turnable:
            begun = canvas.turning if canvas.turning is not None else canvas.scene.preview.preparation.skew_degrees
            self._turn(begun + TURN_STEP * turns[Qt.Key(key)])
            self._lines_go.start()
            return True
        pans = {
            Qt.Key.Key_Left: (step, 0.0),
            Qt.Key.Key_Right: (-step, 0.0),
            Qt.Key.Key_Up: (0.0, step),
            Qt.Key.Key_Down: (0.0, -step),
        }
        if key in pans:
            canvas.pan(*pans[Qt.Key(key)])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            canvas.zoom(ZOOM_STEP)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            canvas.zoom(1 / ZOOM_STEP)
        elif key in (Qt.Key.Key_F, Qt.Key.Key_0):
            canvas.fit()
        elif key == Qt.Key.Key_1:
            canvas.zoom_to(100.0)
        elif key == Qt.Key.Key_Space:
            canvas.set_divider(1.0 if canvas.divider < 0.5 or 0.5 < canvas.divider < 1.0 else 0.0)
        elif key == Qt.Key.Key_C:
            canvas.set_divider(0.5)
        elif key == Qt.Key.Key_L:
            canvas.show_outlines(not canvas.outlines_shown)
        elif key == Qt.Key.Key_Escape:
            canvas.left_by_keys.emit() if canvas.chosen is None else canvas.choose(None)
        else:
            return False
        return True

    def leave(self) -> None:
        """The mouse is gone."""
        self._canvas.hover(None)
        if self.at_divider and self._doing != "dividing":
            self.at_divider = False
            self._canvas.update()

    def _look(self, at: QPointF) -> None:
        canvas = self._canvas
        on_pill = any(pill.contains(at) for pill in canvas.pills())
        grip = self._on_divider(at) and not on_pill
        handle = canvas.turnable and self._on_handle(at)
        if handle != self.at_handle:
            self.at_handle = handle
            canvas.setToolTip(canvas.turn_words if handle else "")
            canvas.update()
        line = None if grip or on_pill or handle else canvas.line_under(at.x(), at.y())
        if grip != self.at_divider:
            self.at_divider = grip
            canvas.update()
        canvas.hover(line)
        if handle:
            canvas.setCursor(Qt.CursorShape.CrossCursor)
        elif grip:
            canvas.setCursor(Qt.CursorShape.SplitHCursor)
        elif on_pill or line is not None or self._other_part(at) is not None:
            canvas.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            canvas.setCursor(Qt.CursorShape.CrossCursor if canvas.taking else Qt.CursorShape.OpenHandCursor)

    def _other_part(self, at: QPointF) -> int | None:
        """The receipt under the mouse, if it is another than the one in front."""
        canvas = self._canvas
        part = canvas.part_under(at.x(), at.y())
        return part if canvas.scene is not None and part != canvas.scene.parts.front else None

    def _on_handle(self, at: QPointF) -> bool:
        place = self._canvas.turn_handle
        return place is not None and math.hypot(at.x() - place[0], at.y() - place[1]) <= painting.HANDLE / 2 + 2

    def _swept(self, at: QPointF) -> float:
        """Degrees clockwise from where the page was taken to here, seen from its middle; -180..180."""
        x, y = self._canvas.turn_centre
        angles = [math.degrees(math.atan2(p.y() - y, p.x() - x)) for p in (self._from, at)]
        return (angles[1] - angles[0] + 180.0) % 360.0 - 180.0

    def _turn(self, degrees: float) -> None:
        """Turn the page clockwise by so many degrees in all: by so many it lies counter-clockwise in its source."""
        kept = round(max(-LARGEST_ANGLE, min(LARGEST_ANGLE, degrees)), 1)
        self._canvas.turn_to(kept)
        self._canvas.turned.emit(kept)

    def _lines_gone(self) -> None:
        if self._doing != "turning":
            self._canvas.turn_to(None)

    def _on_divider(self, at: QPointF) -> bool:
        canvas = self._canvas
        dx, dy = at.x() - canvas.divider_x, at.y() - canvas.handle_y
        return abs(dx) <= GRIP or dx * dx + dy * dy <= (painting.HANDLE / 2 + 2) ** 2
