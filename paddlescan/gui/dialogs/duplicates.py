"""Asks once for a whole drop what becomes of files that are in the batch already."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QDialog, QWidget

from paddlescan.gui.dialogs.question import Question
from paddlescan.gui.running.intake_thread import Twice

NAMED = 4
"""So many files are named; of the others there is a count."""


class DuplicatesDialog(Question):
    """Leave them out, read them again, or show the first."""

    answered = Signal(object, bool)  # tuple[Twice, ...], whether to read them again

    def __init__(self, parent: QWidget | None, twice: tuple[Twice, ...]) -> None:
        names = [file.source.name.rsplit("/", 1)[-1] for file in twice]
        if len(names) == 1:
            sentence = self.tr("{file} is in this batch already.").format(file=names[0])
        else:
            sentence = self.tr("{count} of these files are in this batch already.").format(count=len(names))
        listed = names[:NAMED] if len(names) > 1 else []
        if len(names) > NAMED:
            listed.append(
                QCoreApplication.translate("DuplicatesDialog", "and {count} more").format(count=len(names) - NAMED)
            )
        super().__init__(parent, self.tr("Added twice"), sentence, "\n".join(listed))
        self._twice = twice
        self.leave_out = self.add_button(self.tr("Leave them out") if len(names) > 1 else self.tr("Leave it out"))
        self.again = self.add_button(self.tr("Read again"))
        self.show_first = self.add_button(self.tr("Show it") if len(names) == 1 else self.tr("Show the first"), True)
        self.end()
        self.leave_out.clicked.connect(self.reject)
        self.again.clicked.connect(self._read_again)
        self.show_first.clicked.connect(self._show_first)

    def _read_again(self) -> None:
        self.done(QDialog.DialogCode.Accepted)
        self.answered.emit(self._twice, True)

    def _show_first(self) -> None:
        self.done(QDialog.DialogCode.Accepted)
        self.answered.emit(self._twice, False)
