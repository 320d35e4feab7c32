"""Drawing the receipts of the page in front: begun, done or left; says with which switches the page is to be read."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from paddlescan.document import PrepareOptions, Quad, TextLine
from paddlescan.document.options import is_region
from paddlescan.gui.viewer import switches
from paddlescan.gui.viewer.canvas import Canvas
from paddlescan.gui.viewer.outline_bar import OutlineBar
from paddlescan.gui.viewer.outlines import Frame, Outlines
from paddlescan.gui.viewer.shown import Shown

_AROUND = 0.02
"""Of the page's longer side, around all of its lines."""


class Outlining(QObject):
    """The mode in which a clerk draws receipts on one canvas, and its bar."""

    turned = Signal()
    """It began or ended."""
    wanted = Signal(object)
    """PrepareOptions: how the page is to be read."""

    def __init__(self, canvas: Canvas, viewer: QWidget) -> None:
        super().__init__(viewer)
        self._canvas = canvas
        self._prepare = PrepareOptions()
        self._lines: tuple[TextLine, ...] = ()
        self.bar = OutlineBar(viewer)
        self.bar.hide()
        canvas.outlines_drawn.connect(self._drawn)
        canvas.outlining_done.connect(self.apply)
        canvas.outlining_left.connect(self.leave)
        self.bar.cut.clicked.connect(self._split)
        self.bar.merge.clicked.connect(self._merge)
        self.bar.remove.clicked.connect(self._remove)
        self.bar.one.clicked.connect(self._one)
        self.bar.found.clicked.connect(self._find)
        self.bar.cancel.clicked.connect(self.leave)
        self.bar.apply.clicked.connect(self.apply)

    @property
    def active(self) -> bool:
        """Whether receipts are being drawn."""
        return self._canvas.outlines is not None

    def arranged_bar(self, most: int) -> OutlineBar | None:
        """The bar, laid out within that many pixels; None while nothing is drawn."""
        if not self.active:
            return None
        self.bar.arrange(most)
        return self.bar

    def begin(self, shown: Shown, prepare: PrepareOptions) -> None:
        """Draw on the page in front, from its outlines as they are. Nothing happens while there is no picture."""
        if self._canvas.scene is None or self.active:
            return
        receipts = shown.result.receipts if shown.result is not None else ()
        found = prepare.regions or tuple(r.region for r in receipts if r.region is not None)
        self._prepare = prepare
        self._lines = tuple(line for receipt in receipts for line in receipt.lines)
        quads = tuple(quad if is_region(quad) else Frame.of(quad).quad() for quad in found)
        self._canvas.begin_outlining(tuple(filter(is_region, quads)), self._lines)
        self._drawn()
        self._canvas.setFocus()
        self.turned.emit()

    @Slot()
    def leave(self) -> None:
        """Nothing was wanted."""
        if self.active:
            self._canvas.end_outlining()
            self._canvas.setFocus()
            self.turned.emit()

    @Slot()
    def apply(self) -> None:
        """These are the receipts."""
        outlines = self._canvas.outlines
        if outlines is not None and outlines.quads:
            self._want(switches.with_regions(self._prepare, outlines.quads))

    @Slot()
    def _one(self) -> None:
        self._want(switches.with_one_receipt(self._prepare))

    @Slot()
    def _find(self) -> None:
        self._want(switches.with_found_regions(self._prepare))

    def _want(self, prepare: PrepareOptions) -> None:
        self.leave()
        self.wanted.emit(prepare)

    @Slot()
    def _split(self) -> None:
        outlines = self._canvas.outlines
        if outlines is not None and not outlines.quads:  # the page is one receipt: begin with that
            self._canvas.draw_outlines(outlines.added(self._around_all()))
        self._canvas.split_outline()
        self._canvas.setFocus()

    @Slot()
    def _merge(self) -> None:
        if self._canvas.outlines is not None:
            self._canvas.draw_outlines(self._canvas.outlines.merged())
            self._canvas.setFocus()

    @Slot()
    def _remove(self) -> None:
        if self._canvas.outlines is not None:
            self._canvas.draw_outlines(self._canvas.outlines.removed())
            self._canvas.setFocus()

    @Slot()
    def _drawn(self) -> None:
        self.bar.show_outlines(self._canvas.outlines or Outlines())

    def _around_all(self) -> Quad:
        """A level outline around all print of the page, or around the page where nothing is known of it."""
        scene = self._canvas.scene
        assert scene is not None
        width, height = float(scene.preview.width), float(scene.preview.height)
        corners = [corner for line in self._lines for corner in line.quad]
        if not corners:
            return (0.0, 0.0), (width, 0.0), (width, height), (0.0, height)
        around = _AROUND * max(width, height)
        left, right = (f(x for x, _ in corners) for f in (min, max))
        top, bottom = (f(y for _, y in corners) for f in (min, max))
        left, top = max(0.0, left - around), max(0.0, top - around)
        right, bottom = min(width, right + around), min(height, bottom + around)
        return (left, top), (right, top), (right, bottom), (left, bottom)
