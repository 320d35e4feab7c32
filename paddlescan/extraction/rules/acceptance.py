"""A person's "it is right as it is" to a failed check: noted with the figures it was said of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from paddlescan.document import Check
from paddlescan.words.checks import ACCEPTED, is_accepted

LET_PASS = "let_pass"
"""Fact of any check, perhaps several times: the detail with which it failed and a person let it pass."""


def failing(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The checks that a person may let pass."""
    return tuple(check for check in checks if not check.passed)


def accept(checks: Iterable[Check], said: Iterable[Check]) -> tuple[Check, ...]:
    """The checks after a person said "it is right as it is" to some failed ones, with the figures they had."""
    said = tuple(said)
    return tuple(
        remember(check, (*let_pass_of(check), check.detail))
        if not check.passed and any((check.name, check.detail) == (c.name, c.detail) for c in said)
        else check
        for check in checks
    )


def take_back(checks: Iterable[Check], said: Iterable[Check]) -> tuple[Check, ...]:
    """The checks without what `accept` made of them for the same `said`; they fail again if they do today."""
    taken = {(check.name, check.detail) for check in said}
    result = []
    for check in checks:
        left = tuple(detail for detail in let_pass_of(check) if (check.name, detail) not in taken)
        passed = check.passed and not is_accepted(check)
        plain = replace(check, passed=passed, detail=check.detail.removesuffix(ACCEPTED))
        result.append(remember(plain, left))
    return tuple(result)


def let_pass_of(check: Check) -> tuple[str, ...]:
    """The details of this check that a person let pass."""
    noted = tuple(detail for name, detail in check.facts if name == LET_PASS)
    return noted or ((check.detail.removesuffix(ACCEPTED),) if is_accepted(check) else ())


def remember(check: Check, let_pass: tuple[str, ...]) -> Check:
    """The check with a note of what a person let pass; it passes if that is what it says now."""
    facts = tuple(fact for fact in check.facts if fact[0] != LET_PASS)
    facts += tuple((LET_PASS, detail) for detail in dict.fromkeys(let_pass))
    if not check.passed and check.detail in let_pass:
        return replace(check, passed=True, detail=check.detail + ACCEPTED, facts=facts)
    return replace(check, facts=facts)
