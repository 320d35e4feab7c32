"""A whole batch on a cluster: workers that vanish lose nothing, workers that come help."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from pathlib import Path

from paddlescan.document import ScanOptions
from paddlescan.errors import ClusterEmpty, ClusterLost, PaddleScanError, StoreBusy
from paddlescan.pipeline.batch import Teller, given_back
from paddlescan.pipeline.cluster.checks import Ready, Started, ask_all
from paddlescan.pipeline.cluster.greeting import Greeting
from paddlescan.pipeline.cluster.post import Post
from paddlescan.pipeline.cluster.remote import Vanished
from paddlescan.pipeline.cluster.talk import Rest
from paddlescan.pipeline.cluster.watching import Watch
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.events import BatchFinished, EngineTrouble
from paddlescan.pipeline.passwords import Passwords
from paddlescan.pipeline.worker import Emit
from paddlescan.store import Store

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.1
EMPTY_S = 60.0
"""How long a cluster may be without workers before the batch is paused: it may be starting others."""
REST_S = 10.0


def run_on_cluster(
    ready: Ready,
    store_path: Path,
    batch: int,
    scan_options: ScanOptions,
    emit: Emit,
    stop: threading.Event,
    *,
    passwords: Passwords | None = None,
    empty_s: float = EMPTY_S,
) -> None:
    """As `batch.run_batch`, with the workers of a cluster in place of engine processes.

    A cluster that is lost, or that has no workers for empty_s, is told as EngineTrouble; its pages wait.
    """
    drive = _Drive(ready, store_path, batch, scan_options, Teller(emit), stop, passwords or Passwords())
    with Store(store_path) as store:
        drive.crew.open(lambda: store.recover(batch))
    try:
        drive.run(empty_s)
    finally:
        drive.end()
    for post in drive.everyone():
        if post.bug is not None:
            raise post.bug
    with Store(store_path) as store:
        if not given_back(store, drive.crew, drive.teller.tell, stop):
            drive.teller.tell(EngineTrouble(StoreBusy().failure))
        elif not store.summary(batch).unfinished:
            drive.teller.tell(BatchFinished())


class _Drive:
    """One run; all but the posts' own threads in the thread that called."""

    def __init__(
        self,
        ready: Ready,
        store_path: Path,
        batch: int,
        scan_options: ScanOptions,
        teller: Teller,
        stop: threading.Event,
        passwords: Passwords,
    ) -> None:
        self._ready, self._store_path, self._batch, self._scan_options = ready, store_path, batch, scan_options
        self._stop, self._passwords = stop, passwords
        self.teller, self.crew, self._vanished = teller, Crew(), Vanished()
        self._posts: dict[str, Post] = {}
        """Of the workers that are there; also those that have ended."""
        self._left: list[Post] = []
        """Of those that are not."""
        self._refused: set[str] = set()
        """Workers that cannot be used."""
        self._greetings: dict[str, Greeting] = {}
        self._watch = Watch(ready.cluster, tuple(ready.engines))

    def everyone(self) -> tuple[Post, ...]:
        """All posts there were."""
        return *self._left, *self._posts.values()

    def run(self, empty_s: float) -> None:
        """Until no page waits, somebody stops it, or the cluster is of no use."""
        self._watch.start()
        for worker, engine in self._ready.engines.items():
            self._begin(worker, engine)
        empty_since: float | None = None
        while not self._stop.wait(LOOK_EVERY_S):
            if any(post.bug for post in self.everyone()):
                return
            if self._watch.lost is not None:
                self.teller.tell(EngineTrouble(ClusterLost().failure))
                return
            self._look(self._watch.present)
            if any(post.at_work for post in self.everyone()):
                empty_since = None
            elif not self._pages_wait():
                return
            elif self._greetings:
                empty_since = None
            elif self._posts:
                return  # each has told why it ended
            elif empty_since is None:
                empty_since = time.monotonic()
            elif time.monotonic() - empty_since > empty_s:
                self.teller.tell(EngineTrouble(ClusterEmpty(file=self._ready.cluster.address).failure))
                return

    def end(self) -> None:
        """No thread of ours reads any more; the engines over there may rest."""
        self._watch.end()
        for post in self.everyone():
            post.end()
        for post in self.everyone():
            post.join()
        if self._watch.lost is None:
            with suppress(PaddleScanError):
                still = self._watch.present & self._posts.keys()
                ask_all(self._ready.cluster, dict.fromkeys(still, Rest()), REST_S)

    def _look(self, present: frozenset[str]) -> None:
        """Whom the last look missed, and whom it found."""
        for worker in self._posts.keys() - present:
            log.warning("batch %s: a worker of the cluster is gone", self._batch)
            post = self._posts.pop(worker)
            post.left()
            self._left.append(post)
        for worker in present - self._posts.keys() - self._greetings.keys() - self._refused:
            self._greetings[worker] = Greeting(self._ready, worker)
            self._greetings[worker].start()
        for worker, greeting in list(self._greetings.items()):
            if not greeting.is_alive():
                del self._greetings[worker]
                self._welcome(worker, greeting)

    def _welcome(self, worker: str, greeting: Greeting) -> None:
        if greeting.engine is not None:
            log.info("batch %s: a worker has come to the cluster", self._batch)
            self._begin(worker, greeting.engine)
        elif greeting.failure is not None:  # it is left alone; the others go on
            log.warning("batch %s: a worker of the cluster cannot be used: %s", self._batch, greeting.failure.code)
            self._refused.add(worker)
            self.teller.tell(EngineTrouble(greeting.failure))

    def _begin(self, worker: str, engine: Started) -> None:
        ready = self._ready
        post = self._posts[worker] = Post(
            ready.cluster,
            worker,
            engine,
            self._store_path,
            self._batch,
            self._scan_options,
            self._passwords,
            self.crew,
            self._vanished,
        )
        post.start(self.teller.tell, self._stop.is_set)

    def _pages_wait(self) -> bool:
        with Store(self._store_path) as store:
            return store.summary(self._batch).unfinished
