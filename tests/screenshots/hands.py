"""States in the midst of work: text is taken, a correction is offered again, an edited table comes back."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from paddlescan.export.csv_export import write_csv
from paddlescan.gui.read_back.dialog import ReadBackDialog
from paddlescan.pipeline.keeping import open_store
from tests.screenshots import page
from tests.screenshots.states import SHEET
from tests.screenshots.studio import Studio, state

EDITED = "March.csv"
TEACHES, LEARNS = "HARBOUR LANE COFFEE SDN BHD", "Harbour Lane Coffee"
"""A merchant that is corrected on one receipt; it stands on a ticket of the sheet, too."""


@state()
def taking(studio: Studio) -> Iterator[QWidget]:
    """A band is drawn around the text that is wanted in the field in front."""
    window, rows = studio.window, studio.window.workplace.review.sheet
    studio.show(next(i for i in rows.ids() if rows.row(i).source == page.NAME), "total")
    canvas = window.viewer.canvas
    canvas.set_divider(0.0)
    window.actions_.take_text.trigger()
    assert canvas.scene is not None
    line = next(line for line in canvas.scene.lines if "108.00" in line.text)
    for _ in range(4):
        window.viewer.verbs.zoom_in.trigger()
    canvas.bring_into_sight(line.quad)
    (a, b), _, (c, d), _ = canvas.quad_in_widget(line.quad, after=True)
    start, end = QPoint(round(a) - 6, round(b) - 6), QPoint(round(c) + 6, round(d) + 6)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for step in range(1, 6):
        QTest.mouseMove(canvas, start + (end - start) * step / 5)
    yield window
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    canvas.set_divider(0.5)


@state()
def offered(studio: Studio) -> Iterator[QWidget]:
    """A merchant that was corrected once is offered where the same is read again."""
    window, desk = studio.window, studio.window.workplace.review
    alike = [i for i in desk.sheet.ids() if desk.sheet.text(i, "merchant") == TEACHES]
    first = next(i for i in alike if desk.sheet.row(i).source != SHEET)
    again = next(i for i in alike if desk.sheet.row(i).source == SHEET)
    desk.type_into(first, "merchant", LEARNS)
    studio.wait(lambda: not window.workplace.writer.unsaved())
    studio.show(again, "merchant")
    yield window
    window.workplace.undo_stack.undo()


@state()
def read_back(studio: Studio) -> Iterator[QWidget]:
    """A table that was edited elsewhere, before its changes are taken."""
    window, batch = studio.window, studio.window.workplace.review.sheet.batch
    assert batch is not None
    file = studio.folder / EDITED
    store = open_store(window.workplace.paths.store)
    write_csv(store.export_rows(batch), file, True)
    store.close()
    rows = list(csv.DictReader(file.open(encoding="utf-8-sig", newline="")))
    rows[0]["Total"], rows[0]["Category"], rows[1]["Date"] = "42.4", "Training", "2026-05-12"
    rows[2]["Total"], rows[2]["Invoice number"] = "108", "8.7654E+07"
    rows.append(rows[3] | {"File": "elsewhere.pdf"})
    with file.open("w", encoding="utf-8", newline="") as out:
        sheet = csv.DictWriter(out, list(rows[0]))
        sheet.writeheader()
        sheet.writerows(rows)
    _drop(window, str(file))
    found: list[ReadBackDialog] = []

    def compared() -> bool:
        found[:] = [each for each in window.findChildren(ReadBackDialog) if each.isVisible()]
        return bool(found) and found[0].changes.model() is not None and found[0].changes.model().rowCount() > 0

    studio.wait(compared)
    yield found[0]
    found[0].reject()


def _drop(window: QWidget, file: str) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(file)])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(400, 300), Qt.DropAction.CopyAction, mime, buttons, keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, mime, buttons, keys))
