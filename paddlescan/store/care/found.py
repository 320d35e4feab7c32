"""What a start found: frozen values that the edges put into words."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from paddlescan.errors import Failure, StoreMended, StoreRestored, StoreSetAside


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a store that was broken."""

    receipts: int
    """Rows of the table in the new store."""
    aside: Path | None = field(repr=False)
    """Where the broken file lies; None where there was none any more."""
    copy_of: str = ""
    """When the copy was made that filled the gaps, ISO 8601 without seconds; empty where none was wanted."""


@dataclass(frozen=True, slots=True)
class Found:
    """What there was to see to when the store was opened."""

    checked: bool = False
    """Whether the file was checked from end to end, because the last end was not clean."""
    mended: bool = False
    """Whether an index was built anew: nothing was lost."""
    saved: Saved | None = None
    """Set where the store was broken: it was set aside, and what could be saved is in a new one."""
    migrated_from: int | None = None
    """The version the store had, where it was brought up to date."""

    @property
    def news(self) -> Failure | None:
        """What a person should know; None where all is well."""
        if self.saved is not None:
            count, aside = str(self.saved.receipts), self.saved.aside
            if aside is None:
                return StoreRestored(detail=count, extra=self.saved.copy_of).failure
            return StoreSetAside(detail=count, file=str(aside)).failure
        return StoreMended().failure if self.mended else None
