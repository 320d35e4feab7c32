"""Runs: some workers of one program, the same pages for all of them, and what that took."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.benchmarks.beside.workers import Reading, Worker


@dataclass(frozen=True)
class Crew:
    """How a program is run: processes, and threads of each."""

    workers: int
    threads: int

    def __str__(self) -> str:
        return f"{self.workers} x {self.threads}"


@dataclass(frozen=True)
class Run:
    """One program, some pages, once."""

    crew: Crew
    pages: int
    wall_s: float
    cpu_s: float
    """Of the workers."""
    peak_bytes: int
    """Of the largest worker, since it started."""
    others: float
    """Processors that everything else on the machine kept busy meanwhile."""
    readings: dict[Path, Reading] = field(repr=False)
    versions: dict[str, str]

    @property
    def pages_a_minute(self) -> float:
        """By the clock."""
        return 60 * self.pages / self.wall_s

    @property
    def wall_a_page(self) -> float:
        """Seconds from one finished page to the next."""
        return self.wall_s / self.pages

    @property
    def cpu_a_page(self) -> float:
        """Processor seconds."""
        return self.cpu_s / self.pages


def run(make: Callable[[int], Worker], crew: Crew, paths: Sequence[Path], warm: Sequence[Path]) -> Run:
    """Read all paths with these workers, which share one queue; each has read those of `warm` before."""
    workers = [make(crew.threads) for _ in range(crew.workers)]
    try:
        for worker in workers:
            for path in warm:  # first inference, fonts, caches, what a runtime makes for each size of line
                worker.read(path)
        before = sum(worker.cpu_seconds for worker in workers)
        busy, own = _busy_seconds(), time.process_time()
        start = time.perf_counter()
        readings = _read_all(workers, paths)
        wall = time.perf_counter() - start
        cpu = sum(worker.cpu_seconds for worker in workers) - before
        others = max(0.0, _busy_seconds() - busy - cpu - (time.process_time() - own)) / wall
        peak = max(worker.peak_bytes for worker in workers)
        return Run(crew, len(paths), wall, cpu, peak, others, readings, workers[0].versions)
    finally:
        for worker in workers:
            worker.close()


def _read_all(workers: Sequence[Worker], paths: Sequence[Path]) -> dict[Path, Reading]:
    waiting: queue.SimpleQueue[Path] = queue.SimpleQueue()
    for path in paths:
        waiting.put(path)
    readings: dict[Path, Reading] = {}
    problems: list[Exception] = []

    def work(worker: Worker) -> None:
        try:
            with suppress(queue.Empty):
                while not problems:
                    path = waiting.get_nowait()
                    readings[path] = worker.read(path)
        except Exception as error:  # noqa: BLE001  # raised again in the main thread
            problems.append(error)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    return readings


def _busy_seconds() -> float:
    """Processor seconds of all programs on the machine since it started, and those that a host took away."""
    times = psutil.cpu_times()
    idle = times.idle + getattr(times, "iowait", 0.0)
    guests = getattr(times, "guest", 0.0) + getattr(times, "guest_nice", 0.0)  # are counted as user, too
    return float(sum(times) - idle - guests)
