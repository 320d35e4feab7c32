"""What a soak looks at from outside: the program's processes, its files, its store."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass, fields
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Sample:
    """One look. Megabytes are of 2**20 bytes, and what a process shares with others counts in parts (PSS)."""

    seconds: float
    pages: int
    """Pages with a result."""
    program_mb: float
    """The window, or the command line."""
    engines_mb: float
    """All engine processes together."""
    engines: int
    light_mb: float
    cpu_s: float
    """Of all processes, those that are gone included."""
    starts: int
    """Engine processes seen so far."""
    store_mb: float
    """The store's file."""
    wal_mb: float
    thumbnails_mb: float
    scratch_mb: float
    held_ms: float
    """The longest that the window's event loop was held since the sample before (window only)."""
    jump_ms: float
    """A jump in the list of pages, computed (window only)."""
    wheel_ms: float
    """A turn of the wheel in the table, computed (window only)."""


HEADER = tuple(each.name for each in fields(Sample))


class Looker:
    """Looks at one running program and its home."""

    def __init__(self, pid: int, home: Path, notes: Path) -> None:
        self._root = psutil.Process(pid)
        self._home, self._notes = home, notes
        self._begun = time.monotonic()
        self._cpu: dict[int, float] = {}
        self._engines: set[int] = set()
        self._read = 0

    def look(self) -> Sample:
        """Now."""
        memory = {"program": 0.0, "engine": 0.0, "light": 0.0}
        engines = 0
        for process in [self._root, *self._children()]:
            with suppress(psutil.Error, OSError):
                role = "program" if process == self._root else _role(process)
                memory[role] += _pss_mb(process.pid)
                times = process.cpu_times()
                self._cpu[process.pid] = times.user + times.system
                if role == "engine":
                    engines += 1
                    self._engines.add(process.pid)
        store = self._home / "data" / "receipts.sqlite"
        held, jump, wheel = self._felt()
        return Sample(
            seconds=round(time.monotonic() - self._begun, 1),
            pages=pages_read(store),
            program_mb=round(memory["program"], 1),
            engines_mb=round(memory["engine"], 1),
            engines=engines,
            light_mb=round(memory["light"], 1),
            cpu_s=round(sum(self._cpu.values()), 1),
            starts=len(self._engines),
            store_mb=_mb(store),
            wal_mb=_mb(store.with_name(store.name + "-wal")),
            thumbnails_mb=_mb(self._home / "cache" / "thumbnails"),
            scratch_mb=_mb(self._home / "cache" / "scratch"),
            held_ms=held,
            jump_ms=jump,
            wheel_ms=wheel,
        )

    def _children(self) -> list[psutil.Process]:
        with suppress(psutil.Error):
            return list(self._root.children(recursive=True))
        return []

    def _felt(self) -> tuple[float, float, float]:
        """What the window noted since the last look: the worst of each."""
        if not self._notes.exists():
            return 0.0, 0.0, 0.0
        with self._notes.open(encoding="utf-8") as file:
            file.seek(self._read)
            text = file.read()
        whole = text.rpartition("\n")[0]
        self._read += len(whole) + 1 if whole else 0
        lines = [json.loads(line) for line in whole.splitlines()]
        return tuple(max((line[key] for line in lines), default=0.0) for key in ("held_ms", "jump_ms", "wheel_ms"))  # type: ignore[return-value]


def pages_read(store: Path) -> int:
    """Pages with a result, by the store; 0 while there is none."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=5)) as db:
        query = "SELECT COUNT(*) FROM page WHERE state IN ('done', 'needs_review', 'failed')"
        return int(db.execute(query).fetchone()[0])
    return 0


def _role(process: psutil.Process) -> str:
    words = " ".join(process.cmdline())
    return "light" if "light_process" in words else "engine"


def _pss_mb(pid: int) -> float:
    """Proportional set size; resident size where the kernel does not tell it."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return float(psutil.Process(pid).memory_info().rss) / (1 << 20)


def _mb(path: Path) -> float:
    """Of a file, or of all that is in a folder; what vanishes meanwhile counts nothing."""
    files = [path] if not path.is_dir() else [Path(at, name) for at, _, names in os.walk(path) for name in names]
    size = 0
    for file in files:
        with suppress(OSError):
            size += file.lstat().st_size
    return round(size / (1 << 20), 2)
