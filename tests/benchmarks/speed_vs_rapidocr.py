"""Pages a minute, CPU seconds a page and peak memory, side by side with RapidOCR.

    python -m tests.benchmarks.speed_vs_rapidocr [FOLDER] [--pages 24] [--rounds 3] [--workers 1 2]

Reads the first pages of FOLDER (default: real receipts where PADDLESCAN_RECEIPTS or ../shared/data/receipts has
them, else the drawn samples). Both sides run the same number of processes with the same number of threads each
(processors / workers) and read the same files; ours also prepares the pages and finds the fields. Every round does
both, the order alternates, each process reads one page before it is timed. Prints the median and its range over
the rounds, and asserts nothing. RapidOCR's environment is made below build/ the first time.
"""

from __future__ import annotations

import argparse
import os
import platform
import queue
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from paddlescan.resources_dir import resource
from tests.benchmarks.environments import interpreter
from tests.benchmarks.workers import OurWorker, RapidWorker, Worker

RAPIDOCR = "3.10.0"
PICTURES = {".jpg", ".jpeg", ".png"}
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Run:
    """One side, one round."""

    pages_a_minute: float
    cpu_seconds_a_page: float
    peak_megabytes: float
    """Of the largest process."""
    lines: int


def default_folder() -> Path:
    """Real receipts if there are any, else the drawn samples."""
    data = Path(os.environ.get("PADDLESCAN_RECEIPTS") or ROOT.parent / "shared" / "data" / "receipts")
    real = data / "sroie" / "images"
    return real if real.is_dir() else resource("samples")


def pictures(folder: Path, count: int) -> list[Path]:
    """The first pictures of a folder, over again where it has fewer."""
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() in PICTURES)
    if not found:
        raise SystemExit(f"no pictures in {folder}")
    return [found[n % len(found)] for n in range(count)]


def run(make: Callable[[], Worker], workers: int, paths: Sequence[Path]) -> Run:
    """Read all paths with this many workers, which share one queue."""
    crew = [make() for _ in range(workers)]
    try:
        for worker in crew:
            worker.read(paths[0])  # warm: first inference, fonts, caches
        cpu_before = sum(worker.cpu_seconds for worker in crew)
        waiting: queue.SimpleQueue[Path] = queue.SimpleQueue()
        for path in paths:
            waiting.put(path)
        lines: list[int] = []
        problems: list[Exception] = []

        def work(worker: Worker) -> None:
            try:
                with suppress(queue.Empty):
                    while True:
                        lines.append(worker.read(waiting.get_nowait()))
            except Exception as error:  # noqa: BLE001  # raised again in the main thread
                problems.append(error)

        threads = [threading.Thread(target=work, args=(worker,)) for worker in crew]
        start = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wall = time.perf_counter() - start
        if problems:
            raise problems[0]
        cpu = sum(worker.cpu_seconds for worker in crew) - cpu_before
        peak = max(worker.peak_bytes for worker in crew)
        return Run(60 * len(paths) / wall, cpu / len(paths), peak / 2**20, sum(lines))
    finally:
        for worker in crew:
            worker.close()


def spread(values: Sequence[float], digits: int) -> str:
    """Median (least to greatest)."""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def table(ours: Sequence[Run], theirs: Sequence[Run]) -> str:
    """The two sides in rows, and the ratio of the rounds."""
    rows = [f"{'':10} {'pages/min':>20} {'CPU s/page':>20} {'peak MiB a process':>22} {'lines':>6}"]
    for name, runs in (("PaddleScan", ours), ("RapidOCR", theirs)):
        rows.append(
            f"{name:10} {spread([r.pages_a_minute for r in runs], 1):>20} "
            f"{spread([r.cpu_seconds_a_page for r in runs], 2):>20} "
            f"{spread([r.peak_megabytes for r in runs], 0):>22} {runs[0].lines:>6}"
        )
    ratios = [a.pages_a_minute / b.pages_a_minute for a, b in zip(ours, theirs, strict=True)]
    rows.append(f"PaddleScan / RapidOCR, pages a minute: {spread(ratios, 2)}")
    return "\n".join(rows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=default_folder())
    parser.add_argument("--pages", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--threads", type=int, help="of each process (default: processors / workers)")
    given = parser.parse_args()
    runtime = version("onnxruntime")
    python = interpreter("rapidocr", (f"rapidocr=={RAPIDOCR}", f"onnxruntime=={runtime}"))
    paths = pictures(given.folder, given.pages)
    processors = os.cpu_count() or 1
    print(f"{len(paths)} pages, {len(set(paths))} different; {processors} processors ({platform.machine()})")
    print(f"RapidOCR {RAPIDOCR}, ONNX Runtime {runtime} on both sides, {given.rounds} rounds")
    for workers in given.workers:
        threads = given.threads or max(1, processors // workers)
        sides: tuple[Callable[[], Worker], Callable[[], Worker]] = (
            lambda n=threads: OurWorker(n),  # type: ignore[misc]
            lambda n=threads: RapidWorker(python, n),  # type: ignore[misc]
        )
        found: tuple[list[Run], list[Run]] = ([], [])
        for number in range(given.rounds):
            for side in (0, 1) if number % 2 == 0 else (1, 0):
                found[side].append(run(sides[side], workers, paths))
        print(f"\n{workers} worker(s), {threads} thread(s) each\n{table(*found)}", flush=True)


if __name__ == "__main__":
    main()
