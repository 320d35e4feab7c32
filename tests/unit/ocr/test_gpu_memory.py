from __future__ import annotations

import pytest

from paddlescan.document import EngineOptions, Quad
from paddlescan.ocr.cards import MIB, Card
from paddlescan.ocr.gpu_memory import (
    COLUMN_BYTES,
    LEAST,
    LINE_HEIGHT,
    LINE_MARGIN,
    LINE_STEP,
    MODELS,
    MOST_COLUMNS,
    MOST_LINES,
    OVERHEAD,
    card_of,
    columns_of,
    line_batches,
    seat_of,
)
from paddlescan.ocr.line_pictures import HEIGHT, MARGIN, STEP, line_input
from tests.fakes.nvidia_driver import GIB


def card(number: int = 0, free: int | None = 16 * GIB, memory: int = 24 * GIB) -> Card:
    return Card(number, f"card {number}", memory, (8, 9), (13, 0), "580", free)


def line(width: float, height: float = 48.0) -> Quad:
    return ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))


def test_half_of_what_is_free_less_what_cuda_itself_takes() -> None:
    seat = seat_of(EngineOptions(), [card(free=8 * GIB)])
    assert seat is not None
    assert seat.memory == 4 * GIB - OVERHEAD


def test_a_setting_is_the_ceiling_but_no_more_than_is_free() -> None:
    seat = seat_of(EngineOptions(gpu_memory_mib=3072), [card()])
    assert seat is not None
    assert seat.memory == 3 * GIB - OVERHEAD
    short = seat_of(EngineOptions(gpu_memory_mib=30_000), [card(free=4 * GIB)])
    assert short is not None
    assert short.memory == 4 * GIB - OVERHEAD


@pytest.mark.parametrize("workers", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_engines_are_dealt_over_the_cards_and_stay_together_below_each_ceiling(workers: int, count: int) -> None:
    there = [card(number, free=(6 + 2 * number) * GIB) for number in range(count)]
    taken = dict.fromkeys(range(count), 0)
    for worker in range(workers):
        options = EngineOptions(worker=worker, workers=workers)
        assert card_of(options, there).number == worker % count
        if (seat := seat_of(options, there)) is not None:
            taken[seat.card] += seat.memory + OVERHEAD
    assert all(taken[each.number] <= each.lent for each in there)
    assert all(taken.values()) or workers < count


def test_engines_that_come_later_see_less_and_the_ceiling_holds() -> None:
    free, taken = 12 * GIB, 0
    for worker in range(3):
        seat = seat_of(EngineOptions(worker=worker, workers=3), [card(free=free - taken)])
        assert seat is not None
        taken += seat.memory + OVERHEAD
    assert taken <= free // 2


def test_an_engine_for_which_nothing_is_left_has_no_seat_and_the_others_share() -> None:
    there = [card(free=5 * GIB)]  # 2.5 GiB may be used: for two
    seats = [seat_of(EngineOptions(worker=worker, workers=4), there) for worker in range(4)]
    assert [seat is not None for seat in seats] == [True, True, False, False]
    assert all(seat.memory >= LEAST for seat in seats if seat)
    assert seat_of(EngineOptions(), [card(free=1 * GIB)]) is None


def test_where_nobody_knows_what_is_free_half_of_the_card_is_taken() -> None:
    seat = seat_of(EngineOptions(), [card(free=None, memory=8 * GIB)])
    assert seat is not None
    assert seat.memory == 4 * GIB - OVERHEAD


def test_both_models_together_have_no_more_than_the_seat() -> None:
    seat = seat_of(EngineOptions(worker=1, workers=2), [card(0), card(1, free=8 * GIB)])
    assert seat is not None
    told = seat.provider_options()
    assert told["device_id"] == "1"
    assert int(told["gpu_mem_limit"]) * MODELS <= seat.memory
    assert seat.columns * COLUMN_BYTES <= int(told["gpu_mem_limit"])
    assert int(seat.paddle_flags()["FLAGS_gpu_memory_limit_mb"]) * MIB <= seat.memory


def test_lines_are_counted_as_wide_as_they_are_made() -> None:
    import numpy as np

    assert (LINE_HEIGHT, LINE_MARGIN, LINE_STEP) == (HEIGHT, MARGIN, STEP)
    for width, height in ((320, 48), (100, 20), (33, 40), (900, 31)):
        made = line_input(np.zeros((height, width, 3), np.uint8)).shape[2]
        assert columns_of(line(width, height)) == made
    assert columns_of(line(20, 400)) == columns_of(line(400, 20))  # it is read turned


def test_batches_hold_each_line_once_by_width_and_within_the_columns() -> None:
    quads = [line(40.0 * (n * 7 % 23 + 1)) for n in range(90)]
    batches = list(line_batches(quads, 4000))
    assert sorted(n for batch in batches for n in batch) == list(range(90))
    wide = [[columns_of(quads[n]) for n in batch] for batch in batches]
    assert all(len(one) * max(one) <= 4000 for one in wide)
    assert [max(one) for one in wide] == sorted(max(one) for one in wide)
    assert max(map(len, line_batches([line(60)] * 200, MOST_COLUMNS))) == MOST_LINES


def test_a_line_wider_than_all_that_is_read_alone() -> None:
    assert list(line_batches([line(5000), line(50)], 300)) == [(1,), (0,)]
    assert list(line_batches([], 300)) == []
