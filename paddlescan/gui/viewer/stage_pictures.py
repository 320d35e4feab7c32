"""Which picture of the page in front is asked of the lane, how sharp, and which of those that come is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paddlescan.document import PrepareOptions
from paddlescan.gui.viewer.canvas import Canvas
from paddlescan.gui.viewer.scene import Preview, sharp_enough, side_for
from paddlescan.gui.viewer.shown import Shown

if TYPE_CHECKING:  # the lane hands out this room's previews, so it is the lane that imports us
    from paddlescan.gui.lane import PreviewLane

DRAFT_SIDE = 1024
"""Pixels of the longer side while a switch is moved; when the hand rests the picture gets as sharp as the screen."""
LIKELY_SIDE = 4096
"""Pixels each way that a page is taken to have before anything is known of it."""


class StagePictures:
    """Asks for the pictures of one canvas."""

    def __init__(self, lane: PreviewLane, canvas: Canvas) -> None:
        self._lane = lane
        self._canvas = canvas
        self._asked_side = 0
        self.asked_with: PrepareOptions | None = None
        """The switches of the picture that was asked for last."""

    def ask(self, shown: Shown, prepare: PrepareOptions, side: int = 0, draft: bool = False) -> None:
        """Ask for the page as these switches prepare it, as large as it is looked at, and at least `side`.

        draft: small and soon, for a switch that moves.
        """
        self.asked_with, known = shown.for_preview(prepare)
        self._asked_side = max(side, self._side_now(shown))
        if draft:
            self._asked_side = min(self._asked_side, DRAFT_SIDE)
        self._lane.request_preview(
            shown.page_id, shown.ref, self.asked_with, self._asked_side, shown.password, known, shown.region
        )

    def sharpen(self, shown: Shown, prepare: PrepareOptions) -> None:
        """Ask for a sharper picture if the one on the stage is too coarse for the screen, unless that is under way."""
        scene = self._canvas.scene
        if scene is None or sharp_enough(scene.preview, self._scale):
            return
        side = side_for(self._scale, scene.preview.width, scene.preview.height)
        if side > self._asked_side:
            self.ask(shown, prepare, side)

    def wanted(self, shown: Shown, preview: Preview) -> bool:
        """Whether to show a picture of the page in front.

        Not that of another receipt, nor, once the one asked for last is there, one that was asked for before it.
        """
        if preview.region != shown.region:
            return False
        scene = self._canvas.scene
        there = scene is not None and scene.preview.region == preview.region
        there = there and scene is not None and scene.preview.options == self.asked_with
        return not there or preview.options == self.asked_with

    @property
    def _scale(self) -> float:
        """Device pixels per source pixel."""
        return self._canvas.view.scale * self._canvas.devicePixelRatioF()

    def _side_now(self, shown: Shown) -> int:
        """How large a preview fills the stage as it is looked at now."""
        scene = self._canvas.scene
        if scene is not None:
            return side_for(self._scale, scene.preview.width, scene.preview.height)
        size = (shown.result.width, shown.result.height) if shown.result is not None else (None, None)
        width, height = size[0] or LIKELY_SIDE, size[1] or LIKELY_SIDE
        free = self._canvas.area
        scale = min(free.width / width, free.height / height) * self._canvas.devicePixelRatioF()
        return side_for(scale, width, height)
