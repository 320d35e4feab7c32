"""The window of the manual: its contents on the left, its text on the right, a line to look for a word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListWidget, QVBoxLayout, QWidget

from paddlescan.gui.manual.text import ManualText
from paddlescan.gui.tokens import GAP


class ManualWindow(QWidget):
    """A window of its own, so that one may read in it and do it beside. Closing hides it: it stays where it was."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.contents = ManualText(), QListWidget()
        self.search, self.none = QLineEdit(), QLabel()
        self._lay_out()
        self.text.turned.connect(self._list)
        self.contents.currentRowChanged.connect(self._go)
        self.search.textEdited.connect(self._look)
        self.search.returnPressed.connect(self._look_on)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(self._to_the_line)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.close)
        self.retranslate()
        self._list()
        self.text.setFocus()

    def _lay_out(self) -> None:
        self.resize(1120, 760)
        self.setMinimumSize(560, 320)
        self.contents.setProperty("places", True)
        self.contents.setFixedWidth(236)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(320)
        self.none.setProperty("rank", "soft")
        self.none.hide()
        top = QHBoxLayout()
        top.setContentsMargins(2 * GAP, GAP, 2 * GAP, 0)
        top.setSpacing(2 * GAP)
        top.addWidget(self.search, 1)
        top.addWidget(self.none)
        top.addStretch(1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.contents)
        body.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(top)
        column.addLayout(body, 1)

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.setWindowTitle(self.tr("User manual"))
        self.contents.setAccessibleName(self.tr("Contents"))
        self.search.setPlaceholderText(self.tr("Look for a word in the manual…"))
        self.search.setAccessibleName(self.tr("Look for a word in the manual"))
        self.none.setText(self.tr("It does not stand in the manual."))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.text.retranslate()
        super().changeEvent(event)

    @Slot()
    def _list(self) -> None:
        """The contents are those of the text that is shown."""
        with QSignalBlocker(self.contents):
            self.contents.clear()
            self.contents.addItems([heading.text() for heading in self.text.sections()])

    @Slot(int)
    def _go(self, row: int) -> None:
        if row >= 0:
            self.text.go_to(self.text.sections()[row])

    @Slot()
    def _to_the_line(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot()
    def _look(self) -> None:
        self.none.setVisible(not self.text.look_for(self.search.text().strip(), on=False))

    @Slot()
    def _look_on(self) -> None:
        self.none.setVisible(not self.text.look_for(self.search.text().strip(), on=True))
