"""Servers that speak the protocols of shared storage, as processes on this machine: S3 by moto, shares by Samba.

Both are killed and started again as a test wants it; what lies in a bucket is given to the new server once more.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

SMBD = shutil.which("smbd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
START_S = 30.0
USER, PASSWORD = "root", "correct horse battery staple"
"""Of a share. Samba wants a user of this machine; what it reads, it reads as nobody."""


class Storage(Protocol):
    """What tests want of a kind of storage."""

    root: str
    """The address of a bucket or a share, without a slash behind."""

    def options(self, **others: str) -> tuple[str, dict[str, Any]]:
        """The kind, and what fsspec is to know of it; others replace parts of it."""

    def put(self, name: str, data: bytes) -> None:
        """Write a file, anew if it is there."""

    def guessed(self) -> AbstractContextManager[dict[str, str]]:
        """Options of somebody who does not know the password; it is asked for, within."""

    def start(self) -> None:
        """Let it be served at the same address as before."""

    def kill(self) -> None:
        """No connection lives on."""

    def silent(self) -> AbstractContextManager[None]:
        """It takes what it is asked, and says nothing, within."""


class Bucket:
    """A bucket of a server of moto's. Any key does, unless they are checked."""

    def __init__(self, folder: Path) -> None:
        self._log, self._port = folder / "s3.log", free_port()
        self._endpoint = f"http://127.0.0.1:{self._port}"
        self._held: dict[str, bytes] = {}
        self.root = "s3://receipts"

    def options(self, **others: str) -> tuple[str, dict[str, Any]]:
        known = {"endpoint_url": self._endpoint, "key": "owner", "secret": "owner"}
        seldom = {"retries": {"total_max_attempts": 2}}  # of five, the last wait for seconds
        return "s3", {**known, "config_kwargs": seldom, **others}

    def put(self, name: str, data: bytes) -> None:
        self._held[name] = data
        self._owner("s3").put_object(Bucket="receipts", Key=name, Body=data)

    def start(self) -> None:
        words = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self._port)]
        self._process = _started(words, self._log, self._port)
        self._owner("s3").create_bucket(Bucket="receipts")
        for name, data in self._held.items():
            self.put(name, data)

    def kill(self) -> None:
        _killed(self._process)

    def silent(self) -> AbstractContextManager[None]:
        return _stopped(self._process)

    @contextmanager
    def guessed(self) -> Iterator[dict[str, str]]:
        with self.keys_are_checked():
            yield {"key": "guessed", "secret": "guessed"}

    @contextmanager
    def keys_are_checked(self) -> Iterator[None]:
        """Nobody may do anything but by a key that `reader` gave."""
        self._check_after("0")
        try:
            yield
        finally:
            self._check_after("inf")

    def reader(self, below: str) -> dict[str, str]:
        """Options with a key that may read what lies below a name only."""
        owner, name = self._owner("iam"), uuid4().hex
        owner.create_user(UserName=name)
        rules = [
            {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::receipts"},
            {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::receipts/{below}/*"},
        ]
        policy = json.dumps({"Version": "2012-10-17", "Statement": rules})
        owner.put_user_policy(UserName=name, PolicyName="reads", PolicyDocument=policy)
        made = owner.create_access_key(UserName=name)["AccessKey"]
        return {"key": made["AccessKeyId"], "secret": made["SecretAccessKey"]}

    def _check_after(self, actions: str) -> None:
        plain = {"Content-Type": "text/plain"}
        request = urllib.request.Request(f"{self._endpoint}/moto-api/reset-auth", actions.encode(), plain)
        with urllib.request.urlopen(request) as answer:
            assert answer.status == 200

    def _owner(self, service: str) -> Any:
        import boto3

        return boto3.client(
            service,
            endpoint_url=self._endpoint,
            region_name="us-east-1",
            aws_access_key_id="owner",
            aws_secret_access_key="owner",
        )


class Share:
    """A share of a Samba server of its own."""

    def __init__(self, folder: Path) -> None:
        assert SMBD is not None
        self._folder, self._port = folder, free_port()
        self.files = folder / "files"
        self.files.mkdir()
        self.root = f"smb://127.0.0.1:{self._port}/receipts"
        (folder / "smb.conf").write_text(self._settings())
        subprocess.run(
            ["pdbedit", "-s", folder / "smb.conf", "-t", "-a", "-u", USER],
            input=f"{PASSWORD}\n{PASSWORD}\n",
            text=True,
            check=True,
            capture_output=True,
        )

    def options(self, **others: str) -> tuple[str, dict[str, Any]]:
        return "smb", {"username": USER, "password": PASSWORD, **others}

    def put(self, name: str, data: bytes) -> None:
        file = self.files / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def start(self) -> None:
        words = [str(SMBD), "--foreground", "--no-process-group", f"--configfile={self._folder / 'smb.conf'}"]
        self._process = _started(words, self._folder / "smbd.log", self._port)

    def kill(self) -> None:
        _killed(self._process)

    def silent(self) -> AbstractContextManager[None]:
        return _stopped(self._process)

    @contextmanager
    def guessed(self) -> Iterator[dict[str, str]]:
        yield {"password": "guessed"}

    def _settings(self) -> str:
        inner = "\n".join(
            f"{name} directory = {self._folder}" for name in ("private", "lock", "state", "cache", "pid", "binddns")
        )
        return f"""[global]
server role = standalone server
smb ports = {self._port}
interfaces = 127.0.0.1
bind interfaces only = yes
disable netbios = yes
{inner}
ncalrpc dir = {self._folder / "ncalrpc"}
passdb backend = tdbsam:{self._folder / "passdb.tdb"}
log file = {self._folder / "samba.log"}
load printers = no
disable spoolss = yes
unix charset = UTF-8
mangled names = no
[receipts]
path = {self.files}
read only = no
force user = nobody
[closed]
path = {self.files}
invalid users = {USER}
"""


@contextmanager
def bucket(folder: Path) -> Iterator[Bucket]:
    """One that is served, until the end."""
    made = Bucket(folder)
    made.start()
    try:
        yield made
    finally:
        made.kill()


@contextmanager
def share() -> Iterator[Share]:
    """One that is served, until the end; in a folder that nobody else but the server sees into."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        made = Share(Path(folder))
        made.start()
        try:
            yield made
        finally:
            made.kill()


def free_port() -> int:
    """One at which nothing listens just now."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _started(words: list[str], log: Path, port: int) -> subprocess.Popen[bytes]:
    with log.open("ab") as file:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True)
    deadline = time.monotonic() + START_S
    while True:
        assert process.poll() is None, log.read_text(errors="replace")[-3000:]
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return process
        assert time.monotonic() < deadline, log.read_text(errors="replace")[-3000:]
        time.sleep(0.05)


def _killed(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def _stopped(process: subprocess.Popen[bytes]) -> Iterator[None]:
    os.killpg(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGCONT)
