"""The log file of a child, written by its supervisor: the child has a pipe, and nothing of the file.

A thread reads the pipe as long as the child lives, so that no child waits because it has much to say. What may stand in
the file `child_lines` decides; how much, this.
"""

from __future__ import annotations

import codecs
import logging
import os
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from paddlescan.pipeline.child_lines import LONGEST_LINE, told_before_files, told_of_files

LARGEST_LOG = 1 << 20
"""Bytes of a log file; a larger one is put aside when the next child begins."""
MOST_OF_CHILD = 1 << 20
"""Bytes that are heard of one child."""
MOST_AT_ONCE = 256 << 10
A_SECOND = 32 << 10
"""Bytes that are heard at once, and each second from then on."""
_CHUNK = 64 << 10
_MOST_CHUNKS = 16
_LOOK_S = 2.0
"""How often a reader looks whether its child is gone, for a pipe that somebody else may hold open."""
_THROTTLE_S = 0.01
"""Between two chunks of a child that says too much: it is read, or it would wait, but not with all our time."""

log = logging.getLogger(__name__)


class ChildRecord:
    """One child's log: its end of the pipe is `theirs` until the child has it."""

    def __init__(self, file: Path | None) -> None:
        """Opens file (owner only, a large one is put aside); without one, or where it cannot be written, nothing is
        kept. Raises OSError where no pipe can be made."""
        self._ours, self.theirs = os.pipe()
        try:
            if sys.platform != "win32":
                os.set_blocking(self._ours, False)
            self._file = _open_log(file)
        except BaseException:
            os.close(self._ours)
            os.close(self.theirs)
            raise
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._lines = _Lines()

    def begin(self, pid: int) -> None:
        """The child has its end: close ours of it, and read from now on."""
        self.close_theirs()
        self._lines.pid = pid
        self._thread = threading.Thread(target=self._read, daemon=True, name=f"log of {pid}")
        self._thread.start()

    def give_up(self) -> None:
        """There is no child: close everything."""
        self.close_theirs()
        self._close()

    def close_theirs(self) -> None:
        """Without effect the second time."""
        if self.theirs >= 0:
            os.close(self.theirs)
            self.theirs = -1

    def files_come(self) -> None:
        """From now on the child may have seen a receipt; what it said before still stands. Called before it is asked;
        cheap from the second time on."""
        if self._lines.files_seen:
            return
        if sys.platform != "win32":  # there, reading waits with the lock; some last words are told less freely
            with self._lock:
                for _ in range(_MOST_CHUNKS):
                    if self._ended.is_set() or not self._has_more(0) or not self._take():
                        break
        self._lines.files_seen = True

    def end(self, wait_s: float = 1.0) -> None:
        """The child is gone: wait until its last words are written."""
        self._ended.set()
        if self._thread:
            self._thread.join(wait_s)

    def _read(self) -> None:
        try:
            while self._wait():
                with self._lock:
                    if not self._take():
                        break
                if self._lines.over:
                    time.sleep(_THROTTLE_S)
        except Exception as error:  # noqa: BLE001 a log is no reason not to read, whatever is in it
            log.warning("a child's log ends early: %s", type(error).__name__)
        with self._lock:
            self._ended.set()
            self._write(self._lines.last())
            self._close()

    def _wait(self) -> bool:
        """Until there is something to read; False when nothing more is waited for."""
        if sys.platform == "win32":
            return True  # reading waits, and the job object ends whoever might hold the pipe
        while not self._has_more(_LOOK_S):
            if self._ended.is_set():
                return False
        return True

    def _has_more(self, wait_s: float) -> bool:
        """Whether there is something to read, or the end."""
        import select  # POSIX's; Windows' knows sockets only

        looks = select.poll()
        looks.register(self._ours, select.POLLIN)
        return bool(looks.poll(wait_s * 1000))

    def _take(self) -> bool:
        """Read what is there; False at the end."""
        try:
            data = os.read(self._ours, _CHUNK)
        except BlockingIOError:  # it was taken meanwhile
            return True
        self._write(self._lines.told(data))
        return bool(data)

    def _write(self, text: str) -> None:
        if text:
            with suppress(OSError):  # a full disk: these lines are lost
                os.write(self._file, text.encode("utf-8", "backslashreplace"))

    def _close(self) -> None:
        os.close(self._ours)
        os.close(self._file)


class _Lines:
    """Makes lines of a log of what a child says, as many as have room."""

    def __init__(self) -> None:
        self.pid = 0
        self.files_seen = False
        self.over = False
        """Whether it says more than there is room for, at the moment."""
        self._decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")
        self._rest = ""
        self._left = MOST_OF_CHILD
        self._at_once = float(MOST_AT_ONCE)
        self._looked = time.monotonic()
        self._unknown = 0
        self._too_much = False

    def told(self, data: bytes) -> str:
        """What the log gains by this."""
        now = time.monotonic()
        self._at_once = min(MOST_AT_ONCE, self._at_once + (now - self._looked) * A_SECOND)
        self._looked = now
        self.over = len(data) > min(self._left, self._at_once)
        if self.over:
            first, self._too_much = not self._too_much, True
            return self._note("this child says too much: what there is no room for is left out") if first else ""
        self._left -= len(data)
        self._at_once -= len(data)
        lines = (self._rest + self._decoder.decode(data)).split("\n")
        self._rest = lines.pop()[:LONGEST_LINE]
        return "".join(self._one(line) for line in lines)

    def last(self) -> str:
        """What is to be said at its end."""
        text = self._one(self._rest) if self._rest else ""
        if self._unknown:
            text += self._note(f"{self._unknown} lines that are not known by their shape are left out")
        return text

    def _one(self, line: str) -> str:
        line = line.rstrip("\r")
        told = told_of_files(line) if self.files_seen else told_before_files(line)
        if told is None:
            self._unknown += bool(line.strip())
            return ""
        return f"{told}\n" if told.startswith(" ") else f"{_now()} {self.pid} {told}\n"

    def _note(self, what: str) -> str:
        return f"{_now()} {self.pid} {__name__} WARNING {what}\n"


def _now() -> str:
    moment = time.time()
    return f"{time.strftime('%Y-%m-%d %H:%M:%S', time.localtime(moment))},{int(moment % 1 * 1000):03d}"


def _open_log(file: Path | None) -> int:
    """A descriptor to append to, owner only; a large log is put aside first. Without a log, or where none can be
    written (a full disk, a folder that is gone), nowhere: that is no reason not to read."""
    if file is None:
        return os.open(os.devnull, os.O_WRONLY)
    try:
        if file.stat().st_size > LARGEST_LOG:
            file.replace(file.with_name(file.name + ".1"))
    except OSError:
        pass  # not there yet, or in use: then it grows on
    try:
        return os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)
