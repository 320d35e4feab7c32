"""How to scan: which scanner, whence, how fine, in colour or not, how large the paper is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QWidget

from paddlescan.desktop.scanner.listing import Scanner
from paddlescan.desktop.scanner.options import Abilities, Source
from paddlescan.desktop.scanner.wish import PAPERS, Wish, resolution_of, source_of
from paddlescan.gui.settings.section import offer
from paddlescan.gui.tokens import GAP

_PAPERS = {"a4": "A4 (210 × 297 mm)", "a5": "A5 (148 × 210 mm)", "letter": "Letter", "legal": "Legal"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose, to be remembered for the next time."""

    scanner: str
    wish: Wish


class Choices(QWidget):
    """A row for each choice. What a scanner does not let choose is not shown; without a scanner, nothing is."""

    scanner_chosen = Signal(object)
    """Scanner: another one."""
    source_chosen = Signal()

    def __init__(self, last: Chosen) -> None:
        super().__init__()
        self._last = last
        self._abilities: Abilities | None = None
        self.scanner, self.source, self.resolution = QComboBox(), QComboBox(), QComboBox()
        self.colour, self.paper = QComboBox(), QComboBox()
        self.look = QPushButton()
        self.look.setAutoDefault(False)
        self._rows = [(QLabel(), box) for box in (self.scanner, self.source, self.resolution, self.colour, self.paper)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GAP)
        grid.setVerticalSpacing(GAP)
        grid.setColumnStretch(1, 1)
        for at, (caption, box) in enumerate(self._rows):
            caption.setBuddy(box)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(24)
            grid.addWidget(caption, at, 0)
            grid.addWidget(box, at, 1, 1, 1 if box is self.scanner else 2)
        grid.addWidget(self.look, 0, 2)
        self.scanner.activated.connect(self._scanner_activated)
        self.source.activated.connect(self.source_chosen)
        self.retranslate()
        self.show_abilities(None)

    # What there is ----------------------------------------------------------------------------------

    def show_scanners(self, scanners: Iterable[Scanner]) -> None:
        """These scanners there are; the one that was used last is chosen, else the first one."""
        names = {scanner.name: scanner for scanner in scanners}
        offer(self.scanner, [(scanner.title, scanner) for scanner in names.values()], names.get(self._last.scanner))
        self.scanner.setEnabled(bool(names))
        self._show_rows(lambda _box: True)

    def show_nothing(self) -> None:
        """There is no scanner: one can but look again."""
        self._show_rows(lambda _box: False)

    def _show_rows(self, wanted: Callable[[QComboBox], bool]) -> None:
        for caption, box in self._rows:
            caption.setVisible(wanted(box))
            box.setVisible(wanted(box))

    def show_abilities(self, abilities: Abilities | None) -> None:
        """This the chosen scanner can do; None: it is not known yet."""
        self._abilities = abilities
        self._fill()
        for _, box in self._rows[1:]:
            box.setEnabled(abilities is not None)
        self._show_rows(lambda box: abilities is None or box.count() > 0)

    def _fill(self) -> None:
        wish, abilities = self._last.wish, self._abilities
        if abilities is None:
            for _, box in self._rows[1:]:
                offer(box, [], None)
            return
        sources = abilities.sources
        offer(self.source, [(self._source_words(one, sources), one) for one in sources], source_of(abilities, wish))
        dots = [(self.tr("{dpi} dpi").format(dpi=dpi), dpi) for dpi in abilities.resolutions]
        offer(self.resolution, dots, resolution_of(abilities, wish))
        colours = {"colour": self.tr("Colour"), "grey": self.tr("Grey")}
        offer(self.colour, [(colours[one], one) for one in abilities.colours], wish.colour)
        papers = [(_PAPERS.get(name) or self.tr("As large as it can"), name) for name in PAPERS]
        offer(self.paper, papers if abilities.sized else [], wish.paper)

    def _source_words(self, source: Source, among: tuple[Source, ...]) -> str:
        words = {
            "flatbed": self.tr("Glass (flatbed)"),
            "feeder": self.tr("Feeder"),
            "duplex": self.tr("Feeder, both sides"),
        }.get(source.kind)
        if words is None:
            return source.words
        alike = sum(one.kind == source.kind for one in among)
        return words if alike == 1 else f"{words}: {source.words}"

    # What is chosen ---------------------------------------------------------------------------------

    @property
    def chosen_scanner(self) -> Scanner | None:
        """The scanner."""
        scanner = self.scanner.currentData()
        return scanner if isinstance(scanner, Scanner) else None

    @property
    def many(self) -> bool:
        """Whether pages come from a feeder."""
        source = self.source.currentData()
        return isinstance(source, Source) and source.many

    def chosen(self) -> Chosen:
        """All of it; what could not be chosen is as it was the last time."""
        last, source = self._last.wish, self.source.currentData()
        wish = Wish(
            resolution=self.resolution.currentData() or last.resolution,
            colour=self.colour.currentData() or last.colour,
            source=source.words if isinstance(source, Source) else last.source,
            kind=source.kind if isinstance(source, Source) else last.kind,
            paper=self.paper.currentData() or last.paper,
        )
        scanner = self.chosen_scanner
        self._last = Chosen(scanner.name if scanner else self._last.scanner, wish)
        return self._last

    @Slot()
    def _scanner_activated(self) -> None:
        self.chosen()
        self.scanner_chosen.emit(self.chosen_scanner)

    # Words ------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.look.setText(self.tr("&Look again"))
        captions = (
            self.tr("&Scanner"),
            self.tr("&From"),
            self.tr("&Resolution"),
            self.tr("&Colour"),
            self.tr("&Paper"),
        )
        for words, (caption, box) in zip(captions, self._rows, strict=True):
            caption.setText(words)
            box.setAccessibleName(words.partition("(&")[0].replace("&", ""))
        if self._abilities is not None:
            self.chosen()
            self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
