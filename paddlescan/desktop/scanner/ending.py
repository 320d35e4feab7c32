"""The end of a run of scanimage: asked to stop the scanner, then to leave, and killed only then.

A scanner whose program is killed in the midst of a page may stay blocked until it is switched off. So there is
patience; and because nobody who closes a window should need it, all this happens in a thread of its own, within bounds.
The program lives on until such threads are done: by itself, or by `wait_for_endings` where it ends at once.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from contextlib import suppress

TO_STOP_S, TO_ABORT_S = 6.0, 1.0
"""For the scanner to take back its page and its lamp, and, asked again, for the program to leave at once."""
TO_DIE_S = 2.0
"""For the system to bury what was killed: what hangs within the kernel stays, whoever waits for it."""


class Ending(threading.Thread):
    """Ends one process and what it started."""

    def __init__(self, process: subprocess.Popen[bytes], to_stop_s: float = TO_STOP_S) -> None:
        """process: leader of a group of its own. to_stop_s: how long the scanner may take to stop."""
        super().__init__(name="scanimage ending", daemon=False)
        self._process, self._to_stop_s = process, to_stop_s

    def run(self) -> None:
        """The first signal has scanimage call `sane_cancel`, the second one has it leave.

        Not SIGTERM at first: many drivers, the one of the tests too, take scanimage's ear for it away while a page is
        read, and it would be killed by it.
        """
        for sent, patience_s in ((signal.SIGINT, self._to_stop_s), (signal.SIGTERM, TO_ABORT_S)):
            if os.name == "posix":
                self._process.send_signal(sent)  # nothing, where it has ended
            if self._ended(patience_s):
                break
        self._kill()  # also children that outlive it
        self._ended(TO_DIE_S)

    def _ended(self, patience_s: float) -> bool:
        try:
            self._process.wait(patience_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()


def wait_for_endings() -> None:
    """Wait until no run is being ended any more: ten seconds at most."""
    for thread in threading.enumerate():
        if isinstance(thread, Ending):
            thread.join()
