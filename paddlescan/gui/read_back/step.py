"""Taking an edited export as one undo step, also where it changes thousands of fields: some at a time.

The window stays awake between the slices; what a person does to a field meanwhile is newer than what still waits for
it, and stays. Should the window end in the midst of them, reading the file back once more does the rest, for what was
taken is no change any more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QUndoCommand

from paddlescan.gui.review.desk import ReviewDesk
from paddlescan.gui.save_commands import SaveEdits
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.store import FieldEdit

SLICE = 40
"""Edits at a time: some 15 ms, taken back some 50 (each asks the store what was read)."""

Edits = tuple[FieldEdit, ...]


class Slices(QObject):
    """Hands edits to the desk, some at a time, in the order in which they came."""

    done = Signal()
    """All is handed over."""

    def __init__(self, desk: ReviewDesk, writer: StoreWriter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._writer = desk, writer
        self._waiting: deque[tuple[Edits, bool]] = deque()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)
        self._acting = False
        desk.opened.connect(self.save_rest)
        desk.edited.connect(self._pass_over)

    @property
    def idle(self) -> bool:
        """Whether all was handed over."""
        return not self._waiting

    def add(self, edits: Edits, show: bool) -> None:
        """Hand over the first slice now, unless others wait, and the others one by one. show: bring the first to the
        front."""
        idle = not self._waiting
        for start in range(0, len(edits), SLICE):
            self._waiting.append((edits[start : start + SLICE], show and not start))
        if idle:
            self._next()

    @Slot()
    def _next(self) -> None:
        if self._waiting:
            edits, show = self._waiting.popleft()
            self._acting = True
            try:
                self._desk.do_edits(edits, show)
            finally:
                self._acting = False
        if self._waiting:
            self._timer.start(0)
        else:
            self.done.emit()

    @Slot(object)
    def _pass_over(self, fields: frozenset[tuple[int, str]]) -> None:
        """Somebody else edited these: what waits for them is old."""
        if self._acting:
            return
        for place, (edits, show) in enumerate(self._waiting):
            left = tuple(edit for edit in edits if (edit.receipt_id, edit.name) not in fields)
            if len(left) != len(edits):
                self._waiting[place] = left, show

    @Slot()
    def save_rest(self) -> None:
        """Nobody looks at these rows any more, or the window closes: what waits is only saved."""
        while self._waiting:
            self._writer.submit(SaveEdits(self._waiting.popleft()[0]))


class ReadBackStep(QUndoCommand):
    """Fields got the values of an edited export."""

    def __init__(self, slices: Slices, edits: Sequence[FieldEdit], words: str) -> None:
        """words: what was done, as it stands behind "Undo"."""
        super().__init__(words)
        self._slices, self._edits = slices, tuple(edits)
        self._fresh = True

    def redo(self) -> None:
        """Make the edits."""
        self._slices.add(self._edits, show=not self._fresh)
        self._fresh = False

    def undo(self) -> None:
        """Take each back, the last first."""
        self._slices.add(tuple(edit.back for edit in reversed(self._edits)), show=True)
