"""The page in front, and the receipt of it that is looked at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from paddlescan.document import PageRef, PageResult, PageState, Preparation, PrepareOptions, Quad
from paddlescan.gui.viewer import switches


@dataclass(frozen=True, slots=True)
class Shown:
    """The page in front."""

    page_id: int
    ref: PageRef
    result: PageResult | None
    prepare: PrepareOptions
    read_with: PrepareOptions | None
    password: str | None = field(repr=False)
    state: PageState | None
    number: int
    """Of the receipt in front, within the page."""

    def after(self, old: Shown | None) -> Shown:
        """With the switches of its reading as far as they follow from what was shown before."""
        if self.read_with is not None:
            return self
        if old is not None and self.is_page_of(old) and old.result == self.result:
            return replace(self, read_with=old.read_with)
        return self if self.wants_reading(self.prepare) else replace(self, read_with=self.prepare)

    def is_page_of(self, other: Shown) -> bool:
        """Whether both are the same page."""
        return (self.page_id, self.ref) == (other.page_id, other.ref)

    def looks_like(self, old: Shown | None) -> bool:
        """Whether nothing about its picture is new but the switches."""
        if old is None or not self.is_page_of(old):
            return False
        return (self.result, self.password, self.number) == (old.result, old.password, old.number)

    @property
    def found(self) -> Preparation | None:
        """What was done to the receipt in front when it was read."""
        return switches.preparation_of(self.result, self.number)

    @property
    def region(self) -> Quad | None:
        """Where the receipt in front lies on a page that holds several."""
        receipt = switches.receipt_of(self.result, self.number)
        return receipt.region if receipt is not None else None

    @property
    def original(self) -> bool:
        """Whether the page is an electronic original: no engine read it, and its lines are the file's own text."""
        if self.result is None or self.result.engine is not None:
            return False
        lines = [line for receipt in self.result.receipts for line in receipt.lines]
        return bool(lines) and all(line.origin != "ocr" for line in lines)

    def in_force(self, options: PrepareOptions) -> PrepareOptions:
        """Switches of the page, as far as they hold for the receipt in front."""
        return options if self.region is None else switches.of_one_receipt(options)

    def for_preview(self, options: PrepareOptions) -> tuple[PrepareOptions, Preparation | None]:
        """What to ask the light process for, and what it need not find again.

        One receipt of several keeps its own turn, which is known from its reading alone.
        """
        options = self.in_force(options)
        return (options, self.found) if self.region else switches.for_preview(options, self.found, self.read_with)

    def wants_reading(self, options: PrepareOptions) -> bool:
        """Whether the receipt in front would be prepared differently from how it was read."""
        read_with = self.in_force(self.read_with) if self.read_with is not None else None
        return switches.wants_reading(self.in_force(options), self.found, read_with)
