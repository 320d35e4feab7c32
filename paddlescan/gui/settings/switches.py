"""How pages are prepared: what a new batch begins with."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLabel

from paddlescan.gui.settings.preferences import Preferences
from paddlescan.gui.settings.section import Section
from paddlescan.gui.tokens import GAP
from paddlescan.gui.viewer.toggle import StrengthSlider

SWITCHES = ("remove_seals", "deskew", "orient", "split")
"""Fields of the settings, in their order here."""


class Switches(Section):
    """Seals, deskew, turns, several receipts on one page."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self.boxes = {name: QCheckBox() for name in SWITCHES}
        self._intro = QLabel()
        self._intro.setProperty("rank", "soft")
        self._intro.setWordWrap(True)
        self.column.insertWidget(0, self._intro)
        self.column.insertSpacing(1, 2 * GAP)
        self.strength, self._figure = StrengthSlider(), QLabel()
        self.strength.setMinimumWidth(220)
        hints: dict[str, QLabel] = {}
        for name, box in self.boxes.items():
            hints[name] = self.switch(box)
            if name == "remove_seals":
                self._strength_caption, self._strength_hint = self.row(self.strength, self._figure)
        self._hints = hints
        self.words()
        self.follow()
        for name, box in self.boxes.items():
            box.setObjectName(name)
            box.clicked.connect(self._clicked)
        self.strength.valueChanged.connect(self._strength_moved)

    def words(self) -> None:
        """Say everything in the window's language."""
        self._intro.setText(
            self.tr(
                "What a new batch begins with. The batch in front keeps its own; each page has its switches below it."
            )
        )
        words = {
            "remove_seals": self.tr("Remove &seals"),
            "deskew": self.tr("&Deskew pages"),
            "orient": self.tr("&Turn pages upright"),
            "split": self.tr("Tell several receipts on one page a&part"),
        }
        hints = {
            "remove_seals": self.tr("Only while reading and in the view; your files are never changed."),
            "deskew": self.tr("Levels what was scanned aslant, and flattens photographed sheets."),
            "orient": self.tr("Pages that lie on their side or upside down."),
            "split": self.tr("Taxi tickets glued onto a sheet become a row each."),
        }
        for name, box in self.boxes.items():
            box.setText(words[name])
            box.setAccessibleName(words[name].replace("&", ""))
            self._hints[name].setText(hints[name])
        self._strength_caption.setText(self.tr("St&rength"))
        self.strength.setAccessibleName(self.tr("Strength of removing seals"))
        self._strength_hint.setText(self.tr("More takes off faint seals, and perhaps coloured print."))

    def follow(self) -> None:
        """Show the settings as they are."""
        now = self._preferences.now
        for name, box in self.boxes.items():
            box.setChecked(getattr(now, name))
        if self.strength.value() != now.seal_strength:
            self.strength.setValue(now.seal_strength)
        self._figure.setText(str(now.seal_strength))
        for widget in (self.strength, self._figure, self._strength_caption, self._strength_hint):
            widget.setEnabled(now.remove_seals)

    @Slot(bool)
    def _clicked(self, on: bool) -> None:
        self._preferences.change(**{self.sender().objectName(): on})

    @Slot(int)
    def _strength_moved(self, value: int) -> None:
        self._preferences.change(seal_strength=value)
