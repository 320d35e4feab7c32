from __future__ import annotations

from importlib import metadata

import pytest

from paddlescan.ocr.cards import Card
from paddlescan.ocr.gpu_fitness import libraries, too_old
from paddlescan.ocr.gpu_package import locked
from paddlescan.ocr.reasons import Reason


def card(capability: tuple[int, int], cuda: tuple[int, int]) -> Card:
    return Card(0, "card", 8 << 30, capability, cuda)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Packages and their versions, as if they were installed."""
    there: dict[str, str] = {}

    def version(name: str) -> str:
        if name not in there:
            raise metadata.PackageNotFoundError(name)
        return there[name]

    monkeypatch.setattr(metadata, "version", version)
    return there


def test_a_driver_older_than_the_libraries_is_named(installed: dict[str, str]) -> None:
    installed["nvidia-cuda-runtime"] = "13.5.37"
    assert too_old(card((8, 9), (12, 8))) == Reason.DRIVER_OLD
    assert too_old(card((8, 9), (13, 0))) is None  # within a major version any driver will do
    assert too_old(card((8, 9), (0, 0))) is None  # it does not tell


def test_a_card_for_which_the_libraries_have_no_code_is_named(installed: dict[str, str]) -> None:
    installed["nvidia-cuda-runtime"] = "13.5.37"
    assert too_old(card((7, 0), (13, 0))) == Reason.CARD_OLD
    assert too_old(card((7, 5), (13, 0))) is None


def test_with_cuda_12_older_cards_and_drivers_do(installed: dict[str, str]) -> None:
    installed["nvidia-cuda-runtime-cu12"] = "12.6.77"
    assert too_old(card((6, 1), (12, 2))) is None


def test_where_nobody_knows_the_libraries_nothing_is_too_old(installed: dict[str, str]) -> None:
    assert too_old(card((3, 5), (9, 0))) is None
    assert libraries() == ()


def test_the_packed_program_goes_by_the_lock_of_its_package() -> None:
    versions = {one.name: one.version for one in locked()}
    assert too_old(card((8, 9), (12, 8)), packed=True) == Reason.DRIVER_OLD
    assert ("onnxruntime-gpu", versions["onnxruntime-gpu"]) in libraries(packed=True)
