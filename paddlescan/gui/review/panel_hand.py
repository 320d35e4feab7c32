"""What the clerk's hand does in the fields panel: keys and buttons become edits of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from paddlescan.gui.review.checks_view import REPAIR_KEYS
from paddlescan.gui.review.labels import field_label

if TYPE_CHECKING:
    from paddlescan.gui.review.fields_panel import FieldsPanel


class PanelHand(QObject):
    """Part of the panel."""

    def __init__(self, panel: FieldsPanel) -> None:
        super().__init__(panel)
        self._panel, self._desk, self._editors = panel, panel.desk, panel.editors
        self._since_enter = QElapsedTimer()
        self._connect_editors()
        desk = self._desk
        desk.look_taken.connect(self._take_focus)
        desk.came_back.connect(self._follow)
        panel.strip.clicked.connect(self._strip_clicked)
        panel.form.evidence.chosen.connect(self._choose)
        panel.form.evidence.readings.chosen_everywhere.connect(self._take_everywhere)
        # a button's own shortcut waits 0.1 s
        QShortcut(QKeySequence(REPAIR_KEYS), panel).activated.connect(self._press_repair)
        for checks in (panel.form.evidence.checks, panel.checks):
            checks.repair_wanted.connect(self._repair)
            checks.accept_wanted.connect(self._accept_checks)
            checks.first_wanted.connect(self._show_first)
            checks.different_wanted.connect(self._is_different)
            checks.focus_left.connect(self.take_focus_back)

    def _connect_editors(self) -> None:
        for editor in self._editors.values():
            editor.accepted.connect(self._accept)
            editor.next_wanted.connect(self._go_on)
            editor.entered.connect(self._entered)
            editor.left.connect(self._keep)
            editor.typing.connect(self._panel.form.show_typing)
            editor.choice_wanted.connect(self._take_choice)
            editor.list_wanted.connect(self._open_list)
            editor.step_wanted.connect(self._step)
            editor.undo_wanted.connect(self._desk.undo_stack.undo)
            editor.redo_wanted.connect(self._desk.undo_stack.redo)
            editor.removal_wanted.connect(self._remove)

    def keep_all(self) -> None:
        """Keep whatever is being typed."""
        for name in self._editors:
            self._keep(name)

    @Slot()
    def take_focus_back(self) -> None:
        """A button that was pressed goes: the focus goes to the field in front, at its end, so that a key too many
        replaces nothing; to the panel itself where no field is in front."""
        front, panel = self._desk.front, self._panel
        editor = self._editors.get(front[1]) if front is not None and front[0] == panel.receipt else None
        if editor is None or not editor.isVisible():
            panel.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
            editor.end(False)

    # where the caret goes

    @Slot(int, str)
    def _take_focus(self, receipt_id: int, name: str) -> None:
        """F8: the caret goes into the field, so that Enter accepts and typing replaces."""
        if receipt_id == self._panel.receipt and name in self._editors and self._panel.isVisible():
            self._panel.show_front(receipt_id, name)
            self._editors[name].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._editors[name].selectAll()

    @Slot(int, str)
    def _follow(self, receipt_id: int, name: str) -> None:
        """Undo: a caret that was in a field goes with what is shown, or the next key would land in another one."""
        if any(editor.hasFocus() for editor in self._editors.values()):
            self._take_focus(receipt_id, name)

    @Slot(str)
    def _entered(self, name: str) -> None:
        if self._panel.receipt is not None:
            self._desk.bring_to_front(self._panel.receipt, name)
            self._desk.in_hand = self._desk.front
            self._panel.form.show_typing(name)

    @Slot()
    def _strip_clicked(self) -> None:
        self._desk.go_to_next_look()

    @Slot(str)
    def _go_on(self, name: str) -> None:
        self._keep(name)
        self._desk.go_to_next_look()

    @Slot()
    def _remove(self) -> None:
        """Take the row out; the caret stays in what comes to the front, at its end: a second press changes nothing."""
        if self._panel.receipt is not None:
            self._panel.removal_wanted.emit(self._panel.receipt)
            self._panel.catch_up()
            self.take_focus_back()

    # what is typed

    @Slot(str)
    def _keep(self, name: str) -> None:
        editor, receipt_id = self._editors[name], self._panel.receipt
        typed = editor.typed
        if typed is not None and receipt_id is not None:
            editor.kept()
            self._desk.type_into(receipt_id, name, typed)

    @Slot(str)
    def _accept(self, name: str) -> None:
        """Enter: take the choice on which the arrow keys stand, else what was typed, else what stands there. Where it
        stands under the total that the receipt was seen before, and only that: it is another one, and stays. The
        second half of a double Enter says nothing of a copy.

        What was typed and cannot be right is kept, and the caret stays, for the reason stands under the field now.
        """
        receipt_id, editor = self._panel.receipt, self._editors[name]
        double = self._since_enter.isValid() and self._since_enter.elapsed() < QApplication.doubleClickInterval()
        self._since_enter.restart()
        marked = self._panel.form.evidence.readings.marked if editor.choosing else None
        if receipt_id is None:
            return
        if marked is not None:
            self._take(name, marked.value)
            return
        new = editor.typed
        if new is None and name == "total" and self._panel.form.copy and self._desk.is_copy_alone(receipt_id):
            if not double:
                self._desk.accept_checks(receipt_id, seen_before=True)
                self._go_further(name)
            return
        editor.kept()
        self._desk.accept(receipt_id, name, new if new is not None else self._desk.sheet.text(receipt_id, name))
        if new is not None and self._desk.sheet.problem(receipt_id, name) is not None:
            self._panel.catch_up()  # the reason has its place now
            editor.selectAll()
            self._panel.bring_into_sight()
            return
        self._go_further(name)

    def _go_further(self, name: str) -> None:
        if not self._desk.go_to_next_look():
            self._editors[name].focusNextPrevChild(True)

    # what is chosen

    @Slot(str, int)
    def _take_choice(self, name: str, number: int) -> None:
        """Ctrl and a figure: take that choice and go on, as Enter does."""
        choice = self._panel.form.evidence.readings.numbered(number)
        if choice is None or not self._panel.form.evidence.isVisible():
            return
        if choice.kind == "everywhere":
            self._take_everywhere(choice.value)
            self._go_further(name)
        else:
            self._take(name, choice.value)

    def _take(self, name: str, value: str) -> None:
        receipt_id = self._panel.receipt
        if receipt_id is not None:
            self._editors[name].kept()
            self._desk.type_into(receipt_id, name, value)
            self._go_further(name)

    @Slot(str)
    def _open_list(self, name: str) -> None:
        self._keep(name)
        self._panel.form.show_list()
        if self._editors[name].choosing:
            self._panel.form.evidence.readings.move_mark(1)
        self._panel.bring_into_sight()

    @Slot(str, int)
    def _step(self, _name: str, step: int) -> None:
        self._panel.form.evidence.readings.move_mark(step)

    @Slot(str)
    def _choose(self, value: str) -> None:
        """A choice was clicked: the caret stays, for the hand is at the mouse."""
        front = self._desk.front
        if front is not None and front[0] == self._panel.receipt:
            self._editors[front[1]].kept()
            self._desk.type_into(*front, value)
            self._editors[front[1]].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _take_everywhere(self, value: str) -> None:
        """What was learned is taken on all receipts that were read so, as one step."""
        front = self._desk.front
        if front is None or front[0] != self._panel.receipt:
            return
        name = front[1]
        self._editors[name].kept()
        alike = self._panel.form.read_alike(name, value)
        words = self.tr("change of {field} in {count} rows").format(field=field_label(name), count=len(alike))
        self._desk.type_many(((i, name, value) for i in alike), words)

    # what the checks say

    @Slot()
    def _press_repair(self) -> None:
        if not self._panel.form.evidence.checks.press_first():
            self._panel.checks.press_first()

    @Slot(str, str)
    def _repair(self, name: str, value: str) -> None:
        if self._panel.receipt is not None:
            self._editors[name].kept()
            self._desk.type_into(self._panel.receipt, name, value)

    @Slot()
    def _accept_checks(self) -> None:
        if self._panel.receipt is not None:
            self._desk.accept_checks(self._panel.receipt)

    @Slot()
    def _show_first(self) -> None:
        evidence, focus = self._panel.form.evidence, QApplication.focusWidget()
        if focus is not None and evidence.isAncestorOf(focus):
            self._panel.setFocus(Qt.FocusReason.OtherFocusReason)  # the button goes with what it stands under
        if self._panel.receipt is not None:
            self._panel.seen.show_first(self._panel.receipt)

    @Slot()
    def _is_different(self) -> None:
        if self._panel.receipt is not None:
            self._desk.accept_checks(self._panel.receipt, seen_before=True)
