"""What the window knows of earlier receipts: values to choose from, and what corrections taught.

It is fetched by the writer's thread, for the store may be large; until it is there nothing is offered.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from paddlescan.extraction.sameness import merchant_key
from paddlescan.gui.review.choices import REMEMBERED
from paddlescan.gui.save_commands import Command, SaveEdit, SaveEdits
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.store import Learned, RememberedCategory, Store

_REST_MS = 2_000
"""Edits are over for so long before earlier values are counted anew."""
_folded = lru_cache(maxsize=8_192)(merchant_key)
_NAMES = tuple(sorted(REMEMBERED))


@dataclass(frozen=True, slots=True)
class LoadEarlier:
    """Nothing to save: the values of all batches."""

    def run(self, store: Store) -> object:
        """Values by field, the most used first."""
        return store.earlier_values(_NAMES)


@dataclass(frozen=True, slots=True)
class LoadLearned:
    """Nothing to save: what corrections taught."""

    def run(self, store: Store) -> object:
        """Names put right, and what merchants sell."""
        return store.learned(), store.categories()


class ReviewMemory(QObject):
    """Part of the desk; lives in the window's thread."""

    changed = Signal()
    """Something else is known now."""

    def __init__(self, writer: StoreWriter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = writer
        self._earlier: dict[str, tuple[str, ...]] = {}
        self._learned: dict[tuple[str, str], str] = {}
        self._categories: dict[str, str] = {}
        self._rest = QTimer(self, interval=_REST_MS, singleShot=True)
        self._rest.timeout.connect(self._count_again)
        writer.saved.connect(self._saved)

    def earlier(self, name: str) -> tuple[str, ...]:
        """Values of a field on earlier receipts, the most used first."""
        return self._earlier.get(name, ())

    def learned(self, name: str, seen: str) -> str | None:
        """What a person made of this text the last time; None where that is the text itself."""
        value = self._learned.get((name, _folded(seen))) if seen else None
        return None if value == seen else value

    def category_of(self, merchant: str) -> str | None:
        """What a person said that a merchant's receipts are for."""
        return self._categories.get(_folded(merchant)) if merchant else None

    @Slot()
    def load(self) -> None:
        """Fetch all of it; it is there a moment later."""
        self._submit(LoadEarlier())
        self._submit(LoadLearned())

    def _submit(self, command: Command) -> None:
        if not self._writer.ended and command not in self._writer.unsaved():
            self._writer.submit(command)

    @Slot()
    def _count_again(self) -> None:
        self._submit(LoadEarlier())

    @Slot(object, object)
    def _saved(self, command: Command, answer: object) -> None:
        if isinstance(command, LoadEarlier) and isinstance(answer, dict):
            self._earlier = answer
            self.changed.emit()
        elif isinstance(command, LoadLearned) and isinstance(answer, tuple):
            learned, categories = cast(tuple[tuple[Learned, ...], tuple[RememberedCategory, ...]], answer)
            self._learned = {(one.name, one.seen): one.value for one in learned}
            self._categories = {merchant_key(one.merchant): one.category for one in categories}
            self.changed.emit()
        elif isinstance(command, SaveEdit | SaveEdits) and not self._writer.ended:
            edits = (command.edit,) if isinstance(command, SaveEdit) else command.edits
            if any(edit.name in REMEMBERED for edit in edits):
                self._submit(LoadLearned())
                self._rest.start()
