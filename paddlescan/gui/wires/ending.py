"""Says that long work is done to a person who meanwhile looks at something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Slot

from paddlescan.gui.notification import Notification
from paddlescan.gui.review.columns import DUPLICATE
from paddlescan.gui.review.table_sums import seen_words

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow

LONG_MS = 15_000
"""What took less is not worth a word: the person has hardly turned away."""


class EndingWires(QObject):
    """Between the batch in front and the desktop's notifications."""

    def __init__(self, window: MainWindow, long_ms: int = LONG_MS) -> None:
        super().__init__(window)
        self._window, self._long_ms = window, long_ms
        self._since = QElapsedTimer()
        self._read: set[int] = set()
        """Pages; one that is read twice, as with a password, is one page."""
        self._batch: int | None = None
        self.notification = Notification(window)
        self.notification.clicked.connect(window.come_to_the_front)
        window.closing.connect(self.notification.withdraw)  # a click would find no window
        controller = window.workplace.controller
        controller.running_changed.connect(self._running_changed)
        controller.page_changed.connect(self._page_changed)
        window.installEventFilter(self)

    @Slot(bool)
    def _running_changed(self, running: bool) -> None:
        controller = self._window.workplace.controller
        if running:
            self._since.start()
            self._read.clear()
            self._batch = controller.batch
        elif (
            self._read
            and not controller.waiting
            and self._batch == controller.batch
            and self._since.elapsed() >= self._long_ms
            and not self._window.isActiveWindow()
        ):
            self.notification.show("PaddleScan", self.words())

    @Slot(int, str)
    def _page_changed(self, page_id: int, state: str) -> None:
        if state in ("done", "needs_review", "failed"):
            self._read.add(page_id)

    def words(self) -> str:
        """How many pages were read, and what became of the batch. No names, no amounts."""
        counts = self._window.workplace.controller.pages.counts
        parts = [self.tr("%n page(s) read", None, len(self._read))]
        if counts["needs_review"]:
            parts.append(self.tr("{count} to check").format(count=counts["needs_review"]))
        if counts["failed"]:
            parts.append(self.tr("{count} failed").format(count=counts["failed"]))
        if seen := self._window.workplace.review.sheet.counts().get(DUPLICATE):
            parts.append(seen_words(seen, {}))
        return self.tr(", ").join(parts)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The person is back: nothing is left to be said."""
        if event.type() == QEvent.Type.WindowActivate:
            self.notification.withdraw()
        return False
