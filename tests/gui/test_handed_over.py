"""What a later start brings to the window that is open; and to one that is just closing. From the outside."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from paddlescan.desktop.handover import Reception, come_in, joining
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.opened_files import OpenedFiles
from paddlescan.gui.running.controller import BatchController
from paddlescan.gui.session import Session
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.pipeline.intake import natural_key
from paddlescan.settings import Settings
from paddlescan.store import Store
from tests.gui.running_workers import BlankWorker

CLOSING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from paddlescan.desktop.handover import come_in
from paddlescan.gui.app import run_window
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.session import Session
from paddlescan.paths import user_paths

program = QApplication([])
data = user_paths().make().data
reception = come_in(data, []).reception
seen = []

def look():
    for window in program.topLevelWidgets():
        controller = isinstance(window, MainWindow) and window.isVisible() and window.workplace.controller
        if not seen and controller and window.empty.isVisible():
            seen.append(window)
            assert come_in(data, [sys.argv[1]]).handed_over  # promised, and not looked at before it closes
            window.close()
        elif seen and controller and window is not seen[0] and controller.pages.rowCount():
            seen.append(window)
            window.close()

timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
status = run_window([], reception=reception)
raise SystemExit(status if len(seen) == 2 else 99)
"""


@pytest.fixture
def reception(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reception]:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    made = come_in(paths.data, []).reception
    assert made is not None
    yield made
    made.leave()


@pytest.fixture
def session(paths: Paths, qtbot: QtBot, reception: Reception) -> Iterator[Session]:
    """A window that listens, whose engines take every page for a blank one."""
    work = Workplace(paths, Settings(workers=1))
    work.controller.pool._make = lambda batch, _n, crew: BlankWorker(paths.store, batch, crew)
    window = MainWindow(work)
    qtbot.addWidget(window)
    made = Session(window, [], samples_if_empty=False, reception=reception)
    window.show()
    with qtbot.waitSignal(work.controller.batch_changed):
        made.begin()
    yield made
    made.end()


def controller_of(session: Session) -> BatchController:
    return session._window.workplace.controller


def test_files_of_a_later_start_become_a_batch_and_the_window_comes_to_the_front(
    session: Session, paths: Paths, folder: Callable[..., Path], qtbot: QtBot
) -> None:
    window, controller = session._window, controller_of(session)
    window.showMinimized()
    assert come_in(paths.data, [str(folder(3))]).handed_over
    qtbot.waitUntil(lambda: controller.pages.rowCount() == 3)
    assert not window.isMinimized()
    first = controller.batch
    qtbot.waitUntil(lambda: not controller.running, timeout=20_000)
    session._handed_over._last -= 10  # type: ignore[union-attr] # some seconds later
    assert come_in(paths.data, [str(folder(2, "more"))]).handed_over
    qtbot.waitUntil(lambda: controller.batch != first and controller.pages.rowCount() == 2)


def test_starts_that_follow_each_other_are_one_batch_in_the_order_of_their_names(
    session: Session, paths: Paths, folder: Callable[..., Path], qtbot: QtBot
) -> None:
    controller = controller_of(session)
    files = sorted(folder(12).iterdir(), key=lambda file: natural_key(file.name))
    for file in (*files[:0:-1], files[0]):
        assert come_in(paths.data, [str(file)]).handed_over
    assert controller.pages.rowCount() == 0, "it was not waited for the others"
    qtbot.waitUntil(lambda: controller.pages.rowCount() == 12, timeout=20_000)
    with Store(paths.store) as store:
        (batch,) = store.batches()
        assert [Path(row.ref.source.path) for row in store.page_rows(batch.id)] == files


def test_a_call_keeps_its_order_and_what_comes_in_a_stream_joins(
    session: Session, paths: Paths, folder: Callable[..., Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joining, "LONGEST_S", 0.0)  # every stream is cut at once
    controller = controller_of(session)
    files = sorted(folder(4).iterdir())
    assert come_in(paths.data, [str(files[2]), str(files[0])]).handed_over
    qtbot.waitUntil(lambda: controller.pages.rowCount() == 2, timeout=20_000)
    session._handed_over._last = time.monotonic()  # type: ignore[union-attr] # just now, however slow the machine
    assert come_in(paths.data, [str(files[3]), str(files[1])]).handed_over
    qtbot.waitUntil(lambda: controller.pages.rowCount() == 4, timeout=20_000)
    with Store(paths.store) as store:
        (batch,) = store.batches()
        found = [Path(row.ref.source.path) for row in store.page_rows(batch.id)]
    assert found == [files[2], files[0], files[3], files[1]]


def test_files_that_the_system_opens_with_the_program_come_in_like_those_of_later_starts(
    session: Session, reception: Reception, paths: Paths, folder: Callable[..., Path], qtbot: QtBot, qapp: QApplication
) -> None:
    controller, refused = controller_of(session), list[str]()
    opened = OpenedFiles(qapp, reception.inbox, refused.append)
    files = sorted(folder(3).iterdir())
    for file in files:
        qapp.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(file))))
    qapp.sendEvent(qapp, QFileOpenEvent(QUrl("https://example.org/a.png")))
    qtbot.waitUntil(lambda: controller.pages.rowCount() == 3, timeout=20_000)
    with Store(paths.store) as store:
        (batch,) = store.batches()
        assert [Path(row.ref.source.path) for row in store.page_rows(batch.id)] == files
    reception.inbox.shut()
    qapp.sendEvent(qapp, QFileOpenEvent(str(files[0])))
    assert refused == [str(files[0])]
    qapp.removeEventFilter(opened)


def test_a_start_without_files_brings_the_window_to_the_front_and_nothing_else(
    session: Session, paths: Paths, qtbot: QtBot
) -> None:
    session._window.showMinimized()
    assert come_in(paths.data, []).handed_over
    qtbot.waitUntil(lambda: not session._window.isMinimized())
    assert controller_of(session).batch is None


def test_while_a_question_is_open_nothing_happens_behind_it(
    session: Session, paths: Paths, folder: Callable[..., Path], qtbot: QtBot
) -> None:
    question = QDialog(session._window)
    question.setWindowModality(Qt.WindowModality.WindowModal)
    question.open()
    controller = controller_of(session)
    assert come_in(paths.data, [str(folder(2))]).handed_over
    handed_over = session._handed_over
    assert handed_over is not None
    qtbot.waitUntil(lambda: bool(handed_over._inbox._waiting))
    for _look in range(3):
        with qtbot.waitSignal(handed_over._again.timeout):
            pass
    assert joining.settled_in(handed_over._inbox.waiting, time.monotonic(), joining.ALONE_S) == 0
    assert controller.batch is None
    assert not controller._front.opening
    question.accept()
    qtbot.waitUntil(lambda: controller.pages.rowCount() == 2)


def test_what_comes_while_the_window_closes_opens_it_once_more(tmp_path: Path, folder: Callable[..., Path]) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "XDG_RUNTIME_DIR"}
    environment |= {"PADDLESCAN_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", CLOSING, str(folder(2))]
    done = subprocess.run(command, env=environment, timeout=120, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
