"""When a file is at rest, by a clock that is moved by hand."""

from __future__ import annotations

from paddlescan.desktop.hot_folder.listing import Seen
from paddlescan.desktop.hot_folder.settling import EMPTY_S, PATIENCE, Settling
from tests.unit.desktop.hot_folder.rooms import Clock


def seen(mark: str, size: int = 5, name: str = "a.png") -> Seen:
    return Seen(f"/in/{name}".encode(), f"in/{name}", mark, size)


def test_a_file_is_at_rest_when_it_has_not_changed_for_the_settle_time() -> None:
    clock = Clock()
    settling = Settling(3.0, clock)
    assert settling.at_rest([seen("1")]) == ()
    clock.now += 2.9
    assert settling.at_rest([seen("1")]) == ()
    clock.now += 0.1
    assert settling.at_rest([seen("1")]) == (seen("1"),)


def test_every_change_begins_its_rest_anew() -> None:
    clock = Clock()
    settling = Settling(3.0, clock)
    for mark in "12345":
        assert settling.at_rest([seen(mark)]) == ()
        clock.now += 2.0
    assert settling.at_rest([seen("5")]) == ()
    clock.now += 1.0
    assert settling.at_rest([seen("5")]) == (seen("5"),)


def test_one_that_was_away_meanwhile_begins_anew() -> None:
    clock = Clock()
    settling = Settling(3.0, clock)
    settling.at_rest([seen("1")])
    clock.now += 5
    assert settling.at_rest([]) == ()
    assert settling.at_rest([seen("1")]) == ()


def test_one_that_is_being_written_begins_anew_though_nothing_shows() -> None:
    clock = Clock()
    settling = Settling(3.0, clock)
    settling.at_rest([seen("1")])
    clock.now += 3
    assert settling.at_rest([seen("1")])
    settling.stir(seen("1"))
    clock.now += 2.9
    assert settling.at_rest([seen("1")]) == ()


def test_a_file_without_its_end_is_given_more_time() -> None:
    clock = Clock()
    settling = Settling(3.0, clock)
    settling.at_rest([seen("1")])
    clock.now += 3.0 * PATIENCE - 0.1
    assert not settling.has_patience_ended(seen("1"))
    clock.now += 0.1
    assert settling.has_patience_ended(seen("1"))
    assert not settling.has_patience_ended(seen("2"))


def test_an_empty_file_is_never_at_rest_and_is_told_of_once() -> None:
    clock = Clock()
    settling = Settling(3.0, clock)
    empty = seen("1", size=0)
    settling.at_rest([empty])
    clock.now += EMPTY_S - 1
    assert settling.at_rest([empty]) == ()
    assert not settling.is_left_empty(empty)
    clock.now += 1
    assert settling.is_left_empty(empty)
    assert settling.tell_once(empty, "empty_file")
    assert not settling.tell_once(empty, "empty_file")
    assert settling.was_told(empty)
