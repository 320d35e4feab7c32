"""A batch on a cluster whose workers come, vanish, lie and fall silent."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

import pytest

from paddlescan.document import EngineOptions, ScanOptions, SourceFile
from paddlescan.errors import ModelMissing
from paddlescan.pipeline.cluster.checks import make_ready
from paddlescan.pipeline.cluster.own_words import OwnFile, OwnWords
from paddlescan.pipeline.cluster.running import run_on_cluster
from paddlescan.pipeline.cluster.talk import Ask, Begin, Forgot, Lost, Reply, Rest, Unable
from paddlescan.pipeline.events import BatchFinished, EngineTrouble, Event, PageFinished
from paddlescan.pipeline.messages import ScanPage
from paddlescan.store import Store
from tests.fakes.pretended_cluster import Act, PretendedCluster, honest

HONEST = "unreadable_file"
NONE = OwnWords()


class Bench:
    """A store with a batch of files, and what happened on it."""

    def __init__(self, folder: Path, pages: int) -> None:
        self.path = folder / "store.sqlite"
        self.events: list[Event] = []
        names = [f"{n}.png" for n in range(pages)]
        for name in names:
            (folder / name).write_bytes(name.encode())
        self.first = SourceFile.at(folder / names[0])
        with Store(self.path) as store:
            self.batch = store.create_batch("", "cli", ScanOptions())
            store.add_sources(self.batch, [SourceFile.at(folder / name) for name in names])

    def run(
        self,
        cluster: PretendedCluster,
        stop: threading.Event | None = None,
        empty_s: float = 30.0,
        words: OwnWords = NONE,
    ) -> None:
        ready = make_ready(cluster, Begin(EngineOptions(), words), self.first)  # type: ignore[arg-type]
        stop = stop or threading.Event()
        run_on_cluster(ready, self.path, self.batch, ScanOptions(), self.events.append, stop, empty_s=empty_s)

    def codes(self) -> Counter[str]:
        with Store(self.path) as store:
            rows = store.page_rows(self.batch)
        return Counter(row.failure.code if row.failure else row.state for row in rows)

    def attempts(self) -> list[int]:
        with Store(self.path) as store:
            return [row.attempts for row in store.page_rows(self.batch)]

    def troubles(self) -> list[str]:
        return [event.failure.code for event in self.events if isinstance(event, EngineTrouble)]

    def finished_once(self) -> bool:
        ids = [event.page_id for event in self.events if isinstance(event, PageFinished)]
        return len(ids) == len(set(ids))


def once(act: Act, name: str) -> Act:
    """Do it the first time that this page comes."""
    lock, done = threading.Lock(), []

    def acting(cluster: PretendedCluster, worker: str, request: ScanPage) -> Reply | bytes | None:
        with lock:
            if request.page.source.name == name and not done:
                done.append(worker)
                return act(cluster, worker, request)
        return honest(request)

    return acting


def vanishes(cluster: PretendedCluster, worker: str, request: ScanPage) -> None:
    cluster.vanish(worker)


def test_all_pages_are_read_two_in_flight_a_worker_and_the_engines_rest_in_the_end(tmp_path: Path) -> None:
    bench, cluster = Bench(tmp_path, 30), PretendedCluster("a", "b", "c")
    bench.run(cluster)
    assert bench.codes() == {HONEST: 30}
    assert isinstance(bench.events[-1], BatchFinished)
    assert max(cluster.most_in_flight.values()) <= 2
    assert {worker for worker, order in cluster.asked if isinstance(order, Rest)} == {"a", "b", "c"}


@pytest.mark.logs
def test_what_a_vanished_worker_had_is_read_by_another(tmp_path: Path) -> None:
    bench, cluster = Bench(tmp_path, 12), PretendedCluster("a", "b", act=once(vanishes, "5.png"))
    bench.run(cluster)
    assert bench.codes() == {HONEST: 12}
    assert bench.finished_once()
    assert set(bench.attempts()) == {1}, "a worker that vanished is no attempt"
    assert bench.troubles() == []


@pytest.mark.logs
def test_a_page_that_makes_three_workers_vanish_is_set_aside(tmp_path: Path) -> None:
    def poisoned(cluster: PretendedCluster, worker: str, request: ScanPage) -> Reply | None:
        if request.page.source.name != "0.png":
            return honest(request)
        cluster.vanish(worker)
        return None

    bench, cluster = Bench(tmp_path, 1), PretendedCluster("a", "b", "c", "d", act=poisoned)
    bench.run(cluster)
    assert bench.codes() == {"page_stops_engine": 1}
    assert len(cluster.workers()) == 1


@pytest.mark.logs
def test_a_worker_that_comes_later_takes_over_from_those_that_vanished(tmp_path: Path) -> None:
    def replaced(cluster: PretendedCluster, worker: str, request: ScanPage) -> None:
        cluster.vanish(worker)
        cluster.come("late")

    bench, cluster = Bench(tmp_path, 6), PretendedCluster("a", act=once(replaced, "2.png"))
    bench.run(cluster)
    assert bench.codes() == {HONEST: 6}
    assert "late" in {worker for worker, _ in cluster.asked}


@pytest.mark.logs
def test_a_cluster_that_stays_without_workers_pauses_the_batch(tmp_path: Path) -> None:
    bench, cluster = Bench(tmp_path, 4), PretendedCluster("a", act=once(vanishes, "0.png"))
    bench.run(cluster, empty_s=0.3)
    assert bench.troubles() == ["cluster_empty"]
    assert bench.codes()["waiting"] >= 1
    assert not any(isinstance(event, BatchFinished) for event in bench.events)


@pytest.mark.logs
def test_a_connection_that_ends_pauses_the_batch_and_is_told_once(tmp_path: Path) -> None:
    def ends(cluster: PretendedCluster, worker: str, request: ScanPage) -> None:
        cluster.lose()

    bench, cluster = Bench(tmp_path, 8), PretendedCluster("a", "b", act=once(ends, "3.png"))
    bench.run(cluster)
    assert bench.troubles() == ["cluster_lost"]
    codes = bench.codes()
    assert codes["waiting"] >= 1
    assert codes["reading"] == 0
    bench.run(PretendedCluster("a"))
    assert bench.codes() == {HONEST: 8}
    assert bench.finished_once()


def test_a_page_whose_engine_is_lost_twice_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    def crashes(cluster: PretendedCluster, worker: str, request: ScanPage) -> Reply:
        return Lost("crashed") if request.page.source.name == "1.png" else honest(request)

    bench = Bench(tmp_path, 4)
    bench.run(PretendedCluster("a", act=crashes))
    assert bench.codes() == {HONEST: 3, "page_stops_engine": 1}
    assert sorted(bench.attempts()) == [1, 1, 1, 2]


@pytest.mark.parametrize(
    "lie",
    [b"\x00 not json", b'{"type":"Seen"}', b'{"type":"Scanned","result":{"page":3}}'],
    ids=["garbage", "kind", "misfit"],
)
def test_an_answer_that_is_none_is_the_end_of_that_engine_and_not_of_the_batch(tmp_path: Path, lie: bytes) -> None:
    def lies(cluster: PretendedCluster, worker: str, request: ScanPage) -> bytes | Reply:
        return lie if request.page.source.name == "1.png" else honest(request)

    bench = Bench(tmp_path, 3)
    bench.run(PretendedCluster("a", act=lies))
    assert bench.codes() == {HONEST: 2, "page_stops_engine": 1}


@pytest.mark.logs
def test_a_worker_whose_engine_does_not_start_any_more_ends_for_itself(tmp_path: Path) -> None:
    def unable(cluster: PretendedCluster, worker: str, request: ScanPage) -> Reply:
        return Unable(ModelMissing(detail="detector").failure) if worker == "a" else honest(request)

    bench = Bench(tmp_path, 8)
    bench.run(PretendedCluster("a", "b", act=unable))
    assert bench.codes() == {HONEST: 8}
    assert set(bench.troubles()) <= {"model_missing"}


def test_stop_leaves_the_pages_in_hand_waiting(tmp_path: Path) -> None:
    stop = threading.Event()

    def silent(cluster: PretendedCluster, worker: str, request: ScanPage) -> None:
        stop.set()

    bench = Bench(tmp_path, 4)
    bench.run(PretendedCluster("a", act=silent), stop)
    assert bench.codes() == {"waiting": 4}
    assert set(bench.attempts()) == {0}


def test_a_worker_that_forgot_the_words_is_told_them_again(tmp_path: Path) -> None:
    def forgot(cluster: PretendedCluster, worker: str, request: ScanPage) -> Reply:
        return Forgot()

    words = OwnWords((OwnFile(b"labels.yaml", b"{}"),))
    bench, cluster = Bench(tmp_path, 3), PretendedCluster("a", act=once(forgot, "1.png"))
    bench.run(cluster, words=words)
    assert bench.codes() == {HONEST: 3}
    assert set(bench.attempts()) == {1}
    begun = [order for _, order in cluster.asked if isinstance(order, Begin)]
    assert [order.words for order in begun] == [words, words]
    assert {order.words for _, order in cluster.asked if isinstance(order, Ask)} == {words.key}


def test_a_worker_that_always_forgets_them_costs_the_page_and_not_the_batch(tmp_path: Path) -> None:
    def forgets(cluster: PretendedCluster, worker: str, request: ScanPage) -> Reply:
        return Forgot() if request.page.source.name == "1.png" else honest(request)

    bench = Bench(tmp_path, 3)
    bench.run(PretendedCluster("a", act=forgets))
    assert bench.codes() == {HONEST: 2, "page_stops_engine": 1}
