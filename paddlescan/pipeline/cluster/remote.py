"""An engine on a worker of a cluster, as a `PageWorker` uses it: one request at a time, never waited for in vain.

What happens to the engine over there comes back as it would from one here. That the worker itself is gone, is noticed
by whoever watches the cluster, and is told by `left`.
"""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as TooLate

from paddlescan.document import Limits, PageRef, PageResult, ScanOptions, SourceFile, SourceInfo
from paddlescan.document.codec import BadData
from paddlescan.errors import ClusterLost, Failure, PageStopsEngine
from paddlescan.pipeline.cluster.connecting import Cluster
from paddlescan.pipeline.cluster.shared_engine import SharedEngine
from paddlescan.pipeline.cluster.talk import Ask, Forgot, Lost, Order, Reply, Unable, reply_from
from paddlescan.pipeline.ends import ChildLimits, EngineLost, Worn
from paddlescan.pipeline.errands import Errand, Errands
from paddlescan.pipeline.messages import Hello, Inspect, Inspected, Refused, Scanned, ScanPage
from paddlescan.pipeline.plausible import is_plausible_info, is_plausible_result
from paddlescan.pipeline.wire import to_bytes

FETCH_S = 120.0
"""For the way there and back, and for fetching the file."""
MOST_WORKERS_LOST = 3
"""A page that was in hand when so many workers vanished is not tried with another one."""

Hand = tuple[bytes, int]
"""A file and the number of its page; 0 while the file is looked at."""


class Vanished:
    """Pages that were in hand when a worker vanished, and how often. Any thread may call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._times: Counter[Hand] = Counter()

    def note(self, hand: Hand) -> None:
        """Once more."""
        with self._lock:
            self._times[hand] += 1

    def too_often(self, hand: Hand) -> bool:
        """Whether it is likely to be the page's fault."""
        with self._lock:
            return self._times[hand] >= MOST_WORKERS_LOST


class RemoteEngine:
    """See `PageEngine`."""

    def __init__(
        self,
        cluster: Cluster,
        worker: str,
        shared: SharedEngine,
        vanished: Vanished | None = None,
        limits: ChildLimits | None = None,
    ) -> None:
        """shared: with all who ask the same worker. vanished: shared by all of a batch."""
        self.errands: Errands | None = None
        self.limits = limits or ChildLimits()
        self.hello: Hello | None = shared.hello
        self.starts = 1
        self.worn: Worn | None = None
        self._cluster, self._worker, self._shared = cluster, worker, shared
        self._words = shared.begin.words.key
        self._vanished = vanished or Vanished()
        self._lock = threading.Lock()  # guards _call, _hand and _killed against `kill` and `left`
        self._call: Future[object] | None = None
        self._hand: Hand | None = None
        self._killed = False

    def ensure_started(self) -> Hello:
        """Start it anew over there after it was lost."""
        if self.hello is None:
            begin = self._shared.start_anew()
            reply = self._exchange(begin, self.limits.start_s + FETCH_S, None, while_starting=True)
            if not isinstance(reply, Hello):
                raise EngineLost("bad_answer", while_starting=True)
            self._shared.started(reply)
            self.starts += 1
        self.hello = self._shared.hello  # another may have started it
        return self.hello

    def wants_gpu(self) -> bool:
        """Whether it would start on a GPU although it need not: what it did before, it would do again."""
        said = self._shared.hello.engine
        return self._shared.begin.engine.device == "auto" and said is not None and said.device == "gpu"

    def do_without_gpu(self) -> None:
        """From the next start on, load on the CPU."""
        self._shared.do_without_gpu()

    def inspect(self, source: SourceFile, limits: Limits, password: str | None = None) -> SourceInfo | Failure:
        """Format, number of pages and hash of a file, or what is wrong with it."""
        hand = (source.raw_path, 0)
        if self._vanished.too_often(hand):
            return PageStopsEngine(file=source.name).failure
        reply = self._ask(Inspect(source, limits, password), hand)
        if isinstance(reply, Refused):
            return reply.failure
        if not isinstance(reply, Inspected) or not is_plausible_info(reply.info, limits):
            raise self.distrust()
        return reply.info

    def scan(self, page: PageRef, options: ScanOptions, password: str | None = None) -> PageResult:
        """The page, read. A page that cannot be read is a result with an error, not an exception."""
        hand = (page.source.raw_path, page.number)
        if self._vanished.too_often(hand):
            return PageResult(page, error=PageStopsEngine(file=page.source.name).failure)
        reply = self._ask(ScanPage(page, options, password), hand)
        if isinstance(reply, Refused):
            return PageResult(page, error=reply.failure)
        if not isinstance(reply, Scanned) or reply.result.page != page or not is_plausible_result(reply.result):
            raise self.distrust()
        return reply.result

    def begin(self, page: PageRef, options: ScanOptions, password: str | None = None) -> PageResult:
        """Every page is read at once over there."""
        return self.scan(page, options, password)

    def read_begun(self) -> tuple[PageResult, ...]:
        """None is ever begun."""
        return ()

    def run(self, errand: Errand) -> None:
        """No errand is done on a cluster."""
        errand.done(None)

    def distrust(self) -> EngineLost:
        """The answer does not fit the request; raise what this returns."""
        self.hello = None
        return EngineLost("bad_answer")

    def left(self) -> None:
        """The worker is gone; from any thread. What it had in hand is another's now."""
        with self._lock:
            if self._hand is not None and not self._killed:
                self._vanished.note(self._hand)
        self.kill()

    def kill(self) -> None:
        """Nothing is asked from now on; a request in flight raises EngineLost("stopped"). The worker may finish it, but
        nobody hears of it."""
        with self._lock:
            self._killed = True
            call = self._call
        if call is not None:
            call.cancel()

    def stop(self, grace_s: float = 2.0) -> None:
        """The engine over there is shared, and told to rest when nobody needs it any more."""

    def _ask(self, request: Inspect | ScanPage, hand: Hand) -> Reply:
        # Its other page may be read first, for which a fresh engine may have to be started.
        longest = 2 * (self.limits.start_s + self.limits.request_s) + FETCH_S
        self.ensure_started()
        reply = self._exchange(Ask(self._shared.begin.engine, request, self._words), longest, hand)
        if isinstance(reply, Forgot):
            self.hello = None
            self.ensure_started()
            reply = self._exchange(Ask(self._shared.begin.engine, request, self._words), longest, hand)
        return reply

    def _exchange(self, order: Order, seconds: float, hand: Hand | None, while_starting: bool = False) -> Reply:
        with self._lock:
            if self._killed:
                raise EngineLost("stopped", while_starting)
            call = self._call = self._cluster.ask(self._worker, to_bytes(order))
            self._hand = hand
        try:
            reply = reply_from(call.result(seconds))
        except CancelledError:
            if self._killed:
                raise EngineLost("stopped", while_starting) from None
            raise ClusterLost from None
        except TooLate:
            raise self._lose(EngineLost("timed_out", while_starting)) from None
        except BadData:
            raise self._lose(EngineLost("bad_answer", while_starting)) from None
        except Exception:  # noqa: BLE001 what Dask raises for a call that failed over there; it may quote it
            raise self._lose(EngineLost("bad_answer", while_starting)) from None
        finally:
            call.cancel()
            with self._lock:
                self._call = self._hand = None
        if isinstance(reply, Lost):
            raise self._lose(reply.error())
        if isinstance(reply, Unable):
            self.hello = None
            raise reply.failure.error()
        return reply

    def _lose(self, lost: EngineLost) -> EngineLost:
        self.hello = None
        return lost
