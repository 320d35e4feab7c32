"""Handing in, as a clerk does it, into real files."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from paddlescan.gui.review.export_dialog import ExportDialog, suggested_name
from paddlescan.gui.review.export_job import ExportJob, ExportOrder
from tests.unit.gui.desks import Desk, make_desk
from tests.unit.gui.receipts import read_receipt

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with make_desk(qtbot, tmp_path) as made:
        made.filled.put("a.png", merchant="YONG SOON", date="2026-03-02", total="758.70", currency="MYR")
        made.filled.put("b.png", merchant="北京清风餐饮", date="2026-03-05?", total="108.00", currency="CNY")
        made.filled.drop("late.png")
        made.open()
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "out"
    place.mkdir()
    return place


@pytest.fixture
def dialog(qtbot: QtBot, desk: Desk, folder: Path) -> ExportDialog:
    summary = desk.filled.store.summary(desk.filled.batch)
    dialog = ExportDialog(desk.filled.path, summary, desk.writer, str(folder))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def press_and_wait(qtbot: QtBot, dialog: ExportDialog, button: QWidget) -> str:
    with qtbot.waitSignal(dialog.exported, timeout=10_000) as written:
        qtbot.mouseClick(button, Left)
    assert written.args is not None
    return str(written.args[0])


def test_a_csv_is_written_with_what_was_just_typed(
    qtbot: QtBot, dialog: ExportDialog, desk: Desk, folder: Path
) -> None:
    desk.desk.type_into(desk.ids()[0], "merchant", "Yong Soon Fatt")
    file = Path(press_and_wait(qtbot, dialog, dialog.go))
    assert file.parent == folder
    assert file.name == f"{suggested_name(desk.filled.store.summary(desk.filled.batch))}.csv"
    rows = list(csv.reader(file.open(encoding="utf-8-sig")))
    assert [row[1] for row in rows] == ["Merchant", "Yong Soon Fatt", "北京清风餐饮"]
    assert dialog.told.text() == f"{file.name} is written: 2 rows."
    assert dialog.show_file.isVisible()


def test_the_header_speaks_the_chosen_language(qtbot: QtBot, dialog: ExportDialog) -> None:
    dialog._languages["en"].setFocus()
    qtbot.keyClick(dialog._languages["en"], Qt.Key.Key_Right)
    file = Path(press_and_wait(qtbot, dialog, dialog.go))
    assert next(csv.reader(file.open(encoding="utf-8-sig")))[1] == "商户"


def test_json_takes_its_own_ending_and_needs_no_header(qtbot: QtBot, dialog: ExportDialog) -> None:
    assert dialog.header.isVisible()
    qtbot.mouseClick(dialog._formats["json"], Left, pos=dialog._formats["json"].rect().center() / 4)
    assert not dialog.header.isVisible()
    file = Path(press_and_wait(qtbot, dialog, dialog.go))
    assert file.suffix == ".json"
    pages = json.loads(file.read_text("utf-8"))["pages"]
    assert [page["fields"]["total"]["value"] for page in pages] == ["758.70", "108.00"]


def test_line_items_are_a_second_table_beside_the_first(qtbot: QtBot, dialog: ExportDialog, desk: Desk) -> None:
    qtbot.mouseClick(dialog._formats["items"], Left)
    name = suggested_name(desk.filled.store.summary(desk.filled.batch))
    assert Path(dialog.file.text()).name == f"{name}-items.csv"
    assert dialog.header.isVisible()
    file = Path(press_and_wait(qtbot, dialog, dialog.go))
    assert "Unit price" in next(csv.reader(file.open(encoding="utf-8-sig")))
    qtbot.mouseClick(dialog._formats["csv"], Left, pos=QPoint(10, 10))  # a radio button is as wide as its words only
    assert Path(dialog.file.text()).name == f"{name}.csv"


def test_an_existing_file_is_asked_about_and_kept_until_the_answer(
    qtbot: QtBot, dialog: ExportDialog, folder: Path
) -> None:
    file = Path(dialog.file.text())
    file.write_text("mine")
    qtbot.mouseClick(dialog.go, Left)
    assert dialog.told.text() == f"{file.name} exists already."
    assert file.read_text() == "mine"
    press_and_wait(qtbot, dialog, dialog.replace)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [p.name for p in folder.iterdir()] == [file.name]


@pytest.mark.logs
def test_a_folder_that_is_not_there_is_a_clear_error_and_can_be_mended(
    qtbot: QtBot, dialog: ExportDialog, folder: Path
) -> None:
    dialog.file.selectAll()
    qtbot.keyClicks(dialog.file, str(folder / "missing" / "x.csv"))
    qtbot.mouseClick(dialog.go, Left)
    qtbot.waitUntil(lambda: "could not be written" in dialog.told.text(), timeout=10_000)
    assert dialog.told.property("rank") == "bad"
    dialog.file.selectAll()
    qtbot.keyClicks(dialog.file, str(folder / "x"))
    assert dialog.told.text() == ""
    assert Path(press_and_wait(qtbot, dialog, dialog.go)) == folder / "x.csv"


def test_the_folder_is_told_so_that_it_can_be_remembered(qtbot: QtBot, dialog: ExportDialog, folder: Path) -> None:
    with qtbot.waitSignal(dialog.folder_chosen, timeout=10_000) as told:
        qtbot.mouseClick(dialog.go, Left)
    assert told.args == [str(folder)]


def test_a_name_that_looks_like_markup_is_told_as_it_is(qtbot: QtBot, dialog: ExportDialog, folder: Path) -> None:
    dialog.file.setText(str(folder / "<i>Fish & Chips.csv"))
    press_and_wait(qtbot, dialog, dialog.go)
    assert dialog.told.text().startswith("<i>Fish & Chips.csv is written")
    assert dialog.told.textFormat() == Qt.TextFormat.PlainText


def test_what_will_be_missing_is_said_before(dialog: ExportDialog) -> None:
    assert dialog._contents.text() == "2 rows · 1 to check · 1 page not read yet"


def test_names_are_fit_for_every_system(desk: Desk) -> None:
    desk.filled.store.rename_batch(desk.filled.batch, ' trip: A/B "x" ')
    summary = desk.filled.store.summary(desk.filled.batch)
    assert suggested_name(summary) == f"trip- A-B -x {summary.created_at[:10]}"


def test_an_export_that_is_called_off_leaves_nothing_behind(qtbot: QtBot, desk: Desk, folder: Path) -> None:
    order = ExportOrder(desk.filled.path, desk.filled.batch, folder / "x.csv", "csv", "en", False)
    job = ExportJob(order, None)
    told: list[object] = []
    job.done.connect(told.append)
    job.failed.connect(told.append)
    with qtbot.waitSignal(job.finished, timeout=10_000):
        job.started.connect(job.requestInterruption, Qt.ConnectionType.DirectConnection)
        job.start()
    assert told == []
    assert list(folder.iterdir()) == []


def test_everything_that_tab_reaches_has_a_name(dialog: ExportDialog) -> None:
    reachable = [w for w in dialog.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
    nameless = [w for w in reachable if not QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name)]
    assert nameless == []


def test_show_in_folder_opens_the_folder_where_no_file_manager_answers(
    qtbot: QtBot, dialog: ExportDialog, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    press_and_wait(qtbot, dialog, dialog.go)
    qtbot.mouseClick(dialog.show_file, Left)
    qtbot.waitUntil(lambda: opened == [QUrl.fromLocalFile(str(folder))], timeout=10_000)


_FILE_MANAGER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QObject, ClassInfo, QTimer, Slot
from PySide6.QtDBus import QDBusConnection
app = QCoreApplication([])
@ClassInfo({"D-Bus Interface": "org.freedesktop.FileManager1"})
class Manager(QObject):
    @Slot("QStringList", str)
    def ShowItems(self, uris, startup):
        print("shown", *uris, flush=True)
        QTimer.singleShot(200, app.quit)
manager = Manager()
bus = QDBusConnection.sessionBus()
assert bus.registerService("org.freedesktop.FileManager1")
bus.registerObject("/org/freedesktop/FileManager1", manager, QDBusConnection.RegisterOption.ExportAllSlots)
from paddlescan.gui.review.show_in_folder import FolderShower
shower = FolderShower()
QTimer.singleShot(0, lambda: shower.show(Path(sys.argv[1])))
QTimer.singleShot(8000, app.quit)
app.exec()
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="wants dbus-run-session")
def test_a_file_manager_is_asked_to_mark_the_file(qtbot: QtBot, folder: Path) -> None:
    file = folder / "März 1.csv"
    command = ["dbus-run-session", "--", sys.executable, "-c", _FILE_MANAGER, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.split() == ["shown", bytes(QUrl.fromLocalFile(str(file)).toEncoded().data()).decode()]


def test_receipts_to_check_are_counted_and_not_their_pages(qtbot: QtBot, desk: Desk, folder: Path) -> None:
    desk.filled.drop("sheet.png")
    desk.filled.read("sheet.png", *(read_receipt(n, 3, total=f"{n}.00?") for n in range(1, 4)))
    summary = desk.filled.store.summary(desk.filled.batch)
    dialog = ExportDialog(desk.filled.path, summary, desk.writer, str(folder))
    qtbot.addWidget(dialog)
    assert dialog._contents.text() == "5 rows · 4 to check · 1 page not read yet"
