"""Looks at a cluster again and again: which of its workers are there."""

from __future__ import annotations

import threading

from paddlescan.errors import ClusterLost
from paddlescan.pipeline.cluster.connecting import Cluster

EVERY_S = 0.5


class Watch(threading.Thread):
    """A thread of its own, because asking a scheduler that is gone takes a while."""

    def __init__(self, cluster: Cluster, present: tuple[str, ...]) -> None:
        super().__init__(name="cluster watch", daemon=True)
        self._cluster = cluster
        self._over = threading.Event()
        self.present = frozenset(present)
        """The workers that are there."""
        self.lost: ClusterLost | None = None
        """The connection is gone; nothing is looked at any more."""

    def run(self) -> None:
        """In the new thread."""
        while not self._over.wait(EVERY_S):
            try:
                self.present = frozenset(self._cluster.workers())
            except ClusterLost as error:
                self.lost = error
                return

    def end(self) -> None:
        """Look no more; returns at once."""
        self._over.set()
