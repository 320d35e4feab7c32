"""The strip over the panes that says what stands still and what to do: no box in the way, gone by a click."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from paddlescan.document import PageState
from paddlescan.errors import Failure, StoreMended, StoreRestored, StoreSetAside
from paddlescan.gui.icons import action_icon, paint_state
from paddlescan.gui.shared import failure_words
from paddlescan.gui.tokens import GAP, tokens_of
from paddlescan.words import together

Retry = Callable[[], object]
"""Tries again what failed; of a list that was restored, shows what is in it."""
_SHAPES: dict[str, PageState] = {
    StoreMended.code: "done",
    StoreRestored.code: "needs_review",
    StoreSetAside.code: "needs_review",
}
"""What is well, or well enough to be looked at, by its code; the rest is a failure."""


@dataclass(frozen=True, slots=True)
class News:
    """What is worth knowing though nothing stands still for it, and what a click can do about it."""

    code: str
    words: Callable[[], str]
    action: Callable[[], str]
    """What the button says; this and the words in the window's language."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One kind of failure, and what may be tried again: several may have failed for the same reason. Or news."""

    said: Failure | News
    retries: tuple[Retry, ...] = ()

    @property
    def words(self) -> str:
        return self.said.words() if isinstance(self.said, News) else together(*failure_words(self.said))


class _Shape(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.state: PageState = "failed"
        self.setFixedSize(QSize(12, 12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_state(painter, QRectF(self.rect()), self.state, tokens_of(self))
        painter.end()


class Notice(QFrame):
    """Says one failure with its remedy, or news. Those told before come back when the newest is over, or was seen."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bar", True)
        self._told: dict[str, _Entry] = {}
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._retry = QPushButton()
        self._retry.clicked.connect(self._try_again)
        self._close = QToolButton()
        self._close.setIcon(action_icon("close"))
        self._close.clicked.connect(self._seen)
        self._shape = _Shape()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, GAP, 12, GAP)
        row.setSpacing(12)
        row.addWidget(self._shape)
        row.addWidget(self._text, 1)
        row.addWidget(self._retry)
        row.addWidget(self._close)
        self.hide()
        self.retranslate()

    @property
    def code(self) -> str:
        """The code of what is said now; empty where nothing is."""
        return next(reversed(self._told), "")

    def has(self, code: str) -> bool:
        """Whether it is said, or will be when what came after it is over."""
        return code in self._told

    @Slot(object)
    def show_failure(self, failure: Failure, retry: Retry | None = None) -> None:
        """Say what happened and what to do about it. retry: tries it again; without one there is no button for it."""
        before = self._told.pop(failure.code, None)
        retries = before.retries if before is not None else ()
        if retry is not None and retry not in retries:
            retries += (retry,)
        self._told[failure.code] = _Entry(failure, retries)
        self._show()

    def show_news(self, news: News, act: Retry) -> None:
        """Say it where nothing stands still, else after that. act: what a click on the button does."""
        self._told.pop(news.code, None)
        self._told = {news.code: _Entry(news, (act,)), **self._told}
        self._show()

    def take_back(self, code: str, retry: Retry | None = None) -> None:
        """It is over by itself: say no more of it. retry: only what this tries again is over."""
        if code not in self._told:
            return
        if retry is None:
            del self._told[code]
        else:
            self._drop(code, (retry,))
        self._show()

    def _drop(self, code: str, retries: tuple[Retry, ...]) -> None:
        """What these try again is over; other things may have failed for the same reason."""
        entry = self._told.get(code)
        if entry is not None:
            left = tuple(each for each in entry.retries if each not in retries)
            if left:
                self._told[code] = _Entry(entry.said, left)
            else:
                del self._told[code]

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        entry = self._told.get(self.code)
        if entry is not None and isinstance(entry.said, News):
            does = entry.said.action()
        else:
            does = self.tr("Earlier batches…") if self.code == StoreRestored.code else self.tr("Try again")
        self._retry.setText(does)
        self._close.setToolTip(self.tr("Close this message"))
        self._close.setAccessibleName(self.tr("Close this message"))
        if entry is not None:
            self._text.setText(entry.words)
            self.setAccessibleName(self._text.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show(self) -> None:
        if self._told:
            entry = self._told[self.code]
            self._retry.setVisible(bool(entry.retries))
            self._shape.state = "waiting" if isinstance(entry.said, News) else _SHAPES.get(self.code, "failed")
            self._shape.update()
            self.retranslate()
        self.setVisible(bool(self._told))

    @Slot()
    def _seen(self) -> None:
        self._told.pop(self.code, None)
        self._show()

    @Slot()
    def _try_again(self) -> None:
        retries = self._told[self.code].retries if self._told else ()
        for code in [code for code, entry in self._told.items() if set(entry.retries) & set(retries)]:
            self._drop(code, retries)  # it may have failed for several reasons
        self._show()
        for retry in retries:
            retry()
