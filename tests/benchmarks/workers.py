"""Workers of two kinds with one face, so that a benchmark can drive both alike."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Protocol

import psutil

from paddlescan.document import EngineOptions, PageRef, ScanOptions, SourceFile
from paddlescan.pipeline.clients import EngineProcess

PEER = Path(__file__).parent / "peers" / "rapidocr_worker.py"


class Worker(Protocol):
    """One process that reads pages."""

    cpu_seconds: float
    """Of processor time, since it started."""
    peak_bytes: int
    """The most memory it ever held."""

    def read(self, path: Path) -> int:
        """Read one page; returns the number of lines."""
        ...

    def close(self) -> None:
        """End the process."""
        ...


class OurWorker:
    """The engine process of the pipeline: loading, preparation, recognition, fields."""

    def __init__(self, threads: int) -> None:
        self._engine = EngineProcess(EngineOptions(device="cpu", threads=threads))
        self._engine.ensure_started()
        self.cpu_seconds, self.peak_bytes = 0.0, 0

    def read(self, path: Path) -> int:
        """Read one page; its failure is the benchmark's."""
        result = self._engine.scan(PageRef(SourceFile.at(path)), ScanOptions())
        if result.error:
            raise result.error.error()
        process = psutil.Process(self._engine.pid)
        times = process.cpu_times()
        self.cpu_seconds = times.user + times.system
        self.peak_bytes = _peak_bytes(process)
        return sum(len(receipt.lines) for receipt in result.receipts)

    def close(self) -> None:
        """End the process."""
        self._engine.stop()


class RapidWorker:
    """RapidOCR in its own environment: decoding and recognition, nothing else."""

    def __init__(self, python: Path, threads: int) -> None:
        command = [str(python), str(PEER), str(threads)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self._line("ready")
        self.cpu_seconds, self.peak_bytes = 0.0, 0

    def read(self, path: Path) -> int:
        """Read one page."""
        assert self._process.stdin
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        lines, cpu, peak = self._line().split()
        self.cpu_seconds, self.peak_bytes = float(cpu), int(peak)
        return int(lines)

    def _line(self, expected: str | None = None) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline().strip()
        if not line or (expected and line != expected):
            raise RuntimeError("the RapidOCR worker stopped; run it by hand to see why")
        return line

    def close(self) -> None:
        """End the process: end of input."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(10)


def _peak_bytes(process: psutil.Process) -> int:
    if sys.platform == "linux":
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii", errors="replace")
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))
    memory = process.memory_info()
    return int(getattr(memory, "peak_wset", memory.rss))
