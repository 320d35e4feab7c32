"""What is installed where, what is said of what differs, and of workers that do not answer."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from paddlescan.document import EngineOptions, SourceFile
from paddlescan.errors import (
    ClusterBlind,
    ClusterDiffers,
    ClusterEmpty,
    ClusterSilent,
    ClusterVersions,
    ClusterWithout,
    FileVanished,
)
from paddlescan.pipeline.cluster import checks
from paddlescan.pipeline.cluster.checks import Ready, check_versions, make_ready
from paddlescan.pipeline.cluster.greeting import Greeting
from paddlescan.pipeline.cluster.places import Places
from paddlescan.pipeline.cluster.talk import Begin, Introduce, Order, See, Seen, Sight, order_from
from paddlescan.pipeline.countdown import Countdown
from tests.fakes.pretended_cluster import PretendedCluster

WANTED = (("python", "3.11"), ("distributed", "2026.8.0"), ("paddlescan", "0.1.0"))
GOOD = {"python": "3.11.2.final.0", "distributed": "2026.8.0", "paddlescan": "0.1.0", "numpy": None}


def told(scheduler: dict[str, Any] | None = None, **workers: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "scheduler": {"packages": scheduler or GOOD},
        "workers": {name: packages and {"packages": packages} for name, packages in workers.items()},
    }


def test_the_same_everywhere_is_well() -> None:
    check_versions(told(a=GOOD, b=GOOD | {"python": "3.11.9.final.0", "numpy": "2.0"}), WANTED)


@pytest.mark.parametrize(
    ("name", "version", "said"),
    [
        ("python", "3.12.1.final.0", "b: python 3.12 (3.11)"),
        ("distributed", "2025.1.0", "b: distributed 2025.1.0 (2026.8.0)"),
        ("paddlescan", "0.2.0", "b: paddlescan 0.2.0 (0.1.0)"),
    ],
)
def test_another_version_is_told_with_its_machine(name: str, version: str, said: str) -> None:
    with pytest.raises(ClusterVersions) as error:
        check_versions(told(a=GOOD, b=GOOD | {name: version}), WANTED)
    assert error.value.parameters["detail"] == said


@pytest.mark.parametrize("packages", [GOOD | {"paddlescan": None}, {"python": "3.11.2"}, None])
def test_a_machine_without_ours_is_told(packages: dict[str, Any] | None) -> None:
    with pytest.raises(ClusterWithout) as error:
        check_versions(told(a=packages, b=GOOD), WANTED)
    assert error.value.parameters["detail"] == "a"


def test_the_scheduler_wants_it_too() -> None:
    with pytest.raises(ClusterWithout, match="scheduler"):
        check_versions(told(GOOD | {"paddlescan": None}, a=GOOD), WANTED)


def test_a_thousand_machines_are_not_all_named() -> None:
    wrong = GOOD | {"paddlescan": "9"}
    with pytest.raises(ClusterVersions) as error:
        check_versions(told(**{f"w{n}": wrong for n in range(1000)}), WANTED)
    assert error.value.parameters["detail"].endswith("(+997)")


class Odd(PretendedCluster):
    """Some of its workers never answer an order of this kind, or go when it comes."""

    def __init__(self, *workers: str, to: type[Order], silent: str = "", going: str = "") -> None:
        super().__init__(*workers)
        self._to, self._silent, self._going = to, silent, going

    def ask(self, worker: str, order: bytes) -> Future[object]:
        if isinstance(order_from(order), self._to):
            if worker in self._going:
                self.vanish(worker)
            if worker in self._silent:
                return Future()
        return super().ask(worker, order)


def checked(cluster: PretendedCluster) -> set[str]:
    """The workers that are found ready."""
    ready = make_ready(cluster, Begin(EngineOptions()), [SourceFile(b"/seen.jpg", "seen.jpg")])  # type: ignore[arg-type]
    return set(ready.engines)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Little patience. What is counted down, in order."""
    counted: list[float] = []

    class Counted(Countdown):
        def __init__(self, seconds: float) -> None:
            counted.append(seconds)
            super().__init__(seconds)

    for name, seconds in (("INTRODUCE_S", 0.3), ("SEE_S", 0.4), ("BEGIN_S", 0.5), ("LOOK_EVERY_S", 0.05)):
        monkeypatch.setattr(checks, name, seconds)
    monkeypatch.setattr(checks, "Countdown", Counted)
    return counted


def test_all_workers_are_waited_for_at_once(hasty: list[float]) -> None:
    with pytest.raises(ClusterSilent) as error:
        checked(Odd("a", "b", "c", "d", "e", to=Introduce, silent="abcde"))
    assert hasty == [0.3]
    assert error.value.parameters["detail"].endswith("(+2)")


@pytest.mark.parametrize(("to", "looks"), [(Introduce, 1), (See, 2), (Begin, 3)])
def test_a_worker_that_does_not_answer_is_told_as_such(hasty: list[float], to: type[Order], looks: int) -> None:
    with pytest.raises(ClusterSilent) as error:
        checked(Odd("a", "b", "c", to=to, silent="b"))
    assert error.value.parameters["detail"] == "b"
    assert len(hasty) == looks


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("to", [Introduce, See, Begin])
def test_a_worker_that_has_gone_meanwhile_is_left_out(to: type[Order]) -> None:
    assert checked(Odd("a", "b", "c", to=to, going="b")) == {"a", "c"}
    with pytest.raises(ClusterEmpty):
        checked(Odd("a", "b", to=to, going="ab"))


@pytest.mark.usefixtures("hasty")
def test_a_worker_that_comes_and_goes_is_no_trouble() -> None:
    cluster = Odd("a", "late", to=Introduce, going="late")
    ready = Ready(cluster, Begin(EngineOptions()), (), Places(), {})  # type: ignore[arg-type]
    greeting = Greeting(ready, "late")
    greeting.run()
    assert greeting.engine is None
    assert greeting.failure is None


class Elsewhere(PretendedCluster):
    """Worker `b` sees these files in another way."""

    def __init__(self, **sights: Sight) -> None:
        super().__init__("a", "b")
        self._sights = sights

    def sight(self, worker: str, source: SourceFile) -> Sight:
        place = Path(source.path)
        own = Sight(size=place.stat().st_size if place.exists() else 9)
        return self._sights.get(source.name, own) if worker == "b" else own


@pytest.fixture
def named(tmp_path: Path) -> list[SourceFile]:
    """A file for each path that was named."""
    names = ("one", "two", "three")
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
    return [SourceFile.at(tmp_path / name) for name in names]


def look(cluster: PretendedCluster, named: list[SourceFile]) -> None:
    make_ready(cluster, Begin(EngineOptions()), named)  # type: ignore[arg-type]


def test_a_file_of_every_path_must_be_seen_by_every_worker(named: list[SourceFile]) -> None:
    look(Elsewhere(), named)
    with pytest.raises(ClusterBlind) as blind:
        look(Elsewhere(two=Sight(failure=FileVanished(file="two").failure)), named)
    assert blind.value.parameters["file"] == "two"
    assert blind.value.parameters["detail"].startswith("b: ")


def test_another_file_of_that_name_is_told_by_its_size(named: list[SourceFile]) -> None:
    with pytest.raises(ClusterDiffers) as other:
        look(Elsewhere(three=Sight(size=7)), named)
    assert other.value.parameters["file"] == "three"
    assert other.value.parameters["detail"] == "b: 7 B (5 B)"
    look(Elsewhere(three=Sight()), named)
    look(Elsewhere(), [SourceFile(b"s3://bucket/one", "one")])


def test_a_worker_that_says_nothing_of_a_file_has_not_seen_it(named: list[SourceFile]) -> None:
    class Brief(Elsewhere):
        def seen(self, worker: str, sources: tuple[SourceFile, ...]) -> Seen:
            return Seen(super().seen(worker, sources).sights[:1])

    with pytest.raises(ClusterBlind):
        look(Brief(), named)


def test_many_files_are_asked_for_some_at_a_time(named: list[SourceFile], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "SEEN_AT_ONCE", 2)
    cluster = Elsewhere()
    look(cluster, named)
    asked = [order.sources for worker, order in cluster.asked if worker == "b" and isinstance(order, See)]
    assert asked == [tuple(named[:2]), tuple(named[2:])]
