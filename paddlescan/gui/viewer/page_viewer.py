"""The page viewer: stage, floating bar and notice, put together around the page that is in front.

It asks the lane for pictures and says what the clerk wants; it writes nothing and reads no store.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from paddlescan.document import PageRef, PageResult, PageState, PrepareOptions, Quad
from paddlescan.errors import Failure
from paddlescan.gui.viewer.actions import ViewerActions
from paddlescan.gui.viewer.bar import FloatingBar
from paddlescan.gui.viewer.canvas import Canvas
from paddlescan.gui.viewer.looks import ViewerLooks
from paddlescan.gui.viewer.notice import Notice
from paddlescan.gui.viewer.outlining import Outlining
from paddlescan.gui.viewer.page_menu import PageMenu
from paddlescan.gui.viewer.scene import Preview, lines_of, parts_of
from paddlescan.gui.viewer.shown import Shown
from paddlescan.gui.viewer.stage_pictures import StagePictures
from paddlescan.gui.viewer.switchboard import Switchboard
from paddlescan.gui.viewer.taking import Taking
from paddlescan.gui.viewer.wishes import Wishes

if TYPE_CHECKING:  # the lane hands out this room's previews, so it is the lane that imports us
    from paddlescan.gui.lane import PreviewLane

OPENING_MS = 400
"""Only a page that takes longer than this is announced."""


class PageViewer(QWidget):
    """The page in front, before and after, with the switches it is prepared with."""

    prepare_changed = Signal(int, object, object)
    """page id, PrepareOptions before and after; shortly after the last move of a switch."""
    read_again_requested = Signal(int, object, object)
    """page id, PrepareOptions of the reading that it shows (None: not known) and those wanted now."""
    password_requested = Signal(int)
    """The page's file is locked and the clerk wants to type its password."""
    line_clicked = Signal(object)
    """TextLine"""
    regions_drawn = Signal(int, object, object)
    """page id, PrepareOptions before and after: the clerk said which receipts the page holds"""
    receipt_clicked = Signal(int, int)
    """page id, the number of a receipt on it that is not in front"""
    place_wanted = Signal(object)
    """Place: its text is wanted for the field in front"""
    line_wanted = Signal(int, object)
    """page id, TextLine: its text is wanted for the field in front"""

    def __init__(self, lane: PreviewLane, parent: QWidget | None = None) -> None:
        """lane: started and stopped by whoever made it."""
        super().__init__(parent)
        self._shown: Shown | None = None
        self.canvas = Canvas(self)
        self.pictures = StagePictures(lane, self.canvas)
        self.verbs = ViewerActions(self)
        self.bar = FloatingBar(self.verbs, self)
        self.notice = Notice(self)
        self.outlining = Outlining(self.canvas, self)
        self.taking = Taking(self.canvas, self.verbs, self)
        self.menu = PageMenu(self.canvas, self.verbs, self.taking)
        self.setFocusProxy(self.canvas)
        self._board = Switchboard(self.bar, self.verbs, self)
        self._looks = ViewerLooks(self, self._board)
        self.wishes = Wishes(self, self._board)
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.setInterval(OPENING_MS)
        self._opening.timeout.connect(self._say_opening)
        self._connect(lane)
        self.show_page(None, None, None, PrepareOptions())

    def _connect(self, lane: PreviewLane) -> None:
        lane.preview_ready.connect(self._take_preview)
        lane.picture_failed.connect(self._take_failure)
        self.canvas.line_clicked.connect(self.line_clicked)
        self.canvas.turn_begun.connect(self._board.keep)
        self.canvas.turned.connect(self._board.set_angle)
        self.canvas.turn_given_up.connect(self._board.come_back)
        self.canvas.view_changed.connect(self._show_zoom)
        self.canvas.came_to_rest.connect(self.sharpen)
        self._board.moved.connect(self._moved)
        self._board.rested.connect(self.sharpen)
        self.outlining.turned.connect(self.refresh)
        verbs = self.verbs
        verbs.zoom_in.triggered.connect(self.canvas.zoom_in)
        verbs.zoom_out.triggered.connect(self.canvas.zoom_out)
        verbs.real_size.triggered.connect(self.canvas.real_size)
        verbs.fit.triggered.connect(self.canvas.fit)

    # What others say -----------------------------------------------------------------------------

    def show_page(
        self,
        page_id: int | None,
        ref: PageRef | None,
        result: PageResult | None,
        prepare: PrepareOptions,
        password: str | None = None,
        read_with: PrepareOptions | None = None,
        state: PageState | None = None,
        number: int = 1,
    ) -> None:
        """Put a page in front; the same page again keeps zoom and place.

        result: None while it is not read. prepare: its switches now. read_with: those of the reading where they are
        known, else `prepare` is taken for them unless it contradicts the result. state: says waiting or reading.
        number: of the receipt in front, within the page.
        """
        old = self._shown
        same = old is not None and (old.page_id, old.ref) == (page_id, ref)
        if same and self._board.moving:
            prepare = self._board.prepare  # what comes is older than the clerk's hand
        else:
            self._board.say_now()
        if page_id is None or ref is None:
            self._shown = None
            self.outlining.leave()
            self._opening.stop()
            self.canvas.clear()
            self.notice.show_word("nothing")
            self.refresh()
            return
        shown = Shown(page_id, ref, result, prepare, read_with, password, state, number).after(old)
        unchanged = shown.looks_like(old) and self._board.prepare == prepare
        self._shown = shown
        if not (same and self._board.moving):
            self._board.take(prepare)
        if not same:
            self.outlining.leave()
            self.taking.leave()
            self._board.keep()
            self.notice.show_word("hidden")
            self.canvas.clear(next_comes=True)
        elif old is not None and old.number != number:
            self.canvas.expect_part(parts_of(result, number))
        elif old is not None and old.result != result:
            self.canvas.set_lines(lines_of(result, number), parts_of(result, number))
        self.refresh()
        if not unchanged or self.canvas.scene is None:
            self._ask()

    def show_receipt(self, number: int) -> None:
        """Bring another receipt of the page in front to the front."""
        shown = self._shown
        if shown is None or shown.number == number:
            return
        old, self._shown = shown.region, replace(shown, number=number)
        if self._shown.region != old:
            self.canvas.expect_part(parts_of(shown.result, number))
            self._ask()
        self.refresh()

    def show_by_hand(self) -> None:
        """What is in front has no page: a person added it."""
        self.show_page(None, None, None, PrepareOptions())
        self.notice.show_word("by_hand")
        self._place()

    def highlight(self, quad: Quad | None, doubtful: bool = False) -> None:
        """Fly to a place of the page (source pixels) and mark it; None: take the mark away.

        Not while its receipts are drawn, for that wants the page to lie still.
        """
        if not self.outlining.active:
            self.canvas.highlight(quad, doubtful)

    @property
    def shown(self) -> Shown | None:
        """The page in front, and what is known of it."""
        return self._shown

    @property
    def page_id(self) -> int | None:
        """The page in front."""
        return self._shown.page_id if self._shown else None

    @property
    def prepare(self) -> PrepareOptions:
        """The switches as they stand now."""
        return self._board.prepare

    # Pictures ------------------------------------------------------------------------------------

    def _ask(self, draft: bool = False) -> None:
        if self._shown is None:
            return
        if self.canvas.scene is None and self.notice.failure is None:
            self._opening.start()
        self.pictures.ask(self._shown, self._board.prepare, draft=draft)

    @Slot(int, object)
    def _take_preview(self, page_id: int, preview: Preview) -> None:
        shown = self._shown
        if shown is None or page_id != shown.page_id or not self.pictures.wanted(shown, preview):
            return
        self._opening.stop()
        if self.notice.failure is not None and (shown.result is None or shown.result.error is None):
            self.notice.show_word("hidden")
        same = self.canvas.scene is not None
        lines = lines_of(shown.result, shown.number)
        self.canvas.show_preview(preview, lines, same, parts_of(shown.result, shown.number))
        self.refresh()

    @Slot(int, object)
    def _take_failure(self, page_id: int, failure: Failure) -> None:
        shown = self._shown
        if shown is None or page_id != shown.page_id:
            return
        self._opening.stop()
        if shown.result is None or shown.result.error is None:
            self.canvas.clear()
            self.notice.show_failure(failure)
        self.refresh()

    @Slot()
    def sharpen(self) -> None:
        """Ask for a sharper picture where there is only a draft, or where the clerk has zoomed in."""
        if self._shown is not None and not self._board.moving:
            self.pictures.sharpen(self._shown, self._board.prepare)

    # What the clerk wants ------------------------------------------------------------------------

    @Slot()
    def _moved(self) -> None:
        self.refresh()
        self._ask(draft=True)

    # Looks ---------------------------------------------------------------------------------------

    @Slot()
    def _show_zoom(self) -> None:
        self.bar.show_zoom(self.canvas.percent if self.canvas.scene is not None else None)

    @Slot()
    def _say_opening(self) -> None:
        if self.canvas.scene is None and self._shown is not None and self.notice.failure is None:
            self.notice.show_word("opening")
            self._place()

    @Slot()
    def refresh(self) -> None:
        """Show what is so now, and where it stands."""
        self._looks.show(self._shown)
        self._place()

    def _place(self) -> None:
        self._looks.place(self.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything finds its place again."""
        self._place()

    def event(self, event: QEvent) -> bool:
        """Follow the language and the type after the parts have: then the bar is as wide as its new words."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._place()
        return done

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language; the parts do the same for themselves."""
        self.verbs.changed(event)
        super().changeEvent(event)
