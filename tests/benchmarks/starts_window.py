"""The window of `tests.benchmarks.starts`, a process of its own.

    python -m tests.benchmarks.starts_window RECEIPT [MANY]

The program as it is started with a receipt, watched from within: what it paints is noted as it is painted. When the
receipt is read, its twin is dropped on the window, then the folder MANY. Prints the moments, on the clock of
`time.monotonic`, as one line of JSON.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paddlescan.__main__ import main as run_program
from paddlescan.desktop import session_bus

if TYPE_CHECKING:
    from paddlescan.gui.main_window import MainWindow

PATIENCE_S = 120.0
REST_S = 3.0


def watch_when_loaded(page: Path, many: Path | None) -> None:
    """Begin to watch when Qt and the window's modules are loaded by the program itself, and no sooner."""
    shield = session_bus.shield

    def shielding() -> Any:
        shielded = shield()

        def loaded() -> None:
            shielded()
            watch(page, many)

        return loaded

    session_bus.shield = shielding


def watch(page: Path, many: Path | None) -> None:
    """Note what the window of the session that begins next paints."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    from paddlescan.gui.session import Session

    class Watch(QObject):
        """Sees every painting, and goes from one step to the next."""

        def __init__(self, window: MainWindow) -> None:
            super().__init__(window)
            self.window, self.moments = window, dict[str, float]()
            self.pages, self.table = window.pages.viewport(), window.table.viewport()
            for watched in (window, self.pages, self.table):
                watched.installEventFilter(self)
            self.step, self.listed = "first", 0
            self.late = QTimer(self)
            self.late.setSingleShot(True)
            self.late.timeout.connect(self.end)
            self.late.start(round(PATIENCE_S * 1000))

        def note(self, name: str) -> None:
            self.moments.setdefault(name, time.monotonic())

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, lambda: self.painted(watched))  # after it
            return False

        def painted(self, watched: QObject) -> None:
            self.note("painted")
            listed, rows = self.window.pages.model().rowCount(), self.window.table.model().rowCount()
            if watched is self.pages and listed:
                self.note("listed")
            if watched is self.table and rows and self.step == "first":
                self.note("row")
                self.step = "resting"
                QTimer.singleShot(round(REST_S * 1000), self.drop_again)
            if watched is self.table and rows > 1 and self.step == "again":
                self.note("again")
                self.step = "resting"
                QTimer.singleShot(round(REST_S * 1000), self.drop_many)
            if watched is self.pages and self.step == "many" and listed > self.listed:
                self.note("shown")
                if listed >= self.listed + self.wanted:
                    self.note("all")
                    self.step = "end"
                    self.end()

        def drop_again(self) -> None:
            twin = page.with_name(f"twin{page.suffix}")
            shutil.copy(page, twin)
            self.step = "again"
            self.note("dropped again")
            self.window.drops.dropped.emit([str(twin)])

        def drop_many(self) -> None:
            if many is None:
                self.end()
                return
            self.step, self.listed = "many", self.window.pages.model().rowCount()
            self.wanted = sum(1 for _ in many.iterdir())
            self.note("dropped many")
            self.window.drops.dropped.emit([str(many)])

        def end(self) -> None:
            self.window.workplace.controller.stop()
            self.window.close()

    begin = Session.begin
    watches: list[Watch] = []

    def begin_watched(session: Session) -> None:
        watches.append(Watch(session._window))
        begin(session)

    Session.begin = begin_watched  # type: ignore[assignment, method-assign]
    _say_at_end(watches)


def _say_at_end(watches: list[Any]) -> None:
    import atexit

    atexit.register(lambda: print(json.dumps(watches[0].moments), flush=True))


if __name__ == "__main__":
    receipt, folders = Path(sys.argv[1]), [Path(word) for word in sys.argv[2:]]
    watch_when_loaded(receipt, folders[0] if folders else None)
    sys.exit(run_program([str(receipt)]))
