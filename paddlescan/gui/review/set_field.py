"""The small question behind Ctrl+Shift+D: which field of the selected rows gets which value."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QCompleter, QFormLayout, QLabel, QWidget

from paddlescan.extraction.typed import problem_with, tidy
from paddlescan.gui.dialogs.question import Question
from paddlescan.gui.review.labels import field_label, problem_sentence, shown_value
from paddlescan.gui.review.many import FIELDS, values_now
from paddlescan.gui.review.sheet import ReviewSheet
from paddlescan.gui.tokens import GAP
from paddlescan.words import categories

_FIRST = ("category", "project", "note", "date", "currency")
"""What is set for many rows most often stands first."""
_MOST_OFFERED = 200
_MOST_SAID = 3


class SetFieldDialog(Question):
    """Enter sets, Esc leaves. Any text is taken; one that cannot be right is marked, here and in the rows."""

    answered = Signal(object, str, str)
    """tuple of receipt ids, field, text."""

    def __init__(
        self, sheet: ReviewSheet, receipt_ids: Sequence[int], name: str, parent: QWidget | None = None
    ) -> None:
        """name: the field to begin with, where it is one that is often set for many rows."""
        super().__init__(parent, "", "")
        self.setWindowTitle(self.tr("Set a field"))
        self.sentence.setText(self.tr("Set a field of %n row(s)", None, len(receipt_ids)))
        self._sheet, self._ids = sheet, tuple(receipt_ids)
        self.names, self.value = QComboBox(), QComboBox()
        self.now, self.problem = QLabel(), QLabel()
        self._lay_out()
        self._fill_names(name)
        self.add_button(self.tr("Cancel")).clicked.connect(self.reject)
        self.set_button = self.add_button(self.tr("Set"), primary=True)
        self.set_button.setDefault(False)
        self.set_button.setAutoDefault(False)
        self.set_button.clicked.connect(self._answer)
        self.end()
        self._show_field()
        self.value.setFocus()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GAP)
        form.setVerticalSpacing(GAP)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Field"), self.names)
        form.addRow(self.tr("Value"), self.value)
        form.addRow("", self.now)
        form.addRow("", self.problem)
        self.column.addLayout(form)
        self.now.setProperty("rank", "soft")
        self.problem.setProperty("rank", "bad")
        for label in (self.now, self.problem):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.value.setEditable(True)
        self.value.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.value.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        for box, said in ((self.names, self.tr("Field")), (self.value, self.tr("Value"))):
            box.setAccessibleName(said)
            box.view().setAccessibleName(said)
        self.names.activated.connect(self._show_field)
        self.value.editTextChanged.connect(self._look_at_value)
        line = self.value.lineEdit()
        if line is not None:
            line.returnPressed.connect(self._answer)  # also while the choices are open

    def _fill_names(self, name: str) -> None:
        for each in (*_FIRST, *(other for other in FIELDS if other not in _FIRST)):
            self.names.addItem(field_label(each), each)
        self.names.setCurrentIndex(self.names.findData(name if name in _FIRST else _FIRST[0]))

    @property
    def name(self) -> str:
        """The chosen field."""
        return str(self.names.currentData())

    def text(self) -> str:
        """What was typed or chosen; "" where the last choice, to empty the field, was made."""
        text, chosen = self.value.currentText(), self.value.currentIndex()
        return "" if chosen == self.value.count() - 1 and text == self.value.itemText(chosen) else text

    @Slot()
    def _show_field(self) -> None:
        """What stands there now, and what may be chosen; what was typed stays."""
        typed = self.value.currentText()
        now = values_now(self._sheet, self._ids, self.name)
        said = [f"{shown_value(self.name, value) or self.tr('empty')} ({count})" for value, count in now[:_MOST_SAID]]
        more = len(now) - _MOST_SAID
        between = self.tr(", ", "between the values of several rows")
        self.now.setText(self.tr("Now: {values}").format(values=between.join(said + ["…"] * (more > 0))))
        everywhere = [value for value, _ in values_now(self._sheet, self._sheet.ids(), self.name) if value]
        known = categories() if self.name == "category" else ()
        offered = dict.fromkeys([*everywhere[:_MOST_OFFERED], *known])
        self.value.clear()
        for value in offered:
            self.value.addItem(shown_value(self.name, value), value)
        self.value.addItem(self.tr("empty"), "")
        self.value.setEditText(typed)
        self._look_at_value()

    @Slot()
    def _look_at_value(self) -> None:
        problem = problem_with(self.name, tidy(self.name, self.text()))
        self.problem.setText(problem_sentence(problem) if problem else "")
        self.problem.setVisible(problem is not None)
        self.set_button.setEnabled(bool(self.value.currentText().strip()))  # emptied only by choice, not by an Enter

    @Slot()
    def _answer(self) -> None:
        if not self.set_button.isEnabled():
            return
        self.answered.emit(self._ids, self.name, self.text())
        self.accept()
