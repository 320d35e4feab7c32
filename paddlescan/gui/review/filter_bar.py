"""The slim line above the table that narrows it: merchant, days, amounts, category, currency."""

from __future__ import annotations

from collections import Counter
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from paddlescan.gui.review.desk import ReviewDesk
from paddlescan.gui.review.filter_texts import FilterTexts, Oddity, days, texts_of, understood
from paddlescan.gui.review.filters import NO_FILTER, RowFilter, day_text
from paddlescan.gui.review.labels import field_label, shown_value
from paddlescan.gui.shared import mark
from paddlescan.gui.status_bar import OneLine
from paddlescan.gui.tokens import GAP
from paddlescan.gui.window_keys import WindowKeys

_PAUSE_MS = 120
_LINES = {"merchant": 150, "first": 88, "last": 88, "lowest": 72, "highest": 72}
"""Each line and how wide it is at most."""
_NARROWEST = 48
_ROOMY = 1040


class FilterBar(QFrame):
    """Enter goes to the rows, Esc clears and leaves. It is forgotten with the batch."""

    narrowed = Signal(object)
    """RowFilter: what the rows must have."""
    left = Signal()
    """The keys go on to the rows."""
    closed = Signal()
    """Esc: the bar is to go."""

    def __init__(self, desk: ReviewDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self._desk = desk
        self._batch: int | None = None
        self._narrow = NO_FILTER
        self._odd: dict[str, Oddity] = {}
        self._shown = 0
        self._year = date.today().year
        self.lines = {name: QLineEdit() for name in _LINES}
        self.choices = {name: QComboBox() for name in ("category", "currency")}
        self._captions = {name: QLabel() for name in ("merchant", "date", "total", *self.choices)}
        self.count, self.clear_button = OneLine(), QPushButton()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.apply)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(GAP // 2)
        parts = {"merchant": ("merchant",), "date": ("first", "last"), "total": ("lowest", "highest")}
        for caption, names in parts.items():
            self._add_caption(row, caption, self.lines[names[0]])
            for place, name in enumerate(names):
                if place:
                    row.addWidget(QLabel("–"))
                line = self.lines[name]
                line.setMinimumWidth(_LINES[name] if caption == "date" else _NARROWEST)
                line.setMaximumWidth(_LINES[name])
                row.addWidget(line, 2 if name == "merchant" else 1)
        for name, box in self.choices.items():
            self._add_caption(row, name, box)
            box.setMinimumWidth(84)
            box.setMaximumWidth(130)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            row.addWidget(box, 1)
        row.addSpacing(GAP)
        row.addWidget(self.count, 3)
        row.addWidget(self.clear_button)

    def _add_caption(self, row: QHBoxLayout, name: str, buddy: QWidget) -> None:
        caption = self._captions[name]
        caption.setProperty("rank", "soft")
        caption.setBuddy(buddy)
        row.addSpacing(GAP)
        row.addWidget(caption)

    def _connect(self) -> None:
        for line in self.lines.values():
            line.textEdited.connect(self._pause.start)
            line.editingFinished.connect(self._tidy)
            line.installEventFilter(self)
            WindowKeys(line)
        for box in self.choices.values():
            box.activated.connect(self.apply)
            box.installEventFilter(self)
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clear_button.clicked.connect(self.clear)
        self.clear_button.installEventFilter(self)
        self._desk.opened.connect(self._batch_opened)
        self._desk.counts_changed.connect(self.tell_count)

    # what is asked for

    @property
    def narrow(self) -> RowFilter:
        """The filter in force."""
        return self._narrow

    def show_filter(self, narrow: RowFilter) -> None:
        """Put a filter into the bar and in force, as if it had been typed."""
        self._fill_choices()
        texts = texts_of(narrow, self.tr("none"))
        for name, line in self.lines.items():
            line.setText(getattr(texts, name))
            line.setCursorPosition(0)
        for name, box in self.choices.items():
            self._choose(box, name, getattr(texts, name))
        self.apply()

    @Slot()
    def clear(self) -> None:
        """Ask for nothing; the caret goes to the first line."""
        self.show_filter(NO_FILTER)
        if self.isVisible():
            self.lines["merchant"].setFocus()

    @Slot()
    def start(self) -> None:
        """The caret goes into the first line; what stands there is selected."""
        self._fill_choices()
        self._look_at_year()
        self.lines["merchant"].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.lines["merchant"].selectAll()

    @Slot()
    def apply(self) -> None:
        """Put what stands in the bar in force now."""
        self._pause.stop()
        narrow, odd = understood(self._typed(), self._year)
        for name, line in self.lines.items():
            if bool(line.property("odd")) != (name in odd):
                mark(line, odd=name in odd)
                line.setToolTip(self._odd_words()[odd[name]] if name in odd else "")
        self._odd = odd
        changed, self._narrow = narrow != self._narrow, narrow
        if changed:
            self.narrowed.emit(narrow)
        self.tell_count()

    def _typed(self) -> FilterTexts:
        texts = {name: line.text() for name, line in self.lines.items()}
        chosen = {name: box.currentData() for name, box in self.choices.items()}
        return FilterTexts(**texts, **chosen)

    @Slot()
    def _tidy(self) -> None:
        """Days stand as they were understood."""
        self.apply()
        for name in ("first", "last"):
            meant = days(self.lines[name].text(), self._year)
            if meant is not None and meant[0] == meant[1]:
                self.lines[name].setText(meant[0].isoformat())

    # what it says

    def show_count(self, shown: int) -> None:
        """How many rows there are to be seen."""
        self._shown = shown
        self.tell_count()

    @Slot()
    def tell_count(self) -> None:
        """Say how many rows of how many are shown, or what is odd in the bar."""
        sentence = self._odd_words()[next(iter(self._odd.values()))] if self._odd else ""
        rank = "bad" if self._odd else "soft"
        if self.count.property("rank") != rank:
            mark(self.count, rank=rank)
        total = self._desk.sheet.counts().get("all", 0)
        said = self.tr("{shown} of {count} shown").format(shown=self._shown, count=total)
        self.count.setText(sentence or said)
        self.count.setAccessibleName(self.count.text())
        self.clear_button.setEnabled(not self._narrow.is_empty or any(line.text() for line in self.lines.values()))

    def _odd_words(self) -> dict[Oddity, str]:
        return {
            "no_day": self.tr("This is not a day. Write it like 2026-03-05, 3/5 or 2026-03."),
            "no_amount": self.tr("This is not an amount. Write it like 1234.50."),
            "days_turned": self.tr("The first day is after the last one."),
            "amounts_turned": self.tr("The lower amount is above the upper one."),
        }

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        for name, caption in self._captions.items():
            caption.setText(field_label(name))
        self._captions["total"].setText(self.tr("Amount"))
        names = {
            "merchant": field_label("merchant"),
            "first": self.tr("From this day"),
            "last": self.tr("To this day"),
            "lowest": self.tr("From this amount"),
            "highest": self.tr("To this amount"),
        }
        holders = {"merchant": self.tr("part of its name"), "first": self.tr("from"), "last": self.tr("to")}
        holders |= {"lowest": self.tr("from"), "highest": self.tr("to")}
        for name, line in self.lines.items():
            line.setAccessibleName(names[name])
            line.setPlaceholderText(holders[name])
        for name, box in self.choices.items():
            box.setAccessibleName(field_label(name))
            box.setToolTip(field_label(name))
            box.view().setAccessibleName(field_label(name))
        self.clear_button.setText(self.tr("Clear"))
        self.clear_button.setToolTip(self.tr("Show all rows again (Esc clears and leaves)"))
        self._fill_choices()
        self.tell_count()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, choices do without their captions."""
        super().resizeEvent(event)
        for name in self.choices:
            self._captions[name].setVisible(event.size().width() >= _ROOMY)

    def hideEvent(self, event: QHideEvent) -> None:
        """What cannot be seen does not hide rows, unless the whole table is folded away."""
        super().hideEvent(event)
        if not event.spontaneous() and self.isHidden():
            self.show_filter(NO_FILTER)

    # choices

    def _fill_choices(self) -> None:
        """Offer what stands in the rows; what is chosen stays."""
        for name, box in self.choices.items():
            chosen = box.currentData()
            found = Counter(line.value(name) for line in self._desk.sheet.lines(self._desk.sheet.ids()))
            box.clear()
            box.addItem(self.tr("all"), None)
            for value in sorted((value for value in found if value), key=lambda value: shown_value(name, value)):
                box.addItem(shown_value(name, value), value)
            if found[""]:
                box.addItem(self.tr("none"), "")
            self._choose(box, name, chosen)

    def _choose(self, box: QComboBox, name: str, value: str | None) -> None:
        place = next((i for i in range(box.count()) if box.itemData(i) == value), -1)
        if place < 0:  # of rows that are gone, or not there yet
            box.addItem(shown_value(name, value or "") or self.tr("none"), value)
            place = box.count() - 1
        box.setCurrentIndex(place)

    # the desk's and the keys' side

    @Slot()
    def _batch_opened(self) -> None:
        if self._desk.sheet.batch != self._batch:
            self._batch = self._desk.sheet.batch
            self.show_filter(NO_FILTER)
        else:
            self._fill_choices()
        self._look_at_year()

    def _look_at_year(self) -> None:
        """A day without a year is one of the newest receipt's year."""
        lines = self._desk.sheet.lines(self._desk.sheet.ids())
        newest = max((day_text(line.value("date")) or "" for line in lines), default="")
        self._year = int(newest[:4]) if newest else date.today().year

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc clears and leaves, Enter goes to the rows, in each part of the bar."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.closed.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and watched is not self.clear_button:
                self._tidy()
                self.left.emit()
                return True
        return False
