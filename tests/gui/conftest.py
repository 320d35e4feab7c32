"""What the tests of the window share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.document import ScanOptions
from paddlescan.gui import tokens
from paddlescan.gui.running.controller import BatchController
from paddlescan.gui.shared import speak
from paddlescan.paths import Paths
from paddlescan.pipeline.passwords import Passwords
from tests.gui.running_workers import BlankWorker, StuckWorker

MakeController = Callable[..., BatchController]


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> None:
    """Every test begins in English, with its plurals, whatever the one before spoke."""
    speak(qapp, "en")


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[tokens.Theme]:
    """The program's style and colours for one test. If they stayed, every later window would be laid out by a style
    sheet, and every change of colours would come once for each theme that was left."""
    made = tokens.apply(qapp)
    yield made
    made.show_scheme(False)
    qapp.styleHints().colorSchemeChanged.disconnect(made.follow)
    qapp.setStyleSheet("")
    made.deleteLater()


@pytest.fixture
def emptied_clipboard(qapp: QApplication) -> Iterator[None]:
    """What a test leaves there goes: offscreen, data made by Python do not survive the end of Python."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A home of its own for one window."""
    home = tmp_path / "home"
    return Paths(home / "config", home / "data", home / "cache", home / "logs").make()


@pytest.fixture
def make_controller(paths: Paths, qtbot: QtBot) -> Iterator[MakeController]:
    """Controllers over one store, each ended in the end. kind: the class of its workers."""
    made: list[BatchController] = []

    def make(kind: type[BlankWorker | StuckWorker] = BlankWorker, workers: int = 2) -> BatchController:
        passwords = Passwords()
        controller = BatchController(
            paths.store, ScanOptions(), lambda batch, _n, crew: kind(paths.store, batch, crew), workers, passwords
        )
        made.append(controller)
        return controller

    yield make
    for controller in made:
        assert controller.shutdown()


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[int], Path]:
    """Makes a folder with so many small files that look like pictures by their names."""

    def make(count: int, name: str = "receipts") -> Path:
        place = tmp_path / name
        place.mkdir()
        for number in range(count):
            (place / f"scan {number + 1}.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        return place

    return make
