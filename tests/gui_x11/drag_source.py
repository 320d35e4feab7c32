"""A second program: a small window from which one file can be dragged. Arguments: the file, x, y."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    """Drags its file as soon as the mouse is moved with the button down."""

    def __init__(self, file: str) -> None:
        super().__init__("drag me")
        self._file = file

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(self._file)])
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.CopyAction)


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    source = Source(sys.argv[1])
    source.setWindowTitle("drag source")
    source.setWindowFlag(Qt.WindowType.X11BypassWindowManagerHint)
    source.setGeometry(int(sys.argv[2]), int(sys.argv[3]), 120, 80)
    source.show()
    print("ready", flush=True)
    app.exec()
