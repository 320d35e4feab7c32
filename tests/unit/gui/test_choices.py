"""What is offered in place of typing, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from paddlescan.extraction.typed import Around
from paddlescan.gui.review.choices import MOST, WHILE_TYPING, every, everywhere, fitting, listed, meaning, offered
from paddlescan.gui.shared import speak
from tests.unit.gui.receipts import read_field

TODAY = Around(date(2026, 11, 26))


class Known:
    """What a small office has seen."""

    def earlier(self, name: str) -> tuple[str, ...]:
        return {"merchant": ("AEON", "Corner Cafe", "Cafe Nero", "x"), "project": ("P-2026-07",)}.get(name, ())

    def learned(self, name: str, seen: str) -> str | None:
        return "Corner Cafe" if (name, seen) == ("merchant", "Corner Cate") else None

    def category_of(self, merchant: str) -> str | None:
        return "meals" if merchant == "Corner Cafe" else None


def around() -> Around:
    return TODAY


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    speak(qapp, "en")
    yield
    speak(qapp, "en")


def test_what_was_learned_comes_before_other_readings_and_each_stands_once() -> None:
    read = read_field("merchant", "Corner Cate", doubtful=True, candidates=("Corner Cafe", "Comer Cate"))
    found = offered("merchant", {"merchant": read}, Known(), around)
    assert [(one.kind, one.value) for one in found] == [("learned", "Corner Cafe"), ("read", "Comer Cate")]


def test_taking_it_everywhere_stands_behind_it_where_there_are_others() -> None:
    read = read_field("merchant", "Corner Cate", doubtful=True)
    found = offered("merchant", {"merchant": read}, Known(), around)
    assert [(one.kind, one.shown) for one in everywhere(found, 3)] == [("learned", "Corner Cafe"), ("everywhere", "3")]
    assert everywhere(found, 1) == found
    assert everywhere((), 3) == ()


def test_a_category_is_offered_by_the_merchant_then_those_of_the_house(qapp: QApplication) -> None:
    values = {"merchant": read_field("merchant", "Corner Cafe")}
    found = offered("category", values, Known(), around)
    assert [(one.kind, one.shown) for one in found[:2]] == [("learned", "Meals"), ("earlier", "Transport")]
    assert len(found) == MOST
    speak(qapp, "zh")
    assert offered("category", values, Known(), around)[0].shown == "餐饮"
    assert [one.value for one in fitting("category", "餐", Known(), around)] == ["meals"]


def test_while_typing_what_begins_so_comes_first() -> None:
    assert [one.value for one in fitting("merchant", "cafe", Known(), around)] == ["Cafe Nero", "Corner Cafe"]
    assert fitting("merchant", "Cafe Nero", Known(), around) == (), "it stands there already"
    assert fitting("merchant", "  ", Known(), around) == ()
    assert len(fitting("category", "i", Known(), around)) == WHILE_TYPING


def test_every_field_with_a_memory_has_its_list() -> None:
    assert [one.value for one in every("project", Known())] == ["P-2026-07"]
    assert listed("currency", Known())[0] == "CNY"
    assert listed("total", Known()) == ()


def test_a_text_with_one_meaning_says_it_and_one_with_two_offers_both() -> None:
    assert meaning("date", "3.5", around) == "2026-03-05"
    assert fitting("date", "3.5", Known(), around) == ()
    assert meaning("date", "3/5", around) == ""
    assert [one.value for one in fitting("date", "3/5", Known(), around)] == ["2026-03-05", "2026-05-03"]
    assert meaning("total", "12元5角", around) == "12.50"
    assert meaning("total", "12.50", around) == ""
    assert meaning("merchant", "3.5", around) == ""
