"""A worker of a cluster whose graphics card fails goes on without, at once and for good, and the others as before."""

from __future__ import annotations

import itertools
import threading
from pathlib import Path

import pytest

from paddlescan.document import Device, EngineInfo, EngineOptions, PageRef, PageResult, Receipt, ScanOptions, SourceFile
from paddlescan.errors import ClusterEngine
from paddlescan.ocr.reasons import Reason
from paddlescan.pipeline.cluster import service
from paddlescan.pipeline.cluster.service import Service
from paddlescan.pipeline.cluster.talk import Ask, Begin, Lost, Reply
from paddlescan.pipeline.events import EngineReady
from paddlescan.pipeline.messages import Hello, Scanned, ScanPage
from tests.fakes.pretended_cluster import PretendedCluster, honest, well
from tests.unit.pipeline.cluster.test_running import HONEST, Bench

CARDS = {"bad": ("GPU-1",), "good": ("GPU-2",)}


def devices(cluster: PretendedCluster, worker: str) -> list[str]:
    """What its engine was wanted on, one after another."""
    asked = (
        order.engine.device for whose, order in cluster.asked if whose == worker and isinstance(order, (Begin, Ask))
    )
    return [device for device, _ in itertools.groupby(asked)]


@pytest.mark.logs
def test_a_card_that_fails_is_done_without_on_its_own_worker_only(tmp_path: Path) -> None:
    present: dict[str, str] = {}
    lock, failed = threading.Lock(), threading.Event()

    def start(worker: str, order: Begin) -> Reply:
        with lock:
            present[worker] = order.engine.device
            if present[worker] == "cpu":
                failed.set()
        return well(order, card=True)

    def act(cluster: PretendedCluster, worker: str, request: ScanPage) -> Reply:
        if worker == "bad":
            return honest(request) if present["bad"] == "cpu" else Lost("device_failed")
        failed.wait(60)  # no good card reads a page before the bad one is given up, nor are all read by then
        return honest(request)

    bench, cluster = Bench(tmp_path, 40), PretendedCluster("bad", "good", act=act, cards=CARDS, start=start)
    bench.run(cluster)
    assert bench.codes() == {HONEST: 40}
    assert devices(cluster, "bad") == ["auto", "cpu"]
    assert devices(cluster, "good") == ["auto"]
    assert bench.troubles() == []


@pytest.mark.logs
def test_an_engine_that_is_lost_while_it_gets_ready_on_a_card_is_started_without(tmp_path: Path) -> None:
    begun = itertools.count()

    def start(worker: str, order: Begin) -> Reply:
        hangs = order.engine.device != "cpu" and next(begun) > 0
        return Lost("timed_out", while_starting=True) if hangs else well(order, card=True)

    crashed = threading.Event()

    def act(cluster: PretendedCluster, worker: str, request: ScanPage) -> Reply:
        if not crashed.is_set():
            crashed.set()
            return Lost("crashed")
        return honest(request)

    bench, cluster = Bench(tmp_path, 6), PretendedCluster("bad", act=act, cards=CARDS, start=start)
    bench.run(cluster)
    assert bench.codes() == {HONEST: 6}
    assert devices(cluster, "bad") == ["auto", "cpu"]
    told = [event.engine.device for event in bench.events if isinstance(event, EngineReady)]
    assert told[-1] == "cpu"
    assert bench.troubles() == []


def hangs_on_a_card(worker: str, order: Begin) -> Reply:
    if worker == "good":
        return well(order, card=True)
    if order.engine.device != "cpu":
        return Lost("timed_out", while_starting=True)
    return Hello(EngineInfo("onnxruntime", "cpu", "none", Reason.CPU_CHOSEN))


def test_a_card_on_which_no_engine_gets_ready_is_done_without_from_the_start(tmp_path: Path) -> None:
    crashed = threading.Event()

    def act(cluster: PretendedCluster, worker: str, request: ScanPage) -> Reply:
        if worker == "bad" and not crashed.is_set():
            crashed.set()
            return Lost("crashed")  # so that its engine is started once more
        crashed.wait(60)
        return honest(request)

    bench, cluster = Bench(tmp_path, 6), PretendedCluster("bad", "good", act=act, cards=CARDS, start=hangs_on_a_card)
    bench.run(cluster)
    assert bench.codes() == {HONEST: 6}
    assert devices(cluster, "bad") == ["auto", "cpu"]
    assert devices(cluster, "good") == ["auto"]
    told = {(event.engine.device, event.engine.reason) for event in bench.events if isinstance(event, EngineReady)}
    assert told == {("cpu", Reason.GPU_FAILED), ("gpu", "pretended")}


@pytest.mark.parametrize(
    ("worker", "device"), [("none", "auto"), ("bad", "gpu")], ids=["no card", "nothing but a card will do"]
)
def test_an_engine_that_does_not_start_otherwise_is_told(tmp_path: Path, worker: str, device: Device) -> None:
    bench, cluster = Bench(tmp_path, 1), PretendedCluster(worker, cards=CARDS, start=hangs_on_a_card)
    with pytest.raises(ClusterEngine, match="timed_out"):
        bench.run(cluster, engine=EngineOptions(device=device))
    assert devices(cluster, worker) == [device]


def test_a_page_that_leaves_the_device_open_is_read_by_the_engine_that_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []

    class Started:
        def __init__(self, options: EngineOptions) -> None:
            made.append(options.device)

        def ensure_started(self) -> Hello:
            return Hello(EngineInfo("onnxruntime", "cpu", "none"))

        def scan(self, page: PageRef, options: ScanOptions, password: str | None) -> PageResult:
            return PageResult(page, receipts=(Receipt(),))

        def stop(self) -> None:
            pass

    monkeypatch.setattr(service, "EngineProcess", Started)
    worker, page = Service(), ScanPage(PageRef(SourceFile(b"/a.jpg", "a.jpg")), ScanOptions())
    try:
        worker.answer(Begin(EngineOptions()))
        for device in ("cpu", "auto", "cpu"):
            assert isinstance(worker.answer(Ask(EngineOptions(device=device), page)), Scanned)
        assert made == ["auto", "cpu"]
        worker.answer(Ask(EngineOptions(threads=2), page))
        worker.answer(Begin(EngineOptions(threads=2, device="cpu")))
        worker.answer(Begin(EngineOptions(threads=2)))
        assert made == ["auto", "cpu", "auto", "cpu", "auto"]
    finally:
        worker.end()
