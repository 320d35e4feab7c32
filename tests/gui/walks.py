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

from PySide6.QtCore import QEventLoop, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QStyle,
    QStyleOptionHeader,
    QTabBar,
    QWidget,
)

from paddlescan.document import SourceFile
from paddlescan.errors import Failure
from paddlescan.export.csv_export import write_csv
from paddlescan.gui import tokens
from paddlescan.gui.dialogs.about import AboutDialog
from paddlescan.gui.dialogs.batches import BatchesDialog, NameDialog
from paddlescan.gui.dialogs.duplicates import DuplicatesDialog
from paddlescan.gui.dialogs.password import PasswordDialog
from paddlescan.gui.dialogs.shortcuts import ShortcutSheet
from paddlescan.gui.dialogs.unsaved import UnsavedDialog
from paddlescan.gui.export.dialog import ExportDialog
from paddlescan.gui.export.orders import Batch
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.read_back.dialog import ReadBackDialog
from paddlescan.gui.read_back.job import Asked
from paddlescan.gui.review.replacing import ReplaceDialog
from paddlescan.gui.review.set_field import SetFieldDialog
from paddlescan.gui.running.intake_thread import Twice
from paddlescan.gui.settings.dialog import SettingsDialog
from paddlescan.gui.settings.jobs import Kept
from paddlescan.gui.settings.keeping import EraseQuestion
from paddlescan.gui.shared import speak
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.resources_dir import resource
from paddlescan.settings import Settings
from paddlescan.store import Store
from tests.unit.gui.receipts import Filled, read_receipt

SIZES = (QSize(1280, 720), QSize(900, 560))
PADDING = 3
"""So much of a button's height is air."""
ELIDES = ("OneLine", "ElidedLabel")
"""Labels that end in an ellipsis where there is no room, with the whole in their hint."""
SECTIONS = 5
"""Of the settings."""
LONG = "中国石油天然气股份有限公司北京销售分公司 — 三月份餐饮发票 0305.pdf"
"""The name of a file, longer than any sentence it stands in is glad of."""


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
    yield "unsaved", UnsavedDialog(window, 3, Failure("disk_full", (("detail", LONG),)))
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
    yield "export", ExportDialog(Batch.of(summary.id, work.paths), summary, parent=window)


# What can be reached and has no name ------------------------------------------------------------------


def reached(root: QWidget) -> list[QWidget]:
    """What Tab can reach, in its order, as far as it is shown."""
    found, widget = [], root
    while (widget := widget.nextInFocusChain()) is not root:
        if widget.window() is root and widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(widget)
    return found


def nameless(root: QWidget) -> list[str]:
    """What can be reached and a screen reader cannot name, or takes for nothing in particular."""
    told = []
    for widget in reached(root):
        seen = QAccessible.queryAccessibleInterface(widget)
        if widget.focusProxy() is not None or not widget.isEnabled():
            continue
        if not seen.text(QAccessible.Text.Name).strip() or seen.role() in (QAccessible.Role.NoRole,):
            told.append(path_of(widget))
    return told


# What is cut off --------------------------------------------------------------------------------------


def cut_off(root: QWidget) -> list[str]:
    """Words that have less room than they want, by where they are; and whatever lies outside its parent."""
    told = []
    for widget in (w for w in root.findChildren(QWidget) if w.isVisible()):
        wants = _wants(widget)
        if wants is not None and (wants.width() > widget.width() + 1 or wants.height() > widget.height() + PADDING):
            told.append(f"{path_of(widget)}: {_words(widget)!r} wants {wants.toTuple()}, has {widget.size().toTuple()}")
        elif wants is not None and not _in_sight(widget):
            told.append(f"{path_of(widget)}: {_words(widget)!r} sticks out")
        if isinstance(widget, QHeaderView):
            told += [f"{path_of(widget)}: column {words!r}" for words in _cut_columns(widget)]
    return told


def _after_settling(place: QWidget) -> list[str]:
    """What is still cut off when layouts that were asked for had their turn."""
    with suppress(TimeoutError):
        wait(lambda: not cut_off(place), 1000)
    return cut_off(place)


def _wants(widget: QWidget) -> QSize | None:
    """The least that shows all of its words; None for what has none."""
    if not _words(widget) or type(widget).__name__ in ELIDES:
        return None
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return QSize(0, widget.heightForWidth(widget.width()))
        return widget.sizeHint()
    if isinstance(widget, QAbstractButton | QComboBox | QTabBar):
        return widget.sizeHint()
    return None


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text() or widget.accessibleName()
    return widget.currentText() if isinstance(widget, QComboBox) else ""


def _in_sight(widget: QWidget) -> bool:
    """Whether it lies within its parents, or can be scrolled to."""
    area = QRect(widget.rect())
    parent = widget
    while (above := parent.parentWidget()) is not None and not parent.isWindow():
        area.moveTopLeft(parent.mapToParent(area.topLeft()))
        if above.objectName() == "qt_scrollarea_viewport":
            return True
        if not above.rect().adjusted(-PADDING, -PADDING, PADDING, PADDING).contains(area):
            return False
        parent = above
    return True


def _cut_columns(header: QHeaderView) -> list[str]:
    told, model = [], header.model()
    for at in range(header.count()) if model is not None else ():
        words = str(model.headerData(at, header.orientation()) or "")
        if header.isSectionHidden(at) or not words or header.orientation() != Qt.Orientation.Horizontal:
            continue
        option = QStyleOptionHeader()
        header.initStyleOption(option)
        option.text = words  # type: ignore[attr-defined] # the stub lacks it
        wants = header.style().sizeFromContents(QStyle.ContentsType.CT_HeaderSection, option, QSize(), header)
        if wants.width() > header.sectionSize(at) + 1:
            told.append(words)
    return told


def path_of(widget: QWidget) -> str:
    """Where a widget is: the classes from its window down to it."""
    names, at = [], widget
    while at is not None:
        names.append(type(at).__name__ + (f"#{at.objectName()}" if at.objectName() else ""))
        at = None if at.isWindow() else at.parentWidget()
    return " > ".join(reversed(names))


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
    window.actions_.narrow.setChecked(True)
    QTest.qWait(60)
    yield "narrow", window
    window.actions_.narrow.setChecked(False)
    window.actions_.summary.trigger()
    QTest.qWait(200)
    yield "summary", window
    window.actions_.summary.trigger()
    window.notice.show_failure(Failure("disk_full", (("detail", LONG),)))
    QApplication.processEvents()
    yield "notice", window
    window.notice.hide()


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
