"""Walks over every widget of the window and of its dialogs: what has no name, and what is cut off.

    python -m tests.gui.walks

prints what is cut off, a line each, in both languages at 1280x720 and 900x560, at whatever QT_SCALE_FACTOR says.
A new dialog of ours is a line in `dialogs`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QWidget,
)

from paddlescan.desktop.scanner.listing import Scanner
from paddlescan.desktop.scanner.options import abilities_of, parse_options
from paddlescan.desktop.scanner.wish import Wish
from paddlescan.document import SourceFile
from paddlescan.errors import Failure
from paddlescan.export.csv_export import write_csv
from paddlescan.gui import tokens
from paddlescan.gui.dialogs.about import AboutDialog
from paddlescan.gui.dialogs.batches import BatchesDialog, NameDialog
from paddlescan.gui.dialogs.details import DetailsDialog
from paddlescan.gui.dialogs.duplicates import DuplicatesDialog
from paddlescan.gui.dialogs.licences import LicencesDialog
from paddlescan.gui.dialogs.password import PasswordDialog
from paddlescan.gui.dialogs.shortcuts import ShortcutSheet
from paddlescan.gui.dialogs.start_trouble import StartTrouble
from paddlescan.gui.dialogs.support import SupportDialog
from paddlescan.gui.dialogs.unsaved import UnsavedDialog
from paddlescan.gui.export.dialog import ExportDialog
from paddlescan.gui.export.orders import Batch
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.manual.window import ManualWindow
from paddlescan.gui.opening import OpeningWindow
from paddlescan.gui.read_back.dialog import ReadBackDialog
from paddlescan.gui.read_back.job import Asked
from paddlescan.gui.review.replacing import ReplaceDialog
from paddlescan.gui.review.set_field import SetFieldDialog
from paddlescan.gui.running.intake_thread import Twice
from paddlescan.gui.scanner.choices import Chosen
from paddlescan.gui.scanner.dialog import ScannerDialog
from paddlescan.gui.settings.dialog import SettingsDialog
from paddlescan.gui.settings.jobs import Kept
from paddlescan.gui.settings.keeping import EraseQuestion
from paddlescan.gui.shared import speak
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.resources_dir import resource
from paddlescan.settings import Settings
from paddlescan.store import Event, Store
from paddlescan.words.sentences import table_of
from tests.gui.walk_finds import cut_off
from tests.unit.gui.receipts import Filled, read_receipt

SIZES = (QSize(1280, 720), QSize(900, 560))
SECTIONS = 5
"""Of the settings."""
LONG = "中国石油天然气股份有限公司北京销售分公司 — 三月份餐饮发票 0305.pdf"
"""The name of a file, longer than any sentence it stands in is glad of."""
SCANNER = """
    --source FlatBed|Automatic Document Feeder(left aligned)|Automatic Document Feeder(left aligned,Duplex) [FlatBed]
    --mode Gray|Color [Color]
    --resolution 100..600dpi [300]
    -x 0..215.9mm [210]
    -y 0..297mm [297]
"""


def fill(paths: Paths) -> None:
    """A batch as it comes: one receipt in doubt, one to scan again, one that failed, two good ones."""
    with Store(paths.store) as store:
        filled = Filled(paths.store, store, store.create_batch("Samples"))
        for name in ("cafe.jpg", "hotel.jpg", "stationer.jpg"):
            store.add_sources(filled.batch, [SourceFile.at(str(resource("samples", name)), name)])
        filled.read("cafe.jpg", read_receipt(merchant="Corner Cafe", total="9.00?|8.00", currency="EUR"))
        filled.read(
            "hotel.jpg", read_receipt(merchant="Hotel", total="129.00", date="2026-03-05"), quality=("blurred",)
        )
        filled.read("stationer.jpg", read_receipt(merchant="Stationer & Co", total="12.00", currency="EUR"))
        source = SourceFile.at(str(resource("samples", "hardware.jpg")), "hardware.jpg")
        store.add_failed_source(filled.batch, source, Failure("truncated_file", (("file", "hardware.jpg"),)))


def dialogs(window: MainWindow) -> Iterator[tuple[str, QDialog]]:
    """Every dialog of ours by a name, made but not shown."""
    work = window.workplace
    summary = work.controller.summary
    assert summary is not None
    for at in range(SECTIONS):
        settings = SettingsDialog(window, window.preferences, work)
        settings.places.setCurrentRow(at)
        yield f"settings {at}", settings
    yield "erase", EraseQuestion(settings.keeping, Kept(12, 340))
    yield "shortcuts", ShortcutSheet(window, window.actions_, window.viewer.verbs.all)
    yield "about", AboutDialog(window, work.paths.store)
    yield "batches", BatchesDialog(window, [summary], summary.id)
    yield "name", NameDialog(window, "March")
    yield "password", PasswordDialog(window, 1, LONG, wrong=True)
    twice = tuple(Twice(SourceFile.at(f"/{n}", f"{n} {LONG}"), ()) for n in range(6))
    yield "added twice", DuplicatesDialog(window, twice)
    yield "added twice, one", DuplicatesDialog(window, twice[:1])
    yield "unsaved", UnsavedDialog(window, 3, Failure("disk_full", (("detail", LONG),)), pictures=2)
    yield "start trouble", StartTrouble(Failure("folder_unwritable", (("file", LONG), ("detail", LONG))))
    yield "support", SupportDialog(window)
    yield "licences", LicencesDialog(window)
    details = DetailsDialog(window, summary.id, f"{LONG} {summary.name}", 1, LONG)
    details.show_events(details.asked, tuple(_events()))
    yield "details, page", details
    details = DetailsDialog(window, summary.id, f"{LONG} {summary.name}", None, "")
    details.show_events(details.asked, tuple(_events()))
    yield "details, batch", details
    desk = work.review
    table = work.paths.data / "edited.csv"
    write_csv(tuple(work.store.export_rows(summary.id)), table, overwrite=True, language="en")
    table.write_text(table.read_text("utf-8-sig").replace("Corner Cafe", LONG) + "12,nobody's row\n", "utf-8-sig")
    asked = Asked(work.paths.store, work.paths.templates, summary.id, table)
    back = ReadBackDialog(asked, parent=window)
    wait(lambda: not back._busy, 5000)
    yield "read back", back
    yield "set field", SetFieldDialog(desk.sheet, desk.sheet.ids(), "category", window)
    yield "replace", ReplaceDialog(desk.sheet, desk.sheet.ids()[:2], desk.sheet.ids(), window)
    for state, scanner in (("glass", "flatbed"), ("feeder", "duplex")):
        scan = ScannerDialog(work.paths.scanned, Chosen("", Wish(kind=scanner)), window)
        scan.show_scanners(Path("scanimage"), (Scanner("one", f"{LONG} {LONG}"), Scanner("two", "Canon")))
        scan.show_abilities(abilities_of(parse_options(SCANNER.splitlines())))
        yield f"scanner, {state}", scan
    for code in ("scanner_program_missing", "scanner_denied"):
        scan = ScannerDialog(work.paths.scanned, Chosen("", Wish()), window)
        scan.show_failure(Failure(code, (("file", LONG),)))
        yield code, scan
    yield "export", ExportDialog(Batch.of(summary.id, work.paths), summary, parent=window)


def _events() -> Iterator[Event]:
    """One of everything that can happen, to a page whose file and person have long names."""
    codes = (code for code in table_of("journal") if code != "receipt")  # a frame for the others
    for number, code in enumerate(codes):
        what, _, detail = code.partition(".")
        yield Event(number, 1, 1, 2, f"{LONG}/{LONG}", number % 3, "2026-11-26T10:00:00+00:00", what, detail, LONG)


# The places to walk over ------------------------------------------------------------------------------


def wait(condition: Callable[[], bool], patience_ms: int = 30_000) -> None:
    """Let the program live until something is so. Raises TimeoutError."""
    loop, look, late = QEventLoop(), QTimer(), QTimer()
    look.timeout.connect(lambda: loop.quit() if condition() else None)
    late.setSingleShot(True)
    late.timeout.connect(lambda: loop.exit(1))
    look.start(10)
    late.start(patience_ms)
    if not condition() and loop.exec():
        raise TimeoutError


def places(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """The window over a good, a doubtful and a failed receipt, and every dialog, each shown."""
    desk, viewer = window.workplace.review, window.viewer
    for receipt in desk.sheet.ids():
        desk.bring_to_front(receipt, "merchant")
        wait(lambda: viewer.canvas.scene is not None or viewer.notice.failure is not None)
        QTest.qWait(150)  # what lies over the page finds its place
        yield f"window, {desk.sheet.state(receipt)}", window
    for name, dialog in dialogs(window):
        dialog.show()
        QApplication.processEvents()
        yield name, dialog
        dialog.close()
    opening = OpeningWindow()
    opening.show()
    opening.say_checking()
    QApplication.processEvents()
    yield "opening", opening
    opening.end()
    manual = ManualWindow()
    manual.show()
    QApplication.processEvents()
    yield "manual", manual
    manual.close()
    window.actions_.narrow.setChecked(True)
    QTest.qWait(60)
    yield "narrow", window
    window.actions_.narrow.setChecked(False)
    window.actions_.summary.trigger()
    QTest.qWait(200)
    yield "summary", window
    window.actions_.summary.trigger()
    window.notice.show_failure(Failure("disk_full", (("detail", LONG),)), window.workplace.controller.resume)
    QApplication.processEvents()
    yield "notice", window
    window.notice.take_back("disk_full")


def _after_settling(place: QWidget) -> list[str]:
    """What is still cut off when layouts that were asked for had their turn."""
    with suppress(TimeoutError):
        wait(lambda: not cut_off(place), 1000)
    return cut_off(place)


def main() -> None:
    """Say what is cut off."""
    app = QApplication(sys.argv[:1])
    tokens.apply(app)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        paths = Paths(home / "config", home / "data", home / "cache", home / "logs").make()
        fill(paths)
        window = MainWindow(Workplace(paths, Settings(workers=1)))
        window.show()
        window.workplace.start()
        wait(lambda: len(window.workplace.review.sheet.ids()) == 4)
        for language in ("en", "zh"):
            speak(app, "zh" if language == "zh" else "en")
            for size in SIZES:
                window.resize(size)
                QApplication.processEvents()
                for name, place in places(window):
                    for told in _after_settling(place):
                        if size.width() >= 1280 or "Panes" not in told:  # below, panes are folded
                            print(f"{language} {size.width()} {name}: {told}", flush=True)
        window.close()
        window.workplace.end()


if __name__ == "__main__":
    main()
