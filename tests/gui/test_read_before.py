"""The same papers read once more: the window says so, with the batch that has them and what helps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.document import PageResult
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.shared import speak
from paddlescan.gui.wires.ending import EndingWires
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.pipeline.events import PageFinished
from paddlescan.pipeline.keeping import open_store
from paddlescan.settings import Settings
from paddlescan.store import Claim, Store
from tests.gui.running_workers import BlankWorker, Emit
from tests.unit.gui.receipts import Filled, read_receipt

TOTALS = ("9.00", "12.00", "30.90")


class LunchWorker(BlankWorker):
    """Reads a lunch on every page, each at its own price."""

    def read(self, store: Store, claim: Claim, emit: Emit) -> None:
        number = int(claim.ref.source.name.rpartition(" ")[2].removesuffix(".png"))
        receipt = read_receipt(merchant="Kopitiam", date="2026-04-01", total=TOTALS[number - 1])
        result = PageResult(claim.ref, receipts=(receipt,))
        with open_store(self._store_path) as knowing:
            if knowing.save_result(claim.page_id, result, claim.token):
                emit(PageFinished(claim.page_id, result.status))


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    """An empty batch in front; two lunches stand in an earlier one."""
    with open_store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("March"))
        for number, total in enumerate(TOTALS[:2]):
            filled.put(f"{number}.png", merchant="Kopitiam", date="2026-04-01", total=total)
    work = Workplace(paths, Settings(workers=1))
    work.controller.pool._make = lambda batch, _n, crew: LunchWorker(paths.store, batch, crew)
    window = MainWindow(work)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(work.controller.batch_changed):
        work.start()
    with qtbot.waitSignal(work.controller.batch_changed):
        work.controller.new_batch()
    yield window
    window.close()
    assert work.end()


def read(window: MainWindow, place: Path, qtbot: QtBot) -> None:
    controller = window.workplace.controller
    controller.add_paths([str(place)])
    sheet = window.workplace.review.sheet
    qtbot.waitUntil(lambda: not controller.running and len(sheet) == len(list(place.iterdir())))


def test_the_strip_says_where_they_stand_and_leads_there(
    window: MainWindow, folder: Callable[..., Path], qtbot: QtBot, qapp: QApplication
) -> None:
    read(window, folder(2), qtbot)
    qtbot.waitUntil(lambda: window.notice.code == "read_before")
    said = window.notice.accessibleName()
    assert said.startswith("All of these receipts were read before, in “March” of ")
    speak(qapp, "zh")
    QApplication.sendPostedEvents()
    assert window.notice.accessibleName().startswith("这些票据之前都已识别过，见批次“March”")
    speak(qapp, "en")
    QApplication.sendPostedEvents()
    assert EndingWires(window).words().endswith("2 to check, 2 seen before")
    with qtbot.waitSignal(window.workplace.controller.batch_changed) as changed:
        QTest.mouseClick(window.notice._retry, Qt.MouseButton.LeftButton)
    assert changed.args is not None
    assert changed.args[0].name == "March"
    assert not window.notice.has("read_before")


def test_it_is_over_once_the_rows_are_removed(window: MainWindow, folder: Callable[..., Path], qtbot: QtBot) -> None:
    read(window, folder(2), qtbot)
    qtbot.waitUntil(lambda: window.notice.code == "read_before")
    desk = window.workplace.review
    desk.remove(desk.sheet.ids())
    qtbot.waitUntil(lambda: not window.notice.has("read_before"))


def test_where_one_is_new_nothing_is_said(window: MainWindow, folder: Callable[..., Path], qtbot: QtBot) -> None:
    read(window, folder(3), qtbot)
    qtbot.waitUntil(lambda: window.workplace.review.sheet.counts()["duplicate"] == 2)
    assert not window.notice.has("read_before")
