"""The part of the store's front that writes down what happened, and tells it: the journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paddlescan.store import events
from paddlescan.store.connection import Database
from paddlescan.store.events import Event

CHUNK = 1000
"""Events read at a time."""


class Journal:
    """One transaction a call; raises what the store raises. What a method of the store does is noted by itself."""

    _db: Database
    _who: str

    def note(self, batch: int, page_id: int | None, what: str, detail: str = "") -> None:
        """Write down that something happened to a batch (page_id None) or to a page of it; nothing if it is gone.

        what: a code with words in `resources/messages/journal.json`; detail: a code or a figure (lower case letters,
        digits, `_.,:+-`, at most 80), never a value, a name or a path. Raises ValueError for anything else.
        """
        with self._db.writing() as db:
            events.note(db, batch, page_id, what, detail)

    def note_by_hand(self, batch: int, what: str, detail: str = "") -> None:
        """The same of a batch, where a person asked for it."""
        with self._db.writing() as db:
            events.note(db, batch, None, what, detail, who=self._who)

    def journal(
        self, batch: int, after: int = 0, page: int | None = None, most: int = CHUNK, without: Sequence[str] = ()
    ) -> tuple[Event, ...]:
        """At most so many events behind the one with the id `after`, the oldest first: of a batch with its pages, or of
        a page. Ask again with the id of the last one for more. without: codes of events that are not wanted."""
        with self._db.reading() as db:
            return tuple(events.select(db, batch, after, page, most, without))

    def whole_journal(self, batch: int, page: int | None = None, after: int = 0) -> Iterator[Event]:
        """All of that, a chunk in memory at a time; nothing is locked in between."""
        while chunk := self.journal(batch, after, page):
            yield from chunk
            after = chunk[-1].id

    def newest_events(self, batch: int, most: int = CHUNK, without: Sequence[str] = ()) -> tuple[Event, ...]:
        """The newest events of a batch with its pages, the oldest of them first."""
        with self._db.reading() as db:
            return events.newest(db, batch, most, without)
