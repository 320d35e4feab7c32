"""The window without receipts: one drop zone, one sentence, two buttons, one tip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from paddlescan.gui.icons import paint_action
from paddlescan.gui.tokens import GAP, tokens_of


class Picture(QWidget):
    """One action icon, large, in the accent colour."""

    def __init__(self, name: str, side: int) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon over the whole widget."""
        painter = QPainter(self)
        paint_action(painter, QRectF(self.rect()), self._name, tokens_of(self).color("accent"), width=0.75)
        painter.end()


class DropZone(QFrame):
    """A card with a dashed, rounded edge."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(tokens.color("panel"))
        painter.setPen(QPen(tokens.color("line"), 2, Qt.PenStyle.CustomDashLine))
        pen = painter.pen()
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 2 * GAP, 2 * GAP)
        painter.end()


class EmptyState(QWidget):
    """What a new window shows."""

    choose_files = Signal()
    try_samples = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title, self._sentence, self._tip = QLabel(), QLabel(), QLabel()
        self._title.setProperty("rank", "title")
        self._sentence.setProperty("rank", "soft")
        self._tip.setProperty("rank", "soft")
        self._choose, self._samples = QPushButton(), QPushButton()
        self._choose.setProperty("primary", True)
        self._choose.clicked.connect(self.choose_files)
        self._samples.clicked.connect(self.try_samples)

        zone = DropZone()
        zone.setMinimumSize(480, 320)
        zone.setMaximumSize(720, 430)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for stretch, widget in ((1, None), (0, self._choose), (0, self._samples), (1, None)):
            buttons.addStretch(stretch) if widget is None else buttons.addWidget(widget)
        column = QVBoxLayout(zone)
        column.setContentsMargins(3 * GAP, 3 * GAP, 3 * GAP, 3 * GAP)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(Picture("receipt", 72), alignment=Qt.AlignmentFlag.AlignHCenter)
        for distance, label in ((2 * GAP, self._title), (2 * GAP, self._sentence)):
            column.addSpacing(distance)
            column.addWidget(label, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(2 * GAP)
        column.addLayout(buttons)
        column.addSpacing(3 * GAP)
        column.addWidget(self._tip, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(zone, 20)
        row.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self._title.setText(self.tr("Drop receipts here"))
        self._sentence.setText(
            self.tr("Pictures, PDFs, OFD and XML invoices or whole folders. Everything stays on this computer.")
        )
        self._choose.setText(self.tr("Choose files…"))
        self._samples.setText(self.tr("Try with sample receipts"))
        self._tip.setText(self.tr("Copied a picture or files elsewhere? Ctrl+V adds them."))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
