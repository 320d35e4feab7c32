"""What a page costs on a cluster, from 100 to 100,000 pages: `python -m tests.benchmarks.scale [--pages 100 1000]`.

First some receipts are read by a real engine process, which says what a page costs there: seconds of processor, and
bytes that travel. Then batches of each size go through a real scheduler, real workers in processes of their own and the
real store, with the real loop of the program; only the engine is left out (`recorded_service`): a page takes no time
there (or --pace times what was recorded), so that what is left is what everything else costs: the program, the
scheduler and the workers, in milliseconds of processor a page. Cost of a page: the two together. Asserts nothing.

--tail 1000 measures the last 1,000 pages of each batch, with all before them in the store already: what grows with the
batch would show there, and a large one takes minutes rather than an hour.

--docs writes the table and the curve into docs/cluster.md. PADDLESCAN_RECEIPTS: a folder of receipts to read for the
first part; else the samples that come with the program.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from paddlescan.document import EngineOptions, PageRef, ScanOptions, SourceFile
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.cluster.checks import make_ready
from paddlescan.pipeline.cluster.connecting import Cluster as Connection
from paddlescan.pipeline.cluster.running import run_on_cluster
from paddlescan.pipeline.cluster.talk import Ask, Begin
from paddlescan.pipeline.events import EngineTrouble, Event
from paddlescan.pipeline.intake import walk
from paddlescan.pipeline.keeping import RULES, open_store
from paddlescan.pipeline.messages import Scanned, ScanPage
from paddlescan.pipeline.wire import to_bytes
from paddlescan.resources_dir import resource
from paddlescan.store import Store
from paddlescan.store.pages import claim as claim_page
from paddlescan.store.results import save
from tests.benchmarks.beside.workers import found_out
from tests.benchmarks.recorded_service import PACE, Recorded
from tests.clusters import Cluster, cluster
from tests.conftest import ROOT

DOCUMENT = ROOT / "docs" / "cluster.md"
BEGIN, END = "<!-- scale: begin -->", "<!-- scale: end -->"
CHUNK = 5_000


@dataclass(frozen=True)
class Reading:
    """What reading a page took, on one core."""

    pages: int
    processor_s: float
    wall_s: float
    answer_bytes: float
    file_bytes: float
    read_by: str


@dataclass(frozen=True)
class Run:
    """A batch of that size, without the reading: milliseconds of processor a page, and more."""

    pages: int
    measured: int
    """The last so many of them."""
    wall_s: float
    program_ms: float
    scheduler_ms: float
    workers_ms: float
    store_bytes: float
    memory_mb: float

    @property
    def besides_ms(self) -> float:
        """All that is not reading."""
        return self.program_ms + self.scheduler_ms + self.workers_ms


def recorded(folder: Path, most: int) -> Reading:
    """Read so many receipts, from all over the folder, by the backend that is the quickest here. Not counted are the
    first one, and electronic originals, which nothing reads."""
    found = [one for one in walk((folder,)) if isinstance(one, SourceFile)]
    sources = found[:: max(1, len(found) // (most + 1))][: most + 1]
    engine = EngineProcess(EngineOptions(threads=1, runtimes=found_out(1)))
    processor, wall, answers, files = [], [], [], []
    read_by: set[str] = set()
    try:
        engine.ensure_started()
        for number, source in enumerate(sources):
            child = psutil.Process(engine.pid)
            before, begun = sum(child.cpu_times()[:2]), time.perf_counter()
            result = engine.scan(PageRef(source), ScanOptions())
            if number and result.error is None and result.engine is not None:
                wall.append(time.perf_counter() - begun)
                processor.append(sum(child.cpu_times()[:2]) - before)
                answers.append(len(to_bytes(Scanned(result))))
                files.append(Path(source.path).stat().st_size)
                read_by.add(f"{result.engine.name}, {result.engine.models}")
    finally:
        engine.stop()
    mean = statistics.fmean
    return Reading(len(wall), mean(processor), mean(wall), mean(answers), mean(files), "; ".join(sorted(read_by)))


def run(made: Cluster, workers: list[int], folder: Path, pages: int, tail: int) -> Run:
    """A batch of that size on a cluster that runs. tail: only so many of its last pages are read by it."""
    path = folder / f"{pages}.sqlite"
    first = folder / "0.jpg"
    first.write_bytes(b"looked at by every worker")
    with Store(path) as store:
        batch = store.create_batch("", "cli", ScanOptions(), (str(folder),))
        for start in range(0, pages, CHUNK):
            some = range(start, min(start + CHUNK, pages))
            store.add_sources(batch, [SourceFile(os.fsencode(folder / f"{n}.jpg"), f"{n}.jpg") for n in some])
    fill(path, batch, pages - tail)
    left = min(pages, tail)
    connection = Connection(made.address)
    troubles: list[Event] = []
    try:
        ready = make_ready(connection, Begin(EngineOptions()), [SourceFile.at(first)])
        processes = [psutil.Process(), psutil.Process(made.scheduler.pid), *map(psutil.Process, workers)]
        before, begun = [sum(one.cpu_times()[:2]) for one in processes], time.perf_counter()
        run_on_cluster(
            ready,
            path,
            batch,
            ScanOptions(),
            lambda event: troubles.append(event) if isinstance(event, EngineTrouble) else None,
            threading.Event(),
        )
        wall = time.perf_counter() - begun
        program, scheduler, *others = (
            1000 * (sum(one.cpu_times()[:2]) - was) / left for one, was in zip(processes, before, strict=True)
        )
    finally:
        connection.close()
    with Store(path) as store:
        summary = store.summary(batch)
        size, _ = store.size()
    if troubles or summary.done + summary.needs_review != pages:
        sys.exit(f"{pages} pages: {summary.waiting} wait, {summary.failed} failed, {troubles}")
    memory = psutil.Process().memory_info().rss / 1e6
    path.unlink()
    return Run(pages, left, wall, program, scheduler, sum(others), size / pages, memory)


def fill(path: Path, batch: int, count: int) -> None:
    """Let the first pages of a batch be read already, by the store's own means, many a transaction."""
    service = Recorded(0)
    with open_store(path) as store:
        for start in range(0, count, 1000):
            with store._db.writing() as db:
                for _ in range(start, min(start + 1000, count)):
                    claim = claim_page(db, batch, None)
                    assert claim is not None
                    reply = service.answer(Ask(EngineOptions(), ScanPage(claim.ref, ScanOptions())))
                    assert isinstance(reply, Scanned)
                    save(db, claim.page_id, reply.result, claim.token, None, RULES)


def table(reading: Reading, runs: list[Run]) -> str:
    """The figures for people."""
    lines = [
        "| pages | reading, ms | program, ms | scheduler, ms | workers besides, ms | together, ms | store, KB a page |"
        " program holds, MB | pages a second without reading |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in runs:
        read = 1000 * reading.processor_s
        lines.append(
            f"| {one.pages:,} | {read:.0f} | {one.program_ms:.1f} | {one.scheduler_ms:.1f} | {one.workers_ms:.1f} |"
            f" {read + one.besides_ms:.0f} | {one.store_bytes / 1000:.1f} | {one.memory_mb:.0f} |"
            f" {one.measured / one.wall_s:.0f} |"
        )
    return "\n".join(lines)


def curve(reading: Reading, runs: list[Run]) -> str:
    """Cost of a page by the number of pages, as bars of text, a mark for every 20 ms."""
    lines = []
    for one in runs:
        whole = 1000 * reading.processor_s + one.besides_ms
        lines.append(f"{one.pages:>8,}  {'█' * round(whole / 20)} {whole:.0f} ms")
    return "```\n" + "\n".join(lines) + "\n```"


def command(asked: argparse.Namespace) -> str:
    """What was run, so that it can be run again: all that the figures depend on, also what nobody asked for."""
    own = ["PADDLESCAN_RECEIPTS=FOLDER"] if os.environ.get("PADDLESCAN_RECEIPTS") else []
    said = [*own, "python -m tests.benchmarks.scale", "--pages", *map(str, asked.pages)]
    said += ["--tail", str(asked.tail)] if asked.tail else []
    said += ["--workers", str(asked.workers), "--read", str(asked.read)]
    said += ["--pace", f"{asked.pace:g}"] if asked.pace else []
    return " ".join(said)


def describe(reading: Reading, asked: argparse.Namespace) -> str:
    """Where and with what this was measured."""
    name = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.machine(),
    )
    return (
        f"`{command(asked)}`, {name}, {os.cpu_count()} cores, {asked.workers} workers, load {os.getloadavg()[0]:.1f}."
        f" Reading was recorded on {reading.pages} receipts with one thread, by {reading.read_by}:"
        f" {reading.processor_s:.2f} s of processor a page ({reading.wall_s:.2f} s on the clock), files of"
        f" {reading.file_bytes / 1000:.0f} KB, answers of {reading.answer_bytes / 1000:.0f} KB. All figures are"
        " seconds or milliseconds of processor a page."
    )


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    """What is asked for. words: of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[100, 1000, 10_000, 100_000])
    parser.add_argument("--tail", type=int, help="measure the last so many pages of each batch (default: all)")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--read", type=int, default=20, help="receipts that are really read first")
    parser.add_argument("--pace", type=float, default=0.0, help="how much of the recorded time a page takes")
    parser.add_argument("--folder", type=Path, help="where the store lies (default: the temporary folder)")
    parser.add_argument("--docs", action="store_true", help="write the table into docs/cluster.md")
    return parser.parse_args(words)


def main() -> int:
    asked = arguments()
    reading = recorded(Path(os.environ.get("PADDLESCAN_RECEIPTS") or resource("samples")), asked.read)
    print(describe(reading, asked), flush=True)
    runs = []
    with tempfile.TemporaryDirectory(dir=asked.folder) as made:
        folder = Path(made)
        pace: dict[str, Any] = {PACE: str(asked.pace * reading.wall_s)}
        with cluster(folder / "cluster") as one:
            preload = ("--preload", "tests.benchmarks.recorded_service")
            workers = [one.worker(*preload, **pace) for _ in range(asked.workers)]
            for pages in asked.pages:
                runs.append(run(one, workers, folder, pages, asked.tail or pages))
                print(table(reading, runs[-1:]).splitlines()[-1], flush=True)
    said = f"{describe(reading, asked)}\n\n{table(reading, runs)}\n\n{curve(reading, runs)}"
    print(said)
    if asked.docs:
        text = DOCUMENT.read_text(encoding="utf-8")
        head, tail = text.partition(BEGIN)[0], text.partition(END)[2]
        DOCUMENT.write_text(f"{head}{BEGIN}\n\n{said}\n\n{END}{tail}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
