"""Takes pictures of the real window, with the sample receipts and the real engine, in both languages and both schemes.

    python -m tests.screenshots.make OUT [NAME...]

OUT: a folder. NAME: only these pictures, without `.png`. Without a screen Qt's offscreen platform is used. Those in
docs/screenshots are chosen of them.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
from PIL import Image
from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from paddlescan.document import Language
from paddlescan.gui import tokens
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.review.export_dialog import ExportDialog
from paddlescan.gui.shared import speak
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.resources_dir import resource
from paddlescan.settings import Settings
from tests.samples.sheets import sheet
from tests.screenshots import page

WIDE, NARROW = QSize(1440, 900), QSize(1280, 720)
DAMAGED = "餐饮-0305.jpg"
"""A file whose copy was broken off: the failed page."""
SHEET, SHEET_SEED = "出租车票 一页.jpg", 1007
PATIENCE_MS = 240_000
SETTLE_MS = 1200
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Studio:
    """One window in a home of its own, and what the pictures are taken of."""

    def __init__(self, app: QApplication, home: Path, out: Path, only: frozenset[str]) -> None:
        self._app, self._out, self._only = app, out, only
        self._theme = tokens.apply(app)
        speak(app, "en")
        places = Paths(home / "config", home / "data", home / "cache", home / "logs").make()
        self.window = MainWindow(Workplace(places, replace(Settings(), workers=1)))
        self.window.resize(WIDE)
        self.window.show()
        self.controller = self.window.workplace.controller
        self.window.workplace.start()

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

    def take(
        self,
        name: str,
        language: Language,
        dark: bool = False,
        size: QSize = WIDE,
        dialog: QWidget | None = None,
    ) -> None:
        """Take one picture, of the window or of a dialog over it, unless others were asked for."""
        name = f"{name}_{language}_{'dark' if dark else 'light'}{'' if size == WIDE else f'_{size.width()}'}"
        if self._only and name not in self._only:
            return
        self._theme.show_scheme(dark)
        speak(self._app, language)
        self.window.resize(size)
        viewer = self.window.viewer
        self.wait(
            lambda: not viewer.isVisible() or viewer.canvas.scene is not None or viewer.notice.failure is not None
        )
        self.settle()
        file = self._out / f"{name}.png"
        (dialog or self.window).grab().save(str(file))
        shrink(file)
        print(name, flush=True)

    def settle(self) -> None:
        """Wait for what comes by itself: thumbnails, previews, the flight to a field, sums."""
        QTest.qWait(SETTLE_MS)

    def all_read(self) -> bool:
        """Whether nothing waits and nothing is being read."""
        pages = self.controller.pages
        return pages.rowCount() > 0 and not self.controller.waiting and not self.controller.running

    def end(self) -> None:
        """Close the window and end what is behind it."""
        self.window.close()
        self.window.workplace.end()


def shrink(file: Path) -> None:
    """Write a picture again with 256 colours, half its size."""
    with Image.open(file) as picture:
        few = picture.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


def damaged(folder: Path) -> str:
    """A sample receipt of which the second half is missing."""
    file = folder / DAMAGED
    whole = resource("samples", "cafe.jpg").read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    return str(file)


def sheet_of_tickets(folder: Path) -> str:
    """Taxi tickets glued onto one sheet."""
    file = folder / SHEET
    cv2.imencode(".jpg", sheet(SHEET_SEED).pixels, [cv2.IMWRITE_JPEG_QUALITY, 88])[1].tofile(file)
    return str(file)


def session(studio: Studio, folder: Path) -> None:
    """The window from empty to reviewed."""
    window, controller = studio.window, studio.controller
    for language in LANGUAGES:
        studio.take("empty", language)
    studio.take("empty", "zh", dark=True)
    samples = window.workplace.samples()
    own = (page.draw(folder), samples[2], sheet_of_tickets(folder), damaged(folder))
    controller.begin_batch("March", [*samples[:2], *own, *samples[3:]])
    studio.wait(lambda: controller.pages.counts["done"] + controller.pages.counts["needs_review"] >= 4)
    for language in LANGUAGES:
        studio.take("reading", language)
    studio.wait(studio.all_read)
    desk = window.workplace.review
    doubtful = next(i for i in desk.sheet.ids() if desk.sheet.row(i).source == page.NAME)
    for _ in desk.sheet.ids():
        QTest.keyClick(window, Qt.Key.Key_F8)
        if desk.front == (doubtful, "total"):
            break
    else:
        raise LookupError("the invoice that does not add up is not in doubt")
    studio.wait(lambda: window.viewer.page_id == desk.sheet.row(doubtful).page_id)
    studio.wait(lambda: window.viewer.canvas.highlighted is not None)
    for language in LANGUAGES:
        for dark in (False, True):
            studio.take("review", language, dark)
    for language in LANGUAGES:
        studio.take("review", language, size=NARROW)
    failed = next(i for i in desk.sheet.ids() if desk.sheet.state(i) == "failed")
    desk.bring_to_front(failed, "merchant")
    studio.wait(lambda: window.viewer.page_id == desk.sheet.row(failed).page_id)
    for language in LANGUAGES:
        studio.take("failed", language)
    second = next(i for i in desk.sheet.ids() if desk.sheet.row(i).source == SHEET and desk.sheet.row(i).number == 2)
    desk.bring_to_front(second, "merchant")
    studio.wait(lambda: window.viewer.page_id == desk.sheet.row(second).page_id)
    window.viewer.canvas.fit()
    for language in LANGUAGES:
        studio.take("sheet", language)
    desk.bring_to_front(next(i for i in desk.sheet.ids() if desk.sheet.row(i).same_as), "merchant")
    for language in LANGUAGES:
        studio.take("seen", language)
    export = ExportDialog(window.workplace.paths.store, desk.sheet.summary_of(desk.sheet.batch), parent=window)
    export.show()
    for language in LANGUAGES:
        for dark in (False, True):
            studio.take("export", language, dark, dialog=export)
    export.close()
    desk.bring_to_front(second, "merchant")
    studio.wait(lambda: window.viewer.page_id == desk.sheet.row(second).page_id)
    window.actions_.draw_receipts.trigger()
    drawn = window.viewer.canvas.outlines
    assert drawn is not None
    window.viewer.canvas.draw_outlines(drawn.choose(1, 2))
    for language in LANGUAGES:
        for dark in (False, True):
            studio.take("by_hand", language, dark)
        studio.take("by_hand", language, size=NARROW)


def main() -> None:
    """Take the pictures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen" if not os.environ.get("DISPLAY") else "")
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    home = Path(tempfile.mkdtemp())
    studio = Studio(app, home, out, frozenset(sys.argv[2:]))
    try:
        session(studio, home)
    finally:
        studio.end()
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
