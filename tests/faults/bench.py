"""A batch to be read by children that fail, and what became of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from paddlescan.document import EngineOptions, ScanOptions, SourceFile
from paddlescan.pipeline.batch import run_batch
from paddlescan.pipeline.events import Event
from paddlescan.pipeline.supervisor import ChildLimits
from paddlescan.store import Store


@dataclass
class Bench:
    """A store with a batch of files a.png, b.png, ... and what happened on it."""

    folder: Path
    names: list[str]
    events: list[Event] = field(default_factory=list)
    limits: ChildLimits = field(default_factory=lambda: ChildLimits(request_s=30.0))

    def __post_init__(self) -> None:
        self.path = self.folder / "store.sqlite"
        self.scratch = self.folder / "scratch"
        self.scratch.mkdir()
        with Store(self.path) as store:
            self.batch = store.create_batch("", "cli", ScanOptions())
            for name in self.names:
                (self.folder / name).write_bytes(name.encode())
            self.pages = [
                row.id for row in store.add_sources(self.batch, [SourceFile.at(self.folder / n) for n in self.names])
            ]

    def run(
        self,
        command: tuple[str, ...],
        workers: int = 1,
        hear: Callable[[Event], None] | None = None,
        stop: threading.Event | None = None,
        options: EngineOptions | None = None,
    ) -> None:
        def emit(event: Event) -> None:
            self.events.append(event)
            if hear:
                hear(event)

        run_batch(
            self.path,
            self.batch,
            options or EngineOptions(),
            ScanOptions(),
            workers,
            emit,
            stop or threading.Event(),
            log_folder=self.folder,
            scratch_root=self.scratch,
            limits=self.limits,
            command=command,
        )
        assert list(self.scratch.iterdir()) == []
        assert [p for p in psutil.Process().children() if p.status() == psutil.STATUS_ZOMBIE] == []

    def codes(self) -> dict[str, str]:
        """What became of each file."""
        with Store(self.path) as store:
            rows = store.page_rows(self.batch)
        return {row.ref.source.name: row.failure.code if row.failure else row.state for row in rows}

    def attempts(self) -> list[int]:
        with Store(self.path) as store:
            return [row.attempts for row in store.page_rows(self.batch)]

    def of(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]


HONEST = "unreadable_file"  # what the fakes say of every page, because none of them pretends to read


def when_it_hangs(bench: Bench, act: Callable[[], None]) -> threading.Thread:
    """Do it as soon as a child hangs; in another thread."""

    def watch() -> None:
        pause = threading.Event()
        while not list(bench.scratch.glob("*/hanging")):
            pause.wait(0.01)
        act()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    return thread
