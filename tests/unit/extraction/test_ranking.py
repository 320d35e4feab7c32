"""Belief is shared among candidates, and the most believed is chosen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from paddlescan.extraction import patterns
from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.ranking import choose, rank, rank_all
from paddlescan.extraction.rows import Line, lay_out
from tests.unit.extraction.drawing import line

(WHERE,) = lay_out([line(0, 0, "Total 5.00")]).lines


def total(value: str, **features: float) -> Candidate:
    return Candidate("total", value, value, (WHERE,), features)


def test_two_candidates_of_one_value_believe_in_it_together() -> None:
    alone = rank([total("5.00", role_total=1), total("7.00", role_total=1)])
    helped = rank([total("5.00", role_total=1), total("5.00", role_total=1), total("7.00", role_total=1)])
    assert alone[0].belief == pytest.approx(alone[1].belief)
    assert (helped[0].value, helped[0].belief) == ("5.00", pytest.approx(2 * helped[1].belief))


def test_beliefs_and_none_of_them_make_one() -> None:
    ranked = rank([total("5.00", role_payable=1), total("7.00", role_total=1), total("1.00", role_change=1)])
    assert 0 < sum(r.belief for r in ranked) < 1
    assert [r.value for r in ranked] == ["5.00", "7.00", "1.00"]


def test_a_close_race_offers_the_other_value() -> None:
    (field,) = choose(rank_all([total("5.00", role_total=1, currency=0.3), total("7.00", role_total=1)]))
    assert (field.value, field.candidates) == ("5.00", ("7.00",))
    assert field.confidence < 0.6


def test_what_is_not_believed_is_left_out() -> None:
    assert choose(rank_all([Candidate("tax", "5.00", "5.00", (WHERE,), {"too_large": 1.0})])) == ()


def test_a_weak_total_is_shown_rather_than_hidden() -> None:
    (field,) = choose(rank_all([total("5.00", role_none=1)]))
    assert field.value == "5.00"
    assert field.confidence < 0.5


def test_features_of_any_size_give_a_belief() -> None:
    ranked = rank([total("5.00", role_total=1e6), total("7.00", role_total=-1e6)])
    assert ranked[0].belief == pytest.approx(1)


def test_weights_name_fields_that_exist() -> None:
    from paddlescan.document import FIELD_NAMES

    assert set(patterns.weights()) <= set(FIELD_NAMES)


def test_a_field_stands_on_a_pdfs_own_text_where_all_of_its_lines_are_that() -> None:
    read = line(0, 0, "Total 5.00")
    printed = replace(line(0, 40, "5.00"), origin="pdf_text")
    first, second = lay_out([read, printed]).lines
    wanted: list[tuple[tuple[Line, ...], str]] = [
        ((second,), "pdf_text"),
        ((first,), "ocr"),
        ((first, second), "ocr"),
        ((), "ocr"),
    ]
    for lines, origin in wanted:
        (field,) = choose(rank_all([Candidate("total", "5.00", "5.00", lines, {"role_payable": 1})]))
        assert field.origin == origin
