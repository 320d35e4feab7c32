"""A short run of the crash campaign: real programs killed at seeded moments, compared. The long one: `make campaign`.

The rounds are chosen so that each victim and each kind of moment comes once.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.campaign.ground import Ground, make_ground
from tests.faults.campaign.killing import build_killer
from tests.faults.campaign.plans import Plan, plan
from tests.faults.campaign.rounds import Round, sentences

pytestmark = pytest.mark.long
SEED = 1


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    return build_killer(tmp_path_factory.mktemp("killer"))


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, library: Path | None) -> Iterator[Ground]:
    folder = tmp_path_factory.mktemp("campaign")
    yield make_ground(folder, library)
    shutil.rmtree(folder, ignore_errors=True)


def wanted(one: Plan) -> tuple[str, str]:
    """What a round is for."""
    return one.target, one.moment


def chosen() -> list[int]:
    """The first round of each of these kinds."""
    kinds = [
        ("window", "typing"),
        ("window", "exporting"),
        ("window", "closing"),
        ("window", "any sync"),
        ("command", "any name"),
    ]
    numbers = []
    for kind in kinds:
        main = (n for n in range(1, 500) if wanted(one := plan(SEED, n)) == kind and one.victim in (kind[0], "tree"))
        numbers.append(next(n for n in main if len(plan(SEED, n).programs) == 1 and plan(SEED, n).second is None))
    return numbers


@pytest.mark.parametrize("number", chosen())
def test_nothing_is_lost_and_nothing_is_read_twice(ground: Ground, library: Path | None, number: int) -> None:
    one = plan(SEED, number)
    if library is None and one.moment.startswith("any"):
        pytest.skip("no C compiler, so nobody can be killed at a system call")
    outcome = Round(ground, one, library).run()
    assert sentences(outcome.findings) == []
    if not outcome.hit:
        pytest.skip("nothing was lost, but the program had ended before its moment came")


def test_a_round_is_made_of_its_seed_alone() -> None:
    assert [plan(7, n) for n in range(20)] == [plan(7, n) for n in range(20)]
    assert plan(7, 1) != plan(8, 1)
    assert len({wanted(plan(7, n)) for n in range(200)}) >= 12
