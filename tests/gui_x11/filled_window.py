"""A real window over a store that is there already, with engines that take every page for a blank one.

`filled_window.py FILE HOME`: FILE gets a JSON object a few times a second, for whoever moves the mouse.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from paddlescan.gui import tokens
from paddlescan.gui.drop_target import DropVeil
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.screen_region.cover import ScreenCover
from paddlescan.gui.shared import speak
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.settings import Settings
from tests.gui.running_workers import BlankWorker


def middle(widget: QWidget, place: QRect) -> list[int]:
    """The middle of a place in a widget, on the screen."""
    point = widget.mapToGlobal(QPoint(place.left() + min(60, place.width() // 2), place.center().y()))
    return [point.x(), point.y()]


def now(window: MainWindow, app: QApplication) -> dict[str, Any]:
    """What is so now."""
    pages, table = window.pages, window.table
    covers = [widget for widget in app.topLevelWidgets() if isinstance(widget, ScreenCover) and widget.isVisible()]
    rows = window.workplace.controller.pages.pages()
    return {
        "visible": window.isVisible(),
        "place": [window.x(), window.y(), window.width(), window.height()],
        "pages": [row.ref.source.path for row in rows],
        "selected": len(pages.selected_pages()),
        "batch": window.workplace.controller.batch,
        "page": middle(pages.viewport(), pages.visualRect(pages.model().index(0, 0))),
        "row": middle(table.viewport(), table.visualRect(table.review_model.index(0, table.columnAt(60)))),
        "row_below": middle(table.viewport(), table.visualRect(table.review_model.index(1, table.columnAt(60)))),
        "viewer": middle(window.viewer, window.viewer.rect()),
        "covers": len(covers),
        "veiled": any(veil.isVisible() for veil in window.findChildren(DropVeil)),
        "dialog": QApplication.activeModalWidget() is not None,
        "cells": table.selected_cells(),
    }


def main() -> None:
    """Show the window until it is ended from outside."""
    file, home, language = Path(sys.argv[1]), Path(sys.argv[2]), "zh" if sys.argv[3:] == ["zh"] else "en"
    app = QApplication([])
    speak(app, "zh" if language == "zh" else "en")
    tokens.apply(app)
    paths = Paths(*(home / name for name in ("config", "data", "cache", "logs"))).make()
    window = MainWindow(Workplace(paths, replace(Settings(), workers=1)))
    window.workplace.controller.pool._make = lambda batch, _n, crew: BlankWorker(paths.store, batch, crew)
    window.resize(1000, 700)
    window.move(20, 40)
    window.show()
    window.workplace.start()

    def tell() -> None:
        part = file.with_suffix(".part")
        part.write_text(json.dumps(now(window, app)))
        part.replace(file)

    timer = QTimer()
    timer.timeout.connect(tell)
    timer.start(150)
    app.exec()


if __name__ == "__main__":
    main()
