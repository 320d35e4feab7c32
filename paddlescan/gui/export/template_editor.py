"""Changing a template: its columns, their order and headers; saving it by a name. Part of the dialog, no window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from paddlescan.errors import Failure, TemplateWrong
from paddlescan.export.template_files import is_built_in
from paddlescan.export.templates import LONGEST_NAME, Problem, Template, folded
from paddlescan.gui.export.columns_view import ColumnsView
from paddlescan.gui.export.draft import Draft
from paddlescan.gui.settings.section import Hint
from paddlescan.gui.shared import failure_words, mark
from paddlescan.gui.tokens import GAP
from paddlescan.words import together


class TemplateEditor(QWidget):
    """Holds the draft; `edited` follows every change of it."""

    edited = Signal()
    save_wanted = Signal(object)
    """Template."""
    delete_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.draft: Draft | None = None
        self._names: frozenset[str] = frozenset()
        self._deleted: Template | None = None
        self._confirmed = ""
        self.view = ColumnsView()
        self.up, self.down = QPushButton("↑"), QPushButton("↓")
        self.totals, self.only_receipts = QCheckBox(), QCheckBox()
        self.name = _Name()
        self.save, self.delete, self.put_back = QPushButton(), QPushButton(), QPushButton()
        self._keys, self.told = Hint(), Hint()
        self._lay_out()
        self.view.columns.edited.connect(self._edited)
        self.up.clicked.connect(self._up)
        self.down.clicked.connect(self._down)
        self.totals.toggled.connect(self._switched)
        self.only_receipts.toggled.connect(self._switched)
        self.name.textEdited.connect(self._name_edited)
        self.name.entered.connect(self._save)
        self.save.clicked.connect(self._save)
        self.delete.clicked.connect(self._delete)
        self.put_back.clicked.connect(self._put_back)
        self.retranslate()

    def _lay_out(self) -> None:
        for button in (self.up, self.down, self.save, self.delete, self.put_back):
            button.setAutoDefault(False)
        for button in (self.up, self.down):
            button.setFixedWidth(36)
        self.name.setMaxLength(LONGEST_NAME)
        self.put_back.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.view, 1)
        order = QHBoxLayout()
        order.setSpacing(GAP)
        order.addWidget(self.up)
        order.addWidget(self.down)
        order.addWidget(self._keys, 1)
        column.addLayout(order)
        column.addWidget(self.totals)
        column.addWidget(self.only_receipts)
        naming = QHBoxLayout()
        naming.setSpacing(GAP)
        naming.addWidget(self.name, 1)
        naming.addWidget(self.save)
        naming.addWidget(self.delete)
        column.addLayout(naming)
        told = QHBoxLayout()
        told.addWidget(self.told, 1)
        told.addWidget(self.put_back)
        column.addLayout(told)

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.view.setAccessibleName(self.tr("Columns of the template"))
        self.up.setAccessibleName(self.tr("Move up"))
        self.up.setToolTip(self.tr("Move up (Alt+↑)"))
        self.down.setAccessibleName(self.tr("Move down"))
        self.down.setToolTip(self.tr("Move down (Alt+↓)"))
        self._keys.setText(self.tr("Space ticks, Enter renames"))
        self.totals.setText(self.tr("Sums &below the rows"))
        self.only_receipts.setText(self.tr("&Without blank and failed pages"))
        self.name.setPlaceholderText(self.tr("Name of the template"))
        self.name.setAccessibleName(self.tr("Name of the template"))
        self.save.setText(self.tr("Sa&ve"))
        self.delete.setText(self.tr("&Delete"))
        self.put_back.setText(self.tr("Put it back"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def show_template(self, template: Template) -> None:
        """Begin with a template."""
        self.draft = Draft(template)
        self.view.show_draft(self.draft)
        for box, on in ((self.totals, self.draft.totals), (self.only_receipts, self.draft.only_receipts)):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)
        self.name.setText(template.name if self.draft.is_own else "")
        self._confirmed = ""
        self._able()

    def show_names(self, templates: tuple[Template, ...]) -> None:
        """Know which names are taken."""
        self._names = frozenset(folded(template.name) for template in templates)

    # what the clerk does

    @Slot()
    def _up(self) -> None:
        self.view.move_current(-1)

    @Slot()
    def _down(self) -> None:
        self.view.move_current(1)

    @Slot()
    def _switched(self) -> None:
        if self.draft is not None:
            self.draft.totals, self.draft.only_receipts = self.totals.isChecked(), self.only_receipts.isChecked()
            self._edited()

    @Slot()
    def _edited(self) -> None:
        self.say("")
        self._able()
        self.edited.emit()

    @Slot()
    def _name_edited(self) -> None:
        self._confirmed = ""
        self.say("")
        self._able()

    def _able(self) -> None:
        draft = self.draft
        self.delete.setEnabled(draft is not None and draft.is_own)
        self.save.setEnabled(bool(self.name.text().strip()) and draft is not None and draft.is_possible)

    @Slot()
    def _save(self) -> None:
        """Save under the name that is typed; another template of that name is replaced at the second time."""
        name = self.name.text().strip()
        if self.draft is None or not self.save.isEnabled():
            return
        if is_built_in(name):
            self.say(self.tr("“{name}” comes with PaddleScan: please take another name.").format(name=name), "bad")
            return
        known = folded(name)
        if known in self._names and known not in (folded(self.draft.base.name), self._confirmed):
            self._confirmed = known
            self.say(
                self.tr("There is a template “{name}” already. Save again to replace it.").format(name=name), "bad"
            )
            return
        try:
            template = self.draft.template(name)
        except Problem as problem:
            wrong = TemplateWrong(file=name, detail=str(problem.fault), extra="")
            self.say(failure_words(wrong.failure)[0], "bad")
            return
        self.save_wanted.emit(template)

    @Slot()
    def _delete(self) -> None:
        if self.draft is not None and self.draft.is_own:
            self._deleted = self.draft.base
            self.delete_wanted.emit(self.draft.base.name)
            self.say(self.tr("“{name}” is deleted.").format(name=self._deleted.name))
            self.put_back.show()

    @Slot()
    def _put_back(self) -> None:
        if self._deleted is not None:
            self.save_wanted.emit(self._deleted)

    def say(self, text: str, rank: str = "soft") -> None:
        """Say something in its place; what was offered with the words before goes."""
        mark(self.told, rank=rank)
        self.told.setText(text)
        self.put_back.hide()

    def show_failure(self, failure: Failure) -> None:
        """Say why a template could not be kept."""
        self.say(together(*failure_words(failure)), "bad")


class _Name(QLineEdit):
    """Enter saves the template; it does not export."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter from the dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            event.accept()
        else:
            super().keyPressEvent(event)
