"""The one thread of the window that writes a clerk's work into the store, in the order it was done.

A command that cannot be saved (a full disk, a busy store) stays at the head of the queue and is tried
again: after a while by itself, at once on `retry` and whenever something new is to be saved. Meanwhile it is kept in a
small file beside the store, so that not even a kill loses it. Only a command that can never be saved, because its row
is gone, leaves the queue unsaved, as `rejected`.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from paddlescan.errors import Failure, PaddleScanError, RowGone
from paddlescan.gui.kept_edits import KeptEdits
from paddlescan.gui.save_commands import Command, command_of, kept_form
from paddlescan.gui.unforeseen import noted
from paddlescan.pipeline.keeping import open_store
from paddlescan.store import Store

log = logging.getLogger(__name__)

RETRY_S = 5.0
"""How long a failed save rests before it is tried again by itself."""


class StoreWriter(QThread):
    """Saves commands one after the other over its own connection. The object lives in the window's thread."""

    saved = Signal(object, object)
    """The command and what the store answered: it is on the disk."""
    save_failed = Signal(object, object)
    """The command at the head and a Failure: it and all behind it are kept and tried again."""
    rejected = Signal(object, object)
    """The command and a Failure: it can never be saved and was dropped."""
    pending_changed = Signal(int)
    """How many commands are not on the disk yet."""

    def __init__(
        self, path: Path, parent: QObject | None = None, open_store: Callable[[Path], Store] = open_store
    ) -> None:
        super().__init__(parent)
        self._path, self._open_store = path, open_store
        self._queue: deque[Command] = deque()
        self._changed = threading.Condition()
        self._stopping = False
        self._wanted_tries = 0
        self._tries = 0
        self._failure: Failure | None = None
        self._kept = KeptEdits(path)
        self._written_down: tuple[Command, ...] = ()
        """What the file of kept edits holds."""
        self._keeping = threading.Lock()
        self._let_go = False

    def take_over(self) -> int:
        """Save what earlier windows could not, before anything else. Returns how many things there are to be saved."""
        found = tuple(command_of(kept) for kept in self._kept.take())
        if found:
            self._put(found)  # all at once: an empty queue is a reason to forget what was kept
        return len(found)

    @property
    def of_other_stores(self) -> int:
        """How many things `take_over` found that were kept of another store, and set aside."""
        return self._kept.of_other_stores

    def give_up(self) -> None:
        """A person lets go of what cannot be saved: it is not kept for the next window either."""
        self._let_go = True

    def submit(self, command: Command) -> None:
        """Queue a command; returns at once. Starts the thread if it does not run."""
        self._put((command,))

    def _put(self, commands: Sequence[Command]) -> None:
        with self._changed:
            self._queue += commands
            self._wanted_tries = self._tries + 1
            self._changed.notify_all()
            count = len(self._queue)
        self.pending_changed.emit(count)
        if not self.isRunning() and not self._stopping:
            self.start()

    def unsaved(self) -> tuple[Command, ...]:
        """What is not on the disk yet, in order."""
        with self._changed:
            return tuple(self._queue)

    def failure(self) -> Failure | None:
        """Why the command at the head could not be saved the last time; None where nothing is wrong."""
        with self._changed:
            return self._failure

    @property
    def ended(self) -> bool:
        """Whether `stop` was called: the store may be closed, and news that is still on its way is of no use."""
        with self._changed:
            return self._stopping

    def retry(self) -> None:
        """Try a failed save again now."""
        with self._changed:
            self._wanted_tries = self._tries + 1
            self._changed.notify_all()

    def drain(self, timeout_s: float = 10.0) -> bool:
        """Wait until all is saved, one more try has failed, or the time is over. Says whether all is saved."""
        with self._changed:
            if self._queue and not self.isRunning():
                return False
            self._wanted_tries = goal = self._tries + 1
            self._changed.notify_all()
            self._changed.wait_for(
                lambda: not self._queue or (self._failure is not None and self._tries >= goal), timeout_s
            )
            return not self._queue

    def stop(self, timeout_s: float = 10.0) -> bool:
        """Drain, then end the thread. Says whether all is saved; what is not stays in `unsaved`."""
        done = self.drain(timeout_s)
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        if self.wait(round(timeout_s * 1000)):
            self._end_keeping()
        return done

    def _end_keeping(self) -> None:
        """The thread is gone: what is unsaved waits for the next window, unless a person let go of it."""
        if self._let_go or not self._queue:
            self._kept.forget()
            return
        self.write_down()
        self._kept.let_go()

    def run(self) -> None:
        """Save until told to stop."""
        store: Store | None = None
        try:
            while (command := self._next()) is not None:
                try:
                    store = store or self._open_store(self._path)
                    answer = command.run(store)
                except RowGone as error:
                    self._leave()
                    self.rejected.emit(command, error.failure)
                except PaddleScanError as error:
                    self._keep(command, error.failure)
                except Exception as error:  # noqa: BLE001 - our bug: what is behind it goes on
                    failure = noted(log, "a save was refused", error)
                    self._leave()
                    self.rejected.emit(command, failure)
                else:
                    self._leave()
                    self.saved.emit(command, answer)
        finally:
            if store is not None:
                store.close()

    def _next(self) -> Command | None:
        """The command at the head, once it may be tried; None to stop."""
        with self._changed:
            while not self._stopping:
                if not self._queue:
                    self._changed.wait()
                elif self._failure is None or self._wanted_tries > self._tries or not self._changed.wait(RETRY_S):
                    return self._queue[0]
            return None

    def _keep(self, command: Command, failure: Failure) -> None:
        with self._changed:
            news = failure != self._failure
        self.write_down()  # before anybody hears that the try is over
        with self._changed:
            self._failure = failure
            self._tries += 1
            asked = self._wanted_tries >= self._tries
            self._changed.notify_all()
        if news or asked:
            log.warning("a save failed: %s", failure.code)
            self.save_failed.emit(command, failure)

    def _leave(self) -> None:
        with self._changed:
            self._queue.popleft()
            self._failure = None
            self._tries += 1
            self._changed.notify_all()
            left = len(self._queue)
        if self._written_down or not left:
            self.write_down()
        self.pending_changed.emit(left)

    def write_down(self) -> bool:
        """Keep what is not in the store in a file beside it, if that holds another thing; from any thread.

        Whether nothing is lost now when the window ends.
        """
        with self._keeping:
            queue = self.unsaved()
            if not queue:
                self._written_down = ()
                self._kept.forget()
            elif queue != self._written_down and self._kept.keep([kept for kept in map(kept_form, queue) if kept]):
                self._written_down = queue
            return queue == self._written_down
