"""The line at the foot: progress on the left; the selection's sums, device and engine on the right."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy

from paddlescan.document import EngineInfo
from paddlescan.gui.shared import duration_words, language, no_keys, tooltip
from paddlescan.gui.tokens import GAP
from paddlescan.pipeline.progress import ProgressNow
from paddlescan.words import why_there

SHORTEST_S = 6.0
"""So long a piece of news stands before the next one takes its place."""
PART = " · "
"""Between the parts of a line."""
ENGINE_AT_LEAST = 60
"""Pixels for what it is read with, where the sums need the room: the rest is in its hint."""
MOST_WAITING = 4
"""News that wait for their turn; where more come, the oldest of them go unsaid."""


class OneLine(QLabel):
    """A line of words that may be given less room than it needs: then it ends in an ellipsis, whole in its hint."""

    def __init__(self, at_least: int = 0) -> None:
        """at_least: so wide it stays, if its words are that long."""
        super().__init__()
        self._at_least = at_least

    def minimumSizeHint(self) -> QSize:
        """As narrow as there is room for."""
        return QSize(min(self._at_least, self.sizeHint().width()), super().minimumSizeHint().height())

    def shown(self) -> str:
        """What is seen of the words now."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The hint is for words that are cut."""
        super().resizeEvent(event)
        self._hint()

    def setText(self, text: str) -> None:
        """Other words."""
        super().setText(text)
        self._hint()

    def clear(self) -> None:
        """No words."""
        self.setText("")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, as far as there is room."""
        painter = QPainter(self)
        place, side = self.contentsRect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.style().drawItemText(
            painter, place, side, self.palette(), self.isEnabled(), self.shown(), self.foregroundRole()
        )
        painter.end()

    def _hint(self) -> None:
        self.setToolTip(tooltip(self.text()) if self.shown() != self.text() else "")


class Parts(OneLine):
    """Words in parts, of which only whole ones are shown: half an amount would be another amount."""

    def shown(self) -> str:
        """As many parts as there is room for; an ellipsis stands for the others."""
        parts, room, width = self.text().split(PART), self.contentsRect().width(), self.fontMetrics().horizontalAdvance
        said = self.text()
        while parts and width(said) > room:
            parts.pop()
            said = PART.join((*parts, "…"))
        return said


class StatusBar(QFrame):
    """Says how far the batch is and with what it is read."""

    watched_clicked = Signal()
    said = Signal(str)  # a passing remark, when it is shown

    def __init__(self, shortest_s: float = SHORTEST_S) -> None:
        """shortest_s: seconds that a piece of news stands before the next one takes its place."""
        super().__init__()
        self.setObjectName("status")
        self._bar, self._pace = QProgressBar(), QLabel()
        self._news, self._sums, self._engine = OneLine(), Parts(at_least=300), OneLine()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(150, 5)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 14, 5)
        row.setSpacing(2 * GAP)
        for label in (self._pace, self._news, self._sums, self._engine):
            label.setProperty("rank", "soft")
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._news.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for widget in (self._bar, self._pace):
            row.addWidget(widget)
        row.addWidget(self._news, 1)
        self._watched = QPushButton()
        self._watched.setProperty("quiet", True)
        self._watched.setMinimumWidth(60)  # in a narrow window it gives way
        self._watched.clicked.connect(self.watched_clicked)
        self._watched.hide()
        for each in (self._watched, self._sums, self._engine):
            row.addWidget(each)
        self._progress: ProgressNow | None = None
        self._info: tuple[EngineInfo, int] | None = None
        self._running, self._failed = False, 0
        self._news_waiting: deque[tuple[str, float]] = deque(maxlen=MOST_WAITING)
        self._shown: tuple[str, float] | None = None
        """The news that stand there; None for an answer."""
        self._shortest_ms = round(shortest_s * 1000)
        self._forget, self._turn = QTimer(self), QTimer(self)
        for timer, over in ((self._forget, self._news.clear), (self._turn, self._next)):
            timer.setSingleShot(True)
            timer.timeout.connect(over)
        self.retranslate()

    def show_progress(self, progress: ProgressNow | None, running: bool, failed: int = 0) -> None:
        """Show pages done of all, and pace and time left while the batch runs; None: nothing to show.

        failed: how many of those that are done could not be read.
        """
        self._progress, self._running, self._failed = progress, running, failed
        self.retranslate()

    def show_engine(self, info: EngineInfo, workers: int) -> None:
        """Show device and engine with the reason."""
        self._info = (info, workers)
        self.retranslate()

    def show_sums(self, text: str) -> None:
        """Show the selection's sums, in words."""
        self._sums.setText(text)
        self._make_room()

    def show_watched(self, text: str, hint: str, can_open: bool) -> None:
        """Show how a watched folder fares; empty: none is watched. can_open: a click on it leads somewhere."""
        self._watched.setText(no_keys(text))
        self._watched.setAccessibleName(text or self.tr("Hot folder"))
        self._watched.setToolTip(tooltip(hint))
        self._watched.setEnabled(can_open)
        self._watched.setVisible(bool(text))
        self._make_room()

    def say(self, text: str, seconds: float = 10.0) -> None:
        """Show a piece of news for that long, after those before it had their time to be read."""
        if text != (self._news_waiting[-1][0] if self._news_waiting else self._news.text()):
            self._news_waiting.append((text, seconds))
        if not self._turn.isActive():
            self._next()

    def answer(self, text: str, seconds: float = 10.0) -> None:
        """Show at once what a person's own doing led to; news that it sweeps away come once more."""
        if self._turn.isActive() and self._shown is not None:
            self._news_waiting.appendleft(self._shown)
        self._show(text, seconds)
        self._shown = None

    def take_back(self, text: str) -> None:
        """A piece of news is over: it goes at once, and is not said where it still waits for its turn."""
        left = [each for each in self._news_waiting if each[0] != text]
        self._news_waiting = deque(left, maxlen=MOST_WAITING)
        if self._shown is not None and self._shown[0] == text:
            self._shown = None
            self._news.clear()
            self._turn.stop()
            self._next()

    def _next(self) -> None:
        if self._news_waiting:
            self._shown = self._news_waiting.popleft()
            self._show(*self._shown)

    def _show(self, text: str, seconds: float) -> None:
        self._news.setText(text)
        self._forget.start(round(seconds * 1000))
        self._turn.start(self._shortest_ms)
        self.said.emit(text)

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        progress = self._progress
        shown = progress is not None and progress.total > 0
        self._bar.setVisible(shown)
        self._pace.setVisible(shown)
        self._bar.setAccessibleName(self.tr("Pages read"))
        self._watched.setAccessibleName(self._watched.text() or self.tr("Hot folder"))
        if progress is not None and shown:
            self._bar.setUpdatesEnabled(False)  # else Qt paints the whole window at once, before it is laid out
            self._bar.setRange(0, progress.total)
            self._bar.setValue(progress.done)
            self._bar.setUpdatesEnabled(True)
            self._pace.setText(self._pace_words(progress))
        if self._info:
            self._engine.setText(self._engine_words(*self._info))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sums go before what they were read with, which seldom changes."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        others = [each for each in (self._bar, self._pace, self._watched, self._sums) if not each.isHidden()]
        margins = self._row.contentsMargins()
        wanted = (each.sizeHint().expandedTo(each.minimumSize()).boundedTo(each.maximumSize()) for each in others)
        taken = margins.left() + margins.right() + sum(size.width() for size in wanted)
        taken += self._row.spacing() * (len(others) + 1)
        self._engine.setMaximumWidth(max(ENGINE_AT_LEAST, self.width() - taken))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _engine_words(self, info: EngineInfo, workers: int) -> str:
        """Device, engine, workers and the reason."""
        names = {"onnxruntime": "ONNX Runtime", "openvino": "OpenVINO", "paddle": "PaddlePaddle"}
        count = self.tr("%n worker(s)", None, workers)
        text = " · ".join((info.device.upper(), names.get(info.name, info.name), count))
        because = why_there(info, language())
        return f"{text} — {because}" if because else text

    def _pace_words(self, progress: ProgressNow) -> str:
        parts = [self.tr("{done} of %n page(s)", None, progress.total).format(done=progress.done)]
        if self._failed:
            parts.append(self.tr("{count} failed").format(count=self._failed))
        if progress.done < progress.total and not self._running:
            parts.append(self.tr("stopped"))
            parts.append(self.tr("%n page(s) wait", None, progress.total - progress.done))
        elif progress.done < progress.total:
            if progress.pages_a_minute:
                parts.append(self.tr("{count} a minute").format(count=round(progress.pages_a_minute)))
            if progress.seconds_left is not None:
                parts.append(self.tr("{time} left").format(time=duration_words(progress.seconds_left)))
        return " · ".join(parts)
