"""The child's side of a supervised process: its private pipe, its jail, its parent's death, its log, its loop.

Only the standard library is imported here: a child jails itself and sets its environment before anything else of ours
or of others is loaded. The log is that of `child_log`; the pipe is known to nobody else.
"""

from __future__ import annotations

import logging
import os
import select
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from traceback import format_tb
from types import TracebackType
from typing import NoReturn

from paddlescan.held import remove_folder
from paddlescan.pipeline import child_log, handed, jail

LARGEST_REQUEST = 16 << 20
OUT_OF_MEMORY = 87
"""Exit status of a child that ran out of memory: it is spent, whatever it says from then on."""
DEVICE_FAILED = 88
"""Exit status of a child whose engine's device, or the runtime on it, failed on a page that is well."""

log = logging.getLogger(__name__)
_LEAVING = threading.Lock()


@dataclass(frozen=True, slots=True)
class ChildSide:
    """What a child begins with."""

    pipe: Connection
    scratch: Path
    """The one folder it may write."""
    words: tuple[str, ...]
    """What else its command line says."""
    jail: jail.Jail = jail.NO_JAIL
    """Which rules hold it."""

    def serve(self, answer: Callable[[bytes], bytes]) -> NoReturn:
        """Answer requests one after another until the supervisor closes the pipe; then leave."""
        while True:
            self._serve_one(answer)

    def serve_waiting(self, answer: Callable[[bytes], bytes]) -> None:
        """Answer what was asked while another request is being answered, if anything was; called in the midst of it."""
        try:
            while self.pipe.poll(0):
                self._serve_one(answer)
        except OSError:
            _leave(self.scratch)

    def _serve_one(self, answer: Callable[[bytes], bytes]) -> None:
        try:
            request = self.pipe.recv_bytes(LARGEST_REQUEST)
            descriptor = handed.receive(self.pipe)
        except (EOFError, OSError):
            _leave(self.scratch)
        if not self.jail.switched_off:
            jail.allow_seconds()
        try:
            with handed.at_hand(descriptor):
                reply = answer(request)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        try:
            self.pipe.send_bytes(reply)
        except OSError:
            _leave(self.scratch)
        child_log.only_ours()


Extra = Callable[[Sequence[str]], tuple[Sequence[str], bool]]
"""From the words of the command line: folders read besides the program, and whether a graphics card may be used."""


def begin(arguments: list[str], extra: Extra = lambda words: ((), False)) -> ChildSide:
    """Take the pipe, start the log, go to jail, watch the parent. arguments end with the scratch folder and the pipe.

    The jail comes before the first thread: Landlock holds the thread that asks for it, and those that it starts.
    """
    *words, folder, handle = arguments
    scratch = Path(folder)
    pipe = _adopt_pipe(handle)
    os.umask(0o077)
    child_log.begin()
    sys.excepthook = _log_exception
    in_force = jail.enter(scratch, *extra(words))
    log.info("%s", in_force)
    threading.Thread(target=_leave_with_parent, args=(pipe, scratch), daemon=True, name="parent watch").start()
    return ChildSide(pipe, scratch, tuple(words), in_force)


def set_environment(values: Mapping[str, str]) -> None:
    """Set variables of this process; after Python's start, or HOME would move the user's site-packages."""
    os.environ.update(values)


def log_error(context: str, error: BaseException) -> None:
    """Log an unforeseen error by its type and frames; its text may quote a receipt."""
    log.error("%s: %s\n%s", context, type(error).__name__, "".join(format_tb(error.__traceback__)))


def _adopt_pipe(handle: str) -> Connection:
    if sys.platform == "win32":
        from multiprocessing.connection import PipeConnection

        return PipeConnection(int(handle))
    pipe = Connection(os.dup(0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return pipe


def _leave(scratch: Path) -> NoReturn:
    """End at once, without what is left in scratch; whichever thread comes first.

    The empty folder itself lies outside the jail: it goes with the supervisor, or with the next sweep.
    """
    with _LEAVING:
        remove_folder(scratch)
        os._exit(0)


def _leave_with_parent(pipe: Connection, scratch: Path) -> None:
    """End this process when the supervisor is gone or has closed its end, also in the middle of a page."""
    if sys.platform == "win32":
        import _winapi

        parent = _winapi.OpenProcess(0x00100000, False, os.getppid())  # SYNCHRONIZE
        _winapi.WaitForSingleObject(parent, 0xFFFFFFFF)
    else:
        parent_id = os.getppid()
        hung_up = select.poll()
        hung_up.register(pipe.fileno(), 0)  # nothing but "the other end was closed"
        while not hung_up.poll(2000) and os.getppid() == parent_id:
            pass
    _leave(scratch)


def _log_exception(kind: type[BaseException], error: BaseException, frames: TracebackType | None) -> None:
    log.error("the process ends: %s\n%s", kind.__name__, "".join(format_tb(frames)))
