"""What the workers of one batch know of each other."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from paddlescan.pipeline.errands import Errands
from paddlescan.pipeline.gpu_record import GpuRecord
from paddlescan.pipeline.room import is_short
from paddlescan.pipeline.storm import Storm

DISK_EVERY_S = 2.0


class Crew:
    """Counts the workers that hold a page, so that a worker without one knows whether more may come.

    A file in another's hands may turn out to have five hundred pages. Any thread may call.
    """

    def __init__(self, errands: Errands | None = None) -> None:
        self.errands = Errands() if errands is None else errands  # an empty queue is false
        """What its workers do before any page."""
        self.errands_only = False
        """Whether they leave the pages alone: another program reads them, or a person stopped the reading."""
        self.storm = Storm()
        """Whether engines stop at page after page."""
        self.gpu = GpuRecord()
        """Of this machine's; workers whose engines run on another have that one's."""
        self._changed = threading.Condition()
        self._news = 0
        self._seen = _Seen()
        self._ahead: deque[int] = deque()
        self._busy = 0
        self._alone: object = None
        self._disk_seen, self._disk_short = -DISK_EVERY_S, False
        self._workers: set[object] = set()
        self._kept: list[tuple[int, int]] = []
        self._opening = threading.Lock()
        self._opened = False

    def open(self, act: Callable[[], object]) -> None:
        """Do this before any worker of the crew has a page: whoever comes first, and the others wait for it.

        If it raises, the next one to come tries it.
        """
        with self._opening:
            if not self._opened:
                act()
                self._opened = True

    def put_ahead(self, page_id: int) -> None:
        """This page is read before the others that wait."""
        with self._changed:
            if page_id not in self._ahead:
                self._ahead.append(page_id)

    def take_ahead(self) -> int | None:
        """The next page to be read before the others; None if there is none."""
        with self._changed:
            return self._ahead.popleft() if self._ahead else None

    def begin(self) -> None:
        """About to ask the store for a page: news from now on are worth another look."""
        with self._changed:
            self._seen.news = self._news
            self._busy += 1

    def begin_alone(self, worker: object) -> bool:
        """Whether a worker that has begun may take a page that may be to blame for the ends of whole programs: one does
        at a time, so that no other is blamed with it. Until its `end`."""
        with self._changed:
            if self._alone is None:
                self._alone = worker
            return self._alone is worker

    def end(self, worker: object = None, *, found: bool) -> None:
        """Done. found: whether there was a page to be had, so that another look may find what came of it. If those who
        found none were news to each other, they would look again and again, and never all be done at one time."""
        with self._changed:
            self._busy -= 1
            self._news += found
            if self._alone is worker:
                self._alone = None
            if found or self._busy == 0:
                self._changed.notify_all()

    def wait_for_more(self, seconds: float) -> bool:
        """Whether to look again, for one whose look found no page: at the first news since then, or after this long.

        False if nobody holds a page and there are no news, so that no more will come.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._is_news or self._busy == 0, seconds)
            return self._is_news or self._busy > 0

    @property
    def _is_news(self) -> bool:
        return self._news != self._seen.news or bool(self._kept) or bool(self.errands)

    def came(self, worker: object) -> None:
        """A worker begins."""
        with self._changed:
            self._workers.add(worker)

    def gone(self, worker: object) -> bool:
        """A worker gives up, or is done. Whether others are left."""
        with self._changed:
            self._workers.discard(worker)
            return bool(self._workers)

    def disk_is_short(self, folder: Path) -> bool:
        """Whether the disk of that folder is nearly full; asked of the disk no more often than every two seconds."""
        with self._changed:
            if time.monotonic() - self._disk_seen >= DISK_EVERY_S:
                self._disk_seen, self._disk_short = time.monotonic(), is_short(folder)
            return self._disk_short

    def keep(self, page_id: int, token: int) -> None:
        """Note a page (and the token of its claim) that could not be given back to the store."""
        with self._changed:
            self._kept.append((page_id, token))
            self._changed.notify_all()

    def take_kept(self) -> tuple[int, int] | None:
        """One of them, for whoever tries again; None if there is none."""
        with self._changed:
            return self._kept.pop() if self._kept else None


class _Seen(threading.local):
    """What each worker knew when it began to look."""

    news = 0
