"""A worker that came to the cluster while a batch was at work: the same checks as at the start, beside the others."""

from __future__ import annotations

import threading

from paddlescan.errors import Failure, PaddleScanError
from paddlescan.pipeline.child import log_error
from paddlescan.pipeline.cluster.checks import Ready, Started, check_versions, check_workers, here


class Greeting(threading.Thread):
    """Nobody waits for its end: who does not answer may take minutes."""

    def __init__(self, ready: Ready, worker: str) -> None:
        super().__init__(name="greeting", daemon=True)
        self._ready, self._worker = ready, worker
        self.engine: Started | None = None
        """Its engine; None where it cannot be used, or has gone again."""
        self.failure: Failure | None = None
        """Why it cannot be used."""

    def run(self) -> None:
        """In the new thread."""
        ready, worker = self._ready, self._worker
        try:
            told = ready.cluster.versions()
            theirs = {name: facts for name, facts in (told.get("workers") or {}).items() if name == worker}
            check_versions({"scheduler": told.get("scheduler"), "workers": theirs}, here())
            self.engine = check_workers(ready.cluster, (worker,), ready.begin, ready.landmarks, ready.places).get(
                worker
            )
        except PaddleScanError as error:
            self.failure = error.failure
        except Exception as error:  # noqa: BLE001 our bug; the worker is not used
            log_error("a greeting", error)
            self.failure = PaddleScanError().failure
