"""What stands under a field in doubt: the piece of the page it was read from, other readings, the keys."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from paddlescan.gui.review.checks_view import ChecksView
from paddlescan.gui.review.choices import Choice
from paddlescan.gui.review.readings import Readings
from paddlescan.gui.tokens import GAP, RADIUS, tokens_of

_LOWEST, _HIGHEST = 36, 84
_READABLE = 16
"""Device-independent pixels that a line should be high, its margin included."""
_MOST_ROWS = 3
_OVERLAP = 0.9
"""Of its height by which a row begins before the one above ended."""

State = Literal["sure", "doubtful", "missing", "impossible", "typing"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands under the field in front."""

    choices: tuple[Choice, ...] = ()
    state: State = "sure"
    """`missing`: doubtful, and nothing was found; `impossible`: what stands there cannot be right."""
    listed: bool = False
    """Whether there is a list of earlier values to open."""
    contradicted: bool = False
    """Whether a failed check speaks against it."""
    copy: bool = False
    """Whether all that is to be looked at is that the receipt was seen before."""
    meaning: str = field(default="", repr=False)
    """What the text that is being typed will be kept as."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say here: that there is a list, the foot of the panel says then."""
        return replace(self, listed=False) == Shown()


class Cutout(QWidget):
    """A piece of the page, as large as the panel allows; a long line is cut into rows that read on, or its letters
    would be too small."""

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
        rows = self._rows()
        return QSize(120, max(_LOWEST, min(_HIGHEST, round(sum(row.height() for row in rows)) + 2)))

    def resizeEvent(self, event: object) -> None:
        """The height follows the width."""
        self.updateGeometry()

    def _rows(self) -> list[QRectF]:
        """Parts of the picture that stand under each other, in its pixels; as many as it takes to read it. Scaled to
        the width, each is as high as it will be shown."""
        image, width = self._image, max(self.width() - 2, 1)
        count = 1
        while count < _MOST_ROWS and image.height() * count * width < _READABLE * image.width():
            count += 1
        part = image.width() / count
        more = 0.0 if count == 1 else image.height() * _OVERLAP  # so that no letter is cut in two in both rows
        scale = min(width / (part + more), _HIGHEST / image.height() / count)
        return [QRectF(max(0.0, n * part - more), n, part + more, image.height() * scale) for n in range(count)]

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
        self._paint_rows(painter)
        painter.setClipping(False)
        painter.setPen(QPen(tokens.color("line"), 1))
        painter.drawPath(path)
        painter.end()

    def _paint_rows(self, painter: QPainter) -> None:
        rows = self._rows()
        high = sum(row.height() for row in rows)
        shrink = min(1.0, (self.height() - 2) / high)
        top = (self.height() - high * shrink) / 2
        for row in rows:
            source = QRectF(row.left(), 0, row.width(), self._image.height())
            height = row.height() * shrink
            width = source.width() * height / source.height()
            left = (self.width() - width) / 2 if len(rows) == 1 else 1.0
            painter.drawImage(QRectF(left, top, width, height), self._image, source)
            top += height


class Evidence(QWidget):
    """One for the whole panel; it moves under the field in front."""

    chosen = Signal(str)
    """A choice was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cutout = Cutout()
        self.readings = Readings()
        self.readings.chosen.connect(self.chosen)
        self._meaning = QLabel()
        self._meaning.setProperty("rank", "head")
        self._keys = QLabel()
        for label in (self._meaning, self._keys):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.hide()
        self._keys.setProperty("rank", "small")
        self.checks = ChecksView(headed=False)
        """The failed checks that speak against this very field."""
        self._shown = Shown()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(GAP // 2)
        for widget in (self._meaning, self.cutout, self.readings, self.checks, self._keys):
            column.addWidget(widget)
        column.setAlignment(self.cutout, Qt.AlignmentFlag.AlignTop)  # where room is kept, it is below
        self.cutout.hide()
        self.retranslate()

    def show_what(self, shown: Shown) -> None:
        """Offer the choices, and say what a typed text means, and the keys."""
        self._shown = shown
        self._meaning.setText(f"→ {shown.meaning}")
        self._meaning.setVisible(bool(shown.meaning))
        self.readings.show_choices(shown.choices)
        self._say_keys()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.cutout.setAccessibleName(self.tr("The place on the page where this was read"))
        self.checks.retranslate()  # before the keys, which say what its button says
        self._say_keys()

    def _say_keys(self) -> None:
        shown, words = self._shown, []
        if shown.state == "missing":
            words.append(self.tr("Not found on the page · type it, or Enter if there is none"))
        elif shown.state in ("doubtful", "typing"):
            words.append(self.tr("Enter accepts"))
        if shown.state == "typing" and shown.choices:
            words.append(self.tr("Down to choose"))
        if shown.choices:
            words.append(self.tr("Ctrl+1 takes the first"))
            if any(choice.kind == "everywhere" for choice in shown.choices):
                words.append(self.tr("Ctrl+0 on all"))
        elif shown.listed:
            words.append(self.tr("Alt+Down lists earlier ones"))
        if repair := self.checks.key_words:
            words.append(repair)
        if shown.copy and shown.state == "sure":
            words.append(self.tr("Enter keeps it: not the same"))
            words.append(self.tr("Ctrl+Del removes the row"))
        if shown.state in ("doubtful", "impossible"):
            words.append(self.tr("type to replace"))
        if shown.state == "impossible":
            words.append(self.tr("F8 goes on and comes back to it"))
        if shown.state in ("doubtful", "typing"):
            words.append(self.tr("Esc puts back"))
        self._keys.setText(" · ".join(words))
        self._keys.setVisible(bool(words))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
