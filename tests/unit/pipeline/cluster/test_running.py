"""A batch on a cluster whose workers come, vanish, lie and fall silent."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

import pytest

from paddlescan.document import EngineOptions, ScanOptions, SourceFile
from paddlescan.errors import ModelMissing
from paddlescan.ocr.cards import Card
from paddlescan.ocr.gpu_memory import card_of
from paddlescan.pipeline.cluster.checks import make_ready
from paddlescan.pipeline.cluster.own_words import OwnFile, OwnWords
from paddlescan.pipeline.cluster.running import run_on_cluster
from paddlescan.pipeline.cluster.talk import Ask, Begin, Forgot, Introduce, Lost, Reply, Rest, Unable
from paddlescan.pipeline.events import BatchFinished, EngineTrouble, Event, PageFinished
from paddlescan.pipeline.messages import ScanPage
from paddlescan.store import Store
from tests.fakes.nvidia_driver import GIB
from tests.fakes.pretended_cluster import Act, PretendedCluster, honest

HONEST = "unreadable_file"
NONE, ANY = OwnWords(), EngineOptions()


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
        engine: EngineOptions = ANY,
    ) -> None:
        ready = make_ready(cluster, Begin(engine, words), [self.first])  # type: ignore[arg-type]
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


def seats(cluster: PretendedCluster, there: int = 2) -> dict[str, int]:
    """The number of the card, of so many, that each worker's engine was started on, and was asked on ever after."""
    cards = [Card(number, "", GIB, (8, 9), (13, 0)) for number in range(there)]
    told: dict[str, set[int]] = {}
    for worker, order in cluster.asked:
        if isinstance(order, (Begin, Ask)):
            told.setdefault(worker, set()).add(card_of(order.engine, cards).number)
    assert all(len(numbers) == 1 for numbers in told.values())
    return {worker: min(numbers) for worker, numbers in told.items()}


def test_workers_of_one_machine_are_dealt_over_its_cards(tmp_path: Path) -> None:
    two, others = ("GPU-1", "GPU-2"), ("GPU-3", "GPU-4")
    seen = {"a1": two, "a2": two, "b1": others, "a3": two}
    cluster = PretendedCluster(*seen, cards=seen)
    Bench(tmp_path, 12).run(cluster)
    at = seats(cluster)
    assert sorted(at[worker] for worker in ("a1", "a2", "a3")) == [0, 0, 1]
    assert at["b1"] == 0
    begun = {worker: order.engine.workers for worker, order in cluster.asked if isinstance(order, Begin)}
    assert begun == {"a1": 3, "a2": 3, "a3": 3, "b1": 1}


def test_who_was_given_a_card_or_an_order_of_cards_takes_his_first_alone(tmp_path: Path) -> None:
    seen = {"a": ("GPU-1",), "b": ("GPU-2",), "c": ("GPU-3", "GPU-4"), "d": ("GPU-4", "GPU-3"), "e": (), "f": ()}
    cluster = PretendedCluster(*seen, cards=seen)
    Bench(tmp_path, 12).run(cluster)
    assert set(seats(cluster).values()) == {0}
    assert {order.engine.workers for _, order in cluster.asked if isinstance(order, Begin)} == {1}


@pytest.mark.logs
def test_a_worker_that_comes_later_takes_the_card_of_the_one_that_vanished(tmp_path: Path) -> None:
    two, begun = ("GPU-1", "GPU-2"), threading.Event()

    def replaced(cluster: PretendedCluster, worker: str, request: ScanPage) -> Reply | None:
        if worker == "a":
            cluster.vanish("a")
            cluster.come("late")
            return None
        if worker == "late":
            begun.set()
        begun.wait(60)
        return honest(request)

    cluster = PretendedCluster("a", "b", act=replaced, cards=dict.fromkeys(("a", "b", "late"), two))
    bench = Bench(tmp_path, 8)
    bench.run(cluster)
    assert bench.codes() == {HONEST: 8}
    at = seats(cluster)
    assert at["late"] == at["a"] != at["b"]


def test_where_only_the_processor_reads_nobody_is_asked_for_cards(tmp_path: Path) -> None:
    cluster = PretendedCluster("a", "b", cards=dict.fromkeys("ab", ("GPU-1", "GPU-2")))
    Bench(tmp_path, 2).run(cluster, engine=EngineOptions(device="cpu"))
    assert {order.cards for _, order in cluster.asked if isinstance(order, Introduce)} == {False}
