"""The form of the fields panel: which fields are shown, how each looks, and the evidence under the one in front."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from paddlescan.document import FIELD_NAMES, Field, Quad
from paddlescan.extraction.typed import Around
from paddlescan.gui.review import choices
from paddlescan.gui.review.choices import Memory
from paddlescan.gui.review.evidence import Evidence, Shown, State
from paddlescan.gui.review.field_editor import FieldEditor
from paddlescan.gui.review.field_row import FieldRow
from paddlescan.gui.review.labels import field_label, problem_sentence, shown_value
from paddlescan.gui.review.looks import Cell
from paddlescan.gui.review.rows import page_of
from paddlescan.gui.review.sheet import ReviewSheet
from paddlescan.words import together

_PITCH = 6

EXPECTED: frozenset[str] = frozenset({"merchant", "date", "total", "currency", "invoice_number", "category"})
"""Fields that are shown even where nothing was read."""

_FIRST: tuple[tuple[str, ...], ...] = (
    ("merchant",),
    ("date",),
    ("invoice_number",),
    ("total", "currency"),
    ("subtotal",),
    ("tax",),
    ("category",),
)
_ROWS = (*_FIRST, *((name,) for name in FIELD_NAMES if all(name not in row for row in _FIRST)))


@dataclass(frozen=True, slots=True)
class Arrival:
    """What stood under a field when it came to the front."""

    front: Cell
    field: Field | None
    looked_at: bool
    choices: bool


CutoutKey = tuple[int, Quad]
"""Page id and place: what a cut-out is asked for and comes back with."""


class FieldForm(QWidget):
    """A row a field. Shows what it is told to and keeps nothing but what is being typed."""

    cutout_wanted = Signal(int, object)
    """Page id, Quad."""
    list_offered = Signal(bool)
    """Whether the field in front has a list of earlier values, where nothing stands under it that says so."""

    def __init__(self, sheet: ReviewSheet, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet, self._memory = sheet, memory
        self._listing: Cell | None = None
        self.contradicted = False
        """Whether a failed check speaks against the field in front: its sentence stands in the evidence."""
        self.copy = False
        """Whether that check is that the receipt was seen before."""
        self._receipt: int | None = None
        self._front: Cell | None = None
        self._added: set[str] = set()
        self._wanted: CutoutKey | None = None
        self._arrival: Arrival | None = None
        self._height: int | None = None
        """Of the evidence before the clerk worked on the field in front; None: nothing was done yet."""
        self.rows = [FieldRow(*names) for names in _ROWS]
        self.editors: dict[str, FieldEditor] = {}
        for row in self.rows:
            self.editors.update(row.editors)
        self.evidence = Evidence(self)
        self.evidence.hide()
        self.add_button = QPushButton()
        self.add_button.clicked.connect(self._show_add_menu)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_PITCH)
        for row in self.rows:
            self._column.addWidget(row)
        self._column.addStretch(1)  # no row is given more than it asks for

    def hold_checks(self, checks: QWidget) -> None:
        """Put the checks under the amounts they speak of, above the fields that are seldom looked at."""
        self._column.insertWidget(len(_FIRST), checks)

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.add_button.setText(self.tr("Add field"))
        for row in self.rows:
            row.retranslate()

    def show_cutout(self, key: object, image: QImage) -> bool:
        """A piece of the page has come; False if it is not wanted any more."""
        if key == self._wanted:
            self.evidence.cutout.show_image(image)
        return key == self._wanted

    def show_receipt(self, receipt_id: int | None, front: Cell | None) -> None:
        """Show the fields of a receipt as they are now, and the evidence of the one in front."""
        if receipt_id != self._receipt:
            self._added.clear()
        if front != self._front:
            self._listing = None
        self._receipt, self._front = receipt_id, front
        self._show_fields()

    def _show_fields(self) -> None:
        receipt_id, sheet = self._receipt, self._sheet
        self.add_button.setVisible(receipt_id is not None)
        if receipt_id is None or receipt_id not in sheet:
            for row in self.rows:
                row.hide()
            self.evidence.hide()
            self.list_offered.emit(False)
            return
        stored = sheet.row(receipt_id)
        for row in self.rows:
            notes: list[str] = []
            for name, editor in row.editors.items():
                field = stored.values.get(name)
                problem = sheet.problem(receipt_id, name)
                doubtful = bool(field and (field.doubtful or problem))
                editor.show_value(receipt_id, shown_value(name, field.value) if field else "", doubtful)
                editor.setReadOnly(stored.removed)
                if problem:
                    notes.append(problem_sentence(problem))
                elif sheet.saving(receipt_id, name) == "failed":
                    notes.append(self.tr("Not saved yet"))
            row.show_note(together(*notes))
            row.setVisible(any(n in EXPECTED or n in stored.values or n in self._added for n in row.editors))
        self._show_evidence()

    def show_typing(self, name: str) -> None:
        """The clerk types into the field in front: what may become of it stands under it."""
        if self._front is not None and self._front[1] == name:
            self._listing = None
            self._show_evidence()

    def show_list(self) -> None:
        """Open the list of everything that may be chosen for the field in front, or close it."""
        self._listing = self._front if self._listing is None else None
        self._show_evidence()

    def _show_evidence(self) -> None:
        front = self._front
        for editor in self.editors.values():
            editor.choosing = False
        row = next((r for r in self.rows if front and front[1] in r.editors), None)
        shown = self._shown(front) if front and row and front[0] == self._receipt else Shown()
        field = self._sheet.field(*front) if front and row and front[0] == self._receipt else None
        looked_at = field is not None and (field.doubtful or bool(field.candidates))
        shown, looked_at = self._as_it_came(front, field, shown, looked_at)
        nothing = front is None or row is None or not (looked_at or not shown.empty)
        self.list_offered.emit(nothing and shown.listed)
        if front is None or row is None or nothing:
            self.evidence.hide()
            self._want_cutout(None)
            return
        row.hold(self.evidence)
        self.evidence.show_what(shown)
        self.editors[front[1]].choosing = bool(shown.choices) and (shown.state == "typing" or self._listing == front)
        self._want_cutout(self._place_of(front[0], field) if looked_at else None)
        self.evidence.show()

    def _as_it_came(self, front: Cell | None, field: Field | None, shown: Shown, looked_at: bool) -> tuple[Shown, bool]:
        """The same, without what would push the fields below down because of an edit: a click may be on its way there.

        The text that was read comes among the choices when the field is in front the next time.
        """
        came, typing = self._arrival, shown.state == "typing"
        edited = came is not None and came.front == front and field != came.field
        edited = edited and field is not None and field.origin == "user"
        if front is not None and not typing and not edited:
            self._arrival = Arrival(front, field, looked_at, bool(shown.choices))
            self._height = None
        elif self._height is None:
            self._height = self.evidence.height() if self.evidence.isVisible() else 0
        self.evidence.setMinimumHeight(self._height or 0)
        if came is None or not edited or shown.state != "sure" or self._listing == front:
            return shown, looked_at  # of what cannot be right the choices are the way out
        return shown if came.choices else replace(shown, choices=()), looked_at and came.looked_at

    def _place_of(self, receipt_id: int, field: Field | None) -> CutoutKey | None:
        """Where a field was read, if it stands on a page."""
        page_id = page_of(self._sheet.row(receipt_id), field)
        return None if field is None or field.quad is None or page_id is None else (page_id, field.quad)

    def _shown(self, front: Cell) -> Shown:
        """What stands under a field of the receipt that is shown."""
        receipt_id, name = front
        field, memory = self._sheet.field(receipt_id, name), self._memory
        editor = self.editors[name]
        listed = editor.hasFocus() and name in choices.REMEMBERED and bool(choices.listed(name, memory))
        typed = editor.typed

        def around() -> Around:
            return self._sheet.around(receipt_id)

        if typed is not None:
            fitting = choices.fitting(name, typed, memory, around)
            meaning = choices.meaning(name, typed, around)
            return Shown(fitting, "typing", listed, self.contradicted, self.copy, meaning)
        doubtful = field is not None and field.doubtful
        state: State = "sure" if not doubtful else "doubtful" if field and field.value else "missing"
        if self._sheet.problem(receipt_id, name):
            state = "impossible"
        found = choices.every(name, memory) if self._listing == front else ()
        offered = choices.offered(name, self._sheet.row(receipt_id).values, memory, around)
        if offered and offered[0].kind == "learned" and doubtful:
            offered = choices.everywhere(offered, len(self.read_alike(name, offered[0].value)))
        return Shown(found or offered, state, listed, self.contradicted, self.copy)

    def read_alike(self, name: str, value: str) -> tuple[int, ...]:
        """The receipts on which a value is offered that a person gave to the same text before."""
        lines = (line for line in self._sheet.lines(self._sheet.ids()) if name in line.doubtful and not line.removed)
        return tuple(line.receipt_id for line in lines if self._memory.learned(name, line.value(name)) == value)

    def _want_cutout(self, wanted: CutoutKey | None) -> None:
        """Take another picture's place; what is not wanted any more is never left standing."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.evidence.cutout.show_image(QImage())
            if wanted is not None:
                self.cutout_wanted.emit(*wanted)

    @Slot()
    def _show_add_menu(self) -> None:
        self.add_menu().popup(self.add_button.mapToGlobal(QPoint(0, self.add_button.height())))

    def add_menu(self) -> QMenu:
        """The fields that are not shown yet; it goes when it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for row in self.rows:
            if row.isHidden():
                for name in row.editors:
                    menu.addAction(field_label(name)).setData(name)
        menu.triggered.connect(self._add_chosen)
        return menu

    @Slot(QAction)
    def _add_chosen(self, action: QAction) -> None:
        name = str(action.data())
        self._added.add(name)
        self._show_fields()
        self.editors[name].setFocus(Qt.FocusReason.OtherFocusReason)
