"""Shared storage that does not answer: who waits for it waits alone, and not for ever."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from paddlescan.document import EngineInfo, EngineOptions, Limits, SourceFile
from paddlescan.errors import StorageFails
from paddlescan.pipeline.cluster import checks, remote, service, shelf, storage
from paddlescan.pipeline.cluster.service import Service
from paddlescan.pipeline.cluster.shelf import Shelf
from paddlescan.pipeline.cluster.talk import Ask, Begin, Order, Reply, Rest, See, Seen
from paddlescan.pipeline.messages import Hello, Inspect, Refused

SOON_S = 20.0
"""What does not come within it, hangs."""


class Share:
    """Storage whose file `dead` is never given, until `answers` is set."""

    def __init__(self) -> None:
        self.answers, self.asked, self.ended = threading.Event(), threading.Semaphore(0), threading.Semaphore(0)
        self.fetched: Counter[str] = Counter()
        self.targets: list[Path] = []

    def fetch(self, source: SourceFile, target: Path, limits: Limits) -> None:
        self.fetched[source.name] += 1
        self.targets.append(target)
        if source.name == "dead":
            self.asked.release()
            self.answers.wait()
        with suppress(FileNotFoundError):
            target.write_bytes(source.raw_path)
        self.ended.release()

    def touch(self, source: SourceFile) -> int | None:
        if source.name == "dead":
            self.answers.wait()
        return None


@pytest.fixture
def share(monkeypatch: pytest.MonkeyPatch) -> Iterator[Share]:
    made = Share()
    monkeypatch.setattr(storage, "stamp", lambda _: "1")
    monkeypatch.setattr(storage, "fetch", made.fetch)
    monkeypatch.setattr(storage, "touch", made.touch)
    yield made
    made.answers.set()


def at(name: str) -> SourceFile:
    return SourceFile(f"s3://bucket/{name}".encode(), name)


def in_thread(act: object) -> threading.Thread:
    thread = threading.Thread(target=act, daemon=True)  # type: ignore[arg-type]
    thread.start()
    return thread


def ends(thread: threading.Thread) -> bool:
    thread.join(SOON_S)
    return not thread.is_alive()


def read(kept: Shelf, name: str) -> None:
    with kept.at_hand(at(name), Limits()) as here:
        assert Path(here.path).read_bytes() == at(name).raw_path


def test_others_are_fetched_and_dropped_while_one_hangs(share: Share) -> None:
    kept = Shelf()
    in_thread(lambda: read(kept, "dead"))
    assert share.asked.acquire(timeout=SOON_S)
    assert ends(in_thread(lambda: read(kept, "well")))
    assert ends(in_thread(kept.clear))
    assert share.fetched == {"dead": 1, "well": 1}


def test_what_does_not_come_in_time_is_told_and_tried_anew(share: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "FETCH_S", 0.2)
    kept = Shelf()
    for times in (1, 2):
        with pytest.raises(StorageFails), kept.at_hand(at("dead"), Limits()):
            pass
        assert share.fetched["dead"] == times
    kept.clear()
    share.answers.set()
    for _ in range(2):
        assert share.ended.acquire(timeout=SOON_S)
    read(kept, "dead")
    late, later, now = share.targets
    assert now.exists()
    kept.clear()
    assert not any(path.exists() or path.parent.exists() for path in (late, later, now))


def test_what_comes_too_late_leaves_no_file(share: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Shelf()
    with kept.at_hand(at("well"), Limits()) as held:  # so that their folder stays
        monkeypatch.setattr(shelf, "FETCH_S", 0.2)
        with pytest.raises(StorageFails), kept.at_hand(at("dead"), Limits()):
            pass
        share.answers.set()
        deadline = time.monotonic() + SOON_S
        for _ in share.targets:
            assert share.ended.acquire(timeout=SOON_S)
        while share.targets[-1].exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert [path.name for path in Path(held.path).parent.iterdir()] == [Path(held.path).name]
    kept.clear()


def test_two_who_want_one_file_fetch_it_once(share: Share) -> None:
    kept = Shelf()
    both = [in_thread(lambda: read(kept, "dead")) for _ in range(2)]
    assert share.asked.acquire(timeout=SOON_S)
    share.answers.set()
    assert all(ends(one) for one in both)
    assert share.fetched == {"dead": 1}
    kept.clear()


def test_a_worker_answers_while_a_file_is_not_given(share: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    class Started:
        def __init__(self, options: EngineOptions) -> None:
            pass

        def ensure_started(self) -> Hello:
            return Hello(EngineInfo("onnxruntime", "cpu", "none"))

        def stop(self) -> None:
            pass

    monkeypatch.setattr(service, "EngineProcess", Started)
    worker, said = Service(), list[Reply]()
    in_thread(lambda: worker.answer(Ask(EngineOptions(), Inspect(at("dead")))))
    assert share.asked.acquire(timeout=SOON_S)
    orders: tuple[Order, ...] = (Begin(EngineOptions()), Rest())
    for order in orders:
        assert ends(in_thread(lambda: said.append(worker.answer(order))))  # noqa: B023 at once
    assert [type(reply) for reply in said] == [Hello, Seen]


def test_a_worker_says_that_its_storage_does_not_answer(share: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "FETCH_S", 0.2)
    monkeypatch.setattr(service, "LOOK_S", 0.2)
    worker = Service()
    reply = worker.answer(Ask(EngineOptions(), Inspect(at("dead"))))
    assert isinstance(reply, Refused)
    assert reply.failure.code == "storage_fails"
    reply = worker.answer(See((at("well"), at("dead"), at("well"))))
    assert isinstance(reply, Seen)
    assert [sight.failure and sight.failure.code for sight in reply.sights] == [None, "storage_fails"]


def test_a_worker_says_so_before_it_is_no_longer_waited_for() -> None:
    assert shelf.FETCH_S < remote.FETCH_S
    assert service.LOOK_S < checks.SEE_S
