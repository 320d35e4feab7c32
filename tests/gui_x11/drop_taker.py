"""A second program: a small window that takes whatever is dropped on it. Arguments: a file for what it got, x, y."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel


class Taker(QLabel):
    """Would rather move than copy, and writes down what it may."""

    def __init__(self, file: Path) -> None:
        super().__init__("drop here")
        self._file = file
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        mime = event.mimeData()
        got = {
            "urls": [url.toString() for url in mime.urls()],
            "text": mime.text(),
            "move": bool(event.possibleActions() & Qt.DropAction.MoveAction),
        }
        event.setDropAction(Qt.DropAction.MoveAction if got["move"] else Qt.DropAction.CopyAction)
        event.accept()
        part = self._file.with_suffix(".part")
        part.write_text(json.dumps(got))
        part.replace(self._file)


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    taker = Taker(Path(sys.argv[1]))
    taker.setWindowTitle("drop taker")
    taker.setWindowFlag(Qt.WindowType.X11BypassWindowManagerHint)
    taker.setGeometry(int(sys.argv[2]), int(sys.argv[3]), 200, 160)
    taker.show()
    app.exec()
