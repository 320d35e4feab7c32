"""The fields of the receipt in front: to be looked at, confirmed, typed over. Holds nothing but what is being typed."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from paddlescan.document import BLANK, Field, Receipt
from paddlescan.errors import PaddleScanError
from paddlescan.extraction.rules import contradicted, failing
from paddlescan.gui.review.check_words import First
from paddlescan.gui.review.checks import copy_alone
from paddlescan.gui.review.checks_view import ChecksView
from paddlescan.gui.review.desk import ReviewDesk
from paddlescan.gui.review.failure_card import FailureCard
from paddlescan.gui.review.field_form import FieldForm
from paddlescan.gui.review.items_view import ItemsView
from paddlescan.gui.review.look_strip import LookStrip
from paddlescan.gui.review.looks import Cell
from paddlescan.gui.review.panel_hand import PanelHand
from paddlescan.gui.review.quality_card import QualityCard
from paddlescan.gui.review.seen import SeenBefore
from paddlescan.gui.review.sheet import Changes
from paddlescan.gui.tokens import GAP


class FieldsPanel(QWidget):
    """Strip, fields, checks; or the failure of the page."""

    field_selected = Signal(int, str)
    cutout_wanted = Signal(int, object)
    """Page id, Quad: answered by `show_cutout` with the key (page id, quad)."""
    read_again_wanted = Signal(int)
    password_wanted = Signal(int)
    show_file_wanted = Signal(int)
    removal_wanted = Signal(int)
    """The receipt's row is to be taken out."""

    def __init__(self, desk: ReviewDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._found = Receipt()
        self._shown: Cell | None = None
        self._stale = QTimer(self)
        self._stale.setSingleShot(True)
        self._stale.setInterval(0)
        self._stale.timeout.connect(self.catch_up)
        self.receipt: int | None = None
        """The receipt that is shown."""
        self.strip = LookStrip()
        self.bare = QLabel()
        self.foot = QLabel("\u00a0")
        """Says what a key does in a field under which nothing stands: there, it would push the others down."""
        self.failure = FailureCard()
        self.quality = QualityCard()
        self.checks = ChecksView()
        self.items = ItemsView()
        self.seen = SeenBefore(desk, self)
        self.form = FieldForm(desk.sheet, desk.memory)
        self.editors = self.form.editors
        self._lay_out()
        self.hand = PanelHand(self)
        self._connect()
        self.retranslate()
        self._show_counts(desk.sheet.counts())
        self._show_receipt(desk.front[0] if desk.front else -1)

    def _lay_out(self) -> None:
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(260)
        content = QWidget()
        content.setProperty("panel", True)
        content.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # never wider than the pane
        column = QVBoxLayout(content)
        column.setContentsMargins(14, 0, 14, 14)
        column.setSpacing(GAP)
        self.bare.setProperty("rank", "soft")
        self.bare.setWordWrap(True)
        column.addWidget(self.bare)
        column.addWidget(self.failure)
        column.addWidget(self.quality)
        column.addWidget(self.form)
        self.form.hold_checks(self.checks)
        column.addWidget(self.form.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.items)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.verticalScrollBar().rangeChanged.connect(self.bring_into_sight)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.setSpacing(10)
        top = QVBoxLayout()
        top.setContentsMargins(14, 0, 14, 0)
        top.addWidget(self.strip)
        whole.addLayout(top)
        whole.addWidget(self._scroll, 1)
        self.foot.setProperty("rank", "small")
        self.foot.setContentsMargins(14, 0, 14, 6)
        whole.addWidget(self.foot)  # as high without words as with them

    def _connect(self) -> None:
        desk = self.desk
        desk.receipt_selected.connect(self._show_receipt)
        desk.field_selected.connect(self.show_front)
        desk.changed.connect(self._changed)
        desk.counts_changed.connect(self._show_counts)
        desk.memory.changed.connect(self._show_fields)
        self.form.cutout_wanted.connect(self.cutout_wanted)
        self.form.list_offered.connect(self._offer_list)
        self.failure.read_again_wanted.connect(self.read_again_wanted)
        self.failure.password_wanted.connect(self.password_wanted)
        self.failure.show_file_wanted.connect(self.show_file_wanted)

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.setAccessibleName(self.tr("Fields of the receipt"))
        self.form.retranslate()
        self._show_fields()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the panel was folded away."""
        super().showEvent(event)
        self._show_fields()
        self._show_checks()

    def commit(self) -> None:
        """Keep whatever is being typed, here and in the table; for closing the window and before an export."""
        self.hand.keep_all()
        self.desk.typing_ends.emit()

    @Slot(object, QImage)
    def show_cutout(self, key: object, image: QImage) -> None:
        """A piece of the page has come; it is shown if it is still wanted."""
        if self.form.show_cutout(key, image):
            self.bring_into_sight()

    # what is shown

    @Slot(int)
    def _show_receipt(self, receipt_id: int) -> None:
        """Another receipt is in front; what was typed into the one before is kept first."""
        self.hand.keep_all()
        self.receipt = receipt_id if receipt_id in self.desk.sheet else None
        self.catch_up()
        self._scroll.verticalScrollBar().setValue(0)

    @Slot(int, str)
    def show_front(self, receipt_id: int, name: str) -> None:
        """A field is in front: its evidence stands under it, in sight."""
        if receipt_id == self.receipt:
            if self._shown != self.desk.front:
                self._shown = self.desk.front
                self._show_fields()
                self._place_checks()
            self.bring_into_sight()
            if self.hasFocus():
                self.hand.take_focus_back()
        self.field_selected.emit(receipt_id, name)

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        if self.receipt in changes.gone:
            self.receipt = None
        if self.receipt in changes.changed or self.receipt is None:
            self._stale.start()  # not at once: an Enter changes a receipt, saves it, and goes on to another

    @Slot()
    def catch_up(self) -> None:
        """Show the receipt as it is now."""
        self._stale.stop()
        self._shown = self.desk.front
        self._show_fields()
        self._show_checks()

    @Slot(object)
    def _show_counts(self, counts: dict[str, int]) -> None:
        self.strip.set_left(counts.get("needs_review", 0), counts.get("all", 0))

    def _show_fields(self) -> None:
        sheet, receipt_id = self.desk.sheet, self.receipt
        row = sheet.row(receipt_id) if receipt_id is not None and receipt_id in sheet else None
        failed = row is not None and row.state == "failed"
        self.failure.show_failure(row.page_id if row else None, row.failure if row and failed else None)
        self.quality.show_quality(row.quality if row and not failed else ())
        empty = row is not None and BLANK in row.quality and not row.values  # fields typed by hand are shown
        self.form.show_receipt(row.receipt_id if row and not empty else None, self.desk.front)
        self._show_bare()

    def _show_bare(self) -> None:
        """Why there are no fields beside the page in front."""
        page_id = self.desk.bare_page
        if page_id is not None and self.desk.sheet.ids_of_page(page_id):
            self.bare.setText(self.tr("The receipts of this page were removed from the table."))
        else:
            self.bare.setText(self.tr("This page is not read yet."))
        self.bare.setVisible(self.receipt is None and page_id is not None)

    def _show_checks(self) -> None:
        self._found = Receipt()
        if self.receipt is not None and self.receipt in self.desk.sheet and self.isVisible():
            with suppress(PaddleScanError):  # busy, or just gone: the next change asks again
                self._found = self.desk.sheet.receipt(self.receipt).receipt
        self.items.show_items(self._found.items)
        self._place_checks()

    def _place_checks(self) -> None:
        """What speaks against the field in front stands right under it, the rest below the amounts."""
        checks, front = self._found.checks, self.desk.front
        values: Mapping[str, Field] = {}
        first: First | None = None
        if self.receipt is not None and checks:
            values, first = self.desk.sheet.row(self.receipt).values, self.seen.first_of(self.receipt)
        name = front[1] if front is not None and front[0] == self.receipt else ""
        here = tuple(check for check in checks if name in contradicted((check,)))
        copy = name == "total" and self.receipt is not None and copy_alone(self.desk.sheet, self.receipt, checks)
        here += failing(checks) if copy else ()
        evidence = self.form.evidence
        evidence.checks.show_checks(here, values, first)
        keyed = not evidence.checks.key_words
        self.checks.show_checks([check for check in checks if check not in here], values, first, keyed)
        self.form.contradicted, self.form.copy = bool(here), copy
        self.form.show_typing(name)

    @Slot(bool)
    def _offer_list(self, offered: bool) -> None:
        self.foot.setText(self.tr("Alt+Down lists earlier ones") if offered else "\u00a0")

    @Slot()
    def bring_into_sight(self) -> None:
        """Scroll to the field in front and what stands under it."""
        front = self.desk.front
        if front and front[0] == self.receipt and front[1] in self.editors:
            evidence = self.form.evidence
            if evidence.isVisible():
                self._scroll.ensureWidgetVisible(evidence, 0, GAP)
            self._scroll.ensureWidgetVisible(self.editors[front[1]], 0, GAP)
