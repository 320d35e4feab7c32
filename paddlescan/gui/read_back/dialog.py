"""Looking through an edited export before it is taken: what changes, what was left, which rows fit nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from paddlescan.errors import Failure
from paddlescan.gui.read_back.job import Answer, Asked, ReadBackJob
from paddlescan.gui.read_back.model import FROM, REMARK, TO, ChangesModel, StrangersModel
from paddlescan.gui.read_back.table import ReadTable
from paddlescan.gui.shared import batch_name, failure_words, language, mark
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.gui.tokens import GAP, tokens_of

_WIDTH, _HEIGHT = 1080, 620
_STRANGERS_SHOWN = 5
"""Rows that fit nothing for which there is room at once."""


class ReadBackDialog(QDialog):
    """One dialog, no second one: errors are spoken of in it."""

    taken = Signal(object)
    """tuple[Change, ...]: to be made. The dialog stays until `finish`."""
    batch_wanted = Signal(int)
    """The batch that the file belongs to."""

    def __init__(self, asked: Asked, writer: StoreWriter | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = asked
        self._answer: Answer | None = None
        self._failure: Failure | None = None
        self._busy = False
        self._model: ChangesModel | None = None
        self.sentence, self.remark = QLabel(), QLabel()
        self.changes = ReadTable("changes", (FROM, TO, REMARK))
        self.strangers_head = QLabel()
        self.strangers = ReadTable("strangers", (2, 3))
        self.every = QCheckBox()
        self.close_button, self.go = QPushButton(), QPushButton()
        self.open_batch = QPushButton()
        self._lay_out()
        self._connect()
        self._job = ReadBackJob(asked, writer, parent or self)  # it may outlive the dialog: nobody waits for it
        self._job.done.connect(self._compared)
        self._job.failed.connect(self._failed)
        if parent is not None:
            self._job.finished.connect(self._job.deleteLater)
        self._show()
        self._job.start()

    def _lay_out(self) -> None:
        self.setMinimumWidth(560)
        self.sentence.setProperty("rank", "head")
        for label in (self.sentence, self.remark):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)  # it names files, whatever they are called
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.remark.setProperty("rank", "soft")
        self.strangers_head.setProperty("rank", "head")
        self.go.setProperty("primary", True)
        self.go.setDefault(True)
        self.close_button.setAutoDefault(False)
        self.open_batch.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(GAP)
        head = QHBoxLayout()
        head.addWidget(self.sentence, 1)
        head.addWidget(self.open_batch, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.remark)
        column.addWidget(self.changes, 3)
        column.addWidget(self.strangers_head)
        column.addWidget(self.strangers, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, GAP, 0, 0)
        buttons.setSpacing(GAP)
        buttons.addWidget(self.every)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.go)
        column.addStretch(0)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.every.clicked.connect(self._turn_all)
        self.close_button.clicked.connect(self.reject)
        self.go.clicked.connect(self._take)
        self.open_batch.clicked.connect(self._open_other)

    # what comes of it

    @Slot(object)
    def _compared(self, answer: Answer) -> None:
        self._answer = answer
        found = answer.comparison
        self._model = ChangesModel(found.changes, tokens_of(self), self)
        self._model.ticked.connect(self._show)
        self.changes.show_model(self._model)
        self.strangers.show_model(StrangersModel(found.strangers, self))
        height = self.strangers.horizontalHeader().sizeHint().height() + 4
        rows = min(len(found.strangers), _STRANGERS_SHOWN)
        self.strangers.setMaximumHeight(height + (rows + 1) * self.strangers.verticalHeader().defaultSectionSize())
        self._show()
        if found.changes or found.strangers:
            self.resize(_WIDTH, _HEIGHT if found.changes else self.sizeHint().height())
        (self.changes if found.changes else self.close_button).setFocus()

    @Slot(object)
    def _failed(self, failure: Failure) -> None:
        self._failure = failure
        self._show()
        self.close_button.setFocus()

    @Slot()
    def _show(self) -> None:
        """Say and show what there is now."""
        found = self._answer.comparison if self._answer is not None else None
        self.changes.setVisible(bool(found and found.changes))
        for widget in (self.strangers_head, self.strangers):
            widget.setVisible(bool(found and found.strangers))
        taken = len(self._model.taken()) if self._model is not None else 0
        able = sum(change.possible for change in found.changes) if found is not None else 0
        self.every.setVisible(able > 1)
        self.every.setTristate(0 < taken < able)
        partly = Qt.CheckState.Checked if taken == able else Qt.CheckState.PartiallyChecked
        self.every.setCheckState(partly if taken else Qt.CheckState.Unchecked)
        self.go.setEnabled(taken > 0 and not self._busy)
        self.go.setVisible(bool(able))
        self.open_batch.setVisible(bool(self._answer and self._answer.elsewhere))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.setWindowTitle(self.tr("Read an edited table back"))
        self.close_button.setText(self.tr("Cancel") if self.go.isVisibleTo(self) else self.tr("Close"))
        self.every.setText(self.tr("Take all"))
        self.open_batch.setText(self.tr("Open that batch"))
        taken = len(self._model.taken()) if self._model is not None else 0
        self.go.setText(self.tr("Take %n change(s)", None, taken))
        self.changes.setAccessibleName(self.tr("Changes"))
        self.strangers.setAccessibleName(self.tr("Rows that fit nothing"))
        self.strangers_head.setText(self.tr("Rows that fit nothing, and are not taken"))
        mark(self.sentence, rank="bad" if self._failure is not None else "head")
        self.sentence.setText(self._said())
        remark = self._remarks()
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))

    @Slot()
    def _fit_columns(self) -> None:
        """Columns as wide as the words in them."""
        for table in (self.changes, self.strangers):
            table.resizeColumnsToContents()

    def _said(self) -> str:
        name = self._asked.file.name
        if self._failure is not None:
            return failure_words(self._failure)[0]
        if self._answer is None:
            return self.tr("{file} is being compared…").format(file=name)
        found = self._answer.comparison
        if self._answer.elsewhere is not None:
            words = self.tr("{file} belongs to another batch: “{batch}”.")
            return words.format(file=name, batch=batch_name(self._answer.elsewhere))
        said = self._counted(len(found.changes), len({change.receipt_id for change in found.changes}))
        if found.strangers:
            said += ("；" if language() == "zh" else "; ") + self.tr(
                "%n row(s) fit nothing", None, len(found.strangers)
            )
        return self.tr("{file}: {counts}.").format(file=name, counts=said)

    def _counted(self, changes: int, rows: int) -> str:
        if not changes:
            return self.tr("nothing changes")
        words = self.tr("%n change(s)", None, changes)
        return self.tr("{changes} in {rows}").format(changes=words, rows=self.tr("%n row(s)", None, rows))

    def _remarks(self) -> str:
        if self._failure is not None:
            return failure_words(self._failure)[1]
        if self._answer is None:
            return ""
        found = self._answer.comparison
        said = []
        if conflicts := len(found.conflicts()):
            said.append(self.tr("%n of them were edited here since the export, and are not ticked.", None, conflicts))
        if damaged := len(found.damaged()):
            said.append(self.tr("%n of them were damaged by the spreadsheet, and cannot be taken.", None, damaged))
        if found.ignored:
            columns = ("、" if language() == "zh" else ", ").join(found.ignored[:8])
            said.append(self.tr("Passed over, for no export has them: {columns}.").format(columns=columns))
        return ("" if language() == "zh" else " ").join(said)

    # what the clerk does

    @Slot()
    def _turn_all(self) -> None:
        if self._model is not None:
            self._model.turn(range(self._model.rowCount()))

    @Slot()
    def _take(self) -> None:
        if self._model is not None and (changes := self._model.taken()):
            self._busy = True
            self._show()
            self.taken.emit(changes)

    @Slot()
    def finish(self) -> None:
        """What was taken is done: close."""
        self.accept()

    @Slot()
    def _open_other(self) -> None:
        if self._answer is not None and self._answer.elsewhere is not None:
            batch = self._answer.elsewhere.id
            self.accept()
            self.batch_wanted.emit(batch)

    def done(self, result: int) -> None:
        """Close; a comparison that still runs goes on for nobody, it writes nothing."""
        if self.parent() is None:
            self._job.wait()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """As Cancel."""
        self.reject()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language or of colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            QTimer.singleShot(0, self, self._fit_columns)  # when the cells have followed
        elif event.type() == QEvent.Type.PaletteChange and self._model is not None:
            self._model.show_colours(tokens_of(self))
        super().changeEvent(event)
