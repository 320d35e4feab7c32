"""Files fetched from shared storage onto the machine of a worker: the last few, for their other pages."""

from __future__ import annotations

import itertools
import os
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from paddlescan.document import Limits, SourceFile
from paddlescan.errors import StorageFails
from paddlescan.held import HeldFolder
from paddlescan.pipeline.cluster import storage
from paddlescan.pipeline.cluster.helpers import LOOK_EVERY_S, Helpers
from paddlescan.pipeline.countdown import Countdown
from paddlescan.pipeline.scratch import child_scratch

FETCH_S = 100.0
"""For a file to come. Less than who asked waits, so that storage is blamed and not the page."""
MOST_KEPT = 4
"""Files that nobody uses just now."""


@dataclass(eq=False)
class _Kept:
    path: Path = field(repr=False)
    stamp: str | None
    users: int = 0


@dataclass(eq=False)
class _Turn:
    """Who may ask for a file; others who want the same one wait, and find it here."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    wanted: int = 0


class Shelf:
    """Holds them in a scratch folder, which goes with it, or is swept up later. Any thread may call."""

    def __init__(self, helpers: Helpers | None = None) -> None:
        self._helpers = helpers or Helpers()
        self._lock = threading.Lock()  # never held while storage is asked
        self._turns: dict[bytes, _Turn] = {}
        self._coming: set[Path] = set()
        self._folder: HeldFolder | None = None
        self._kept: OrderedDict[bytes, _Kept] = OrderedDict()
        self._numbers = itertools.count(1)

    @contextmanager
    def at_hand(self, source: SourceFile, limits: Limits) -> Iterator[SourceFile]:
        """The file as one of this machine; one that has a path of its own is left where it is.

        Raises PaddleScanError kinds about the file, and those for which nothing can be written here.
        """
        if not storage.is_url(source.path):
            yield source
            return
        kept = self._take(source, limits)
        try:
            yield SourceFile(os.fsencode(kept.path), source.name)
        finally:
            self._give_back(kept)

    def clear(self) -> None:
        """Those that nobody uses go."""
        self._helpers.rest()
        with self._lock:
            for key in [key for key, one in self._kept.items() if one.users == 0]:
                self._drop(key)
            if self._folder is not None and not self._coming and not any(self._folder.folder.iterdir()):
                self._folder.remove()
                self._folder = None

    def _take(self, source: SourceFile, limits: Limits) -> _Kept:
        left = Countdown(FETCH_S)
        with self._turn(source, left):
            stamp = self._helpers.do(lambda: storage.stamp(source), left, source.name)
            return self._found(source.raw_path, stamp) or self._fetched(source, limits, stamp, left)

    @contextmanager
    def _turn(self, source: SourceFile, left: Countdown) -> Iterator[None]:
        """Raises StorageFails where another waits for the same file so long."""
        with self._lock:
            turn = self._turns.setdefault(source.raw_path, _Turn())
            turn.wanted += 1
        try:
            while not turn.lock.acquire(timeout=LOOK_EVERY_S):
                if left.over():
                    raise StorageFails(file=source.name, detail="TimeoutError")
            try:
                yield
            finally:
                turn.lock.release()
        finally:
            with self._lock:
                turn.wanted -= 1
                if not turn.wanted:
                    del self._turns[source.raw_path]

    def _found(self, key: bytes, stamp: str | None) -> _Kept | None:
        """The one that is here, unless it was written anew since, or may have been."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            if stamp is None or kept.stamp != stamp:
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            kept.users += 1
            return kept

    def _fetched(self, source: SourceFile, limits: Limits, stamp: str | None, left: Countdown) -> _Kept:
        with self._lock:
            place = self._new_place()
            self._coming.add(place)
        try:
            self._helpers.do(
                lambda: storage.fetch(source, place, limits), left, source.name, undo=lambda: _unlink(place)
            )
        except BaseException:
            _unlink(place)
            with self._lock:
                self._coming.discard(place)
            raise
        with self._lock:
            self._coming.discard(place)
            kept = self._kept[source.raw_path] = _Kept(place, stamp, users=1)
            return kept

    def _give_back(self, kept: _Kept) -> None:
        with self._lock:
            kept.users -= 1
            if kept.users == 0 and kept not in self._kept.values():
                kept.path.unlink(missing_ok=True)  # another of its name has come since
            idle = [key for key, one in self._kept.items() if one.users == 0]
            for key in idle[: max(0, len(idle) - MOST_KEPT)]:
                self._drop(key)

    def _drop(self, key: bytes) -> None:
        kept = self._kept.pop(key)
        if kept.users == 0:
            kept.path.unlink(missing_ok=True)

    def _new_place(self) -> Path:
        if self._folder is None:
            self._folder = child_scratch(None)
        return self._folder.folder / f"fetched-{next(self._numbers)}"


def _unlink(place: Path) -> None:
    """It goes, unless it is being written still, where a system does not let it; then who writes it does this again."""
    with suppress(OSError):
        place.unlink(missing_ok=True)
