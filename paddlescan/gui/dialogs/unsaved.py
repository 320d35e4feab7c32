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

    def __init__(self, parent: QWidget | None, edits: int, failure: Failure | None, pictures: int = 0) -> None:
        told = []
        if edits or not pictures:
            told.append(self.tr("%n edit(s) could not be saved.", None, edits))
        if pictures:
            told.append(self.tr("%n pasted picture(s) could not be saved.", None, pictures))
        reason = failure_words(failure)[0] if failure else ""  # what it says to do is not true of a window that closes
        warning = self.tr(
            "If you close now, what is not saved is lost. Make room on the disk or wait for the other program, then"
            " close again."
        )
        remark = "\n".join(words for words in (reason, warning) if words)
        super().__init__(parent, self.tr("Not saved"), "\n".join(told), remark)
        self.close_anyway = self.add_button(self.tr("Close without them"))
        self.stay = self.add_button(self.tr("Keep the window open"), primary=True)
        self.end()
        self.stay.clicked.connect(self.reject)
        self.close_anyway.clicked.connect(self._go)

    def _go(self) -> None:
        self.done(QDialog.DialogCode.Accepted)
        self.let_go.emit()
