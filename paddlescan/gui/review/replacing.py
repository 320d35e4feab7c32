"""Find and replace over the rows of the table, with a look at what will change before it does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from paddlescan.gui.dialogs.question import Question
from paddlescan.gui.review.labels import field_label, shown_value
from paddlescan.gui.review.many import FIELDS, Hit, Replacement, hits
from paddlescan.gui.review.sheet import ReviewSheet
from paddlescan.gui.tokens import GAP

_MOST_PREVIEWED = 100
_PAUSE_MS = 120


class ReplaceDialog(Question):
    """Enter replaces all, Esc leaves. It counts while one types."""

    answered = Signal(object)
    """list[Hit]: what is to be replaced."""

    def __init__(
        self, sheet: ReviewSheet, selected: Sequence[int], shown: Sequence[int], parent: QWidget | None = None
    ) -> None:
        """selected: rows to choose in place of all shown ones; none: there is nothing to choose."""
        super().__init__(parent, "", "")
        self.setWindowTitle(self.tr("Find and replace"))
        self.sentence.setText(self.tr("Find and replace"))
        self.setMinimumWidth(600)
        self._sheet, self._selected, self._shown = sheet, tuple(selected), tuple(shown)
        self._hits: list[Hit] = []
        self.find_line, self.put_line = QLineEdit(), QLineEdit()
        self.field, self.rows = QComboBox(), QComboBox()
        self.match_case = QCheckBox(self.tr("Match case"))
        self.count, self.preview = QLabel(), QTableWidget(0, 4)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._fill()
        self._lay_out()
        self.add_button(self.tr("Cancel")).clicked.connect(self.reject)
        self.replace_button = self.add_button(self.tr("Replace all"), primary=True)
        self.replace_button.setDefault(False)
        self.replace_button.setAutoDefault(False)
        self.replace_button.clicked.connect(self._answer)
        self.end()
        self._connect()
        self._look()
        self.find_line.setFocus()

    def _fill(self) -> None:
        self.field.addItem(self.tr("All text fields"), None)
        for name in FIELDS:
            self.field.addItem(field_label(name), name)
        if self._selected:
            self.rows.addItem(self.tr("The %n selected row(s)", None, len(self._selected)), self._selected)
        self.rows.addItem(self.tr("All %n row(s) shown", None, len(self._shown)), self._shown)
        self.preview.setHorizontalHeaderLabels(
            [self.tr("Receipt"), self.tr("Field"), self.tr("Before"), self.tr("After")]
        )

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GAP)
        form.setVerticalSpacing(GAP)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        names: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Find"), self.find_line),
            (self.tr("Replace with"), self.put_line),
            (self.tr("In"), self.field),
            (self.tr("Rows"), self.rows),
        )
        for said, widget in names:
            form.addRow(said, widget)
            widget.setAccessibleName(said)
            if isinstance(widget, QComboBox):
                widget.view().setAccessibleName(said)
        form.addRow("", self.match_case)
        self.column.addLayout(form)
        self.count.setProperty("rank", "soft")
        self.column.addWidget(self.count)
        self._dress_preview()
        self.column.addWidget(self.preview)

    def _dress_preview(self) -> None:
        self.preview.setObjectName("changes")
        self.preview.setAccessibleName(self.tr("What will change"))
        self.preview.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.preview.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.preview.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.preview.setTabKeyNavigation(False)
        self.preview.setShowGrid(False)
        self.preview.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # both ends tell what it is
        self.preview.verticalHeader().hide()
        self.preview.verticalHeader().setDefaultSectionSize(26)
        header = self.preview.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.preview.setFixedHeight(7 * 26 + 8)

    def _connect(self) -> None:
        self.find_line.textChanged.connect(self._pause.start)
        self.put_line.textChanged.connect(self._pause.start)
        self.find_line.returnPressed.connect(self._answer)  # also before the pause is over
        self.put_line.returnPressed.connect(self._answer)
        self.field.activated.connect(self._look)
        self.rows.activated.connect(self._look)
        self.match_case.toggled.connect(self._look)

    @Slot()
    def _look(self) -> None:
        """Count what is found and show the first of it."""
        self._pause.stop()
        find, put = self.find_line.text(), self.put_line.text()
        wanted = Replacement(find, put, self.field.currentData(), self.match_case.isChecked())
        self._hits = hits(self._sheet, self.rows.currentData(), wanted, shown_value)
        times = sum(hit.times for hit in self._hits)
        rows = self.tr("%n row(s)", None, len({hit.receipt_id for hit in self._hits}))
        found = self.tr("{hits} in {rows}").format(hits=self.tr("%n hit(s)", None, times), rows=rows)
        nothing = self.tr("Nothing found") if wanted.find else self.tr("Type what to look for")
        self.count.setText(found if times else nothing)
        self.replace_button.setEnabled(bool(times))
        self._show_first()

    def _show_first(self) -> None:
        first = self._hits[:_MOST_PREVIEWED]
        self.preview.setRowCount(len(first))
        for row, hit in enumerate(first):
            name = self._sheet.text(hit.receipt_id, "merchant") or self._sheet.text(hit.receipt_id, "file")
            for column, text in enumerate((name, field_label(hit.name), hit.before, hit.after)):
                self.preview.setItem(row, column, QTableWidgetItem(text))

    @Slot()
    def _answer(self) -> None:
        self._look()
        if self._hits:
            self.answered.emit(self._hits)
            self.accept()
