"""Puts what was read where the person wants it, and lets the store know. A kill in the midst of it loses nothing."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from paddlescan.desktop.hot_folder.listing import Listing
from paddlescan.desktop.hot_folder.moving import crowded, free_name, mark_at, move, unreserve, was_copied, was_moved
from paddlescan.desktop.hot_folder.plan import Plan
from paddlescan.errors import Failure, NotMoved
from paddlescan.store import HotFile, PageRow, Store

log = logging.getLogger(__name__)

MOST_TROUBLES = 10
"""Files that could not be moved, after which the others are left to the next time: the disk may be full."""
_TRIES = 100
"""To get a name that was free a moment ago; on a disk that says so of one that is taken they would never end."""


class PuttingAway:
    """Moves files that were read. Belongs to one thread."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._stuck: set[int] = set()
        """Files that could not be moved the last time; they come after all others, so that they hold up none."""

    def recover(self, store: Store) -> None:
        """Bring to an end what a kill interrupted; for who has just got the right to watch."""
        for file in store.hot_files(self._plan.key):
            if file.target is None:
                continue
            target = Path(os.fsdecode(file.target))
            if mark_at(Path(os.fsdecode(file.path))) != file.mark and was_moved(target, file.sha256):
                self._arrived(store, file, target)
            else:
                unreserve(target, file.mark)
                store.aim_hot_file(file, None)  # it is moved anew; a copy that was made is found again

    def put_away(self, store: Store, listing: Listing) -> tuple[list[PageRow], Failure | None]:
        """Move what was read and lies there. The pages that lie elsewhere now, and why the first file stayed that did.

        Raises what the store raises.
        """
        elsewhere: list[PageRow] = []
        if self._plan.move_to is None:
            return elsewhere, None
        here = {seen.path: seen.mark for seen in listing.files}
        read = [file for file in store.hot_files(self._plan.key) if file.state != "taken"]
        troubles: list[Failure] = []
        for file in sorted((file for file in read if here.get(file.path) == file.mark), key=self._is_stuck):
            try:
                elsewhere += self._put_away(store, file)
            except NotMoved as error:
                log.info("a file that was read could not be moved")
                self._stuck.add(file.id)
                troubles.append(error.failure)
                if len(troubles) == MOST_TROUBLES:
                    break
            else:
                self._stuck.discard(file.id)
        return elsewhere, troubles[0] if troubles else None

    def _is_stuck(self, file: HotFile) -> bool:
        return file.id in self._stuck

    def _put_away(self, store: Store, file: HotFile) -> tuple[PageRow, ...]:
        origin = Path(os.fsdecode(file.path))
        wanted = self._plan.target_of(origin, file.state == "failed")
        for _ in range(_TRIES):
            target = _place(wanted, file)
            store.aim_hot_file(file, os.fsencode(target))
            try:
                moved = move(origin, target, file.mark, file.sha256)
            except FileExistsError:  # somebody took the name in this moment
                continue
            if moved:
                return self._arrived(store, file, target)
            store.aim_hot_file(file, None)
            return ()
        raise crowded(wanted)

    def _arrived(self, store: Store, file: HotFile, target: Path) -> tuple[PageRow, ...]:
        rows = store.see_hot_file(file, os.fsencode(target), mark_at(target))
        if file.state == "failed":  # who puts it back wants it to be tried once more
            store.forget_hot_files((file,))
        return rows


def _place(wanted: Path, file: HotFile) -> Path:
    """Where it goes: the place of an earlier try that was interrupted, or a free one. Raises NotMoved."""
    return wanted if was_copied(wanted, file.mark, file.sha256) else free_name(wanted)
