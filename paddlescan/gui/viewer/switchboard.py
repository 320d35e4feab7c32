"""The switches of the page in front: what bar and keys do to them, and when others are told."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from paddlescan.document import PrepareOptions
from paddlescan.gui.viewer import switches
from paddlescan.gui.viewer.actions import ViewerActions
from paddlescan.gui.viewer.bar import FloatingBar

SAY_MS = 250
"""After the last move of a switch: then others are told, who write it down."""


class Switchboard(QObject):
    """Holds the options of one page."""

    moved = Signal()
    """A switch was moved; at once, for the preview."""
    rested = Signal()
    """Shortly after the last move, whether it changed anything in the end or not; not if the page changes first."""
    settled = Signal(object, object)
    """PrepareOptions before and after, shortly after the last move."""

    def __init__(self, bar: FloatingBar, verbs: ViewerActions, parent: QObject) -> None:
        super().__init__(parent)
        self.prepare = PrepareOptions()
        self._rotation = 0
        self._said = self._kept = self.prepare
        self._say = QTimer(self)
        self._say.setSingleShot(True)
        self._say.setInterval(SAY_MS)
        self._say.timeout.connect(self._rest)
        bar.deskew_switched.connect(self._switch_deskew)
        bar.seals_switched.connect(self._switch_seals)
        bar.angle_moved.connect(self.set_angle)
        bar.angle_reset.connect(self._measure_angle)
        bar.strength_moved.connect(self._set_strength)
        verbs.turn_left.triggered.connect(self._turn_left)
        verbs.turn_right.triggered.connect(self._turn_right)
        verbs.deskew.triggered.connect(self._flip_deskew)
        verbs.seals.triggered.connect(self._flip_seals)

    def keep(self) -> None:
        """Remember the switches as they are, to come back to."""
        self._kept = self.prepare

    def come_back(self) -> None:
        """The switches as they were kept."""
        self._change(self._kept)

    def take(self, prepare: PrepareOptions) -> None:
        """The options of the page that is in front from now on; nothing is emitted."""
        self._say.stop()
        self.prepare = self._said = prepare

    @property
    def moving(self) -> bool:
        """Whether a move was made that nobody was told of yet."""
        return self._say.isActive()

    def know_rotation(self, degrees: int) -> None:
        """The rotation in force where none is set by hand."""
        self._rotation = degrees

    @Slot()
    def say_now(self) -> None:
        """Tell of a move that nobody was told of yet."""
        self._say.stop()
        if self.prepare != self._said:
            before, self._said = self._said, self.prepare
            self.settled.emit(before, self.prepare)

    @Slot()
    def _rest(self) -> None:
        self.say_now()
        self.rested.emit()

    def _change(self, prepare: PrepareOptions) -> None:
        if prepare != self.prepare:
            self.prepare = prepare
            self._say.start()
        self.moved.emit()

    @Slot(bool)
    def _switch_deskew(self, on: bool) -> None:
        self._change(switches.with_deskew(self.prepare, on))

    @Slot(bool)
    def _switch_seals(self, on: bool) -> None:
        self._change(switches.with_seals(self.prepare, on))

    @Slot(float)
    def set_angle(self, degrees: float) -> None:
        """Take an angle set by hand."""
        self._change(switches.with_angle(self.prepare, degrees))

    @Slot(int)
    def _set_strength(self, strength: int) -> None:
        self._change(switches.with_strength(self.prepare, strength))

    @Slot()
    def _measure_angle(self) -> None:
        self._change(switches.with_deskew(self.prepare, True))

    @Slot()
    def _flip_deskew(self) -> None:
        self._change(switches.with_deskew(self.prepare, not self.prepare.deskew))

    @Slot()
    def _flip_seals(self) -> None:
        self._change(switches.with_seals(self.prepare, not self.prepare.remove_seals))

    @Slot()
    def _turn_left(self) -> None:
        self._change(switches.turned(self.prepare, -1, self._rotation))

    @Slot()
    def _turn_right(self) -> None:
        self._change(switches.turned(self.prepare, 1, self._rotation))
