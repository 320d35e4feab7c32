"""What copies will be called: old name, new name, and what to know of each. Knows no window."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from paddlescan.export.renaming import PlannedCopy


@dataclass(frozen=True, slots=True)
class Copy:
    """One line of a dry run."""

    before: str = field(repr=False)
    after: str = field(repr=False)
    missing: tuple[str, ...] = ()
    """Fields that the pattern asks for and nobody read."""
    taken: bool = False
    there: bool = False
    receipts: int = 1
    trouble: str = field(default="", repr=False)
    """Why it could not be made."""

    @property
    def is_odd(self) -> bool:
        """Whether a person should look at it before."""
        return bool(self.missing or self.taken)


@dataclass(frozen=True, slots=True)
class Copies:
    """A dry run."""

    copies: tuple[Copy, ...]

    @property
    def odd(self) -> int:
        """How many a person should look at."""
        return sum(copy.is_odd for copy in self.copies)

    @property
    def made(self) -> int:
        """How many will be made."""
        return sum(not copy.there for copy in self.copies)

    def with_trouble(self, failed: Mapping[str, str]) -> Copies:
        """The same, with why some could not be made, by the original's own name."""
        return Copies(tuple(replace(copy, trouble=failed.get(copy.before, "")) for copy in self.copies))


def copies(plan: Sequence[PlannedCopy]) -> Copies:
    """The lines of a plan, in its order."""
    return Copies(tuple(_lines(plan)))


def _lines(plan: Sequence[PlannedCopy]) -> Iterator[Copy]:
    for one in plan:
        before = PurePath(one.source.name).name
        yield Copy(before, one.target, one.missing, one.taken, one.there, one.receipts)
