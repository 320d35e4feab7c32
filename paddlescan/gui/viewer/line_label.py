"""The text of a clicked line, in a small card beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from paddlescan.document import TextLine, bounds
from paddlescan.gui.tokens import GAP

if TYPE_CHECKING:
    from paddlescan.gui.viewer.canvas import Canvas


class LineLabel(QLabel):
    """A card with a line's text under the line, or above it where there is no room; it never takes the mouse."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._line: TextLine | None = None
        self.setProperty("card", True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMargin(GAP // 2)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_line(self, line: TextLine | None) -> None:
        """Show that line's text; None: go away."""
        self._line = line
        self.setText(line.text if line is not None else "")
        self.setVisible(line is not None)
        self.place()

    def place(self) -> None:
        """Stand where the line is now; out of sight while the line is."""
        canvas = self._canvas
        if self._line is None or canvas.scene is None:
            return
        boxes = [(after, bounds(canvas.quad_in_widget(self._line.quad, after))) for after in (True, False)]
        x = canvas.divider_x
        seen = [box for after, box in boxes if (box[2] > x if after else box[0] < x)]
        left, top, right, bottom = (seen or [boxes[0][1]])[0]
        self.setVisible(right > 0 and left < canvas.width() and bottom > 0 and top < canvas.height())
        room = canvas.width() - 2 * GAP
        text_width = self.fontMetrics().horizontalAdvance(self.text()) + 2 * self.margin() + 2 * self.frameWidth() + 4
        self.resize(min(text_width, room), 10)
        self.resize(self.width(), self.heightForWidth(self.width()))
        place_x = min(max(GAP, (left + right - self.width()) / 2), canvas.width() - GAP - self.width())
        below = bottom + GAP
        fits = below + self.height() <= canvas.area.bottom
        place_y = below if fits else top - GAP - self.height()
        self.move(round(place_x), round(max(GAP, min(place_y, canvas.area.bottom - self.height()))))
