"""Asks before the window closes over edits and pasted pictures that the disk would not take."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from paddlescan.errors import Failure
from paddlescan.gui.dialogs.question import Question
from paddlescan.gui.shared import failure_words


class UnsavedDialog(Question):
    """Stay, or let them go."""

    let_go = Signal()

    def __init__(
        self, parent: QWidget | None, edits: int, failure: Failure | None, pictures: int = 0, kept: bool = False
    ) -> None:
        """kept: the edits stand in a file beside the store, from which the next start saves them."""
        kept = kept and edits > 0
        lost = pictures > 0 or not kept
        reason = failure_words(failure)[0] if failure else ""  # what it says to do is not true of a window that closes
        remark = "\n".join(words for words in (reason, *self._ends(kept, lost)) if words)
        super().__init__(parent, self.tr("Not saved"), "\n".join(self._told(edits, pictures)), remark)
        self.close_anyway = self.add_button(self.tr("Close without them") if lost else self.tr("Close"))
        self.stay = self.add_button(self.tr("Keep the window open"), primary=True)
        self.end()
        self.stay.clicked.connect(self.reject)
        self.close_anyway.clicked.connect(self._go)

    def _told(self, edits: int, pictures: int) -> list[str]:
        told = []
        if edits or not pictures:
            told.append(self.tr("%n edit(s) could not be saved.", None, edits))
        if pictures:
            told.append(self.tr("%n pasted picture(s) could not be saved.", None, pictures))
        return told

    def _ends(self, kept: bool, lost: bool) -> list[str]:
        """What becomes of it if the window is closed now."""
        safe = self.tr("What you typed is kept on the disk; the next start saves it.")
        if not kept:
            return [
                self.tr(
                    "If you close now, what is not saved is lost. Make room on the disk or wait for the other program,"
                    " then close again."
                )
            ]
        if not lost:
            return [safe]
        return [
            safe,
            self.tr("If you close now, the pasted pictures are lost. Make room on the disk, then close again."),
        ]

    def _go(self) -> None:
        self.done(QDialog.DialogCode.Accepted)
        self.let_go.emit()
