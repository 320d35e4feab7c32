"""What stands on a line or a place, or what is said of it, in a small card beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QSizePolicy

from paddlescan.document import Quad, TextLine, bounds
from paddlescan.gui.tokens import GAP

if TYPE_CHECKING:
    from paddlescan.gui.viewer.stage import Stage

SOON_MS = 350
"""How long the mouse rests on a line before its text is shown."""
PASSING_MS = 4_000
"""How long a passing word stays."""


class LineLabel(QLabel):
    """A card under a line or a place, or above it where there is no room; it never takes the mouse."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._stage = stage
        self._quad: Quad | None = None
        self._coming: tuple[TextLine, str] | None = None
        self.setProperty("card", True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMargin(GAP // 2)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._show_coming)
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.setInterval(PASSING_MS)
        self._over.timeout.connect(self._go)
        self.hide()

    def show_line(self, line: TextLine | None, hint: str = "") -> None:
        """Show that line's text, and below it what can be done with it; None: go away."""
        self.show_words(None if line is None else line.quad, _with(line.text, hint) if line is not None else "")

    def show_soon(self, line: TextLine | None, hint: str = "") -> None:
        """As `show_line`, if nothing else is shown for a moment. Only where something can be done with it."""
        if self._coming is not None and line is self._coming[0]:
            return
        self._go()
        if line is not None and hint:
            self._coming = line, hint
            self._soon.start()

    def show_words(self, quad: Quad | None, words: str, passing: bool = False) -> None:
        """Say something at a place (source pixels); None or no words: go away. passing: for a while."""
        self._soon.stop()
        self._coming = None
        self._over.start() if passing else self._over.stop()
        self._quad = quad if words else None
        self.setText(words if quad is not None else "")
        self.setVisible(self._quad is not None)
        self.place()

    def place(self) -> None:
        """Stand where the place is now; out of sight while that is."""
        stage = self._stage
        if self._quad is None or stage.scene is None:
            self.hide()
            return
        boxes = [(after, bounds(stage.quad_in_widget(self._quad, after))) for after in (True, False)]
        x = stage.divider_x
        seen = [box for after, box in boxes if (box[2] > x if after else box[0] < x)]
        left, top, right, bottom = (seen or [boxes[0][1]])[0]
        self.setVisible(right > 0 and left < stage.width() and bottom > 0 and top < stage.height())
        room = stage.width() - 2 * GAP
        lines = self.text().split("\n")
        text_width = max(map(self.fontMetrics().horizontalAdvance, lines))
        text_width += 2 * self.margin() + 2 * self.frameWidth() + 4
        self.resize(min(text_width, room), 10)
        self.resize(self.width(), self.heightForWidth(self.width()))
        place_x = min(max(GAP, (left + right - self.width()) / 2), stage.width() - GAP - self.width())
        below = bottom + GAP
        fits = below + self.height() <= stage.area.bottom
        place_y = below if fits else top - GAP - self.height()
        self.move(round(place_x), round(max(GAP, min(place_y, stage.area.bottom - self.height()))))
        self.raise_()

    def _show_coming(self) -> None:
        if self._coming is not None:
            self.show_words(self._coming[0].quad, _with(self._coming[0].text, self._coming[1]))

    def _go(self) -> None:
        self.show_words(None, "")


def _with(text: str, hint: str) -> str:
    return f"{text}\n{hint}" if hint else text
