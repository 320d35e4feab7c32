"""Starts a child process with a private pipe, on every system.

`subprocess` with a command line of our own, not `multiprocessing.Process`: that one imports the
caller's main script again in the child, so three lines of library use without `if __name__ == ...`
would start children without end; it pickles; and it leaves standard output to the libraries, which
print on it. The pipe itself is multiprocessing's (framing, size limit, socket pair or named pipe);
on POSIX it is a socket, so that descriptors can travel on it: children may open nothing but the program.
"""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal, NamedTuple

from paddlescan.pipeline.child_environment import child_environment
from paddlescan.pipeline.child_record import ChildRecord

ChildKind = Literal["engine", "light"]
CHILD_FLAG = "--paddlescan-child"
_MODULES = {"engine": "paddlescan.pipeline.engine_process", "light": "paddlescan.pipeline.light_process"}
_PACKAGE_PARENT = Path(__file__).resolve().parent.parent.parent
_BOOT = "import sys; sys.path.append(sys.argv.pop(1)); from {module} import main; main(sys.argv[1:])"


def child_command(kind: ChildKind, *words: str) -> tuple[str, ...]:
    """The command that starts one of our children; the scratch folder and the pipe are added at the start.

    A frozen program starts itself and leaves to `run_child_if_asked`. Otherwise: this interpreter with
    -P, so that nothing is imported from the current folder, and with our own package's place as the last
    one to look in.
    """
    if getattr(sys, "frozen", False):
        return (sys.executable, CHILD_FLAG, kind, *words)
    return (sys.executable, "-P", "-c", _BOOT.format(module=_MODULES[kind]), str(_PACKAGE_PARENT), *words)


def run_child_if_asked(arguments: Sequence[str]) -> bool:
    """For `__main__` of a frozen program, before anything else: if these arguments (without the program's
    own name) are those of a child, be that child, and return True when it is done."""
    if len(arguments) < 2 or arguments[0] != CHILD_FLAG or arguments[1] not in _MODULES:
        return False
    importlib.import_module(_MODULES[arguments[1]]).main(list(arguments[2:]))
    return True


class Spawned(NamedTuple):
    """A child that runs."""

    process: subprocess.Popen[bytes]
    pipe: Connection
    """Our end."""
    record: ChildRecord
    """What it says goes into its log by this; to be ended after it."""


def spawn(command: Sequence[str], scratch: Path, log_file: Path | None) -> Spawned:
    """Start a child. The child's ends of its pipes are closed here, or its crash would go unnoticed. Raises OSError
    if it cannot be started."""
    ours, theirs = Pipe()
    record = process = None
    try:
        record = ChildRecord(log_file)
        process = _popen([*command, str(scratch)], theirs, scratch, record.theirs)
        record.begin(process.pid)
    except BaseException:
        ours.close()
        if process:
            kill_group(process)
            process.wait()
        if record:
            record.give_up()
        raise
    finally:
        theirs.close()
    return Spawned(process, ours, record)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a child, and whatever it may have started. Not once it was waited for: its number may be another's."""
    if process.returncode is not None:
        return
    if sys.platform == "win32":
        process.kill()
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()


def _popen(command: list[str], theirs: Connection, scratch: Path, log: int) -> subprocess.Popen[bytes]:
    if sys.platform == "win32":
        handle = theirs.fileno()
        os.set_handle_inheritable(handle, True)
        return subprocess.Popen(
            [*command, str(handle)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=scratch,
            close_fds=False,
            startupinfo=subprocess.STARTUPINFO(lpAttributeList={"handle_list": [handle]}),
            creationflags=subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP,
            **_without_launcher(command[0]),
        )
    return subprocess.Popen(
        [*command, "stdin"],
        stdin=theirs.fileno(),
        stdout=log,
        stderr=log,
        cwd=scratch,
        env=child_environment(),
        start_new_session=True,  # Ctrl-C in a terminal is for the program, not for its engines
    )


def _without_launcher(program: str) -> dict[str, Any]:
    """Windows: the Python of a virtual environment only starts another one, which would be in no job and has another
    parent; as multiprocessing does, start that one and tell it which environment it is in."""
    base: str = getattr(sys, "_base_executable", sys.executable)
    if base == sys.executable or program != sys.executable or getattr(sys, "frozen", False):
        return {"env": child_environment()}
    return {"executable": base, "env": {**child_environment(), "__PYVENV_LAUNCHER__": sys.executable}}
