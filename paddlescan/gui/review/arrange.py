"""Which rows are shown and in which order: chip, filter, search box, sort column. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter

from paddlescan.document import Language
from paddlescan.extraction.rules import amount_of
from paddlescan.extraction.typed import sort_key
from paddlescan.gui.review.columns import DUPLICATE, FILE, RESCAN, STATE, Chosen
from paddlescan.gui.review.filters import NO_FILTER, RowFilter
from paddlescan.gui.review.rows import Place
from paddlescan.gui.review.sheet import ReviewSheet
from paddlescan.store import ReceiptLine
from paddlescan.words import category_word, wants_rescan

Value = tuple[Decimal | int, str]
"""What sorts a column: amounts by number, all else by text."""

LANGUAGES: tuple[Language, ...] = ("en", "zh")
_RISK: dict[str, int] = {"needs_review": 0, "failed": 1, "reading": 2, "waiting": 3, "done": 4}


class SortKey:
    """Sorts a column either way; empty cells stay last, equal ones in dropping order."""

    __slots__ = ("_down", "_group", "_place", "_value")

    def __init__(self, group: int, value: Value, place: Place, down: bool) -> None:
        self._group, self._value, self._place, self._down = group, value, place, down

    def __lt__(self, other: SortKey) -> bool:
        if self._group != other._group:
            return self._group < other._group
        if self._value != other._value:
            return (self._value < other._value) != self._down
        return self._place < other._place


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What the clerk chose to see."""

    search: str = field(default="", repr=False)
    state: Chosen | None = None
    show_removed: bool = False
    column: str | None = None
    """Sorted by this column; None: in dropping order."""
    descending: bool = False
    narrow: RowFilter = NO_FILTER

    @property
    def narrows(self) -> bool:
        """Whether chip, filter or search may keep rows back."""
        return bool(self.search or self.state) or not self.narrow.is_empty

    def matches(self, sheet: ReviewSheet, receipt_id: int) -> bool:
        """Whether a row is to be seen."""
        line = sheet.line(receipt_id)
        if not self._lets_through(line) or not (self.narrow is NO_FILTER or self.narrow.matches(line.value)):
            return False
        return not self.search or self._found(line)

    def _lets_through(self, line: ReceiptLine) -> bool:
        """What the chip says."""
        if line.removed and not self.show_removed:
            return False
        if self.state == RESCAN:
            return wants_rescan(line.quality)
        if self.state == DUPLICATE:
            return line.copied
        return self.state is None or line.state == self.state

    def _found(self, line: ReceiptLine) -> bool:
        """What the search box says."""
        wanted = self.search.casefold()
        if wanted in line.texts.casefold() or wanted in line.source.casefold():
            return True
        if any(wanted in word for word in _category_words(line.value("category"))):
            return True
        number = amount_of(self.search)
        return number is not None and number == amount_of(line.value("total"))

    def key(self, sheet: ReviewSheet, receipt_id: int) -> SortKey:
        """Where a row goes."""
        place = sheet.place(receipt_id)
        if self.column is None:
            return SortKey(0, (0, ""), place, False)
        group, value = self._value(sheet, self.column, receipt_id)
        return SortKey(group, value, place, self.descending)

    def arranged(self, sheet: ReviewSheet) -> list[int]:
        """The rows to be seen, in order."""
        if not (self.narrows or self.show_removed or sheet.counts().get("removed")):
            shown = list(sheet.ids())
        else:
            shown = [i for i in sheet.ids() if self.matches(sheet, i)]
        if self.column is None:
            return shown
        groups: dict[int, list[tuple[Value, int]]] = {}
        for receipt_id in shown:
            group, value = self._value(sheet, self.column, receipt_id)
            groups.setdefault(group, []).append((value, receipt_id))
        for pairs in groups.values():
            pairs.sort(key=itemgetter(0), reverse=self.descending)  # stable: equal ones stay in dropping order
        return [receipt_id for group in sorted(groups) for _, receipt_id in groups[group]]

    def _value(self, sheet: ReviewSheet, column: str, receipt_id: int) -> tuple[int, Value]:
        """The group (filled, odd, empty) and what sorts a row within it."""
        if column == STATE:
            return 0, (_risk(sheet.line(receipt_id)), "")
        text = sheet.text(receipt_id, column)
        return (0, (0, text.casefold())) if column == FILE else sort_key(column, text)


@lru_cache(maxsize=256)
def _category_words(category: str) -> tuple[str, ...]:
    """What a category is called in either language."""
    return tuple(category_word(category, language).casefold() for language in LANGUAGES) if category else ()


def _risk(line: ReceiptLine) -> int:
    """What to look at first sorts first: doubtful, the more fields the sooner; a failed check alone; failed; the rest.

    Of rows that are done, a copy of another and a page that should be scanned again come before the others.
    """
    rank = 100 * _RISK[line.state]
    if line.state == "needs_review":
        return rank + 50 - min(len(line.doubtful), 50)
    if line.state == "done":
        return rank + (0 if line.copied else 1 if wants_rescan(line.quality) else 2)
    return rank
