"""Where a start meets the open window: a folder that only its user may enter, with a lock and a socket in it.

The lock says who the window is; the kernel drops it with its process. Whoever holds it may make the socket anew. The
folder is opened once and looked at through its descriptor, so that nobody puts another in its place afterwards.
"""

from __future__ import annotations

import hashlib
import os
import platform
import socket
import stat
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path

from paddlescan.desktop.handover.wire import LENGTH, LONGEST_ANSWER, Answer, BadMessage, read_answer

_LONGEST_ADDRESS = 100
"""Bytes; Linux takes 107, macOS 103."""


class NoPlace(OSError):
    """There is no safe place to meet at: another user's folder, one that others may enter, or no place for sockets."""


class Place:
    """One folder of meeting points; `slot` numbers them."""

    def __init__(self, folder: Path, name: str) -> None:
        """Make the folder if it is not there, and open it. name: of its files. Raises NoPlace or OSError."""
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        self._folder = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        self._name = name
        seen = os.fstat(self._folder)
        self._address = f"/proc/self/fd/{self._folder}" if Path("/proc/self/fd").is_dir() else str(folder)
        if seen.st_uid != os.getuid() or stat.S_IMODE(seen.st_mode) & 0o077:
            self.close()
            raise NoPlace("the folder is not the user's own")
        if len(os.fsencode(self.address(9))) > _LONGEST_ADDRESS:
            self.close()
            raise NoPlace("the folder's path is too long for a socket")

    def close(self) -> None:
        """Let go of the folder. Sockets and locks that were made stay as they are."""
        os.close(self._folder)

    def takes_sockets(self) -> bool:
        """Whether windows meet here already, or could: some disks (of sticks, of some networks) hold no sockets."""
        if self._has(f"{self._name}-0.socket"):
            return True
        name = f"{self._name}-{os.getpid()}.try"
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as tried:
                tried.bind(f"{self._address}/{name}")
        except OSError:
            return False
        finally:
            with suppress(OSError):
                os.unlink(name, dir_fd=self._folder)
        return True

    def _has(self, name: str) -> bool:
        try:
            os.stat(name, dir_fd=self._folder, follow_symlinks=False)
        except OSError:
            return False
        return True

    def address(self, slot: int) -> str:
        """Of a slot's socket: short, however long the folder's path is, where the system can."""
        return f"{self._address}/{self._name}-{slot}.socket"

    def lock(self, slot: int) -> int | None:
        """The descriptor of a slot's lock, which is held while it is open; None if another process holds it."""
        import fcntl

        name = f"{self._name}-{slot}.lock"
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        lock = os.open(name, flags, 0o600, dir_fd=self._folder)
        try:
            with suppress(OSError):  # sticky: who tidies the folder of a login leaves it alone
                os.fchmod(lock, 0o600 | stat.S_ISVTX)
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(lock), os.stat(name, dir_fd=self._folder, follow_symlinks=False)):
                return lock
        except (BlockingIOError, FileNotFoundError):
            pass
        except BaseException:
            os.close(lock)
            raise
        os.close(lock)
        return None

    def listen(self, slot: int, backlog: int) -> socket.socket:
        """The socket of a slot whose lock we hold; one that a dead process left is replaced. Raises OSError."""
        self.remove_socket(slot)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            listener.bind(self.address(slot))
            Path(self.address(slot)).chmod(0o600)
            listener.listen(backlog)
            listener.setblocking(False)
        except BaseException:
            listener.close()
            raise
        return listener

    def remove_socket(self, slot: int) -> None:
        """Nobody shall connect to a slot any longer."""
        with suppress(FileNotFoundError):
            os.unlink(f"{self._name}-{slot}.socket", dir_fd=self._folder)

    def connect(self, slot: int, timeout_s: float) -> socket.socket:
        """A connection to a slot's window, which is a process of this user. Raises OSError, NoPlace for another's."""
        seen = os.stat(f"{self._name}-{slot}.socket", dir_fd=self._folder, follow_symlinks=False)
        if not stat.S_ISSOCK(seen.st_mode) or seen.st_uid != os.getuid():
            raise NoPlace("no socket of this user")
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(timeout_s)
            connection.connect(self.address(slot))
            if not is_same_user(connection):
                raise NoPlace("another user's process listens")
        except BaseException:
            connection.close()
            raise
        return connection

    def send(self, slot: int, data: bytes, timeout_s: float) -> Answer | None:
        """Say a message (framed) to a slot's window; None if nobody answered in time, or not in our words.

        Raises NoPlace where something else is in the place of its socket, or another user listens.
        """
        until = time.monotonic() + timeout_s
        try:
            connection = self.connect(slot, timeout_s)
        except NoPlace:
            raise
        except OSError:  # not there yet, not there any more, or its queue is full
            return None
        with connection:
            try:
                with suppress(BrokenPipeError, ConnectionResetError):  # it has heard enough; it may have said why
                    connection.sendall(data)
                size = int.from_bytes(_receive(connection, LENGTH, until), "big")
                return read_answer(_receive(connection, size, until)) if size <= LONGEST_ANSWER else None
            except (OSError, BadMessage):
                return None


def _receive(connection: socket.socket, size: int, until: float) -> bytes:
    """Exactly so many bytes. Raises OSError: also if the other end leaves before."""
    data = bytearray()
    while len(data) < size:
        connection.settimeout(max(0.001, until - time.monotonic()))
        more = connection.recv(size - len(data))
        if not more:
            raise ConnectionError
        data += more
    return bytes(data)


def find_place(data: Path) -> Place | None:
    """The place where the starts of one store's folder meet; None where there is none, or sockets are not to be had.

    In the data folder, so that every start of this computer finds the same one, also over ssh or from a timer, where
    the folder of the login is another or none. Only where the data folder's disk takes no sockets, in the latter
    (`XDG_RUNTIME_DIR`). Each computer that shares the folder has a name of its own there.
    """
    if not hasattr(socket, "AF_UNIX"):
        return None
    here = os.fsencode(os.path.realpath(data)) + b"\0" + os.fsencode(platform.node())
    name = hashlib.blake2b(here, digest_size=8).hexdigest()
    with suppress(OSError):
        place = Place(data / "meeting", name)
        if place.takes_sockets():
            return place
        place.close()
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime.startswith("/"):
        with suppress(OSError):
            return Place(Path(runtime, "paddlescan"), name)
    return None


def is_same_user(connection: socket.socket) -> bool:
    """Whether the process at the other end belongs to the user who runs this one; the kernel says it."""
    try:
        if sys.platform == "linux":
            _, user, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        else:  # LOCAL_PEERCRED of macOS and the BSDs: a version, then the user
            _, user = struct.unpack("2I", connection.getsockopt(0, 1, 76)[:8])
    except (OSError, struct.error):
        return False
    return bool(user == os.getuid())
