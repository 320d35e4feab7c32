"""The four places of the window and the splitters between them: folded away by choice, remembered."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from paddlescan.document.codec import BadData, decode, encode

TABLE_SHARE = 0.33
State = dict[str, bytes | bool]


class Panes(QWidget):
    """Pages on the left, the page in the middle, fields on the right, the table below."""

    def __init__(self, pages: QWidget, page: QWidget, fields: QWidget, table: QWidget) -> None:
        super().__init__()
        self.across, self.down = _splitter(Qt.Orientation.Horizontal), _splitter(Qt.Orientation.Vertical)
        for widget in (pages, page, fields):
            self.across.addWidget(widget)
        self.upper = QStackedWidget()
        self.upper.addWidget(self.across)
        self.down.addWidget(self.upper)
        self.down.addWidget(table)
        page.setMinimumWidth(280)
        fields.setMinimumWidth(240)
        table.setMinimumHeight(90)
        for place, stretch in enumerate((0, 1, 0)):
            self.across.setStretchFactor(place, stretch)
        self.down.setStretchFactor(0, 1)
        self.across.setSizes([200, 888, 352])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.down)
        self._untouched = True
        self._folds: dict[str, tuple[QAction, QWidget]] = {}
        self._by_name = {"pages": pages, "fields": fields, "table": table}

    def fold_by(self, **actions: QAction) -> None:
        """Checkable actions that show and hide `pages`, `fields` and `table`."""
        for name, action in actions.items():
            widget = self._by_name[name]
            self._folds[name] = (action, widget)
            action.toggled.connect(widget.setVisible)

    def add_in_place(self, other: QWidget) -> None:
        """Another widget that may be shown in place of pages, page and fields."""
        self.upper.addWidget(other)

    def show_in_place(self, other: QWidget | None) -> None:
        """Show it above the table; None: pages, page and fields again."""
        self.upper.setCurrentWidget(other or self.across)

    def showEvent(self, event: QShowEvent) -> None:
        """The first time, unless a person moved it before, the table takes its share of the height there is."""
        super().showEvent(event)
        if self._untouched:
            self._untouched = False
            table = round(self.height() * TABLE_SHARE)
            self.down.setSizes([self.height() - table, table])

    def state(self) -> bytes:
        """Sizes and what is folded away, to be remembered."""
        packed: State = {"across": bytes(self.across.saveState().data()), "down": bytes(self.down.saveState().data())}
        packed |= {name: action.isChecked() for name, (action, _) in self._folds.items()}
        return encode(packed)

    def restore(self, state: bytes) -> None:
        """Take what was remembered; something else is left alone."""
        try:
            packed = decode(state, dict[str, str | bool])
        except BadData:
            return
        self._untouched = False
        for name, splitter in (("across", self.across), ("down", self.down)):
            kept = packed.get(name)
            if isinstance(kept, str):
                splitter.restoreState(QByteArray.fromBase64(kept.encode()))
        for name, (action, _) in self._folds.items():
            action.setChecked(packed.get(name) is not False)


def _splitter(orientation: Qt.Orientation) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    return splitter
