"""The strip over the panes that says what stands still and what to do: no box in the way, gone by a click."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from paddlescan.errors import Failure
from paddlescan.gui.icons import action_icon, paint_state
from paddlescan.gui.shared import failure_words
from paddlescan.gui.tokens import GAP, tokens_of

_NOTHING_TO_TRY = (
    "nothing_to_scan",
    "store_set_aside",
    "store_restored",
    "store_mended",
    "engine_storms",
    "disk_short",
)
"""What a click cannot try again: there is nothing, it is done, or it goes on by itself."""


class _Shape(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(12, 12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_state(painter, QRectF(self.rect()), "failed", tokens_of(self))
        painter.end()


class Notice(QFrame):
    """Says one failure with its remedy; the newest wins."""

    retry = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bar", True)
        self._failure: Failure | None = None
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._retry = QPushButton()
        self._retry.clicked.connect(self._retry_clicked)
        self._close = QToolButton()
        self._close.setIcon(action_icon("close"))
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, GAP, 12, GAP)
        row.setSpacing(12)
        row.addWidget(_Shape())
        row.addWidget(self._text, 1)
        row.addWidget(self._retry)
        row.addWidget(self._close)
        self.hide()
        self.retranslate()

    def show_failure(self, failure: Failure) -> None:
        """Say what happened and what to do about it."""
        self._failure = failure
        self._retry.setVisible(failure.code not in _NOTHING_TO_TRY)
        self.retranslate()
        self.show()

    def take_back(self, code: str) -> None:
        """It is over by itself: say no more of it, if this is what is said now."""
        if self._failure is not None and self._failure.code == code:
            self._failure = None
            self.hide()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self._retry.setText(self.tr("Try again"))
        self._close.setToolTip(self.tr("Close this message"))
        self._close.setAccessibleName(self.tr("Close this message"))
        if self._failure:
            self._text.setText(" ".join(failure_words(self._failure)))
            self.setAccessibleName(self._text.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _retry_clicked(self) -> None:
        self.hide()
        self.retry.emit()
