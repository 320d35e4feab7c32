"""What the clerk wants with the page in front, as the viewer's signals say it: with the page's id and its switches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from paddlescan.document import PrepareOptions, Quad, TextLine
from paddlescan.gui.viewer.switchboard import Switchboard
from paddlescan.gui.viewer.taking import Place

if TYPE_CHECKING:
    from paddlescan.gui.viewer.page_viewer import PageViewer


class Wishes(QObject):
    """Part of the viewer; hears its parts and speaks by its signals."""

    def __init__(self, viewer: PageViewer, board: Switchboard) -> None:
        super().__init__(viewer)
        self._viewer, self._board = viewer, board
        board.settled.connect(self._settled)
        viewer.canvas.part_clicked.connect(self._part_clicked)
        viewer.notice.read_again.connect(self.read_again)
        viewer.notice.enter_password.connect(self._enter_password)
        viewer.taking.place_wanted.connect(self._place_wanted)
        viewer.taking.line_wanted.connect(self._line_wanted)
        viewer.outlining.wanted.connect(self._regions_wanted)
        viewer.verbs.receipts.triggered.connect(self._draw_receipts)
        viewer.verbs.read_again.triggered.connect(self.read_again)

    @Slot(object, object)
    def _settled(self, before: PrepareOptions, after: PrepareOptions) -> None:
        shown = self._viewer.shown
        if shown is not None:
            self._viewer.prepare_changed.emit(shown.page_id, before, after)

    @Slot()
    def read_again(self) -> None:
        """Read the page in front once more, with the switches as they stand."""
        shown = self._viewer.shown
        if shown is not None:
            self._board.say_now()
            self._viewer.sharpen()
            before = shown.read_with if shown.found is not None else None
            self._viewer.read_again_requested.emit(shown.page_id, before, self._board.prepare)

    @Slot()
    def _draw_receipts(self) -> None:
        """The same key and button begin it and leave it."""
        viewer, shown = self._viewer, self._viewer.shown
        if viewer.outlining.active:
            viewer.outlining.leave()
        elif shown is not None:
            self._board.say_now()
            viewer.taking.leave()
            viewer.outlining.begin(shown, self._board.prepare)

    @Slot(object)
    def _regions_wanted(self, prepare: PrepareOptions) -> None:
        shown = self._viewer.shown
        if shown is not None:
            before = self._board.prepare
            self._board.take(prepare)
            self._viewer.refresh()
            self._viewer.regions_drawn.emit(shown.page_id, before, prepare)

    @Slot(int)
    def _part_clicked(self, number: int) -> None:
        shown = self._viewer.shown
        if shown is not None:
            self._viewer.receipt_clicked.emit(shown.page_id, number)

    @Slot()
    def _enter_password(self) -> None:
        shown = self._viewer.shown
        if shown is not None:
            self._viewer.password_requested.emit(shown.page_id)

    @Slot(object)
    def _place_wanted(self, quad: Quad) -> None:
        shown, scene = self._viewer.shown, self._viewer.canvas.scene
        if shown is not None and scene is not None:
            prepare = shown.in_force(self._board.prepare)
            self._viewer.place_wanted.emit(Place(shown.page_id, quad, prepare, scene.preview.preparation.seals))

    @Slot(object)
    def _line_wanted(self, line: TextLine) -> None:
        shown = self._viewer.shown
        if shown is not None:
            self._viewer.line_wanted.emit(shown.page_id, line)
