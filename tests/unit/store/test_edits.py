from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.document import FIELD_NAMES, Field
from paddlescan.store import FieldEdit, merge_reading, typed_field
from tests.unit.store.making import QUAD, field

NAMES = st.sampled_from(FIELD_NAMES)
WORDS = st.text(min_size=1, max_size=5)


def readings(origin: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Field, ...]]:
    one = st.builds(Field, name=NAMES, value=WORDS, origin=origin, candidates=st.lists(WORDS, max_size=2).map(tuple))
    one = one.map(lambda f: replace(f, candidates=tuple(c for c in f.candidates if c != f.value)))
    return st.lists(one, unique_by=lambda f: f.name, max_size=6).map(tuple)


def test_a_typed_value_keeps_the_evidence_and_what_was_read() -> None:
    read = field("total", "9.80", doubtful=True, candidates=("9.30", "9.00", "9.80"))
    assert typed_field("total", "9.00", read) == Field(
        "total", "9.00", "¥9.80", 1.0, QUAD, "user", False, ("9.80", "9.30")
    )
    assert typed_field("note", "lunch") == Field("note", "lunch", origin="user")


def test_a_new_reading_becomes_a_candidate_of_what_was_typed() -> None:
    typed = typed_field("total", "9.00", field("total", "9.80"))
    fresh = field("total", "9.30", doubtful=True, candidates=("9.00", "9.50"))
    (merged,) = merge_reading((typed,), (), (fresh,))
    assert (merged.value, merged.origin, merged.doubtful) == ("9.00", "user", False)
    assert merged.text == "¥9.30"
    assert merged.candidates == ("9.30", "9.50", "9.80")


def test_an_edit_is_of_one_known_field() -> None:
    with pytest.raises(ValueError):
        FieldEdit(1, "colour", None, None)
    with pytest.raises(ValueError):
        FieldEdit(1, "total", None, Field("tax", "1.00"))
    with pytest.raises(ValueError):
        FieldEdit(1, "total", Field("total", "1.00"), None, was_cleared=True)


READ = field("total", "9.01")
MINE, OTHER = typed_field("total", "9.00", READ), typed_field("total", "9.10", READ)


@pytest.mark.parametrize(
    ("edit", "as_read"),
    [
        (FieldEdit(1, "total", READ, MINE), True),
        (FieldEdit(1, "total", None, MINE), True),
        (FieldEdit(1, "total", READ, None), True),
        (FieldEdit(1, "total", MINE, OTHER), False),
        (FieldEdit(1, "total", MINE, None), False),
        (FieldEdit(1, "total", None, MINE, was_cleared=True), False),
    ],
)
def test_undoing_the_first_word_of_a_person_leads_to_the_reading(edit: FieldEdit, as_read: bool) -> None:
    assert (edit.back.before, edit.back.after, edit.back.as_read) == (edit.after, edit.before, as_read)
    assert edit.back.back == edit, "redo does what was done"


@given(readings(st.sampled_from(["user", "ocr"])), st.sets(NAMES), readings(st.just("ocr")))
def test_whatever_is_read_what_was_typed_stays(
    now: tuple[Field, ...], cleared: set[str], read: tuple[Field, ...]
) -> None:
    merged = {f.name: f for f in merge_reading(now, cleared, read)}
    typed = {f.name: f.value for f in now if f.origin == "user"}
    fresh = {f.name: f for f in read}
    assert {name: merged[name].value for name in typed} == typed
    for name, found in merged.items():
        assert found.value not in found.candidates or found.origin != "user"
        if name in typed and name in fresh and name not in cleared and fresh[name].value != found.value:
            assert found.candidates[0] == fresh[name].value
        if name not in typed:
            assert found == fresh[name]
            assert name not in cleared
    assert set(fresh) - cleared <= set(merged)
    assert [*merged] == sorted(merged, key=FIELD_NAMES.index)
