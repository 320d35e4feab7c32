"""A program for the tests: holds an engine in a process that the kernel kills if it opens an internet socket.

    python -m tests.unit.ocr.quiet_session SCRATCH SECONDS REPORT [NAME=VALUE...]

It sets the environment, then forbids sockets, then loads, reads a page, waits and reads again. REPORT gets
JSON: files written outside SCRATCH, programs started, lines read. NAME=VALUE changes the environment first;
TEST_ENGINE names another engine.
Audit hooks see what Python code does; the filter (seccomp) also what native libraries do, in any thread.
"""

from __future__ import annotations

import ctypes
import json
import os
import platform
import struct
import sys
import threading
from pathlib import Path

SOCKET_CALL = {"x86_64": 41, "aarch64": 198}
AF_INET, AF_INET6 = 2, 10
LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, KILL_PROCESS = 0x7FFF0000, 0x80000000
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER = 38, 22, 2
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def forbid_internet() -> None:
    """From now on socket(AF_INET or AF_INET6, ...) ends this process with SIGSYS. For threads yet to start, too."""
    rules = [
        (LOAD, 0, 0, 0),  # number of the system call
        (JUMP_IF_EQUAL, 0, 3, SOCKET_CALL[platform.machine()]),
        (LOAD, 0, 0, 16),  # its first argument
        (JUMP_IF_EQUAL, 2, 0, AF_INET),
        (JUMP_IF_EQUAL, 1, 0, AF_INET6),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, KILL_PROCESS),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *rule) for rule in rules))
    program = ctypes.create_string_buffer(struct.pack("HP", len(rules), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    for call in ((PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), (PR_SET_SECCOMP, FILTER, ctypes.addressof(program), 0, 0)):
        if libc.prctl(*map(ctypes.c_ulong, call)):
            raise OSError(ctypes.get_errno(), "prctl")


def main() -> None:
    scratch, seconds, report = Path(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])
    from paddlescan.ocr.environment import quiet_environment

    os.environ.update(quiet_environment(scratch))
    for pair in sys.argv[4:]:
        name, _, value = pair.partition("=")
        os.environ[name] = value
    forbid_internet()
    written: list[str] = []
    started: list[str] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING:
            path = os.fspath(arguments[0]) if isinstance(arguments[0], str | bytes | os.PathLike) else ""
            path = os.fsdecode(path)
            if path and not path.startswith((str(scratch), "/dev/")) and "__pycache__" not in path:
                written.append(path)
        elif event == "os.mkdir" and not os.fsdecode(arguments[0]).startswith(str(scratch)):  # type: ignore[arg-type]
            written.append(os.fsdecode(arguments[0]))  # type: ignore[arg-type]
        elif event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork"):
            started.append(f"{event} {arguments[:1]}")

    sys.addaudithook(watch)
    from paddlescan.document import EngineOptions
    from paddlescan.ocr.factory import load_engine

    engine = load_engine(EngineOptions(device="cpu", engine=os.environ.get("TEST_ENGINE", "auto")), scratch)  # type: ignore[arg-type]
    import cv2

    from paddlescan.resources_dir import resource

    pixels = cv2.imread(str(resource("samples", "cafe.jpg")))
    first = engine.recognise(pixels)
    threading.Event().wait(seconds)  # telemetry wakes within a minute of the first session
    again = engine.recognise(pixels)
    found = {"lines": len(first), "same": first == again, "written": list(written), "started": started}
    report.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
