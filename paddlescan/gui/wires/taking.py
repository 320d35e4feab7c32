"""Joins the page with the field in front: a place or a line that is pointed at becomes the field's text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget

from paddlescan.document import TextLine
from paddlescan.gui.review.columns import editable
from paddlescan.gui.review.labels import field_label
from paddlescan.gui.review.looks import Cell, cell_at
from paddlescan.gui.review.taking import Taken, taken_of
from paddlescan.gui.shared import failure_words
from paddlescan.gui.viewer.taking import Place
from paddlescan.pipeline.messages import AreaRead

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is being read, and the field that it is for."""

    ticket: int
    place: Place
    cell: Cell


class TakingWires(QObject):
    """Between viewer, engines and desk."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._asked: _Asked | None = None
        self._from_table = False
        viewer, work = window.viewer, window.workplace
        viewer.taking.target = self._target
        viewer.taking.owner = self._owner
        viewer.canvas.take_begun.connect(self._warm)
        viewer.place_wanted.connect(self._read)
        viewer.line_wanted.connect(self._use_line)
        viewer.taking.given_up.connect(self._give_up)
        viewer.canvas.left_by_keys.connect(self._give_caret_back)
        actions, take = window.actions_, viewer.verbs.take
        actions.to_page.triggered.connect(self._go_to_page)
        actions.take_text.triggered.connect(take.trigger)
        take.enabledChanged.connect(actions.take_text.setEnabled)
        actions.take_text.setEnabled(take.isEnabled())
        work.controller.places.answered.connect(self._take_answer)
        work.controller.engine_changed.connect(self._engine_loaded)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    # What the viewer wants to know ----------------------------------------------------------------

    def _cell(self) -> Cell | None:
        desk = self._window.workplace.review
        front = desk.front
        if front is None or not editable(front[1]) or desk.sheet.row(front[0]).removed:
            return None
        return front

    def _takes(self, cell: Cell) -> bool:
        """Whether the field may still be written to: its row may be gone since, or taken out."""
        sheet = self._window.workplace.review.sheet
        return cell[0] in sheet and not sheet.row(cell[0]).removed

    def _target(self) -> str:
        cell = self._cell()
        return field_label(cell[1]) if cell is not None else ""

    def _owner(self, line: TextLine) -> str:
        page_id, desk = self._window.viewer.page_id, self._window.workplace.review
        front = desk.front[0] if desk.front is not None else None
        found = cell_at(desk.sheet, page_id, line.quad, front) if page_id is not None else None
        return field_label(found[1]) if found is not None else ""

    # What is wanted -------------------------------------------------------------------------------

    @Slot()
    def _warm(self) -> None:
        controller = self._window.workplace.controller
        if controller.batch is not None:
            controller.places.warm(controller.batch)

    @Slot(object)
    def _read(self, place: Place) -> None:
        controller, cell = self._window.workplace.controller, self._cell()
        row = controller.pages.page(place.page_id)
        if row is None or cell is None or controller.batch is None:
            return
        password = controller.passwords.get(row.ref.source)
        if not controller.places.loaded:
            self._window.viewer.taking.loading(place.quad)
        ticket = controller.places.read(controller.batch, row.ref, place.quad, place.prepare, place.seals, password)
        self._asked = _Asked(ticket, place, cell)

    @Slot()
    def _give_up(self) -> None:
        self._asked = None
        self._give_caret_back()

    @Slot(int, object)
    def _take_answer(self, ticket: int, answer: AreaRead | None) -> None:
        asked = self._asked
        if asked is None or asked.ticket != ticket:
            return  # another place was pointed at since, or none is wanted any more
        self._asked = None
        taking, quad = self._window.viewer.taking, asked.place.quad
        seen = self._window.viewer.page_id == asked.place.page_id
        if not self._takes(asked.cell):
            if seen:
                taking.give_up()
        elif answer is not None and answer.lines:
            self._take(asked.cell, taken_of(asked.place.page_id, quad, answer.lines), seen)
        elif not seen:
            return
        elif answer is None:
            taking.tell_lost(quad)
        elif answer.failure is not None:
            taking.tell(quad, failure_words(answer.failure)[0])
        else:
            taking.tell_nothing_read(quad)

    @Slot(int, object)
    def _use_line(self, page_id: int, line: TextLine) -> None:
        cell = self._cell()
        if cell is None:
            self._window.viewer.taking.tell_no_field(line.quad)
        else:
            self._take(cell, taken_of(page_id, line.quad, (line,)), seen=True)

    @Slot(object, int)
    def _engine_loaded(self, _info: object, _workers: int) -> None:
        if self._asked is not None and self._window.workplace.controller.places.loaded:
            self._window.viewer.taking.reading(self._asked.place.quad)

    def _take(self, cell: Cell, taken: Taken, seen: bool) -> None:
        """Put a text into a field. The clerk may have gone on to another one, and is not called back."""
        desk, taking = self._window.workplace.review, self._window.viewer.taking
        if seen:
            taking.taken(taken.quad)
        if not desk.take_text(*cell, taken):
            if seen:
                taking.tell_no_fit(taken.quad, taken.text)
        elif desk.front == cell:
            self._give_caret_back()

    # The caret ------------------------------------------------------------------------------------

    @Slot(QWidget, QWidget)
    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        canvas = self._window.viewer.canvas
        if now is canvas and old is not None:
            table = self._window.table  # not the cell's editor: that goes when it is left
            self._from_table = old is table or table.isAncestorOf(old)

    @Slot()
    def _go_to_page(self) -> None:
        """The keys of the page are heard: turn, switch, read again, go from line to line."""
        self._window.viewer.canvas.setFocus(Qt.FocusReason.TabFocusReason)  # so that the ring shows

    @Slot()
    def _give_caret_back(self) -> None:
        """The hands go on where they were: in the table, else in the field in front."""
        desk = self._window.workplace.review
        if not self._window.viewer.canvas.hasFocus():
            return
        if self._from_table:
            self._window.table.setFocus()
        elif desk.front is not None:
            desk.look_taken.emit(*desk.front)
