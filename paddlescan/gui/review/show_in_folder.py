"""Shows a file in the system's file manager, marked where the file manager can do that."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtGui import QDesktopServices

_NAME = "org.freedesktop.FileManager1"
_PATIENCE_MS = 3000


class FolderShower(QObject):
    """Asks the file manager over D-Bus; where none answers, opens the folder."""

    def show(self, file: Path) -> None:
        """Show a file in its folder. Returns at once."""
        self._folder = file.parent
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            self._open_folder()
            return
        message = QDBusMessage.createMethodCall(_NAME, "/org/freedesktop/FileManager1", _NAME, "ShowItems")
        message.setArguments(
            [[QUrl.fromLocalFile(str(file)).toString(QUrl.ComponentFormattingOption.FullyEncoded)], ""]
        )
        self._watcher = QDBusPendingCallWatcher(bus.asyncCall(message, _PATIENCE_MS), self)
        self._watcher.finished.connect(self._answered)

    @Slot(QDBusPendingCallWatcher)
    def _answered(self, watcher: QDBusPendingCallWatcher) -> None:
        if watcher.isError():
            self._open_folder()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
