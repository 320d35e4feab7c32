"""The one thread of the window that writes a clerk's work into the store, in the order it was done.

A command that cannot be saved (a full disk, a busy store) stays at the head of the queue and is tried
again: after a while by itself, at once on `retry` and whenever something new is to be saved. Only a
command that can never be saved, because its row is gone, leaves the queue unsaved, as `rejected`.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from traceback import format_tb
from typing import Protocol

from PySide6.QtCore import QObject, QThread, Signal

from paddlescan.errors import Failure, PaddleScanError, RowGone
from paddlescan.extraction.rules import recheck
from paddlescan.gui.review.checks import Acceptance
from paddlescan.pipeline.keeping import open_store
from paddlescan.store import FieldEdit, Joining, Store

log = logging.getLogger(__name__)

RETRY_S = 5.0
"""How long a failed save rests before it is tried again by itself."""


class Command(Protocol):
    """One thing to be saved; hashable by identity or value, and its own token in the signals."""

    def run(self, store: Store) -> object:
        """Do it: what is saved is saved in one transaction, whole or not at all. The result goes out with `saved`."""
        ...


@dataclass(frozen=True, slots=True)
class SaveEdit:
    """One field of one receipt."""

    edit: FieldEdit

    def run(self, store: Store) -> object:
        """Save the field, its history, and what the checks say then."""
        store.apply_edit(self.edit)
        return None


@dataclass(frozen=True, slots=True)
class SaveEdits:
    """Several fields of several receipts: all of them, or none."""

    edits: tuple[FieldEdit, ...]

    def run(self, store: Store) -> object:
        """Save the fields, their history, and what the checks say then."""
        store.apply_edits(self.edits)
        return None


@dataclass(frozen=True, slots=True)
class SaveAcceptance:
    """A person let failed checks of a receipt pass, or took that back."""

    acceptance: Acceptance

    def run(self, store: Store) -> object:
        """Save what becomes of the checks as they are by then."""
        said = self.acceptance
        store.judge_checks(said.receipt_id, lambda fields, read, now: said.over(recheck(fields, read, now)))
        return None


@dataclass(frozen=True, slots=True)
class SetRemoved:
    """Rows taken out of the batch, or put back."""

    receipt_ids: tuple[int, ...]
    removed: bool

    def run(self, store: Store) -> object:
        """Mark the rows."""
        store.set_removed(self.receipt_ids, self.removed)
        return None


@dataclass(frozen=True, slots=True)
class SetJoinings:
    """Which pages go on with the page before, as a person wants it."""

    said: tuple[tuple[int, Joining | None], ...]

    def run(self, store: Store) -> object:
        """Settle the rows anew."""
        store.set_joinings(dict(self.said))
        return None


@dataclass(frozen=True, slots=True)
class AddReceipt:
    """A row by hand."""

    batch: int

    def run(self, store: Store) -> object:
        """Add the row; the result is its receipt id."""
        return store.add_receipt(self.batch)


@dataclass(frozen=True, slots=True)
class LoadRows:
    """Nothing to save: the rows of a large batch, fetched where the window does not wait for them."""

    batch: int

    def run(self, store: Store) -> object:
        """Fetch them at a glance, removed ones too."""
        return store.receipt_lines(self.batch)


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

    def submit(self, command: Command) -> None:
        """Queue a command; returns at once. Starts the thread if it does not run."""
        with self._changed:
            self._queue.append(command)
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
        self.wait(round(timeout_s * 1000))
        return done

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
                    frames = "".join(format_tb(error.__traceback__))
                    log.error(
                        "a save was refused: %s\n%s", type(error).__name__, frames
                    )  # its text may quote a receipt
                    self._leave()
                    self.rejected.emit(command, Failure("internal"))
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
            count = len(self._queue)
        self.pending_changed.emit(count)
