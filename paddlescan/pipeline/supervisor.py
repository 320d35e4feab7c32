"""Owns a child process: starts it, asks it, and never waits for it in vain.

A child may crash, hang, send garbage, half an answer or too long a one, eat memory, or never get
ready: each ends in EngineLost with its cause, and the next request starts a fresh child. One thread
owns a ChildProcess; `kill` alone may be called from any other.
"""

from __future__ import annotations

import errno
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from paddlescan.document.codec import BadData
from paddlescan.errors import PaddleScanError
from paddlescan.held import HeldFolder
from paddlescan.pipeline.allowance import Allowance
from paddlescan.pipeline.child_record import ChildRecord
from paddlescan.pipeline.ends import Cause, ChildLimits, EngineLost, Worn, cause_of
from paddlescan.pipeline.errands import Errands, Interrupted, converse
from paddlescan.pipeline.exchange import handing_over, lets_errands_in, refusal, send
from paddlescan.pipeline.guard import Overstepped
from paddlescan.pipeline.jail.job import Job, put_in_job
from paddlescan.pipeline.jail.limits import DATA
from paddlescan.pipeline.messages import Answer, Hello, Refused, Request, Start
from paddlescan.pipeline.opening import Opener, OpeningStopped
from paddlescan.pipeline.scratch import child_scratch
from paddlescan.pipeline.spawning import kill_group, spawn
from paddlescan.pipeline.wire import answer_from

__all__ = ["Cause", "ChildLimits", "ChildProcess", "EngineLost"]

log = logging.getLogger(__name__)
A = TypeVar("A", bound=Answer)

DEATH_GRACE_S = 0.5
"""Between the end of the pipe and the end of the process, for a child that dies by itself."""


class ChildProcess:
    """One supervised child: one request at a time, each with a deadline.

    command: as `child_command` gives it. start: what to send first. log_file: where the child's
    log goes. scratch_root: where its scratch folder is made; removed with the child.
    """

    def __init__(
        self,
        command: Sequence[str],
        start: Start,
        limits: ChildLimits | None = None,
        log_file: Path | None = None,
        scratch_root: Path | None = None,
    ) -> None:
        self.limits = limits or ChildLimits()
        self._command = tuple(command)
        self._start = start
        self._log_file = log_file
        self._scratch_root = scratch_root
        self._lock = threading.Lock()  # guards _process, _pipe, _cause and _spent against `kill`
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._cause: Cause | None = None
        self._spent = False
        self._record: ChildRecord | None = None
        self._allowance: Allowance | None = None
        self._job: Job | None = None
        self._opener = Opener()
        self._early = False  # a child was started, and nobody has waited for its hello yet
        self._scratch: HeldFolder | None = None
        self.errands: Errands | None = None
        """Done by the child while it answers a request; None for one that does none."""
        self.hello: Hello | None = None
        """What the child said when it was ready; None while there is none."""
        self.starts = 0
        """How many children there were."""
        self.worn: Worn | None = None
        """Why the child before the present one was replaced; None: there was none, or it was lost."""
        self.peak_bytes = 0
        """The most memory that any of them was seen to take."""

    @property
    def pid(self) -> int | None:
        """Of the present child."""
        process = self._process
        return process.pid if process else None

    @property
    def served(self) -> int:
        """Answers of the present child."""
        return self._allowance.served if self._allowance else 0

    @property
    def scratch(self) -> Path | None:
        """The folder that the present child may write."""
        return self._scratch.folder if self._scratch else None

    def start_early(self) -> None:
        """Start the first child and leave it to itself: whoever needs it waits for it, by `ensure_started`.

        Where it cannot be started, `ensure_started` tries again, and tells.
        """
        if self._process is None and not self.starts:
            with suppress(EngineLost, PaddleScanError, OSError):
                self._begin()
                if self._pipe is not None:
                    send(self._pipe, self._start, None)
                    self._early = True

    def ensure_started(self) -> Hello:
        """Start the child if there is none, or a fresh one if it has served enough.

        Raises EngineLost(while_starting=True), or the PaddleScanError that the child gave as its reason
        (a missing model): then trying again is no use.
        """
        process, worn = self._process, None
        if self.hello is not None and process and process.poll() is None:
            worn = self._allowance.worn() if self._allowance and not self._holds_work() else None
            if worn is None:
                return self.hello
            log.info("child %s is replaced: %s", self.pid, worn)
        early, self._early = self._early, False
        if not early:
            self.stop()
            self._begin()
        answer = self._exchange(self._start, self.limits.start_s, while_starting=True, sent=early)
        if not isinstance(answer, Hello):
            if not isinstance(answer, Refused):
                raise self._lose("bad_answer", while_starting=True)
            self.stop()
            raise answer.failure.error()
        if self._allowance:
            self._allowance.ready(answer)
        self.hello, self.worn = answer, worn
        log.info("child %s is ready", self.pid)
        return answer

    def ask(self, request: Request, expected: type[A]) -> A:
        """The child's answer. Raises EngineLost, the PaddleScanError with which the child refused, or that for
        which no child can be started."""
        answer = self.answer(request, expected)
        if isinstance(answer, Refused):
            raise answer.failure.error()
        return answer

    def answer(self, request: Request, expected: type[A]) -> A | Refused:
        """As `ask`, but a refusal is an answer: it is about the request. A PaddleScanError is about the child."""
        self.ensure_started()
        try:
            answer = self._exchange(request, self.limits.request_s)
        except PaddleScanError as error:  # its file cannot be opened; the child was not asked
            answer = refusal(request, error)
        else:
            if self._allowance:
                self._allowance.answered()
        if not isinstance(answer, (expected, Refused)):
            raise self.distrust()
        return answer

    def distrust(self) -> EngineLost:
        """The answer fits its type but not the request: end the child; raise what this returns."""
        return self._lose("bad_answer")

    def kill(self) -> None:
        """End the child at once and for good; from any thread; returns at once.

        A request in flight raises EngineLost("stopped"), and so does every later one: whoever kills wants
        the end, also when a fresh child was just about to start.
        """
        self._opener.cancel()
        with self._lock:
            self._spent = True
            self._kill_locked("stopped")

    def stop(self, grace_s: float = 2.0) -> None:
        """Let the child leave (it does when the pipe ends), kill it after the grace; remove its scratch."""
        with self._lock:
            process, self._process = self._process, None
            pipe, self._pipe = self._pipe, None
            if process is not None and grace_s <= 0:
                kill_group(process)
            if pipe is not None:
                pipe.close()
        if self._allowance:
            self.peak_bytes = max(self.peak_bytes, self._allowance.peak_bytes)
            self._allowance.close()
            self._allowance = None
        if process is not None:
            self._bury(process, grace_s)
        if self._record:
            self._record.end()
            self._record = None
        if self._job:
            self._job.close()
            self._job = None
        self.hello, self._cause, self._early = None, None, False
        if self._scratch:
            self._scratch.remove()
            self._scratch = None

    def _holds_work(self) -> bool:
        """Whether the present child has begun what it has not answered yet: then it is not replaced."""
        return False

    def _begin(self) -> None:
        try:
            self._scratch = child_scratch(self._scratch_root)
            with self._lock:
                if not self._spent:
                    spawned = spawn(self._command, self._scratch.folder, self._log_file)
                    self._process, self._pipe, self._record = spawned
                    self.starts += 1
        except OSError as error:
            self.stop()
            log.warning("no child could be started: %s", errno.errorcode.get(error.errno or 0, "unknown"))
            raise EngineLost("crashed", while_starting=True) from None
        if self._process is None:
            self.stop()
            raise EngineLost("stopped", while_starting=True)
        pid, scratch = self._process.pid, self._scratch.folder
        self._allowance = Allowance(pid, self._start, self.limits, scratch, self._overstepped)
        self._job = put_in_job(self._process, DATA + self._allowance.gpu_bytes)

    def _exchange(self, request: Request, seconds: float, while_starting: bool = False, sent: bool = False) -> Answer:
        """sent: before. Raises the PaddleScanError for which the request's file cannot be opened, and EngineLost."""
        allowance, pipe = self._allowance, self._pipe
        if allowance is None or pipe is None:
            raise EngineLost("stopped", while_starting)
        try:
            with handing_over(self._opener, request, seconds) as (descriptor, left):
                allowance.begin(left)
                if self._record and not isinstance(request, Start):
                    self._record.files_come()
                if not sent:
                    send(pipe, request, descriptor)
            errands = self.errands if lets_errands_in(request) else None
            return answer_from(converse(pipe, errands, self._opener))
        except OpeningStopped:
            raise self._lose(None, while_starting) from None
        except (EOFError, OSError):
            raise self._lose(None, while_starting) from None
        except BadData:
            raise self._lose("bad_answer", while_starting) from None
        except Interrupted as lost:
            cause: Cause | None = "bad_answer" if isinstance(lost.__cause__, BadData) else None
            raise self._lose(cause, on_errand=True) from None
        finally:
            allowance.end()

    def _lose(self, cause: Cause | None, while_starting: bool = False, on_errand: bool = False) -> EngineLost:
        """Bury the child and say why it is gone; cause None: find out."""
        process = self._process
        if cause is None and self._cause is None and process is not None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(DEATH_GRACE_S)
        with self._lock:
            if cause is None:
                cause = self._cause or cause_of(process.returncode if process else None)
            elif self._cause == "stopped":
                cause = "stopped"
        log.info("child %s is lost: %s%s", self.pid, cause, " (while starting)" if while_starting else "")
        self.stop(grace_s=0)
        return EngineLost(cause, while_starting, on_errand)

    def _overstepped(self, how: Overstepped) -> None:
        with self._lock:
            self._kill_locked(how)

    def _kill_locked(self, cause: Cause) -> None:
        if self._process is None:
            return
        self._cause = self._cause or cause
        kill_group(self._process)
        if self._pipe is not None:
            _hang_up(self._pipe)

    def _bury(self, process: subprocess.Popen[bytes], grace_s: float) -> None:
        """Wait for its end, so that no zombie stays. One that even SIGKILL does not end (a dead network disk)
        is left to the subprocess module, which looks after it at the next start."""
        for seconds in (grace_s, 5.0):
            try:
                process.wait(max(seconds, 0.0))
                return
            except subprocess.TimeoutExpired:
                kill_group(process)
        log.warning("child %s does not end", process.pid)


def _hang_up(pipe: Connection) -> None:
    """Wake a thread that waits on this pipe, even if the killed child cannot die yet."""
    if sys.platform != "win32":
        with suppress(OSError), socket.socket(fileno=os.dup(pipe.fileno())) as end:
            end.shutdown(socket.SHUT_RDWR)
