"""A real Dask cluster on this machine: a scheduler, and workers as somebody would start them by hand."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

START_S = 60.0
HIDE = ("unshare", "--mount", "sh", "-c", 'mount -t tmpfs none "$0" && exec "$@"')
"""Before a command and a folder: it sees nothing in it. For root only."""

BLOCKED = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {modules!r}:
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Blocked())
"""
"""A machine without a module."""
MISSING = """
import importlib.metadata
real = importlib.metadata.version
def version(name):
    if name == "paddlescan":
        raise importlib.metadata.PackageNotFoundError(name)
    return real(name)
importlib.metadata.version = version
"""
"""A machine where ours is not installed."""
ANOTHER = """
import paddlescan
paddlescan.__version__ = "0.0.0"
"""
"""A machine that runs another version of ours than is installed there by now."""
OLDER = """
import importlib.metadata
real = importlib.metadata.version
importlib.metadata.version = lambda name: "2025.1.0" if name == "distributed" else real(name)
"""
"""A machine with an older distributed."""


class Cluster:
    """A scheduler, and the workers that were started for it."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder, self._environment = folder, environment
        self._file = folder / "scheduler.json"
        self._names = 0
        self._running: list[subprocess.Popen[bytes]] = []
        self._client: Any = None
        self.address = ""

    def start(self) -> None:
        """The scheduler, until it listens."""
        self._file.unlink(missing_ok=True)
        self.scheduler = self._popen(
            "distributed.cli.dask_scheduler",
            *("--host", ("tls://127.0.0.1" if self._environment else "127.0.0.1"), "--port", "0", "--no-dashboard"),
            *("--scheduler-file", str(self._file)),
        )
        self.address = str(self._wait(self._said)["address"])

    def worker(
        self, *options: str, site: str = "", nanny: bool = False, hiding: Path | None = None, **environment: str
    ) -> int:
        """One more worker, until the scheduler knows it. Returns its process's number.

        site: a program that runs in it before all others. hiding: a folder that is empty on its machine.
        """
        self._names += 1
        before = self.workers()
        name = f"w{self._names}"
        if site:
            place = self._folder / name
            place.mkdir()
            (place / "sitecustomize.py").write_text(site, encoding="utf-8")
            environment["PYTHONPATH"] = os.pathsep.join([str(place), str(ROOT), os.environ.get("PYTHONPATH", "")])
        process = self._popen(
            "distributed.cli.dask_worker",
            *(self.address, "--name", name, "--nthreads", "2", "--no-dashboard", "--memory-limit", "0"),
            *("--local-directory", str(self._folder / f"{name}-scratch")),
            *([] if nanny else ["--no-nanny"]),
            *options,
            before=[] if hiding is None else [*HIDE, str(hiding)],
            **environment,
        )
        self._wait(lambda: self.workers() - before)
        return process.pid

    def workers(self) -> frozenset[str]:
        """The addresses of those that the scheduler knows."""
        if self._client is None:
            from distributed import Client

            self._client = Client(self.address, set_as_default=False, timeout=30, security=self._security())
        return frozenset(self._client.nthreads())

    def kill(self, pid: int) -> None:
        """As the kernel does when memory is short."""
        process = next(one for one in self._running if one.pid == pid)
        process.kill()
        process.wait()

    def end(self) -> None:
        """All of it."""
        if self._client is not None:
            self._client.close()
            self._client = None
        for process in reversed(self._running):
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        for process in self._running:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _popen(
        self, module: str, *words: str, before: Sequence[str] = (), **environment: str
    ) -> subprocess.Popen[bytes]:
        with (self._folder / "cluster.log").open("ab") as log:
            process = subprocess.Popen(
                [*before, sys.executable, "-m", module, *words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
                | self._environment
                | environment,
            )
        self._running.append(process)
        return process

    def _security(self) -> Any:
        """As the environment of its processes says."""
        from distributed.security import Security

        told = {key.rpartition("TLS__")[2].lower(): value for key, value in self._environment.items()}
        if not told:
            return None
        return Security(
            require_encryption=True,
            tls_ca_file=told["ca_file"],
            tls_client_cert=told["client__cert"],
            tls_client_key=told["client__key"],
        )

    def _said(self) -> dict[str, object] | None:
        try:
            said: dict[str, object] = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # not there, or half written
            return None
        return said

    def _wait(self, look: object) -> dict[str, object]:
        assert callable(look)
        deadline = time.monotonic() + START_S
        while not (found := look()):
            assert time.monotonic() < deadline, (self._folder / "cluster.log").read_text(errors="replace")[-3000:]
            assert self._running[-1].poll() is None, (self._folder / "cluster.log").read_text(errors="replace")[-3000:]
            time.sleep(0.1)
        return found if isinstance(found, dict) else {}


@contextmanager
def cluster(folder: Path, **environment: str) -> Iterator[Cluster]:
    """A scheduler without workers; it ends with them. environment: of all its processes."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Cluster(folder, environment)
    try:
        made.start()
        yield made
    finally:
        made.end()
