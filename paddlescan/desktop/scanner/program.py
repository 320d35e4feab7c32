"""The program `scanimage`: where it is, and one run of it, watched line by line and ended when it must end."""

from __future__ import annotations

import os
import queue
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from paddlescan.desktop.scanner.ending import TO_ABORT_S, TO_STOP_S, Ending
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
_QUIET_S = 1.0
"""Without a word from a program that is gone: what still holds its pipes will say nothing either."""
_HURRIED_S = 0.3
"""For what it has said already, where nobody waits for it to end."""
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
    """One run of scanimage in a process group of its own. Use it as a context; at its end the program is gone.

    Gently, which may take some seconds (see `ending`); where `stop` hurries, that goes on when the context has ended.
    """

    def __init__(
        self, program: Path, arguments: Sequence[str], stop: Stop, patience_s: float, folder: Path | None = None
    ) -> None:
        """folder: where it runs. Raises OSError."""
        self.patience_s = patience_s
        """How long it may say nothing, from now on."""
        self.to_stop_s = TO_STOP_S
        """How long its scanner may take to stop."""
        self._stop = stop
        self._ending: Ending | None = None
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
        self._finish()

    def _finish(self) -> None:
        ending = self.end()
        while ending.is_alive() and not self._stop.hurry:
            ending.join(_LOOK_S)
        for reader in () if self._stop.hurry else self._readers:
            reader.join(TO_ABORT_S)  # a child of it that holds the pipe open does not hold us

    def end(self) -> Ending:
        """Begin to end it, if that is not done yet. Returns at once."""
        if self._ending is None:
            self._ending = Ending(self._process, self.to_stop_s)
            self._ending.start()
        return self._ending

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
                if self._over(now - heard):
                    return
            else:
                heard = now
                open_pipes -= line is None
            if self._stop.asked:
                self.end()
                asked_at = asked_at or now
                if self._stop.hurry and now - asked_at > _HURRIED_S:
                    yield from self._said_already(line)
                    return
            elif now - heard > self.patience_s or (whole_s is not None and now - begun > whole_s):
                raise ScannerSilent
            if line is not None:
                yield line

    def _said_already(self, line: tuple[Stream, str] | None) -> Iterator[tuple[Stream, str]]:
        for each in (line, *(self._lines.get() for _ in range(self._lines.qsize()))):
            if each is not None:
                yield each

    def _over(self, quiet_s: float) -> bool:
        """Whether nothing will be said any more though a pipe is open: by a child that lives on, or that nobody can
        end."""
        if self._ending is not None and not self._ending.is_alive():
            return quiet_s > _QUIET_S
        return self._process.poll() is not None and quiet_s > TO_STOP_S

    @property
    def status(self) -> int:
        """How it ended; to be asked when there are no more lines. Where nobody waits for its end: 0."""
        try:
            return self._process.wait(0 if self._stop.hurry else TO_ABORT_S)
        except subprocess.TimeoutExpired:
            self._finish()
            return self._process.poll() or 0


def _read(pipe: IO[bytes], name: Stream, lines: queue.SimpleQueue[tuple[Stream, str] | None]) -> None:
    """Lines end with a line feed or, where progress is told, with a carriage return."""
    rest = b""
    with pipe, suppress(OSError):
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
