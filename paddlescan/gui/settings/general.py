"""Language, and with what is read."""

from __future__ import annotations

import os

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLabel

from paddlescan.document import EngineInfo
from paddlescan.errors import Failure
from paddlescan.gui.settings.preferences import Preferences
from paddlescan.gui.settings.section import Section, offer
from paddlescan.gui.shared import failure_words, language, mark
from paddlescan.ocr.reasons import LACKS_PACKAGE
from paddlescan.settings import MOST_WORKERS, Settings
from paddlescan.words import together, why_there

LANGUAGES = ("English", "中文")
"""Each in its own."""
CARD_GIB = (1, 2, 4, 6, 8, 12, 16, 24, 48)
"""What can be chosen of a graphics card's memory."""


class General(Section):
    """The language of the window, the device, the engines at work."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._info: EngineInfo | None = None
        self._refused: Failure | None = None
        self.language_box, self.device, self.workers = QComboBox(), QComboBox(), QComboBox()
        self.card_memory = QComboBox()
        for box in (self.language_box, self.device, self.workers, self.card_memory):
            box.setMinimumWidth(240)
        self._language_caption, self._language_hint = self.row(self.language_box)
        self._device_caption, self.device_hint = self.row(self.device)
        self._workers_caption, self._workers_hint = self.row(self.workers)
        self._memory_caption, self._memory_hint = self.row(self.card_memory)
        self.words()
        self.follow()
        self.language_box.activated.connect(self._language_chosen)
        self.device.activated.connect(self._device_chosen)
        self.workers.activated.connect(self._workers_chosen)
        self.card_memory.activated.connect(self._memory_chosen)

    def words(self) -> None:
        """Say everything in the window's language."""
        self._language_caption.setText(self.tr("&Language"))
        self._language_hint.setText(self.tr("Of the window. A table is exported in the language chosen there."))
        self._device_caption.setText(self.tr("&Read with"))
        self._workers_caption.setText(self.tr("&At the same time"))
        self._workers_hint.setText(self.tr("Every page more at a time takes about 1 GB of memory."))
        self._memory_caption.setText(self.tr("&Graphics memory"))
        self._memory_hint.setText(self.tr("What reading may take of each graphics card's memory."))
        for box, caption in (
            (self.language_box, self._language_caption),
            (self.device, self._device_caption),
            (self.workers, self._workers_caption),
            (self.card_memory, self._memory_caption),
        ):
            _name(box, caption)
        self._say_device()

    def follow(self) -> None:
        """Show the settings as they are."""
        now = self._preferences.now
        languages = [(self.tr("That of the system"), "system"), *zip(LANGUAGES, ("en", "zh"), strict=True)]
        offer(self.language_box, languages, now.language)
        devices = [(self.tr("The best there is"), "auto"), (self.tr("Processor"), "cpu")]
        offer(self.device, [*devices, (self.tr("Graphics card"), "gpu")], now.device)
        itself = self.tr("Automatic: %n page(s)", None, Settings().worker_count())
        most = max(min(MOST_WORKERS, os.cpu_count() or 1), now.workers)
        counts = [(self.tr("%n page(s)", None, count), count) for count in range(1, most + 1)]
        offer(self.workers, [(itself, 0), *counts], now.workers)
        sizes = sorted({*CARD_GIB, *([now.gpu_memory_mib / 1024] if now.gpu_memory_mib else [])})
        offered = [(self.tr("{size} GB").format(size=f"{size:g}"), round(size * 1024)) for size in sizes]
        offer(self.card_memory, [(self.tr("Automatic: half of what is free"), 0), *offered], now.gpu_memory_mib)
        self._show_memory()

    @Slot(object, int)
    def show_engine(self, info: EngineInfo, _workers: int) -> None:
        """This is what is read with, and why."""
        self._info, self._refused = info, None
        self._say_device()

    @Slot(object)
    def show_refusal(self, failure: Failure) -> None:
        """The device that was chosen cannot be had."""
        self._refused = failure
        self._say_device()

    def _show_memory(self) -> None:
        """Where there is no graphics card, and none was asked for, its memory is nobody's matter."""
        now = self._preferences.now
        matters = (
            now.gpu_memory_mib > 0 or now.device == "gpu" or (self._info is not None and self._info.device == "gpu")
        )
        for widget in (self.card_memory, self._memory_caption, self._memory_hint):
            widget.setVisible(matters and now.device != "cpu")

    def _say_device(self) -> None:
        self._show_memory()
        mark(self.device_hint, rank="bad" if self._refused else "soft")
        if self._refused:
            self.device_hint.setText(together(*failure_words(self._refused)))
        elif self._info:
            device = self.tr("Processor") if self._info.device == "cpu" else self.tr("Graphics card")
            why = why_there(self._info, language())
            now = self.tr("Now: {device} ({reason})").format(device=device, reason=why)
            lacking = self._info.reason in LACKS_PACKAGE
            how = self.tr("To read on the graphics card, run in a terminal: paddlescan gpu") if lacking else ""
            self.device_hint.setText(f"{now}\n{how}".strip())

    @Slot()
    def _language_chosen(self) -> None:
        self._preferences.change(language=self.language_box.currentData())

    @Slot()
    def _device_chosen(self) -> None:
        self._preferences.change(device=self.device.currentData())

    @Slot()
    def _memory_chosen(self) -> None:
        self._preferences.change(gpu_memory_mib=self.card_memory.currentData())

    @Slot()
    def _workers_chosen(self) -> None:
        self._preferences.change(workers=self.workers.currentData())


def _name(box: QComboBox, caption: QLabel) -> None:
    box.setAccessibleName(caption.text().replace("&", ""))
