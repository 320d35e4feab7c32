"""Which calls are one selection, and in what order."""

from __future__ import annotations

import random

from paddlescan.desktop.handover.joining import ALONE_S, LONGEST_S, TOGETHER_S, selections, settled_in
from paddlescan.desktop.handover.wire import Message


def call(moment: float, *paths: str) -> tuple[float, Message]:
    return moment, Message(paths)


def test_calls_of_one_file_each_come_into_the_order_that_people_count_in() -> None:
    names = [f"/r/page {number}.jpg" for number in range(1, 401)]
    calls = [call(10 + number / 100, name) for number, name in enumerate(random.Random(1).sample(names, 400))]
    assert selections(calls) == [tuple(names)]


def test_folders_are_told_apart_before_their_files() -> None:
    calls = [call(0, "/r/b/1.jpg"), call(0, "/r/a 10/1.jpg"), call(0, "/r/a/9.jpg"), call(0, "/r/a 2/1.jpg")]
    assert selections(calls) == [("/r/a/9.jpg", "/r/a 2/1.jpg", "/r/a 10/1.jpg", "/r/b/1.jpg")]


def test_a_call_keeps_its_order() -> None:
    assert selections([call(0, "/r/9", "/r/1"), call(1, "/r/5")]) == [("/r/5", "/r/9", "/r/1")]


def test_a_pause_parts_selections() -> None:
    calls = [call(0, "/r/3"), call(1.9, "/r/2"), call(1.9 + TOGETHER_S, "/r/1"), call(60)]
    assert selections(calls) == [("/r/2", "/r/3"), ("/r/1",)]


def test_it_is_waited_for_the_next_call_and_not_for_ever() -> None:
    assert settled_in([], 5) == 0
    assert settled_in([call(5)], 5) == 0, "a start without files brings nothing to wait for"
    assert settled_in([call(5, "/r/1"), call(6, "/r/2")], 6.5) == TOGETHER_S - 0.5
    assert settled_in([call(5, "/r/1")], 5.5) == TOGETHER_S - 0.5
    assert settled_in([call(5, "/r/1")], 5.5, ALONE_S) == ALONE_S - 0.5, "a single call is not waited for so long"
    assert settled_in([call(5, "/r/1"), call(5.1, "/r/2")], 5.1, ALONE_S) == TOGETHER_S, "two may be of four hundred"
    stream = [call(float(moment), "/r/1") for moment in range(round(LONGEST_S))]
    assert settled_in(stream, LONGEST_S) == 0
