"""Watches a folder until it is told to stop: looks, has what came read, puts it away, and closes a round.

One thread does it all, one thing after the other, so that nothing of it can overtake another. Whatever the disk, the
store or the network does, it goes on: what could not be done is told once, and tried again.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Protocol

from paddlescan.desktop.hot_folder.outcome import Changes, Outcomes
from paddlescan.desktop.hot_folder.plan import Plan
from paddlescan.desktop.hot_folder.putting_away import PuttingAway
from paddlescan.desktop.hot_folder.settling import Clock
from paddlescan.desktop.hot_folder.watcher import Look, Watcher
from paddlescan.errors import Failure, PaddleScanError, WatchedFolderGone
from paddlescan.pipeline.keeping import open_store
from paddlescan.store import BatchOwner, HotRound, PageRow, Store

log = logging.getLogger(__name__)

PAUSE_S = 20.0
"""Seconds in which nothing came: a round is over."""
LONGEST_ROUND_S = 3600.0
"""A round is over after so long, too, where files never stop coming: who waits for its export gets one."""
LONGEST_WAIT_S = 60.0
"""Between two tries of what did not work."""
ONCE_PATIENCE = 15
"""So many settle times `once` waits for files that never come to rest, or that another program is to read."""
HOPELESS = frozenset({"store_damaged", "store_too_new"})
"""Trouble that no waiting mends."""


class Host(Protocol):
    """Who has a folder watched: the command line or the window."""

    @property
    def owner(self) -> BatchOwner:
        """Whose rounds they are: others are not closed, nor added to."""

    def batch_for(self, store: Store, rounds: tuple[HotRound, ...]) -> int:
        """The batch that takes what came. rounds: those that are open."""

    def read(self, batch: int) -> bool:
        """Have the waiting pages of a batch read. False: not now, or not by this thread."""

    def close(self, store: Store, round_: HotRound) -> bool:
        """A round is over: what is left to do? False: it stays open. May raise PaddleScanError, which is told."""

    def news(self, news: News) -> None:
        """Something changed."""

    def trouble(self, failure: Failure | None) -> None:
        """Something stands still, and is tried again by itself; None: it goes on. The same is told once."""


@dataclass(frozen=True, slots=True)
class News:
    """What one turn of the loop led to."""

    came: tuple[PageRow, ...] = ()
    elsewhere: tuple[PageRow, ...] = ()
    """Pages whose file lies elsewhere now."""
    again: tuple[PageRow, ...] = ()
    """Pages that wait once more."""
    gone: tuple[int, ...] = ()
    """Ids of pages that are no longer there."""
    read: int = 0
    failed: int = 0
    copies: int = 0
    waiting: int = 0
    """Files that are not read yet, those that are not whole yet counted."""
    told: tuple[Failure, ...] = field(default=(), repr=False)
    """What a person should see to."""


class Loop:
    """Belongs to the thread that runs it. Whoever calls holds the folder's `Watch`."""

    def __init__(self, plan: Plan, store: Path, host: Host, clock: Clock = monotonic, pause_s: float = PAUSE_S) -> None:
        """store: the database file. pause_s: seconds in which nothing came, and a round is over."""
        self._plan, self._store_path, self._host, self._clock = plan, store, host, clock
        self._watcher, self._outcomes = Watcher(plan, clock), Outcomes(plan, clock)
        self._putting_away = PuttingAway(plan)
        self._pause_s = pause_s
        self._last_came = self._last_taken = clock()
        self._round_since: float | None = None
        self._not_moved: Failure | None = None
        self._told: Failure | None = None
        self._waits = 0
        self._recovered = False
        self._idle = False

    def run(self, stop: threading.Event, once: bool = False) -> None:
        """Go on until `stop` is set. once: until all that lies there is read, and nothing comes to rest any more.

        Raises StoreDamaged and StoreTooNew; with `once`, WatchedFolderGone too.
        """
        while not stop.is_set():
            try:
                with open_store(self._store_path) as store:
                    self._run(store, stop, once)
                return
            except PaddleScanError as error:
                if error.code in HOPELESS or (once and isinstance(error, WatchedFolderGone)):
                    raise
                self._tell(error.failure)
                stop.wait(self._backoff())

    def _run(self, store: Store, stop: threading.Event, once: bool) -> None:
        if not self._recovered:
            self._putting_away.recover(store)
            self._recovered = True
        while not stop.is_set():
            again = self.turn(store, stop, hurry=once)
            self._tell(None)
            self._waits = 0
            if stop.is_set() or (once and self._idle):
                return
            if not again:
                stop.wait(min(self._plan.every_s, self._plan.settle_s) if once else self._plan.every_s)

    def turn(self, store: Store, stop: threading.Event, hurry: bool = False) -> bool:
        """Look, read, put away, and close what is over. Whether there is more to do at once. hurry: pause for nobody.

        Raises WatchedFolderGone, and what the store raises.
        """
        look = self._watcher.look(store, lambda: self._host.batch_for(store, self._rounds(store)))
        self._say(look, Changes(under_way=len(look.came)))
        read = self._read(store, stop)
        listing, now = self._watcher.list() if read else look.listing, self._clock()
        self._last_taken = now if look.came or read else self._last_taken
        self._last_came = now if look.came or look.unsettled else self._last_came
        if stop.is_set():
            return False
        changes = self._outcomes.settle(store, listing, look.unsettled)
        moved, not_moved = self._putting_away.put_away(store, listing)
        told = [not_moved] if not_moved and not_moved != self._not_moved else []
        self._not_moved = not_moved
        self._say(Look(listing, elsewhere=moved, unsettled=look.unsettled, told=told), changes)
        self._end_round(store, look, changes, now, hurry)
        return look.more or bool(changes.again)

    def _end_round(self, store: Store, look: Look, changes: Changes, now: float, hurry: bool) -> None:
        """Close what is over: nothing came for a while, or files never stop coming."""
        hopeless = hurry and now - self._last_taken > ONCE_PATIENCE * self._plan.settle_s
        self._idle = not look.more and (hopeless or not (changes.under_way or look.unsettled))
        if look.came and self._round_since is None:
            self._round_since = now
        long = self._round_since is not None and now - self._round_since >= LONGEST_ROUND_S
        quiet = self._idle and (hurry or now - self._last_came >= self._pause_s)
        if quiet or (long and not changes.under_way):
            self._idle = self._close(store) and self._idle
            self._round_since = None

    def _read(self, store: Store, stop: threading.Event) -> bool:
        """Have read what waits; whether anything was."""
        batches = {
            page.batch for _, pages in store.hot_files_under_way(self._plan.key) for page in pages if _waits(page)
        }
        read = False
        for batch in sorted(batches):
            if not stop.is_set():
                read = self._host.read(batch) or read
        return read

    def _close(self, store: Store) -> bool:
        """Close the open rounds; whether none is left."""
        left = False
        for round_ in self._rounds(store):
            if self._host.close(store, round_):
                store.close_hot_round(round_.batch)
            else:
                left = True
        return not left

    def _rounds(self, store: Store) -> tuple[HotRound, ...]:
        return tuple(each for each in store.hot_rounds(self._plan.key) if each.owner == self._host.owner)

    def _say(self, look: Look, changes: Changes) -> None:
        news = News(
            tuple(look.came),
            tuple(look.elsewhere),
            tuple(changes.again),
            tuple(changes.gone),
            len(changes.read),
            len(changes.failed),
            look.copies,
            changes.under_way + len(look.unsettled),
            tuple(look.told),
        )
        self._host.news(news)

    def _tell(self, failure: Failure | None) -> None:
        if failure != self._told:
            self._told = failure
            log.info("watching: %s", failure.code if failure else "goes on")
            self._host.trouble(failure)

    def _backoff(self) -> float:
        self._waits += 1
        return min(LONGEST_WAIT_S, self._plan.every_s * 2.0 ** min(self._waits - 1, 6))


def _waits(page: PageRow) -> bool:
    return page.state in ("waiting", "reading")
