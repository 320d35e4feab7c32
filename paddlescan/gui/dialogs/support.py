"""Asks what shall be in a support file, and says beforehand what it holds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from paddlescan.desktop.bundle import Wanted
from paddlescan.gui.dialogs.question import Question
from paddlescan.gui.shared import language
from paddlescan.words.bundle import bundle_words, contents, listed


class SupportDialog(Question):
    """What it holds and what it does not; two ticks, both off."""

    chosen = Signal(object)  # Wanted

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, "", self.tr("A file for whoever helps you"))
        self.setMinimumWidth(560)
        self.head, self.text = QLabel(), QLabel()
        self.head.setProperty("rank", "soft")
        for label in (self.head, self.text):
            label.setWordWrap(True)
            self.column.addWidget(label)
        self.names, self.receipts = QCheckBox(), QCheckBox()
        self._names_alone = False
        """Whether names were wanted before what was read, which implies them."""
        self.names.toggled.connect(self._say)
        self.receipts.toggled.connect(self._receipts_toggled)
        for tick in (self.names, self.receipts):
            self.column.addWidget(tick)
        self.cancel, self.save = self.add_button(""), self.add_button("", primary=True)
        self.end()
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.accept)
        self.accepted.connect(self._tell)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.setWindowTitle(self.tr("Save a support file"))
        self.sentence.setText(self.tr("A file for whoever helps you"))
        self.head.setText(bundle_words("head", language()))
        self.names.setText(self.tr("With the names of files and batches"))
        self.receipts.setText(self.tr("With what was read from the receipts, and the names"))
        self.cancel.setText(self.tr("Cancel"))
        self.save.setText(self.tr("Save…"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "save"):
            self.retranslate()

    @property
    def wanted(self) -> Wanted:
        """What is ticked."""
        return Wanted(self.names.isChecked(), self.receipts.isChecked())

    @Slot(bool)
    def _receipts_toggled(self, wanted: bool) -> None:
        """What was read cannot be had without the names: they are ticked, too, and cannot be left out."""
        if wanted:
            self._names_alone = self.names.isChecked()
        self.names.setEnabled(not wanted)
        self.names.setChecked(wanted or self._names_alone)
        self._say()

    @Slot()
    def _say(self) -> None:
        self.text.setText(listed(contents(self.wanted.names, self.wanted.receipts), language()).replace("* ", "• "))

    @Slot()
    def _tell(self) -> None:
        self.chosen.emit(self.wanted)
