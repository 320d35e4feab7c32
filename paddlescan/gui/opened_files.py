"""Files that macOS opens with the program: it sends them as events, one each, also while the program just starts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QFileOpenEvent

from paddlescan.desktop.handover import Message
from paddlescan.desktop.handover.inbox import Inbox


class OpenedFiles(QObject):
    """Hears them for the whole program. They wait in the inbox like what later starts bring: one selection comes as one
    batch, and what comes before there is a window, or while it closes, is not lost."""

    def __init__(self, app: QCoreApplication, inbox: Inbox | None, otherwise: Callable[[str], None]) -> None:
        """inbox: None where no later starts are heard. otherwise: takes what no inbox takes."""
        super().__init__(app)
        self._inbox, self._otherwise = inbox, otherwise
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a file that is opened; what else is opened (an address) is nothing for this program."""
        if event.type() != QEvent.Type.FileOpen or not isinstance(event, QFileOpenEvent):
            return False
        path = event.url().toLocalFile() or event.file()
        if path.startswith("/") and (self._inbox is None or not self._inbox.offer(Message((path,)), lambda: True)):
            self._otherwise(path)
        return True
