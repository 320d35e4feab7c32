"""The strip above the fields: how many receipts are left to check, and the key that goes on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from paddlescan.document import PageState
from paddlescan.gui.icons import paint_state
from paddlescan.gui.tokens import GAP, RADIUS, tokens_of

_HEIGHT = 34
_MARK = 10


class LookStrip(QAbstractButton):
    """A button over the whole width: `7 left to check   Next F8`; calm when nothing is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left = 0
        self._any = False
        self._unread, self._reading = 0, False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.retranslate()

    def set_left(self, left: int, receipts: int) -> None:
        """How many receipts are to check, of how many."""
        self._left, self._any = left, receipts > 0
        self.setEnabled(left > 0)
        self.retranslate()

    def set_unread(self, pages: int, reading: bool) -> None:
        """How many pages are not read yet, and whether they are being read: until then nobody knows what is left."""
        if (pages, reading) != (self._unread, self._reading):
            self._unread, self._reading = pages, reading
            self.retranslate()

    def retranslate(self) -> None:
        """Say it in the window's language."""
        if self._left:
            self.setText(self.tr("{count} left to check").format(count=self._left))
        elif self._unread and self._reading:
            self.setText(self.tr("%n page(s) still being read", None, self._unread))
        elif self._unread:
            self.setText(self.tr("%n page(s) not read yet", None, self._unread))
        else:
            self.setText(self.tr("Nothing left to check") if self._any else self.tr("No receipts yet"))
        self.setAccessibleName(self.text())
        self.setToolTip(self.tr("Go to the next field to check") + " (F8)")
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """As high as a button."""
        return QSize(240, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, shape, words, key."""
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(tokens.color("doubt_back" if self._left else "background"))
        painter.setPen(QPen(tokens.color("doubt"), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        inner = self.rect().adjusted(GAP + 2, 0, -(GAP + 4), 0)
        if self._left or self._any or self._unread:
            mark = QRectF(inner.left(), inner.center().y() - _MARK / 2 + 0.5, _MARK, _MARK)
            rest: PageState = "reading" if self._unread and self._reading else "waiting" if self._unread else "done"
            paint_state(painter, mark, "needs_review" if self._left else rest, tokens)
            inner.setLeft(inner.left() + _MARK + GAP)
        painter.setPen(tokens.color("doubt" if self._left else "soft"))
        painter.setFont(self.font())
        if self._left:
            painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.tr("Next F8"))
            bold = QFont(self.font())
            bold.setWeight(QFont.Weight.DemiBold)
            painter.setFont(bold)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()
