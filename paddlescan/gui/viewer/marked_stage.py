"""The stage with what is marked on it: the line under the mouse, the line chosen, and the one place looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from paddlescan.document import Point, Quad, TextLine, bounds
from paddlescan.document.geometry import centre, contains
from paddlescan.gui.viewer.geometry import grow
from paddlescan.gui.viewer.line_label import LineLabel
from paddlescan.gui.viewer.scene import Parts
from paddlescan.gui.viewer.stage import Stage


def _no_hint(_line: TextLine) -> str:
    return ""


class MarkedStage(Stage):
    """Marks, and the card beside a line that says what stands there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hovered: TextLine | None = None
        self.chosen: TextLine | None = None
        self.mark: tuple[Quad, bool] | None = None
        """The place looked at, in source pixels, and whether what was read there is doubtful."""
        self.band: Quad | None = None
        """The place that is drawn by hand or being read, in source pixels."""
        self.hint: Callable[[TextLine], str] = _no_hint
        """What can be done with a line, in words; asked each time one is pointed at."""
        self.taking_words: Callable[[], str] = str
        """What is said on the stage while plain drags take text."""
        self.label = LineLabel(self)
        self.place_label = LineLabel(self)
        for label in (self.label, self.place_label):
            self.view_changed.connect(label.place)
            self.divider_moved.connect(label.place)
        self._pointed: Quad | None = None
        self._lines_shown = True
        self._waiting_highlight = False
        self._expecting = False

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

        Before there is a picture the place is kept, and flown to when one comes. Nothing flies where the hand has just
        pointed at: the eye is there.
        """
        self.mark = None if quad is None else (quad, doubtful)
        self._waiting_highlight = quad is not None and (self.scene is None or self._expecting)
        if quad is None or not self._is_pointed(quad):
            self._pointed = None
            if quad is not None and not self._waiting_highlight:
                self.fly_to(quad)
        self.update()

    def stand_still(self) -> None:
        """Nothing moves under a hand that begins to draw."""
        self._flight.stop()

    def point_at(self, quad: Quad | None) -> None:
        """The hand is at this place: when it is looked at next, the page lies still."""
        self._pointed = quad

    def _is_pointed(self, quad: Quad) -> bool:
        return self._pointed is not None and contains(grow(self._pointed, 4.0), centre(quad))

    @property
    def expecting(self) -> bool:
        """Whether the picture on the stage is still that of another receipt."""
        return self._expecting

    @property
    def highlighted(self) -> Quad | None:
        """The place marked now, in source pixels."""
        return self.mark[0] if self.mark else None

    def choose(self, line: TextLine | None) -> None:
        """Show a line's text beside it, and what can be done with it; None: take the text away."""
        self.chosen = line
        self.label.show_line(line, self.hint(line) if line is not None else "")
        self.update()

    def hover(self, line: TextLine | None) -> None:
        """Mark the line under the mouse; where it rests, its text is shown."""
        if line is not self.hovered:
            self.hovered = line
            self.update()
        if self.chosen is None:
            self.label.show_soon(line, self.hint(line) if line is not None else "")

    def draw_band(self, quad: Quad | None, words: str = "") -> None:
        """Show a place that is drawn by hand or being read, and words beside it; None: no more."""
        self.band = quad
        if quad is not None:
            self.hover(None)
        self.place_label.show_words(quad, words)
        self.update()

    def tell(self, quad: Quad, words: str) -> None:
        """Say something at a place for a while."""
        self.band = None
        self.place_label.show_words(quad, words, passing=True)
        self.update()

    def bring_into_sight(self, quad: Quad) -> None:
        """Move the page as little as is needed to see a place of the source page; not at all where it is seen."""
        if self.scene is None:
            return
        left, top, right, bottom = bounds(self.quad_in_widget(quad, after=self.divider < 1.0))
        area = self.area
        dx = max(area.left - left, 0.0) or min(area.right - right, 0.0)
        dy = max(area.top - top, 0.0) or min(area.bottom - bottom, 0.0)
        if dx or dy:
            self.pan(dx, dy)

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

    def _clear_marks(self) -> None:
        self.mark = self.band = self.hovered = self._pointed = None
        self._waiting_highlight = self._expecting = False
        self.place_label.show_words(None, "")
        self.choose(None)
