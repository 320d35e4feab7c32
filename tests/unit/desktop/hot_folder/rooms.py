"""A watched folder for tests: a clock that is moved by hand, a store, and pages that are read without an engine."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

from paddlescan.desktop.hot_folder.loop import Loop, News
from paddlescan.desktop.hot_folder.plan import Plan
from paddlescan.desktop.hot_folder.watcher import Look, Watcher
from paddlescan.document import PageResult, Receipt, ScanOptions, SourceInfo
from paddlescan.errors import Failure, FileVanished, PaddleScanError, UnreadableFile
from paddlescan.imaging.files import open_source, sha256_of
from paddlescan.pipeline.keeping import open_store
from paddlescan.store import BatchOwner, HotRound, Store


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Room:
    """A folder `in`, and a store."""

    root: Path
    owner: BatchOwner = "cli"
    deep: bool = False
    move: bool = False
    clock: Clock = field(default_factory=Clock)
    troubles: list[Failure | None] = field(default_factory=list)
    heard: list[News] = field(default_factory=list)
    refused: PaddleScanError | None = None
    """What the engines meet with."""
    closed: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder = self.root / "in"
        self.folder.mkdir(exist_ok=True)
        self.away = self.root / "away"
        self.plan = Plan.of(self.folder, self.deep, str(self.away) if self.move else "", every_s=5.0, settle_s=3.0)
        self.store = open_store(self.root / "receipts.sqlite")
        self.loop = Loop(self.plan, self.store.path, self, self.clock)
        self.watcher = Watcher(self.plan, self.clock)
        self.stop = threading.Event()

    def write(self, name: str, data: bytes = b"") -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(data or name.encode())
        return path

    def look(self, after: float = 0.0) -> Look:
        self.clock.now += after
        return self.watcher.look(self.store, lambda: self.batch_for(self.store, self.store.hot_rounds(self.plan.key)))

    def turn(self, after: float = 3.0) -> None:
        self.clock.now += after
        self.loop.turn(self.store, self.stop)

    def turns(self, count: int = 6) -> None:
        for _ in range(count):
            self.turn()

    def names(self) -> list[str]:
        """Of what is in the store, in its order."""
        with self.store.looking():
            return [row.ref.source.name for batch in self.batches() for row in self.store.page_rows(batch)]

    def states(self) -> list[str]:
        return [
            row.failure.code if row.failure else row.state
            for batch in self.batches()
            for row in self.store.page_rows(batch)
        ]

    def batches(self) -> list[int]:
        return sorted(summary.id for summary in self.store.batches())

    # As the host of the loop

    def batch_for(self, store: Store, rounds: tuple[HotRound, ...]) -> int:
        if rounds:
            return rounds[-1].batch
        return store.begin_hot_round(self.plan.key, "2026-11-26T10:00:00+00:00", "in", "cli", ScanOptions())

    def read(self, batch: int) -> bool:
        """As the batch runner does, but whatever can be opened is said to be a blank page; `bad` is refused."""
        if self.refused is not None:
            raise self.refused
        while (claim := self.store.claim_page(batch)) is not None:
            result = PageResult(claim.ref, receipts=(Receipt(),))
            try:
                with open_source(claim.ref.source) as file:
                    data, sha256 = file.read(), sha256_of(file)
                self.store.set_source_info(claim.page_id, SourceInfo("png", 1, sha256))
                if data.startswith(b"bad"):
                    result = PageResult(claim.ref, error=UnreadableFile(file=claim.ref.source.name).failure)
                result = replace(result, sha256=sha256)
            except FileVanished as error:
                result = PageResult(claim.ref, error=error.failure)
            self.store.save_result(claim.page_id, result, claim.token)
        return True

    def close(self, store: Store, round_: HotRound) -> bool:
        self.closed.append(round_.batch)
        return True

    def trouble(self, failure: Failure | None) -> None:
        self.troubles.append(failure)

    def news(self, news: News) -> None:
        self.heard.append(news)
