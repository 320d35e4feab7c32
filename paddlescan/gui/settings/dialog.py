"""The dialog of all settings: sections on the left, what is chosen on the right; what is chosen holds at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from paddlescan.errors import Failure
from paddlescan.gui.hot_folder.section import WatchedFolder
from paddlescan.gui.settings.exporting import Exporting
from paddlescan.gui.settings.general import General
from paddlescan.gui.settings.keeping import Keeping
from paddlescan.gui.settings.memory import Corrections
from paddlescan.gui.settings.preferences import Preferences
from paddlescan.gui.settings.section import Section
from paddlescan.gui.settings.switches import Switches
from paddlescan.gui.shared import failure_words
from paddlescan.gui.tokens import GAP
from paddlescan.gui.workplace import Workplace
from paddlescan.settings import Settings, reset
from paddlescan.words import together


class SettingsDialog(QDialog):
    """Nothing to confirm: closing it keeps what was chosen."""

    erase_wanted = Signal()

    def __init__(self, parent: QWidget | None, preferences: Preferences, work: Workplace) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._before_reset: Settings | None = None
        self.general, self.switches = General(preferences), Switches(preferences)
        self.exporting, self.keeping = Exporting(preferences, work), Keeping(work)
        self.corrections = Corrections(work.writer)
        self.watching = WatchedFolder(preferences, work.hot_folder)
        self._sections: tuple[QWidget, ...] = (
            *(self.general, self.switches, self.exporting, self.watching),
            *(self.corrections, self.keeping),
        )
        self.places, self._stack = QListWidget(), QStackedWidget()
        self.told, self.reset, self.close_button = QLabel(), QPushButton(), QPushButton()
        self._lay_out()
        self._connect(work)
        self._words()
        self.places.setCurrentRow(0)

    def _lay_out(self) -> None:
        self.resize(QSize(760, 520))
        self.places.setProperty("places", True)
        self.places.setFixedWidth(168)
        for section in self._sections:
            self.places.addItem(QListWidgetItem())
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it scrolls to what has the keys
            area.setWidget(section)
            self._stack.addWidget(area)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.places)
        body.addWidget(self._stack, 1)
        self.told.setProperty("rank", "soft")
        self.told.setWordWrap(True)
        self.reset.setAutoDefault(False)
        self.close_button.setDefault(True)
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * GAP, GAP, 2 * GAP, 2 * GAP)
        foot.setSpacing(GAP)
        foot.addWidget(self.reset)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addLayout(foot)

    def _connect(self, work: Workplace) -> None:
        self.places.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.reset.clicked.connect(self._reset_or_back)
        self.close_button.clicked.connect(self.accept)
        self.keeping.erase_wanted.connect(self._erase)
        self._preferences.changed.connect(self._follow)
        self._preferences.trouble.connect(self._not_saved)
        self._preferences.saved.connect(self.told.clear)
        work.controller.engine_changed.connect(self.general.show_engine)
        work.device_refused.connect(self.general.show_refusal)
        work.tell_device()

    @Slot()
    def _follow(self) -> None:
        for section in self._sections:
            if isinstance(section, Section):
                section.follow()
        if self._preferences.now != reset(self._preferences.now):
            self._before_reset = None
        self._name_reset()

    @Slot()
    def _reset_or_back(self) -> None:
        if self._before_reset is not None:
            self._preferences.take(self._before_reset)
        else:
            before = self._preferences.now
            self._preferences.reset()
            self._before_reset = before if before != self._preferences.now else None
        self._name_reset()

    @Slot()
    def _erase(self) -> None:
        self.accept()  # before the window it stands on goes
        self.erase_wanted.emit()

    @Slot(object)
    def _not_saved(self, failure: Failure) -> None:
        self.told.setText(together(*failure_words(failure)))

    def _words(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        names = [self.tr("General"), self.tr("Pages"), self.tr("Export"), self.tr("Hot folder")]
        names += [self.tr("Corrections"), self.tr("Data and history")]
        with QSignalBlocker(self.places):
            for at, name in enumerate(names):
                self.places.item(at).setText(name)
        self.places.setAccessibleName(self.tr("Sections"))
        self.close_button.setText(self.tr("Close"))
        self._name_reset()

    def _name_reset(self) -> None:
        back = self._before_reset is not None
        self.reset.setText(self.tr("Take the reset back") if back else self.tr("Reset to defaults"))
        self.reset.setEnabled(back or self._preferences.now != reset(self._preferences.now))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._words()
