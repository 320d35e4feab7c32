"""Who reads what arrived, while the batch it is in is not the one in front. Lives in the watching thread."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from pathlib import Path

from paddlescan.document import EngineOptions, ScanOptions
from paddlescan.paths import Paths
from paddlescan.pipeline.batch import run_batch
from paddlescan.pipeline.events import EngineTrouble, Event
from paddlescan.pipeline.passwords import Passwords
from paddlescan.settings import threads_for
from paddlescan.store import Store

LET_GO_S = 5.0
"""How long who wants a batch in front waits until it is let go of here."""


@dataclass(frozen=True, slots=True)
class Means:
    """With what is read."""

    paths: Paths
    engine: EngineOptions
    options: ScanOptions
    passwords: Passwords
    command: tuple[str, ...] | None = None
    """A child in place of the real engine."""


class QuietReading:
    """One engine, and only while the batch in front needs none. `let_go`, `front` and `busy` may be used by others."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._halt = threading.Event()
        self._free = threading.Condition()
        self._reading: int | None = None
        self.front: int | None = None
        """The batch in front, which the window reads itself."""
        self.busy = False
        """Whether it does so now."""

    def read(self, batch: int, stop: threading.Event) -> bool:
        """Have the pages of a batch read that wait. False: not now. Raises what keeps the engines from reading.

        stop: watching ends; whoever sets it calls `halt` afterwards.
        """
        store_path: Path = self._means.paths.store
        with self._free:
            if self.busy or batch == self.front:
                return False
            self._halt.clear()
            if stop.is_set():
                return False
            self._reading = batch
        troubles: list[EngineTrouble] = []

        def event(news: Event) -> None:
            if isinstance(news, EngineTrouble):
                troubles.append(news)

        try:
            with Store(store_path) as store:
                if store.summary(batch).stopped:  # by a person, while it was in front
                    return False
                lease = store.lease(batch)
            if not lease.acquire():
                return False
            try:
                run_batch(
                    store_path,
                    batch,
                    replace(self._means.engine, threads=threads_for(1)),
                    self._means.options,
                    1,
                    event,
                    self._halt,
                    passwords=self._means.passwords,
                    log_folder=self._means.paths.logs,
                    scratch_root=self._means.paths.scratch,
                    command=self._means.command,
                )
            finally:
                lease.release()
        finally:
            with self._free:
                self._reading = None
                self._free.notify_all()
        if troubles and not self._halt.is_set():
            raise troubles[0].failure.error()
        return True

    def renew(self, means: Means) -> None:
        """Read with these from now on; nothing is being read."""
        self._means = means

    def halt(self) -> None:
        """End the engine within a second; what it had in hand waits."""
        self._halt.set()

    def let_go(self, batch: int) -> None:
        """This batch is about to come to the front; returns when it is not read here any more."""
        with self._free:
            self.front = batch
            if self._reading == batch:
                self._halt.set()
            self._free.wait_for(lambda: self._reading != batch, LET_GO_S)
