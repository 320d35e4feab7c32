from __future__ import annotations

import pytest

from paddlescan.errors import PatternBroken, PatternUnknown
from paddlescan.export.name_pattern import NAMES, PLACES, NamePattern, missing

VALUES = {"date": "2026-03-14", "merchant": "Harbour Lane", "total": "42.40", "category": "meals", "kind": "receipt"}


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("{date}_{merchant}_{total}", "2026-03-14_Harbour Lane_42.40"),
        ("{date:%Y%m} {total}", "202603 42.40"),
        ("{date:%d.%m.%y}", "14.03.26"),
        ("{category}/{kind}", "餐饮-收据"),
        ("{{{total}}}", "{42.40}"),
        ("  {total}. ", "42.40"),
        ("{buyer}", "无购买方"),
    ],
)
def test_a_pattern_is_filled(pattern: str, name: str) -> None:
    assert NamePattern.of(pattern).fill(VALUES, "zh") == name


def test_what_is_no_date_stays_as_it_was_typed() -> None:
    assert NamePattern.of("{date:%Y}").fill({"date": "31/2/2026"}, "en") == "31-2-2026"


def test_an_unknown_name_is_told_with_the_known_ones() -> None:
    with pytest.raises(PatternUnknown) as told:
        NamePattern.of("{date}_{mercant}")
    assert "{mercant}" in told.value.message
    assert all(name in told.value.remedy for name in NAMES)


@pytest.mark.parametrize("pattern", ["{}", "{date!r}", "{date.year}", "{0}", "{date[0]}", "{Date}"])
def test_nothing_but_names_may_stand_in_braces(pattern: str) -> None:
    with pytest.raises(PatternUnknown):
        NamePattern.of(pattern)


@pytest.mark.parametrize(
    "pattern", ["", "  ", "{date", "date}", "a}b{c", "{date:%H}", "{total:.2f}", "{date:%}", "{{}"]
)
def test_a_broken_pattern_is_told(pattern: str) -> None:
    with pytest.raises(PatternBroken):
        NamePattern.of(pattern)


def test_every_name_has_a_word_for_when_it_is_missing() -> None:
    for name in set(NAMES) - set(PLACES):
        assert missing(name, "zh").startswith("无")
        assert missing(name, "en").startswith("no-")
