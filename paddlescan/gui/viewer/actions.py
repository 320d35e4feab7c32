"""The viewer's verbs as actions: one word, one icon and one shortcut for a button, a menu and the keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from paddlescan.gui.icons import action_icon


class ViewerActions(QObject):
    """Shortcuts work while the viewer or something in it has the keys; menus may show the same actions."""

    def __init__(self, viewer: QWidget) -> None:
        super().__init__(viewer)
        self.turn_left = self._action("turn_left", "[", "Ctrl+[")
        self.turn_right = self._action("turn_right", "]", "Ctrl+]")
        self.zoom_in = self._action("plus", "Ctrl++", "Ctrl+=")
        self.zoom_out = self._action("minus", "Ctrl+-")
        self.real_size = self._action(None, "Ctrl+1")
        self.fit = self._action("fit", "Ctrl+0")
        self.deskew = self._action(None, "D")
        self.seals = self._action(None, "S")
        self.read_again = self._action("again", "R")
        self.receipts = self._action("receipts", "P")
        self.take = self._action("take", "T")
        self._of_several = self._original = False
        viewer.addActions(self.all)
        self.retranslate()

    @property
    def all(self) -> list[QAction]:
        """Every action, in the order of the bar."""
        return [
            *(self.turn_left, self.turn_right, self.deskew, self.seals),
            *(self.zoom_out, self.real_size, self.zoom_in, self.fit, self.read_again),
            *(self.receipts, self.take),
        ]

    def retranslate(self) -> None:
        """Take the words of the window's language."""
        words = {
            self.turn_left: self.tr("Turn left"),
            self.turn_right: self.tr("Turn right"),
            self.zoom_in: self.tr("Zoom in"),
            self.zoom_out: self.tr("Zoom out"),
            self.real_size: self.tr("Real size"),
            self.fit: self.tr("Fit the page"),
            self.deskew: self.tr("Deskew"),
            self.seals: self.tr("Remove seal"),
            self.read_again: self.tr("Read again"),
            self.receipts: self.tr("Receipts on this page"),
            self.take: self.tr("Take text from the page"),
        }
        for action, word in words.items():
            action.setText(word)
            keys = action.shortcuts()[0].toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(self.tr("{action} ({keys})").format(action=word, keys=keys))
        keys = self.take.shortcuts()[0].toString(QKeySequence.SequenceFormat.NativeText)
        tip = self.tr("Drag over a text to put it into the field in front ({keys}, or Ctrl and drag)")
        self.take.setToolTip(tip.format(keys=keys))
        if self._of_several:
            for action in (self.turn_left, self.turn_right):
                action.setToolTip(self.tr("Each receipt on this page is turned by itself when it is read"))
        if self._original:
            self.receipts.setToolTip(self.tr("An electronic invoice is one receipt; there is nothing to draw"))

    def enable(self, on: bool, turnable: bool = True, drawing: bool = False, original: bool = False) -> None:
        """Whether there is a page to act upon, and whether it can be turned: not one receipt of several.

        drawing: its receipts are drawn; then it is looked at and nothing else. original: it is an electronic one,
        whose receipt does not depend on the picture.
        """
        for action in self.all:
            action.setEnabled(on and (turnable or action not in (self.turn_left, self.turn_right)))
        for action in (self.turn_left, self.turn_right, self.deskew, self.seals, self.read_again, self.take):
            action.setEnabled(action.isEnabled() and not drawing)
        self.receipts.setEnabled(on and not original)
        if (self._of_several, self._original) != (on and not turnable, on and original):
            self._of_several, self._original = on and not turnable, on and original
            self.retranslate()

    def _action(self, icon: str | None, *keys: str) -> QAction:
        action = QAction(self)
        if icon is not None:
            action.setIcon(action_icon(icon))
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return action

    def changed(self, event: QEvent) -> None:
        """What the viewer's changeEvent got."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
