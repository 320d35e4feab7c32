"""The settings while the window runs: changed in one place, applied at once, on the disk at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from paddlescan.document import Language
from paddlescan.errors import Failure
from paddlescan.gui.shared import language, speak
from paddlescan.gui.workplace import Workplace
from paddlescan.settings import Settings, reset, save_settings
from paddlescan.store import Store
from paddlescan.words import system_language


def chosen_language(settings: Settings) -> Language:
    """The language that the settings ask for."""
    return system_language() if settings.language == "system" else settings.language


class Preferences(QObject):
    """Owns the choice; the workplace works with it. One per window, its child."""

    changed = Signal()
    saved = Signal()
    trouble = Signal(object)  # Failure: the choice holds, but could not be written down

    def __init__(self, work: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work

    @property
    def now(self) -> Settings:
        """The settings as they are."""
        return self._work.settings

    def change(self, **fields: Any) -> None:
        """Choose otherwise. Raises ValueError for what is out of its range."""
        self.take(replace(self.now, **fields))

    def reset(self) -> None:
        """Choose what PaddleScan comes with."""
        self.take(reset(self.now))

    def take(self, settings: Settings) -> None:
        """Work with these settings from now on, and keep them."""
        before = self.now
        if settings == before:
            return
        self._work.use(settings)
        self._save()
        app = QCoreApplication.instance()
        if app is not None and settings.language != before.language and chosen_language(settings) != language():
            speak(app, chosen_language(settings))
        self.changed.emit()

    def _save(self) -> None:
        work = self._work

        def save(_store: Store) -> None:
            save_settings(work.paths.settings, work.settings)  # the newest, if several wait

        work.controller.desk.ask(save, self._saved, self._not_saved)

    def _saved(self, _answer: None) -> None:
        self.saved.emit()

    def _not_saved(self, failure: Failure) -> None:
        self.trouble.emit(failure)
