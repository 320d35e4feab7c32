"""Lets systemd watch a folder from every login on, for one person, and takes that away without a trace."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from paddlescan.desktop.hot_folder.unit import unit_folder, unit_name, unit_text
from paddlescan.disk import sync_folder
from paddlescan.errors import ServiceNotInstalled
from paddlescan.export.atomic import write_atomically

PATIENCE_S = 20.0
NO_SYSTEMD = "there is no systemd on this system"
"""Known to `words.reason`."""


@dataclass(frozen=True, slots=True)
class Service:
    """The unit of one folder."""

    folder: Path = field(repr=False)
    """Its real path."""
    environment: Mapping[str, str] = field(repr=False)
    """Of the person: `HOME`, `XDG_CONFIG_HOME`."""

    @property
    def file(self) -> Path:
        """The unit."""
        return unit_folder(self.environment) / unit_name(self.folder)

    @property
    def wish(self) -> Path:
        """The link by which systemd starts it at login."""
        return self.file.parent / "default.target.wants" / self.file.name

    @property
    def commands(self) -> tuple[str, str]:
        """What a person types where this program cannot do it."""
        return "systemctl --user daemon-reload", f"systemctl --user restart {self.file.name}"

    def install(self, command: Sequence[str], told: Mapping[str, str]) -> bool:
        """Write the unit, let it start at login, and start it now; again with other options as well.

        command: what to run. told: environment that it needs. False: it is written, but could not be started here.
        Raises ServiceNotInstalled, and what `write_atomically` raises.
        """
        if shutil.which("systemctl", path=self.environment.get("PATH")) is None:
            raise ServiceNotInstalled(detail=NO_SYSTEMD)
        try:
            self.wish.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ServiceNotInstalled(detail=os.strerror(error.errno or 0)) from error
        write_atomically(self.file, unit_text(self.folder, command, told).encode(), overwrite=True, private=True)
        try:
            with suppress(FileExistsError):
                self.wish.symlink_to(self.file)
                sync_folder(self.wish.parent)
        except OSError as error:
            raise ServiceNotInstalled(detail=os.strerror(error.errno or 0)) from error
        return self._tell("daemon-reload") and self._tell("restart", self.file.name)

    def remove(self) -> bool:
        """Stop it and take it away, with the folders that were made for it. False: it was not installed.

        Raises ServiceNotInstalled.
        """
        there = os.path.lexists(self.file) or os.path.lexists(self.wish)
        if there:
            self._tell("stop", self.file.name)
        try:
            self.wish.unlink(missing_ok=True)
            self.file.unlink(missing_ok=True)
        except OSError as error:
            raise ServiceNotInstalled(detail=os.strerror(error.errno or 0)) from error
        if there:
            self._tell("daemon-reload")
            self._tell("reset-failed", self.file.name)
        for folder in (self.wish.parent, self.file.parent, self.file.parent.parent):
            with suppress(OSError):  # others have units there
                folder.rmdir()
        return there

    def _tell(self, *words: str) -> bool:
        """Whether the person's systemd did it."""
        try:
            done = subprocess.run(
                ["systemctl", "--user", *words],
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=PATIENCE_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return done.returncode == 0
