"""Checks in the window: what would repair one, and a person's "it is right as it is". No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from paddlescan.document import Check, Field
from paddlescan.document.sameness import NOT_SEEN_BEFORE
from paddlescan.extraction.rules import NET_PLUS_TAX, accept, amount_of, failing, take_back

if TYPE_CHECKING:
    from paddlescan.gui.review.sheet import ReviewSheet

Repair = tuple[str, str]
"""A field and the value that would make a check pass."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A person let failed checks of a receipt pass, with the figures they had; or took that back."""

    receipt_id: int
    said: tuple[Check, ...]
    """The failed checks that the person saw."""
    taken_back: bool = False

    def over(self, checks: tuple[Check, ...]) -> tuple[Check, ...]:
        """What becomes of the checks as they are today: those that say something else by now stay as they are."""
        return take_back(checks, self.said) if self.taken_back else accept(checks, self.said)


def to_accept(checks: Iterable[Check], seen_before: bool) -> tuple[Check, ...]:
    """The failed checks that a person lets pass: that it was seen before, and only that, or all the others."""
    return tuple(check for check in failing(checks) if (check.name == NOT_SEEN_BEFORE) == seen_before)


def copy_alone(sheet: ReviewSheet, receipt_id: int, checks: Iterable[Check]) -> bool:
    """Whether a receipt is only to be looked at because it was seen before. Then its total is what stands for it.

    checks: what they say of it now.
    """
    total, failed = sheet.field(receipt_id, "total"), failing(checks)
    in_doubt = sheet.wants_look(receipt_id) != ("total",) or (total is not None and total.doubtful)
    return not in_doubt and bool(failed) and all(check.name == NOT_SEEN_BEFORE for check in failed)


def repair_of(check: Check, values: Mapping[str, Field]) -> Repair | None:
    """The one change that is proved by something else on the page; None where nothing is proved.

    Of total, net and tax each follows from the other two. Proof is that what follows was also read (a
    candidate), or that just this one of the three is in doubt; a value that a person typed is never repaired.
    """
    figures = _figures(values)
    if check.passed or check.name != NET_PLUS_TAX or figures is None:
        return None
    total, net, tax = figures
    wanted = {"total": net + tax, "subtotal": total - tax, "tax": total - net}
    open_ = {n: v for n, v in wanted.items() if values[n].origin != "user" and v >= 0}
    read = [n for n, v in open_.items() if any(amount_of(c) == v for c in values[n].candidates)]
    doubtful = [n for n in open_ if values[n].doubtful]
    for names in (read, doubtful):
        if len(names) == 1:
            return names[0], f"{wanted[names[0]]:.2f}"
    return None


def _figures(values: Mapping[str, Field]) -> tuple[Decimal, Decimal, Decimal] | None:
    found = [amount_of(values[name].value) if name in values else None for name in ("total", "subtotal", "tax")]
    total, net, tax = found
    return None if total is None or net is None or tax is None else (total, net, tax)
