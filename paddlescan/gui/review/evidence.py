"""What stands under a field in doubt: the piece of the page it was read from, other readings, the keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from paddlescan.gui.tokens import GAP, RADIUS, tokens_of

_LOWEST, _HIGHEST = 36, 84
_SHOWN = 3
"""Candidates offered; more are hardly ever right."""


class Cutout(QWidget):
    """A piece of the page, as large as the panel allows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage) -> None:
        """Show a picture; a null one hides the widget."""
        self._image = image
        self.setVisible(not image.isNull())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Whole width; as high as the picture is then, within bounds."""
        if self._image.isNull() or not self._image.width():
            return QSize(120, _LOWEST)
        height = round(self._image.height() * max(self.width() - 2, 1) / self._image.width())
        return QSize(120, max(_LOWEST, min(_HIGHEST, height)))

    def resizeEvent(self, event: object) -> None:
        """The height follows the width."""
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, whole, on its own ground, in a hairline."""
        if self._image.isNull():
            return
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(box, RADIUS, RADIUS)
        painter.fillPath(path, self._image.pixelColor(1 % self._image.width(), 1 % self._image.height()))
        painter.setClipPath(path)
        size = self._image.size().scaled(self.size() - QSize(2, 2), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )
        painter.drawImage(place, self._image)
        painter.setClipping(False)
        painter.setPen(QPen(tokens.color("line"), 1))
        painter.drawPath(path)
        painter.end()


class Evidence(QWidget):
    """One for the whole panel; it moves under the field in front."""

    chosen = Signal(str)
    """A candidate was taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cutout = Cutout()
        self._also = QLabel()
        self._also.setProperty("rank", "small")
        self._keys = QLabel()
        self._keys.setProperty("rank", "small")
        self._keys.setWordWrap(True)
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(GAP // 2)
        self._row.addWidget(self._also)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(GAP // 2)
        column.addWidget(self.cutout)
        column.addLayout(self._row)
        column.addWidget(self._keys)
        self.cutout.hide()
        self.retranslate()

    def show_candidates(self, candidates: Sequence[str], keys: bool) -> None:
        """Offer other readings, and say the keys."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for place, candidate in enumerate(candidates[:_SHOWN], 1):
            button = QPushButton(_short(candidate))
            button.setToolTip(candidate)
            button.setProperty("candidate", candidate)
            button.setAccessibleName(self.tr("Use {value}").format(value=candidate))
            button.setStyleSheet("padding: 2px 8px;")
            button.clicked.connect(self._clicked)
            self._row.insertWidget(place, button)
            button.show()
            self._buttons.append(button)
        self._also.setVisible(bool(self._buttons))
        self._keys.setVisible(keys)

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.cutout.setAccessibleName(self.tr("The place on the page where this was read"))
        self._also.setText(self.tr("also read:"))
        self._keys.setText(self.tr("Enter accepts · type to replace · Esc puts back"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot()
    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.chosen.emit(str(button.property("candidate")))


def _short(text: str) -> str:
    return text if len(text) <= 16 else text[:15] + "…"
