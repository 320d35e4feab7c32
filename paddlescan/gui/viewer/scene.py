"""The page on the stage: its two pictures, the lines read from it, and where each thing lies. Almost Qt-free."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median

from PySide6.QtGui import QImage

from paddlescan.document import PageResult, Point, Preparation, PrepareOptions, Quad, TextLine
from paddlescan.document.geometry import centre, contains
from paddlescan.gui.viewer import geometry
from paddlescan.gui.viewer.geometry import IDENTITY, Matrix

Box = tuple[float, float, float, float]
"""left, top, right, bottom."""


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """A page before and after preparation, drawn for the screen."""

    before: QImage
    """The source page as a viewer shows it, at most as large as was asked."""
    after: QImage
    """The prepared page."""
    width: int
    height: int
    """Size of the whole source page, in pixels."""
    to_source: Matrix = IDENTITY
    """Maps a pixel of `after` to the source page's pixels."""
    preparation: Preparation = field(default_factory=Preparation)
    """What was done to it, and where seals were found."""
    options: PrepareOptions | None = None
    """The switches it was asked with."""
    region: Quad | None = None
    """The receipt it was asked for, in source pixels; None: the whole page."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The receipts of a page that holds several: where they lie (source pixels), by number, and which is in front."""

    regions: tuple[tuple[int, Quad], ...] = ()
    front: int = 1


@dataclass(frozen=True, eq=False)
class Scene:
    """A preview and the text lines on it (source pixels).

    anchor: the source point at which both pictures lie over each other; None: their middles do. A line stands
    elsewhere on a turned page than on the straightened one, so whoever looks at one place wants it as the anchor:
    then the divider can be dragged across it and only what was done to it changes.
    """

    preview: Preview
    lines: tuple[TextLine, ...] = ()
    anchor: Point | None = None
    parts: Parts = Parts()

    @cached_property
    def source_to_after(self) -> Matrix:
        """Takes source pixels to scene units on the prepared page."""
        return geometry.multiply(geometry.invert(self.preview.to_source), geometry.scaling(self.after_units))

    @cached_property
    def after_units(self) -> float:
        """How many scene units a pixel of the picture `after` is wide: a scene unit is as large as a source pixel."""
        image = self.preview.after
        return geometry.local_scale(self.preview.to_source, (image.width() / 2, image.height() / 2))

    @cached_property
    def after_box(self) -> Box:
        """Where the prepared page lies, in scene units."""
        image, unit = self.preview.after, self.after_units
        return 0.0, 0.0, image.width() * unit, image.height() * unit

    @property
    def middle(self) -> Point:
        """The source point in the middle of the prepared page."""
        image = self.preview.after
        return geometry.apply(self.preview.to_source, (image.width() / 2, image.height() / 2))

    @cached_property
    def shift(self) -> Point:
        """Where the source page's top left lies, in scene units."""
        x, y = self.middle if self.anchor is None else self.anchor
        on_after = geometry.apply(self.source_to_after, (x, y))
        return on_after[0] - x, on_after[1] - y

    @property
    def before_box(self) -> Box:
        """Where the source page lies, in scene units."""
        x, y = self.shift
        return x, y, x + self.preview.width, y + self.preview.height

    @property
    def box(self) -> Box:
        """What holds both pages, in scene units."""
        a, b = self.after_box, self.before_box
        return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])

    @property
    def sheet_box(self) -> Box:
        """What a person wants to see of the page: of a photograph the sheet, of all others both pages."""
        straightened = self.preview.preparation.perspective is not None and not self.parts.regions
        return self.after_box if straightened else self.box

    def line_height_in(self, quad: Quad) -> float | None:
        """How high a line of text within a quad (source pixels) is in scene units; None where no line is known there.

        A place that holds several lines is to be read line by line.
        """
        heights = [
            geometry.text_height(self.on_after(line.quad)) for line in self.lines if contains(quad, centre(line.quad))
        ]
        return median(heights) if len(heights) > 1 else None

    def on_after(self, quad: Quad) -> Quad:
        """A quad of the source page, in scene units on the prepared page."""
        return geometry.map_quad(self.source_to_after, quad)

    def on_before(self, quad: Quad) -> Quad:
        """A quad of the source page, in scene units on the page as scanned."""
        dx, dy = self.shift
        a, b, c, d = ((x + dx, y + dy) for x, y in quad)
        return a, b, c, d

    def line_at(self, point: Point, after: bool) -> TextLine | None:
        """The line under a scene point, on the prepared page or on the one as scanned; the smallest where they overlap.

        A line is taken to be a little larger than its quad, so that small print can be hit.
        """
        place = self.on_after if after else self.on_before
        hits: list[tuple[float, TextLine]] = []
        for line in self.lines:
            quad = geometry.grow(place(line.quad), geometry.text_height(line.quad) * 0.12)
            if contains(quad, point):
                hits.append((area_of(quad), line))
        return min(hits, key=lambda hit: hit[0])[1] if hits else None

    def part_at(self, point: Point, after: bool) -> int | None:
        """The number of the receipt under a scene point; the smallest where they overlap as scanned.

        after: seen on the side of the prepared page, where the one in front covers the others.
        """
        left, top, right, bottom = self.after_box
        if after and self.parts.regions and left <= point[0] <= right and top <= point[1] <= bottom:
            return self.parts.front
        hits = [(area_of(quad), number) for number, quad in self.parts.regions if contains(self.on_before(quad), point)]
        return min(hits)[1] if hits else None


def area_of(quad: Quad) -> float:
    """Area of a quad without crossings, in its own pixels squared."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(quad, (*quad[1:], quad[0]), strict=True))) / 2


def sharp_enough(preview: Preview, wanted: float) -> bool:
    """Whether the picture has that many pixels per source pixel, or all there are (a quarter less cannot be seen)."""
    return preview.before.width() >= min(1.0, wanted * 0.8) * preview.width - 1


def side_for(scale: float, width: int, height: int, smallest: int = 1024) -> int:
    """The longer side to ask a preview at, for `scale` device pixels per source pixel.

    In steps that double the pixels, from `smallest`, so that a little zooming asks for nothing and no picture is much
    larger than the screen; never more than the page has.
    """
    longest = max(width, height, 1)
    wanted = min(max(scale, 1e-6), 1.0) * longest
    side = round(smallest * 2 ** (max(0, math.ceil(2 * math.log2(wanted * 0.8 / smallest))) / 2))
    return min(side, longest) if longest > smallest else smallest


def lines_of(result: PageResult | None, number: int = 1) -> tuple[TextLine, ...]:
    """The lines of the receipt in front; all of the page's where its receipts were not told apart in the picture."""
    if result is None:
        return ()
    own = [receipt for receipt in result.receipts if receipt.number == number and receipt.region is not None]
    return tuple(line for receipt in own or result.receipts for line in receipt.lines)


def parts_of(result: PageResult | None, number: int = 1) -> Parts:
    """Where the receipts of a page lie, if there are several; `number` is in front."""
    if result is None or len(result.receipts) < 2:
        return Parts()
    return Parts(tuple((r.number, r.region) for r in result.receipts if r.region is not None), number)
