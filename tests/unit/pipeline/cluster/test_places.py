from __future__ import annotations

from paddlescan.pipeline.cluster.places import Places

TWO = ("GPU-1", "GPU-2")


def test_the_lowest_place_that_is_free_is_taken() -> None:
    places = Places()
    assert places.deal({"a": TWO, "b": TWO, "c": TWO}, "abc") == {"a": (0, 3), "b": (1, 3), "c": (2, 3)}
    assert places.deal({"d": TWO}, "acd") == {"d": (1, 3)}
    assert places.deal({"e": TWO}, "acde") == {"e": (3, 4)}


def test_who_is_dealt_anew_does_not_stand_in_his_own_way() -> None:
    places = Places()
    assert places.deal({"a": TWO}, "a") == places.deal({"a": TWO}, "a") == {"a": (0, 1)}


def test_without_cards_there_is_nothing_to_share() -> None:
    assert Places().deal({"a": (), "b": (), "c": TWO}, "abc") == {"a": (0, 1), "b": (0, 1), "c": (0, 1)}
