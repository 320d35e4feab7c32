"""What the dialog of the scanner says: what goes on, and what there is to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject

from paddlescan.errors import Failure
from paddlescan.gui.shared import failure_words, language


class State(Enum):
    """What goes on."""

    LOOKING = auto()
    ASKING = auto()
    READY = auto()
    SCANNING = auto()
    STOPPING = auto()
    STUCK = auto()
    """There is no scanner to go on with."""


@dataclass(frozen=True, slots=True)
class Scanning:
    """How it goes."""

    state: State
    scanner: str
    """What a person calls it; empty where none is chosen."""
    page: int
    """The one that is being scanned."""
    pages: int
    """Scanned since the dialog was opened."""
    many: bool
    """Whether they come from a feeder."""
    failure: Failure | None


class ScannerWords(QObject):
    """Says it in the window's language."""

    def sentence(self, now: Scanning) -> str:
        """What goes on."""
        if now.failure is not None:
            return failure_words(now.failure)[0]
        match now.state:
            case State.LOOKING:
                return self.tr("Scanners are being looked for…")
            case State.ASKING:
                return self.tr("{scanner} is being asked what it can do…").format(scanner=now.scanner)
            case State.SCANNING:
                return self.tr("Page {number} is being scanned…").format(number=now.page)
            case State.STOPPING:
                return self.tr("The scanner is being stopped…")
        return self.tr("%n page(s) scanned", None, now.pages) if now.pages else self.tr("Ready to scan")

    def remark(self, now: Scanning) -> str:
        """What there is to know or to do besides."""
        if now.failure is not None:
            told = [failure_words(now.failure)[1], *([self._so_far(now)] if now.pages else [])]
            return ("" if language() == "zh" else " ").join(told)
        if now.state is State.LOOKING:
            return self.tr("On this computer, and in the network as far as the drivers of scanners look there.")
        if now.state is State.SCANNING:
            return self._so_far(now) if now.pages else self.tr("Each page joins the batch as soon as it is whole.")
        if now.state is State.STOPPING:
            return self.tr("The page under way is not kept.")
        if now.many:
            return self.tr("Put the receipts into the feeder. Each page joins the batch as soon as it is whole.")
        if now.pages:
            return self.tr("Lay the next page onto the glass, or close. The pages are being read meanwhile.")
        return self.tr("Lay a page onto the glass. It joins the batch as soon as it is whole.")

    def _so_far(self, now: Scanning) -> str:
        return self.tr("%n page(s) scanned so far are in the batch.", None, now.pages)
