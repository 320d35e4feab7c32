"""One window in a home of its own, and how pictures are taken of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from paddlescan.document import Language
from paddlescan.gui import tokens
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.shared import speak
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.settings import Settings

WIDE, NARROW = QSize(1440, 900), QSize(1280, 720)
LANGUAGES: tuple[Language, ...] = ("en", "zh")
PATIENCE_MS = 240_000
SETTLE_MS = 1200
COLOURS = (256, 128, 64)
LARGEST = 150_000
"""Bytes of a picture."""
SCALE = round(100 * float(os.environ.get("QT_SCALE_FACTOR", "1")))
"""Percent; pictures at another scale than 100 say so in their names."""


class Studio:
    """The window, and what the pictures are taken of."""

    def __init__(self, app: QApplication, home: Path, out: Path, only: frozenset[str]) -> None:
        self._app, self._out, self._only = app, out, only
        self._theme = tokens.apply(app)
        speak(app, "en")
        self.folder = home
        """For files that the pictures need."""
        places = Paths(home / "config", home / "data", home / "cache", home / "logs").make()
        self.window = MainWindow(Workplace(places, replace(Settings(), workers=1)))
        self.window.resize(WIDE)
        self.window.show()
        self.controller = self.window.workplace.controller
        self.window.workplace.start()

    def say(self, language: Language) -> None:
        """Change the window's language."""
        speak(self._app, language)

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let the window live until something is so. Raises TimeoutError."""
        if condition():
            return
        loop, look, late = QEventLoop(), QTimer(), QTimer()
        look.timeout.connect(lambda: loop.quit() if condition() else None)
        late.setSingleShot(True)
        late.timeout.connect(lambda: loop.exit(1))
        look.start(20)
        late.start(PATIENCE_MS)
        if loop.exec():
            raise TimeoutError(condition)

    def take(self, name: str, language: Language, dark: bool, size: QSize, place: QWidget, shown: bool) -> None:
        """Take one picture, of the window or of a dialog over it: if its state is shown so, or if it was asked for."""
        name = f"{name}_{language}_{'dark' if dark else 'light'}{'' if size == WIDE else f'_{size.width()}'}"
        name = name if SCALE == 100 else f"{name}_{SCALE}"
        if not (name in self._only if self._only else shown):
            return
        self._theme.show_scheme(dark)
        self.say(language)
        self.window.resize(size)
        viewer = self.window.viewer
        self.wait(
            lambda: not viewer.isVisible() or viewer.canvas.scene is not None or viewer.notice.failure is not None
        )
        QTest.qWait(SETTLE_MS)  # what comes by itself: thumbnails, previews, the flight to a field, sums
        file = self._out / f"{name}.png"
        place.grab().save(str(file))
        shrink(file)
        print(name, flush=True)

    def show(self, receipt: int, field: str = "merchant") -> None:
        """Bring a receipt to the front, with its page."""
        desk = self.window.workplace.review
        desk.bring_to_front(receipt, field)
        self.window.table.setFocus()
        page = desk.sheet.row(receipt).page_id
        viewer = self.window.viewer
        self.wait(lambda: viewer.page_id == page)
        self.wait(lambda: viewer.canvas.scene is not None or viewer.notice.failure is not None)

    def all_read(self) -> bool:
        """Whether nothing waits and nothing is being read."""
        pages = self.controller.pages
        return pages.rowCount() > 0 and not self.controller.waiting and not self.controller.running

    def end(self) -> None:
        """Close the window and end what is behind it."""
        self.window.close()
        self.window.workplace.end()


Stage = Callable[[Studio], Iterator[QWidget]]


@dataclass(frozen=True, slots=True)
class State:
    """A state of the window by its name, how it comes about, and in which looks it is taken."""

    name: str
    stage: Stage
    dark: bool
    narrow: bool

    def take(self, studio: Studio) -> None:
        """Bring it about, take its pictures in both languages, and leave it."""
        studio.say(LANGUAGES[0])  # what is as wide as its words is made for these
        for place in self.stage(studio):
            for language, dark, size in product(LANGUAGES, (False, True), (WIDE, NARROW)):
                shown = (not dark and size == WIDE) or (dark and size == WIDE and self.dark)
                shown = shown or (not dark and size == NARROW and self.narrow)
                studio.take(self.name, language, dark, size, place, shown)


STATES: list[State] = []
"""In the order in which they come about."""


def state(*, dark: bool = False, narrow: bool = False) -> Callable[[Stage], Stage]:
    """Declare a state: a function that brings it about, yields what is to be seen, and may tidy up after that.

    Its name is the picture's. dark: also shown in the dark; narrow: also at 1280x720.
    """

    def declare(stage: Stage) -> Stage:
        STATES.append(State(stage.__name__, stage, dark, narrow))
        return stage

    return declare


def shrink(file: Path) -> None:
    """Write a picture again with 256 colours, half its size, or with fewer where it would be too large."""
    with Image.open(file) as opened:
        picture = opened.convert("RGB")
    for colours in COLOURS:
        few = picture.quantize(colours, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
        few.save(file, optimize=True)
        if file.stat().st_size <= LARGEST:
            break
