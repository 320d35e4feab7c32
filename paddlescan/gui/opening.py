"""Opens the store while the window's thread goes on: a large one that must be checked takes seconds.

Where that takes more than a moment, a small window says what is done.
"""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QThread, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from paddlescan.errors import Failure, PaddleScanError
from paddlescan.gui.tokens import GAP
from paddlescan.gui.unforeseen import noted
from paddlescan.store.care import Held, begin

log = logging.getLogger(__name__)

A_MOMENT_MS = 300
"""What is done sooner needs no words."""


class Opening(QThread):
    """Looks after the store and opens it. The object lives in the window's thread."""

    checking = Signal()  # it is looked at from end to end, because the last end was not clean

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self.held: Held | None = None
        self.failure: Failure | None = None
        """Set once the thread has ended: one of the two."""

    def run(self) -> None:
        """Open it."""
        try:
            self.held = begin(self._path, self.checking.emit)
        except PaddleScanError as error:
            self.failure = error.failure
        except Exception as error:  # noqa: BLE001 - our bug: the window says that it could not start
            self.failure = noted(log, "the store was not opened", error)


class OpeningWindow(QWidget):
    """Says that the list of receipts is being opened or checked; it goes by itself."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Dialog | Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle("PaddleScan")
        self.words = QLabel(self.tr("Opening the list of receipts…"))
        self.words.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.words.text())
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(3 * GAP, 3 * GAP, 3 * GAP, 3 * GAP)
        column.setSpacing(2 * GAP)
        column.addWidget(self.words)
        column.addWidget(self._bar)
        self.setMinimumWidth(420)
        self._over = False

    @Slot()
    def say_checking(self) -> None:
        """The list is being checked."""
        self.words.setText(
            self.tr("PaddleScan did not end properly the last time. The list of receipts is being checked…")
        )
        self._bar.setAccessibleName(self.words.text())
        self.resize(self.width(), max(self.height(), self._column.totalHeightForWidth(self.width())))

    def end(self) -> None:
        """It is open."""
        self._over = True
        self.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A check that has begun goes to its end."""
        event.setAccepted(self._over)


def open_calmly(path: Path) -> Held:
    """The store at a path, opened in a thread of its own. Raises what `store.care.begin` raises."""
    opening = Opening(path)
    window = OpeningWindow()
    opening.checking.connect(window.say_checking)
    opening.start()
    if not opening.wait(A_MOMENT_MS):
        _wait_with_words(opening, window)
    window.end()
    if opening.held is None:
        raise (opening.failure or Failure("internal")).error()
    return opening.held


def _wait_with_words(opening: Opening, window: OpeningWindow) -> None:
    loop = QEventLoop()
    opening.finished.connect(loop.quit)
    window.show()
    loop.exec()
    opening.wait()  # the session ends: what has begun goes to its end, then so does the program (`leaving.gone`)
