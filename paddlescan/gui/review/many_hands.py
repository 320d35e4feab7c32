"""The clerk's hands for many rows of the table: fill down, set a field, find and replace, paste cells."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog

from paddlescan.gui.clipboard import on_clipboard
from paddlescan.gui.review.columns import COLUMNS, editable
from paddlescan.gui.review.labels import field_label, shown_value
from paddlescan.gui.review.many import Hit, Typed, alive, filled_down, pasted, set_in
from paddlescan.gui.review.table import ReviewTable
from paddlescan.gui.review.table_columns import shown_columns


class ManyHands(QObject):
    """Works on the rows selected in a table; each thing it does is one step to undo."""

    remark = Signal(str)
    """What was done, or why nothing was, in passing."""

    def __init__(self, table: ReviewTable) -> None:
        super().__init__(table)
        self._table, self._desk = table, table.desk

    # what it works on

    def chosen(self) -> list[int]:
        """The selected rows that are not taken out, in their order; without any, the one in front."""
        front = self._desk.front
        ids = self._table.selected_ids() or ((front[0],) if front is not None else ())
        return alive(self._desk.sheet, ids)

    def field_in_front(self) -> str | None:
        """The field of the current column; None where that takes no typing."""
        index = self._table.currentIndex()
        name = self._desk.front[1] if self._desk.front is not None else ""
        if index.isValid() and not self._table.isColumnHidden(index.column()):
            chosen = COLUMNS[index.column()]
            name = chosen if editable(chosen) or self._table.hasFocus() else name
        return name if editable(name) else None

    # what it does

    @Slot()
    def fill_down(self) -> None:
        """The current field of the first selected row for all of them; of a single one, from the row above it."""
        self._desk.typing_ends.emit()
        ids, name = self.chosen(), self.field_in_front()
        if name is None:
            self.remark.emit(self.tr("Go to the column that is to be filled, then fill down"))
            return
        if len(ids) == 1:
            ids = [*self._row_above(ids[0]), *ids]
        if len(ids) < 2:
            self.remark.emit(self.tr("Select the rows to fill: the first one fills the others"))
            return
        value = self._desk.sheet.text(ids[0], name)
        self._type(filled_down(self._desk.sheet, ids, name), self.tr("filling down"), name, value)

    def set_field(self, receipt_ids: Sequence[int], name: str, text: str) -> None:
        """The same text for a field of these rows."""
        self._type(set_in(self._desk.sheet, receipt_ids, name, text), self.tr("setting of a field"), name, text)

    @Slot(str)
    def set_category(self, category: str) -> None:
        """A category for the selected rows."""
        self._desk.typing_ends.emit()
        self.set_field(self.chosen(), "category", category)

    def replace(self, found: Sequence[Hit]) -> None:
        """Each of these fields gets its new text."""
        changed = self._desk.type_many((hit.typed for hit in found), self.tr("replacement of a text"))
        self.remark.emit(self.tr("%n field(s) replaced · Ctrl+Z takes it back", None, changed))

    @Slot()
    def paste_cells(self) -> bool:
        """Lay cells of a spreadsheet over the table, from the current cell on. False where there are none."""
        text = on_clipboard().text()
        index = self._table.currentIndex()
        if not text.strip() or not index.isValid() or not self._table.hasFocus():
            return False
        names = shown_columns(self._table.horizontalHeader())
        name = COLUMNS[index.column()]
        names = names[names.index(name) :] if name in names else names
        below = self._table.review_model.shown()[index.row() :]
        laid = pasted(self._desk.sheet, below, names, text, self.chosen())
        changed = self._desk.type_many(laid.typed, self.tr("pasting of cells"))
        said = self.tr("%n cell(s) pasted · Ctrl+Z takes it back", None, changed)
        if laid.left_over:
            left_over = self.tr("%n line(s) found no row", None, laid.left_over)
            said = f"{said} · {left_over}"
        self.remark.emit(said)
        return True

    # what it asks

    @Slot()
    def ask_set_field(self) -> None:
        """Ask which field of the selected rows gets which value."""
        from paddlescan.gui.review.set_field import SetFieldDialog

        self._desk.typing_ends.emit()
        ids = self.chosen()
        if not ids:
            self.remark.emit(self.tr("Select the rows whose field is to be set"))
            return
        dialog = SetFieldDialog(self._desk.sheet, ids, self.field_in_front() or "category", self._table.window())
        dialog.answered.connect(self.set_field)
        _open(dialog)

    @Slot()
    def ask_replace(self) -> None:
        """Ask which text becomes which."""
        from paddlescan.gui.review.replacing import ReplaceDialog

        self._desk.typing_ends.emit()
        shown = alive(self._desk.sheet, self._table.review_model.shown())
        ids = alive(self._desk.sheet, self._table.selected_ids())
        dialog = ReplaceDialog(self._desk.sheet, ids if len(ids) > 1 else [], shown, self._table.window())
        dialog.answered.connect(self.replace)
        _open(dialog)

    # under the hood

    def _row_above(self, receipt_id: int) -> list[int]:
        shown = alive(self._desk.sheet, self._table.review_model.shown())
        place = shown.index(receipt_id) if receipt_id in shown else 0
        return shown[place - 1 : place] if place else []

    def _type(self, typed: Sequence[Typed], words: str, name: str, value: str) -> None:
        changed = self._desk.type_many(typed, words)
        said = shown_value(name, value) or self.tr("empty")
        where = self.tr("%n row(s)", None, changed)
        done = self.tr("{field} of {rows}: {value} · Ctrl+Z takes it back")
        nothing = self.tr("Nothing to change: {field} is {value} in all of these rows")
        self.remark.emit((done if changed else nothing).format(field=field_label(name), rows=where, value=said))


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
