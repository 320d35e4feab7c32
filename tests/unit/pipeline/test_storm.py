from __future__ import annotations

import threading

from paddlescan.pipeline.storm import Storm


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def raging(clock: Clock, losses: int = 3) -> Storm:
    storm = Storm(clock)
    for _ in range(losses):
        storm.lost(storm.losses)
    return storm


def test_the_pause_grows_and_is_bounded() -> None:
    storm = Storm(Clock())
    pauses = [storm.lost(storm.losses) for _ in range(12)]
    assert pauses == [0, 0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0, 30.0, 30.0]


def test_what_several_workers_lose_at_the_same_time_counts_once() -> None:
    storm = Storm(Clock())
    before = storm.losses
    assert [storm.lost(before) for _ in range(8)] == [0] * 8
    assert storm.losses == 1
    assert not storm.rages


def test_in_a_storm_one_worker_at_a_time_tries_after_the_pause() -> None:
    clock = Clock()
    storm = raging(clock)
    assert not storm.may_go(0.001)
    clock.now += 1.0
    turn = storm.may_go(0)
    assert turn
    assert not storm.may_go(0.001)  # the other worker
    storm.came_back(turn)
    assert storm.may_go(0)


def test_one_page_that_is_read_ends_it() -> None:
    storm = raging(Clock(), 8)
    assert storm.over()
    assert not storm.rages
    assert storm.may_go(0)
    assert storm.may_go(0)
    assert not storm.over()  # there was none


def test_who_waits_is_woken_by_its_end() -> None:
    storm = raging(Clock())
    went: list[bool] = []
    waiting = threading.Thread(target=lambda: went.append(storm.may_go(30)))
    waiting.start()
    storm.over()
    waiting.join(10)
    assert went == [True]


def test_a_clock_that_jumps_back_lengthens_no_pause() -> None:
    clock = Clock()
    storm = raging(clock)
    clock.now -= 1e9
    assert storm._hold() == 30.0


def test_who_was_let_go_while_it_was_calm_lets_nobody_else_go() -> None:
    clock = Clock()
    storm = Storm(clock)
    early = [storm.may_go(0) for _ in range(2)]
    for _ in range(3):
        storm.lost(storm.losses)
    clock.now += 30
    trying = storm.may_go(0)
    assert trying
    for turn in early:
        storm.came_back(turn)
        assert not storm.may_go(0.001)
    storm.came_back(trying)
    assert storm.may_go(0)


def test_who_tried_in_a_storm_that_is_over_has_no_say_in_the_next() -> None:
    clock = Clock()
    storm = raging(clock)
    clock.now += 30
    before = storm.may_go(0)
    storm.over()
    for _ in range(3):
        storm.lost(storm.losses)
    clock.now += 30
    assert storm.may_go(0)
    storm.came_back(before)
    assert not storm.may_go(0.001)
