"""The page in front, and the receipt of it that is looked at."""

from __future__ import annotations

from dataclasses import dataclass

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
    password: str | None
    state: PageState | None
    number: int
    """Of the receipt in front, within the page."""

    @property
    def found(self) -> Preparation | None:
        """What was done to the receipt in front when it was read."""
        return switches.preparation_of(self.result, self.number)

    @property
    def region(self) -> Quad | None:
        """Where the receipt in front lies on a page that holds several."""
        receipt = switches.receipt_of(self.result, self.number)
        return receipt.region if receipt is not None else None
