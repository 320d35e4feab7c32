"""What the tests do with a viewer, as a clerk's hands and eyes do it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from paddlescan.document import PageResult, PrepareOptions, Quad
from paddlescan.document.geometry import centre
from paddlescan.gui.viewer import PageViewer
from tests.gui.viewer.pages import page_at, result_of

LONG = 60_000
PLAIN = PrepareOptions()
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def bring(qtbot: QtBot, viewer: PageViewer, path: Path, page_id: int = 1, skew: float = 0.0) -> PageResult:
    """Put a page in front and wait until it is seen."""
    result = result_of(page_at(path, page_id), skew)
    viewer.show_page(page_id, result.page, result, PLAIN)
    qtbot.waitUntil(lambda: viewer.canvas.scene is not None, timeout=LONG)
    return result


def settled(qtbot: QtBot, viewer: PageViewer, options: PrepareOptions) -> None:
    """Wait until the picture on the stage is the one of these options."""

    def shown() -> bool:
        scene = viewer.canvas.scene
        made = scene.preview.options if scene is not None else None
        return made is not None and (made.skew_degrees, made.remove_seals) == (
            options.skew_degrees,
            options.remove_seals,
        )

    qtbot.waitUntil(shown, timeout=LONG)


def middle(quad: Quad) -> QPoint:
    x, y = centre(quad)
    return QPoint(round(x), round(y))


def colour_at(viewer: PageViewer, point: QPoint) -> QColor:
    return QColor(viewer.canvas.grab().toImage().pixel(point))


def scroll(viewer: PageViewer, at: QPoint, notches: int) -> None:
    place = QPointF(at)
    event = QWheelEvent(
        place,
        QPointF(viewer.canvas.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        NONE,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewer.canvas, event)


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(widget, LEFT, NONE, start)
    for step in range(1, 5):
        QTest.mouseMove(widget, start + (end - start) * step / 4)
    QTest.mouseRelease(widget, LEFT, NONE, end)
