"""A connection to a cluster whose workers vanish, lie and are silent as a test wants it. None of them reads: a healthy
one says of every page that it is unreadable, as the faulty children do."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from types import MappingProxyType
from typing import Any

from paddlescan import __version__
from paddlescan.document import EngineInfo, PageResult, SourceFile, SourceInfo
from paddlescan.errors import ClusterLost, UnreadableFile
from paddlescan.pipeline.cluster.checks import here
from paddlescan.pipeline.cluster.talk import (
    Ask,
    Begin,
    Introduce,
    Introduced,
    Order,
    Reply,
    Rest,
    See,
    Seen,
    Sight,
    order_from,
)
from paddlescan.pipeline.messages import Hello, Inspect, Inspected, Scanned, ScanPage
from paddlescan.pipeline.wire import to_bytes

Act = Callable[["PretendedCluster", str, ScanPage], Reply | bytes | None]
"""What a worker does with a page, by its name; None: nothing is ever said."""

Start = Callable[[str, Begin], Reply | None]
"""What a worker's engine says when it is started; None: nothing is ever said."""

NO_CARDS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class PretendedCluster:
    """Has the methods of `connecting.Cluster`."""

    address = "tcp://pretended:1"

    def __init__(
        self,
        *workers: str,
        act: Act | None = None,
        cards: Mapping[str, tuple[str, ...]] = NO_CARDS,
        start: Start | None = None,
    ) -> None:
        """cards: the marks of those that a worker sees, in its order; of one that is not named: none. start: how its
        engine starts; else on a card that it sees, if it may."""
        self._lock = threading.Lock()
        self._workers = set(workers)
        self._act = act or (lambda _cluster, _worker, request: honest(request))
        self._open: dict[Future[object], str] = {}
        self.most_in_flight: dict[str, int] = {}
        self.asked: list[tuple[str, Order]] = []
        self.lost = False
        self._cards = cards
        self._start = start or (lambda worker, order: well(order, bool(cards.get(worker))))

    def close(self) -> None:
        self.lose()

    def workers(self) -> tuple[str, ...]:
        if self.lost:
            raise ClusterLost
        with self._lock:
            return tuple(self._workers)

    def versions(self) -> Mapping[str, Any]:
        packages = {"packages": dict(here())}
        return {"scheduler": packages, "workers": dict.fromkeys(self.workers(), packages)}

    def ask(self, worker: str, order: bytes) -> Future[object]:
        future: Future[object] = Future()
        message = order_from(order)
        with self._lock:
            self._open = {one: whose for one, whose in self._open.items() if not one.done()}
            self._open[future] = worker
            self.asked.append((worker, message))
            if isinstance(message, Ask):
                now = sum(whose == worker for whose in self._open.values())
                self.most_in_flight[worker] = max(self.most_in_flight.get(worker, 0), now)
            there = worker in self._workers
        if self.lost:
            future.cancel()
        elif there:
            threading.Thread(target=self._reply, args=(worker, message, future), daemon=True).start()
        return future

    def seen(self, worker: str, sources: tuple[SourceFile, ...]) -> Seen:
        """What it says of files that it is to look at."""
        return Seen(tuple(self.sight(worker, source) for source in sources))

    def sight(self, worker: str, source: SourceFile) -> Sight:
        """Of one of them."""
        return Sight()

    def come(self, worker: str) -> None:
        """A new worker."""
        with self._lock:
            self._workers.add(worker)

    def vanish(self, worker: str) -> None:
        """It is gone; what it was asked stays open, as in Dask."""
        with self._lock:
            self._workers.discard(worker)

    def lose(self) -> None:
        """The connection ends: what is open is cancelled."""
        self.lost = True
        for future in list(self._open):
            future.cancel()

    def _reply(self, worker: str, order: Order, future: Future[object]) -> None:
        reply: Reply | bytes | None
        match order:
            case Introduce(cards=asked):
                reply = Introduced(False, __version__, self._cards.get(worker, ()) if asked else ())
            case See(sources=sources):
                reply = self.seen(worker, sources)
            case Rest():
                reply = Seen()
            case Begin():
                reply = self._start(worker, order)
            case Ask(request=Inspect(source=source)):
                data = Path(source.path).read_bytes()
                reply = Inspected(SourceInfo("png", 1, hashlib.sha256(data).hexdigest()))
            case Ask(request=ScanPage() as request):
                reply = self._act(self, worker, request)
        with self._lock:
            silent = reply is None or worker not in self._workers
        if not silent and future.set_running_or_notify_cancel():
            future.set_result(reply if isinstance(reply, bytes) else to_bytes(reply))  # type: ignore[arg-type]


def honest(request: ScanPage) -> Reply:
    """What a healthy worker says of a page."""
    page = request.page
    sha256 = hashlib.sha256(Path(page.source.path).read_bytes()).hexdigest()
    return Scanned(PageResult(page, sha256=sha256, error=UnreadableFile(file=page.source.name).failure))


def well(order: Begin, card: bool = False) -> Reply:
    """What a healthy engine says when it is started on a worker with or without a card."""
    return Hello(
        EngineInfo("onnxruntime", "gpu" if card and order.engine.device != "cpu" else "cpu", "none", "pretended")
    )
