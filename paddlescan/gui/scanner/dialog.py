"""The dialog that takes pages from a scanner. Each page is told of as soon as it is whole."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from paddlescan.desktop.scanner.acquiring import Order
from paddlescan.desktop.scanner.listing import Scanner
from paddlescan.desktop.scanner.options import Abilities
from paddlescan.errors import Failure
from paddlescan.gui.scanner.choices import Choices, Chosen
from paddlescan.gui.scanner.talk import ScannerTalk
from paddlescan.gui.scanner.words import ScannerWords, Scanning, State
from paddlescan.gui.shared import mark
from paddlescan.gui.tokens import GAP

_WIDTH = 560


class ScannerDialog(QDialog):
    """One dialog, no second one: errors are spoken of in it. `look` begins."""

    page_kept = Signal(object)
    """Path: the file of a page."""
    chosen = Signal(object)
    """Chosen: what was scanned with."""

    def __init__(self, folder: Path, last: Chosen, parent: QWidget | None = None) -> None:
        """folder: of scanned pages."""
        super().__init__(parent)
        self._folder = folder
        self._state = State.LOOKING
        self._failure: Failure | None = None
        self._program: Path | None = None
        self._abilities: Abilities | None = None
        self._pages, self._page, self._leaving = 0, 1, False
        self._begun = datetime.now()
        """All pages of this dialog are numbered through: their names tell when it was opened."""
        self.sentence, self.remark, self.bar = QLabel(), QLabel(), QProgressBar()
        self._words, self.choices = ScannerWords(self), Choices(last)
        self._talk = ScannerTalk(parent or self, self)
        self.close_button, self.stop_button, self.scan = QPushButton(), QPushButton(), QPushButton()
        self._lay_out()
        self._connect()
        self._be(State.LOOKING)

    def _connect(self) -> None:
        self.choices.look.clicked.connect(self.look)
        self.choices.scanner_chosen.connect(self._ask)
        self.choices.source_chosen.connect(self.retranslate)
        self.close_button.clicked.connect(self.reject)
        self.stop_button.clicked.connect(self.stop)
        self.scan.clicked.connect(self._scan)
        self._talk.found.connect(self._found)
        self._talk.known.connect(self.show_abilities)
        self._talk.scanned.connect(self._scanned)
        self._talk.progressed.connect(self._progressed)
        self._talk.page_kept.connect(self._kept)
        self._talk.stopping.connect(self._stops)
        self._talk.failed.connect(self.show_failure)
        self._talk.ended.connect(self._ended)

    def _lay_out(self) -> None:
        self.setMinimumWidth(_WIDTH)
        self.sentence.setProperty("rank", "head")
        self.remark.setProperty("rank", "soft")
        for label in (self.sentence, self.remark):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)  # it names devices, whatever they are called
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bar.setTextVisible(False)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that nothing jumps
        self.bar.setSizePolicy(policy)
        self.scan.setProperty("primary", True)
        self.scan.setDefault(True)
        for button in (self.close_button, self.stop_button):
            button.setAutoDefault(False)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(GAP)
        for widget in (self.sentence, self.remark, self.bar):
            column.addWidget(widget)
        column.addSpacing(GAP)
        column.addWidget(self.choices)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 2 * GAP, 0, 0)
        buttons.setSpacing(GAP)
        buttons.addStretch(1)
        for button in (self.close_button, self.stop_button, self.scan):
            buttons.addWidget(button)
        column.addLayout(buttons)

    # What is asked ------------------------------------------------------------------------------------

    @Slot()
    def look(self) -> None:
        """Look for scanners."""
        self.choices.show_scanners(())
        self.choices.show_abilities(None)
        self._be(State.LOOKING)
        self._talk.look()

    @Slot(object)
    def _ask(self, scanner: Scanner | None) -> None:
        """Ask the chosen scanner what it can do."""
        self.choices.show_abilities(None)
        if scanner is None or self._program is None:
            return
        self._be(State.ASKING)
        self._talk.ask_abilities(self._program, scanner)

    @Slot()
    def _scan(self) -> None:
        scanner = self.choices.chosen_scanner
        if self._state is not State.READY or scanner is None or self._program is None or self._abilities is None:
            return
        chosen = self.choices.chosen()
        self.chosen.emit(chosen)
        order = Order(self._program, scanner, self._abilities, chosen.wish, self._folder)
        self._page = 1
        self._be(State.SCANNING)
        self._talk.scan(order, self._begun)
        self.stop_button.setFocus()

    @Slot()
    def stop(self) -> None:
        """Stop the scanner: the page under way is not kept, those before it are."""
        if self._state is State.SCANNING and self._talk.goes_on:
            self._be(State.STOPPING)
            self._talk.stop()

    # What comes of it ---------------------------------------------------------------------------------

    @Slot(object)
    def _found(self, answer: tuple[Path, tuple[Scanner, ...]]) -> None:
        self.show_scanners(*answer)
        self._ask(self.choices.chosen_scanner)

    def show_scanners(self, program: Path, scanners: tuple[Scanner, ...]) -> None:
        """These scanners were found by this program."""
        self._program = program
        self.choices.show_scanners(scanners)

    @Slot(object)
    def show_abilities(self, abilities: Abilities) -> None:
        """This the chosen scanner can do."""
        self._abilities = abilities
        self.choices.show_abilities(abilities)
        self._be(State.READY)
        self.scan.setFocus()

    @Slot(int, int)
    def _progressed(self, page: int, percent: int) -> None:
        if self._state is State.SCANNING:
            self.bar.setRange(0, 100 if percent >= 0 else 0)
            self.bar.setValue(max(0, percent))
            if page != self._page:
                self._page = page
                self._say()

    @Slot(object)
    def _kept(self, file: Path) -> None:
        self._pages += 1
        self.page_kept.emit(file)
        self._say()

    @Slot()
    def _stops(self) -> None:
        """By itself, because something is wrong."""
        if self._state is State.SCANNING:
            self._be(State.STOPPING)

    @Slot(object)
    def _scanned(self, _pages: int) -> None:
        self._be(State.READY)
        self.scan.setFocus()

    @Slot(object)
    def show_failure(self, failure: Failure) -> None:
        """Say what is wrong; a scanner that was ready can be tried again."""
        stuck = self._state not in (State.SCANNING, State.STOPPING)
        self._be(State.STUCK if stuck else State.READY, failure)
        if stuck and self.choices.chosen_scanner is None:
            self.choices.show_nothing()
            self.choices.updateGeometry()  # else its rows are still counted
            self._column.activate()
            self.resize(self.width(), self._column.totalHeightForWidth(self.width()))
        (self.scan if self.scan.isEnabled() else self.choices.look).setFocus()

    @Slot()
    def _ended(self) -> None:
        """If the scanner was told to stop, nothing else was said."""
        if self._state is State.STOPPING:
            self._be(State.READY)
            self.scan.setFocus()
        if self._leaving:
            super().reject()

    # What it says -------------------------------------------------------------------------------------

    def _be(self, state: State, failure: Failure | None = None) -> None:
        self._state, self._failure = state, failure
        busy = state in (State.LOOKING, State.ASKING, State.SCANNING, State.STOPPING)
        at_work = state in (State.SCANNING, State.STOPPING)
        self.bar.setRange(0, 0)
        self.bar.setVisible(busy)
        self.choices.setEnabled(not at_work)
        self.choices.look.setEnabled(state is not State.LOOKING)
        self.scan.setVisible(not at_work)
        self.scan.setEnabled(state is State.READY)
        self.stop_button.setVisible(at_work)
        self.stop_button.setEnabled(state is State.SCANNING)
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.setWindowTitle(self.tr("Scan from scanner"))
        self.close_button.setText(self.tr("Close"))
        self.stop_button.setText(self.tr("Stop"))
        again = self._pages and self._state is State.READY and not self.choices.many
        self.scan.setText(self.tr("Scan next page") if again else self.tr("Scan"))
        self.bar.setAccessibleName(self.tr("How far the scanner is"))
        self._say()

    def _say(self) -> None:
        scanner = self.choices.chosen_scanner
        now = Scanning(
            self._state, scanner.title if scanner else "", self._page, self._pages, self.choices.many, self._failure
        )
        mark(self.sentence, rank="bad" if self._failure is not None else "head")
        self.sentence.setText(self._words.sentence(now))
        self.remark.setText(self._words.remark(now))
        self._grow()

    def _grow(self) -> None:
        """As high as its sentences need at this width, which Qt guesses too low for several lines."""
        wanted = self._column.totalHeightForWidth(self.width())
        if self.isVisible() and wanted > self.height():
            self.resize(self.width(), wanted)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with room for what is said."""
        super().showEvent(event)
        self._grow()

    # The end ------------------------------------------------------------------------------------------

    def reject(self) -> None:
        """Close; a scanner at work is stopped first."""
        if self._state in (State.SCANNING, State.STOPPING) and self._talk.goes_on:
            self._leaving = True
            self.stop()
            return
        self._talk.forget()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """As Close."""
        event.ignore()
        self.reject()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
