"""The menu of the page, and copying what stands on it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from paddlescan.document import TextLine
from paddlescan.gui.viewer.actions import ViewerActions
from paddlescan.gui.viewer.canvas import Canvas
from paddlescan.gui.viewer.taking import Taking


class PageMenu(QObject):
    """Belongs to one canvas; also hears its Ctrl+C while a line is chosen."""

    def __init__(self, canvas: Canvas, verbs: ViewerActions, taking: Taking) -> None:
        super().__init__(canvas)
        self._canvas, self._verbs, self._taking = canvas, verbs, taking
        self._line: TextLine | None = None
        canvas.menu_wanted.connect(self._show)
        canvas.installEventFilter(self)

    def menu(self, line: TextLine | None) -> QMenu:
        """What can be done with a line (None: with the page). It goes when it is closed."""
        self._line = line
        menu = QMenu(self._canvas)
        menu.aboutToHide.connect(menu.deleteLater)
        scene, target = self._canvas.scene, self._taking.target()
        copy = menu.addAction(self.tr("Copy text"))
        copy.triggered.connect(self._copy_line)
        copy.setEnabled(line is not None)
        all_text = menu.addAction(self.tr("Copy all text of the page"))
        all_text.triggered.connect(self._copy_all)
        all_text.setEnabled(scene is not None and bool(scene.lines))
        if target and line is not None:
            menu.addAction(self.tr("Use for {field}").format(field=target)).triggered.connect(self._use)
        menu.addSeparator()
        for action in (self._verbs.take, self._verbs.read_again, self._verbs.receipts, self._verbs.fit):
            menu.addAction(action)
        return menu

    @Slot(object, object)
    def _show(self, line: TextLine | None, where: QPoint) -> None:
        if line is not None:
            self._canvas.choose(line)
        self.menu(line).popup(where)

    @Slot()
    def _copy_line(self) -> None:
        if self._line is not None:
            _copy([self._line])

    @Slot()
    def _copy_all(self) -> None:
        if self._canvas.scene is not None:
            _copy(self._canvas.scene.lines)

    @Slot()
    def _use(self) -> None:
        if self._line is not None:
            self._taking.line_wanted.emit(self._line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+C copies the line that is chosen; else it is the window's."""
        line = self._canvas.chosen
        if line is None or not isinstance(event, QKeyEvent) or not event.matches(QKeySequence.StandardKey.Copy):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            _copy([line])
            return True
        return False


def _copy(lines: Iterable[TextLine]) -> None:
    QGuiApplication.clipboard().setText("\n".join(line.text for line in lines))
