"""Reading on a graphics card: pages a second, the card's memory over time, and whether the text is that of the CPU.

    python -m tests.benchmarks.gpu [FOLDER] [--pages 120] [--workers 1 2 4] [--engine NAME] [--memory MIB] [--docs]

Reads the first pictures of FOLDER (default: the receipts of `make bench`) once on the CPU, for the text, and then on
the cards with each number of workers, each page by itself and then several together, as the program does: engine
processes as it has them, which share one queue and are dealt over the cards. Each reads one page before it is timed,
and none is replaced meanwhile. The card's memory is asked of its driver five times a second, from before the first
engine to after the last; what it held before is taken off. Nothing of a page is printed, only how many of them read
otherwise. --docs puts the table into docs/performance.md, with the card's name. Where no card can be used it says so,
and what is therefore not verified. --rehearse goes the whole way with an engine that takes the CPU for a card, to see
that this program works; its figures say nothing of any card. Asserts nothing.
"""

from __future__ import annotations

import argparse
import os
import platform
import queue
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from paddlescan.document import Device, EngineName, EngineOptions, PageRef, PageResult, ScanOptions, SourceFile
from paddlescan.ocr.cards import MIB, cards
from paddlescan.ocr.devices import choose_device
from paddlescan.ocr.gpu_fitness import libraries
from paddlescan.ocr.reasons import Reason
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.messages import Begun
from paddlescan.pipeline.supervisor import ChildLimits
from paddlescan.settings import threads_for
from tests.benchmarks.beside.receipts import known_receipts, manifest_file
from tests.benchmarks.documents import PERFORMANCE, command_line, put_between
from tests.benchmarks.pictures import pictures
from tests.fakes.commands import pretended_card

MARK = "on a card"
SAMPLE_S = 0.2
SHOWN = 12
"""Points of the memory's course that the table shows."""
NEVER_REPLACED = ChildLimits(recycle_requests=1 << 20, recycle_growth_bytes=1 << 40)
"""The processor time of one that is gone would be lost."""
UNVERIFIED = (
    "that ONNX Runtime and PaddlePaddle start on a card at all, and what they take of its memory",
    "pages a second on a card, and what reading several together gains",
    "the same text on a card as on the CPU",
    "that a real lack of memory halves the batch, and then brings the CPU for the page",
    "that the ceiling is kept, over time and by several engines",
    "several cards",
    "that the jail lets a card's driver work",
)


@dataclass
class Run:
    """One number of workers."""

    workers: int
    together: bool = False
    """Whether lines of several pages are read at once."""
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    """Of all engines."""
    load_seconds: float = 0.0
    """Of the slowest engine, from its start to its hello."""
    devices: Counter[str] = field(default_factory=Counter)
    """What engines said they read on."""
    reasons: Counter[str] = field(default_factory=Counter)
    """How many pages were read for which reason where they were."""
    texts: dict[Path, str] = field(default_factory=dict)
    memory: list[tuple[float, int]] = field(default_factory=list)
    """Seconds, and bytes taken of all cards together; empty where their driver does not tell."""


class MemoryWatch:
    """Samples what is taken of the cards' memory, in a thread of its own."""

    def __init__(self) -> None:
        self._before = self._taken()
        self._begun, self._over = time.monotonic(), threading.Event()
        self.samples: list[tuple[float, int]] = []
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def end(self) -> list[tuple[float, int]]:
        """Stop; what was seen."""
        self._over.set()
        self._thread.join()
        return self.samples

    def _watch(self) -> None:
        while not self._over.wait(SAMPLE_S):
            if (taken := self._taken()) is not None and self._before is not None:
                self.samples.append((time.monotonic() - self._begun, taken - self._before))

    @staticmethod
    def _taken() -> int | None:
        told = [card.memory - card.free for card in cards() if card.free is not None]
        return sum(told) if told else None


def run(
    paths: Sequence[Path],
    workers: int,
    device: Device,
    engine: EngineName,
    memory: int,
    together: bool = False,
    command: Sequence[str] | None = None,
) -> Run:
    """Read all pages with so many engines. Raises what an engine raises, and the error of a page that is not read.

    together: lines of several pages at once. command: of the engines, where they are not the program's own.
    """
    done = Run(workers, together)
    watch = MemoryWatch()
    crew = []
    for number in range(workers):
        options = EngineOptions(
            device, engine, threads_for(workers), gpu_memory_mib=memory, worker=number, workers=workers
        )
        crew.append(EngineProcess(options, NEVER_REPLACED, command=command))
    waiting: queue.SimpleQueue[Path] = queue.SimpleQueue()
    for path in paths:
        waiting.put(path)
    ready, lock = threading.Barrier(workers + 1), threading.Lock()
    troubles: list[Exception] = []

    def work(process: EngineProcess) -> None:
        try:
            begun = time.monotonic()
            hello = process.ensure_started()
            loaded = time.monotonic() - begun
            process.scan(PageRef(SourceFile.at(paths[0])), ScanOptions())  # warm
            ready.wait()
            ready.wait()
            results = list(_read_all(process, waiting, together))
            with lock:
                done.load_seconds = max(done.load_seconds, loaded)
                done.devices[f"{hello.engine.device} {hello.engine.card}".strip() if hello.engine else "none"] += 1
                for path, result in results:
                    done.texts[path] = _text(result)
                    done.reasons[result.engine.reason if result.engine else "not read"] += 1
        except Exception as error:  # noqa: BLE001 raised again below
            troubles.append(error)
            ready.abort()

    threads = [threading.Thread(target=work, args=(process,)) for process in crew]
    for thread in threads:
        thread.start()
    try:
        with suppress(threading.BrokenBarrierError):
            ready.wait()
            cpu_before, begun = _cpu(crew), time.monotonic()
            ready.wait()
            for thread in threads:
                thread.join()
            done.seconds, done.cpu_seconds = time.monotonic() - begun, _cpu(crew) - cpu_before
        for thread in threads:
            thread.join()
    finally:
        for process in crew:
            process.stop()
        done.memory = watch.end()
    if troubles:
        raise troubles[0]
    return done


def _read_all(
    process: EngineProcess, waiting: queue.SimpleQueue[Path], together: bool
) -> Iterator[tuple[Path, PageResult]]:
    """What one engine reads of the pages that wait."""
    begun: list[Path] = []

    def of_begun() -> Iterator[tuple[Path, PageResult]]:
        yield from zip(begun, map(_read, process.read_begun()), strict=True)
        begun.clear()

    with suppress(queue.Empty):
        while True:
            path = waiting.get_nowait()
            read = process.begin if together else process.scan
            answer = read(PageRef(SourceFile.at(path)), ScanOptions())
            if not isinstance(answer, Begun):
                yield path, _read(answer)
                continue
            begun.append(path)
            if answer.enough:
                yield from of_begun()
    yield from of_begun()


def _read(result: PageResult) -> PageResult:
    if result.error:
        raise result.error.error()
    return result


def _cpu(crew: Sequence[EngineProcess]) -> float:
    total = 0.0
    for process in crew:
        times = psutil.Process(process.pid).cpu_times()
        total += times.user + times.system
    return total


def _text(result: PageResult) -> str:
    return "\n".join(line.text for receipt in result.receipts for line in receipt.lines)


def course(memory: Sequence[tuple[float, int]]) -> str:
    """The memory's course in a few points: `0 s 0, 4 s 812, ...`."""
    if not memory:
        return "not told"
    step = max(1, len(memory) // SHOWN)
    return ", ".join(f"{at:.0f} s {taken / MIB:,.0f}" for at, taken in memory[::step])


def table(reference: Run, runs: Sequence[Run], pages: int) -> str:
    """What was measured."""
    lines = [
        "| workers | pages at once | loaded in | pages a second | CPU s a page | card memory, most (MiB) "
        "| as on the CPU | read on |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        _row(reference, reference, pages),
        *(_row(one, reference, pages) for one in runs),
    ]
    for one in runs:
        how = f"{one.workers} workers, {_at_once(one)} at once"
        lines += ["", f"Memory taken with {how}, MiB: {course(one.memory)}."]
        short = {Reason.GPU_SMALLER: "fewer lines at once", Reason.PAGE_ON_CPU: "by the CPU for lack of memory"}
        lines += [f"Pages read {words}: {one.reasons[reason]}." for reason, words in short.items()]
    return "\n".join(lines)


def _at_once(one: Run) -> str:
    return "several" if one.together else "one"


def _row(one: Run, reference: Run, pages: int) -> str:
    same = sum(one.texts[path] == text for path, text in reference.texts.items())
    most = f"{max(taken for _, taken in one.memory) / MIB:,.0f}" if one.memory else "not told"
    devices = ", ".join(f"{count} on {name}" for name, count in sorted(one.devices.items()))
    return (
        f"| {one.workers} | {_at_once(one)} | {one.load_seconds:.1f} s | {pages / one.seconds:.2f} "
        f"| {one.cpu_seconds / pages:.2f} | {most} | {same} of {len(reference.texts)} | {devices} |"
    )


def machine() -> str:
    """Cards, driver, libraries and processor."""
    told = [
        f"{card.name}, {card.memory / MIB:,.0f} MiB, compute capability {card.capability[0]}.{card.capability[1]}, "
        f"driver {card.driver or 'unknown'}"
        for card in cards()
    ]
    packages = ", ".join(" ".join(one) for one in libraries())
    return "; ".join([*told, packages or "no GPU packages", f"{os.cpu_count()} cores of {platform.machine()}"])


def chosen(folder: Path | None, count: int) -> list[Path]:
    """The first pictures of a folder, or of the receipts whose words are known; each once."""
    found = [one.path for one in known_receipts(manifest_file())] if folder is None else pictures(folder)
    return found[:count]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=None)
    parser.add_argument("--pages", type=int, default=120)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--engine", choices=("onnxruntime", "paddle"), default="onnxruntime")
    parser.add_argument("--memory", type=int, default=0, help="MiB that all workers may take together")
    parser.add_argument("--docs", action="store_true", help="write the table into docs/performance.md")
    parser.add_argument("--rehearse", action="store_true", help="the CPU in the card's place")
    arguments = parser.parse_args()
    info = choose_device(EngineOptions(engine=arguments.engine))
    if info.device != "gpu" and not arguments.rehearse:
        said = f"No card could be used when this was written ({info.reason}), so this is not verified:\n\n"
        said += "\n".join(f"* {what};" for what in UNVERIFIED).rstrip(";") + ".\n\n"
        said += "`python -m tests.benchmarks.gpu --docs` measures it on a machine that has one, and replaces this."
        print(f"no GPU here: {info.reason}\n\n{said}")
        if arguments.docs:
            put_between(PERFORMANCE, MARK, said)
        return
    paths = chosen(arguments.folder, arguments.pages)
    device: Device = "cpu" if arguments.rehearse else "gpu"
    reference = run(paths, max(1, min(4, (os.cpu_count() or 2) // 2)), "cpu", arguments.engine, 0)
    command = pretended_card() if arguments.rehearse else None
    runs = [
        run(paths, count, device, arguments.engine, arguments.memory, together, command)
        for count in arguments.workers
        for together in (False, True)
    ]
    ceiling = f"{arguments.memory:,} MiB" if arguments.memory else "half of what is free"
    how = f"`{command_line('tests.benchmarks.gpu')}`, {len(paths)} pages, ceiling {ceiling}"
    intro = f"{how}. {machine()}. First row: the CPU."
    said = f"{intro}\n\n{table(reference, runs, len(paths))}"
    print(said)
    if arguments.docs and not arguments.rehearse:
        put_between(PERFORMANCE, MARK, said)


if __name__ == "__main__":
    main()
