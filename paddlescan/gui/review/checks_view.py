"""The checks of a receipt in sentences, with the repair or the acceptance as a button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from paddlescan.document import Check, Field
from paddlescan.document.sameness import NOT_SEEN_BEFORE
from paddlescan.gui.icons import state_icon
from paddlescan.gui.review.check_words import First, check_sentence, first_words
from paddlescan.gui.review.checks import Repair, repair_of
from paddlescan.gui.review.labels import field_label
from paddlescan.gui.shared import breakable, no_keys, tooltip
from paddlescan.gui.tokens import GAP, tokens_of

_MARK = 9
REPAIR_KEYS = "Alt+R"
"""Takes the first repair, or accepts the first failed check."""


class ChecksView(QWidget):
    """A line a check: its shape, its sentence, and what can be done."""

    repair_wanted = Signal(str, str)
    """Field, value."""
    accept_wanted = Signal()
    first_wanted = Signal()
    """Show the receipt of which this one is a copy."""
    different_wanted = Signal()
    """It is no copy."""
    focus_left = Signal()
    """A line goes that has the keyboard focus: whoever should have it takes it now."""

    def __init__(self, headed: bool = True, parent: QWidget | None = None) -> None:
        """headed: whether a head stands above the lines, and says the key."""
        super().__init__(parent)
        self._headed, self._keyed = headed, headed
        self._checks: tuple[Check, ...] = ()
        self._values: Mapping[str, Field] = {}
        self._told: object = None
        self._first: First | None = None
        self._head = QLabel()
        self._head.setProperty("rank", "head")
        self._key = QLabel()
        self._key.setProperty("rank", "small")
        top = QHBoxLayout()
        top.addWidget(self._head)
        top.addWidget(self._key, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, GAP if headed else 0, 0, GAP if headed else 0)
        self._column.setSpacing(GAP)
        self._column.addLayout(top)
        self._lines: list[QWidget] = []
        self._first_button: QPushButton | None = None
        self.retranslate()

    def show_checks(
        self, checks: Sequence[Check], values: Mapping[str, Field], first: First | None = None, keyed: bool = True
    ) -> None:
        """Show what the checks say now; failed ones first. first: the receipt of which this is a copy; keyed: whether
        the key is for the first button here."""
        news = tuple(checks), dict(values), first_words(first), keyed  # its batch may change in what is not said
        if news == self._told:
            return
        self._told = news
        self._keyed = keyed and self._headed
        self._first = first
        self._checks = tuple(sorted(checks, key=lambda check: check.passed))
        self._values = values
        self._rebuild()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self._head.setText(self.tr("Checks"))
        self._rebuild()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and colours."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._rebuild()
        super().changeEvent(event)

    def _rebuild(self) -> None:
        focus = self.focusWidget()
        if focus is not None and focus.hasFocus() and any(line.isAncestorOf(focus) for line in self._lines):
            self.focus_left.emit()  # or Qt gives it to whatever comes next in the window
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._first_button = None
        self._lines = [self._line(check) for check in self._once_each()]
        for line in self._lines:
            self._column.addWidget(line)
            line.show()
        self._head.setVisible(self._headed)
        self._key.setVisible(self._keyed and bool(self.key_words))
        self._key.setText(self.key_words)
        self.setVisible(bool(self._lines))

    def _once_each(self) -> list[Check]:
        """The checks, without those that say the same as one before: that there is no total, many of them say."""
        said = {(check.passed, check_sentence(check, self._values)): check for check in reversed(self._checks)}
        return [check for check in self._checks if check in said.values()]

    @property
    def key_words(self) -> str:
        """What the key does here: `Alt+R: Use 100.80`; empty where there is nothing to press."""
        if self._first_button is None:
            return ""
        keys = QKeySequence(REPAIR_KEYS).toString(QKeySequence.SequenceFormat.NativeText)
        does = self._first_button.text().replace("&&", "&")
        return self.tr("{keys}: {button}").format(keys=keys, button=does)

    def press_first(self) -> bool:
        """Press the first button. False where there is none."""
        button = self._first_button
        if button is not None:
            button.click()
        return button is not None

    def _line(self, check: Check) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        mark = QLabel()
        icon = state_icon("done" if check.passed else "failed", _MARK, self.devicePixelRatioF(), tokens_of(self))
        mark.setPixmap(icon.pixmap(_MARK, _MARK))
        mark.setContentsMargins(0, 4, 0, 0)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        seen = check.name == NOT_SEEN_BEFORE
        said = check_sentence(check, self._values)
        if seen and not check.passed and self._first is not None:
            said = self.tr("{sentence}: {first}").format(sentence=said, first=breakable(first_words(self._first)))
        words = QLabel(said)
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        if seen and not check.passed:
            row.addLayout(self._with_ways_out(words), 1)
            return line
        row.addWidget(words, 1)
        if not check.passed:
            button = self._button(repair_of(check, self._values))
            self._first_button = self._first_button or button
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _with_ways_out(self, words: QLabel) -> QVBoxLayout:
        """That the receipt was seen before, and under it what can be done."""
        show, other = QPushButton(self.tr("Show the first")), QPushButton(self.tr("Not the same"))
        other.setToolTip(self.tr("This receipt is another one; keep both"))
        show.clicked.connect(self._first_clicked)
        other.clicked.connect(self._different_clicked)
        show.setEnabled(self._first is not None)
        column, row = QVBoxLayout(), QHBoxLayout()
        column.setSpacing(GAP)
        row.setSpacing(GAP)
        for button in (show, other):
            button.setStyleSheet("padding: 3px 10px;")
            row.addWidget(button)
        row.addStretch(1)
        column.addWidget(words)
        column.addLayout(row)
        return column

    def _button(self, repair: Repair | None) -> QPushButton:
        if repair is None:
            button = QPushButton(self.tr("Accept"))
            button.setToolTip(self.tr("The receipt is right as it is"))
            button.clicked.connect(self._accept_clicked)
        else:
            name, value = repair
            button = QPushButton(self.tr("Use {value}").format(value=no_keys(value)))
            button.setToolTip(tooltip(self.tr("{field}: {value}").format(field=field_label(name), value=value)))
            button.setProperty("repair", list(repair))
            button.clicked.connect(self._repair_clicked)
        button.setStyleSheet("padding: 3px 10px;")
        return button

    @Slot()
    def _first_clicked(self) -> None:
        self.first_wanted.emit()

    @Slot()
    def _different_clicked(self) -> None:
        self.different_wanted.emit()

    @Slot()
    def _accept_clicked(self) -> None:
        self.accept_wanted.emit()

    @Slot()
    def _repair_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            name, value = button.property("repair")
            self.repair_wanted.emit(name, value)
