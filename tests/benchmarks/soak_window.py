"""The window of a soak, a process of its own: `python -m tests.benchmarks.soak_window HOME FOLDER PAGES WORKERS NOTES`.

The real window with its threads and engines takes a folder in and reads it to its end. Every few seconds it writes a
line of JSON into NOTES: how long its event loop was held since the line before, and what a jump in the list of pages
and a turn of the wheel in the table take. A batch that is there already goes on.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QAbstractItemView, QApplication

from paddlescan.desktop.logs import write_log
from paddlescan.errors import Failure
from paddlescan.gui import tokens
from paddlescan.gui.garbage import Collector
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.shared import speak
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.settings import Settings
from tests.benchmarks.big_batch import Clock, Heartbeat, wheel

LOOK_EVERY_MS = 10_000


class Soak(QObject):
    """Drives the window and notes how it feels."""

    def __init__(self, window: MainWindow, folder: Path, pages: int, notes: Path) -> None:
        super().__init__()
        self._window, self._folder, self._pages = window, folder, pages
        self._notes = notes.open("a", encoding="utf-8")
        self._beat = Heartbeat()
        self._chosen = random.Random(1)
        self._controller = window.workplace.controller
        self._controller.trouble.connect(self._trouble)
        self._controller.batch_changed.connect(self._opened)
        timer = QTimer(self)
        timer.timeout.connect(self._look)
        timer.start(LOOK_EVERY_MS)

    @Slot(object)
    def _opened(self, summary: object) -> None:
        if self._controller.pages.rowCount() < self._pages:
            self._controller.add_paths([str(self._folder)])

    @Slot(object)
    def _trouble(self, failure: Failure) -> None:
        print(f"trouble: {failure.message} {failure.remedy}", file=sys.stderr, flush=True)

    @Slot()
    def _look(self) -> None:
        held = self._beat.take()
        pages, table = self._window.pages, self._window.table
        bar = pages.verticalScrollBar()
        jump = _painted(pages, partial(bar.setValue, self._chosen.randint(0, max(0, bar.maximum()))))
        turn = _painted(table, partial(wheel, table))
        counts = self._controller.pages.counts
        line = {
            "at": time.time(),
            "held_ms": round(held, 1),
            "jump_ms": round(jump, 2),
            "wheel_ms": round(turn, 2),
            "listed": self._controller.pages.rowCount(),
            "rows": len(self._window.workplace.review.sheet.ids()),
            "failed": counts["failed"],
        }
        print(json.dumps(line), file=self._notes, flush=True)
        self._beat.take()  # what was done here does not count as being held
        if self._controller.pages.rowCount() >= self._pages and not self._controller.waiting:
            self._window.close()
            QApplication.quit()


def _painted(view: QAbstractItemView, act: Callable[[], object]) -> float:
    """Milliseconds computed until something is done and all of the view is painted anew."""
    clock = Clock()
    act()
    view.viewport().repaint()
    return clock.read()[0]


def main() -> int:
    home, folder, pages, workers, notes = sys.argv[1:]
    root = Path(home)
    paths = Paths(root / "config", root / "data", root / "cache", root / "logs").make()
    app = QApplication([])
    write_log(paths.logs / "window.log")
    speak(app, "en")
    tokens.apply(app)
    window = MainWindow(Workplace(paths, replace(Settings(), workers=int(workers))))
    Collector(app)
    window.resize(1440, 900)
    soak = Soak(window, Path(folder), int(pages), Path(notes))
    window.show()
    window.workplace.start()
    app.exec()
    soak.setParent(None)
    return 0 if window.workplace.end() else 1


if __name__ == "__main__":
    sys.exit(main())
