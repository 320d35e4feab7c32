"""A Debian with nothing else in it, for one trial: see chroot.sh."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.conftest import ROOT

_SCRIPT = ROOT / "tests" / "packages" / "chroot.sh"
UID = 1000


class BareDebian:
    """A layer over the bare system. Nobody's home lies beside it, at the same place for both."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.home = ROOT / "build" / "chroot" / f"{name}-home"
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir(parents=True)
        self._fresh = True

    def command(self, *words: str, user: str = "", bind: str = "", **variables: str) -> list[str]:
        """A command inside, as it is started from outside."""
        options = [] if self._fresh else ["--keep"]
        self._fresh = False
        options += ["--bind", f"{self.home}:/home/clerk"]
        if bind:
            options += ["--bind", bind]
        if user:
            options += ["--user", user, "--dir", f"/home/{user}", "--env", f"HOME=/home/{user}"]
        for name, value in variables.items():
            options += ["--env", f"{name}={value}"]
        return ["sh", str(_SCRIPT), self._name, *options, *words]

    def run(self, *words: str, user: str = "", bind: str = "", status: int = 0, **variables: str) -> str:
        """Run a command inside; what it said on standard output. Another exit status ends the trial."""
        done = subprocess.run(
            self.command(*words, user=user, bind=bind, **variables), check=False, capture_output=True, text=True
        )
        if done.returncode != status:
            raise SystemExit(f"{' '.join(words)}: exit status {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def add_clerk(self) -> None:
        """The person who uses the program; not root."""
        self.run("useradd", "--uid", str(UID), "--no-create-home", "--home-dir", "/home/clerk", "clerk")
        os.chown(self.home, UID, UID)

    def give(self, files: Mapping[str, Path]) -> None:
        """Put files into the clerk's home."""
        for name, file in files.items():
            shutil.copy(file, self.home / name)
            os.chown(self.home / name, UID, UID)
