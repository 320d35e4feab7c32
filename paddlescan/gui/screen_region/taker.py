"""Takes a picture of a part of the screen: the window steps aside, and comes back with it or without."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QCursor, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from paddlescan.gui.screen_region.cover import ScreenCover
from paddlescan.gui.screen_region.portal import ScreenshotPortal

ASIDE_MS = 300
"""How long a window needs to vanish from the screen, with the effects of some desktops."""


def through_portal() -> bool:
    """Whether only the desktop itself can picture the screen: under Wayland programs do not see each other."""
    return QGuiApplication.platformName().startswith("wayland") or bool(os.environ.get("WAYLAND_DISPLAY"))


def _picture_in(file: str) -> QImage:
    """Null where it cannot be read. Opened by Python: Qt finds no file whose name is no text."""
    try:
        return QImage.fromData(Path(file).read_bytes())
    except OSError:
        return QImage()


class ScreenTaker(QObject):
    """One picture at a time."""

    taken = Signal(QImage)
    refused = Signal()  # the screen cannot be pictured here

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._covers: list[ScreenCover] = []
        self.busy = False
        """Whether the window is aside."""
        self._portal = ScreenshotPortal(self)
        self._portal.taken.connect(self._file_taken)
        self._portal.left.connect(self._come_back)
        self._portal.refused.connect(self._refuse)

    @Slot()
    def begin(self) -> None:
        """Step aside and let the person choose."""
        if self.busy:
            return
        self.busy = True
        self._place = self._window.saveGeometry()
        self._window.hide()
        QTimer.singleShot(ASIDE_MS, self, self._choose)

    @Slot()
    def end(self) -> None:
        """The window closes."""
        self.busy = False
        self._portal.give_up()
        self._uncover()

    @Slot()
    def _choose(self) -> None:
        if not self.busy:
            return
        if through_portal():
            self._portal.ask()
            return
        pictures = [(screen, screen.grabWindow(0).toImage()) for screen in QGuiApplication.screens()]
        if any(picture.isNull() for _, picture in pictures):
            self._refuse()
            return
        for screen, picture in pictures:
            cover = ScreenCover(screen, picture)
            cover.taken.connect(self._region_taken)
            cover.whole_wanted.connect(self._take_whole)
            cover.left.connect(self._come_back)
            self._covers.append(cover)
            cover.show()
        first = self._covers[0]
        first.raise_()
        first.activateWindow()
        first.grabKeyboard()  # no window manager gives it the keys

    @Slot(QImage)
    def _region_taken(self, image: QImage) -> None:
        self._come_back()
        self.taken.emit(image)

    @Slot()
    def _take_whole(self) -> None:
        here = (cover for cover in self._covers if cover.geometry().contains(QCursor.pos()))
        cover = next(here, self._covers[0])
        self._region_taken(cover.piece(cover.rect()))

    @Slot(object)
    def _file_taken(self, file: str) -> None:
        image = _picture_in(file)
        self._come_back()
        if image.isNull():
            self.refused.emit()
        else:
            self.taken.emit(image)

    @Slot()
    def _refuse(self) -> None:
        self._come_back()
        self.refused.emit()

    @Slot()
    def _come_back(self) -> None:
        if not self.busy:
            return
        self.busy = False
        self._window.restoreGeometry(self._place)
        self._window.show()  # before the covers go: a program without windows would end
        self._uncover()
        self._window.raise_()
        self._window.activateWindow()

    def _uncover(self) -> None:
        for cover in self._covers:
            cover.releaseKeyboard()
            cover.hide()
            cover.deleteLater()
        self._covers = []
