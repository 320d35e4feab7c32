"""A real window that says where its things are on the screen: `telling_window.py FILE RECEIPT HOME`.

FILE gets a JSON object a few times a second, for whoever moves the mouse.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication

from paddlescan.gui import tokens
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.shared import speak
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.settings import Settings

LOOKS = 6
"""So many looks in a row find a page where it was, before a hand may aim at it."""


class Teller:
    """Looks at one window."""

    def __init__(self, window: MainWindow, file: Path) -> None:
        self._window, self._file = window, file
        self._last: tuple[Any, ...] = ()
        self._looks = 0

    def tell(self) -> None:
        """Write down what is so now; a reader never sees half of it."""
        part = self._file.with_suffix(".part")
        part.write_text(json.dumps(self._now()))
        part.replace(self._file)

    def _now(self) -> dict[str, Any]:
        canvas, desk = self._window.viewer.canvas, self._window.workplace.review
        editor = self._window.fields.editors["total"]
        middle = editor.mapToGlobal(editor.rect().center())
        ids = desk.sheet.ids()
        now: dict[str, Any] = {
            "total": desk.sheet.text(ids[0], "total") if ids else "",
            "editor": [middle.x(), middle.y()],
            "caret": editor.hasFocus(),
            "taking": canvas.taking,
            "outlines": len(canvas.outlines.quads) if canvas.outlines is not None else -1,
            "left": min((x for q in canvas.outlines.quads for x, _ in q), default=0.0) if canvas.outlines else 0.0,
            "lines": {},
        }
        if canvas.scene is not None:
            for line in canvas.scene.lines:
                start, _, end, _ = canvas.quad_in_widget(line.quad, after=True)
                now["lines"][line.text] = [*self._global(*start), *self._global(*end)]
            left, top, right, bottom = canvas.scene.before_box
            corners = (canvas.view.to_widget((left, top)), canvas.view.to_widget((right, bottom)))
            now["page"] = [side for corner in corners for side in self._global(*corner)]
        now["still"] = canvas.still and self._same(now["lines"], now.get("page"))
        return now

    def _same(self, *places: Any) -> bool:
        """Whether all has lain where it lies for some looks: the view may be about to go where the caret went."""
        self._looks = self._looks + 1 if places == self._last else 0
        self._last = places
        return self._looks >= LOOKS

    def _global(self, x: float, y: float) -> tuple[int, int]:
        point = self._window.viewer.canvas.mapToGlobal(QPoint(round(x), round(y)))
        return point.x(), point.y()


def main() -> None:
    """Show the window until it is ended from outside."""
    file, receipt, home = sys.argv[1:]
    app = QApplication([])
    speak(app, "en")
    tokens.apply(app)
    paths = Paths(*(Path(home) / name for name in ("config", "data", "cache", "logs"))).make()
    window = MainWindow(Workplace(paths, replace(Settings(), workers=1)))
    window.resize(1300, 820)
    window.show()
    window.workplace.start()
    QTimer.singleShot(500, lambda: window.workplace.controller.begin_batch("mouse", [receipt]))
    timer, teller = QTimer(), Teller(window, Path(file))
    timer.timeout.connect(teller.tell)
    timer.start(150)
    app.exec()


if __name__ == "__main__":
    main()
