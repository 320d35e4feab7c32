"""What is shown above the fields of a page whose paper should be scanned again, or that is blank."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from paddlescan.gui.shared import language, mark
from paddlescan.gui.tokens import GAP
from paddlescan.words import quality_sentences, quality_word, wants_rescan


class QualityCard(QFrame):
    """The word for it, and a sentence for each finding."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._findings: tuple[str, ...] = ()
        self.head, self.sentences = QLabel(), QLabel()
        self.sentences.setProperty("rank", "soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(GAP)
        for label in (self.head, self.sentences):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self.retranslate()

    def show_quality(self, findings: tuple[str, ...]) -> None:
        """Show the findings about a page, by name; none hides the card."""
        self._findings = findings
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        sentences = quality_sentences(self._findings, language())
        self.head.setText(quality_word(self._findings, language()))
        self.sentences.setText("\n".join(sentences))
        mark(self.head, rank="doubt" if wants_rescan(self._findings) else "head")
        self.setVisible(bool(sentences))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
