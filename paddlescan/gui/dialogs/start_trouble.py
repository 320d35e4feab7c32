"""Says why the window cannot be shown, and offers to try once more: a backup ends, a disk is plugged in again."""

from __future__ import annotations

from paddlescan.errors import Failure
from paddlescan.gui.dialogs.question import Question
from paddlescan.gui.shared import failure_words


class StartTrouble(Question):
    """Accepted: try again. Rejected: leave it."""

    def __init__(self, failure: Failure) -> None:
        message, remedy = failure_words(failure)
        super().__init__(None, self.tr("PaddleScan cannot start"), message, remedy)
        self.leave = self.add_button(self.tr("Close"))
        self.again = self.add_button(self.tr("Try again"), primary=True)
        self.end()
        self.leave.clicked.connect(self.reject)
        self.again.clicked.connect(self.accept)
