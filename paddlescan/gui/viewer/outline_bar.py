"""The bar that stands in the place of the switches while the receipts of a page are drawn."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from paddlescan.gui.tokens import GAP
from paddlescan.gui.viewer.card import PADDING, SHADOW, paint_card
from paddlescan.gui.viewer.outlines import Outlines


class OutlineBar(QWidget):
    """Buttons in groups, in one row or in as many as the width asks for, and a line that says what can be done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cut, self.merge, self.remove = QPushButton(), QPushButton(), QPushButton()
        self.one, self.found = QPushButton(), QPushButton()
        self.cancel, self.apply = QPushButton(), QPushButton()
        self.apply.setProperty("primary", True)
        self.hint = QLabel()
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.hint.setProperty("rank", "small")
        self._groups = [
            _group(self.cut, self.merge, self.remove),
            _group(self.one, self.found),
            _group(self.cancel, self.apply),
        ]
        self._column = QVBoxLayout(self)
        self._column.setSpacing(GAP // 2)
        margin = SHADOW + PADDING
        self._column.setContentsMargins(margin, SHADOW + 7, margin, SHADOW + 7)
        self._rows: list[QHBoxLayout] = []
        self._most = 10_000
        self._count = 0
        self.retranslate()

    def show_outlines(self, outlines: Outlines) -> None:
        """Offer what can be done with these."""
        chosen = len(outlines.chosen)
        self.cut.setEnabled(chosen == 1 or not outlines.quads)
        self.merge.setEnabled(chosen >= 2)
        self.remove.setEnabled(chosen >= 1)
        self.apply.setEnabled(bool(outlines.quads))
        if len(outlines.quads) != self._count:
            self._count = len(outlines.quads)
            self._say()

    def arrange(self, most: int) -> None:
        """Lay the groups out within that many pixels."""
        self._most = most
        room = max(200, most) - 2 * (SHADOW + PADDING)
        while self._column.count():
            self._column.takeAt(0)
        for row in self._rows:
            while row.count():
                row.takeAt(0)
            row.deleteLater()
        self._rows = []
        used = room + 1
        for group in self._groups:
            wide = group.sizeHint().width()
            if used + 2 * GAP + wide > room:
                self._rows.append(QHBoxLayout())
                self._rows[-1].setSpacing(2 * GAP)
                self._rows[-1].setAlignment(Qt.AlignmentFlag.AlignCenter)
                self._column.addLayout(self._rows[-1])
                used = 0
            self._rows[-1].addWidget(group)
            used += wide + (2 * GAP if used else 0)
        self._column.addWidget(self.hint)
        width = min(room, max(row.sizeHint().width() for row in self._rows))
        self.hint.setFixedWidth(width)
        self.resize(width + 2 * (SHADOW + PADDING), self._column.totalHeightForWidth(width + 2 * (SHADOW + PADDING)))
        self.update()

    def place(self, width: int, bottom: int) -> None:
        """Stand in the middle of that width."""
        self.move(max(0, (width - self.width()) // 2), max(0, bottom - self.height()))

    def retranslate(self) -> None:
        """Take the words of the window's language."""
        for button, word, tip in (
            (self.cut, self.tr("Split"), self.tr("Make two of this receipt, at its widest gap (X)")),
            (self.merge, self.tr("Merge"), self.tr("Make one of the chosen receipts (M)")),
            (self.remove, self.tr("Remove"), self.tr("Take the chosen outlines away (Del)")),
            (self.one, self.tr("One receipt"), self.tr("Read the whole page as one receipt")),
            (self.found, self.tr("Find again"), self.tr("Drop what was drawn and let the receipts be found")),
            (self.cancel, self.tr("Cancel"), self.tr("Leave everything as it was (Esc)")),
            (self.apply, self.tr("Read these receipts"), self.tr("Read the page again; what was typed stays (Enter)")),
        ):
            button.setText(word)
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
        self._say()
        self.arrange(self._most)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and type."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.arrange(self._most)
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card with round ends and a soft shadow."""
        paint_card(self)

    def _say(self) -> None:
        drawing = self.tr("Draw around a receipt on bare ground; drag an outline, its sides or its corners.")
        keys = self.tr("Keys: Insert adds one, PageDown chooses the next, arrows move it, Shift+arrows size it.")
        drawing = self.tr("{what} {keys}").format(what=drawing, keys=keys)
        if self._count:
            count = self.tr("%n receipt(s) on this page.", None, self._count)
            drawing = self.tr("{count} {what}").format(count=count, what=drawing)
        self.hint.setText(drawing)


def _group(*buttons: QPushButton) -> QWidget:
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP // 2)
    for button in buttons:
        row.addWidget(button)
    return group
