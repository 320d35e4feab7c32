"""Checks after an edit, and the repairs that are proved."""

from __future__ import annotations

from typing import Any

import pytest

from paddlescan.document import Check, Field
from paddlescan.extraction.rules import CAPITALS, NET_PLUS_TAX, ROUNDS, SPELT
from paddlescan.gui.review.checks import ACCEPTED, accepted, recheck, repair_of

FAILED = Check(NET_PLUS_TAX, False, "net 90.00 + tax 10.80 is 100.80, but the total reads 108.00")
OTHER = Check("amount_in_capitals", False, "says 100.80")


Changes = dict[str, dict[str, Any]]


def values(
    total: str = "108.00", net: str = "90.00", tax: str = "10.80", changes: Changes | None = None
) -> dict[str, Field]:
    found = {"total": total, "subtotal": net, "tax": tax}
    return {name: Field(name, value, **(changes or {}).get(name, {})) for name, value in found.items()}


def test_the_sum_is_added_again_and_other_checks_stay() -> None:
    again = recheck(values("100.80"), (FAILED, OTHER))
    assert again == (Check(NET_PLUS_TAX, True, "net 90.00 + tax 10.80 is 100.80"), OTHER)
    assert recheck(values("107.00"), (FAILED,))[0].detail.endswith("but the total reads 107.00")


def test_a_check_whose_figures_are_gone_is_left_out() -> None:
    assert recheck(values(tax="ten"), (FAILED, OTHER)) == (OTHER,)


def test_acceptance_lasts_while_the_figures_are_the_same() -> None:
    let_pass = accepted((FAILED,))
    assert let_pass == (Check(NET_PLUS_TAX, True, FAILED.detail + ACCEPTED),)
    assert recheck(values(), let_pass) == let_pass
    assert accepted(let_pass) == let_pass
    assert not recheck(values("109.00"), let_pass)[0].passed
    assert recheck(values("100.80"), let_pass) == (Check(NET_PLUS_TAX, True, "net 90.00 + tax 10.80 is 100.80"),)


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
    assert repair_of(recheck(doubtful, (FAILED,))[0], doubtful) is None
    assert repair_of(OTHER, values(changes={"total": {"doubtful": True}})) is None


def test_a_sum_that_the_page_rounds_still_passes_after_another_edit() -> None:
    rounded = Check(NET_PLUS_TAX, True, "", ((ROUNDS, "yes"),))
    assert recheck(values("100.85"), (rounded,))[0].passed
    assert not recheck(values("100.95"), (rounded,))[0].passed
    assert not recheck(values("100.85"), (FAILED,))[0].passed


def test_the_amount_in_capitals_is_compared_again() -> None:
    check = Check(CAPITALS, False, "", ((SPELT, "100.80"),))
    assert recheck(values("100.80"), (check,))[0].passed
    assert not recheck(values("108.00"), (check,))[0].passed
