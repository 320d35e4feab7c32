"""What became of the files that were taken: read as they were, changed in between, or gone before it was their turn."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from paddlescan.desktop.hot_folder.listing import Listing, Seen
from paddlescan.desktop.hot_folder.plan import Plan
from paddlescan.desktop.hot_folder.settling import Clock
from paddlescan.store import HotFile, PageRow, Store

log = logging.getLogger(__name__)

AGAIN_CODES = frozenset({"file_vanished", "file_changed", "disk_silent"})
"""Failures that say nothing of the file: it was not at hand just then."""
MOST_TRIES = 5
"""So often a file is read again for such a failure, at ever longer intervals."""
LONGEST_PAUSE_S = 300.0
GONE_AFTER = 3
"""So many settle times a file must be away before it counts as gone: a renamed one is known again by then."""


@dataclass(slots=True)
class Changes:
    """What the outcomes changed in the store."""

    read: list[HotFile] = field(default_factory=list)
    failed: list[HotFile] = field(default_factory=list)
    again: list[PageRow] = field(default_factory=list)
    """Pages that wait once more."""
    gone: list[int] = field(default_factory=list)
    """Ids of pages that are no longer there."""
    under_way: int = 0
    """Files that are not known to be read."""


@dataclass(slots=True)
class _Trial:
    tries: int = 0
    not_before: float = 0.0


class Outcomes:
    """Compares what was taken with what was read. Belongs to one thread."""

    def __init__(self, plan: Plan, clock: Clock) -> None:
        self._plan, self._clock = plan, clock
        self._missing: dict[int, float] = {}
        self._trials: dict[int, _Trial] = {}

    def settle(self, store: Store, listing: Listing, unsettled: tuple[Seen, ...]) -> Changes:
        """Bring the store in line. unsettled: files of which it is not known yet what they are."""
        changes = Changes()
        here = {seen.path: seen.mark for seen in listing.files}
        sizes = {str(seen.size) for seen in unsettled}
        files = store.hot_files_under_way(self._plan.key)
        for file, pages in files:
            there = here.get(file.path)
            if there is not None or not listing.knows_of(file.path):
                self._missing.pop(file.id, None)
            if pages and there != file.mark and self._is_lost(file, there, listing, sizes):
                self._lose(store, file, pages, changes)
            elif not any(page.state in ("waiting", "reading") for page in pages):
                self._end(store, file, pages, there == file.mark, changes)
            else:
                changes.under_way += 1
        self._missing = {i: since for i, since in self._missing.items() if i in {file.id for file, _ in files}}
        return changes

    def _is_lost(self, file: HotFile, there: str | None, listing: Listing, sizes: set[str]) -> bool:
        """Whether the file as it was taken is no longer there, under whatever name."""
        if not listing.knows_of(file.path):
            return False
        now = self._clock()
        since = self._missing.setdefault(file.id, now)
        size = file.mark.split(" ")[0]
        return size not in sizes and (there is not None or now - since >= GONE_AFTER * self._plan.settle_s)

    def _lose(self, store: Store, file: HotFile, pages: tuple[PageRow, ...], changes: Changes) -> None:
        """It is gone or another by now. If it was read before that, it was read; else it never came."""
        if _was_read(file, pages):
            self._done(store, file, pages, changes)
        elif any(page.state == "reading" for page in pages):
            changes.under_way += 1  # the engine has it open, maybe
        else:
            changes.gone += store.drop_hot_file(file)
            log.info("a file was gone before it was read")

    def _end(self, store: Store, file: HotFile, pages: tuple[PageRow, ...], as_taken: bool, changes: Changes) -> None:
        """No page of it waits."""
        if not pages or _was_read(file, pages):
            self._done(store, file, pages, changes)
            return
        passing = [page for page in pages if page.failure is not None and page.failure.code in AGAIN_CODES]
        if not passing and pages[0].sha256 in (None, file.sha256):
            self._done(store, file, pages, changes)
        elif not as_taken:
            changes.under_way += 1  # until it is known whether it is lost, or where it is
        else:
            self._try_again(store, file, passing or list(pages), pages, changes)

    def _try_again(
        self, store: Store, file: HotFile, these: list[PageRow], pages: tuple[PageRow, ...], changes: Changes
    ) -> None:
        trial = self._trials.setdefault(file.id, _Trial())
        if trial.tries >= MOST_TRIES:
            self._done(store, file, pages, changes)
            return
        changes.under_way += 1
        if self._clock() < trial.not_before:
            return
        trial.tries += 1
        trial.not_before = self._clock() + min(LONGEST_PAUSE_S, 2.0**trial.tries * self._plan.every_s)
        for page in these:
            store.read_again(page.id)
            changes.again.append(page)

    def _done(self, store: Store, file: HotFile, pages: tuple[PageRow, ...], changes: Changes) -> None:
        failed = any(page.state == "failed" for page in pages)
        store.settle_hot_files((file,), "failed" if failed else "read")
        (changes.failed if failed else changes.read).append(file)
        self._trials.pop(file.id, None)
        self._missing.pop(file.id, None)


def _was_read(file: HotFile, pages: tuple[PageRow, ...]) -> bool:
    """Whether all pages were read, of exactly what was taken."""
    return bool(pages) and all(
        page.sha256 == file.sha256
        and page.state not in ("waiting", "reading")
        and not (page.failure is not None and page.failure.code in AGAIN_CODES)
        for page in pages
    )
