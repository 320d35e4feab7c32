"""Net, tax and total chosen together."""

from __future__ import annotations

import pytest

from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.joint import choose_together
from paddlescan.extraction.ranking import Ranked
from tests.unit.extraction.drawing import column, values


def ranked(name: str, **beliefs: float) -> tuple[Ranked, ...]:
    """Values (with _ for the point) and their beliefs."""
    found = ((value.lstrip("v").replace("_", "."), belief) for value, belief in beliefs.items())
    return tuple(Ranked(value, belief, Candidate(name, value, value)) for value, belief in found)


def best(rankings: dict[str, tuple[Ranked, ...]]) -> list[str]:
    return [rankings[name][0].value for name in ("subtotal", "tax", "total")]


PAGE = {
    "subtotal": ranked("subtotal", v20_00=0.6, v22_00=0.3),
    "tax": ranked("tax", v1_20=0.5, v1_26=0.4),
    "total": ranked("total", v50_00=0.5, v21_20=0.4),
}


def test_amounts_that_add_up_believe_in_each_other() -> None:
    together = choose_together(PAGE, rounds=False)
    assert best(PAGE) == ["20.00", "1.20", "50.00"]
    assert best(together) == ["20.00", "1.20", "21.20"]
    assert together["total"][0].belief > PAGE["total"][1].belief


def test_beliefs_stay_shares_of_one() -> None:
    for one in choose_together(PAGE, rounds=False).values():
        assert 0 < sum(r.belief for r in one) <= 1 + 1e-9
        assert [r.belief for r in one] == sorted((r.belief for r in one), reverse=True)


def test_where_nothing_adds_up_beliefs_stay() -> None:
    alone = PAGE | {"total": ranked("total", v50_00=0.5, v99_00=0.2)}
    together = choose_together(alone, rounds=False)
    for name in alone:
        assert [r.belief for r in together[name]] == pytest.approx([r.belief for r in alone[name]], abs=1e-3)


def test_a_page_that_rounds_bears_out_both_sums_alike() -> None:
    page = PAGE | {"total": ranked("total", v21_20=0.4, v21_25=0.5)}
    assert best(choose_together(page, rounds=False))[2] == "21.20"
    assert best(choose_together(page, rounds=True))[2] == "21.25"


def test_without_all_three_nothing_changes() -> None:
    page = {name: PAGE[name] for name in ("tax", "total")}
    assert choose_together(page, rounds=False) == page


def test_the_sum_finds_a_total_whose_label_was_not_read() -> None:
    found = values(column("CORNER MART", ("Subtotal", "80.00"), ("Tax 6%", "4.80"), ("84.80",), ("Cash", "100.00")))
    assert (found["total"], found["tax"]) == ("84.80", "4.80")
