"""Workers of two kinds with one face, so that a benchmark can drive both alike."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import psutil

from paddlescan.document import EngineOptions, PageRef, PageResult, Runtimes, ScanOptions, SourceFile
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.runtimes_kept import kept_runtimes
from paddlescan.resources_dir import resource

PEER = Path(__file__).parents[1] / "peers" / "ocr_worker.py"
LEAVING_S = 30


@dataclass(frozen=True)
class Reading:
    """A page as a worker read it."""

    texts: tuple[str, ...] = field(repr=False)
    page: PageResult | None = None
    """With all that PaddleScan found on it; None of others."""


class Worker(Protocol):
    """One process that reads pages."""

    versions: dict[str, str]
    cpu_seconds: float
    """Of processor time, since it started."""
    peak_bytes: int
    """The most memory it ever held."""

    def read(self, path: Path) -> Reading:
        """Read one page."""
        ...

    def close(self) -> None:
        """End the process."""
        ...


MOST_TRIED = 20
"""Pages after which it is known which backend is the quickest."""


@cache
def found_out(threads: int) -> Runtimes:
    """What the trial of backends finds here with so many threads, as on anybody's first pages."""
    sample = resource("samples", "cafe.jpg")
    with TemporaryDirectory() as folder:
        file = Path(folder, "runtimes.json")
        engine = EngineProcess(EngineOptions(device="cpu", threads=threads, runtimes_file=str(file)))
        try:
            for _ in range(MOST_TRIED):
                engine.scan(PageRef(SourceFile.at(sample)), ScanOptions())
                found = kept_runtimes(file, threads) or Runtimes()
                if found.detector and found.recogniser:
                    break
        finally:
            engine.stop()
    return found


class OurWorker:
    """The engine process of the pipeline: loading, preparation, recognition, fields."""

    def __init__(self, threads: int) -> None:
        self._engine = EngineProcess(EngineOptions(device="cpu", threads=threads, runtimes=found_out(threads)))
        info = self._engine.ensure_started().engine
        self.versions = {} if info is None else {"engine": info.name, "models": info.models}
        self.cpu_seconds, self.peak_bytes = 0.0, 0
        self._pid, self._gone = self._engine.pid, 0.0

    def read(self, path: Path) -> Reading:
        """Read one page; its failure is the benchmark's."""
        result = self._engine.scan(PageRef(SourceFile.at(path)), ScanOptions())
        if result.error:
            raise result.error.error()
        process = psutil.Process(self._engine.pid)
        times = process.cpu_times()
        if process.pid != self._pid:  # it was replaced meanwhile; what the one before took after its last page is lost
            self._pid, self._gone = process.pid, self.cpu_seconds
        self.cpu_seconds = self._gone + times.user + times.system
        self.peak_bytes = max(self.peak_bytes, _peak_bytes(process))
        # Receipts that share the lines of their page say them once.
        different = dict.fromkeys(tuple(line.text for line in receipt.lines) for receipt in result.receipts)
        return Reading(tuple(chain.from_iterable(different)), result)

    def close(self) -> None:
        """End the process."""
        self._engine.stop()


class PeerWorker:
    """Another program in its own environment: decoding and recognition, nothing else."""

    def __init__(self, python: Path, words: Sequence[str]) -> None:
        self._name = words[0]
        self._process = subprocess.Popen(
            [str(python), str(PEER), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            start_new_session=True,  # as our engines: a busy machine shares its processors out by sessions
        )
        self.versions = dict(self._answer()["versions"])  # type: ignore[call-overload]
        self.cpu_seconds, self.peak_bytes = 0.0, 0

    def read(self, path: Path) -> Reading:
        """Read one page."""
        assert self._process.stdin
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        answer = self._answer()
        self.cpu_seconds, self.peak_bytes = float(str(answer["cpu"])), int(str(answer["peak"]))
        return Reading(tuple(answer["texts"]))  # type: ignore[arg-type]

    def _answer(self) -> dict[str, object]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the worker of {self._name} stopped; run {PEER} by hand to see why")
        return dict(json.loads(line))

    def close(self) -> None:
        """End the process: end of input."""
        assert self._process.stdin
        self._process.stdin.close()
        try:
            self._process.wait(LEAVING_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _peak_bytes(process: psutil.Process) -> int:
    if sys.platform == "linux":
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii", errors="replace")
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))
    memory = process.memory_info()
    return int(getattr(memory, "peak_wset", memory.rss))
