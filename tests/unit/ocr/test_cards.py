"""What NVIDIA's driver is asked, and what is made of its answers. The driver is a stand-in; no other part is."""

from __future__ import annotations

import pytest

from paddlescan.ocr.cards import MIB, Card, cards, load_library
from tests.fakes.nvidia_driver import GIB, FakeCard, FakeDriver


def test_a_card_is_told_with_all_that_its_driver_knows() -> None:
    known = FakeCard("NVIDIA L4", 24 * GIB, 23 * GIB, (8, 9))
    driver, mark = FakeDriver(known, cuda=12080), f"GPU-{known.mark}"
    assert cards(driver) == (Card(0, "NVIDIA L4", 24 * GIB, (8, 9), (12, 8), "580.65.06", 23 * GIB, mark),)
    assert driver.open == 0


def test_each_card_has_its_own_memory_however_the_two_libraries_count_them() -> None:
    there = cards(FakeDriver(FakeCard("A", 8 * GIB, 1 * GIB), FakeCard("B", 16 * GIB, 15 * GIB)))
    assert [(card.number, card.name, card.free) for card in there] == [(0, "A", 1 * GIB), (1, "B", 15 * GIB)]


def test_without_nvml_there_is_a_card_of_which_less_is_known() -> None:
    (card,) = cards(FakeDriver(FakeCard(memory=8 * GIB), nvml=False))
    assert (card.free, card.driver) == (None, "")
    assert card.lent == 4 * GIB


def test_half_of_what_is_free_is_lent() -> None:
    (card,) = cards(FakeDriver(FakeCard(memory=8 * GIB, free=3 * GIB)))
    assert card.lent == 3 * 512 * MIB


@pytest.mark.parametrize("driver", [FakeDriver(), FakeDriver(FakeCard(), status=100)])
def test_a_driver_without_cards_or_that_does_not_start(driver: FakeDriver) -> None:
    assert cards(driver) == ()


def test_a_machine_without_a_driver() -> None:
    def none(_name: str) -> object:
        raise OSError("libcuda.so.1: cannot open shared object file")

    assert cards(none) == ()


def test_what_this_machine_has_is_asked_without_an_error() -> None:
    try:
        load_library("cuda")
    except OSError:
        assert cards() == ()
    else:
        assert all(card.name and card.memory for card in cards())
