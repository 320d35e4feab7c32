"""What every field module looks at: the laid-out lines and what has been learnt of the page as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from paddlescan.document import Kind, Language
from paddlescan.extraction.amounts import Amount, find_amounts
from paddlescan.extraction.dates import FoundDate, find_dates
from paddlescan.extraction.labels import Label, find_labels, role_of
from paddlescan.extraction.layouts import Layout
from paddlescan.extraction.place import Place
from paddlescan.extraction.rows import Line, Sheet


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount on the page and what stands beside it."""

    line: Line
    amount: Amount
    role: str | None
    """What its label makes it; None without a label."""
    above: str | None
    """What the label right above makes it, where it has none beside it."""
    last: bool
    """Nothing with figures stands to its right in its row."""
    in_summary: bool
    """Below the heading of a tax summary."""


@dataclass(frozen=True, eq=False)
class Page:
    """A sheet with its place, kind and language; dates and amounts are found once. A page is equal to itself only."""

    sheet: Sheet
    place: Place
    layout: Layout
    language: Language
    today: date
    kind_words: tuple[str, ...] = ()
    """The words by which its kind is known."""
    labels: tuple[tuple[Label, ...], ...] = field(init=False)
    """Per line."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "labels", tuple(find_labels(line.text) for line in self.sheet.lines))

    @property
    def kind(self) -> Kind:
        """What its layout is one of."""
        return self.layout.kind

    @cached_property
    def dates(self) -> tuple[tuple[Line, FoundDate], ...]:
        """Every date on the page with its line, in reading order."""
        return tuple(
            (line, d) for line in self.sheet.lines for d in find_dates(line.text, self.place.order, self.today)
        )

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """Every amount on the page, in reading order; what is part of a date or a time is none."""
        taken: dict[int, list[FoundDate]] = {}
        for line, found in self.dates:
            taken.setdefault(line.index, []).append(found)
        found_sums: list[Sum] = []
        in_summary = past_total = False
        for row in self.sheet.rows:
            lines = [self.sheet.lines[i] for i in row]
            tokens = {token for i in row for label in self.labels[i] for token in label.tokens}
            amounts = [
                (line, a)
                for line in lines
                for a in find_amounts(line.text)
                if not any(a.start < d.end and d.start < a.end for d in taken.get(line.index, ()))
            ]
            if "summary" in tokens or (past_total and not amounts and {"amount", "tax"} <= tokens):
                in_summary = True
            for n, (line, amount) in enumerate(amounts):
                role = self._role(row, line, amount)
                above = None if role else self._above(line)
                past_total = past_total or role in ("total", "total_incl", "payable", "rounded")
                found_sums.append(Sum(line, amount, role, above, n == len(amounts) - 1, in_summary))
        return tuple(found_sums)

    def _role(self, row: tuple[int, ...], line: Line, amount: Amount) -> str | None:
        """The role by the words of its own line before it, else of the row's lines to its left, else behind it."""
        tokens = {t for label in self.labels[line.index] if label.start < amount.start for t in label.tokens}
        for i in reversed([i for i in row if self.sheet.lines[i].left < line.left and i != line.index]):
            if tokens and find_amounts(self.sheet.lines[i].text):
                break  # what stands left of another amount is that one's label
            tokens |= {t for label in self.labels[i] for t in label.tokens}
        role = role_of(tokens)
        if role is None:
            role = role_of(t for label in self.labels[line.index] if label.start >= amount.end for t in label.tokens)
        return role

    def _above(self, line: Line) -> str | None:
        """The role by a label without figures right above an amount."""
        if line.row == 0:
            return None
        for i in self.sheet.rows[line.row - 1]:
            upper = self.sheet.lines[i]
            overlap = min(upper.right, line.right) - max(upper.left, line.left)
            near = line.top - upper.bottom < 1.2 * line.height
            if near and overlap > 0.3 * min(upper.width, line.width) and not any(c.isdigit() for c in upper.text):
                role = role_of(t for label in self.labels[i] for t in label.tokens)
                if role:
                    return role
        return None

    def has(self, line: Line, *tokens: str) -> bool:
        """Whether a line holds a label of one of these tokens."""
        return any(token in label.tokens for label in self.labels[line.index] for token in tokens)

    def beside(self, line: Line, start: int = 0) -> tuple[tuple[Line, int], ...]:
        """Where the value of a label may stand, best first: (line, from which character on).

        The rest of the label's own line, the lines to its right in the row, the line below it.
        """
        places: list[tuple[Line, int]] = []
        if line.text[start:].strip(" :.#-="):
            places.append((line, start))
        places.extend((m, 0) for m in self.sheet.row_of(line) if m.left > line.left and m.index != line.index)
        if line.row + 1 < len(self.sheet.rows):
            for i in self.sheet.rows[line.row + 1]:
                lower = self.sheet.lines[i]
                if (
                    min(lower.right, line.right) - max(lower.left, line.left) > 0
                    and lower.top - line.bottom < 1.5 * line.height
                ):
                    places.append((lower, 0))
        return tuple(places)
