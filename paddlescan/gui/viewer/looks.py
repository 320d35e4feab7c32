"""How the parts of the page viewer look for the page in front: switches, Read again, notice, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF

from paddlescan.gui.tokens import GAP
from paddlescan.gui.viewer import switches
from paddlescan.gui.viewer.card import SHADOW
from paddlescan.gui.viewer.shown import Shown
from paddlescan.gui.viewer.switchboard import Switchboard

if TYPE_CHECKING:
    from paddlescan.gui.viewer.page_viewer import PageViewer


class ViewerLooks:
    """Part of the viewer, which says when."""

    def __init__(self, viewer: PageViewer, board: Switchboard) -> None:
        self._viewer, self._board = viewer, board

    def show(self, shown: Shown | None) -> None:
        """Show what is so now."""
        viewer, drawing = self._viewer, self._viewer.outlining.active
        scene = viewer.canvas.scene
        if shown is not None:
            self._show_switches(shown)
            self._show_reading(shown)
        turnable = shown is not None and shown.region is None
        viewer.canvas.turnable = turnable and scene is not None and not drawing
        useful = shown is not None and (scene is not None or viewer.notice.failure is None)
        viewer.bar.setVisible(useful and not drawing)
        viewer.outlining.bar.setVisible(drawing)
        viewer.verbs.enable(useful, turnable, drawing, original=shown is not None and shown.original)

    def place(self, area: QRect) -> None:
        """Bar at the bottom, notice where the page leaves room."""
        viewer = self._viewer
        viewer.canvas.setGeometry(area)
        viewer.bar.arrange(area.width() - 2)
        bar = viewer.outlining.arranged_bar(area.width() - 2) or viewer.bar
        bar.place(area.width(), area.height() - max(0, GAP - SHADOW))
        taken = bar.height() + GAP if bar.isVisibleTo(viewer) else 0
        viewer.canvas.reserve(taken)
        page = viewer.canvas.area
        free = QRectF(page.left, page.top, page.width, max(1.0, area.height() - taken - GAP - page.top))
        viewer.notice.place(free, viewer.canvas.scene is not None, area.height())
        upper = viewer.notice if viewer.notice.failure is not None else bar  # in a low window they touch
        for widget in (viewer.notice, bar, upper):
            widget.raise_()

    def _show_switches(self, shown: Shown) -> None:
        board, scene = self._board, self._viewer.canvas.scene
        found, options = shown.found, shown.in_force(board.prepare)
        current = scene is not None and switches.same_angle(scene.preview.options, options)
        seen = scene.preview.preparation if scene is not None and current else None
        known = scene.preview.preparation if scene is not None else found
        board.know_rotation(known.rotation_degrees if known is not None else 0)
        angle = switches.angle_shown(options, seen or found)
        self._viewer.bar.show_switches(board.prepare, angle, by_hand=shown.region is None)

    def _show_reading(self, shown: Shown) -> None:
        viewer, wanted = self._viewer, self._board.prepare
        scene, result, found = viewer.canvas.scene, shown.result, shown.found
        read = result is not None and result.error is None
        differs = read and (shown.wants_reading(wanted) or (found is None and wanted != shown.prepare))
        viewer.bar.offer_reading(differs)
        made = scene.preview.preparation if scene is not None and not viewer.canvas.expecting else found
        count = len(result.receipts) if result is not None else 1
        viewer.bar.told.tell(made if read else None, differs, shown.number, count)
        if result is not None and result.error is not None:
            viewer.notice.show_failure(result.error)
        elif scene is not None:
            viewer.notice.show_word("hidden" if read else "reading" if shown.state == "reading" else "waiting")
        elif viewer.notice.word in ("nothing", "waiting", "reading"):
            viewer.notice.show_word("hidden")
