"""A child that tries to get out of its jail by every way we know, and the same ways without one.

Without the jail every attempt reaches what it wants; so a test here that passes says that the jail stopped it.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from paddlescan.document import EngineOptions, PageRef, PageResult, ScanOptions, SourceFile
from paddlescan.pipeline import handed
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.jail import SWITCH
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.resources_dir import resource

if sys.platform != "linux":
    pytest.skip("Landlock and seccomp are Linux's", allow_module_level=True)

from paddlescan.pipeline.jail.landlock import version
from paddlescan.pipeline.jail.seccomp import machine
from paddlescan.pipeline.spawning import spawn
from tests.fakes.escaping_child import ATTEMPTS, NEVER

SCRIPT = Path(__file__).parent.parent / "fakes" / "escaping_child.py"
PLENTY = 600
ANSWER_S = 60

needs_both = pytest.mark.skipif(
    version() < 3 or machine() is None, reason="this kernel has no Landlock 3, or its calls have other numbers"
)
pytestmark = needs_both


@dataclass
class Prison:
    """Things outside, and children that go for them."""

    root: Path
    jailed: bool
    monkeypatch: pytest.MonkeyPatch
    stack: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self.home, self.beside = self.root / "home", self.root / "scratches"
        self.home.mkdir()
        self.beside.mkdir()
        for name in ("kept", "doomed", "source"):
            (self.home / name).write_text("a person's")
        tcp = self.stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        unix = self.stack.enter_context(socket.socket(socket.AF_UNIX))
        unix.bind(str(self.root / "unix"))
        unix.listen()
        abstract = self.stack.enter_context(socket.socket(socket.AF_UNIX))
        name = f"paddlescan-escape-{os.getpid()}-{self.jailed}"
        abstract.bind("\0" + name)
        abstract.listen()
        bystander = self.stack.enter_context(subprocess.Popen(["sleep", "600"]))
        self.stack.callback(bystander.kill)
        self.outside = {
            "home": str(self.home),
            "beside": str(self.beside),
            "port": tcp.getsockname()[1],
            "unix": str(self.root / "unix"),
            "abstract": name,
            "bystander": bystander.pid,
            "parent": os.getpid(),
            "spin_s": 2,
        }

    def child(self, cpu_seconds: int = PLENTY) -> tuple[subprocess.Popen[bytes], Connection, Path]:
        scratch = self.beside / f"scratch-{len(list(self.beside.iterdir()))}"
        scratch.mkdir()
        with self.monkeypatch.context() as patch:
            patch.setenv("HOME", str(self.home))
            patch.setenv(SWITCH, "on" if self.jailed else "off")
            for name in ("PADDLESCAN_PASSWORD", "NVIDIA_API_KEY", "GITHUB_TOKEN"):
                patch.setenv(name, "canary")
            process, pipe, record = spawn((sys.executable, str(SCRIPT), str(cpu_seconds)), scratch, self.root / "log")
        self.stack.callback(record.end)
        self.stack.callback(process.wait)
        self.stack.callback(process.kill)
        self.stack.callback(pipe.close)
        return process, pipe, scratch

    def tries(self, pipe: Connection, attempt: str) -> tuple[bool, str]:
        """Whether it reached what it wanted, and what stopped it."""
        self.ask(pipe, attempt)
        assert pipe.poll(ANSWER_S), attempt
        answer = json.loads(pipe.recv_bytes())
        return answer["reached"], answer["why"]

    def ask(self, pipe: Connection, attempt: str) -> None:
        pipe.send_bytes(json.dumps({**self.outside, "attempt": attempt}).encode())
        with (self.home / "source").open("rb") as file:
            handed.send(pipe, file.fileno())


@pytest.fixture(scope="module", params=[True, False], ids=["jailed", "free"])
def prison(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prison]:
    with pytest.MonkeyPatch.context() as patch:
        made = Prison(tmp_path_factory.mktemp("prison"), request.param, patch)
        with made.stack:
            yield made


@pytest.fixture(scope="module")
def pipe(prison: Prison) -> Connection:
    """Of one child for all that does not end it."""
    return prison.child()[1]


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_way_out(prison: Prison, pipe: Connection, attempt: str) -> None:
    reached, why = prison.tries(pipe, attempt)
    assert reached != prison.jailed, why
    if prison.jailed:
        assert (prison.home / "kept").read_text() == (prison.home / "source").read_text() == "a person's"
        assert sorted(path.name for path in prison.home.iterdir()) == ["doomed", "kept", "source"]


@pytest.mark.parametrize("attempt", NEVER)
def test_what_no_child_reaches(prison: Prison, pipe: Connection, attempt: str) -> None:
    assert prison.tries(pipe, attempt) == (False, "NotReached")


def test_it_becomes_no_other_program(prison: Prison) -> None:
    process, pipe, _ = prison.child()
    prison.ask(pipe, "become_a_shell")
    if prison.jailed:
        assert pipe.poll(ANSWER_S)
        assert json.loads(pipe.recv_bytes()) == {"reached": False, "why": "EPERM"}
    else:
        process.wait(ANSWER_S)
    assert (prison.home / "shell").exists() != prison.jailed
    (prison.home / "shell").unlink(missing_ok=True)


def test_it_leaves_no_picture_of_its_memory(prison: Prison) -> None:
    if Path("/proc/sys/kernel/core_pattern").read_text().strip() != "core":
        pytest.skip("memory is written somewhere else here: core_pattern is not `core`")
    process, pipe, scratch = prison.child()
    prison.ask(pipe, "dump_core")
    assert process.wait(ANSWER_S) == -signal.SIGABRT
    cores = [path for path in scratch.iterdir() if path.name.startswith("core")]
    assert bool(cores) != prison.jailed
    for core in cores:
        core.unlink()


def test_the_kernel_ends_what_never_ends(prison: Prison) -> None:
    """No supervisor looks at the clock here."""
    process, pipe, _ = prison.child(cpu_seconds=1)
    prison.ask(pipe, "spin")
    if prison.jailed:
        assert process.wait(ANSWER_S) == -signal.SIGXCPU
    else:
        assert pipe.poll(ANSWER_S)
        assert json.loads(pipe.recv_bytes())["reached"]


def read_sample(monkeypatch: pytest.MonkeyPatch, jailed: bool, scratch: Path) -> PageResult:
    monkeypatch.setenv(SWITCH, "on" if jailed else "off")
    engine = EngineProcess(EngineOptions(device="cpu"), scratch_root=scratch)
    try:
        result = engine.scan(PageRef(SourceFile.at(resource("samples", "cafe.jpg"))), ScanOptions())
        hello = engine.hello
    finally:
        engine.stop()
    assert hello is not None
    assert (hello.jail.landlock > 0, hello.jail.calls, hello.jail.switched_off) == (jailed, jailed, not jailed)
    return result


@pytest.mark.slow
def test_a_receipt_reads_the_same_in_jail(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    jailed, free = (read_sample(monkeypatch, jailed, tmp_path) for jailed in (True, False))
    assert jailed.error is None
    assert jailed.receipts == free.receipts
    assert jailed.sha256 == free.sha256


def test_the_light_process_is_in_jail_too(tmp_path: Path) -> None:
    light = LightProcess(scratch_root=tmp_path)
    try:
        jail = light.ensure_started().jail
    finally:
        light.stop()
    assert jail.landlock >= 3
    assert jail.calls and jail.limits and jail.descriptors
    assert not (jail.graphics or jail.switched_off)
