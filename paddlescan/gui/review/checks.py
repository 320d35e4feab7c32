"""Checks after an edit: what they say now, what would repair them, and a person's "it is right as it is". No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from paddlescan.document import Check, Field
from paddlescan.extraction.rules import NET_PLUS_TAX, judge_again
from paddlescan.gui.review.values import amount_of

ACCEPTED = " (accepted by hand)"
"""Ends the detail of a check that failed and that a person let pass."""

Repair = tuple[str, str]
"""A field and the value that would make a check pass."""


def recheck(values: Mapping[str, Field], checks: Iterable[Check]) -> tuple[Check, ...]:
    """The checks as they stand after an edit: each rule is judged again.

    One that a person let pass stays so while its figures are the same; one whose figures are gone is left out.
    """
    amounts = {name: amount for name, field in values.items() if (amount := amount_of(field.value)) is not None}
    result: list[Check] = []
    for check in checks:
        again = judge_again(check, amounts)
        if again is not None:
            result.append(check if is_accepted(check) and again.detail == _plain(check.detail) else again)
    return tuple(result)


def accepted(checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks after a person said that the receipt is right as it is."""
    return tuple(c if c.passed else replace(c, passed=True, detail=c.detail + ACCEPTED) for c in checks)


def is_accepted(check: Check) -> bool:
    """Whether a person let this check pass."""
    return check.passed and check.detail.endswith(ACCEPTED)


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


def _plain(detail: str) -> str:
    return detail.removesuffix(ACCEPTED)
