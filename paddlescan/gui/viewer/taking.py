"""Pointing at text of the page in front: the mode for it, what is said at the place, what a line can be used for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from paddlescan.document import PrepareOptions, Quad, TextLine
from paddlescan.gui.viewer.actions import ViewerActions
from paddlescan.gui.viewer.canvas import Canvas


@dataclass(frozen=True, slots=True)
class Place:
    """A place whose text is wanted."""

    page_id: int
    quad: Quad
    """In pixels of the source page, clockwise from the top left of its text."""
    prepare: PrepareOptions
    """The switches as they stand."""
    seals: tuple[Quad, ...]
    """Where seals are known to lie, in pixels of the source page."""


def _nothing(_line: TextLine) -> str:
    return ""


class Taking(QObject):
    """Part of one viewer. Whoever owns the fields says which one is in front and which one a line belongs to."""

    place_wanted = Signal(object)
    """Quad: read what stands there."""
    line_wanted = Signal(object)
    """TextLine: use its text."""
    given_up = Signal()
    """Nobody waits for a place any more."""

    def __init__(self, canvas: Canvas, verbs: ViewerActions, viewer: QObject) -> None:
        super().__init__(viewer)
        self._canvas, self._action = canvas, verbs.take
        self.target: Callable[[], str] = str
        """What the field in front is called; "" while none is."""
        self.owner: Callable[[TextLine], str] = _nothing
        """What the field is called that was read from a line; "" for none."""
        canvas.hint = self._hint
        canvas.taking_words = self._words
        canvas.place_wanted.connect(self._place_drawn)
        canvas.line_wanted.connect(self.line_wanted)
        canvas.line_doubled.connect(self._line_doubled)
        canvas.taking_left.connect(self.give_up)
        self._action.setCheckable(True)
        self._action.toggled.connect(self._toggled)

    def leave(self) -> None:
        """Plain drags move the page again."""
        self._action.setChecked(False)

    @Slot()
    def give_up(self) -> None:
        """Nothing is wanted any more."""
        self.leave()
        self._canvas.draw_band(None)
        self.given_up.emit()

    def loading(self, quad: Quad) -> None:
        """The place has to wait until an engine is loaded."""
        self._canvas.draw_band(quad, self.tr("Loading the engine…"))

    def reading(self, quad: Quad) -> None:
        """The place is being read."""
        self._canvas.draw_band(quad, self.tr("Reading…"))

    def taken(self, quad: Quad) -> None:
        """Its text is in the field: the page lies still when that place is shown as its evidence."""
        self._canvas.draw_band(None)
        self._canvas.choose(None)
        self._canvas.point_at(quad)
        self.leave()

    def tell_nothing_read(self, quad: Quad) -> None:
        """There was no text in the place."""
        self._canvas.tell(quad, self.tr("No text was found here"))

    def tell_no_fit(self, quad: Quad, text: str) -> None:
        """What was read is nothing for the field in front."""
        words = self.tr("“{text}” does not fit into {field}").format(text=text, field=self.target())
        self._canvas.tell(quad, words)

    def tell_no_field(self, quad: Quad) -> None:
        """There is no field that could take a text."""
        self._canvas.tell(quad, self.tr("Choose a field first"))

    def tell_lost(self, quad: Quad) -> None:
        """The engine was lost over it."""
        self._canvas.tell(quad, self.tr("This place could not be read; try again"))

    def tell(self, quad: Quad, words: str) -> None:
        """Say why the place could not be read."""
        self._canvas.tell(quad, words)

    def _words(self) -> str:
        target = self.target()
        if not target:
            return self.tr("Choose a field first")
        return self.tr("Drag over the text for {field} · ↓ ↑ and Enter · Esc leaves").format(field=target)

    def _hint(self, line: TextLine) -> str:
        target, owner = self.target(), self.owner(line)
        if not target:
            return ""
        if self._canvas.taking:
            return self.tr("Click or Enter: use for {field}").format(field=target)
        if owner == target:
            return ""
        if owner:
            words = self.tr("Click: go to {owner} · Ctrl+click: use for {field}")
            return words.format(owner=owner, field=target)
        return self.tr("Double-click or Ctrl+click: use for {field}").format(field=target)

    @Slot(object)
    def _place_drawn(self, quad: Quad) -> None:
        if self.target():
            self.reading(quad)
            self.place_wanted.emit(quad)
        else:
            self.tell_no_field(quad)

    @Slot(object)
    def _line_doubled(self, line: TextLine) -> None:
        """Twice by accident on a line of another field must change nothing: the first click has brought that field."""
        if self.target() and not self.owner(line):
            self.line_wanted.emit(line)

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        self._canvas.set_taking(on)
        if on:
            self._canvas.setFocus()
            self._canvas.take_begun.emit()
