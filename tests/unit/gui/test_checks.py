"""Checks after an edit, and the repairs that are proved."""

from __future__ import annotations

from typing import Any

import pytest

from paddlescan.document import Check, Field
from paddlescan.extraction.rules import (
    ACCEPTED,
    CAPITALS,
    NET_PLUS_TAX,
    ROUNDS,
    SPELT,
    accept,
    failing,
    is_accepted,
    judge_again,
    recheck,
    take_back,
)
from paddlescan.gui.review.checks import repair_of

FAILED = judge_again(Check(NET_PLUS_TAX, False), {"total": "108.00", "subtotal": "90.00", "tax": "10.80"})
OTHER = Check("amount_in_capitals", False, "says 100.80")


Changes = dict[str, dict[str, Any]]


def values(
    total: str = "108.00", net: str = "90.00", tax: str = "10.80", changes: Changes | None = None
) -> dict[str, Field]:
    found = {"total": total, "subtotal": net, "tax": tax}
    return {name: Field(name, value, **(changes or {}).get(name, {})) for name, value in found.items()}


def judged(fields: dict[str, Field], read: tuple[Check, ...], now: tuple[Check, ...] = ()) -> tuple[Check, ...]:
    return recheck(fields.values(), read, now)


def said(checks: tuple[Check, ...]) -> list[tuple[bool, str]]:
    return [(check.passed, check.detail) for check in checks]


def test_the_sum_is_added_again_and_other_checks_stay() -> None:
    assert FAILED.detail == "net 90.00 + tax 10.80 is 100.80, but the total reads 108.00"
    again = judged(values("100.80"), (FAILED, OTHER))
    assert said(again) == [(True, "net 90.00 + tax 10.80 is the total 100.80"), said((OTHER,))[0]]
    assert judged(values("107.00"), (FAILED,))[0].detail.endswith("but the total reads 107.00")


@pytest.mark.parametrize("passed", [True, False])
def test_a_check_whose_figures_are_gone_says_so_and_is_not_passed(passed: bool) -> None:
    read = (Check(NET_PLUS_TAX, passed, "", ((ROUNDS, "yes"),)), Check(CAPITALS, passed, "", ((SPELT, "1.00"),)))
    without = {"tax": Field("tax", "ten")}
    gone = judged(without, read)
    assert said(gone) == [
        (False, "cannot be checked: no amount in Net, Tax, Total"),
        (False, "cannot be checked: no amount in Total"),
    ]
    assert judged(values("100.85"), read, gone) == judged(values("100.85"), read), "and comes back as it was"


def test_acceptance_is_for_figures_and_lasts_while_they_are_the_same() -> None:
    let_pass = accept((FAILED,), (FAILED,))
    assert said(let_pass) == [(True, FAILED.detail + ACCEPTED)]
    assert judged(values(), (FAILED,), let_pass) == let_pass
    assert failing(let_pass) == ()
    other = judged(values("109.00"), (FAILED,), let_pass)
    assert not other[0].passed
    right = judged(values("100.80"), (FAILED,), other)
    assert said(right) == [(True, "net 90.00 + tax 10.80 is the total 100.80")]
    gone = judged(values(tax=""), (FAILED,), right)
    assert not gone[0].passed
    assert judged(values(), (FAILED,), gone) == let_pass, "the same figures again: nothing new to look at"
    assert accept(other, (FAILED,)) == other, "nobody saw these figures"


def test_acceptance_taken_back_judges_the_figures_of_today() -> None:
    let_pass = accept((FAILED,), (FAILED,))
    assert take_back(let_pass, (FAILED,)) == (FAILED,)
    right = judged(values("100.80"), (FAILED,), let_pass)
    assert said(take_back(right, (FAILED,))) == [(True, "net 90.00 + tax 10.80 is the total 100.80")]
    assert said(judged(values(), (FAILED,), take_back(right, (FAILED,)))) == [(False, FAILED.detail)]
    other = judged(values("109.00"), (FAILED,), let_pass)
    both = accept(other, other)
    assert is_accepted(both[0])
    assert not take_back(both, other)[0].passed
    assert take_back(judged(values(), (FAILED,), both), other) == let_pass, "the other one still stands"


def test_an_acceptance_from_before_facts_were_kept_still_counts() -> None:
    old = (Check(NET_PLUS_TAX, True, FAILED.detail + ACCEPTED),)
    assert said(judged(values(), (FAILED,), old)) == [(True, FAILED.detail + ACCEPTED)]


@pytest.mark.parametrize(
    ("changes", "repair"),
    [
        ({"total": {"candidates": ("100.80",)}}, ("total", "100.80")),
        ({"tax": {"candidates": ("18.00", "1.80")}}, ("tax", "18.00")),
        ({"subtotal": {"candidates": ("97.2",)}}, ("subtotal", "97.20")),
        ({"total": {"doubtful": True}}, ("total", "100.80")),
        ({}, None),
        ({"total": {"doubtful": True}, "tax": {"doubtful": True}}, None),
        ({"total": {"candidates": ("100.80",)}, "tax": {"candidates": ("18.00",)}}, None),
        ({"total": {"candidates": ("100.80",), "origin": "user"}}, None),
    ],
)
def test_only_a_proved_repair_is_offered(changes: Changes, repair: tuple[str, str] | None) -> None:
    assert repair_of(FAILED, values(changes=changes)) == repair


def test_nothing_is_repaired_that_passes_or_is_not_understood() -> None:
    doubtful = values(total="100.80", changes={"tax": {"doubtful": True}})
    assert repair_of(judged(doubtful, (FAILED,))[0], doubtful) is None
    assert repair_of(OTHER, values(changes={"total": {"doubtful": True}})) is None


def test_a_sum_that_the_page_rounds_still_passes_after_another_edit() -> None:
    rounded = Check(NET_PLUS_TAX, True, "", ((ROUNDS, "yes"),))
    assert judged(values("100.85"), (rounded,))[0].passed
    assert not judged(values("100.95"), (rounded,))[0].passed
    assert not judged(values("100.85"), (FAILED,))[0].passed


def test_the_amount_in_capitals_is_compared_again() -> None:
    check = Check(CAPITALS, False, "", ((SPELT, "100.80"),))
    assert judged(values("100.80"), (check,))[0].passed
    assert not judged(values("108.00"), (check,))[0].passed
