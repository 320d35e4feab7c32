"""Says why the window cannot be shown, and offers to try once more: a backup ends, a disk is plugged in again."""

from __future__ import annotations

import errno
import os

from paddlescan.errors import Failure, FolderUnwritable, StoreUnwritable
from paddlescan.gui.dialogs.question import Question
from paddlescan.gui.shared import failure_words, language
from paddlescan.words import reason

_MAY_NOT_WRITE = frozenset(
    {
        *(os.strerror(code) for code in (errno.EACCES, errno.EPERM, errno.EROFS)),
        *("it may only be read", "it may not be written by you", "the disk is read-only"),
    }
)
"""Why nothing can be written, where what is there is whole."""


class StartTrouble(Question):
    """Accepted: try again. Rejected: leave it."""

    def __init__(self, failure: Failure) -> None:
        message, remedy = failure_words(failure)
        known = dict(failure.parameters)
        unwritable = failure.code in (StoreUnwritable.code, FolderUnwritable.code)
        if unwritable and known.get("detail") in _MAY_NOT_WRITE:
            message = self.tr("PaddleScan cannot write to its folder {folder}: {reason}.").format(
                folder=known.get("file", ""), reason=reason(known["detail"], language())
            )
            remedy = self.tr(
                "Your receipts are safe; nothing was changed. Ask whoever looks after this computer to let PaddleScan"
                " write there, then try again."
            )
        super().__init__(None, self.tr("Cannot start"), message, remedy)
        self.leave = self.add_button(self.tr("Close"))
        self.again = self.add_button(self.tr("Try again"), primary=True)
        self.end()
        self.leave.clicked.connect(self.reject)
        self.again.clicked.connect(self.accept)
