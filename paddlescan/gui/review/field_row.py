"""A line of the fields panel: caption, editor, and what is to be said about it underneath."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from paddlescan.gui.review.field_editor import FieldEditor
from paddlescan.gui.review.labels import field_label
from paddlescan.gui.tokens import GAP

CAPTION_WIDTH = 104
"""Room for "Invoice number" in one line."""
STACKED_BELOW = 300
"""In a row narrower than this the caption stands above its editor, or amounts would be cut off."""
WIDE = frozenset({"merchant", "address", "buyer"})
"""What is often longer than the place beside a caption: the caption stands above it always, so that no row jumps from
one receipt to the next."""
SIDE_WIDTH = 72
"""Of the currency beside the total."""


_ANY_WIDTH = (1 << 24) - 1
"""Qt's own bound (QWIDGETSIZE_MAX)."""


class FieldRow(QWidget):
    """Caption on the left, one editor or two beside it, notes and evidence below them."""

    def __init__(self, *names: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editors = {name: FieldEditor(name) for name in names}
        self.caption = QLabel()
        self.caption.setProperty("rank", "soft")
        self.caption.setWordWrap(True)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        first, *others = self.editors.values()
        self.caption.setBuddy(first)
        line = QHBoxLayout()
        line.setSpacing(GAP // 2)
        line.addWidget(first, 1)
        for editor in others:
            editor.setFixedWidth(SIDE_WIDTH)
            line.addWidget(editor)
        self._note = QLabel()
        self._note.setProperty("rank", "bad")
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.hide()
        self._below = QVBoxLayout()
        self._below.setSpacing(GAP // 2)
        self._below.addLayout(line)
        self._below.addWidget(self._note)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(GAP // 2)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._whole.addLayout(self._row)
        self._row.addWidget(self.caption, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._below, 1)
        self._wide = not WIDE.isdisjoint(names)
        self._stack(self._wide)
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The caption goes above where the pane is narrow."""
        stacked = self._wide or self.width() < STACKED_BELOW
        if stacked != (self._row.direction() == QBoxLayout.Direction.TopToBottom):
            self._stack(stacked)

    def _stack(self, stacked: bool) -> None:
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if stacked else directions.LeftToRight)
        self._row.setSpacing(GAP // 4 if stacked else GAP)
        self.caption.setMinimumWidth(0 if stacked else CAPTION_WIDTH)
        self.caption.setMaximumWidth(_ANY_WIDTH if stacked else CAPTION_WIDTH)
        self.caption.setMinimumHeight(0 if stacked else 30)

    def retranslate(self) -> None:
        """Say the captions in the window's language."""
        for place, (name, editor) in enumerate(self.editors.items()):
            editor.setAccessibleName(field_label(name))
            if place:
                editor.setToolTip(field_label(name))
            else:
                self.caption.setText(field_label(name))

    def show_note(self, sentence: str) -> None:
        """Say what is wrong with the value, or (empty) nothing."""
        self._note.setText(sentence)
        self._note.setVisible(bool(sentence))

    def hold(self, evidence: QWidget) -> None:
        """Take the evidence under this row, over its whole width: what was read should be seen large."""
        self._whole.addWidget(evidence)
