"""A short run of the crash campaign: real programs killed at seeded moments, compared. The long one: `make campaign`.

The rounds are chosen so that each victim and each kind of moment comes once.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import islice
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


KINDS = (
    ("window", "typing"),
    ("window", "exporting"),
    ("window", "closing"),
    ("window", "any sync"),
    ("command", "any name"),
)
TRIES = 4
"""What the clerk does takes turns, so a program may end before its moment comes; then the next round is run."""


def rounds_of(kind: tuple[str, str]) -> Iterator[int]:
    """Rounds of one program and one kill, of this target and moment."""
    for number in range(1, 2000):
        one = plan(SEED, number)
        alone = len(one.programs) == 1 and one.second is None
        if wanted(one) == kind and one.victim in (kind[0], "tree") and alone:
            yield number


@pytest.mark.parametrize("kind", KINDS, ids=" ".join)
def test_nothing_is_lost_and_nothing_is_read_twice(ground: Ground, library: Path | None, kind: tuple[str, str]) -> None:
    if library is None and kind[1].startswith("any"):
        pytest.skip("no C compiler, so nobody can be killed at a system call")
    for number in islice(rounds_of(kind), TRIES):
        outcome = Round(ground, plan(SEED, number), library).run()
        assert sentences(outcome.findings) == []
        if outcome.hit:
            return
    pytest.fail("every program ended before its moment came")


def test_a_round_is_made_of_its_seed_alone() -> None:
    assert [plan(7, n) for n in range(20)] == [plan(7, n) for n in range(20)]
    assert plan(7, 1) != plan(8, 1)
    assert len({wanted(plan(7, n)) for n in range(200)}) >= 12
