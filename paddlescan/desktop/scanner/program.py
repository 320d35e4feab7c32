"""The program `scanimage`: where it is, and one run of it, watched line by line and ended when it must end."""

from __future__ import annotations

import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from paddlescan.errors import (
    PaddleScanError,
    ScannerNotInFlatpak,
    ScannerNotOnMac,
    ScannerNotOnWindows,
    ScannerProgramMissing,
    ScannerSilent,
)

NAME = "scanimage"
Stream = Literal["out", "err"]

_KEPT = ("PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "XDG_RUNTIME_DIR", "SANE_CONFIG_DIR", "SYSTEMROOT")
_LONGEST_LINE = 16_384
"""Bytes; what is longer is cut."""
_MOST_LINES = 50_000
"""Of an answer that is kept whole."""
_LOOK_S = 0.1
_ANSWER_S = 60.0
"""For a list or an answer: backends that ask the network take 20 s and more."""
_TO_STOP_S, _TO_ABORT_S = 6.0, 1.0
"""For the scanner to take back its page and its lamp, and, asked again, for the program to leave at once."""
_VERSION = re.compile(r"\(sane-backends\) (\S+)")


class Stop:
    """How one thread tells another one, which runs scanimage, to end it; once."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self.hurry = False

    def ask(self, hurry: bool = False) -> None:
        """End it. hurry: the whole program closes, and nobody waits for the scanner."""
        self.hurry = hurry or self.hurry
        self._asked.set()

    @property
    def asked(self) -> bool:
        """Whether it shall end."""
        return self._asked.is_set()


def find_program(environment: Mapping[str, str] = os.environ) -> Path:
    """Where scanimage is. Raises ScannerProgramMissing, or what it means here that there is none."""
    found = shutil.which(NAME, path=environment.get("PATH", os.defpath))
    if found is not None:
        return Path(found)
    raise missing_here(sys.platform, environment)


def missing_here(platform: str, environment: Mapping[str, str]) -> PaddleScanError:
    """What a person can do on this system without scanimage."""
    if platform == "win32":
        return ScannerNotOnWindows()
    if platform == "darwin":
        return ScannerNotOnMac()
    return ScannerNotInFlatpak() if environment.get("FLATPAK_ID") else ScannerProgramMissing()


def bounded_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What scanimage needs to know, in plain English, and nothing else of what this program was told.

    A packed program has changed where libraries are looked for: scanimage gets what was there before.
    """
    kept = {name: environment[name] for name in _KEPT if name in environment}
    libraries = environment.get("LD_LIBRARY_PATH_ORIG", "")
    if not getattr(sys, "frozen", False):
        libraries = libraries or environment.get("LD_LIBRARY_PATH", "")
    if libraries:
        kept["LD_LIBRARY_PATH"] = libraries
    return kept | {"LC_ALL": "C.UTF-8"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a run."""

    status: int
    """Of the program's end; negative: the signal that ended it."""
    out: tuple[str, ...]
    err: tuple[str, ...]


class Run:
    """One run of scanimage in a process group of its own. Use it as a context; at its end the program is gone."""

    def __init__(
        self, program: Path, arguments: Sequence[str], stop: Stop, patience_s: float, folder: Path | None = None
    ) -> None:
        """folder: where it runs. Raises OSError."""
        self.patience_s = patience_s
        """How long it may say nothing, from now on."""
        self._stop, self._presses = stop, 0
        self._lines: queue.SimpleQueue[tuple[Stream, str] | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=bounded_environment(),
            start_new_session=True,
        )
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        pipes: tuple[tuple[Stream, IO[bytes]], ...] = (("out", self._process.stdout), ("err", self._process.stderr))
        self._readers = [
            threading.Thread(target=_read, args=(pipe, name, self._lines), name=f"scanimage {name}", daemon=True)
            for name, pipe in pipes
        ]
        for reader in self._readers:
            reader.start()

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        self._kill()
        self._process.wait()
        for reader in self._readers:
            reader.join(_TO_ABORT_S)  # a child of it that holds the pipe open does not hold us
        for pipe, reader in zip((self._process.stdout, self._process.stderr), self._readers, strict=True):
            if pipe is not None and not reader.is_alive():
                pipe.close()

    def lines(self, whole_s: float | None = None) -> Iterator[tuple[Stream, str]]:
        """What it says, line by line, until it ends or, being told to stop, is ended.

        whole_s: how long all of it may take. Raises ScannerSilent, also where it says nothing for `patience_s`.
        """
        open_pipes, asked_at = len(self._readers), None
        begun = heard = time.monotonic()
        while open_pipes:
            line, now = None, time.monotonic()
            try:
                line = self._lines.get(timeout=_LOOK_S)
            except queue.Empty:
                if self._process.poll() is not None and now - heard > _TO_STOP_S:
                    return  # a child of it, which lives on, holds the pipes
            else:
                heard = now
                open_pipes -= line is None
            if self._stop.asked:
                asked_at = asked_at or now
                self._press(now - asked_at)
            elif now - heard > self.patience_s or (whole_s is not None and now - begun > whole_s):
                raise ScannerSilent
            if line is not None:
                yield line

    @property
    def status(self) -> int:
        """How it ended; to be asked when there are no more lines."""
        try:
            return self._process.wait(_TO_ABORT_S)
        except subprocess.TimeoutExpired:
            self._kill()
            return self._process.wait()

    def _press(self, since_s: float) -> None:
        """Ask it to stop the scanner; then to leave; then make it."""
        steps = (0.0, _TO_ABORT_S, 2 * _TO_ABORT_S) if self._stop.hurry else (0.0, _TO_STOP_S, _TO_STOP_S + _TO_ABORT_S)
        if self._presses < len(steps) and since_s >= steps[self._presses]:
            self._presses += 1
            self._kill() if self._presses == len(steps) else self._process.terminate()

    def _kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()


def _read(pipe: IO[bytes], name: Stream, lines: queue.SimpleQueue[tuple[Stream, str] | None]) -> None:
    """Lines end with a line feed or, where progress is told, with a carriage return."""
    rest = b""
    with suppress(OSError, ValueError):  # closed under our hands
        while block := os.read(pipe.fileno(), 4096):
            *whole, rest = (rest + block).replace(b"\r", b"\n").split(b"\n")
            rest = rest[:_LONGEST_LINE]
            for line in whole:
                lines.put((name, line[:_LONGEST_LINE].decode("utf-8", "replace")))
    if rest:
        lines.put((name, rest.decode("utf-8", "replace")))
    lines.put(None)


def answer_of(program: Path, arguments: Sequence[str], stop: Stop, deadline_s: float = _ANSWER_S) -> Answer:
    """Run scanimage to its end and keep what it says. Raises ScannerSilent, OSError."""
    said: dict[Stream, list[str]] = {"out": [], "err": []}
    with Run(program, arguments, stop, deadline_s) as run:
        for name, line in run.lines(deadline_s):
            if len(said[name]) < _MOST_LINES:
                said[name].append(line)
        return Answer(run.status, tuple(said["out"]), tuple(said["err"]))


def version_of(program: Path, stop: Stop | None = None) -> str:
    """Its version, which it says without looking for a scanner; empty where it does not say. Raises ScannerSilent."""
    answer = answer_of(program, ["--version"], stop or Stop(), 10.0)
    found = _VERSION.search(" ".join(answer.out))
    return found[1] if found else ""
