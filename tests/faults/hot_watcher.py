"""A program that watches a folder, for a test that kills it.

    hot_watcher.py STORE FOLDER [once]

The loop, the batch runner and the store are the real ones; the child that reads is one that refuses every page, and
says of which bytes. So the store tells what was read, byte for byte, in a moment.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent.parent))

from paddlescan.desktop.hot_folder.loop import Loop, News
from paddlescan.desktop.hot_folder.plan import Plan, Watch
from paddlescan.document import EngineOptions, ScanOptions
from paddlescan.errors import Failure
from paddlescan.pipeline.batch import run_batch
from paddlescan.store import BatchOwner, HotRound, Store
from tests.fakes.commands import faulty

SETTLE_S = 0.3


class Host:
    """All that comes goes into one batch, read by one worker."""

    owner: BatchOwner = "cli"

    def __init__(self, store: Path, plan: Plan) -> None:
        self._path, self._plan = store, plan
        self._stop = threading.Event()

    def batch_for(self, store: Store, rounds: tuple[HotRound, ...]) -> int:
        if rounds:
            return rounds[-1].batch
        return store.begin_hot_round(self._plan.key, "2026-11-26", "in", "cli", ScanOptions())

    def read(self, batch: int) -> bool:
        scratch = self._path.parent / "scratch"
        scratch.mkdir(exist_ok=True)
        run_batch(
            self._path,
            batch,
            EngineOptions(),
            ScanOptions(),
            1,
            lambda _event: None,
            self._stop,
            scratch_root=scratch,
            command=faulty("well"),
        )
        return True

    def close(self, store: Store, round_: HotRound) -> bool:
        return True

    def news(self, news: News) -> None:
        pass

    def trouble(self, failure: Failure | None) -> None:
        pass


def main() -> None:
    store, folder = Path(sys.argv[1]), sys.argv[2]
    plan = Plan.of(folder, deep=True, every_s=0.1, settle_s=SETTLE_S)
    watch = Watch(store, plan.folder)
    watch.acquire()
    Loop(plan, store, Host(store, plan), pause_s=3600).run(threading.Event(), once=sys.argv[3:] == ["once"])


if __name__ == "__main__":
    main()
