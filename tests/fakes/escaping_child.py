"""A child that tries to get out: each attempt is real, and says what it reached or what stopped it.

    escaping_child.py CPU_SECONDS SCRATCH PIPE

A request is JSON: `attempt` (a name of ATTEMPTS) and where things are outside that it may go for. CPU_SECONDS stands in
for the processor time that a request has. Whether there is a jail at all, the environment says (`SWITCH`).
"""

from __future__ import annotations

import ctypes
import errno
import json
import mmap
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parent.parent.parent))

from paddlescan.pipeline import child
from paddlescan.pipeline.handed import open_handed
from paddlescan.pipeline.jail import limits

LIBC = ctypes.CDLL(None, use_errno=True)
Outside = dict[str, Any]
"""home, beside: folders. port, unix, abstract: sockets that listen. bystander, parent: processes."""


class NotReached(Exception):
    """Stopped without an error of the system."""


def c_call(name: str, *arguments: object) -> int:
    """A call of the C library, past Python. Raises OSError."""
    answer = getattr(LIBC, name)(*arguments)
    if answer == -1:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return int(answer)


def tcp(out: Outside) -> None:
    socket.create_connection(("127.0.0.1", out["port"]), 5).close()


def tcp_past_python(out: Outside) -> None:
    os.close(c_call("socket", socket.AF_INET, socket.SOCK_STREAM, 0))


def listening(out: Outside) -> None:
    with socket.socket() as end:
        end.bind(("127.0.0.1", 0))
        end.listen()


def udp(out: Outside) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as end:
        end.sendto(b"out", ("127.0.0.1", out["port"]))


def unix_socket(out: Outside) -> None:
    with socket.socket(socket.AF_UNIX) as end:
        end.connect(out["unix"])


def abstract_socket(out: Outside) -> None:
    with socket.socket(socket.AF_UNIX) as end:
        end.connect("\0" + out["abstract"])


def socket_pair(out: Outside) -> None:
    for end in socket.socketpair():
        end.close()


def write_home(out: Outside) -> None:
    Path(out["home"], "new").write_text("mine")


def write_tmp(out: Outside) -> None:
    place = Path("/tmp", f"escaped-{os.getpid()}")
    place.write_text("mine")
    place.unlink()


def write_beside(out: Outside) -> None:
    Path(out["beside"], "new").write_text("mine")


def make_folder_in_home(out: Outside) -> None:
    Path(out["home"], "folder").mkdir()


def write_through_symlink(out: Outside) -> None:
    link = Path("link")
    link.unlink(missing_ok=True)
    link.symlink_to(Path(out["home"], "kept"))
    link.write_text("mine")


def hard_link(out: Outside) -> None:
    os.link(Path(out["home"], "kept"), "linked")


def rename_out(out: Outside) -> None:
    Path("leaving").write_text("mine")
    Path("leaving").rename(Path(out["home"], "moved"))


def delete_in_home(out: Outside) -> None:
    Path(out["home"], "doomed").unlink()


def cut_in_home(out: Outside) -> None:
    os.truncate(Path(out["home"], "kept"), 1)


def change_rights(out: Outside) -> None:
    Path(out["home"], "kept").chmod(0o666)


def change_time(out: Outside) -> None:
    os.utime(Path(out["home"], "kept"), (1, 1))


def read_home(out: Outside) -> None:
    Path(out["home"], "kept").read_bytes()


def list_home(out: Outside) -> None:
    os.listdir(out["home"])  # noqa: PTH208


def read_passwords(out: Outside) -> None:
    Path("/etc/passwd").read_bytes()


def read_parent_environment(out: Outside) -> None:
    Path(f"/proc/{out['parent']}/environ").read_bytes()


def read_parent_memory(out: Outside) -> None:
    with Path(f"/proc/{out['parent']}/maps").open() as maps:
        start = int(maps.readline().split("-")[0], 16)
    with Path(f"/proc/{out['parent']}/mem").open("rb") as memory:
        memory.seek(start)
        memory.read(16)


def write_given_file(out: Outside) -> None:
    """The source file is handed over to be read; open it again to write."""
    file = open_handed()
    assert file is not None
    with file, Path(f"/proc/self/fd/{file.fileno()}").open("r+b"):
        pass


def change_rights_of_given_file(out: Outside) -> None:
    file = open_handed()
    assert file is not None
    with file:
        os.fchmod(file.fileno(), 0o644)


def shell(out: Outside) -> None:
    subprocess.run(["/bin/sh", "-c", "exit 0"], check=True)


def spawned_shell(out: Outside) -> None:
    pid = os.posix_spawn("/bin/sh", ["sh", "-c", "exit 0"], {})
    if os.waitpid(pid, 0)[1]:
        raise NotReached


def system_past_python(out: Outside) -> None:
    if c_call("system", b"exit 7") != 7 << 8:
        raise NotReached


def fork(out: Outside) -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def become_a_shell(out: Outside) -> None:
    os.execv("/bin/sh", ["sh", "-c", f"touch '{out['home']}/shell'"])


def signal_parent(out: Outside) -> None:
    os.kill(out["parent"], signal.SIGWINCH)  # which nobody minds


def kill_bystander(out: Outside) -> None:
    os.kill(out["bystander"], signal.SIGCONT)


def kill_by_descriptor(out: Outside) -> None:
    handle = os.pidfd_open(out["bystander"])
    signal.pidfd_send_signal(handle, signal.SIGCONT)
    os.close(handle)


def kill_everybody(out: Outside) -> None:
    os.kill(-1, 0)


def look_into_process(out: Outside) -> None:
    c_call("ptrace", 16, out["bystander"], None, None)  # PTRACE_ATTACH
    c_call("waitpid", out["bystander"], None, 0x40000000)
    c_call("ptrace", 17, out["bystander"], None, None)


def limit_bystander(out: Outside) -> None:
    resource.prlimit(out["bystander"], resource.RLIMIT_CORE, (0, 0))


def new_user(out: Outside) -> None:
    c_call("unshare", 0x20000)  # a mount space of its own


def shared_memory(out: Outside) -> None:
    c_call("shmctl", c_call("shmget", 0, 4096, 0o1600), 0, None)


def large_file(out: Outside) -> None:
    with Path("large").open("wb") as file:
        file.truncate(10 << 30)


def much_memory(out: Outside) -> None:
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000  # not reserved, so that a small machine has it too
    mmap.mmap(-1, 6 << 30, flags=flags).close()


def much_shared_memory(out: Outside) -> None:
    flags = mmap.MAP_SHARED | mmap.MAP_ANONYMOUS | 0x4000
    mmap.mmap(-1, 6 << 30, flags=flags).close()


def shared_zeros(out: Outside) -> None:
    """A device whose shared maps are memory, too."""
    with Path("/dev/zero").open("rb") as file:
        mmap.mmap(file.fileno(), 6 << 30, flags=mmap.MAP_SHARED, prot=mmap.PROT_READ).close()


def secret_variable(out: Outside) -> None:
    """What the program was started with."""
    if b"canary" not in Path("/proc/self/environ").read_bytes() and "canary" not in "".join(os.environ.values()):
        raise NotReached


def many_files(out: Outside) -> None:
    held = [open(os.devnull) for _ in range(1000)]  # noqa: PTH123, SIM115
    for file in held:
        file.close()


def dump_core(out: Outside) -> None:
    """Ends this process, with a file of its memory where that is let."""
    with suppress(ValueError):  # the limit may not be raised again
        resource.setrlimit(resource.RLIMIT_CORE, (1 << 28, 1 << 28))
    os.abort()


def spin(out: Outside) -> None:
    """Twice the processor time that there is."""
    while time.process_time() < out["spin_s"]:
        pass


def from_a_thread(out: Outside) -> None:
    """All that a thread of this process's own reaches, made after the jail."""
    stopped: list[str] = []

    def go() -> None:
        for attempt in (tcp, write_home, read_home, shell, signal_parent):
            try:
                attempt(out)
            except OSError:
                stopped.append(attempt.__name__)

    thread = threading.Thread(target=go)
    thread.start()
    thread.join()
    if len(stopped) == 5:
        raise NotReached


ATTEMPTS: dict[str, Callable[[Outside], None]] = {
    f.__name__: f
    for f in (
        *(tcp, tcp_past_python, listening, udp, unix_socket, abstract_socket, socket_pair),
        *(write_home, write_tmp, write_beside, make_folder_in_home, write_through_symlink, hard_link, rename_out),
        *(delete_in_home, cut_in_home, change_rights, change_time, read_home, list_home, read_passwords),
        *(read_parent_environment, read_parent_memory, write_given_file, change_rights_of_given_file),
        *(shell, spawned_shell, system_past_python, fork, signal_parent, kill_bystander, kill_by_descriptor),
        *(kill_everybody, look_into_process, limit_bystander, new_user, shared_memory),
        *(large_file, much_memory, much_shared_memory, shared_zeros, many_files, from_a_thread),
    )
}
NEVER: dict[str, Callable[[Outside], None]] = {f.__name__: f for f in (secret_variable,)}
"""What no child reaches, in jail or not."""
ENDS = {f.__name__: f for f in (become_a_shell, dump_core, spin)}
"""Those after which this process is gone, or should be."""


def main() -> None:
    limits.REQUEST_SECONDS = int(sys.argv[1])  # the kernel's clock is real; nobody waits ten minutes for it
    side = child.begin(sys.argv[1:])

    def answer(request: bytes) -> bytes:
        out = json.loads(request)
        try:
            {**ATTEMPTS, **NEVER, **ENDS}[out["attempt"]](out)
        except (OSError, MemoryError, NotReached, subprocess.CalledProcessError) as error:
            code = errno.errorcode.get(getattr(error, "errno", None) or 0, "")
            return json.dumps({"reached": False, "why": code or type(error).__name__}).encode()
        return json.dumps({"reached": True, "why": ""}).encode()

    side.serve(answer)


if __name__ == "__main__":
    main()
