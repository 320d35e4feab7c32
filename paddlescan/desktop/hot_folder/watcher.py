"""One look at a watched folder: what came is taken into the store, what was renamed is followed.

Exactly once, whatever happens: a file is known by path and mark, else by its content. The same content is read once in
a folder, under whatever names it lies there; other content under the same name is another file.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from paddlescan.desktop.hot_folder.listing import Listing, Seen, list_folder
from paddlescan.desktop.hot_folder.moving import mark_at
from paddlescan.desktop.hot_folder.plan import Plan
from paddlescan.desktop.hot_folder.settling import Clock, Settling
from paddlescan.desktop.hot_folder.whole import Content, examine
from paddlescan.document import SourceFile
from paddlescan.errors import EmptyFile, Failure, NoPermission
from paddlescan.store import HotFile, NewFile, PageRow, Store

log = logging.getLogger(__name__)

MOST_AT_ONCE = 100
"""Files taken in one look: what is done for one of them must not wait for thousands."""


@dataclass(slots=True)
class Look:
    """What a look led to."""

    listing: Listing
    came: list[PageRow] = field(default_factory=list)
    """First pages of files that were taken."""
    elsewhere: list[PageRow] = field(default_factory=list)
    """Pages whose file lies elsewhere now."""
    copies: int = 0
    """Files that are the same as one that was taken before."""
    unsettled: tuple[Seen, ...] = ()
    """Files that are not whole yet."""
    more: bool = False
    """Whether there were more whole files than are taken at once."""
    told: list[Failure] = field(default_factory=list)
    """What a person should see to."""


class Watcher:
    """Looks at one folder. Belongs to one thread; whoever calls holds the folder's `Watch`."""

    def __init__(self, plan: Plan, clock: Clock) -> None:
        """clock: seconds, never backwards."""
        self.plan = plan
        self.settling = Settling(plan.settle_s, clock)
        self._denied: set[str] = set()

    def list(self) -> Listing:
        """What lies there now. Raises WatchedFolderGone."""
        return list_folder(self.plan.folder, self.plan.deep, self.plan.left_out)

    def look(self, store: Store, batch: Callable[[], int]) -> Look:
        """Look once. batch: which one takes what came; asked only if something did.

        Raises WatchedFolderGone, and what the store raises; then the next look does what this one did not.
        """
        listing = self.list()
        known = _Known(store.hot_files(self.plan.key), listing, self.plan)
        look = Look(listing)
        strangers = [seen for seen in listing.files if not known.has(seen)]
        at_rest = self.settling.at_rest(strangers)
        news: dict[str, NewFile] = {}
        waiting = {seen.path for seen in strangers}
        for seen in at_rest:
            if len(news) >= MOST_AT_ONCE:
                look.more = True
                break
            content = self._content(seen, look)
            if content is not None and content.sha256 not in news:  # else: a copy, once the other one is known
                waiting.discard(seen.path)
                if not self._recognised(store, known, seen, content, look):
                    source = SourceFile(seen.path, seen.name)
                    news[content.sha256] = NewFile(source, seen.mark, content.sha256)
        if news:
            look.came += store.take_hot_files(self.plan.key, batch(), tuple(news.values()))
            log.info("%d files taken", len(look.came))
        look.unsettled = tuple(seen for seen in strangers if seen.path in waiting and self._may_become(seen))
        self._tell(strangers, look)
        return look

    def _content(self, seen: Seen, look: Look) -> Content | None:
        """What is in a file at rest; None while it may be half."""
        try:
            content = examine(seen)
        except NoPermission as error:
            if self.settling.tell_once(seen, error.code):
                look.told.append(error.failure)
            return None
        if content is None:
            self.settling.stir(seen)
        elif not content.has_end and not self.settling.has_patience_ended(seen):
            return None
        return content

    def _recognised(self, store: Store, known: _Known, seen: Seen, content: Content, look: Look) -> bool:
        """Whether this content was taken before; then the store learns where it lies now."""
        same = known.same_as(seen, content.sha256)
        if same is None:
            return False
        if same.path == seen.path or not known.lies_there(same):
            look.elsewhere += store.see_hot_file(same, seen.path, seen.mark, seen.name)
        else:
            store.add_hot_copy(self.plan.key, seen.path, seen.mark, same)
            look.copies += 1
        known.refresh(store.hot_files(self.plan.key))
        return True

    def _may_become(self, seen: Seen) -> bool:
        """Whether it is worth waiting for: not a file that may not be opened, or stays empty."""
        return not self.settling.was_told(seen)

    def _tell(self, strangers: Sequence[Seen], look: Look) -> None:
        for seen in strangers:
            if self.settling.is_left_empty(seen) and self.settling.tell_once(seen, EmptyFile.code):
                look.told.append(EmptyFile(file=seen.name).failure)
        denied = {os.fsdecode(path) for path in look.listing.closed}
        if denied - self._denied:
            look.told += look.listing.denied()
        self._denied = denied


class _Known:
    """What was taken before, beside what lies there now."""

    def __init__(self, files: tuple[HotFile, ...], listing: Listing, plan: Plan) -> None:
        self._listing, self._plan = listing, plan
        self._here = {seen.path: seen.mark for seen in listing.files}
        self.refresh(files)

    def refresh(self, files: tuple[HotFile, ...]) -> None:
        """The store knows more now."""
        self._marks = {(file.path, file.mark) for file in files}
        self._by_content: dict[str, list[HotFile]] = {}
        for file in files:
            self._by_content.setdefault(file.sha256, []).append(file)

    def has(self, seen: Seen) -> bool:
        """Whether it was taken, as it is and where it is."""
        return (seen.path, seen.mark) in self._marks

    def lies_there(self, file: HotFile) -> bool:
        """Whether it still is where it was, or may be for all that is known."""
        if self._plan.watches(file.path):
            return self._here.get(file.path) == file.mark or not self._listing.knows_of(file.path)
        return mark_at(Path(os.fsdecode(file.path))) == file.mark  # where it was moved to

    def same_as(self, seen: Seen, sha256: str) -> HotFile | None:
        """A file with this content: the one of this name, else one that is no longer where it was, else any."""
        files = self._by_content.get(sha256, [])
        ranked = sorted(files, key=lambda file: (file.path != seen.path, self.lies_there(file), file.id))
        return ranked[0] if ranked else None
