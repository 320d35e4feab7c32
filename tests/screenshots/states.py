"""The states that are taken, from the empty window to the reviewed batch; each goes on from the one before."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import cv2
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from paddlescan.gui.dialogs.details import DetailsDialog
from paddlescan.gui.dialogs.shortcuts import ShortcutSheet
from paddlescan.gui.dialogs.support import SupportDialog
from paddlescan.gui.export.dialog import ExportDialog
from paddlescan.gui.export.orders import Batch
from paddlescan.gui.export.panes import Remembered
from paddlescan.gui.review.replacing import ReplaceDialog
from paddlescan.gui.scanner.dialog import ScannerDialog
from paddlescan.gui.settings.dialog import SettingsDialog
from paddlescan.resources_dir import resource
from tests.samples.sheets import sheet as drawn_sheet
from tests.screenshots import page
from tests.screenshots.studio import Studio, state

DAMAGED = "餐饮-0305.jpg"
"""A file whose copy was broken off: the failed page."""
SHEET, SHEET_SEED = "票据粘贴单.jpg", 1007


@state()
def empty(studio: Studio) -> Iterator[QWidget]:
    """Nothing yet: what to do."""
    yield studio.window


@state()
def dropping(studio: Studio) -> Iterator[QWidget]:
    """Files are dragged over the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(file) for file in studio.window.workplace.samples()])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enters = QDragEnterEvent(QPoint(400, 300), Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(studio.window, enters)
    yield studio.window
    QApplication.sendEvent(studio.window, QDragLeaveEvent())


@state()
def reading(studio: Studio) -> Iterator[QWidget]:
    """Half of the batch is read."""
    samples, counts = studio.window.workplace.samples(), studio.controller.pages
    folder = studio.folder
    own = (page.draw(folder), samples[2], _sheet_of_tickets(folder), _damaged(folder))
    studio.controller.begin_batch("March", [*samples[:2], *own, *samples[3:]])
    studio.wait(lambda: counts.counts["done"] + counts.counts["needs_review"] >= 4)
    yield studio.window


@state(dark=True, narrow=True)
def review(studio: Studio) -> Iterator[QWidget]:
    """The total of an invoice does not add up: its place on the page, its field, what helps."""
    window, desk = studio.window, studio.window.workplace.review
    studio.wait(studio.all_read)
    doubtful = next(i for i in desk.sheet.ids() if desk.sheet.row(i).source == page.NAME)
    for _ in desk.sheet.ids():
        QTest.keyClick(window, Qt.Key.Key_F8)
        if desk.front == (doubtful, "total"):
            break
    else:
        studio.show(doubtful, "total")
    studio.wait(lambda: window.viewer.page_id == desk.sheet.row(doubtful).page_id)
    studio.wait(lambda: window.viewer.canvas.highlighted is not None)
    yield window


@state()
def doubtful(studio: Studio) -> Iterator[QWidget]:
    """Only those to check."""
    studio.window.toolbar.choose("needs_review")
    yield studio.window
    studio.window.toolbar.choose("all")


@state()
def failed(studio: Studio) -> Iterator[QWidget]:
    """A file that cannot be read says why and what to do, in its row."""
    sheet = studio.window.workplace.review.sheet
    studio.show(next(i for i in sheet.ids() if sheet.state(i) == "failed"))
    yield studio.window


@state()
def summary(studio: Studio) -> Iterator[QWidget]:
    """What the batch comes to, and the rows of one of its bars."""
    window = studio.window
    window.actions_.summary.trigger()
    QTest.mouseClick(window.summary.categories.bars[0], Qt.MouseButton.LeftButton)
    yield window
    QTest.mouseClick(window.summary.categories.bars[0], Qt.MouseButton.LeftButton)
    window.actions_.summary.trigger()


@state()
def filtered(studio: Studio) -> Iterator[QWidget]:
    """The rows of a quarter above an amount, by the filter bar."""
    window, rows = studio.window, studio.window.workplace.review.sheet
    studio.show(next(i for i in rows.ids() if rows.row(i).source == page.NAME))
    window.actions_.narrow.trigger()
    window.filter.lines["first"].setText("2026-03")
    window.filter.lines["last"].setText("2026-05")
    window.filter.lines["lowest"].setText("30")
    window.filter.apply()
    yield window
    QTest.keyClick(window.filter.lines["merchant"], Qt.Key.Key_Escape)


@state()
def replacing(studio: Studio) -> Iterator[QWidget]:
    """Find and replace, with what will change."""
    studio.window.actions_.replace.trigger()
    dialog = next(each for each in studio.window.findChildren(ReplaceDialog) if each.isVisible())
    dialog.find_line.setText("(")
    dialog.put_line.setText("（")
    yield dialog
    dialog.close()


@state()
def sheet(studio: Studio) -> Iterator[QWidget]:
    """Several tickets on one page, each a row."""
    studio.show(_second_ticket(studio))
    studio.window.viewer.canvas.fit()
    yield studio.window


@state()
def seen(studio: Studio) -> Iterator[QWidget]:
    """A receipt that was there before."""
    rows = studio.window.workplace.review.sheet
    studio.show(next(i for i in rows.ids() if rows.row(i).same_as and rows.text(i, "merchant")))
    yield studio.window


def _export_dialog(studio: Studio, **last: str) -> ExportDialog:
    work = studio.window.workplace
    assert work.review.sheet.batch is not None
    summary = work.review.sheet.summary_of(work.review.sheet.batch)
    batch = Batch.of(summary.id, work.paths, work.passwords)
    chosen = Remembered(folder=tempfile.gettempdir(), **last)  # the home of whoever takes it is nobody's business
    dialog = ExportDialog(batch, summary, work.writer, chosen, None, studio.window)
    dialog.show()
    studio.wait(lambda: bool(dialog.heading.text()))
    return dialog


@state()
def export(studio: Studio) -> Iterator[QWidget]:
    """Handing in: the workbook that an office wants."""
    dialog = _export_dialog(studio, template="reimbursement")
    yield dialog
    dialog.close()


@state()
def export_columns(studio: Studio) -> Iterator[QWidget]:
    """A template is changed."""
    dialog = _export_dialog(studio, template="expenses")
    dialog.options.edit.click()
    yield dialog
    dialog.close()


@state()
def export_pdf(studio: Studio) -> Iterator[QWidget]:
    """What the pages of a PDF will look like."""
    dialog = _export_dialog(studio, format="pdf")
    studio.wait(lambda: len(dialog.preview.pages.findChildren(QLabel)) >= 2)
    yield dialog
    dialog.close()


@state()
def export_copies(studio: Studio) -> Iterator[QWidget]:
    """Copies under new names: the dry run."""
    dialog = _export_dialog(studio, format="rename")
    yield dialog
    dialog.close()


@state()
def settings(studio: Studio) -> Iterator[QWidget]:
    """What a person may choose."""
    dialog = SettingsDialog(studio.window, studio.window.preferences, studio.window.workplace)
    dialog.show()
    yield dialog
    dialog.close()


@state()
def shortcuts(studio: Studio) -> Iterator[QWidget]:
    """Every key."""
    sheet = ShortcutSheet(studio.window, studio.window.actions_, studio.window.viewer.verbs.all)
    sheet.show()
    yield sheet
    sheet.close()


@state(dark=True)
def details(studio: Studio) -> Iterator[QWidget]:
    """What happened to the page that failed."""
    pages = studio.controller.pages
    failed = next(row for row in map(pages.row_at, range(pages.rowCount())) if row.state == "failed")
    studio.window.front.browse(failed.id)
    studio.window.actions_.details.trigger()
    (dialog,) = studio.window.findChildren(DetailsDialog)
    studio.wait(lambda: dialog.model.rowCount() > 0)
    yield dialog
    dialog.of_batch.click()
    dialog.usual.click()
    studio.wait(lambda: dialog.model.rowCount() > 10)
    dialog.close()


@state()
def scanner(studio: Studio) -> Iterator[QWidget]:
    """A scanner is ready: that of libsane's tests, and no other is looked for."""
    if shutil.which("scanimage") is None:
        return
    sane = studio.folder / "sane"
    sane.mkdir()
    (sane / "dll.conf").write_text("test\n")
    (sane / "test.conf").write_text("number_of_devices 1\nmode Gray\ndepth 8\n")
    os.environ["SANE_CONFIG_DIR"] = str(sane)
    studio.window.actions_.scan_pages.trigger()
    (dialog,) = studio.window.findChildren(ScannerDialog)
    studio.wait(dialog.scan.isEnabled)
    yield dialog
    dialog.close()
    del os.environ["SANE_CONFIG_DIR"]


@state()
def support(studio: Studio) -> Iterator[QWidget]:
    """What a support file holds."""
    dialog = SupportDialog(studio.window)
    dialog.show()
    yield dialog
    dialog.close()


@state()
def by_hand(studio: Studio) -> Iterator[QWidget]:
    """Receipts are drawn on their page."""
    studio.show(_second_ticket(studio))
    canvas = studio.window.viewer.canvas
    studio.window.actions_.draw_receipts.trigger()
    drawn = canvas.outlines
    assert drawn is not None
    canvas.draw_outlines(drawn.choose(1, 2))
    yield studio.window


def _second_ticket(studio: Studio) -> int:
    rows = studio.window.workplace.review.sheet
    return next(i for i in rows.ids() if rows.row(i).source == SHEET and rows.row(i).number == 2)


def _damaged(folder: Path) -> str:
    file = folder / DAMAGED
    whole = resource("samples", "cafe.jpg").read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    return str(file)


def _sheet_of_tickets(folder: Path) -> str:
    file = folder / SHEET
    cv2.imencode(".jpg", drawn_sheet(SHEET_SEED).pixels, [cv2.IMWRITE_JPEG_QUALITY, 88])[1].tofile(file)
    return str(file)
