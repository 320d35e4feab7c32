"""Threads that wait for shared storage in place of those who ask: a share that is gone may never answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from queue import SimpleQueue
from typing import TypeVar

from paddlescan.errors import StorageFails
from paddlescan.pipeline.countdown import Countdown

LOOK_EVERY_S = 0.5
T = TypeVar("T")
_Tasks = SimpleQueue[Callable[[], Callable[[], object]] | None]
"""Each gives how its end is told."""


def _nothing() -> None:
    pass


class Helpers:
    """As many as are needed at a time, and kept: many kinds of storage hold a connection for each thread that asks.

    One that waits in vain is left to it. Any thread may call.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[_Tasks] = []

    def do(self, act: Callable[[], T], left: Countdown, name: str, undo: Callable[[], object] = _nothing) -> T:
        """What act gives or raises. name: of the file. undo: done after an act that ends too late.

        Raises StorageFails once the time is up.
        """
        done: Future[T] = Future()
        self._one().put(lambda: _told(act, done, undo))
        while not done.done():
            wait((done,), min(LOOK_EVERY_S, max(0.0, left.left)))
            if left.over() and done.cancel():
                raise StorageFails(file=name, detail="TimeoutError")
        return done.result()

    def rest(self) -> None:
        """Those that have nothing to do end."""
        with self._lock:
            idle, self._idle = self._idle, []
        for tasks in idle:
            tasks.put(None)

    def _one(self) -> _Tasks:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        tasks: _Tasks = SimpleQueue()
        threading.Thread(target=self._work, args=(tasks,), name="storage", daemon=True).start()
        return tasks

    def _work(self, tasks: _Tasks) -> None:
        while (task := tasks.get()) is not None:
            tell = task()
            with self._lock:  # first: who hears of the end asks the same thread for what comes next
                self._idle.append(tasks)
            tell()


def _told(act: Callable[[], T], done: Future[T], undo: Callable[[], object]) -> Callable[[], object]:
    """Do it. Returns what tells whoever waits for it, and undoes it if nobody does any more."""
    try:
        value = act()
    except BaseException as error:  # noqa: BLE001 raised again where it is waited for
        raised = error
        return lambda: done.set_exception(raised) if done.set_running_or_notify_cancel() else undo()
    return lambda: done.set_result(value) if done.set_running_or_notify_cancel() else undo()
