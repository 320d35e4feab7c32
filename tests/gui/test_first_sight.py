"""What is seen of the window in the moments after a start: nothing half laid out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from paddlescan.document import Language
from paddlescan.gui.actions import Actions
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.shared import speak
from paddlescan.gui.toolbar import Toolbar
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.settings import Settings
from paddlescan.store import Store
from tests.unit.gui.receipts import Filled


class Watcher(QObject):
    """Notes how the buttons of a toolbar stand each time it is painted: their words, and whether they are cut off."""

    def __init__(self, toolbar: Toolbar) -> None:
        super().__init__(toolbar)
        self._toolbar = toolbar
        self.seen: list[list[tuple[str, bool]]] = []
        toolbar.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            buttons = [b for b in self._toolbar.findChildren(QPushButton) if b.isVisible()]
            self.seen.append([(b.accessibleName(), b.width() < b.sizeHint().width()) for b in buttons])
        return False


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    """Over a batch in which pages wait, not started yet."""
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("March"))
        filled.drop(*(f"{number}.png" for number in range(9)))
    made = MainWindow(Workplace(paths, Settings(workers=1)))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    assert made.workplace.end()


def test_the_buttons_are_whole_and_stop_is_there_when_the_batch_is_first_seen(qtbot: QtBot, window: MainWindow) -> None:
    watcher = Watcher(window.toolbar)
    window.workplace.start()
    qtbot.waitUntil(lambda: bool(watcher.seen), timeout=20_000)
    assert not [name for buttons in watcher.seen for name, cut in buttons if cut]
    assert "Stop" in [name for name, _ in watcher.seen[0]]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_hint_of_the_search_box_is_never_cut(qtbot: QtBot, qapp: QApplication, language: Language) -> None:
    speak(qapp, language)
    window = QWidget()
    toolbar = Toolbar(Actions(window))
    for made in (window, toolbar):
        qtbot.addWidget(made)
    toolbar.set_counts({"all": 7, "needs_review": 5, "failed": 1, "duplicate": 3})
    toolbar.show()
    hints = set()
    for width in (880, 1000, 1366, 1900):
        toolbar.resize(width, 50)
        search = toolbar.search
        hints.add(search.placeholderText())
        assert search.fontMetrics().horizontalAdvance(search.placeholderText()) <= search.width() - 50
    assert toolbar.search.placeholderText() == toolbar.search.toolTip()
    assert len(hints) == 2
