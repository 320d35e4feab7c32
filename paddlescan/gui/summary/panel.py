"""The summary of a batch in place of its pages: what it comes to by category, merchant and month."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from paddlescan.gui.buttons import Chip
from paddlescan.gui.review.desk import ReviewDesk
from paddlescan.gui.review.filters import NO_FILTER, RowFilter
from paddlescan.gui.review.labels import field_label, shown_value
from paddlescan.gui.review.table_sums import seen_words, sum_words
from paddlescan.gui.summary.bars import Shown
from paddlescan.gui.summary.chart import Chart
from paddlescan.gui.summary.totals import EARLIER, MOST, OTHERS, Part, Totals, total_up
from paddlescan.gui.tokens import GAP

_PAUSE_MS = 150


class SummaryPanel(QWidget):
    """Follows every edit while it is seen. Esc leaves; a bar that is pressed shows its rows."""

    rows_wanted = Signal(object)
    """RowFilter of the bar; NO_FILTER where the chosen bar was pressed once more."""
    seen_wanted = Signal()
    """The rows that were seen before."""
    closed = Signal()

    def __init__(self, desk: ReviewDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._currency: str | None = None
        self._all = False
        self._narrow = NO_FILTER
        self._order: list[QWidget] = []
        self.totals: Totals = total_up(())
        self._seen = self.totals
        """Of those that were seen before."""
        self.title, self.amount, self.remark = QLabel(), QLabel(), QLabel()
        self.seen_button, self.close_button = QPushButton(), QPushButton()
        self.chips: dict[str, Chip] = {}
        self._group = QButtonGroup(self)
        self._head_chips = QHBoxLayout()
        self.categories, self.merchants, self.months = Chart(), Chart(), Chart(upright=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._lay_out()
        for chart in (self.categories, self.merchants, self.months):
            chart.pressed.connect(self._pressed)
        self.seen_button.clicked.connect(self.seen_wanted)
        self.close_button.clicked.connect(self.closed)
        desk.changed.connect(self._rows_changed)
        desk.opened.connect(self._rows_changed)
        self.retranslate()

    def _lay_out(self) -> None:
        self.title.setProperty("rank", "head")
        self.amount.setProperty("rank", "title")
        self.remark.setProperty("rank", "soft")
        for label in (self.title, self.amount, self.remark):
            label.setTextFormat(Qt.TextFormat.PlainText)
        head = QHBoxLayout()
        head.setSpacing(2 * GAP)
        self._head_chips.setSpacing(GAP)
        self.seen_button.setProperty("chip", True)
        for widget in (self.title, self.amount, self.remark, self.seen_button):
            head.addWidget(widget)
        head.addStretch(1)
        head.addLayout(self._head_chips)
        head.addWidget(self.close_button)
        cards = QHBoxLayout()
        cards.setSpacing(GAP)
        for chart, stretch in ((self.categories, 4), (self.merchants, 5), (self.months, 4)):
            cards.addWidget(chart, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addLayout(cards, 1)

    # what is shown

    @Slot()
    def refresh(self) -> None:
        """Add up again, at once."""
        self._pause.stop()
        sheet = self._desk.sheet
        lines = [line for line in sheet.lines(sheet.ids()) if not line.removed and line.is_receipt]
        self.totals = total_up((line.value for line in lines), self._currency, None if self._all else MOST)
        self._seen = total_up((line.value for line in lines if line.copied), self.totals.currency)
        self._show_totals()

    def show_filter(self, narrow: RowFilter) -> None:
        """The rows are narrowed by this now: its bar is the chosen one."""
        self._narrow = narrow
        if self.isVisible():
            self._show_totals()

    def take_keys(self) -> None:
        """The keys go to the first bar there is."""
        if not any(chart.take_keys() for chart in (self.categories, self.merchants, self.months)):
            self.close_button.setFocus()

    def _show_totals(self) -> None:
        totals = self.totals
        self.amount.setText(sum_words(totals.amount, totals.currency) if totals.count else "")
        said = [self.tr("%n receipt(s)", None, totals.count)]
        if totals.without_total:
            said.append(self.tr("{count} without a total").format(count=totals.without_total))
        self.remark.setText(" · ".join(said))
        seen = self._seen
        some = bool(seen.count) and seen.currency == totals.currency
        self.seen_button.setText(seen_words(seen.count, {seen.currency: seen.amount}))
        self.seen_button.setVisible(some)
        self._show_chips()
        nothing = self.tr("Nothing to add up yet")
        for chart, parts, name in (
            (self.categories, totals.categories, "category"),
            (self.merchants, totals.merchants, "merchant"),
            (self.months, totals.months, "date"),
        ):
            chart.show_parts(self._in_words(parts, name), self._narrow, nothing)
        self._put_in_order()

    def _put_in_order(self) -> None:
        """Tab goes through the head and then from card to card, whatever was made when."""
        order: list[QWidget] = [self.seen_button, *self.chips.values(), self.close_button]
        for chart in (self.categories, self.merchants, self.months):
            order += chart.bars
        if order != self._order:
            self._order = order
            for before, after in pairwise(order):
                QWidget.setTabOrder(before, after)

    def _in_words(self, parts: Sequence[Part], name: str) -> list[Shown]:
        longest = max((abs(part.amount) for part in parts), default=Decimal(0)) or Decimal(1)
        return [
            Shown(
                part,
                self._label(part, name),
                sum_words(part.amount, self.totals.currency),
                f"{part.amount:,.2f}",
                self.tr("%n receipt(s)", None, part.count),
                float(abs(part.amount) / longest),
            )
            for part in parts
        ]

    def _label(self, part: Part, name: str) -> str:
        if part.key == OTHERS:
            return self.tr("All others")
        if part.key == EARLIER:
            return self.tr("earlier")
        if part.key:
            return shown_value(name, part.key)
        return {"category": self.tr("No category"), "merchant": self.tr("No merchant")}.get(name, self.tr("No date"))

    def _show_chips(self) -> None:
        """A chip for each currency where there are several."""
        codes = [code for code, _ in self.totals.currencies]
        if list(self.chips) != codes:
            for chip in self.chips.values():
                self._head_chips.removeWidget(chip)
                chip.hide()
                chip.deleteLater()
            self.chips = {code: Chip() for code in codes}
            for chip in self.chips.values():
                self._group.addButton(chip)
                self._head_chips.addWidget(chip)
                chip.clicked.connect(self._currency_chosen)
        for code, count in self.totals.currencies:
            self.chips[code].show_count(code or self.tr("No currency"), count)
            self.chips[code].setChecked(code == self.totals.currency)
            self.chips[code].setVisible(len(codes) > 1)

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.setAccessibleName(self.tr("Summary"))
        self.title.setText(self.tr("Summary"))
        self.categories.title.setText(field_label("category"))
        self.merchants.title.setText(field_label("merchant"))
        self.months.title.setText(self.tr("Month"))
        self.seen_button.setToolTip(self.tr("Show these rows"))
        self.close_button.setText(self.tr("Back to the pages"))
        self.close_button.setToolTip(self.tr("Back to the pages (Esc)"))
        self._show_totals()

    # what happens

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while nobody looked."""
        super().showEvent(event)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _rows_changed(self) -> None:
        if self.isVisible():
            self._pause.start()

    @Slot()
    def _currency_chosen(self) -> None:
        self._currency = next((code for code, chip in self.chips.items() if chip.isChecked()), None)
        self.refresh()

    @Slot(object)
    def _pressed(self, narrow: RowFilter | None) -> None:
        if narrow is None:
            self._all = True
            self.refresh()
        else:
            self.rows_wanted.emit(NO_FILTER if narrow == self._narrow else narrow)
