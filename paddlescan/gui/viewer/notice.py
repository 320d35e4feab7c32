"""What the stage says when there is no page to show, or when a page could not be read."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from paddlescan.document import PageState
from paddlescan.errors import LOCKED_CODES, Failure
from paddlescan.gui import icons
from paddlescan.gui.shared import failure_words, mark
from paddlescan.gui.tokens import GAP, tokens_of
from paddlescan.words import together

Wordless = Literal["nothing", "opening", "waiting", "reading", "by_hand", "hidden"]
LARGEST_WIDTH = 440


class Notice(QWidget):
    """One soft sentence on the stage, or a card with what happened, what to do and the button to do it with."""

    read_again = Signal()
    enter_password = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: Wordless = "nothing"
        self._failure: Failure | None = None
        self._sentence = QLabel(self)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        self._sentence.setProperty("rank", "soft")
        self._sentence.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._card = QFrame(self)
        self._card.setProperty("card", True)
        self._shape = _Shape()
        self._message = _text("head")
        self._remedy = _text("soft")
        self._password = QPushButton()
        self._password.setProperty("primary", True)
        self._password.clicked.connect(self.enter_password)
        self._again = QPushButton()
        self._again.clicked.connect(self.read_again)
        texts = QVBoxLayout()
        texts.setSpacing(GAP // 2)
        texts.addWidget(self._message)
        texts.addWidget(self._remedy)
        top = QHBoxLayout()
        top.setSpacing(GAP + GAP // 2)
        top.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(texts, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addStretch(1)
        buttons.addWidget(self._again)
        buttons.addWidget(self._password)
        layout = QVBoxLayout(self._card)
        layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        layout.setSpacing(GAP + GAP // 2)
        layout.addLayout(top)
        layout.addLayout(buttons)
        self._place: tuple[QSize, bool] = (QSize(LARGEST_WIDTH, 0), False)
        self.show_word("nothing")

    @property
    def failure(self) -> Failure | None:
        """What the card tells; None while there is no card."""
        return self._failure

    @property
    def word(self) -> Wordless:
        """Which sentence stands there; `hidden` also while there is a card."""
        return "hidden" if self._failure is not None else self._kind

    def show_word(self, kind: Wordless) -> None:
        """Show one of the sentences, or nothing."""
        self._kind, self._failure = kind, None
        self._refresh()

    def show_failure(self, failure: Failure) -> None:
        """Show the card."""
        self._kind, self._failure = "hidden", failure
        self._refresh()

    def retranslate(self) -> None:
        """Take the words of the window's language."""
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def place(self, free: QRectF, over_page: bool, lowest: float) -> None:
        """Stand in the middle of the free part of the stage; over a page: a card at its top, a word at its bottom.

        lowest: where the stage ends; a card that is higher than the free part ends there.
        """
        inner = self._card if self._failure is not None else self._sentence
        width = min(LARGEST_WIDTH, max(120, int(free.width())))
        if self._failure is None:
            width = min(width, self._sentence.fontMetrics().horizontalAdvance(self._sentence.text()) + 4 * GAP)
        inner.setFixedWidth(width)
        layout = inner.layout()
        if layout is not None:
            layout.activate()
        height = inner.heightForWidth(width) if inner.hasHeightForWidth() else inner.sizeHint().height()
        inner.setFixedHeight(height)
        inner.move(0, 0)
        self.resize(width, height)
        y = free.center().y() - height / 2
        if over_page:
            y = free.top() if self._failure is not None else free.bottom() - height
        y = max(0.0, min(max(free.top(), y), lowest - height))
        self.move(QPoint(round(free.center().x() - width / 2), round(y)))

    def _refresh(self) -> None:
        failed = self._failure is not None
        self._card.setVisible(failed)
        self._sentence.setVisible(not failed)
        self._again.setText(self.tr("Read again"))
        self._password.setText(self.tr("Enter password…"))
        self._sentence.setText(
            {
                "nothing": self.tr("Choose a page on the left to see it here."),
                "opening": self.tr("Opening the page…"),
                "waiting": self.tr("Not read yet"),
                "reading": self.tr("Reading…"),
                "by_hand": self.tr("No page: this row was added by hand."),
                "hidden": "",
            }[self._kind]
        )
        mark(self._sentence, pill=self._kind in ("waiting", "reading"))
        if self._failure is not None:
            message, remedy = failure_words(self._failure)
            self._message.setText(message)
            self._remedy.setText(remedy)
            locked = self._failure.code in LOCKED_CODES
            self._password.setVisible(locked)
            self._again.setVisible(True)
            self.setAccessibleName(together(message, remedy))
        else:
            self.setAccessibleName(self._sentence.text())
        self.setVisible(failed or self._kind != "hidden")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Behind a word over the page: a pill."""
        if self._failure is None and self._kind in ("waiting", "reading"):
            tokens = tokens_of(self)
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(tokens.color("line"))
            painter.setBrush(tokens.color("panel"))
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            painter.end()


class _Shape(QWidget):
    """The square of a failed page."""

    state: PageState = "failed"

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(14, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.paint_state(painter, QRectF(0, 3, 14, 14), self.state, tokens_of(self))
        painter.end()


def _text(rank: str) -> QLabel:
    label = QLabel()
    label.setProperty("rank", rank)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
