"""Watches a program and all its children for anything that could leave the machine, by the kernel's own account.

`strace` shows every system call that has to do with sockets, and which files are opened: a name is looked up by reading
`/etc/resolv.conf` or asking a resolver's socket before anything is sent.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

LOCAL_PLACES = re.compile(
    r"@?/tmp/\.X11-unix/X\d+|.*/wayland-\d+|(/var)?/run/dbus/system_bus_socket|/run/user/\d+/bus|@?/tmp/dbus-\w+"
    r"|/proc/self/fd/\d+/[0-9a-f]{16}-(\d\.socket|\d+\.try)|/var/run/nscd/socket"
)
"""The display, the desktop's bus, the meeting point of two starts, and the service for the names of users (a home
folder is looked up there before `/etc/passwd`; it knows hosts, too, but none is looked up without `resolv.conf`)."""
RESOLVER_FILES = re.compile(r'"/etc/(resolv\.conf|hosts|gai\.conf|host\.conf)"|"/run/systemd/resolve[^"]*"')
_FAMILY = re.compile(r"\b(?:socket|socketpair)\((\w+)")
_ADDRESS = re.compile(r"sa_family=(\w+)(?:, sun_path=(@?)\"([^\"]*)\")?")


def can_trace() -> bool:
    """Whether processes may be traced here."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], check=False, capture_output=True).returncode == 0


def outward(calls: Sequence[str]) -> list[str]:
    """The calls that leave the machine, or that are of no use but for that."""
    return [call for call in calls if _leaves(call)]


def _leaves(call: str) -> bool:
    if RESOLVER_FILES.search(call):
        return True
    made = _FAMILY.search(call)
    if made:
        return made[1] not in ("AF_UNIX", "AF_LOCAL")
    if "connect(" in call or "sendto(" in call or "sendmsg(" in call or "bind(" in call:
        for family, abstract, path in _ADDRESS.findall(call):
            if family != "AF_UNIX" or (path and not LOCAL_PLACES.fullmatch(abstract + path)):
                return True
    return False


def traced(
    command: Sequence[str | Path], trace: Path, environment: Mapping[str, str], cwd: Path | None = None, status: int = 0
) -> list[str]:
    """Run a program, which must end with this status; returns the calls. Skips where tracing is not to be had."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    watch = ["strace", "-f", "-qq", "-s", "200", "-e", "trace=network,open,openat", "-o", str(trace)]
    done = subprocess.run(
        [*watch, *map(str, command)],
        env=dict(environment),
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    if "ptrace" in done.stderr.lower():
        pytest.skip("this machine forbids tracing")
    assert done.returncode == status, done.stderr
    calls = trace.read_text(errors="replace").splitlines()
    assert any("openat(" in call for call in calls), "nothing was seen, so this proves nothing"
    return calls


def fresh_environment(folder: Path) -> dict[str, str]:
    """A home, a temporary folder and a login's folder with nothing in them, and no variable that moves a cache away."""
    moved = re.compile(
        r"PADDLESCAN_|XDG_|HF_|PADDLE_PDX|ORT_|MODELSCOPE|AISTUDIO|MPL|DO_NOT_TRACK|DBUS_|WAYLAND|DISPLAY"
    )
    places = {"HOME": "home", "TMPDIR": "tmp", "XDG_RUNTIME_DIR": "runtime"}
    for name in places.values():
        (folder / name).mkdir(mode=0o700, parents=True)
    kept = {name: value for name, value in os.environ.items() if not moved.match(name)}
    moved_here = {variable: str(folder / name) for variable, name in places.items()}
    return kept | moved_here | {"PADDLESCAN_HOME": str(folder / "paddlescan"), "LC_ALL": "C.UTF-8"}


def left_in(folder: Path) -> list[str]:
    """Files that a program left outside its own home and the exports; sockets and locks of the login's folder apart."""
    places = (folder / "home", folder / "tmp", folder / "runtime")
    found = [path for place in places for path in place.rglob("*") if path.is_file() and path.stat().st_size]
    return sorted(str(path.relative_to(folder)) for path in found)
