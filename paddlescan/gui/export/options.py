"""What can be chosen for a format: template, language, rows, pictures, the pattern of names."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from paddlescan.document import Language
from paddlescan.export.templates import Template
from paddlescan.gui.export.orders import SHEETS, SPEAKING, Format
from paddlescan.gui.export.words import FIELDS, field_word
from paddlescan.gui.settings.section import Hint
from paddlescan.gui.shared import language
from paddlescan.gui.tokens import GAP


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows that the window shows, where a filter leaves some out."""

    ids: frozenset[int]
    to_check: int
    failed: int = 0


class Options(QWidget):
    """`changed` follows every choice, `template_chosen` that of another template."""

    changed = Signal()
    template_chosen = Signal()

    def __init__(self, rows: int, shown: Shown | None, pattern: str) -> None:
        super().__init__()
        self._rows, self._shown, self._format = rows, shown, "xlsx"
        self.template, self.edit = QComboBox(), QPushButton()
        self.languages: dict[Language, QRadioButton] = {"en": QRadioButton("English"), "zh": QRadioButton("中文")}
        self.every, self.only_shown = QRadioButton(), QRadioButton()
        self.pictures = QCheckBox()
        self.pattern, self.field = QLineEdit(pattern), QComboBox()
        self.wrong = Hint()
        self.edit.setCheckable(True)
        self.edit.setAutoDefault(False)
        self.languages[language()].setChecked(True)
        self.every.setChecked(True)
        self.pictures.setChecked(True)
        self._groups = [QButtonGroup(self) for _ in range(2)]
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self.template.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for button in self.languages.values():
            self._groups[0].addButton(button)
        for button in (self.every, self.only_shown):
            self._groups[1].addButton(button)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(2 * GAP)
        self._form.setVerticalSpacing(GAP)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        pattern = QWidget()
        column = QVBoxLayout(pattern)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP // 2)
        column.addWidget(_row(self.pattern, self.field, stretch=False))
        column.addWidget(self.wrong)
        self._captions = [QLabel() for _ in range(4)]
        rows = (
            _row(self.template, self.edit, self.pictures),
            pattern,
            _row(*self.languages.values()),
            _row(self.every, self.only_shown),
        )
        for caption, row, buddy in zip(
            self._captions, rows, (self.template, self.pattern, self.languages["en"], self.every), strict=True
        ):
            caption.setBuddy(buddy)
            self._form.addRow(caption, row)

    def _connect(self) -> None:
        self.template.activated.connect(self._template_activated)
        for button in (*self.languages.values(), self.every, self.only_shown):
            button.toggled.connect(self._toggled)
        self.pictures.toggled.connect(self.changed)
        self.pattern.textEdited.connect(self.changed)
        self.field.activated.connect(self._insert)

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        texts = (self.tr("&Template"), self.tr("&Names"), self.tr("&Language"), self.tr("&Rows"))
        for caption, text in zip(self._captions, texts, strict=True):
            caption.setText(text)
        self.template.setAccessibleName(self.tr("Template"))
        self.edit.setText(self.tr("Col&umns…") if not self.edit.isChecked() else self.tr("Hide col&umns"))
        self.pictures.setText(self.tr("&Pictures of the receipts"))
        self.every.setText(self.tr("&All rows of the table ({count})").format(count=self._rows))
        shown = len(self._shown.ids) if self._shown is not None else 0
        self.only_shown.setText(self.tr("Only those &shown ({count})").format(count=shown))
        self.pattern.setAccessibleName(self.tr("Pattern of the names"))
        self.field.setAccessibleName(self.tr("Insert a field"))
        for box in (self.template, self.field):
            box.view().setAccessibleName(box.accessibleName())
        with QSignalBlocker(self.field):
            self.field.clear()
            self.field.addItem(self.tr("Insert a field"), "")
            for name in FIELDS:
                self.field.addItem(field_word(name), name)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # what is chosen

    @property
    def language(self) -> Language:
        """Of headers and words."""
        return "zh" if self.languages["zh"].isChecked() else "en"

    @property
    def only(self) -> frozenset[int] | None:
        """The receipts that are written; None: all."""
        return self._shown.ids if self._shown is not None and self.only_shown.isChecked() else None

    def show_templates(self, templates: tuple[Template, ...], chosen: str) -> None:
        """Offer these."""
        with QSignalBlocker(self.template):
            self.template.clear()
            for template in templates:
                self.template.addItem(template.title(language()), template.name)
            self.template.setCurrentIndex(max(0, self.template.findData(chosen)))

    def show_format(self, chosen: Format, sheet: Template) -> None:
        """Show what the format leaves to choose."""
        self._format = chosen
        rows = (
            chosen in SHEETS,
            chosen == "rename",
            chosen in SPEAKING,
            self._shown is not None and chosen != "report",
        )
        for at, visible in enumerate(rows):
            self._form.setRowVisible(at, visible)
        self.show_sheet(sheet)

    def show_sheet(self, sheet: Template) -> None:
        """Follow the template as it is now: it may have no pictures, and a language of its own."""
        self.pictures.setVisible(self._format == "xlsx" and "picture" in sheet.keys)
        fixed = self._format in SHEETS and sheet.language is not None
        self._form.setRowVisible(2, self._format in SPEAKING and not fixed)

    def show_wrong(self, text: str) -> None:
        """Say what is wrong with the pattern; nothing where nothing is."""
        self.wrong.setText(text)
        self.wrong.setProperty("rank", "bad")
        self.wrong.style().polish(self.wrong)
        self.pattern.setProperty("odd", bool(text))
        self.pattern.style().polish(self.pattern)

    # what the clerk does

    @Slot()
    def _template_activated(self) -> None:
        self.template_chosen.emit()

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        if on:
            self.changed.emit()

    @Slot(int)
    def _insert(self, at: int) -> None:
        """Put a field where the cursor stands."""
        name = self.field.itemData(at)
        self.field.setCurrentIndex(0)
        if name:
            self.pattern.insert("{" + str(name) + "}")
            self.pattern.setFocus()
            self.changed.emit()


def _row(*widgets: QWidget, stretch: bool = True) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2 * GAP if isinstance(widgets[0], QRadioButton) else GAP)
    for at, widget in enumerate(widgets):
        row.addWidget(widget, 0 if stretch or at else 1)
    if stretch:
        row.addStretch(1)
    return holder
