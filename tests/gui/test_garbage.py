"""Cycles with widgets in them are collected in the window's thread and in no other."""

from __future__ import annotations

import gc
import threading
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from paddlescan.gui.garbage import Collector


class Ring(QWidget):
    """A widget that only the collector can end; it tells in which thread that happened."""

    def __init__(self, told: list[int]) -> None:
        super().__init__()
        self._told, self._ring = told, self

    def __del__(self) -> None:
        self._told.append(threading.get_ident())


def test_what_a_worker_allocates_ends_no_widget_in_its_thread(qtbot: QtBot) -> None:
    told: list[int] = []
    collector = Collector()
    Ring(told)
    kept: list[Any] = []

    def allocate() -> None:
        kept.extend([n] for n in range(200_000))  # far beyond every threshold

    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert told == []
    qtbot.waitUntil(lambda: told == [threading.get_ident()], timeout=10_000)
    assert not gc.isenabled()
    collector.deleteLater()
    qtbot.waitUntil(gc.isenabled)
