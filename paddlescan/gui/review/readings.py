"""The other readings of a field: a caption and a button each, in as many rows as the panel's width asks for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from paddlescan.gui.shared import tooltip
from paddlescan.gui.tokens import GAP

_SHOWN = 3
"""Candidates offered; more are hardly ever right."""
_PADDING = 6
_HEIGHT = 24
_GAP = GAP // 2


class Readings(QWidget):
    """Never wider than it is given: what does not fit goes into the next row, and a long reading is cut short."""

    chosen = Signal(str)
    """A candidate was taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = QLabel(self)
        self._caption.setProperty("rank", "small")
        self._buttons: list[QPushButton] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_candidates(self, candidates: Sequence[str]) -> None:
        """Offer these; nothing to offer hides the widget."""
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(candidate) for candidate in candidates[:_SHOWN]]
        self.setVisible(bool(self._buttons))
        self._arrange()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self._caption.setText(self.tr("also read:"))
        for button in self._buttons:
            button.setAccessibleName(self.tr("Use {value}").format(value=button.property("candidate")))
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and type."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._arrange()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """As high as it needs to be in the width it has."""
        return QSize(120, self.childrenRect().bottom() + 1 if self._buttons else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width: perhaps other rows."""
        self._arrange()

    def _button(self, candidate: str) -> QPushButton:
        button = QPushButton(_on_button(candidate), self)
        button.setToolTip(tooltip(candidate))
        button.setProperty("candidate", candidate)
        button.setAccessibleName(self.tr("Use {value}").format(value=candidate))
        button.setStyleSheet(f"padding: 2px {_PADDING}px;")
        button.clicked.connect(self._clicked)
        button.show()
        return button

    def _arrange(self) -> None:
        self._caption.adjustSize()
        x, y = self._caption.width() + _GAP, 0
        self._caption.move(0, (_HEIGHT - self._caption.height()) // 2)
        for button in self._buttons:
            candidate = str(button.property("candidate"))
            button.setText(_on_button(candidate))
            wide = button.sizeHint().width()
            if x + wide > self.width() and x > 0:
                x, y = 0, y + _HEIGHT + _GAP
            if wide > self.width():
                wide = max(self.width(), 4 * _PADDING)
                room = wide - 2 * _PADDING - 4
                cut = button.fontMetrics().elidedText(candidate, Qt.TextElideMode.ElideRight, room)
                button.setText(_on_button(cut))
            button.setGeometry(x, y, wide, _HEIGHT)
            x += wide + _GAP
        self.updateGeometry()

    @Slot()
    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.chosen.emit(str(button.property("candidate")))


def _on_button(text: str) -> str:
    """The text with its ampersands: a single one would vanish and make a shortcut of the letter behind it."""
    return text.replace("&", "&&")
