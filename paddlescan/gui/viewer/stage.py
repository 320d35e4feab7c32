"""Where the page is on the stage: zoom, place, divider, and the flight to one spot. Paints nothing."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStyle, QWidget

from paddlescan.document import Point, Quad, TextLine
from paddlescan.document.geometry import centre
from paddlescan.gui.viewer import geometry
from paddlescan.gui.viewer.geometry import Area, View
from paddlescan.gui.viewer.scene import Parts, Preview, Scene

ZOOM_STEP = 1.25
"""A key's or a wheel notch's worth of zoom."""
FLIGHT_MS = 240
STILL_MS = 70
"""How long the view has to stand before pictures are scaled with care and a sharper one is asked for."""
MARGIN = 16.0
TOP_MARGIN = 46.0
HANDLE_IN = 24.0
"""How far from the page's corner it is taken to turn it, in widget pixels."""
ROAM = 0.4
"""How far a page's edge may come into the stage, as a part of the stage."""


class Stage(QWidget):
    """A widget that looks at a scene through a view."""

    view_changed = Signal()
    """Another zoom or place; read `percent`."""
    came_to_rest = Signal()
    """The view stands still."""
    divider_moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene: Scene | None = None
        self.view = View()
        self.turnable = False
        """Whether the page can be turned by hand."""
        self.shows_sheet = True
        """Whether a page that fits is the sheet in a photograph, and not all of the photograph."""
        self.turning: float | None = None
        """The angle in force while a hand turns the page, in degrees."""
        self._divider = 0.5
        self._fitted = True
        self._reserved = 0.0
        self._route: tuple[View, View, Point, Point] | None = None
        self._flight = QVariantAnimation(self)
        self._flight.setStartValue(0.0)
        self._flight.setEndValue(1.0)
        self._flight.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._flight.valueChanged.connect(self._fly)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(STILL_MS)
        self._rest.timeout.connect(self._came_to_rest)

    def put_on(self, preview: Preview, lines: tuple[TextLine, ...], same_page: bool, parts: Parts) -> None:
        """Put a page on the stage; same_page: it is the one there, prepared otherwise or drawn sharper.

        A fitted page is fitted again; of the same page, zoomed in, the spot in the middle stays in the middle.
        """
        old = self.scene if same_page else None
        self.scene = Scene(preview, lines, old.anchor if old is not None else None, parts)
        if old is None:
            self._flight.stop()
            self.set_view(self._whole(), fitted=True)
        elif self.turning is not None:  # the page turns about its middle, and does not breathe
            x, y = _middle(self.scene)
            (cx, cy), scale = self.view.to_widget(_middle(old)), self.view.scale
            self.view = View(scale, cx - x * scale, cy - y * scale)
        elif self._flight.state() == QAbstractAnimation.State.Running:
            pass
        elif self._fitted:
            self.set_view(self._whole(), fitted=True)
        else:
            middle = self.area.middle
            seen = geometry.apply(geometry.invert(old.source_to_after), self.view.to_scene(middle))
            x, y = geometry.apply(self.scene.source_to_after, seen)
            moved = View(self.view.scale, middle[0] - x * self.view.scale, middle[1] - y * self.view.scale)
            self.set_view(moved)
        self.update()

    def take_off(self) -> None:
        """An empty stage."""
        self._flight.stop()
        self._rest.stop()
        self.scene = self.turning = None
        self.view_changed.emit()
        self.update()

    @property
    def area(self) -> Area:
        """The part of the stage that is free for the page."""
        return Area(MARGIN, TOP_MARGIN, self.width() - MARGIN, self.height() - max(MARGIN, self._reserved))

    def reserve(self, height: float) -> None:
        """Keep that many pixels at the bottom free of a page that fits."""
        if height != self._reserved:
            self._reserved = height
            self._refit()

    @property
    def percent(self) -> float:
        """Zoom; 100: one pixel of the source page is one pixel of the screen."""
        return self.view.scale * self.devicePixelRatioF() * 100

    @property
    def divider(self) -> float:
        """Where the divider stands: 0 (all after) to 1 (all before), as a part of the stage's width."""
        return self._divider

    def set_divider(self, part: float) -> None:
        """Move the divider."""
        part = min(1.0, max(0.0, part))
        if part != self._divider:
            self._divider = part
            self.divider_moved.emit(part)
            self.update()

    def set_view(self, view: View, fitted: bool = False) -> None:
        """Look at the page that way, kept from leaving the stage."""
        if self.scene is None:
            return
        self._fitted = fitted
        if fitted:  # seen whole, both pages lie over each other's middle
            self.scene = replace(self.scene, anchor=None)
        self.view = view if fitted else view.roaming(self.area, self.scene.box, ROAM)
        self._rest.start()
        self.view_changed.emit()
        self.update()

    def fit(self) -> None:
        """Show the whole page."""
        if self.scene is not None:
            self._start_flight(self._whole(), self.scene.middle)
            self._fitted = True

    def zoom(self, factor: float, around: Point | None = None) -> None:
        """Larger (factor above 1) or smaller, around a widget point or the middle of the stage."""
        if self.scene is not None:
            self._flight.stop()
            smallest = min(self._whole().scale, 1.0) / 2
            self.set_view(self.view.zoomed(factor, around or self.area.middle, smallest))

    def zoom_in(self) -> None:
        """A key's worth larger."""
        self.zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        """A key's worth smaller."""
        self.zoom(1 / ZOOM_STEP)

    def real_size(self) -> None:
        """Pixel for pixel."""
        self.zoom_to(100.0)

    def zoom_to(self, percent: float, around: Point | None = None) -> None:
        """Zoom to a percentage (100: pixel for pixel)."""
        self.zoom(percent / self.percent, around)

    def pan(self, dx: float, dy: float) -> None:
        """Move the page by widget pixels."""
        self._flight.stop()
        self.set_view(self.view.panned(dx, dy))

    @property
    def turn_handle(self) -> Point | None:
        """Where the page can be taken to turn it, in widget pixels: in its corner, if that is in sight.

        None where it is not, or where the page cannot be turned by hand.
        """
        if self.scene is None or not self.turnable:
            return None
        _, top, right, _ = self.scene.after_box
        x, y = self.view.to_widget((right, top))
        x, y = x - HANDLE_IN, y + HANDLE_IN
        area = self.area
        return (x, y) if area.left <= x <= area.right and area.top <= y <= area.bottom else None

    @property
    def turn_centre(self) -> Point:
        """The point that the page turns about, in widget pixels."""
        return self.view.to_widget(_middle(self.scene)) if self.scene is not None else self.area.middle

    def turn_to(self, degrees: float | None) -> None:
        """Show the page under the hand, turned by that angle; None: the hand is gone."""
        self.turning = degrees
        if degrees is None:
            self._refit()
        self.update()

    @property
    def still(self) -> bool:
        """Whether the view has stood for a moment."""
        return not self._rest.isActive()

    @property
    def is_fitted(self) -> bool:
        """Whether the whole page is shown and stays so when the window changes its size."""
        return self._fitted

    def quad_in_widget(self, quad: Quad, after: bool) -> Quad:
        """Where a quad of the source page lies on the stage, on one of the two pages."""
        assert self.scene is not None
        placed = self.scene.on_after(quad) if after else self.scene.on_before(quad)
        a, b, c, d = (self.view.to_widget(corner) for corner in placed)
        return a, b, c, d

    def line_under(self, x: float, y: float) -> TextLine | None:
        """The line at a widget point, on the page that is seen there."""
        if self.scene is None:
            return None
        return self.scene.line_at(self.view.to_scene((x, y)), after=x >= self.divider_x)

    def part_under(self, x: float, y: float) -> int | None:
        """The number of the receipt at a widget point, among several on the page, as it is seen there."""
        if self.scene is None:
            return None
        return self.scene.part_at(self.view.to_scene((x, y)), after=x >= self.divider_x)

    @property
    def divider_x(self) -> float:
        """The divider's place in widget pixels."""
        return self._divider * self.width()

    @property
    def handle_y(self) -> float:
        """The middle of the divider's handle, in widget pixels."""
        return self.height() / 2

    def _whole(self) -> View:
        """The view of the whole page, with both pages over each other's middle, as they come to lie then."""
        if self.scene is None:
            return View()
        scene = replace(self.scene, anchor=None)
        return geometry.fitted(scene.sheet_box if self.shows_sheet else scene.box, self.area)

    def _refit(self) -> None:
        if self.scene is not None and self._fitted:
            self._flight.stop()
            self.set_view(self._whole(), fitted=True)

    def fly_to(self, quad: Quad, at_once: bool = False) -> None:
        """Bring a quad of the source page to where it can be read, on one side of the divider."""
        if self.scene is None:
            return
        side = self.area
        if 0.0 < self._divider < 1.0:  # the whole place should lie on one side of the divider
            x = min(max(self.divider_x, side.left), side.right)
            on_the_right = side.right - x >= x - side.left - 1
            side = replace(side, left=x + MARGIN) if on_the_right else replace(side, right=x - MARGIN)
        target = geometry.readable(self.scene.on_after(quad), side, self._whole(), self.scene.line_height_in(quad))
        self._start_flight(target, centre(quad), at_once)
        self._fitted = False

    def _start_flight(self, target: View, anchor: Point, at_once: bool = False) -> None:
        assert self.scene is not None
        self._flight.stop()
        self._route = (self.view, target, self.scene.anchor or self.scene.middle, anchor)
        animated = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) > 0
        if at_once or not animated or not self.isVisible():
            self._fly(1.0)
        else:
            self._flight.setDuration(FLIGHT_MS)
            self._flight.start()

    def _fly(self, part: float) -> None:
        if self._route is None or self.scene is None:
            return
        start, end, (ax, ay), (bx, by) = self._route
        self.scene = replace(self.scene, anchor=(ax + (bx - ax) * part, ay + (by - ay) * part))
        self.view = start.towards(end, part)
        self._rest.start()
        self.view_changed.emit()
        self.update()

    def _came_to_rest(self) -> None:
        self.update()
        if self.scene is not None:
            self.came_to_rest.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fitted page stays fitted; another keeps its middle."""
        old = event.oldSize()
        if self.scene is not None and old.isValid() and not self._fitted:
            self.set_view(self.view.panned((self.width() - old.width()) / 2, (self.height() - old.height()) / 2))
        self._refit()


def _middle(scene: Scene) -> Point:
    """The middle of the prepared page, in scene units."""
    left, top, right, bottom = scene.after_box
    return (left + right) / 2, (top + bottom) / 2
