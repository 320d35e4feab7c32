"""A worker of the cluster in the service of a batch: two page workers of ours, so that it never waits for us."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from paddlescan.document import ScanOptions
from paddlescan.pipeline.cluster.checks import Started
from paddlescan.pipeline.cluster.connecting import Cluster
from paddlescan.pipeline.cluster.remote import RemoteEngine, Vanished
from paddlescan.pipeline.cluster.shared_engine import SharedEngine
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.gpu_record import GpuRecord
from paddlescan.pipeline.passwords import Passwords
from paddlescan.pipeline.worker import Emit, PageWorker

IN_FLIGHT = 2
"""Pages: one is read while the file of the other is fetched."""


class Post:
    """Two threads that end when no page waits, when its worker is gone, or when the batch is stopped."""

    def __init__(
        self,
        cluster: Cluster,
        worker: str,
        started: Started,
        store_path: Path,
        batch: int,
        scan: ScanOptions,
        passwords: Passwords,
        crew: Crew,
        vanished: Vanished,
    ) -> None:
        self.worker = worker
        self.bug: Exception | None = None
        """What a thread raised that nobody foresaw."""
        shared, gpu, options = SharedEngine(started.begin, started.hello), GpuRecord(), started.begin.engine
        self._engines = [RemoteEngine(cluster, worker, shared, vanished) for _ in range(IN_FLIGHT)]
        self._workers = [
            PageWorker(store_path, batch, options, scan, passwords, engine=one, crew=crew, gpu=gpu)
            for one in self._engines
        ]
        self._threads: list[threading.Thread] = []

    @property
    def at_work(self) -> bool:
        """Whether any of its threads runs."""
        return any(thread.is_alive() for thread in self._threads)

    def start(self, emit: Emit, should_stop: Callable[[], bool]) -> None:
        """Take pages."""
        for one in self._workers:
            thread = threading.Thread(target=self._run, args=(one, emit, should_stop), name="page worker")
            self._threads.append(thread)
            thread.start()

    def left(self) -> None:
        """Its worker is gone; returns at once. The pages it had wait again."""
        for engine in self._engines:
            engine.left()
        self.end()

    def end(self) -> None:
        """Stop; returns at once."""
        for one in self._workers:
            one.kill()

    def join(self) -> None:
        """Wait for the end of its threads."""
        for thread in self._threads:
            thread.join()

    def _run(self, one: PageWorker, emit: Emit, should_stop: Callable[[], bool]) -> None:
        try:
            one.run(emit, should_stop)
        except Exception as error:  # noqa: BLE001 raised again by whoever drives the batch
            self.bug = error
