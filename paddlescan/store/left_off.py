"""The part of the store's front that says how a window left its batches, for the next start."""

from __future__ import annotations

from paddlescan.store.connection import Database


class LeftOff:
    """One transaction a call; raises what the store raises. A batch that is gone is no error."""

    _db: Database

    def note_front(self, batch: int) -> None:
        """This batch is in front of a window now; nothing, if it is none of the window's."""
        with self._db.writing() as db:
            db.execute(
                "UPDATE batch SET fronted = (SELECT MAX(fronted) FROM batch) + 1 WHERE id = ? AND owner = 'window'",
                (batch,),
            )

    def note_stopped(self, batch: int, stopped: bool) -> None:
        """A person stopped the reading of a batch, or it goes on."""
        with self._db.writing() as db:
            db.execute("UPDATE batch SET stopped = ? WHERE id = ?", (stopped, batch))
