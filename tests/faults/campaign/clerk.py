"""A person at the window, inside the window's process: does things, and writes down what the program said.

Called as `python -m tests.faults.campaign.clerk REPORT ORDERS`. ORDERS is JSON: `paths` to drop at the start, `seed`,
`deeds` (how many things to do; 0: only wait until all is read), `out` (folder of exports), `edits` (false: change
nothing of what was read), `script` (these deeds in their order), `linger` (stay until killed, in place of closing when
all is done). The program is the real one (`run_window`); the clerk uses its widgets and keys.

A line of the report is JSON, written in one piece; what was written before a kill -9 stays.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from paddlescan.document import PrepareOptions
from paddlescan.gui.app import run_window
from paddlescan.gui.export.dialog import ExportDialog
from paddlescan.gui.export.orders import ENDINGS
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.review.columns import COLUMNS
from paddlescan.gui.save_commands import SaveAcceptance, SaveEdit, SaveEdits, SetRemoved
from paddlescan.store import FieldEdit

NAMES = ("note", "buyer", "address")
"""Fields that no check asks for, so that all else in the export stays as it was."""
BEAT_MS = 25
EXPORT_DEEDS = ("export xlsx", "export pdf", "export rename", "export json", "export csv", "export report")
EVERYTHING = ("turn", "switch", "read_again", "rotate", "cell", "turn", "panel", "remove", "undo", *EXPORT_DEEDS)
"""A script in which everything is done that could touch an original."""


def facts(edit: FieldEdit) -> dict[str, Any]:
    """An edit as the history tells it."""
    return {
        "receipt": edit.receipt_id,
        "name": edit.name,
        "to": None if edit.after is None else edit.after.value,
        "as_read": edit.as_read,
    }


class Clerk(QObject):
    """Looks for the window, then does one thing after the other."""

    def __init__(self, report: Path, orders: dict[str, Any]) -> None:
        super().__init__()
        self._file = os.open(report, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._orders = orders
        self._chance = random.Random(orders["seed"])
        self._left = int(orders["deeds"])
        self._typed = 0
        self._window: MainWindow | None = None
        self._dialog: ExportDialog | None = None
        self._since = 0
        self._kind, self._opening = "", False
        self._exporting: dict[str, str] | None = None
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._look)
        self._beat.start()

    def tell(self, what: str, **more: Any) -> None:
        """A line of the report."""
        os.write(self._file, (json.dumps({"what": what, **more}) + "\n").encode())

    @Slot()
    def _look(self) -> None:
        if self._window is None:
            self._window = next((w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)), None)
            if self._window is not None:
                self._meet(self._window)
            return
        self._since += 1
        with suppress(RuntimeError):  # the window goes
            self._go_on(self._window)

    def _meet(self, window: MainWindow) -> None:
        self.tell("window")
        work = window.workplace
        work.writer.saved.connect(self._saved)
        work.writer.rejected.connect(self._rejected)
        work.controller.pages_added.connect(self._pages_added)
        work.controller.page_changed.connect(self._page_changed)
        work.controller.resumed.connect(self._resumed)
        work.controller.trouble.connect(self._trouble)
        window.closing.connect(self._closing)

    @Slot(int)
    def _pages_added(self, batch: int) -> None:
        self.tell("added", batch=batch)

    @Slot(int, str)
    def _page_changed(self, page: int, state: str) -> None:
        self.tell("page", page=page, state=state)

    @Slot(int)
    def _resumed(self, waiting: int) -> None:
        self.tell("resumed", waiting=waiting)

    @Slot(object)
    def _trouble(self, failure: Any) -> None:
        self.tell("trouble", code=failure.code)

    @Slot()
    def _closing(self) -> None:
        self.tell("closing")

    @Slot(object, object)
    def _saved(self, command: object, _answer: object) -> None:
        match command:
            case SaveEdit(edit):
                self.tell("saved", edits=[facts(edit)])
            case SaveEdits(edits):
                self.tell("saved", edits=[facts(edit) for edit in edits])
            case SetRemoved(receipts, removed):
                self.tell("removed", receipts=receipts, removed=removed)
            case SaveAcceptance(said):
                self.tell("accepted", receipt=said.receipt_id)

    @Slot(object, object)
    def _rejected(self, _command: object, failure: Any) -> None:
        self.tell("rejected", code=failure.code)

    def _go_on(self, window: MainWindow) -> None:
        work = window.workplace
        controller = work.controller
        pages = controller.pages.rowCount()
        if self._opening:
            return
        if self._dialog is not None:
            self._watch_export()
        elif self._left > 0 and work.review.sheet.ids():
            self._left -= 1
            self._deed(window)
        elif pages and not controller.waiting and not controller.drops.busy and self._left <= 0:
            if not work.writer.unsaved() and not self._orders.get("linger"):
                self.tell("close")
                self._beat.stop()
                window.close()
        elif not pages and self._since > 40 and not self._orders["paths"] and not controller.drops.busy:
            self.tell("empty")
            self._beat.stop()
            window.close()

    # what a clerk does

    def _deed(self, window: MainWindow) -> None:
        deeds = {"turn": 3, "export": 3, "settings": 1}
        if self._orders.get("edits", True):
            deeds |= {"cell": 5, "panel": 4, "remove": 2, "undo": 2, "accept": 1}
        name = self._chance.choices(list(deeds), list(deeds.values()))[0]
        if script := self._orders.get("script"):
            name = script[-1 - self._left]
        self.tell("deed", name=name)
        verb, _, self._kind = name.partition(" ")
        getattr(self, f"_{verb}")(window)

    def _text(self) -> str:
        self._typed += 1
        return f"typed {self._orders['seed']} {self._typed}"

    def _some_row(self, window: MainWindow) -> int | None:
        """A row of the table, in front."""
        table = window.table
        rows = table.review_model.rowCount()
        if not rows:
            return None
        row = self._chance.randrange(rows)
        table.setFocus()
        table.setCurrentIndex(table.review_model.index(row, COLUMNS.index("merchant")))
        return table.review_model.receipt_at(row)

    def _submitted(self, window: MainWindow, before: int) -> None:
        stack = window.workplace.undo_stack
        self.tell("steps", count=stack.count() - before)

    def _cell(self, window: MainWindow) -> None:
        """Type into a cell, and Return."""
        receipt = self._some_row(window)
        if receipt is None:
            return
        name = self._chance.choice([n for n in NAMES if n in COLUMNS] or ["note"])
        table, text = window.table, self._text()
        index = table.review_model.index_of(receipt, name)
        if not index.isValid() or table.isColumnHidden(index.column()):
            self._into(window, receipt, name, text)
            return
        table.setCurrentIndex(index)
        QTest.keyClick(table, Qt.Key.Key_F2)
        editor = table.viewport().findChild(QLineEdit)
        if editor is None:
            self._into(window, receipt, name, text)
            return
        self.tell("typed", receipt=receipt, name=name, to=text)
        editor.setText("")
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Return)

    def _panel(self, window: MainWindow) -> None:
        """Type into a field of the panel, and Return."""
        receipt = self._some_row(window)
        if receipt is not None:
            self._into(window, receipt, self._chance.choice(NAMES), self._text())

    def _into(self, window: MainWindow, receipt: int, name: str, text: str) -> None:
        """A field that the panel does not show is typed into by the desk, as the panel itself does."""
        self.tell("typed", receipt=receipt, name=name, to=text)
        editor = window.fields.editors.get(name)
        line = editor.findChild(QLineEdit) if editor is not None else None
        if isinstance(editor, QLineEdit):
            line = editor
        if window.fields.receipt == receipt and line is not None and line.isVisible():
            line.setFocus()
            line.selectAll()
            QTest.keyClicks(line, text)
            window.fields.commit()
        else:
            window.workplace.review.type_into(receipt, name, text)

    def _remove(self, window: MainWindow) -> None:
        """Take a row out, or put those back that were taken out."""
        sheet = window.workplace.review.sheet
        gone = [i for i in sheet.ids() if sheet.line(i).removed]
        if gone:
            self.tell("restoring", receipts=gone)
            window.workplace.review.restore(gone)
            return
        receipt = self._some_row(window)
        if receipt is not None:
            self.tell("removing", receipts=[receipt])
            QTest.keyClick(window.table, Qt.Key.Key_Delete)

    def _undo(self, window: MainWindow) -> None:
        stack, writer = window.workplace.undo_stack, window.workplace.writer
        before = writer.unsaved()
        if self._chance.random() < 0.7:
            stack.undo()
        else:
            stack.redo()
        old = {id(command) for command in before}
        asked = [one for one in writer.unsaved() if isinstance(one, SetRemoved) and id(one) not in old]
        self.tell("undone", receipts=[receipt for one in asked for receipt in one.receipt_ids])

    def _accept(self, window: MainWindow) -> None:
        receipt = self._some_row(window)
        if receipt is not None:
            self.tell("accepting", receipt=receipt)
            window.workplace.review.accept_checks(receipt)

    def _turn(self, window: MainWindow) -> None:
        """Turn to another page."""
        pages = window.workplace.controller.pages.pages()
        if pages:
            window.front.browse(self._chance.choice(pages).id)

    def _switch(self, window: MainWindow) -> None:
        """Move a switch of the page in front: its preview is made anew."""
        self._with_page(window, lambda page: replace(page.prepare, remove_seals=not page.prepare.remove_seals), False)

    def _read_again(self, window: MainWindow) -> None:
        self._with_page(window, lambda page: page.prepare, True)

    def _rotate(self, window: MainWindow) -> None:
        """Turn a page by a quarter, and read it so."""
        self._with_page(window, lambda page: replace(page.prepare, rotation_degrees=90), True)

    def _with_page(self, window: MainWindow, change: Callable[[Any], PrepareOptions], read: bool) -> None:
        page = self._chance.choice(window.workplace.controller.pages.pages())
        steps, after = window.workplace.steps, change(page)
        (steps.read_again if read else steps.switch)(page.id, page.prepare, after)

    def _settings(self, window: MainWindow) -> None:
        window.preferences.change(seal_strength=self._chance.randrange(40, 60))

    # exports

    def _export(self, window: MainWindow) -> None:
        if not self._orders.get("out"):
            return
        self._since, self._opening = 0, True
        window.asking.export()
        QTimer.singleShot(0, self._find_dialog)

    @Slot()
    def _find_dialog(self) -> None:
        window = self._window
        assert window is not None
        self._dialog = next((d for d in window.findChildren(ExportDialog) if d.isVisible()), None)
        if self._dialog is None and self._since < 2_000:
            QTimer.singleShot(10, self._find_dialog)
            return
        self._opening = False
        if self._dialog is None:
            self.tell("no dialog")
            return
        kind = self._chance.choice([one for one in ENDINGS if self._kind in ("", one)])
        dialog = self._dialog
        dialog.formats.setCurrentRow(list(ENDINGS).index(kind))
        place = Path(self._orders["out"]) / ("window-copies" if kind == "rename" else f"window{ENDINGS[kind]}")
        dialog.destination.line.setText(str(place))
        dialog.destination.changed.emit()
        dialog.writing.written.connect(self._written)
        self._exporting = {"kind": kind, "place": str(place)}
        self._since = 0

    @Slot(object)
    def _written(self, order: Any) -> None:
        self.tell("exported", kind=order.format, place=str(order.place))

    def _watch_export(self) -> None:
        dialog = self._dialog
        assert dialog is not None
        if self._since > 2_000:
            self.tell("gave up", line=dialog.writing.line.told.text())
        elif self._exporting is not None:
            if not dialog.go.isEnabled():
                return  # until the templates are listed
            self.tell("exporting", **self._exporting)
            self._exporting, self._since = None, 0
            dialog._write(overwrite=True)
            return
        elif dialog.writing.is_busy:
            return
        else:
            self.tell("ended", line=dialog.writing.line.told.text())
        self._dialog = self._exporting = None
        dialog.reject()


def main() -> int:
    """Show the window with a clerk in front of it."""
    report, orders = Path(sys.argv[1]), json.loads(sys.argv[2])
    _app = QApplication(sys.argv[:1])
    clerk = Clerk(report, orders)
    clerk.tell("start")
    status = run_window(orders["paths"])
    clerk.tell("end", status=status)
    return status


if __name__ == "__main__":
    sys.exit(main())
