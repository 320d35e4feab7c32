"""A template while the clerk changes it: every column there is, those that are wanted in their order. No widgets."""

from __future__ import annotations

from dataclasses import dataclass, replace

from paddlescan.document import Language
from paddlescan.export.columns import EMPTY, KEYS, header
from paddlescan.export.template_files import is_built_in
from paddlescan.export.templates import LONGEST_HEADER, Column, Template


@dataclass(frozen=True, slots=True)
class Line:
    """A column, whether it is in the sheet, and what was written over it."""

    key: str
    header: str
    on: bool


class Draft:
    """Begins as a template; `template` is what has become of it."""

    def __init__(self, base: Template) -> None:
        self.base = base
        there = set(base.keys)
        chosen = [Line(column.key, column.header, True) for column in base.columns]
        others = [Line(key, "", False) for key in KEYS if key not in there or key == EMPTY]
        self.lines: list[Line] = [*chosen, *others]
        self.totals = base.totals
        self.only_receipts = base.only == "receipts"

    @property
    def is_own(self) -> bool:
        """Whether it may be saved under its own name, and deleted."""
        return not is_built_in(self.base.name)

    @property
    def changed(self) -> bool:
        """Whether it is other than what it began as."""
        return self.is_possible and self.template() != self.base

    @property
    def is_possible(self) -> bool:
        """Whether any column is left."""
        return any(line.on for line in self.lines)

    def template(self, name: str = "") -> Template:
        """As it is now, under its own name or another. Raises Problem for one that cannot be."""
        columns = tuple(Column(line.key, line.header) for line in self.lines if line.on)
        made = replace(self.base, columns=columns, totals=self.totals, only="receipts" if self.only_receipts else "all")
        return replace(made, name=name, titles=()) if name and name != self.base.name else made

    def shown_header(self, at: int, language: Language) -> str:
        """What stands over a column."""
        line = self.lines[at]
        return line.header or header(line.key, self.base.speaks(language))

    def turn(self, at: int, on: bool) -> None:
        """Take a column in, or leave it out."""
        self.lines[at] = replace(self.lines[at], on=on)

    def write(self, at: int, text: str, language: Language) -> None:
        """Write something else over a column; nothing, or its own words: its own again, in every language."""
        own = header(self.lines[at].key, self.base.speaks(language))
        text = " ".join(text.split())[:LONGEST_HEADER]
        self.lines[at] = replace(self.lines[at], header="" if text == own else text)

    def move(self, at: int, to: int) -> int:
        """Put a column elsewhere; returns where it is now."""
        to = max(0, min(to, len(self.lines) - 1))
        self.lines.insert(to, self.lines.pop(at))
        return to
