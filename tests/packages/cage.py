"""Where the packed program is tried: a place like no developer's machine.

A mount and network namespace of its own: the program's folder is read-only at a path with Chinese letters and a space,
there is no network, and the account is called 张三, has nothing but a home folder and may write nowhere else.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

NAME = "张三"
NUMBER = 4242
_ENTER = """set -eu
place=$1 program=$2 people=$3 number=$4
shift 4
mount --bind "$program" "$place"
mount -o remount,bind,ro "$place"
mount --bind "$people" /etc/passwd
exec setpriv --reuid "$number" --regid "$number" --clear-groups --no-new-privs "$@"
"""


@dataclass(frozen=True)
class Cage:
    """One account with one installed program. Made by root only: nobody else may mount."""

    folder: Path
    """Not below pytest's own folder, which each pytest shuts for all but its owner."""
    program: Path
    """The folder that was built."""

    @property
    def place(self) -> Path:
        """Where the program seems to be installed."""
        return self.folder / "程序 files" / "paddlescan"

    @property
    def home(self) -> Path:
        """The home folder."""
        return self.folder / "home" / NAME

    def make(self) -> Cage:
        """Make the folders."""
        self.place.mkdir(parents=True)
        for folder in (self.home, self.home / "tmp", self.home / "runtime"):
            folder.mkdir(mode=0o700, parents=True)
        for folder in (self.home, self.home / "tmp", self.home / "runtime"):
            os.chown(folder, NUMBER, NUMBER)
        people = [line for line in Path("/etc/passwd").read_text().splitlines() if f":{NUMBER}:" not in line]
        mine = f"{NAME}:x:{NUMBER}:{NUMBER}::{self.home}:/bin/sh"
        (self.folder / "passwd").write_text("\n".join([*people, mine, ""]))
        self.folder.chmod(0o755)
        return self

    def environment(self, **more: str) -> dict[str, str]:
        """What a login of this account brings, and nothing of ours."""
        return {
            "HOME": str(self.home),
            "USER": NAME,
            "LOGNAME": NAME,
            "TMPDIR": str(self.home / "tmp"),
            "XDG_RUNTIME_DIR": str(self.home / "runtime"),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.home}/runtime/bus",  # where nobody answers
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            **more,
        }

    def command(self, *arguments: str | Path, network: bool = False) -> list[str]:
        """The program with these arguments, in here."""
        alone = ["unshare", "--mount", *([] if network else ["--net"]), "sh", "-c", _ENTER, "cage"]
        inner = [str(self.place / "paddlescan"), *map(str, arguments)]
        return [*alone, str(self.place), str(self.program), str(self.folder / "passwd"), str(NUMBER), *inner]

    def start(self, *arguments: str | Path, network: bool = False, **variables: str) -> subprocess.Popen[str]:
        """Start the program."""
        return subprocess.Popen(
            self.command(*arguments, network=network),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment(**variables),
            cwd=self.home,
        )

    def __call__(self, *arguments: str | Path, status: int = 0, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run it to its end, which must have this status."""
        process = self.start(*arguments, **variables)
        out, err = process.communicate(timeout=280)
        assert process.returncode == status, f"{process.returncode}: {out}\n{err}"
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def bring(self, *files: Path, folder: str) -> Path:
        """Copies of files in a folder of the home."""
        target = self.home / folder
        target.mkdir()
        for file in files:
            shutil.copy(file, target)
        for path in (target, *target.iterdir()):
            os.chown(path, NUMBER, NUMBER)
        return target

    def left(self) -> list[str]:
        """What lies in the home, but for PaddleScan's own folders."""
        own = (".config/PaddleScan", ".local/share/PaddleScan", ".cache/PaddleScan")
        found = (path.relative_to(self.home).as_posix() for path in self.home.rglob("*") if path.is_file())
        return sorted(name for name in found if not name.startswith(own))


def obstacle() -> str | None:
    """Why there are no cages here; None if there are."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "the packed program is tried in namespaces, which root on Linux makes"
    if subprocess.run(["unshare", "--mount", "--net", "true"], check=False, capture_output=True).returncode:
        return "this machine makes no namespaces"
    return None
