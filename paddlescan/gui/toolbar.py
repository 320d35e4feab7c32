"""The bar under the menus: add, stop, the chips, the search box, and Export."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy

from paddlescan.gui.actions import Actions
from paddlescan.gui.buttons import ActionButton, Chip
from paddlescan.gui.icons import action_icon
from paddlescan.gui.tokens import GAP
from paddlescan.gui.window_keys import WindowKeys

CHIPS: tuple[str, ...] = ("all", "needs_review", "failed", "rescan", "duplicate")
"""The filters, in their order."""


SEARCH_AT_LEAST = 110
_SEARCH_SIDES = 54
"""Of the search box: what its icon and its edges take from the words."""
MARGIN = 12


class Toolbar(QFrame):
    """Buttons, filter chips with counts, search."""

    filter_changed = Signal(str)  # one of CHIPS
    search_changed = Signal(str)
    search_left = Signal()  # Enter or Esc in the search box

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setProperty("bar", True)
        self._counts: dict[str, int] = dict.fromkeys(CHIPS, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 9, MARGIN, 9)
        row.setSpacing(GAP)
        self._buttons = [ActionButton(action) for action in (actions.add_files, actions.add_folder, actions.stop)]
        for button in self._buttons:
            row.addWidget(button)
            button.installEventFilter(self)
        self._scan = ActionButton(actions.scan_pages)  # an icon alone: its words are long
        self._scan.set_brief(True)
        row.insertWidget(2, self._scan)
        row.addSpacing(2 * GAP)
        self._chips: dict[str, Chip] = {}
        group = QButtonGroup(self)
        for name in CHIPS:
            chip = Chip()
            chip.toggled.connect(self._chip_toggled)
            group.addButton(chip)
            row.addWidget(chip)
            self._chips[name] = chip
        row.addStretch(1)
        self.search = QLineEdit()
        self.search.setProperty("search", True)
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(SEARCH_AT_LEAST)
        self.search.setMaximumWidth(240)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.addAction(
            action_icon("search", QPalette.ColorRole.PlaceholderText), QLineEdit.ActionPosition.LeadingPosition
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self._search_now)
        self.search.textChanged.connect(self._pause.start)
        self.search.installEventFilter(self)
        WindowKeys(self.search)
        self.search.returnPressed.connect(self._search_left)
        row.addWidget(self.search, 1)
        self._export = QPushButton()
        self._export.setProperty("primary", True)
        self._export.clicked.connect(actions.export.trigger)
        actions.export.changed.connect(self._export_changed)
        self._export_action = actions.export
        row.addWidget(self._export)
        self._chips["all"].setChecked(True)
        self.retranslate()
        self._export_changed()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many rows each chip stands for."""
        self._counts = {name: counts.get(name, 0) for name in CHIPS}
        self._label_chips()

    def choose(self, name: str) -> None:
        """Press one of the chips."""
        self._chips[name].setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where not everything has room, the buttons on the left are icons alone."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        buttons = [button for button in self._buttons if not button.isHidden()]
        chips = [chip for chip in self._chips.values() if not chip.isHidden()]
        wide = sum(button.whole_width() for button in buttons) + sum(chip.sizeHint().width() for chip in chips)
        wide += self._scan.sizeHint().width()
        gaps = GAP * (len(buttons) + len(chips) + 3) + 2 * GAP + 2 * MARGIN
        wanted = wide + gaps + SEARCH_AT_LEAST + self._export.sizeHint().width()
        for button in self._buttons:
            button.set_brief(wanted > self.width())

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self._hint()
        self.search.setAccessibleName(self.tr("Search the table"))
        self._export.setText(self.tr("Export"))
        self._label_chips()
        self._make_room()

    def _hint(self) -> None:
        """What may be searched for, or, where that has no room, only that one may search."""
        words = self.tr("Merchant, number, amount…")
        self.search.setToolTip(words)
        if self.search.fontMetrics().horizontalAdvance(words) > self.search.width() - _SEARCH_SIDES:
            words = self.tr("Search…")
        self.search.setPlaceholderText(words)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the search box: first the words go, then the keys go on to the table."""
        if watched is not self.search:
            if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
                self._make_room()
            return False
        if event.type() == QEvent.Type.Resize:
            self._hint()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            if self.search.text():
                self.search.clear()
                self._pause.stop()
                self._search_now()
            else:
                self._search_left()
            return True
        return False

    def _label_chips(self) -> None:
        words = {
            "all": self.tr("All"),
            "needs_review": self.tr("To check"),
            "failed": self.tr("Failed"),
            "rescan": self.tr("Rescan needed"),
            "duplicate": self.tr("Seen before"),
        }
        for name, chip in self._chips.items():
            chip.show_count(words[name], self._counts[name])
        self._chips["duplicate"].setVisible(bool(self._counts["duplicate"]) or self._chips["duplicate"].isChecked())
        self._make_room()

    def _chip_toggled(self, on: bool) -> None:
        if on:
            self.filter_changed.emit(next(name for name, chip in self._chips.items() if chip.isChecked()))

    def _search_now(self) -> None:
        self.search_changed.emit(self.search.text().strip())

    def _search_left(self) -> None:
        self._pause.stop()
        self._search_now()
        self.search_left.emit()

    def _export_changed(self) -> None:
        self._export.setEnabled(self._export_action.isEnabled())
        self._export.setToolTip(self._export_action.toolTip())
