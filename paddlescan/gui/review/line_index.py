"""The lines of one batch by receipt, by page and in dropping order, and how many there are of each kind. No Qt."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

from paddlescan.gui.review.columns import DUPLICATE, RESCAN
from paddlescan.gui.review.rows import Place, pages_of, place_of
from paddlescan.store import ReceiptLine
from paddlescan.words import wants_rescan


class LineIndex:
    """Light: one line a receipt."""

    def __init__(self) -> None:
        self._lines: dict[int, ReceiptLine] = {}
        self._pages: dict[int, tuple[int, ...]] = {}
        self._order: list[Place] = []
        self.counts: Counter[str] = Counter()
        """Lines that are not removed: `all`, each state, `rescan`, `duplicate`; and the `removed`."""

    def __contains__(self, receipt_id: object) -> bool:
        return receipt_id in self._lines

    def __len__(self) -> int:
        return len(self._lines)

    def line(self, receipt_id: int) -> ReceiptLine:
        """The line of a receipt. KeyError if it is not there."""
        return self._lines[receipt_id]

    def ids(self) -> tuple[int, ...]:
        """Every receipt in dropping order."""
        return tuple(place[-1] for place in self._order)

    def beside(self, receipt_id: int, count: int) -> tuple[int, ...]:
        """The receipts around one in dropping order, so many before and behind it at most; it is not among them."""
        at = bisect_left(self._order, place_of(self._lines[receipt_id]))
        near = self._order[max(0, at - count) : at] + self._order[at + 1 : at + 1 + count]
        return tuple(place[-1] for place in near)

    def lines(self, receipt_ids: Iterable[int]) -> Iterator[ReceiptLine]:
        """Their lines, one after the other. KeyError for one that is not there."""
        return map(self._lines.__getitem__, receipt_ids)

    def ids_of_page(self, page_id: int) -> tuple[int, ...]:
        """The receipts of a page in dropping order."""
        return tuple(sorted(self._pages.get(page_id, ()), key=lambda receipt_id: place_of(self._lines[receipt_id])))

    def fill(self, lines: Iterable[ReceiptLine]) -> None:
        """Add many lines at once, in whatever order; those that are known stay as they are."""
        for line in lines:
            if line.receipt_id not in self._lines:
                self._enter(line)
                self._order.append(place_of(line))
        self._order.sort()

    def put(self, line: ReceiptLine) -> None:
        """Add a line, or put it in place of the one of this receipt."""
        known = self._lines.get(line.receipt_id)
        place = place_of(line)
        if known is not None:
            self._leave(known)
        if known is None or place_of(known) != place:
            if known is not None:
                del self._order[bisect_left(self._order, place_of(known))]
            self._order.insert(bisect_left(self._order, place), place)
        self._enter(line)

    def drop(self, receipt_id: int) -> None:
        """Take a line out. KeyError if it is not there."""
        line = self._lines[receipt_id]
        self._leave(line)
        del self._order[bisect_left(self._order, place_of(line))]
        del self._lines[receipt_id]

    def _enter(self, line: ReceiptLine) -> None:
        self._lines[line.receipt_id] = line
        for page_id in pages_of(line):
            self._pages[page_id] = (*self._pages.get(page_id, ()), line.receipt_id)
        self._count(line, 1)

    def _leave(self, line: ReceiptLine) -> None:
        for page_id in pages_of(line):
            left = tuple(i for i in self._pages[page_id] if i != line.receipt_id)
            if left:
                self._pages[page_id] = left
            else:
                del self._pages[page_id]
        self._count(line, -1)

    def _count(self, line: ReceiptLine, by: int) -> None:
        if line.removed:
            self.counts["removed"] += by
            return
        self.counts["all"] += by
        self.counts[line.state] += by
        if wants_rescan(line.quality):
            self.counts[RESCAN] += by
        if line.copied:
            self.counts[DUPLICATE] += by
